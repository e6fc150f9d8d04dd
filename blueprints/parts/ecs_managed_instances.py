"""ECS Managed Instances: a capacity provider whose instances ECS starts, patches and replaces."""

from advisor.architecture import Node
from blueprints.shared.cluster_capacity import CAPACITY, GPU_ACCELERATORS, host_group
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import ec2, ecs_managed_instances
from blueprints.values import Att, Ref, Value


def add_managed(scope: Scope, node: Node, cluster: Value) -> None:
    """Add the capacity provider of instances that ECS starts, patches and replaces, and the two roles that it takes."""
    id = scope.name(node.id)
    instance = role(
        scope,
        f"{id}HostRole",
        trust("ec2.amazonaws.com"),
        [],
        node=node.id,
        policies=[ecs_managed_instances.HOST_POLICY],
    )
    profile = {"Roles": [Ref(f"{id}HostRole")]}
    scope.add(f"{id}HostProfile", "AWS::IAM::InstanceProfile", profile, node=node.id)
    # AWS's policy lets ECS pass roles of one fixed name only; this one has a name of the stack's.
    passes = allow("PassHostRole", ["iam:PassRole"], [instance])
    passes["Condition"] = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    infrastructure = role(
        scope,
        f"{id}CapacityRole",
        trust("ecs.amazonaws.com", confined=True),
        [passes],
        node=node.id,
        policies=[ecs_managed_instances.ROLE_POLICY],
    )
    scope.add(f"{id}HostSecurityGroup", "AWS::EC2::SecurityGroup", host_group(scope, id), node=node.id)
    network = {"Subnets": scope.subnets(), "SecurityGroups": [Ref(f"{id}HostSecurityGroup")]}
    launched: Json = {
        "Ec2InstanceProfileArn": Att(f"{id}HostProfile", "Arn"),
        "NetworkConfiguration": network,
        "InstanceRequirements": _requirements(node),
    }
    if (storage := ecs_managed_instances.storage_gib(node)) is not None:
        launched["StorageConfiguration"] = {"StorageSizeGiB": storage}
    provider = {
        "ClusterName": cluster,
        "ManagedInstancesProvider": {
            "InfrastructureRoleArn": infrastructure,
            "InstanceLaunchTemplate": launched,
            "PropagateTags": "CAPACITY_PROVIDER",
        },
    }
    scope.add(f"{id}{CAPACITY}", "AWS::ECS::CapacityProvider", provider, node=node.id)


def _requirements(node: Node) -> Json:
    least = ec2.least(node)
    requirements: Json = {"VCpuCount": {"Min": least.vcpu}, "MemoryMiB": {"Min": least.memory_mib}}
    if ec2.gpu(node):
        requirements |= {**GPU_ACCELERATORS, "AcceleratorCount": {"Min": 1}}
    return requirements
