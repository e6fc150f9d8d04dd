"""Durable functions: a flow of steps and waits that is the function's own code, as data for every target.

Each run is an execution that Lambda keeps: steps are checkpointed, and while the function waits it does not run. So it
is invoked by an alias, whose version an execution keeps to its end, and always without waiting for its answer.
A person is asked by a mail that names the run; the callback id that answers it is kept for the approvals endpoint alone.
"""

from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Node
from advisor.architecture.workflow_states import STEPS_BEFORE
from blueprints import settings
from blueprints.traits import (
    MS,
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    lambda_,
    rates,
    setting,
    sums,
)
from blueprints.traits._words import FAILED, INVOCATION_ERRORS, THROTTLED_INVOCATIONS, TIMED_OUT
from blueprints.traits.function_releases import DURABLE
from blueprints.traits.lambda_managed_instances import TRACES_ENDPOINTS

#: The managed policy of every durable function: its log and the state of its executions. SAM's transform attaches it
#: by itself.
POLICY = "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
#: What a function that asks a person is told of the approvals of its stack, and the attribute that it is.
APPROVAL_VARIABLES = {
    "APPROVALS_TABLE_NAME": "approvals-table",
    "APPROVALS_TOPIC_ARN": "approvals-topic-arn",
    "APPROVALS_URL": "approvals-url",
}
MOST_AT_ONCE = 40
#: An execution has at most 3,000 operations, and an item takes two.
MOST_ITEMS = 1000


@dataclass(frozen=True, slots=True)
class Flow:
    """The work of a durable function: sequential `steps`, or parallel `items`; then an optional approval.

    `items` is into how many parts the work is cut that nobody hands items to, 0 where it is not. Times are in seconds;
    `approval_s` is 0 if there is no approval, and `before` how many steps run before it.
    """

    steps: int
    items: int
    compensates: bool
    approval_s: int
    retries: int
    interval_s: int
    backoff: float
    at_once: int = MOST_AT_ONCE
    before: int = 0
    #: The longest time from the start to the end of an execution, with its waits.
    execution_s: int = 0

    @property
    def attempts(self) -> int:
        """The maximum number of attempts of a step."""
        return self.retries + 1

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the steps."""
        return tuple(f"step-{number}" for number in range(1, self.steps + 1)) if self.steps > 1 else ("run",)


def durable(node: Node) -> bool:
    """Return whether a node is a durable function."""
    return settings.word(node, "variant") == DURABLE


def flow_of(node: Node) -> Flow | None:
    """Return the flow of a node, or None if it is not a durable function."""
    if not durable(node):
        return None
    return Flow(
        steps=settings.number(node, "steps"),
        items=min(MOST_ITEMS, settings.number(node, "parallel_items")),
        compensates=settings.flag(node, "compensation"),
        approval_s=settings.number(node, "approval_s") if settings.flag(node, "human_approval") else 0,
        retries=settings.number(node, "retry_attempts"),
        interval_s=settings.number(node, "retry_interval_s"),
        backoff=settings.decimal(node, "retry_backoff"),
        before=settings.number(node, STEPS_BEFORE),
        execution_s=settings.number(node, "execution_timeout_s"),
    )


def asks(node: Node) -> bool:
    """Return whether a durable function asks a person."""
    flow = flow_of(node)
    return flow is not None and flow.approval_s > 0


def waits_for_people(architecture: Architecture) -> bool:
    """Return whether anything waits for a person: a state of a workflow, or a durable function."""
    return any(asks(node) or any(state.kind == "wait" for state in node.states) for node in architecture.nodes)


TRAITS = replace(
    lambda_.TRAITS,
    service=DURABLE,
    client=Client("call", "durable", sdk_class="LambdaClient"),
    variables=(NodeAttribute("FUNCTION_ARN", "arn"),),  # with its alias: it is not invoked without one
    own_endpoints=TRACES_ENDPOINTS,
    # Its invocations and its executions are counted apart: one run can be many invocations.
    metrics=Metrics(
        namespace="AWS/Lambda",
        dimensions=(NodeAttribute("FunctionName", "name"),),
        alarms=(
            AlarmRule("FailedAlarm", "DurableExecutionFailed", "Sum", 0, FAILED),
            AlarmRule("TimedOutAlarm", "DurableExecutionTimedOut", "Sum", 0, TIMED_OUT),
            AlarmRule("ErrorsAlarm", "Errors", "Sum", 0, INVOCATION_ERRORS, total=lambda_.INVOCATIONS),
            AlarmRule("ThrottlesAlarm", "Throttles", "Sum", 0, THROTTLED_INVOCATIONS),
        ),
        left=sums("DurableExecutionStarted", "DurableExecutionSucceeded", "DurableExecutionFailed", "Errors"),
        right=(Curve("DurableExecutionDuration", "Maximum"),),
    ),
    measures={
        "longest_run_s": Measure("DurableExecutionDuration", scale=MS, rank=0, limit=setting("execution_timeout_s")),
        **rates("DurableExecutionStarted", rank=2),
    },
)
