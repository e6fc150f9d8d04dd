"""AWS Batch: job definitions, job queues and compute environments."""

import re
from collections.abc import Iterator

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration, number, pairs
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.launch_templates import TEMPLATE, profile_in, role_of
from blueprints.cdk.lifts.compute.task_definitions import (
    cpu_architecture,
    image,
    logging,
    mount_target_dependencies,
    operating_system,
)
from blueprints.cdk.lifts.network.vpc import placement
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import batch, cdk, ec2, ecs
from blueprints.cdk.tree import THIS, Call, Do, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.traits.batch import GPU_IMAGE, HOST_LOST, IMAGE
from blueprints.values import Att

_ENVIRONMENT = "AWS::Batch::ComputeEnvironment"
_FILE_SYSTEM = "AWS::EFS::FileSystem"
_FARGATE = {"FARGATE": True, "EC2": False}
#: Type of a compute environment -> whether it is Fargate, and whether it is Spot.
_TYPES = {"FARGATE": (True, False), "FARGATE_SPOT": (True, True), "EC2": (False, False), "SPOT": (False, True)}
_STRATEGIES = {
    name: getattr(batch.AllocationStrategy, name) for name in ("BEST_FIT_PROGRESSIVE", "SPOT_PRICE_CAPACITY_OPTIMIZED")
}
_ACTIONS = {name: getattr(batch.Action, name) for name in ("RETRY", "EXIT")}
_IMAGES = {image_type: getattr(batch.EcsMachineImageType, image_type) for image_type in (IMAGE, GPU_IMAGE)}
_TYPE = re.compile(r"[a-z0-9]+\.[a-z0-9]+")
_VERSION = Text(
    "Without a version, the compute environment would keep using the first version of the launch template.",
    "バージョンを指定しない場合、コンピューティング環境は起動テンプレートの最初のバージョンを使い続けます。",
)


@lift("AWS::Batch::JobDefinition", ref="job_definition_arn")
def job_definition(lifter: Lifter, resource: Resource) -> Statements:
    """A job definition with its container."""
    resource.expect("Type", "container")
    capabilities = resource.take("PlatformCapabilities")
    if len(capabilities) != 1 or capabilities[0] not in _FARGATE:
        resource.refuse("PlatformCapabilities", capabilities)
    properties = resource.part("ContainerProperties")
    container = Variable(lifter.name(resource).removesuffix("definition") + "container")
    id = f"{resource.id.removesuffix('Definition')}Container"
    options = _container(lifter, resource, properties)
    if _FARGATE[capabilities[0]]:
        options |= _fargate_options(lifter, properties)
        yield Let(container._name, batch.EcsFargateContainerDefinition(THIS, id, **options))
    else:
        options |= {"privileged": properties.take("Privileged")} if "Privileged" in properties else {}
        yield Let(container._name, batch.EcsEc2ContainerDefinition(THIS, id, **options))
    construct = batch.EcsJobDefinition(
        THIS,
        resource.id,
        job_definition_name=lifter.value(resource.take("JobDefinitionName")),
        container=container,
        propagate_tags=resource.take("PropagateTags"),
        **_retries(resource.part("RetryStrategy")),
        timeout=duration(resource.part("Timeout").take("AttemptDurationSeconds")),
    )
    yield Let(lifter.name(resource), construct)
    for volume in _volumes(lifter, properties):
        yield Do(container.add_volume(volume))
    for store in mount_target_dependencies(lifter, resource):
        yield Do(lifter.ref(resource).node.add_dependency(store))


def _retries(strategy: Properties) -> dict[str, Value]:
    """Consume the number of attempts, and for which ends of a job they are made."""
    options: dict[str, Value] = {"retry_attempts": strategy.take("Attempts")}
    ends = [
        batch.RetryStrategy.of(
            end.choose("Action", _ACTIONS),
            _reason(end),
        )
        for end in strategy.parts("EvaluateOnExit")
    ]
    return options | ({"retry_strategies": ends} if ends else {})


def _reason(end: Properties) -> Value:
    if "OnReason" in end:
        return batch.Reason.custom(on_reason=end.take("OnReason"))
    reclaimed: Value = end.choose("OnStatusReason", {HOST_LOST: batch.Reason.SPOT_INSTANCE_RECLAIMED})
    return reclaimed


def _container(lifter: Lifter, resource: Resource, properties: Properties) -> dict[str, Value]:
    requirements = pairs(properties, "ResourceRequirements", "Type")
    options: dict[str, Value] = {
        "image": image(lifter, properties),
        "cpu": _vcpus(requirements),
        "memory": cdk.Size.mebibytes(number(requirements, "MEMORY")),
        "job_role": role_by_arn(lifter, properties.take("JobRoleArn")),
        "execution_role": role_by_arn(lifter, properties.take("ExecutionRoleArn")),
    }
    if "LinuxParameters" in properties:
        properties.part("LinuxParameters").expect("InitProcessEnabled", True)
        id = f"{resource.id.removesuffix('Definition')}Linux"
        options["linux_parameters"] = batch.LinuxParameters(THIS, id, init_process_enabled=True)
    options["logging"] = logging(lifter, properties)
    if "Environment" in properties:
        options["environment"] = lifter.value(pairs(properties, "Environment", "Name").rest())
    if "GPU" in requirements:
        options["gpu"] = number(requirements, "GPU")
    return options


def _vcpus(requirements: Properties) -> float:
    """Consume the vCPUs, which may be fractional."""
    text = requirements.take("VCPU")
    try:
        vcpus = float(text)
    except ValueError:
        vcpus = 0
    if not vcpus or f"{vcpus:g}" != text:
        requirements.refuse("VCPU", text)
    return int(vcpus) if vcpus.is_integer() else vcpus


