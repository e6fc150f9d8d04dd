"""State machines, and the schedules that start work."""

from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import NotLifted, Properties, Resource
from blueprints.cdk.lifts.network.vpc import groups, subnets
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import cdk, ecs, schedule_targets, scheduler, stepfunctions
from blueprints.cdk.tree import THIS, Do, Expr, Let, ProjectPath, Value
from blueprints.traits.eventbridge_scheduler import NO_FLEXIBLE_WINDOW
from blueprints.values import Ref, arn, joined
from blueprints.values.json_text import JsonText

_KINDS = {"STANDARD": stepfunctions.StateMachineType.STANDARD, "EXPRESS": stepfunctions.StateMachineType.EXPRESS}
_QUEUE = "AWS::SQS::Queue"
_CLUSTER = "AWS::ECS::Cluster"
#: The parameter that names the cluster that exists.
_CLUSTER_NAME = Ref("ClusterName")
_KEY = Text(
    "The construct's own option would add statements to the role and to the policy of the key, which allow this use already.",
    "コンストラクトのオプションを使うとロールとキーポリシーにステートメントが追加されますが、この使用は既に許可されています。",
)
_LATEST = Text(
    "The state machine runs the latest revision, so it names the task or job definition without referring to it.",
    "ステートマシンは最新のリビジョンを実行するため、タスク定義やジョブ定義を参照せず、名前で指定しています。",
)
#: What a schedule starts: its type, the attribute that names it, and the target for it.
_TARGETS = (
    ("AWS::StepFunctions::StateMachine", "Ref", schedule_targets.StepFunctionsStartExecution),
    ("AWS::Lambda::Function", "Arn", schedule_targets.LambdaInvoke),
    ("AWS::Lambda::Alias", "Ref", schedule_targets.LambdaInvoke),
)


@lift(
    "AWS::StepFunctions::StateMachine",
    ref="state_machine_arn",
    members={"Arn": "state_machine_arn", "Name": "state_machine_name"},
)
def state_machine(lifter: Lifter, resource: Resource) -> Statements:
    """A state machine whose definition is a file of the project."""
    file = resource.take("DefinitionS3Location" if "DefinitionS3Location" in resource else "DefinitionUri")
    body = stepfunctions.DefinitionBody.from_file(ProjectPath(file))
    options: dict[str, Value] = {
        "state_machine_name": lifter.value(resource.take("StateMachineName")),
        "state_machine_type": resource.choose("StateMachineType", _KINDS),
        "definition_body": body,
        "definition_substitutions": lifter.value(resource.take("DefinitionSubstitutions", {})),
        "role": role_by_arn(lifter, resource.take("RoleArn")),
    }
    resource.part("TracingConfiguration").expect("Enabled", True)
    options["tracing_enabled"] = True
    # The construct's own option would add a second policy to the role, which has these permissions already.
    logging = lifter.value(resource.take("LoggingConfiguration"))
    yield Let(lifter.name(resource), stepfunctions.StateMachine(THIS, resource.id, **options))
    definitions = [lifter.dependency(id) for id in resource.depends()]
    if definitions:
        yield Do(lifter.ref(resource).node.add_dependency(*definitions), _LATEST)
    machine = lifter.ref(resource).node.default_child
    yield Do(machine.add_property_override("LoggingConfiguration", logging))
    if "EncryptionConfiguration" in resource:
        key = lifter.value(resource.take("EncryptionConfiguration"))
        yield Do(machine.add_property_override("EncryptionConfiguration", key), _KEY)


@lift("AWS::Scheduler::Schedule", ref="schedule_name", members={"Arn": "schedule_arn"})
def schedule(lifter: Lifter, resource: Resource) -> Statements:
    """A schedule with its target."""
    resource.expect("FlexibleTimeWindow", NO_FLEXIBLE_WINDOW)
    state = resource.choose("State", {"ENABLED": {}, "DISABLED": {"enabled": False}})
    zone = cdk.TimeZone.of(resource.take("ScheduleExpressionTimezone"))
    construct = scheduler.Schedule(
        THIS,
        resource.id,
        schedule=scheduler.ScheduleExpression.expression(resource.take("ScheduleExpression"), zone),
        target=_target(lifter, resource.part("Target")),
        **state,
    )
    yield Let(lifter.name(resource), construct)


def _target(lifter: Lifter, target: Properties) -> Expr:
    options: dict[str, Value] = {"role": role_by_arn(lifter, target.take("RoleArn"))}
    retry = target.part("RetryPolicy")
    options["retry_attempts"] = retry.take("MaximumRetryAttempts")
    options["max_event_age"] = duration(retry.take("MaximumEventAgeInSeconds"))
    if "DeadLetterConfig" in target:
        dead_letter_queue = target.part("DeadLetterConfig").take("Arn")
        options["dead_letter_queue"] = lifter.construct(dead_letter_queue, _QUEUE, "Arn")
    input_text = target.take("Input")
    if not isinstance(input_text, JsonText):
        target.refuse("Input", input_text)
    options["input"] = scheduler.ScheduleTargetInput.from_object(lifter.value(input_text.tree))
    arn_value = target.take("Arn")
    if "EcsParameters" in target:
        return _task(lifter, arn_value, target.part("EcsParameters"), options)
    return _invocation_target(lifter, arn_value, options)


def _invocation_target(lifter: Lifter, arn_value: Any, options: dict[str, Value]) -> Expr:
    """Return the target of a schedule by the resource of its ARN."""
    for type, attribute, kind in _TARGETS:
        if lifter.is_of_type(arn_value, type):
            schedule_target: Expr = kind(lifter.construct(arn_value, type, attribute), **options)
            return schedule_target
    raise NotLifted(f"{arn_value!r} is nothing that a schedule starts")


def _task(lifter: Lifter, cluster: Any, parameters: Properties, options: dict[str, Value]) -> Expr:
    """Return the scheduled task on a cluster, on Fargate or with a capacity provider."""
    task: dict[str, Value] = {
        "task_definition": lifter.construct(parameters.take("TaskDefinitionArn"), "AWS::ECS::TaskDefinition"),
    }
    network = parameters.part("NetworkConfiguration").part("AwsvpcConfiguration")
    network.expect("AssignPublicIp", "DISABLED")
    task["vpc_subnets"] = subnets(lifter, network.take("Subnets"))
    task["security_groups"] = groups(lifter, network.take("SecurityGroups"))
    run = schedule_targets.EcsRunFargateTask
    if "LaunchType" in parameters:
        parameters.expect("LaunchType", "FARGATE")
    else:
        run = schedule_targets.EcsRunEc2Task
        task["capacity_provider_strategies"] = [
            ecs.CapacityProviderStrategy(
                capacity_provider=lifter.value(strategy.take("CapacityProvider")), weight=strategy.take("Weight")
            )
            for strategy in parameters.parts("CapacityProviderStrategy")
        ]
    schedule_target: Expr = run(_cluster(lifter, cluster), **task, **options)
    return schedule_target


def _cluster(lifter: Lifter, cluster_arn: Any) -> Expr:
    """Return the cluster that an ARN names: the stack's own, or the one that exists."""
    if cluster_arn == arn("ecs", joined("cluster/", _CLUSTER_NAME)):
        return lifter.construct(_CLUSTER_NAME, _CLUSTER)
    return lifter.construct(cluster_arn, _CLUSTER, "Arn")
