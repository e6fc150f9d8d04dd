"""Durable functions of AWS Lambda."""

from dataclasses import replace

from advisor.text import Text
from blueprints.traits import MS, AlarmRule, Curve, Measure, Metrics, NodeAttribute, lambda_, rates, sums
from blueprints.traits._words import FAILS, THROTTLED, TIMED_OUT
from blueprints.traits.lambda_managed_instances import TRACES_ENDPOINTS

TRAITS = replace(
    lambda_.TRAITS,
    service="lambda-durable",
    variables=(NodeAttribute("FUNCTION_ARN", "arn"),),  # with its alias: it is not invoked without one
    # Its invocations and its executions are counted apart: one run can be many invocations.
    metrics=Metrics(
        namespace="AWS/Lambda",
        dimensions=(NodeAttribute("FunctionName", "name"),),
        alarms=(
            AlarmRule("FailedAlarm", "DurableExecutionFailed", "Sum", 0, FAILS),
            AlarmRule("TimedOutAlarm", "DurableExecutionTimedOut", "Sum", 0, TIMED_OUT),
            AlarmRule("ErrorsAlarm", "Errors", "Sum", 0, Text("Invocations of {} fail", "{}の呼び出しが失敗している")),
            AlarmRule("ThrottlesAlarm", "Throttles", "Sum", 0, THROTTLED),
        ),
        left=sums("DurableExecutionStarted", "DurableExecutionSucceeded", "DurableExecutionFailed", "Errors"),
        right=(Curve("DurableExecutionDuration", "Maximum"),),
    ),
    measures={
        "longest_run_s": Measure("DurableExecutionDuration", scale=MS, rank=0),
        **rates("DurableExecutionStarted", rank=2),
    },
    own_endpoints=TRACES_ENDPOINTS,
)
