"""Hosts for containers: instances that a capacity provider adds and takes away as tasks need them."""

from collections.abc import Sequence

from advisor.architecture import Node
from advisor.text import Text
from blueprints.sam.roles import role, trust
from blueprints.scope import Json, Scope, allow
from blueprints.traits import ec2, ecs_managed_instances
from blueprints.traits.ec2 import HOST_POLICIES, MOST_HOSTS
from blueprints.values import Att, Fn, MachineImage, Named, Ref, Value, joined

CAPACITY = "Capacity"
ASSOCIATION = "ClusterCapacity"
ON_ARM = "TasksOnArm"
_ASSOCIATES = "AWS::ECS::ClusterCapacityProviderAssociations"
_GROUP = "ecs-cluster"


def add_instances(scope: Scope, node: Node, cluster: Value) -> None:
    """Add launch template, scaling group and capacity provider of a node, and let the cluster use it."""
    id = scope.name(node.id)
    role(scope, f"{id}HostRole", trust("ec2.amazonaws.com"), [], node=node.id, policies=HOST_POLICIES)
    profile = {"Roles": [Ref(f"{id}HostRole")]}
    scope.add(f"{id}HostProfile", "AWS::IAM::InstanceProfile", profile, node=node.id)
    scope.add(f"{id}HostSecurityGroup", "AWS::EC2::SecurityGroup", _host_group(scope, id), node=node.id)
    why = Text("Tasks must not get the host's credentials.", "タスクにホストの認証情報を渡さない。")
    scope.add(f"{id}HostTemplate", "AWS::EC2::LaunchTemplate", _template(id, node, cluster), node=node.id, why=why)
    scope.add(f"{id}Hosts", "AWS::AutoScaling::AutoScalingGroup", _scaling(scope, id), node=node.id)
    # An update of the stack leaves the number of hosts alone that ECS has set meanwhile.
    scope.resources[f"{id}Hosts"]["UpdatePolicy"] = {
        "AutoScalingScheduledAction": {"IgnoreUnmodifiedGroupSizeProperties": True}
    }
    provider = {
        "AutoScalingGroupProvider": {
            "AutoScalingGroupArn": Ref(f"{id}Hosts"),
            "ManagedScaling": {"Status": "ENABLED", "TargetCapacity": 100},
            "ManagedTerminationProtection": "ENABLED",
            "ManagedDraining": "ENABLED",
        }
    }
    scope.add(f"{id}{CAPACITY}", "AWS::ECS::CapacityProvider", provider, node=node.id)
    _associate(scope, cluster, Ref(f"{id}{CAPACITY}"))
    if not ec2.host_of(node).one_kind:
        scope.conditions[ON_ARM] = Fn("Equals", [Ref("TaskArchitecture"), "ARM64"])


def _associate(scope: Scope, cluster: Value, provider: Ref) -> None:
    """Let the cluster use a capacity provider; a cluster has one list of them."""
    if ASSOCIATION in scope.resources:
        scope.properties(ASSOCIATION)["CapacityProviders"].append(provider)
        return
    # Whatever starts a task names its capacity provider: hosts of one component are not those of another.
    properties = {"Cluster": cluster, "CapacityProviders": [provider], "DefaultCapacityProviderStrategy": []}
    scope.add(ASSOCIATION, _ASSOCIATES, properties, group=_GROUP)


def offer(scope: Scope, cluster: Value, providers: Sequence[str]) -> str:
    """Let the cluster use capacity providers that AWS has for all, and return the id of what says so."""
    if ASSOCIATION not in scope.resources:
        properties = {"Cluster": cluster, "CapacityProviders": [], "DefaultCapacityProviderStrategy": []}
        scope.add(ASSOCIATION, _ASSOCIATES, properties, group=_GROUP)
    known = scope.properties(ASSOCIATION)["CapacityProviders"]
    scope.properties(ASSOCIATION)["CapacityProviders"] = [*providers, *(one for one in known if one not in providers)]
    return ASSOCIATION


def _host_group(scope: Scope, id: str) -> Json:
    https = {
        "IpProtocol": "tcp",
        "FromPort": 443,
        "ToPort": 443,
        "CidrIp": "0.0.0.0/0",
        "Description": "AWS",
    }
    return {"GroupDescription": f"Hosts of {id}", "VpcId": scope.vpc(), "SecurityGroupEgress": [https]}


def _template(id: str, node: Node, cluster: Value) -> Json:
    host = ec2.host_of(node)
    lines = (
        "#!/bin/bash",
        "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config",
        *(["echo ECS_ENABLE_GPU_SUPPORT=true >> /etc/ecs/ecs.config"] if ec2.gpu(node) else []),
        "echo ECS_CLUSTER=",
    )
    data: Json = {
        "ImageId": _image(node),
        "InstanceType": _instance_type(host),
        "IamInstanceProfile": {"Arn": Att(f"{id}HostProfile", "Arn")},
        "SecurityGroupIds": [Ref(f"{id}HostSecurityGroup")],
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        "Monitoring": {"Enabled": True},
        "BlockDeviceMappings": [
            {
                "DeviceName": "/dev/xvda",
                "Ebs": {
                    "Encrypted": True,
                    "VolumeType": "gp3",
                    "VolumeSize": host.volume_gib,
                    "DeleteOnTermination": True,
                },
            }
        ],
    }
    data["UserData"] = Fn("Base64", joined("\n".join(lines), cluster, " >> /etc/ecs/ecs.config"))
    return {"LaunchTemplateData": data}


def _scaling(scope: Scope, id: str) -> Json:
    return {
        "MinSize": "0",
        "MaxSize": str(MOST_HOSTS),
        "VPCZoneIdentifier": scope.subnets(),
        "NewInstancesProtectedFromScaleIn": True,
        "LaunchTemplate": {
            "LaunchTemplateId": Ref(f"{id}HostTemplate"),
            "Version": Att(f"{id}HostTemplate", "LatestVersionNumber"),
        },
    }


def _image(node: Node) -> MachineImage:
    """Return the image of the hosts: the newest that ECS offers, looked up when a host starts."""
    if ec2.gpu(node):
        return MachineImage(ec2.GPU_IMAGE)
    path = Named("Path", Fn("If", [ON_ARM, "arm64/", ""]))
    return MachineImage(joined(ec2.LINUX_IMAGES, path, "recommended/image_id"))


def _instance_type(host: ec2.Host) -> Value:
    arm, x86 = f"{host.arm}.{host.size}", f"{host.x86}.{host.size}"
    return arm if host.one_kind else Fn("If", [ON_ARM, arm, x86])


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
    scope.add(f"{id}HostSecurityGroup", "AWS::EC2::SecurityGroup", _host_group(scope, id), node=node.id)
    network = {"Subnets": scope.subnets(), "SecurityGroups": [Ref(f"{id}HostSecurityGroup")]}
    launched = {
        "Ec2InstanceProfileArn": Att(f"{id}HostProfile", "Arn"),
        "NetworkConfiguration": network,
        "InstanceRequirements": _requirements(node),
    }
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
    found: Json = {"VCpuCount": {"Min": least.vcpu}, "MemoryMiB": {"Min": least.memory_mib}}
    if ec2.gpu(node):
        found |= {
            "AcceleratorTypes": ["gpu"],
            "AcceleratorManufacturers": ["nvidia"],
            "AcceleratorCount": {"Min": 1},
        }
    return found
