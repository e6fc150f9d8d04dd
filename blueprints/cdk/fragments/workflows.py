"""Workflows and what starts them by the clock or by changes: state machines, schedules, pipes."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context, allow, duration
from blueprints.cdk.fragments import approvals
from blueprints.cdk.modules import cdk, ecs, schedule_targets, scheduler, stepfunctions
from blueprints.cdk.network import PRIVATE
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Let, ProjectPath, Ref, Statement, Value, Words
from blueprints.traits import traits_of
from blueprints.traits.ec2 import on_instances
from blueprints.traits.state_machine import SERVICES, definition, path
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED

EXPRESS = "step-functions-express"
SCHEDULED_INPUT = {"source": "schedule", "time": "<aws.scheduler.scheduled-time>"}

granted(SERVICES, ("run",), ("lambda", "ecs", "batch"))
granted(("eventbridge-scheduler",), ("start",), (*SERVICES, "lambda", "ecs"))
granted(("eventbridge-scheduler",), ("dead-letter",), ("dead-letter-queue",))


@service(*SERVICES)
def state_machine(context: Context, node: Node) -> Iterator[Statement]:
    """Make a state machine whose definition is a file of the project."""
    tokens = definition(context.architecture, node).tokens
    allowed = [*context.statements(node.id), *_listening(context, node)]
    if "ApprovalTopicArn" in tokens:
        yield from approvals.topic(context, node)
        allowed.append(approvals.asking(context, node))
    if node.service == DISTRIBUTED:
        allowed += _children(context, node)
    yield context.role(node.id, "states.amazonaws.com", allowed, policies=("AWSXrayWriteOnlyAccess",))
    made = stepfunctions.StateMachine(
        THIS,
        context.id(node.id),
        state_machine_name=context.machine_name(node),
        state_machine_type=stepfunctions.StateMachineType.EXPRESS
        if node.service == EXPRESS
        else stepfunctions.StateMachineType.STANDARD,
        definition_body=stepfunctions.DefinitionBody.from_file(ProjectPath(path(node))),
        definition_substitutions={token: context.value(ref) for token, ref in tokens.items()},
        role=context.assumed(node.id),
        tracing_enabled=True,
    )
    yield Let(context.name(node.id), made)
    words = Text("ARN of the state machine", "ステートマシンの ARN")
    yield output(context, context.id(node.id, "Arn"), context.ref(node.id).state_machine_arn, words)


def _children(context: Context, node: Node) -> list[Call]:
    """A distributed map starts executions of its own state machine, and follows them."""
    place = ("arn:", cdk.Aws.PARTITION, ":states:", cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID)
    name = context.machine_name(node)._parts
    follow = ("states:DescribeExecution", "states:StopExecution")
    return [
        allow("StartChildren", ("states:StartExecution",), [Words(*place, ":stateMachine:", *name)]),
        allow("FollowChildren", follow, [Words(*place, ":execution:", *name, "/*")]),
    ]


def _listening(context: Context, node: Node) -> list[Call]:
    """What `.sync` takes besides the edge's statements: hearing from ECS or Batch that the work has ended."""
    targets = [context.node(edge.target) for edge in context.architecture.leaving(node.id, "run")]
    place = ("arn:", cdk.Aws.PARTITION, ":events:", cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID)
    heard = [traits_of(target.service).completion_rule for target in targets]
    rules = [Words(*place, f":rule/{rule}") for rule in heard if rule]
    actions = ("events:PutTargets", "events:PutRule", "events:DescribeRule")
    return [allow("HearOfEndedTasks", actions, rules)] if rules else []


@service("eventbridge-scheduler")
def schedule(context: Context, node: Node) -> Iterator[Statement]:
    """Make a schedule that starts its target, tries again for an hour, and keeps the starts that did not happen."""
    yield context.role(node.id, "scheduler.amazonaws.com", context.statements(node.id), confined=True)
    starts = context.architecture.leaving(node.id, "start")
    zone = cdk.TimeZone.of(settings.word(node, "time_zone"))
    made = scheduler.Schedule(
        THIS,
        context.id(node.id),
        schedule=scheduler.ScheduleExpression.expression(settings.schedule(node), zone),
        target=_target(context, node, starts[0]),
    )
    yield Let(context.name(node.id), made)
    words = Text("Name of the schedule", "スケジュール名")
    yield output(context, context.id(node.id, "Name"), context.ref(node.id).schedule_name, words)


def _target(context: Context, node: Node, edge: Edge) -> Call:
    options: dict[str, Value] = {
        "role": context.assumed(node.id),
        "retry_attempts": settings.number(node, "start_retries"),
        "max_event_age": duration(settings.number(node, "start_age_s")),
    }
    for aside in context.architecture.leaving(node.id, "dead-letter"):
        options["dead_letter_queue"] = context.ref(aside.target)
    target = context.node(edge.target)
    if target.service == "ecs":
        return _task(context, target, options)
    options["input"] = scheduler.ScheduleTargetInput.from_object(SCHEDULED_INPUT)
    if target.service == "lambda":
        return schedule_targets.LambdaInvoke(context.ref(target.id), **options)
    return schedule_targets.StepFunctionsStartExecution(context.ref(target.id), **options)


def _task(context: Context, target: Node, options: dict[str, Value]) -> Call:
    run = schedule_targets.EcsRunEc2Task if on_instances(target) else schedule_targets.EcsRunFargateTask
    placed: dict[str, Value] = {
        "task_definition": context.ref(target.id, "Definition"),
        "vpc_subnets": PRIVATE,
        "security_groups": [context.ref(target.id, "SecurityGroup")],
    }
    if on_instances(target):
        name = context.value_of(target.id, "capacity-provider")
        placed["capacity_provider_strategies"] = [ecs.CapacityProviderStrategy(capacity_provider=name, weight=1)]
    return run(Ref("cluster"), **placed, **options)
