"""The topic by which a person is asked: a state machine's, or a durable function's."""

from collections.abc import Iterator

from advisor.architecture import Node
from blueprints.cdk.context import Context, allow
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import sns
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement

PART = "ApprovalTopic"


def topic(context: Context, node: Node) -> Iterator[Statement]:
    """Make the topic by which a person is asked; the message holds what goes on with the execution."""
    id = context.id(node.id, PART)
    yield Let(context.name(node.id, PART), sns.Topic(THIS, id, master_key=key_for(context) or Ref("sns_key")))
    subscription = sns.Subscription(
        THIS,
        f"{id}Email",
        topic=context.ref(node.id, PART),
        protocol=sns.SubscriptionProtocol.EMAIL,
        endpoint=context.parameter("ApproverEmail"),
    )
    yield Do(subscription)


def asking(context: Context, node: Node) -> Call:
    """Return the statement that lets a node ask by its topic."""
    return allow("AskForApproval", ("sns:Publish",), [context.ref(node.id, PART).topic_arn])
