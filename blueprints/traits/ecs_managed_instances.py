"""Containers on instances that Amazon ECS manages."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.traits import Traits
from blueprints.traits.ec2 import ECS_AGENT_ENDPOINTS, host_of, volume_gib

MANAGED = "ecs-managed-instances"
HOST_POLICY = "AmazonECSInstanceRolePolicyForManagedInstances"
ROLE_POLICY = "AmazonECSInfrastructureRolePolicyForManagedInstances"
#: The size of the volume for tasks where none is stated.
#: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-capacity-providers-concept.html (read 2026-11-30)
STORAGE_GIB = 80


def storage_gib(node: Node) -> int | None:
    """Return the size of the volume for the tasks of an instance, or None where the usual size holds their temporary storage."""
    needed = volume_gib(host_of(node).used_gib, STORAGE_GIB)
    return needed if needed > STORAGE_GIB else None


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
