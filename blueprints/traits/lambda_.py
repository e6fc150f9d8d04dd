"""Functions of AWS Lambda."""

from blueprints.traits import (
    MINUTE_S,
    MS,
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Traits,
    rates,
    sums,
)
from blueprints.traits._words import FAILS, THROTTLED

METRICS = Metrics(
    namespace="AWS/Lambda",
    dimensions=(NodeAttribute("FunctionName", "name"),),
    alarms=(
        AlarmRule("ErrorsAlarm", "Errors", "Sum", 0, FAILS),
        AlarmRule("ThrottlesAlarm", "Throttles", "Sum", 0, THROTTLED),
    ),
    left=sums("Invocations", "Errors", "Throttles"),
    right=(Curve("Duration", "p99"), Curve("Duration", "Maximum")),
)
TRAITS: Traits = Traits(
    service="lambda",
    noun="Function",
    compute="function",
    log_group=True,
    durable_event="call",
    state="function",
    client=Client("call", "lambda", sdk_class="LambdaClient"),
    variables=(NodeAttribute("FUNCTION_NAME", "name"),),
    dead_letters_by="itself",
    interface_endpoints=("lambda",),
    metrics=METRICS,
    measures={
        "longest_run_s": Measure("Duration", scale=MS, rank=1),
        **rates("Invocations", rank=3),
        "parallel_items": Measure("ConcurrentExecutions", period_s=MINUTE_S),
    },
)