def _fargate_options(lifter: Lifter, properties: Properties) -> dict[str, Value]:
    platform = properties.part("RuntimePlatform")
    options: dict[str, Value] = {
        "assign_public_ip": properties.part("NetworkConfiguration").choose("AssignPublicIp", {"DISABLED": False}),
        "fargate_platform_version": properties.part("FargatePlatformConfiguration").choose(
            "PlatformVersion", {"LATEST": ecs.FargatePlatformVersion.LATEST}
        ),
        "fargate_cpu_architecture": cpu_architecture(lifter, platform.take("CpuArchitecture")),
        "fargate_operating_system_family": operating_system(platform.take("OperatingSystemFamily")),
    }
    if "EphemeralStorage" in properties:
        options["ephemeral_storage_size"] = cdk.Size.gibibytes(properties.part("EphemeralStorage").take("SizeInGiB"))
    return options


def _volumes(lifter: Lifter, properties: Properties) -> Iterator[Call]:
    """Yield the file systems of a container, each with its mount path."""
    mounts = properties.parts("MountPoints")
    volumes = properties.parts("Volumes")
    if len(mounts) != len(volumes):
        properties.refuse("MountPoints", [mount.where for mount in mounts])
    for volume, mount in zip(volumes, mounts, strict=True):
        name, system = volume.take("Name"), volume.part("EfsVolumeConfiguration")
        mount.expect("SourceVolume", name)
        authorization = system.part("AuthorizationConfig")
        enabled = {"ENABLED": True, "DISABLED": False}
        yield batch.EcsVolume.efs(
            name=name,
            file_system=lifter.construct(system.take("FileSystemId"), _FILE_SYSTEM),
            container_path=lifter.value(mount.take("ContainerPath")),
            readonly=mount.take("ReadOnly"),
            access_point_id=lifter.value(authorization.take("AccessPointId")),
            enable_transit_encryption=system.choose("TransitEncryption", enabled),
            use_job_role=authorization.choose("Iam", enabled),
        )


def _profile(lifter: Lifter, environment: Resource) -> Iterator[Resource]:
    return profile_in(environment.properties["ComputeResources"].get("InstanceRole"), lifter)


@lift(
    _ENVIRONMENT,
    ref="compute_environment_arn",
    members={"ComputeEnvironmentArn": "compute_environment_arn"},
    absorbs=(_profile,),
)
def compute_environment(lifter: Lifter, resource: Resource) -> Statements:
    """A compute environment: Fargate, or EC2 instances that scale with the jobs."""
    resource.expect("Type", "MANAGED")
    resource.expect("State", "ENABLED")
    resources = resource.part("ComputeResources")
    on_fargate, spot = resources.choose("Type", _TYPES)
    options = placement(lifter, resources, "Subnets", "SecurityGroupIds")
    options |= {"spot": True} if spot else {}
    options["maxv_cpus"] = resources.take("MaxvCpus")
    options["replace_compute_environment"] = resource.take("ReplaceComputeEnvironment")
    if on_fargate:
        construct = batch.FargateComputeEnvironment(THIS, resource.id, **options)
        yield Let(lifter.name(resource), construct)
        return
    options |= _instance_options(lifter, resource, resources)
    yield Let(lifter.name(resource), batch.ManagedEc2EcsComputeEnvironment(THIS, resource.id, **options))
    template = resources.part("LaunchTemplate")
    launched = template.take("LaunchTemplateId")
    version = Att(launched.name, "LatestVersionNumber")
    template.expect("Version", version)
    l1_resource = lifter.ref(resource).node.default_child
    override = l1_resource.add_property_override("ComputeResources.LaunchTemplate.Version", lifter.value(version))
    yield Do(override, _VERSION)


def _instance_options(lifter: Lifter, resource: Resource, resources: Properties) -> dict[str, Value]:
    types = resources.take("InstanceTypes")
    if not all(isinstance(type, str) and _TYPE.fullmatch(type) for type in types):
        resources.refuse("InstanceTypes", types)
    images = [configuration.choose("ImageType", _IMAGES) for configuration in resources.parts("Ec2Configuration")]
    template = lifter.construct(resource.properties["ComputeResources"]["LaunchTemplate"]["LaunchTemplateId"], TEMPLATE)
    return {
        "allocation_strategy": resources.choose("AllocationStrategy", _STRATEGIES),
        "minv_cpus": resources.take("MinvCpus"),
        "use_optimal_instance_classes": False,
        "instance_types": [ec2.InstanceType(type) for type in types],
        "images": [batch.EcsMachineImage(image_type=image_type) for image_type in images],
        "instance_role": role_of(lifter, resource, resources, "InstanceRole"),
        "launch_template": template,
    }


@lift("AWS::Batch::JobQueue", ref="job_queue_arn", members={"JobQueueArn": "job_queue_arn"})
def job_queue(lifter: Lifter, resource: Resource) -> Statements:
    """A queue in which jobs wait for the environments that run them."""
    resource.expect("State", "ENABLED")
    environments = [
        batch.OrderedComputeEnvironment(
            compute_environment=lifter.construct(environment.take("ComputeEnvironment"), _ENVIRONMENT),
            order=environment.take("Order"),
        )
        for environment in resource.parts("ComputeEnvironmentOrder")
    ]
    construct = batch.JobQueue(
        THIS, resource.id, priority=resource.take("Priority"), compute_environments=list(environments)
    )
    yield Let(lifter.name(resource), construct)
