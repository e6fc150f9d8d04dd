"""Functions of AWS Lambda."""

from advisor.architecture import Architecture, Node
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
    setting,
    sums,
)
from blueprints.traits._words import INVOCATION_ERRORS, THROTTLED

#: How many functions of an account run at once, unless its quota is raised
#: (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, read 2026-11-27).
ACCOUNT_CONCURRENCY = 1000


def _at_once(_: Architecture, node: Node) -> float:
    """Return how often a function can run at once: as often as its queue lets it, or as the account does by default."""
    return float(str(node.settings.get("max_concurrency") or ACCOUNT_CONCURRENCY))


METRICS = Metrics(
    namespace="AWS/Lambda",
    dimensions=(NodeAttribute("FunctionName", "name"),),
    alarms=(
        AlarmRule("ErrorsAlarm", "Errors", "Sum", 0, INVOCATION_ERRORS),
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
    client=Client("call", "lambda", sdk_class="LambdaClient", awaited=True),
    variables=(NodeAttribute("FUNCTION_NAME", "invoked-name"),),
    dead_letters_by="itself",
    interface_endpoints=("lambda",),
    metrics=METRICS,
    measures={
        "longest_run_s": Measure("Duration", scale=MS, rank=1, limit=setting("timeout_s")),
        **rates("Invocations", rank=3),
        "parallel_items": Measure("ConcurrentExecutions", period_s=MINUTE_S, limit=_at_once),
    },
)
