"""Capacity of the ECS cluster: which capacity providers it can use, and the security group of their hosts."""

from collections.abc import Sequence

from blueprints.stack.scope import Json, Scope
from blueprints.values import Ref, Value

CAPACITY = "Capacity"
ASSOCIATION = "ClusterCapacity"
_ASSOCIATES = "AWS::ECS::ClusterCapacityProviderAssociations"
GROUP = "ecs-cluster"
SHEBANG = "#!/bin/bash"
#: The last line of a host's user data, before and after the name of the cluster that the host joins.
JOIN_CLUSTER = ("echo ECS_CLUSTER=", " >> /etc/ecs/ecs.config")
#: An update of the stack leaves the number of hosts alone that ECS has set meanwhile.
GROUP_UPDATE_POLICY: Json = {"AutoScalingScheduledAction": {"IgnoreUnmodifiedGroupSizeProperties": True}}
#: Accelerators of instances with a GPU.
GPU_ACCELERATORS: Json = {"AcceleratorTypes": ["gpu"], "AcceleratorManufacturers": ["nvidia"]}


def associate(scope: Scope, cluster: Value, provider: Ref) -> None:
    """Add a capacity provider to the cluster, which has one list of them."""
    if ASSOCIATION in scope.resources:
        scope.properties(ASSOCIATION)["CapacityProviders"].append(provider)
        return
    # Whatever starts a task names its capacity provider: hosts of one component are not those of another.
    properties = {"Cluster": cluster, "CapacityProviders": [provider], "DefaultCapacityProviderStrategy": []}
    scope.add(ASSOCIATION, _ASSOCIATES, properties, group=GROUP)


def add_providers(scope: Scope, cluster: Value, providers: Sequence[str]) -> str:
    """Associate AWS-provided capacity providers with the cluster, and return the id of the association."""
    if ASSOCIATION not in scope.resources:
        properties = {"Cluster": cluster, "CapacityProviders": [], "DefaultCapacityProviderStrategy": []}
        scope.add(ASSOCIATION, _ASSOCIATES, properties, group=GROUP)
    existing = scope.properties(ASSOCIATION)["CapacityProviders"]
    scope.properties(ASSOCIATION)["CapacityProviders"] = [
        *providers,
        *(provider for provider in existing if provider not in providers),
    ]
    return ASSOCIATION


def host_group(scope: Scope, id: str) -> Json:
    """Return the security group of the hosts of a component, which reach AWS and have no ingress."""
    https = {
        "IpProtocol": "tcp",
        "FromPort": 443,
        "ToPort": 443,
        "CidrIp": "0.0.0.0/0",
        "Description": "HTTPS to AWS services",
    }
    return {"GroupDescription": f"Container instances of {id}", "VpcId": scope.vpc(), "SecurityGroupEgress": [https]}
