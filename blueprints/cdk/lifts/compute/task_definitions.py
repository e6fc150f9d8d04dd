"""Task definitions of ECS with their containers."""

from typing import Any

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration, number, pairs
from blueprints.cdk.lifting.references import environment
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import NotLifted, Properties, Resource
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import ecs
from blueprints.cdk.tree import THIS, Call, Do, Expr, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.values import Image, Ref

TASK_DEFINITION = "AWS::ECS::TaskDefinition"
FARGATE = "FARGATE"
_FILE_SYSTEM = "AWS::EFS::FileSystem"
_MOUNT_TARGET = "AWS::EFS::MountTarget"
#: What a task definition is checked against, where it is not Fargate alone.
_COMPATIBILITIES = {"EC2": ecs.Compatibility.EC2, "MANAGED_INSTANCES": ecs.Compatibility.MANAGED_INSTANCES}
#: Setting of a container -> the option of its construct.
_CONTAINER = {
    "Memory": "memory_limit_mib",
    "User": "user",
    "ReadonlyRootFilesystem": "readonly_root_filesystem",
    "Privileged": "privileged",
}
_PROTOCOLS: dict[str, dict[str, Value]] = {"tcp": {}, "udp": {"protocol": ecs.Protocol.UDP}}


@lift(TASK_DEFINITION, ref="task_definition_arn", members={"TaskDefinitionArn": "task_definition_arn"})
def task_definition(lifter: Lifter, resource: Resource) -> Statements:
    """A task definition with the two roles that it takes, and its containers."""
    kind = compatibility(resource)
    resource.expect("RequiresCompatibilities", [kind])
    resource.expect("NetworkMode", "awsvpc")
    options = _fargate_options(resource) if kind == FARGATE else _instance_options(resource, kind)
    if "RuntimePlatform" in resource:
        options["runtime_platform"] = _platform(lifter, resource.part("RuntimePlatform"))
    if "EphemeralStorage" in resource:
        options["ephemeral_storage_gib"] = resource.part("EphemeralStorage").take("SizeInGiB")
    options["family"] = lifter.value(resource.take("Family"))
    options["task_role"] = role_by_arn(lifter, resource.take("TaskRoleArn"))
    options["execution_role"] = role_by_arn(lifter, resource.take("ExecutionRoleArn"))
    volumes = [_volume(lifter, volume) for volume in resource.parts("Volumes")]
    if volumes:
        options["volumes"] = volumes
    construct_class = ecs.FargateTaskDefinition if kind == FARGATE else ecs.TaskDefinition
    yield Let(lifter.name(resource), construct_class(THIS, resource.id, **options))
    container = resource.only_part("ContainerDefinitions")
    yield from _container(lifter, resource, container)
    for store in mount_target_dependencies(lifter, resource):
        yield Do(lifter.ref(resource).node.add_dependency(store))


def compatibility(resource: Resource) -> str:
    """Return the single capacity type that a task definition requires."""
    kinds = resource.properties["RequiresCompatibilities"]
    if len(kinds) != 1 or kinds[0] not in (FARGATE, *_COMPATIBILITIES):
        resource.refuse("RequiresCompatibilities", kinds)
    capacity: str = kinds[0]
    return capacity


def _fargate_options(resource: Resource) -> dict[str, Value]:
    return {"cpu": number(resource, "Cpu"), "memory_limit_mib": number(resource, "Memory")}


def _instance_options(resource: Resource, kind: str) -> dict[str, Value]:
    return {
        "compatibility": _COMPATIBILITIES[kind],
        "network_mode": ecs.NetworkMode.AWS_VPC,
        "cpu": resource.take("Cpu"),
        "memory_mib": resource.take("Memory"),
    }


def _platform(lifter: Lifter, platform: Properties) -> Call:
    architecture, family = platform.take("CpuArchitecture"), platform.take("OperatingSystemFamily")
    return ecs.RuntimePlatform(
        cpu_architecture=cpu_architecture(lifter, architecture),
        operating_system_family=operating_system(family),
    )


def operating_system(family: Any) -> Expr:
    """Return the operating system of tasks."""
    linux: Expr = ecs.OperatingSystemFamily.LINUX
    return linux if family == "LINUX" else ecs.OperatingSystemFamily.of(family)


def cpu_architecture(lifter: Lifter, architecture_value: Any) -> Expr:
    """Return the CPU architecture of tasks, which can be a parameter."""
    architecture: Expr = ecs.CpuArchitecture.X86_64
    if architecture_value != "X86_64":
        architecture = ecs.CpuArchitecture.of(lifter.value(architecture_value))
    return architecture


