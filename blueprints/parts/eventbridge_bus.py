"""EventBridge buses and their rules: event patterns, targets, dead letters, and bus policies."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.parts.ecs import launch_type, task_network
from blueprints.parts.lambda_ import permission, permit
from blueprints.parts.sqs import QUEUES
from blueprints.plan import RESULTS_PREFIX
from blueprints.shared.cross_account import external_statement
from blueprints.shared.event_types import event_types
from blueprints.shared.notices import audience_sources
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import attribute, carried, connection, encrypted_by, service
from blueprints.stack.scope import Json, Scope, allow, rule_id
from blueprints.traits import eventbridge_bus
from blueprints.traits.state_machine import SERVICES
from blueprints.values import Att, Ref, SecretValue, Value, arn, stack_name

#: As whom rules invoke functions and assume roles.
PRINCIPAL = eventbridge_bus.TRAITS.principal
ARCHIVE_DAYS = 30
#: How often, and for how many seconds, an event is tried again; and the most that can be set, which is also the default:
#: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html (read 2026-12-01).
RETRIED, MOST_RETRIES = (8, 3600), 185

carried(PROGRAMS, ["publish"], ["eventbridge-bus"])
carried(["saas", "application", "aws-service"], ["emit"], ["eventbridge-bus"], by="target")


def bus_name(scope: Scope, node: Node) -> str | Ref:
    """Return the bus name for rules, which is `default` for events of AWS services."""
    return "default" if on_default_bus(scope, node) else Ref(scope.name(node.id))


def on_default_bus(scope: Scope, node: Node) -> bool:
    """Return whether a bus is the default bus of the account."""
    return eventbridge_bus.on_default_bus(scope.architecture, node)


def _bus_arn(scope: Scope, node: Node) -> object:
    if on_default_bus(scope, node):
        return arn("events", "event-bus/default")
    return Att(scope.name(node.id), "Arn")


_REPLAYED = Text("Retained so that events can be replayed.", "イベントを再生できるように保持します。")


encrypted_by("AWS::Events::EventBus", "KmsKeyIdentifier")
encrypted_by("AWS::Events::Archive", "KmsKeyIdentifier")


@service("eventbridge-bus", name=lambda scope, node: bus_name(scope, node), arn=_bus_arn)
def bus(scope: Scope, node: Node) -> None:
    """A custom event bus. Where AWS services emit, rules are on the default bus instead."""
    id = scope.name(node.id)
    if on_default_bus(scope, node):
        return
    saas = [
        edge.source
        for edge in scope.architecture.entering(node.id, "emit")
        if scope.architecture.node(edge.source).service == "saas"
    ]
    source = Ref(scope.plan.parameter(saas[0]).id) if saas else None
    properties: Json = {"Name": source, "EventSourceName": source} if saas else {"Name": stack_name(id)}
    scope.add(id, "AWS::Events::EventBus", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the event bus")
    if settings.flag(node, "replay"):
        archive = {
            "SourceArn": Att(id, "Arn"),
            "RetentionDays": ARCHIVE_DAYS,
            "Description": f"Events of {id} for replay",
        }
        scope.add(f"{id}Archive", "AWS::Events::Archive", archive, node=node.id, why=_REPLAYED)


@attribute("other-account", "arn")
def default_bus_of(scope: Scope, node: Node) -> object:
    """The default bus of another account."""
    account = Ref(scope.plan.parameter(node.id).id)
    return arn("events", "event-bus/default", account=account)


@connection(["eventbridge-bus"], "start", SERVICES)
def rule_starts_machine(scope: Scope, edge: Edge) -> None:
    """Add a rule that starts the state machine, by a role of the rule."""
    rule(scope, edge, {"Arn": scope.of(edge.target, "arn"), "RoleArn": rule_role(scope, edge)})


@connection(["eventbridge-bus"], "start", ["ecs"])
def rule_runs_task(scope: Scope, edge: Edge) -> None:
    """Add a rule that runs the task, by a role of the rule."""
    node = scope.architecture.node(edge.target)
    parameters = {
        "TaskDefinitionArn": scope.of(node.id, "task-definition-arn"),
        "NetworkConfiguration": {"AwsVpcConfiguration": task_network(scope, node)["AwsvpcConfiguration"]},
        **launch_type(scope, node),
    }
    target = {"Arn": scope.of(node.id, "cluster-arn"), "RoleArn": rule_role(scope, edge)}
    rule(scope, edge, {**target, "EcsParameters": parameters})


def rule_invokes(scope: Scope, edge: Edge) -> None:
    """Add a rule that invokes the function, and let it."""
    rule(scope, edge, {"Arn": scope.of(edge.target, "arn")})
    id = f"{scope.name(edge.id)}Permission"
    permission(scope, id, edge.target, PRINCIPAL, scope.of(edge.id, "rule-arn"), edge.id)


for _verb in ("start", "consume", "deliver"):
    connection(["eventbridge-bus"], _verb, ["lambda"])(rule_invokes)


@connection(["eventbridge-bus"], "deliver", ["function"])
def rule_to_function(scope: Scope, edge: Edge) -> None:
    """Allow a rule to invoke an existing function."""
    arn = Ref(scope.plan.parameter(edge.target).id)
    rule(scope, edge, {"Arn": arn})
    id = f"{scope.name(edge.id)}Permission"
    permit(scope, id, edge, arn, PRINCIPAL, scope.of(edge.id, "rule-arn"))


@connection(["eventbridge-bus"], "deliver", QUEUES)
def rule_to_queue(scope: Scope, edge: Edge) -> None:
    """Send the events that match a rule to the queue, whose policy admits the rule."""
    target: Json = {"Arn": scope.of(edge.target, "arn")}
    if scope.architecture.node(edge.target).service == "sqs-fifo":
        target["SqsParameters"] = {"MessageGroupId": "events"}
    rule(scope, edge, target)


@connection(["eventbridge-bus"], "deliver", ["other-account"])
def rule_to_account(scope: Scope, edge: Edge) -> None:
    """Send the events that a rule matches to the other account's default bus."""
    rule(scope, edge, {"Arn": scope.of(edge.target, "arn"), "RoleArn": rule_role(scope, edge)})


