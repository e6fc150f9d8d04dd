"""Standard workflows of AWS Step Functions."""

from blueprints.traits import (
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
from blueprints.traits._words import FAILED, TIMED_OUT

TRAITS = Traits(
    service="step-functions-standard",
    noun="StateMachine",
    log_group=True,
    start_action="StartExecution",
    client=Client("call", "step-functions", sdk_class="SFNClient"),
    variables=(NodeAttribute("STATE_MACHINE_ARN", "arn"),),
    interface_endpoints=("states",),
    metrics=Metrics(
        namespace="AWS/States",
        dimensions=(NodeAttribute("StateMachineArn", "arn"),),
        alarms=(
            AlarmRule("FailedAlarm", "ExecutionsFailed", "Sum", 0, FAILED),
            AlarmRule("TimedOutAlarm", "ExecutionsTimedOut", "Sum", 0, TIMED_OUT),
        ),
        left=sums("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed"),
        right=(Curve("ExecutionTime", "Maximum"),),
    ),
    measures={
        "longest_run_s": Measure("ExecutionTime", scale=MS, rank=2, limit=setting("timeout_s")),
        **rates("ExecutionsStarted", rank=1),
    },
)
