"""Containers on instances that Amazon ECS manages."""

from advisor.text import Text
from blueprints.traits import Traits
from blueprints.traits.ec2 import ECS_AGENT_ENDPOINTS

MANAGED = "ecs-managed-instances"
HOST_POLICY = "AmazonECSInstanceRolePolicyForManagedInstances"
ROLE_POLICY = "AmazonECSInfrastructureRolePolicyForManagedInstances"
TRAITS = Traits(
    service=MANAGED,
    capacity_provider=True,
    own_endpoints=ECS_AGENT_ENDPOINTS,
    resident_cost=Text(
        "ECS Managed Instances: EC2 instances for the running tasks, and a management fee for each instance",
        "ECS Managed Instances: 実行中のタスクのための EC2 インスタンスと、その管理料金",
    ),
    emulated=False,
)
