"""Standard workflows of AWS Step Functions."""

from advisor.text import Text
from blueprints.traits import (
    MS,
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NamedResource,
    NodeAttribute,
    Traits,
    rates,
    setting,
    sums,
)
from blueprints.traits._words import FAILED, TIMED_OUT
from blueprints.traits.callbacks import TABLE_ARN, TASK

# IAM knows no resource for the end of a task: its token says which one it is
# (https://docs.aws.amazon.com/service-authorization/latest/reference/list_stepfunctions.html, read 2026-11-27).
_TASK = NamedResource(TASK, words=Text("the task of {0} that waits for the token", "トークンを待つ {0} のタスク"))
_EXECUTIONS = NamedResource("executions", words=Text("executions of {0}", "{0} の実行"))
_TOKENS = NamedResource(
    TABLE_ARN,
    words=Text("the DynamoDB table with the task tokens of {0}", "{0} のタスクトークンを保存する DynamoDB テーブル"),
)

TRAITS = Traits(
    service="step-functions-standard",
    noun="StateMachine",
    log_group=True,
    start_action="StartExecution",
    client=Client("call", "step-functions", sdk_class="SFNClient"),
    variables=(NodeAttribute("STATE_MACHINE_ARN", "arn"),),
    resources={
        "states:DescribeExecution": (_EXECUTIONS,),
        "states:RedriveExecution": (_EXECUTIONS,),
        "states:SendTaskSuccess": (_TASK,),
        "states:SendTaskFailure": (_TASK,),
        "dynamodb:GetItem": (_TOKENS,),
        "dynamodb:UpdateItem": (_TOKENS,),
    },
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
