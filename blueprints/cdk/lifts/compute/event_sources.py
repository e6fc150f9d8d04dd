"""Event source mappings: functions poll queues, streams and table streams in batches."""

from typing import Any

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.references import REF
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.releases import invoked, is_invoked
from blueprints.cdk.modules import event_sources, lambda_
from blueprints.cdk.tree import THIS, Call, Do, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.shared.event_source_mappings import PARTIAL_FAILURES
from blueprints.values import Ref
from blueprints.values.json_text import JsonText

_MAPPED = {
    "BatchSize": "batch_size",
    "MaximumBatchingWindowInSeconds": "max_batching_window",
    "BisectBatchOnFunctionError": "bisect_batch_on_error",
    "MaximumRetryAttempts": "retry_attempts",
    "ParallelizationFactor": "parallelization_factor",
}


@lift("AWS::Lambda::EventSourceMapping", ref="event_source_mapping_id")
def event_source(lifter: Lifter, resource: Resource) -> Statements:
    """An event source mapping of a queue or a stream."""
    function_name = resource.take("FunctionName")
    if is_invoked(lifter, function_name):
        target = invoked(lifter, function_name, REF)
    else:
        target = Variable(f"{lifter.name(resource)}_function")
        yield Let(target._name, _existing(lifter, resource, function_name))
    options: dict[str, Value] = {
        "target": target,
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
        dead_letter_queue = resource.part("DestinationConfig").part("OnFailure").take("Destination")
        options["on_failure"] = event_sources.SqsDlq(lifter.construct(dead_letter_queue, "AWS::SQS::Queue", "Arn"))
    if "FilterCriteria" in resource:
        options["filters"] = [_filter(lifter, one) for one in resource.part("FilterCriteria").parts("Filters")]
    if "ScalingConfig" in resource:
        options["max_concurrency"] = resource.part("ScalingConfig").take("MaximumConcurrency")
    if "FunctionResponseTypes" in resource:
        resource.expect("FunctionResponseTypes", PARTIAL_FAILURES)
        options["report_batch_item_failures"] = True
    yield Let(lifter.name(resource), lambda_.EventSourceMapping(THIS, resource.id, **options))
    for dependency_id in resource.depends():
        yield Do(lifter.ref(resource).node.add_dependency(lifter.dependency(dependency_id)))


def _filter(lifter: Lifter, criteria: Properties) -> Value:
    """Return a filter, whose pattern the construct writes as JSON."""
    pattern = criteria.take("Pattern")
    if not isinstance(pattern, JsonText):
        criteria.refuse("Pattern", pattern)
        return None
    return lambda_.FilterCriteria.filter(lifter.value(pattern.tree))


def _existing(lifter: Lifter, resource: Resource, function_name: Any) -> Call:
    """Return a function outside the stack, whose ARN is a parameter."""
    if not isinstance(function_name, Ref) or not lifter.scope.has(function_name.name):
        resource.refuse("FunctionName", function_name)
    return lambda_.Function.from_function_arn(THIS, f"{resource.id}Function", lifter.value(function_name))
