"""Functions with their logs and the instances that they run on."""

from collections.abc import Iterator

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.references import environment
from blueprints.cdk.lifting.registry import lift, naming, shared
from blueprints.cdk.lifting.resource import NotLifted, Resource
from blueprints.cdk.lifts.network.vpc import groups, placement, private_subnets, subnets
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import cdk, lambda_
from blueprints.cdk.origins import CLOUD
from blueprints.cdk.tree import THIS, Call, Do, Let, Own, ProjectPath, Statement, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.plan import RUNTIME
from blueprints.plan.callers.tenants import PER_TENANT, TENANCY
from blueprints.traits.function_snapshots import PROPERTY
from blueprints.values import Ref

_RETENTION = Ref("LogRetentionDays")
_ARCHITECTURE = Ref("FunctionArchitecture")
_FUNCTION = "AWS::Lambda::Function"
_VERSION = "AWS::Lambda::Version"
_PROVIDER = "AWS::Lambda::CapacityProvider"


@lift("AWS::Logs::LogGroup", ref="log_group_name", members={"Arn": "log_group_arn"})
def log_group(lifter: Lifter, resource: Resource) -> Statements:
    """A log group of the project's own class, whose retention is a parameter."""
    options: dict[str, Value] = {}
    if "LogGroupName" in resource:
        options["log_group_name"] = lifter.value(resource.take("LogGroupName"))
    resource.expect("RetentionInDays", _RETENTION)
    options["retention_days"] = Variable("log_retention_days")
    options |= resource.removal(cdk_keeps=True)
    if "KmsKeyId" in resource:
        options["encryption_key"] = key(lifter, resource.take("KmsKeyId"))
    yield Let(lifter.name(resource), Own("log_group", "LogGroup")(THIS, resource.id, **options))


@shared("architecture", "shared", CLOUD)
def architecture(_lifter: Lifter) -> Iterator[Statement]:
    """The instruction set of the functions, which is a parameter."""
    architecture = Variable("function_architecture").value_as_string
    yield Let("architecture", lambda_.Architecture.custom(architecture))


@lift(
    _FUNCTION,
    ref="function_name",
    members={"Arn": "function_arn", "Version.Version": "current_version.version"},
    absorbs=(naming(_VERSION, "FunctionName"),),
)
def function(lifter: Lifter, resource: Resource) -> Statements:
    """A function of the project's own class, which sets tracing: code or an image from a folder of the project."""
    resource.part("TracingConfig").expect("Mode", "Active")
    kind, options = _code(resource)
    options["memory_size"] = resource.take("MemorySize")
    options["timeout"] = duration(resource.take("Timeout"))
    if "EphemeralStorage" in resource:
        options["ephemeral_storage_size"] = cdk.Size.mebibytes(resource.part("EphemeralStorage").take("Size"))
    options |= _durable(resource)
    if TENANCY in resource:
        resource.part(TENANCY).expect("TenantIsolationMode", PER_TENANT["TenantIsolationMode"])
        options["tenancy_config"] = lambda_.TenancyConfig.PER_TENANT
    if PROPERTY in resource:
        resource.part(PROPERTY).expect("ApplyOn", "PublishedVersions")
        options["snap_start"] = lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS
    if "Environment" in resource:
        options["environment"] = environment(lifter.value(resource.part("Environment").take("Variables")))
    options |= _common(lifter, resource)
    if "DeadLetterConfig" in resource:
        arn = resource.part("DeadLetterConfig").take("TargetArn")
        options["dead_letter_queue"] = lifter.construct(arn, "AWS::SQS::Queue", "Arn")
    if "VpcConfig" in resource:
        options |= placement(lifter, resource.part("VpcConfig"), "SubnetIds", "SecurityGroupIds")
    if "FileSystemConfigs" in resource:
        options["filesystem"] = _file_system(lifter, resource)
    yield Let(lifter.name(resource), Own("python_function", kind)(THIS, resource.id, **options))
    if "CapacityProviderConfig" in resource:
        yield _on_instances(lifter, resource)


