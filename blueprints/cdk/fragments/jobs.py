"""Jobs on AWS Batch: a compute environment that holds nothing while nothing waits, a queue and a job definition."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context, duration
from blueprints.cdk.fragments.containers import EXECUTION_POLICY, repository
from blueprints.cdk.modules import batch, cdk, ec2, ecs
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value
from blueprints.plan import Program
from blueprints.traits import batch as batch_traits
from blueprints.traits.ec2 import HOST_POLICIES

_TASKS = "ecs-tasks.amazonaws.com"

granted(("batch",), ("pull",), ("ecr",))
granted(("batch",), ("observe",), ("cloudwatch",))


@service("batch")
def jobs_of(context: Context, node: Node) -> Iterator[Statement]:
    """Make a job definition with its two roles, a queue, and the compute environment that the queue's jobs run in."""
    program = context.plan.program(node.id)
    if program is None:
        raise ValueError(f"{node.id} has no program.")
    yield log_group(context, node.id)
    yield context.role(node.id, _TASKS, context.statements(node.id), confined=True)
    yield context.role(node.id, _TASKS, (), "ExecutionRole", policies=(EXECUTION_POLICY,), confined=True)
    yield Let(context.name(node.id, "Container"), _container(context, program))
    definition = batch.EcsJobDefinition(
        THIS,
        context.id(node.id, "Definition"),
        container=context.ref(node.id, "Container"),
        propagate_tags=True,
        retry_attempts=batch_traits.attempts(context.architecture, node),
        timeout=duration(batch_traits.timeout_s(node)),
    )
    yield Let(context.name(node.id, "Definition"), definition)
    if batch_traits.on_hosts(node):
        yield from _hosts(context, node)
    yield Let(context.name(node.id, "Environment"), _environment(context, node))
    if batch_traits.on_hosts(node):
        yield _newest(context, node)
    order = batch.OrderedComputeEnvironment(compute_environment=context.ref(node.id, "Environment"), order=1)
    queue = batch.JobQueue(
        THIS, context.id(node.id, "Queue"), priority=batch_traits.QUEUE_PRIORITY, compute_environments=[order]
    )
    yield Let(context.name(node.id, "Queue"), queue)
    yield from _outputs(context, node)


def _outputs(context: Context, node: Node) -> Iterator[Statement]:
    queue = context.ref(node.id, "Queue").job_queue_arn
    yield output(context, context.id(node.id, "QueueArn"), queue, Text("ARN of the job queue", "ジョブキューの ARN"))
    words = Text("ARN of the job definition", "ジョブ定義の ARN")
    definition = context.ref(node.id, "Definition").job_definition_arn
    yield output(context, context.id(node.id, "DefinitionArn"), definition, words)


def _container(context: Context, program: Program) -> Call:
    node = program.node
    image = ecs.ContainerImage.from_ecr_repository(Ref(repository(context, node.id)), context.parameter("ImageTag"))
    linux = batch.LinuxParameters(THIS, context.id(node.id, "Linux"), init_process_enabled=True)
    options: dict[str, Value] = {
        "image": image,
        "cpu": settings.number(node, "cpu_units") / 1024,
        "memory": cdk.Size.mebibytes(settings.number(node, "task_memory_mib")),
        "job_role": context.assumed(node.id),
        "execution_role": context.assumed(node.id, "ExecutionRole"),
        "linux_parameters": linux,
        "logging": ecs.LogDriver.aws_logs(log_group=context.ref(node.id, "Logs"), stream_prefix=program.id),
    }
    if program.env:
        options["environment"] = context.environment(program.env, node.id)
    if batch_traits.on_hosts(node):
        options |= {"gpu": 1} if settings.flag(node, "gpu") else {}
        options |= {"privileged": True} if settings.flag(node, "privileged") else {}
        return batch.EcsEc2ContainerDefinition(THIS, context.id(node.id, "Container"), **options)
    return batch.EcsFargateContainerDefinition(
        THIS, context.id(node.id, "Container"), **options, **_on_fargate(context, node)
    )


def _on_fargate(context: Context, node: Node) -> dict[str, Value]:
    found: dict[str, Value] = {
        "assign_public_ip": False,
        "fargate_platform_version": ecs.FargatePlatformVersion.LATEST,
        "fargate_cpu_architecture": ecs.CpuArchitecture.of(context.parameter("TaskArchitecture")),
        "fargate_operating_system_family": ecs.OperatingSystemFamily.LINUX,
    }
    disk_gib = -(-settings.number(node, "disk_mib") // 1024)
    if disk_gib > 20:
        found["ephemeral_storage_size"] = cdk.Size.gibibytes(min(200, disk_gib))
    return found


def _environment(context: Context, node: Node) -> Call:
    options: dict[str, Value] = {
        "vpc": VPC,
        "vpc_subnets": PRIVATE,
        "security_groups": [context.ref(node.id, "SecurityGroup")],
        "maxv_cpus": batch_traits.most_vcpus(context.architecture, node),
        "replace_compute_environment": False,
    }
    id = context.id(node.id, "Environment")
    if not batch_traits.on_hosts(node):
        return batch.FargateComputeEnvironment(THIS, id, **options)
    gpu = settings.flag(node, "gpu")
    families, image = (
        (batch_traits.GPU_FAMILIES, batch_traits.GPU_IMAGE) if gpu else (batch_traits.FAMILIES, batch_traits.IMAGE)
    )
    return batch.ManagedEc2EcsComputeEnvironment(
        THIS,
        id,
        **options,
        allocation_strategy=batch.AllocationStrategy.BEST_FIT_PROGRESSIVE,
        minv_cpus=0,
        use_optimal_instance_classes=False,
        instance_classes=[getattr(ec2.InstanceClass, family.upper()) for family in families],
        images=[batch.EcsMachineImage(image_type=getattr(batch.EcsMachineImageType, image))],
        instance_role=context.assumed(node.id, "HostRole"),
        launch_template=context.ref(node.id, "HostTemplate"),
    )


def _newest(context: Context, node: Node) -> Do:
    """Start instances from the template as it is, and not from its first version."""
    why = Text("Else it would stay the template's first version.", "指定しないとテンプレートの初版のままになる。")
    version = context.ref(node.id, "HostTemplate").latest_version_number
    resource = context.ref(node.id, "Environment").node.default_child
    return Do(resource.add_property_override("ComputeResources.LaunchTemplate.Version", version), why)


def _hosts(context: Context, node: Node) -> Iterator[Statement]:
    """Make what the instances are made from: their role, and a template with an encrypted disk."""
    yield context.role(node.id, "ec2.amazonaws.com", (), "HostRole", policies=HOST_POLICIES)
    disk = ec2.BlockDeviceVolume.ebs(
        batch_traits.DISK_GIB, encrypted=True, delete_on_termination=True, volume_type=ec2.EbsDeviceVolumeType.GP3
    )
    template = ec2.LaunchTemplate(
        THIS,
        context.id(node.id, "HostTemplate"),
        block_devices=[ec2.BlockDevice(device_name="/dev/xvda", volume=disk)],
        require_imdsv2=True,
        http_put_response_hop_limit=1,
        detailed_monitoring=True,
    )
    yield Let(context.name(node.id, "HostTemplate"), template)
