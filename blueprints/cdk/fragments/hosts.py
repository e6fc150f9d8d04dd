"""Hosts for containers: instances that a capacity provider adds and takes away as tasks need them."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import autoscaling, cdk, ec2, ecs
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Words
from blueprints.errors import Unsupported
from blueprints.sam.services.instances import HOST_POLICIES, MOST_HOSTS, VOLUME_GIB, instance_size


def hosts(context: Context, node: Node) -> Iterator[Statement]:
    """Make launch template, scaling group and capacity provider of a node, and let the cluster use it."""
    if context.has("ClusterName"):
        reason = Text(
            "CDK cannot add hosts to a cluster that exists without replacing those it has.",
            "既存クラスターのキャパシティプロバイダーを置き換えずにホストを追加することは CDK ではできません。",
        )
        raise Unsupported(node.id, reason)
    yield context.role(node.id, "ec2.amazonaws.com", (), "HostRole", policies=HOST_POLICIES)
    yield from _way_out(context, node)
    yield Let(context.name(node.id, "UserData"), ec2.UserData.for_linux())
    why = Text("Tasks must not get the host's credentials.", "タスクにホストの認証情報を渡さない。")
    block = "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config"
    yield Do(context.ref(node.id, "UserData").add_commands(block), why)
    yield from _hardware(context, node)
    yield Let(context.name(node.id, "HostTemplate"), _template(context, node))
    scaling = autoscaling.AutoScalingGroup(
        THIS,
        context.id(node.id, "Hosts"),
        vpc=VPC,
        vpc_subnets=PRIVATE,
        launch_template=context.ref(node.id, "HostTemplate"),
        min_capacity=0,
        max_capacity=MOST_HOSTS,
        new_instances_protected_from_scale_in=True,
    )
    yield Let(context.name(node.id, "Hosts"), scaling)
    yield from _capacity(context, node)


def _way_out(context: Context, node: Node) -> Iterator[Statement]:
    """Let hosts reach AWS, and nobody reach hosts."""
    group = ec2.SecurityGroup(
        THIS,
        context.id(node.id, "HostSecurityGroup"),
        vpc=VPC,
        description=f"Hosts of {context.id(node.id)}",
        allow_all_outbound=False,
    )
    yield Let(context.name(node.id, "HostSecurityGroup"), group)
    out = context.ref(node.id, "HostSecurityGroup")
    yield Do(out.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "AWS"))


def _hardware(context: Context, node: Node) -> Iterator[Statement]:
    """Name the instance type and the image's path, which follow the instruction set of the tasks."""
    on_arm, size = Ref("tasks_on_arm").logical_id, instance_size(node)
    kind = cdk.Fn.condition_if(on_arm, f"m7g.{size}", f"m7i.{size}").to_string()
    yield Let(context.name(node.id, "HostType"), kind)
    yield Let(context.name(node.id, "HostImage"), cdk.Fn.condition_if(on_arm, "arm64/", "").to_string())


def _template(context: Context, node: Node) -> Call:
    disk = ec2.BlockDeviceVolume.ebs(
        VOLUME_GIB, encrypted=True, delete_on_termination=True, volume_type=ec2.EbsDeviceVolumeType.GP3
    )
    path = context.ref(node.id, "HostImage")
    image = Words("/aws/service/ecs/optimized-ami/amazon-linux-2023/", path, "recommended/image_id")
    return ec2.LaunchTemplate(
        THIS,
        context.id(node.id, "HostTemplate"),
        instance_type=ec2.InstanceType(context.ref(node.id, "HostType")),
        machine_image=ec2.MachineImage.resolve_ssm_parameter_at_launch(image),
        role=context.assumed(node.id, "HostRole"),
        security_group=context.ref(node.id, "HostSecurityGroup"),
        user_data=context.ref(node.id, "UserData"),
        block_devices=[ec2.BlockDevice(device_name="/dev/xvda", volume=disk)],
        require_imdsv2=True,
        http_put_response_hop_limit=1,
        detailed_monitoring=True,
    )


def _capacity(context: Context, node: Node) -> Iterator[Statement]:
    why = Text(
        "ECS drains hosts by itself; else the construct would add a function that does.",
        "ホストのドレインは ECS に任せる。そうしないとコンストラクトがドレイン用の関数を追加する。",
    )
    provider = ecs.AsgCapacityProvider(
        THIS,
        context.id(node.id, "Capacity"),
        auto_scaling_group=context.ref(node.id, "Hosts"),
        enable_managed_termination_protection=True,
        enable_managed_draining=True,
    )
    yield Let(context.name(node.id, "Capacity"), provider, why)
    yield Do(Ref("cluster").add_asg_capacity_provider(context.ref(node.id, "Capacity")))
