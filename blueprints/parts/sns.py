"""SNS topics: publishers, subscriptions, dead letters of deliveries, and topic policies."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.parts.lambda_ import permit
from blueprints.parts.sqs import QUEUES
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.cross_account import publishing_statement
from blueprints.shared.event_types import event_types
from blueprints.shared.keys import AWS_SNS_KEY
from blueprints.shared.notices import audience_filter
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import resource_policy
from blueprints.shared.sent_messages import record_table, table_arn, table_name
from blueprints.stack.registry import carried, connection, encrypted_by, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import sns
from blueprints.values import Ref, account_root, stack_name

TOPICS = ("sns", "sns-fifo")
#: Protocol of a subscription, by who is outside.
PROTOCOLS = {"email": "email", "sms": "sms", "partner-http": "https", "saas": "https"}

encrypted_by("AWS::SNS::Topic", "KmsMasterKeyId", KeyUse("sns"))
carried(PROGRAMS, ["publish"], TOPICS)
carried(["application", "saas"], ["publish"], TOPICS, by="target")


@service(
    "sns",
    "sns-fifo",
    arn=itself,
    name=own("TopicName"),
    sent_table_name=table_name,
    sent_table_arn=table_arn,
)
def topic(scope: Scope, node: Node) -> None:
    """An encrypted topic."""
    properties: Json = {"KmsMasterKeyId": AWS_SNS_KEY}
    id = scope.name(node.id)
    if node.service == "sns-fifo":
        # CloudFormation makes a name up that SNS refuses: that of an ordered topic has to end so.
        name = stack_name(f"{id}.fifo")
        properties |= {"TopicName": name, "FifoTopic": True, "ContentBasedDeduplication": True}
    scope.add(id, "AWS::SNS::Topic", properties, node=node.id)
    record_table(scope, node)
    scope.output(f"{id}Arn", Ref(id), "ARN of the topic")


def subscription_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of a topic's subscription."""
    return f"{scope.name(edge.id)}Subscription"


def subscribe(scope: Scope, edge: Edge, protocol: str, endpoint: object, **attributes: object) -> None:
    """Subscribe an endpoint to the topic that an edge leaves.

    On a topic that routes, the filter policy lists all event types, from which a deployment removes those that the endpoint does
    not need: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html (read 2026-12-01).
    """
    types = event_types(scope.plan, scope.architecture.node(edge.source))
    recipient = scope.architecture.node(edge.target)
    filtered = {**({"type": [*types]} if types else {}), **audience_filter(scope.plan, edge.source, recipient)}
    properties: Json = {
        "TopicArn": scope.of(edge.source, "arn"),
        "Protocol": protocol,
        "Endpoint": endpoint,
        **attributes,
        **({"FilterPolicy": filtered} if filtered else {}),
    }
    scope.add(subscription_id(scope, edge), "AWS::SNS::Subscription", properties, edge=edge.id)


@connection(TOPICS, "deliver", QUEUES)
def topic_to_queue(scope: Scope, edge: Edge) -> None:
    """Subscribe the queue with raw message delivery; the queue's policy allows the topic."""
    subscribe(scope, edge, "sqs", scope.of(edge.target, "arn"), RawMessageDelivery=True)


@connection(["sns"], "deliver", list(PROTOCOLS))
def topic_to_outside(scope: Scope, edge: Edge) -> None:
    """Subscribe an endpoint that is a parameter of the deployment; it must confirm, and is called no faster than stated.

    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.ThrottlePolicy.html (read 2026-12-01).
    """
    topic, protocol = scope.architecture.node(edge.source), PROTOCOLS[scope.architecture.node(edge.target).service]
    limit = settings.number(topic, "calls_per_s") if protocol == "https" else 0
    limited: Json = {"DeliveryPolicy": {"throttlePolicy": {"maxReceivesPerSecond": limit}}} if limit else {}
    subscribe(scope, edge, protocol, Ref(scope.plan.parameter(edge.target).id), **limited)


@connection(["sns"], "deliver", ["lambda", "function"])
def topic_to_function(scope: Scope, edge: Edge) -> None:
    """Subscribe a function and let the topic invoke it."""
    target = scope.architecture.node(edge.target)
    outside = target.kind == "outside"
    arn = Ref(scope.plan.parameter(target.id).id) if outside else scope.of(target.id, "arn")
    subscribe(scope, edge, "lambda", arn)
    id = f"{scope.name(edge.id)}Permission"
    permit(scope, id, edge, arn, sns.TRAITS.principal, scope.of(edge.source, "arn"))


@connection(TOPICS, "deliver", ["other-account"])
def topic_to_account(scope: Scope, edge: Edge) -> None:
    """Allow the other account to subscribe its queue, which it does itself."""
    topic, account = scope.of(edge.source, "arn"), Ref(scope.plan.parameter(edge.target).id)
    statement = {
        "Sid": f"Allow{scope.name(edge.target)}Subscribe",
        "Effect": "Allow",
        "Principal": {"AWS": account_root(account)},
        "Action": "sns:Subscribe",
        "Resource": topic,
        "Condition": {"StringEquals": {"sns:Protocol": "sqs"}},
    }
    scope.topic_statements.setdefault(edge.source, []).append((statement, edge.id))


@connection(TOPICS, "dead-letter", ["dead-letter-queue"])
def topic_dead_letters(scope: Scope, edge: Edge) -> None:
    """Send undelivered messages to the dead-letter queue, whose policy allows the topic."""
    redrive = {"deadLetterTargetArn": scope.of(edge.target, "arn")}
    for delivery in scope.architecture.leaving(edge.source, "deliver"):
        id = subscription_id(scope, delivery)
        if id in scope.resources:
            scope.properties(id)["RedrivePolicy"] = redrive
            scope.carry(id, edge.id)


@connection(EXTERNAL_PRINCIPALS, "publish", TOPICS)
def principal_publishes(scope: Scope, edge: Edge) -> None:
    """Allow the other account or the AWS service to publish to the topic."""
    scope.topic_statements.setdefault(edge.target, []).append((publishing_statement(scope, edge), edge.id))


def topic_policies(scope: Scope) -> None:
    """Add topic policies for other accounts and AWS services."""
    for topic, admitted in scope.topic_statements.items():
        resource_policy(scope, topic, "AWS::SNS::TopicPolicy", {"Topics": [scope.of(topic, "arn")]}, admitted)
