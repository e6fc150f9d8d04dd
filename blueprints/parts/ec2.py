"""Hosts on EC2 for the tasks of a component: a scaling group that a capacity provider grows and shrinks."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.shared.cluster_capacity import (
    CAPACITY,
    GROUP_UPDATE_POLICY,
    JOIN_CLUSTER,
    SHEBANG,
    associate,
    host_group,
)
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Json, Scope
from blueprints.traits import ec2
from blueprints.traits.ec2 import HOST_POLICIES, MOST_HOSTS
from blueprints.values import Att, Fn, MachineImage, Named, Ref, Value, joined

ON_ARM = "TasksOnArm"


def add_instances(scope: Scope, node: Node, cluster: Value) -> None:
    """Add launch template, scaling group and capacity provider of a node, and let the cluster use it."""
    id = scope.name(node.id)
    role(scope, f"{id}HostRole", trust("ec2.amazonaws.com"), [], node=node.id, policies=HOST_POLICIES)
    profile = {"Roles": [Ref(f"{id}HostRole")]}
    scope.add(f"{id}HostProfile", "AWS::IAM::InstanceProfile", profile, node=node.id)
    scope.add(f"{id}HostSecurityGroup", "AWS::EC2::SecurityGroup", host_group(scope, id), node=node.id)
    why = Text(
        "The setting ECS_AWSVPC_BLOCK_IMDS keeps tasks from the credentials of the instance role.",
        "設定 ECS_AWSVPC_BLOCK_IMDS により、タスクからインスタンスロールの認証情報にアクセスできないようにします。",
    )
    scope.add(f"{id}HostTemplate", "AWS::EC2::LaunchTemplate", _template(id, node, cluster), node=node.id, why=why)
    scope.add(f"{id}Hosts", "AWS::AutoScaling::AutoScalingGroup", _scaling(scope, node), node=node.id)
    scope.resources[f"{id}Hosts"]["UpdatePolicy"] = GROUP_UPDATE_POLICY
    provider = {
        "AutoScalingGroupProvider": {
            "AutoScalingGroupArn": Ref(f"{id}Hosts"),
            "ManagedScaling": {"Status": "ENABLED", "TargetCapacity": 100},
            "ManagedTerminationProtection": "ENABLED",
            "ManagedDraining": "ENABLED",
        }
    }
    scope.add(f"{id}{CAPACITY}", "AWS::ECS::CapacityProvider", provider, node=node.id)
    associate(scope, cluster, Ref(f"{id}{CAPACITY}"))
    if not ec2.host_of(node).single_architecture:
        scope.conditions[ON_ARM] = Fn("Equals", [Ref("TaskArchitecture"), "ARM64"])


def _template(id: str, node: Node, cluster: Value) -> Json:
    host = ec2.host_of(node)
    lines = (
        SHEBANG,
        "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config",
        *(["echo ECS_ENABLE_GPU_SUPPORT=true >> /etc/ecs/ecs.config"] if ec2.gpu(node) else []),
        JOIN_CLUSTER[0],
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
    data["UserData"] = Fn("Base64", joined("\n".join(lines), cluster, JOIN_CLUSTER[1]))
    return {"LaunchTemplateData": data}


def _scaling(scope: Scope, node: Node) -> Json:
    """Return the group of a node's hosts: as many at most as there may be tasks, of which each host holds one or more."""
    id = scope.name(node.id)
    return {
        "MinSize": "0",
        "MaxSize": str(max(MOST_HOSTS, settings.number(node, "most_tasks"))),
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
    return arm if host.single_architecture else Fn("If", [ON_ARM, arm, x86])
