"""Hosts for containers: instances that a capacity provider adds and takes away as tasks need them."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.sam.intrinsics import Att, Fn, Ref, Sub, Value, text
from blueprints.sam.roles import role, trust
from blueprints.sam.scope import Json, Scope

CAPACITY = "Capacity"
ASSOCIATION = "ClusterCapacity"
HOST_POLICIES = ("service-role/AmazonEC2ContainerServiceforEC2Role",)
MOST_HOSTS = 4
VOLUME_GIB = 50
ON_ARM = "TasksOnArm"
_PARAMETER = "{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/${Path}recommended/image_id}}"
#: Smallest size that holds a task: (vCPU, MiB, size), of the general families for each instruction set.
_SIZES = (
    (2, 8192, "large"),
    (4, 16384, "xlarge"),
    (8, 32768, "2xlarge"),
    (16, 65536, "4xlarge"),
    (32, 131072, "8xlarge"),
)
#: Left free for the ECS agent and the operating system.
RESERVED_MIB = 1024


def instance_size(node: Node) -> str:
    """Return the smallest instance size that holds one task of the node; the largest listed when none does."""
    cpu, memory = settings.number(node, "cpu_units"), settings.number(node, "task_memory_mib") + RESERVED_MIB
    for vcpu, mib, name in _SIZES:
        if vcpu * 1024 >= cpu and mib >= memory:
            return name
    return _SIZES[-1][2]


def add_instances(scope: Scope, node: Node, cluster: Value) -> None:
    """Add launch template, scaling group and capacity provider of a node, and let the cluster use it."""
    id = scope.name(node.id)
    role(scope, f"{id}HostRole", trust("ec2.amazonaws.com"), [], node=node.id, policies=HOST_POLICIES)
    profile = {"Roles": [Ref(f"{id}HostRole")]}
    scope.add(f"{id}HostProfile", "AWS::IAM::InstanceProfile", profile, node=node.id)
    scope.add(f"{id}HostSecurityGroup", "AWS::EC2::SecurityGroup", _host_group(scope, id), node=node.id)
    scope.add(f"{id}HostTemplate", "AWS::EC2::LaunchTemplate", _template(id, node, cluster), node=node.id)
    scope.add(f"{id}Hosts", "AWS::AutoScaling::AutoScalingGroup", _scaling(scope, id), node=node.id)
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
    scope.conditions[ON_ARM] = Fn("Equals", [Ref("TaskArchitecture"), "ARM64"])


def _associate(scope: Scope, cluster: Value, provider: Ref) -> None:
    """Let the cluster use a capacity provider; a cluster has one list of them."""
    if ASSOCIATION in scope.resources:
        scope.properties(ASSOCIATION)["CapacityProviders"].append(provider)
        return
    properties = {
        "Cluster": cluster,
        "CapacityProviders": [provider],
        "DefaultCapacityProviderStrategy": [{"CapacityProvider": provider, "Weight": 1}],
    }
    type = "AWS::ECS::ClusterCapacityProviderAssociations"
    scope.add(ASSOCIATION, type, properties, group="ecs-cluster")


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
    size = instance_size(node)
    lines = (
        "#!/bin/bash",
        f"echo ECS_CLUSTER={text(cluster)} >> /etc/ecs/ecs.config",
        "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config",
        "",
    )
    data: Json = {
        "ImageId": Fn("Sub", [_PARAMETER, {"Path": Fn("If", [ON_ARM, "arm64/", ""])}]),
        "InstanceType": Fn("If", [ON_ARM, f"m7g.{size}", f"m7i.{size}"]),
        "IamInstanceProfile": {"Arn": Att(f"{id}HostProfile", "Arn")},
        "SecurityGroupIds": [Ref(f"{id}HostSecurityGroup")],
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        "Monitoring": {"Enabled": True},
        "BlockDeviceMappings": [
            {
                "DeviceName": "/dev/xvda",
                "Ebs": {"Encrypted": True, "VolumeType": "gp3", "VolumeSize": VOLUME_GIB, "DeleteOnTermination": True},
            }
        ],
    }
    data["UserData"] = Fn("Base64", Sub("\n".join(lines)))
    return {"LaunchTemplateData": data}


def _scaling(scope: Scope, id: str) -> Json:
    return {
        "MinSize": "0",
        "MaxSize": str(MOST_HOSTS),
        "VPCZoneIdentifier": Ref("PrivateSubnetIds") if scope.has("PrivateSubnetIds") else scope.subnets(),
        "NewInstancesProtectedFromScaleIn": True,
        "LaunchTemplate": {
            "LaunchTemplateId": Ref(f"{id}HostTemplate"),
            "Version": Att(f"{id}HostTemplate", "LatestVersionNumber"),
        },
    }
