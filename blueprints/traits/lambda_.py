"""Functions of AWS Lambda."""

from blueprints.traits import (
    MS,
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Total,
    Traits,
    rates,
    setting,
    sums,
)
from blueprints.traits._words import INVOCATION_ERRORS, MANY_INVOCATION_ERRORS, THROTTLED_INVOCATIONS

#: Lambda counts the invocations of a version behind an alias too, with the same dimensions as the errors.
#: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (read 2026-12-01)
INVOCATIONS = Total(MANY_INVOCATION_ERRORS, "Invocations")
METRICS = Metrics(
    namespace="AWS/Lambda",
    dimensions=(NodeAttribute("FunctionName", "name"),),
    alarms=(
        AlarmRule("ErrorsAlarm", "Errors", "Sum", 0, INVOCATION_ERRORS, total=INVOCATIONS),
        AlarmRule("ThrottlesAlarm", "Throttles", "Sum", 0, THROTTLED_INVOCATIONS),
    ),
    left=sums("Invocations", "Errors", "Throttles"),
    right=(Curve("Duration", "p99"), Curve("Duration", "Maximum")),
    refused="Url4xxCount",
)
TRAITS: Traits = Traits(
    service="lambda",
    noun="Function",
    compute="function",
    log_group=True,
    durable_event="call",
    state="function",
    client=Client("call", "lambda", sdk_class="LambdaClient", awaited=True),
    variables=(NodeAttribute("FUNCTION_NAME", "invoked-name"),),
    dead_letters_by="itself",
    interface_endpoints=("lambda",),
    metrics=METRICS,
    measures={
        "longest_run_s": Measure("Duration", scale=MS, rank=1, limit=setting("timeout_s")),
        **rates("Invocations", rank=3),
    },
)
