"""Rules of event buses: what they match, what they start, and where the events go that no target took."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context, allow
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import events, lambda_, secretsmanager
from blueprints.cdk.registry import connection, granted
from blueprints.cdk.tree import THIS, Call, Do, Expr, Item, Let, Ref, Statement, Value
from blueprints.plan import RESULTS_PREFIX
from blueprints.traits.ec2 import on_instances
from blueprints.traits.state_machine import SERVICES

BUS = "eventbridge-bus"
CALLS_PER_SECOND = 50
RULE = events.CfnRule
_PLAIN = Text(
    "A plain resource: the constructs for targets would grant more than is needed.",
    "素のリソースで作る。ターゲットのコンストラクトは必要以上の権限を付ける。",
)

granted((BUS,), ("dead-letter",), ("dead-letter-queue",))


@connection((BUS,), "start", SERVICES)
def starts_machine(context: Context, edge: Edge) -> Iterator[Statement]:
    """Start the state machine, by a role of the rule."""
    yield context.role(edge.id, "events.amazonaws.com", context.statements(edge.source, edge.id), confined=True)
    options: dict[str, Value] = {"role_arn": context.ref(edge.id, "Role").role_arn}
    yield event_rule(context, edge, context.value_of(edge.target, "arn"), options)


@connection((BUS,), "start", ("ecs",))
def runs_task(context: Context, edge: Edge) -> Iterator[Statement]:
    """Run the task, by a role of the rule."""
    yield context.role(edge.id, "events.amazonaws.com", context.statements(edge.source, edge.id), confined=True)
    options: dict[str, Value] = {
        "role_arn": context.ref(edge.id, "Role").role_arn,
        "ecs_parameters": _task(context, context.node(edge.target)),
    }
    yield event_rule(context, edge, context.value_of(edge.target, "cluster-arn"), options)


def _task(context: Context, node: Node) -> Call:
    subnets: Expr = Ref("subnet_ids")
    network = RULE.AwsVpcConfigurationProperty(
        subnets=[Item(subnets, 0), Item(subnets, 1)],
        security_groups=[context.value_of(node.id, "security-group")],
        assign_public_ip="DISABLED",
    )
    options: dict[str, Value] = {"launch_type": "FARGATE"}
    if on_instances(node):
        name = context.value_of(node.id, "capacity-provider")
        item = RULE.CapacityProviderStrategyItemProperty(capacity_provider=name, weight=1)
        options = {"capacity_provider_strategy": [item]}
    return RULE.EcsParametersProperty(
        task_definition_arn=context.value_of(node.id, "task-definition-arn"),
        network_configuration=RULE.NetworkConfigurationProperty(aws_vpc_configuration=network),
        **options,
    )


def invokes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Invoke the function, and let the rule do so."""
    yield event_rule(context, edge, context.value_of(edge.target, "arn"), {})
    yield Do(permission(context, edge, "events.amazonaws.com", context.ref(edge.id, "Rule").attr_arn))


for _verb in ("start", "consume", "deliver"):
    connection((BUS,), _verb, ("lambda",))(invokes)
connection((BUS,), "deliver", ("function",))(invokes)


def permission(context: Context, edge: Edge, principal: str, source: Value) -> Call:
    """Return what lets a service invoke the function at an edge's end (made here, or outside)."""
    return lambda_.CfnPermission(
        THIS,
        context.id(edge.id, "Permission"),
        action="lambda:InvokeFunction",
        function_name=context.value_of(edge.target, "arn"),
        principal=principal,
        source_arn=source,
    )


@connection((BUS,), "deliver", ("sqs", "sqs-fifo"))
def puts_into_queue(context: Context, edge: Edge) -> Iterator[Statement]:
    """Put the events into the queue; the queue's policy lets the rule in."""
    options: dict[str, Value] = {}
    if context.node(edge.target).service == "sqs-fifo":
        options["sqs_parameters"] = RULE.SqsParametersProperty(message_group_id="events")
    yield event_rule(context, edge, context.value_of(edge.target, "arn"), options)