@connection(["eventbridge-bus"], "deliver", ["partner-http", "saas"])
def rule_to_address(scope: Scope, edge: Edge) -> None:
    """Call an API destination for every event, no faster than it accepts; its API key is generated here.

    The least rate is one call a second: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html
    (botocore 1.43.127, events/service-2.json ApiDestinationInvocationRateLimitPerSecond; read 2026-12-01).
    """
    name, node, bus = scope.name(edge.id), edge.target, scope.architecture.node(edge.source)
    key = {"GenerateSecretString": {"PasswordLength": 40, "ExcludePunctuation": True}}
    secret = scope.add(f"{name}Key", "AWS::SecretsManager::Secret", key, edge=edge.id)
    connection_properties = {
        "AuthorizationType": "API_KEY",
        "AuthParameters": {"ApiKeyAuthParameters": {"ApiKeyName": "x-api-key", "ApiKeyValue": SecretValue(secret)}},
    }
    connection_ref = scope.add(f"{name}Connection", "AWS::Events::Connection", connection_properties, edge=edge.id)
    # The README tells with these how to replace the generated key.
    scope.output(f"{name}KeyArn", secret, "ARN of the secret with the API key of the called system")
    scope.output(
        f"{name}ConnectionName", connection_ref, "Name of the connection with the API key of the called system"
    )
    destination = {
        "ConnectionArn": Att(f"{name}Connection", "Arn"),
        "HttpMethod": "POST",
        "InvocationEndpoint": Ref(scope.plan.parameter(node).id),
        "InvocationRateLimitPerSecond": settings.number(bus, "calls_per_s"),
    }
    scope.add(f"{name}Destination", "AWS::Events::ApiDestination", destination, edge=edge.id)
    # What waits for the rate is tried again, too, so that neither number may end it before the age does.
    retried = (MOST_RETRIES, settings.number(bus, "call_age_s"))
    rule(scope, edge, {"Arn": Att(f"{name}Destination", "Arn"), "RoleArn": destination_role(scope, edge)}, retried)


def destination_role(scope: Scope, edge: Edge) -> object:
    """Return the role by which a rule calls its API destination, and no other."""
    name = scope.name(edge.id)
    statement = allow("CallDestination", ["events:InvokeApiDestination"], [Att(f"{name}Destination", "Arn")])
    return role(scope, f"{name}Role", trust(PRINCIPAL, confined=True), [statement], edge=edge.id)


