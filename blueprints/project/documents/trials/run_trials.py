"""Commands that start the work of a project and show its executions."""

import json
from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.plan import NAMESPACE, Plan
from blueprints.project.documents.trials.trial import MESSAGE, TYPED, UPLOADED, Trial, filled, trial_heading
from blueprints.project.documents.trials.trial_items import (
    GROUP,
    Line,
)
from blueprints.project.programs.code import Code
from blueprints.shared.event_types import event_types
from blueprints.shared.notices import sent_apart
from blueprints.traits import batch, ec2, traits_of
from blueprints.traits.callbacks import awaits
from blueprints.traits.direct_uploads import takes_uploads
from blueprints.traits.eventbridge_bus import on_default_bus
from blueprints.traits.function_releases import ALIAS
from blueprints.traits.lambda_durable import Flow
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED, RESULTS_FOLDER

_START = Text('Start "{}"', "「{}」を起動する")
#: For what messages, events or changes start.
_TRIGGER = Text('Trigger "{}"', "「{}」の処理を開始する")
#: For what a schedule starts: the command shows when it starts next.
_SCHEDULED = Text('View the schedule of "{}"', "「{}」のスケジュールを確認する")
_WATCH = Text('Monitor "{}"', "「{}」の状態を確認する")
#: How a run that waits for a person goes on.
_DECIDING: tuple[Line, ...] = (
    Text("# LINK is the link in the email to the approver:", "# LINK は承認者へのメールに記載されたリンクです。"),
    "make approve LINK=https://...",
)
_CALLBACK = Text(
    "# The ID of the callback that this execution waits for. It is `None` until the execution has called the external system:",
    "# この実行が待っているコールバックの ID です。外部システムに依頼するまでは `None` になります。",
)
_RUNNING = Text("# The status is RUNNING until the execution ends:", "# 実行が終了するまでは RUNNING と表示されます。")
_ITEM_RESULTS = Text(
    "# The results of the items; files whose names start with FAILED list the failed items:",
    "# 各項目の結果です。名前が FAILED で始まるファイルは、失敗した項目の一覧です。",
)


def start_trials(plan: Plan, code: Code) -> Iterator[Trial]:
    """Yield how to start a program, or the workflow that it works in, and how to see what becomes of the run."""
    entry_point = code.entry_point
    heading = trial_heading(plan, _START, code.id)
    if entry_point.workflow is not None:
        heading = trial_heading(plan, _START, entry_point.workflow.subject)
        yield Trial(heading, tuple(_execution(plan, code, entry_point.workflow)))
    elif entry_point.flow is not None:
        yield Trial(heading, tuple(_durable(plan, code, entry_point.flow)))
    elif entry_point.source is not None and entry_point.kind != "pipe":
        words = _SCHEDULED if traits_of(entry_point.source.service).noun == "Schedule" else _TRIGGER
        yield Trial(trial_heading(plan, words, code.id), _sent(plan, entry_point.source))
    elif entry_point.shell == "lambda_event":
        name = plan.name(code.plan.node.id)
        invoke = f'aws lambda invoke --function-name "$(output {name}Name)" --cli-binary-format raw-in-base64-out \\'
        yield Trial(heading, (invoke, f"  --payload '{MESSAGE}' /dev/stdout"))
    elif traits_of(code.plan.node.service).pods and code.plan.run in ("job", "cronjob"):
        command = f"kubectl -n {NAMESPACE} create job --from=cronjob/{code.id} {code.id}-try"
        unsuspend = f'kubectl -n {NAMESPACE} patch job {code.id} -p \'{{"spec":{{"suspend":false}}}}\''
        yield Trial(heading, (command if code.plan.run == "cronjob" else unsuspend,))
    elif entry_point.shell == "container_job" and settings.by_hand(code.plan.node):
        yield Trial(heading, _run_by_hand(plan, code.plan.node))
    if traits_of(code.plan.node.service).pods:
        watch = trial_heading(plan, _WATCH, code.id)
        select = f"-l app.kubernetes.io/name={code.id}"
        yield Trial(watch, (f"kubectl -n {NAMESPACE} get pods {select}", f"kubectl -n {NAMESPACE} logs {select}"))