@connection((BUS,), "deliver", ("other-account",))
def sends_to_account(context: Context, edge: Edge) -> Iterator[Statement]:
    """Send the events to the other account's default bus."""
    yield context.role(edge.id, "events.amazonaws.com", context.statements(edge.source, edge.id), confined=True)
    options: dict[str, Value] = {"role_arn": context.ref(edge.id, "Role").role_arn}
    yield event_rule(context, edge, context.value_of(edge.target, "arn"), options)


@connection((BUS,), "deliver", ("partner-http", "saas"))
def calls_address(context: Context, edge: Edge) -> Iterator[Statement]:
    """Call an address for every event; the key that it wants is made here and given to its owner."""
    key = secretsmanager.SecretStringGenerator(password_length=40, exclude_punctuation=True)
    encrypting = key_for(context)
    options: dict[str, Value] = {} if encrypting is None else {"encryption_key": encrypting}
    secret = secretsmanager.Secret(THIS, context.id(edge.id, "Key"), generate_secret_string=key, **options)
    yield Let(context.name(edge.id, "Key"), secret)
    value = context.ref(edge.id, "Key").secret_value
    authorization = events.Authorization.api_key("x-api-key", value)
    connected = events.Connection(THIS, context.id(edge.id, "Connection"), authorization=authorization)
    yield Let(context.name(edge.id, "Connection"), connected)
    destination = events.ApiDestination(
        THIS,
        context.id(edge.id, "Destination"),
        connection=context.ref(edge.id, "Connection"),
        endpoint=context.outside(edge.target),
        http_method=events.HttpMethod.POST,
        rate_limit_per_second=CALLS_PER_SECOND,
    )
    yield Let(context.name(edge.id, "Destination"), destination)
    arn = context.ref(edge.id, "Destination").api_destination_arn
    allowed = allow("CallDestination", ("events:InvokeApiDestination",), [arn])
    yield context.role(edge.id, "events.amazonaws.com", [allowed], confined=True)
    yield event_rule(context, edge, arn, {"role_arn": context.ref(edge.id, "Role").role_arn})


def event_rule(context: Context, edge: Edge, arn: Value, options: dict[str, Value]) -> Let:
    """Return the rule of an edge that leaves a bus, with the target that it names."""
    retry = RULE.RetryPolicyProperty(maximum_retry_attempts=8, maximum_event_age_in_seconds=3600)
    target: dict[str, Value] = {"id": "target", "arn": arn, **options, "retry_policy": retry}
    for aside in context.architecture.leaving(edge.source, "dead-letter"):
        queue = context.value_of(aside.target, "arn")
        target["dead_letter_config"] = RULE.DeadLetterConfigProperty(arn=queue)
    made = RULE(
        THIS,
        context.id(edge.id, "Rule"),
        event_bus_name=context.ref(edge.source).event_bus_name,
        event_pattern=_pattern(context, edge),
        targets=[RULE.TargetProperty(**target)],
    )
    return Let(context.name(edge.id, "Rule"), made, _PLAIN)


def _pattern(context: Context, edge: Edge) -> dict[str, Value]:
    """Return what a rule matches: new objects of a bucket, an AWS service's events, or all events of the own bus."""
    emitters = [context.node(one.source) for one in context.architecture.entering(edge.source, "emit")]
    buckets = [node.id for node in emitters if node.service == "s3"]
    if buckets:
        detail: dict[str, Value] = {"bucket": {"name": [context.ref(id).bucket_name for id in buckets]}}
        if _writes_back(context, edge.target, buckets):
            detail["object"] = {"key": [{"anything-but": {"prefix": RESULTS_PREFIX}}]}
        return {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    services = [node.id for node in emitters if node.service == "aws-service"]
    if services:
        return {"source": [context.outside(services[0])]}
    return {"source": [{"prefix": ""}]}


def _writes_back(context: Context, started: str, buckets: list[str]) -> bool:
    """Return whether what is started writes into the bucket that starts it: its results must not start it again."""
    subject = context.node(started).subject
    verbs = ("write", "read-write")
    leaving = [edge for edge in context.architecture.edges if context.node(edge.source).subject == subject]
    return any(edge.target in buckets and edge.verb in verbs for edge in leaving)
