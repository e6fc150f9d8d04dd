"""Functions with their logs, and the queues and streams that they take from."""

from collections.abc import Iterator
from typing import Any

from blueprints.cdk.context import duration
from blueprints.cdk.lifts.identity import assumed
from blueprints.cdk.lifts.keys import key
from blueprints.cdk.lifts.lifter import Lifter, Statements
from blueprints.cdk.lifts.network import placement
from blueprints.cdk.lifts.registry import lift, shared
from blueprints.cdk.lifts.resource import Resource
from blueprints.cdk.modules import cdk, event_sources, lambda_
from blueprints.cdk.origins import CLOUD
from blueprints.cdk.tree import THIS, Let, Own, ProjectPath, Statement, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.plan import RUNTIME
from blueprints.values import Ref

_RETENTION = Ref("LogRetentionDays")
_ARCHITECTURE = Ref("FunctionArchitecture")
_FUNCTION = "AWS::Lambda::Function"
_MAPPED = {
    "BatchSize": "batch_size",
    "MaximumBatchingWindowInSeconds": "max_batching_window",
    "BisectBatchOnFunctionError": "bisect_batch_on_error",
    "MaximumRetryAttempts": "retry_attempts",
}


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
    named = Variable("function_architecture").value_as_string
    yield Let("architecture", lambda_.Architecture.custom(named))


@lift(_FUNCTION, ref="function_name", members={"Arn": "function_arn"})
def function(lifter: Lifter, resource: Resource) -> Statements:
    """A function of the project's own class, which sets runtime and tracing, from a folder of the project."""
    resource.expect("Runtime", RUNTIME)
    tracing = resource.part("TracingConfig")
    tracing.expect("Mode", "Active")
    folder = resource.take("CodeUri")
    if not isinstance(folder, str) or not folder.endswith("/"):
        resource.refuse("CodeUri", folder)
    options: dict[str, Value] = {
        "folder": ProjectPath(folder.removesuffix("/")),
        "handler": resource.take("Handler"),
        "memory_size": resource.take("MemorySize"),
        "timeout": duration(resource.take("Timeout")),
    }
    if "EphemeralStorage" in resource:
        options["ephemeral_storage_size"] = cdk.Size.mebibytes(resource.part("EphemeralStorage").take("Size"))
    if "Environment" in resource:
        options["environment"] = lifter.value(resource.part("Environment").take("Variables"))
    options |= _common(lifter, resource)
    if "DeadLetterConfig" in resource:
        arn = resource.part("DeadLetterConfig").take("TargetArn")
        options["dead_letter_queue"] = lifter.construct(arn, "AWS::SQS::Queue", "Arn")
    if "VpcConfig" in resource:
        options |= placement(lifter, resource.part("VpcConfig"), "SubnetIds", "SecurityGroupIds")
    yield Let(lifter.name(resource), Own("python_function", "PythonFunction")(THIS, resource.id, **options))


def _common(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    """Return what every function has: where it runs, where it writes, and as whom."""
    resource.expect("Architectures", [_ARCHITECTURE])
    logging = resource.part("LoggingConfig")
    formats = {"JSON": lambda_.LoggingFormat.JSON}
    return {
        "architecture": Variable("architecture"),
        "logging_format": logging.choose("LogFormat", formats),
        "log_group": lifter.construct(logging.take("LogGroup"), "AWS::Logs::LogGroup"),
        "role": assumed(lifter, resource.take("Role")),
    }


@lift("AWS::Lambda::EventSourceMapping", ref="event_source_mapping_id")
def event_source(lifter: Lifter, resource: Resource) -> Statements:
    """What a function takes from a queue or a stream."""
    options: dict[str, Value] = {
        "target": lifter.construct(resource.take("FunctionName"), _FUNCTION),
        "event_source_arn": lifter.value(resource.take("EventSourceArn")),
    }
    if "StartingPosition" in resource:
        positions = {"TRIM_HORIZON": lambda_.StartingPosition.TRIM_HORIZON, "LATEST": lambda_.StartingPosition.LATEST}
        options["starting_position"] = resource.choose("StartingPosition", positions)
    for name, option in _MAPPED.items():
        if name in resource:
            value: Any = resource.take(name)
            options[option] = duration(value) if name.endswith("Seconds") else value
    if "DestinationConfig" in resource:
        aside = resource.part("DestinationConfig").part("OnFailure").take("Destination")
        options["on_failure"] = event_sources.SqsDlq(lifter.construct(aside, "AWS::SQS::Queue", "Arn"))
    if "ScalingConfig" in resource:
        options["max_concurrency"] = resource.part("ScalingConfig").take("MaximumConcurrency")
    if "FunctionResponseTypes" in resource:
        resource.expect("FunctionResponseTypes", ["ReportBatchItemFailures"])
        options["report_batch_item_failures"] = True
    yield Let(lifter.name(resource), lambda_.EventSourceMapping(THIS, resource.id, **options))
