"""Containers on ECS: one cluster per workload, a task definition per component, a service where it runs always."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.fragments.express import express_service
from blueprints.cdk.fragments.hosts import hosts, managed
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, ecr, ecs
from blueprints.cdk.network import PRIVATE
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value, Words
from blueprints.names import snake
from blueprints.network import APPLICATION_PORT
from blueprints.plan import CONTAINER, Program
from blueprints.traits import ecs_express
from blueprints.traits.ec2 import EC2, WINDOWS_FAMILY, engine, gpu, on_instances, windows, x86_only
from blueprints.traits.ecs_managed_instances import MANAGED
from blueprints.traits.state_machine import SERVICES

EXECUTION_POLICY = "service-role/AmazonECSTaskExecutionRolePolicy"
IMAGES_KEPT = 20
_TASKS = "ecs-tasks.amazonaws.com"

granted(("ecs", "eks"), ("pull",), ("ecr",))
granted(("ecs",), ("observe",), ("cloudwatch",))
granted(("ecs",), ("call",), ("lambda", *SERVICES, "alb", "api-gateway-http", "api-gateway-rest"))


@service("ecr")
def repositories(context: Context, node: Node) -> Iterator[Statement]:
    """Make one repository per image: tags do not change, and images are scanned when they arrive."""
    for edge in context.architecture.entering(node.id, "pull"):
        id = _repository_id(context, edge.source)
        newest = ecr.LifecycleRule(description=f"keep the newest {IMAGES_KEPT}", max_image_count=IMAGES_KEPT)
        made = ecr.Repository(
            THIS,
            id,
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            **_repository_key(context, node),
            lifecycle_rules=[newest],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        yield Let(repository(context, edge.source), made)
        uri = Ref(repository(context, edge.source)).repository_uri
        yield output(context, f"{id}Uri", uri, Text("Address of the repository", "リポジトリの URI"))


def _repository_key(context: Context, node: Node) -> dict[str, Value]:
    key = key_for(context, node)
    if key is None:
        return {"encryption": ecr.RepositoryEncryption.AES_256}
    return {"encryption": ecr.RepositoryEncryption.KMS, "encryption_key": key}


def repository(context: Context, node: str) -> str:
    """Return the variable that holds the repository of a program."""
    return snake(_repository_id(context, node))


def _repository_id(context: Context, node: str) -> str:
    program = context.plan.program(node)
    if program is None:
        raise ValueError(f"{node} has no program.")
    return program.repository


@service("ecs")
def task(context: Context, node: Node) -> Iterator[Statement]:
    """Make a task definition with its two roles, and a service around it unless it runs and ends."""
    program = context.plan.program(node.id)
    if program is None:
        raise ValueError(f"{node.id} has no program.")
    yield log_group(context, node.id)
    yield context.role(node.id, _TASKS, context.statements(node.id), confined=True)
    yield context.role(node.id, _TASKS, (), "ExecutionRole", policies=(EXECUTION_POLICY,), confined=True)
    kind = ecs.TaskDefinition if on_instances(node) else ecs.FargateTaskDefinition
    options = _on_instances(context, node) if on_instances(node) else _on_fargate(context, node)
    options |= {
        "family": Words(cdk.Aws.STACK_NAME, f"-{program.id}"),
        "task_role": context.assumed(node.id),
        "execution_role": context.assumed(node.id, "ExecutionRole"),
        **({} if windows(node) else {"volumes": [ecs.Volume(name="tmp")]}),
    }
    yield Let(context.name(node.id, "Definition"), kind(THIS, context.id(node.id, "Definition"), **options))
    yield from _container(context, program)
    words = Text("ARN of the task definition", "タスク定義の ARN")
    arn = context.ref(node.id, "Definition").task_definition_arn
    yield output(context, context.id(node.id, "DefinitionArn"), arn, words)
    if engine(node) == EC2:
        yield from hosts(context, node)
    if engine(node) == MANAGED:
        yield from managed(context, node)
    if ecs_express.express(node):
        yield from express_service(context, node)
    elif program.run in ("service", "worker"):
        yield Let(context.name(node.id, "Service"), _service(context, node))
        if engine(node) == EC2:
            why = Text(
                "Tasks start on a capacity provider of the cluster.",
                "タスクはクラスターのキャパシティプロバイダーで起動する。",
            )
            yield Do(context.ref(node.id, "Service").node.add_dependency(Ref("cluster")), why)


def _on_fargate(context: Context, node: Node) -> dict[str, Value]:
    found: dict[str, Value] = {
        "cpu": settings.number(node, "cpu_units"),
        "memory_limit_mib": settings.number(node, "task_memory_mib"),
        "runtime_platform": _platform(context, node),
    }
    disk_gib = -(-settings.number(node, "disk_mib") // 1024)
    if disk_gib > 20:
        found["ephemeral_storage_gib"] = min(200, disk_gib)
    return found


def _platform(context: Context, node: Node) -> Call:
    family: Value = ecs.OperatingSystemFamily.LINUX
    if windows(node):
        family = ecs.OperatingSystemFamily.of(WINDOWS_FAMILY)
    architecture: Value = ecs.CpuArchitecture.X86_64
    if not x86_only(node):
        architecture = ecs.CpuArchitecture.of(context.parameter("TaskArchitecture"))
    return ecs.RuntimePlatform(cpu_architecture=architecture, operating_system_family=family)


def _on_instances(context: Context, node: Node) -> dict[str, Value]:
    found: dict[str, Value] = {
        "compatibility": ecs.Compatibility.EC2,
        "network_mode": ecs.NetworkMode.AWS_VPC,
        "cpu": str(settings.number(node, "cpu_units")),
        "memory_mib": str(settings.number(node, "task_memory_mib")),
    }
    if engine(node) == MANAGED:
        found |= {
            "compatibility": ecs.Compatibility.MANAGED_INSTANCES,
            "runtime_platform": _platform(context, node),
        }
    return found


def _container(context: Context, program: Program) -> Iterator[Statement]:
    node = program.node
    definition = context.ref(node.id, "Definition")
    images, tag = Ref(repository(context, node.id)), context.parameter("ImageTag")
    logging = ecs.LogDriver.aws_logs(log_group=context.ref(node.id, "Logs"), stream_prefix=program.id)
    options: dict[str, Value] = {
        "image": ecs.ContainerImage.from_ecr_repository(images, tag),
        "logging": logging,
        "stop_timeout": cdk.Duration.minutes(1),
    }
    if not windows(node):
        init = ecs.LinuxParameters(THIS, context.id(node.id, "Linux"), init_process_enabled=True)
        options |= {"readonly_root_filesystem": True, "linux_parameters": init}
    if program.env:
        options["environment"] = context.environment(program.env, node.id)
    if program.run == "service":
        named: dict[str, Value] = {"name": ecs_express.PORT} if ecs_express.express(node) else {}
        options["port_mappings"] = [ecs.PortMapping(container_port=APPLICATION_PORT, **named)]
    if gpu(node):
        options["gpu_count"] = 1
    if on_instances(node) and settings.flag(node, "privileged"):
        options["privileged"] = True
    called = ecs_express.CONTAINER if ecs_express.express(node) else CONTAINER
    yield Let(context.name(node.id, "Container"), definition.add_container(called, **options))
    if not windows(node):
        mount = ecs.MountPoint(source_volume="tmp", container_path="/tmp", read_only=False)
        yield Do(context.ref(node.id, "Container").add_mount_points(mount))


def _service(context: Context, node: Node) -> Call:
    options: dict[str, Value] = {
        "cluster": Ref("cluster"),
        "task_definition": context.ref(node.id, "Definition"),
        "desired_count": max(1, settings.number(node, "desired_count")),
        "circuit_breaker": ecs.DeploymentCircuitBreaker(rollback=True),
        "min_healthy_percent": 100,
        "max_healthy_percent": 200,
        "vpc_subnets": PRIVATE,
        "security_groups": [context.ref(node.id, "SecurityGroup")],
        "enable_ecs_managed_tags": True,
        "propagate_tags": ecs.PropagatedTagSource.SERVICE,
    }
    if context.architecture.entering(node.id, "invoke"):
        options["health_check_grace_period"] = cdk.Duration.minutes(1)
    if on_instances(node):
        name = context.ref(node.id, "Capacity").capacity_provider_name
        strategy = ecs.CapacityProviderStrategy(capacity_provider=name, weight=1)
        options["capacity_provider_strategies"] = [strategy]
        kind = ecs.Ec2Service if engine(node) == EC2 else ecs.FargateService
        return kind(THIS, context.id(node.id, "Service"), **options)
    options["platform_version"] = ecs.FargatePlatformVersion.LATEST
    return ecs.FargateService(THIS, context.id(node.id, "Service"), **options)