def _volume(lifter: Lifter, volume: Properties) -> Call:
    options: dict[str, Value] = {"name": volume.take("Name")}
    if "EFSVolumeConfiguration" in volume:
        config = volume.part("EFSVolumeConfiguration")
        authorization = config.part("AuthorizationConfig")
        options["efs_volume_configuration"] = ecs.EfsVolumeConfiguration(
            file_system_id=lifter.value(config.take("FilesystemId")),
            transit_encryption=config.take("TransitEncryption"),
            authorization_config=ecs.AuthorizationConfig(
                access_point_id=lifter.value(authorization.take("AccessPointId")), iam=authorization.take("IAM")
            ),
        )
    return ecs.Volume(**options)


def _container(lifter: Lifter, resource: Resource, container: Properties) -> Statements:
    container.expect("Essential", True)
    options: dict[str, Value] = {
        "image": image(lifter, container),
        "logging": logging(lifter, container),
        "stop_timeout": duration(container.take("StopTimeout")),
    }
    for name, option in _CONTAINER.items():
        if name in container:
            options[option] = container.take(name)
    if "LinuxParameters" in container:
        container.part("LinuxParameters").expect("InitProcessEnabled", True)
        id = f"{resource.id.removesuffix('Definition')}Linux"
        options["linux_parameters"] = ecs.LinuxParameters(THIS, id, init_process_enabled=True)
    if "Environment" in container:
        options["environment"] = environment(lifter.value(pairs(container, "Environment", "Name").rest()))
    if "HealthCheck" in container:
        options["health_check"] = _health_check(container.part("HealthCheck"))
    ports = container.parts("PortMappings")
    if ports:
        options["port_mappings"] = [_port(port) for port in ports]
    if "ResourceRequirements" in container:
        options["gpu_count"] = number(pairs(container, "ResourceRequirements", "Type"), "GPU")
    variable = Variable(lifter.name(resource).removesuffix("definition") + "container")
    yield Let(variable._name, lifter.ref(resource).add_container(container.take("Name"), **options))
    mounts = [_mount(mount) for mount in container.parts("MountPoints")]
    if mounts:
        yield Do(variable.add_mount_points(*mounts))


def _health_check(check: Properties) -> Call:
    return ecs.HealthCheck(
        command=check.take("Command"),
        interval=duration(check.take("Interval")),
        timeout=duration(check.take("Timeout")),
        retries=check.take("Retries"),
        start_period=duration(check.take("StartPeriod")),
    )


def image(lifter: Lifter, container: Properties) -> Expr:
    """Consume the image of a container: one of a repository of the stack."""
    image = container.take("Image")
    if not isinstance(image, Image):
        container.refuse("Image", image)
    repository = lifter.construct(Ref(image.repository), "AWS::ECR::Repository")
    container_image: Expr = ecs.ContainerImage.from_ecr_repository(repository, lifter.value(image.tag))
    return container_image


def logging(lifter: Lifter, container: Properties) -> Expr:
    """Consume the log group of a container."""
    configuration = container.part("LogConfiguration")
    configuration.expect("LogDriver", "awslogs")
    options = configuration.part("Options")
    options.expect("awslogs-region", Ref("AWS::Region"))
    group = lifter.construct(options.take("awslogs-group"), "AWS::Logs::LogGroup")
    log_driver: Expr = ecs.LogDriver.aws_logs(log_group=group, stream_prefix=options.take("awslogs-stream-prefix"))
    return log_driver


def _port(port: Properties) -> Call:
    options: dict[str, Value] = {"container_port": port.take("ContainerPort")}
    options |= port.choose("Protocol", _PROTOCOLS)
    if "Name" in port:
        options["name"] = port.take("Name")
    return ecs.PortMapping(**options)


def _mount(mount: Properties) -> Call:
    return ecs.MountPoint(
        source_volume=mount.take("SourceVolume"),
        container_path=mount.take("ContainerPath"),
        read_only=mount.take("ReadOnly"),
    )


def mount_target_dependencies(lifter: Lifter, resource: Resource) -> list[Expr]:
    """Consume the dependencies of a resource on mount targets, all of a file system at once."""
    dependencies = resource.depends()
    systems: dict[str, list[str]] = {}
    for id in dependencies:
        target = lifter.resources.get(id)
        if target is None or target.type != _MOUNT_TARGET:
            raise NotLifted(f"{resource.where} has DependsOn {id!r}, which its lift does not know")
        systems.setdefault(target.properties["FileSystemId"].name, []).append(id)
    for system, ids in systems.items():
        mount_target_ids = [
            target.id for target in lifter.of_type(_MOUNT_TARGET) if target.properties["FileSystemId"] == Ref(system)
        ]
        if ids != mount_target_ids:
            raise NotLifted(f"{resource.where} has DependsOn {ids!r}, and not all mount targets of {system}")
    return [lifter.construct(Ref(system), _FILE_SYSTEM).mount_targets_available for system in systems]