def rule_role(scope: Scope, edge: Edge) -> Value:
    """Return the role with which one rule starts its target only."""
    statements = scope.statements(edge.source, edge.id)
    assumed = trust(PRINCIPAL, confined=True)
    return role(scope, f"{scope.name(edge.id)}Role", assumed, statements, edge=edge.id)


def rule(scope: Scope, edge: Edge, target: Json, retried: tuple[int, int] = RETRIED) -> None:
    """Add the rule of an outgoing edge of a bus; its pattern depends on the producers of the bus.

    `retried` is how often, and for how many seconds, an event is tried again.
    """
    bus = scope.architecture.node(edge.source)
    retries, age_s = retried
    id = rule_id(scope.name(edge.id))
    properties: Json = {
        "EventBusName": bus_name(scope, bus),
        "EventPattern": event_pattern(scope, bus, edge.target),
        "State": "ENABLED",
        "Targets": [
            {
                "Id": "target",
                **target,
                "RetryPolicy": {"MaximumRetryAttempts": retries, "MaximumEventAgeInSeconds": age_s},
            }
        ],
    }
    is_on_default_bus = on_default_bus(scope, bus)
    scope.add(id, "AWS::Events::Rule", properties, node=bus.id if is_on_default_bus else None, edge=edge.id)
    if is_on_default_bus:
        scope.mains.setdefault(bus.id, id)


def event_pattern(scope: Scope, bus: Node, started: str) -> Json:
    """Return the event pattern of a rule: new objects of a bucket, events of an AWS service, or all events of a custom bus.

    On a bus that routes, a rule lists all event types, from which a deployment removes those that its target does not need.
    """
    emitters = [scope.architecture.node(edge.source) for edge in scope.architecture.entering(bus.id, "emit")]
    buckets = [node.id for node in emitters if node.service == "s3"]
    if buckets:
        detail: Json = {"bucket": {"name": [scope.of(id, "name") for id in buckets]}}
        if writes_back(scope, started, buckets):
            detail["object"] = {"key": [{"anything-but": {"prefix": RESULTS_PREFIX}}]}
        return {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    services = [Ref(scope.plan.parameter(node.id).id) for node in emitters if node.service == "aws-service"]
    if services:
        return {"source": services}
    types = event_types(scope.plan, bus)
    sources = audience_sources(scope.plan, bus.id, scope.architecture.node(started))
    routed: Json = {"detail-type": [*types]} if types else {}
    return {**routed, **({"source": sources} if sources else {})} or {"source": [{"prefix": ""}]}


def writes_back(scope: Scope, started: str, buckets: list[str]) -> bool:
    """Return whether the target writes to the bucket that triggers it, so that its results must be excluded."""
    subject = scope.architecture.node(started).subject
    writers = [node.id for node in scope.architecture.nodes if node.subject == subject]
    verbs = ("write", "read-write")
    return any(e.source in writers and e.target in buckets and e.verb in verbs for e in scope.architecture.edges)


@connection(["eventbridge-bus"], "dead-letter", ["dead-letter-queue"])
def rule_dead_letters(scope: Scope, edge: Edge) -> None:
    """Send failed events of a rule to the dead-letter queue."""
    for leaving in scope.architecture.leaving(edge.source):
        id = rule_id(scope.name(leaving.id))
        if id in scope.resources:
            scope.properties(id)["Targets"][0]["DeadLetterConfig"] = {"Arn": scope.of(edge.target, "arn")}
            scope.carry(id, edge.id)


@connection(["other-account"], "emit", ["eventbridge-bus"])
def account_emits(scope: Scope, edge: Edge) -> None:
    """Allow the other account to put events on the bus."""
    bus, resource = scope.main(edge.target), scope.of(edge.target, "arn")
    statement = external_statement(
        scope, edge.source, "OtherAccountPutsEvents", eventbridge_bus.TRAITS.publish_actions, resource
    )
    properties = {"EventBusName": Ref(bus), "StatementId": "OtherAccountPutsEvents", "Statement": statement}
    scope.add(f"{bus}Policy", "AWS::Events::EventBusPolicy", properties, edge=edge.id)