def _run_by_hand(plan: Plan, node: Node) -> tuple[str, ...]:
    """Return the command that starts a task or job without a trigger in the stack."""
    name = plan.name(node.id)
    if node.service == batch.TRAITS.service:
        return (
            f'aws batch submit-job --job-name {node.subject} --job-queue "$(output {name}QueueArn)" \\',
            f'  --job-definition "$(output {name}DefinitionArn)"',
        )
    capacity = f'--capacity-provider-strategy "capacityProvider=$(output {name}Capacity)"'
    where = "--launch-type FARGATE" if ec2.engine(node) == ec2.FARGATE else capacity
    return (
        f'aws ecs run-task --cluster "$(output EcsClusterName)" --task-definition "$(output {name}DefinitionArn)" \\',
        f'  {where} --network-configuration "$(output {name}Network)"',
    )


def _execution(plan: Plan, code: Code, workflow: Node) -> Iterator[Line]:
    yield f"MACHINE=$(output {plan.name(workflow.id)}Arn)"
    payload = f'{{"items":[{MESSAGE}]}}' if any(s.kind == "map" for s in workflow.states) else MESSAGE
    # A summary reads its input from a store.
    payload = "{}" if code.entry_point.parts or code.entry_point.listed or code.service == "summary" else payload
    # A pipe hands over a list, and the state machine takes the one message out of it.
    payload = f"[{payload}]" if code.entry_point.records else payload
    start = 'aws stepfunctions start-execution --state-machine-arn "$MACHINE" \\'
    yield f"EXECUTION=$({start}"
    yield f"  --input '{payload}' --query executionArn --output text)"
    yield _RUNNING
    yield 'aws stepfunctions describe-execution --execution-arn "$EXECUTION" --query status'
    if workflow.service == DISTRIBUTED:
        yield _ITEM_RESULTS
        yield f'aws s3 ls --recursive "s3://$(output {plan.name(workflow.id)}ResultsName)/{RESULTS_FOLDER}/"'
    if any(state.kind == "wait" for state in workflow.states):
        yield from _DECIDING
    if awaits(workflow):
        yield from _answering(plan, workflow)


def _answering(plan: Plan, workflow: Node) -> Iterator[Line]:
    """Yield how to find the id of the callback that an execution waits for, as an operator who may read the table."""
    yield _CALLBACK
    yield f'CALLBACK=$(aws dynamodb scan --table-name "$(output {plan.name(workflow.id)}CallbacksName)" \\'
    yield "  --filter-expression 'run = :run AND attribute_exists(task_token)' \\"
    yield '  --expression-attribute-values \'{":run":{"S":"\'"${EXECUTION##*:}"\'"}}\' --query \'Items[0].pk.S\' --output text)'
    yield 'echo "$CALLBACK"'


def _durable(plan: Plan, code: Code, flow: Flow) -> Iterator[Line]:
    payload = f'{{"items":[{MESSAGE}]}}' if flow.items and code.service == "work" else MESSAGE
    yield f"FUNCTION=$(output {plan.name(code.plan.node.id)}Name)"
    yield f'aws lambda invoke --function-name "$FUNCTION:{ALIAS}" --invocation-type Event --durable-execution-name try-1 \\'
    yield f"  --cli-binary-format raw-in-base64-out --payload '{payload}' /dev/stdout"
    yield 'aws lambda list-durable-executions-by-function --function-name "$FUNCTION" --durable-execution-name try-1'
    if flow.approval_s:
        yield from _DECIDING


def _sent(plan: Plan, source: Node) -> tuple[Line, ...]:
    """Return the commands that put something into a queue, stream, table, topic, bus or bucket."""
    if takes_uploads(plan.architecture, source.id):
        return (UPLOADED,)
    if on_default_bus(plan.architecture, source):
        # Only the service itself sends events that the rule matches.
        emitters = (plan.node(edge.source) for edge in plan.architecture.entering(source.id, "emit"))
        return tuple(line for emitter in emitters for line in _sent(plan, emitter))
    traits = traits_of(source.service)
    order = f" --message-group-id {GROUP} --message-deduplication-id m-1" if traits.fifo else ""
    types = event_types(plan, source) or (("try",) if sent_apart(plan, source.id) else ())
    values = {
        "{name}": plan.name(source.id),
        "{message}": f"'{MESSAGE}'",
        "{detail}": json.dumps(MESSAGE),
        "{order}": order,
        "{type}": types[0] if types else "try",
        "{attributes}": TYPED.replace("{}", types[0]) if types else "",
    }
    return tuple(filled(command, values) for command in traits.send_commands)
