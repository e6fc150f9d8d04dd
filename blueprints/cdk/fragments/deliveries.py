"""What topics deliver: to queues, people, partners, functions and other accounts."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.fragments.rules import permission
from blueprints.cdk.modules import iam, sns
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted
from blueprints.cdk.tree import THIS, Do, Statement, Value

TOPICS = ("sns", "sns-fifo")
#: Protocol of a subscription, by who is outside.
PROTOCOLS: Mapping[str, str] = {"email": "EMAIL", "sms": "SMS", "partner-http": "HTTPS", "saas": "HTTPS"}

granted(TOPICS, ("dead-letter",), ("dead-letter-queue",))


def _subscription(context: Context, edge: Edge, protocol: str, endpoint: Value, **more: Value) -> Do:
    options: dict[str, Value] = {
        "topic": context.ref(edge.source),
        "protocol": getattr(sns.SubscriptionProtocol, protocol),
        "endpoint": endpoint,
        **more,
    }
    for aside in context.architecture.leaving(edge.source, "dead-letter"):
        options["dead_letter_queue"] = context.ref(aside.target)
    return Do(sns.Subscription(THIS, context.id(edge.id, "Subscription"), **options))


@connection(TOPICS, "deliver", ("sqs", "sqs-fifo"))
def to_queue(context: Context, edge: Edge) -> Iterator[Statement]:
    """Subscribe the queue, without SNS's envelope; the queue's policy lets the topic in."""
    yield _subscription(context, edge, "SQS", context.ref(edge.target).queue_arn, raw_message_delivery=True)


@connection(("sns",), "deliver", tuple(PROTOCOLS))
def to_outside(context: Context, edge: Edge) -> Iterator[Statement]:
    """Subscribe an address that the deployment names; it must confirm."""
    protocol = PROTOCOLS[context.node(edge.target).service]
    yield _subscription(context, edge, protocol, context.outside(edge.target))


@connection(("sns",), "deliver", ("push",))
def to_push(context: Context, edge: Edge) -> Iterator[Statement]:
    """Devices subscribe when they register, through the publisher, who is told of the platform application."""
    words = Text(
        "Platform application that devices register with", "デバイスを登録するプラットフォームアプリケーション"
    )
    yield output(context, context.id(edge.target, "Application"), context.outside(edge.target), words)


@connection(("sns",), "deliver", ("lambda", "function"))
def to_function(context: Context, edge: Edge) -> Iterator[Statement]:
    """Subscribe a function and let the topic invoke it."""
    yield _subscription(context, edge, "LAMBDA", context.value_of(edge.target, "arn"))
    yield Do(permission(context, edge, "sns.amazonaws.com", context.ref(edge.source).topic_arn))


@connection(TOPICS, "deliver", ("other-account",))
def to_account(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account subscribe its queue; it does so itself."""
    topic = context.ref(edge.source)
    statement = iam.PolicyStatement(
        sid=f"{context.id(edge.target)}Subscribes",
        principals=[iam.ArnPrincipal(context.root_of(context.outside(edge.target)))],
        actions=["sns:Subscribe"],
        resources=[topic.topic_arn],
        conditions={"StringEquals": {"sns:Protocol": "sqs"}},
    )
    yield Do(topic.add_to_resource_policy(statement))