def _code(resource: Resource) -> tuple[str, dict[str, Value]]:
    """Consume the code of a function; return the project's construct class that builds it, and its options."""
    if "PackageType" not in resource:
        resource.expect("Runtime", RUNTIME)
        folder = resource.take("CodeUri")
        if not isinstance(folder, str) or not folder.endswith("/"):
            resource.refuse("CodeUri", folder)
        return "PythonFunction", {"folder": ProjectPath(folder.removesuffix("/")), "handler": resource.take("Handler")}
    resource.expect("PackageType", "Image")
    built = resource.part("Code")
    built.expect("Dockerfile", "Dockerfile")
    built.expect("DockerTag", "built")
    return "ImageFunction", {"folder": ProjectPath(built.take("DockerContext"))}


def _durable(resource: Resource) -> dict[str, Value]:
    """Consume the durable settings, and the retention of versions with running executions."""
    options: dict[str, Value] = {}
    if "DurableConfig" in resource:
        durable = resource.part("DurableConfig")
        options["durable_config"] = lambda_.DurableConfig(
            execution_timeout=duration(durable.take("ExecutionTimeout")),
            retention_period=cdk.Duration.days(durable.take("RetentionPeriodInDays")),
        )
    for version in resource.of_type(_VERSION):
        version.expect("FunctionName", Ref(resource.id))
        options["current_version_options"] = lambda_.VersionOptions(**version.removal(cdk_keeps=True))
    return options


def _file_system(lifter: Lifter, resource: Resource) -> Call:
    """Consume the file system of a function; the construct adds the dependency on the mount targets."""
    mounts = resource.parts("FileSystemConfigs")
    if len(mounts) != 1:
        resource.refuse("FileSystemConfigs", [mount.where for mount in mounts])
    (mount,) = mounts
    access_point_arn = mount.take("Arn")
    point = lifter.construct(access_point_arn, "AWS::EFS::AccessPoint", "Arn")
    mounted = lifter.resources[access_point_arn.resource].properties["FileSystemId"]
    targets = [
        target.id for target in lifter.of_type("AWS::EFS::MountTarget") if target.properties["FileSystemId"] == mounted
    ]
    dependencies = resource.depends()
    if dependencies != targets:
        raise NotLifted(f"{resource.where} has DependsOn {dependencies!r}, and mounts what is mounted at {targets!r}")
    return lambda_.FileSystem.from_efs_access_point(point, mount.take("LocalMountPath"))


def _on_instances(lifter: Lifter, resource: Resource) -> Do:
    config = resource.part("CapacityProviderConfig")
    provider = lifter.construct(config.take("Arn"), _PROVIDER, "Arn")
    memory = config.take("ExecutionEnvironmentMemoryGiBPerVCpu")
    return Do(provider.add_function(lifter.ref(resource), execution_environment_memory_gib_per_v_cpu=memory))


def _common(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    """Return the common options of functions: network, log group and role."""
    resource.expect("Architectures", [_ARCHITECTURE])
    logging = resource.part("LoggingConfig")
    formats = {"JSON": lambda_.LoggingFormat.JSON}
    return {
        "architecture": Variable("architecture"),
        "logging_format": logging.choose("LogFormat", formats),
        "log_group": lifter.construct(logging.take("LogGroup"), "AWS::Logs::LogGroup"),
        "role": role_by_arn(lifter, resource.take("Role")),
    }


@lift(_PROVIDER, ref="capacity_provider_name", members={"Arn": "capacity_provider_arn"})
def capacity_provider(lifter: Lifter, resource: Resource) -> Statements:
    """Lambda managed instances in the VPC."""
    network = resource.part("VpcConfig")
    subnets(lifter, network.take("SubnetIds"))
    resource.part("InstanceRequirements").expect("Architectures", [_ARCHITECTURE])
    operator = resource.part("PermissionsConfig").take("CapacityProviderOperatorRoleArn")
    provider = lambda_.CapacityProvider(
        THIS,
        resource.id,
        subnets=private_subnets(lifter),
        security_groups=groups(lifter, network.take("SecurityGroupIds")),
        architectures=[Variable("architecture")],
        operator_role=role_by_arn(lifter, operator),
    )
    yield Let(lifter.name(resource), provider)
