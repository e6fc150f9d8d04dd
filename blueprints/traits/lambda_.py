"""Functions of AWS Lambda."""

from blueprints.traits import MINUTE_S, MS, AlarmRule, Curve, Measure, Metrics, NodeAttribute, Traits, rates, sums
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
TRAITS = Traits(
    service="lambda",
    noun="Function",
    compute="function",
    variables=(NodeAttribute("FUNCTION_NAME", "name"),),
    metrics=METRICS,
    measures={
        "longest_run_s": Measure("Duration", scale=MS, rank=1),
        **rates("Invocations", rank=3),
        "parallel_items": Measure("ConcurrentExecutions", period_s=MINUTE_S),
    },
    interface_endpoints=("lambda",),
    log_group=True,
    state="function",
    dead_letters_by="itself",
)
