"""Hosts for containers: instances that a capacity provider adds and takes away as tasks need them."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import autoscaling, cdk, ec2, ecs, iam
from blueprints.cdk.network import PRIVATE, VPC, private_subnets
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value, Words
from blueprints.traits.ec2 import GPU_IMAGE, HOST_POLICIES, LINUX_IMAGES, MOST_HOSTS, gpu, host_of, least
from blueprints.traits.ecs_managed_instances import HOST_POLICY as MANAGED_HOST_POLICY
from blueprints.traits.ecs_managed_instances import ROLE_POLICY as MANAGED_ROLE_POLICY

_WITH_GPU = "echo ECS_ENABLE_GPU_SUPPORT=true >> /etc/ecs/ecs.config"


def hosts(context: Context, node: Node) -> Iterator[Statement]:
    """Make launch template, scaling group and capacity provider of a node, and let the cluster use it."""
    yield context.role(node.id, "ec2.amazonaws.com", (), "HostRole", policies=HOST_POLICIES)
    yield from _way_out(context, node)
    yield Let(context.name(node.id, "UserData"), ec2.UserData.for_linux())
    why = Text("Tasks must not get the host's credentials.", "タスクにホストの認証情報を渡さない。")
    block = "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config"
    yield Do(context.ref(node.id, "UserData").add_commands(block), why)
    if gpu(node):
        yield Do(context.ref(node.id, "UserData").add_commands(_WITH_GPU))
    elif not host_of(node).one_kind:
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
    on_arm, host = Ref("tasks_on_arm").logical_id, host_of(node)
    kind = cdk.Fn.condition_if(on_arm, f"{host.arm}.{host.size}", f"{host.x86}.{host.size}").to_string()
    yield Let(context.name(node.id, "HostType"), kind)
    yield Let(context.name(node.id, "HostImage"), cdk.Fn.condition_if(on_arm, "arm64/", "").to_string())


def _template(context: Context, node: Node) -> Call:
    host = host_of(node)
    disk = ec2.BlockDeviceVolume.ebs(
        host.volume_gib, encrypted=True, delete_on_termination=True, volume_type=ec2.EbsDeviceVolumeType.GP3
    )
    image: Value = GPU_IMAGE
    if not gpu(node):
        image = Words(LINUX_IMAGES, context.ref(node.id, "HostImage"), "recommended/image_id")
    kind: Value = f"{host.x86}.{host.size}" if host.one_kind else context.ref(node.id, "HostType")
    return ec2.LaunchTemplate(
        THIS,
        context.id(node.id, "HostTemplate"),
        instance_type=ec2.InstanceType(kind),
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


def managed(context: Context, node: Node) -> Iterator[Statement]:
    """Make the capacity provider of instances that ECS starts, patches and replaces, and the two roles it takes."""
    yield context.role(node.id, "ec2.amazonaws.com", (), "HostRole", policies=(MANAGED_HOST_POLICY,))
    profile = iam.InstanceProfile(THIS, context.id(node.id, "HostProfile"), role=context.assumed(node.id, "HostRole"))
    yield Let(context.name(node.id, "HostProfile"), profile)
    passes = iam.PolicyStatement(
        sid="PassHostRole",
        actions=["iam:PassRole"],
        resources=[context.ref(node.id, "HostRole").role_arn],
        conditions={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
    )
    principal = "ecs.amazonaws.com"
    policies = (MANAGED_ROLE_POLICY,)
    yield context.role(node.id, principal, (passes,), "CapacityRole", policies=policies, confined=True)
    yield from _way_out(context, node)
    provider = ecs.ManagedInstancesCapacityProvider(
        THIS,
        context.id(node.id, "Capacity"),
        infrastructure_role=context.assumed(node.id, "CapacityRole"),
        ec2_instance_profile=context.ref(node.id, "HostProfile"),
        subnets=private_subnets(context),
        security_groups=[context.ref(node.id, "HostSecurityGroup")],
        instance_requirements=_requirements(node),
        propagate_tags=ecs.PropagateManagedInstancesTags.CAPACITY_PROVIDER,
    )
    yield Let(context.name(node.id, "Capacity"), provider)
    provider_of = context.ref(node.id, "Capacity")
    if context.has("ClusterName"):
        yield Do(provider_of.bind(Ref("cluster")))
    else:
        yield Do(Ref("cluster").add_managed_instances_capacity_provider(provider_of))


def _requirements(node: Node) -> Call:
    needed = least(node)
    options: dict[str, Value] = {
        "v_cpu_count_min": needed.vcpu,
        "memory_min": cdk.Size.mebibytes(needed.memory_mib),
    }
    if gpu(node):
        options |= {
            "accelerator_types": [ec2.AcceleratorType.GPU],
            "accelerator_manufacturers": [ec2.AcceleratorManufacturer.NVIDIA],
            "accelerator_count_min": 1,
        }
    return ec2.InstanceRequirementsConfig(**options)
