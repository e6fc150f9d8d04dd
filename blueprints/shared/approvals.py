"""Approval topics of state machines and durable functions."""

from advisor.architecture import Node
from blueprints.shared.keys import AWS_SNS_KEY
from blueprints.stack.scope import Json, Scope, allow
from blueprints.values import Ref


def topic_id(scope: Scope, node: Node) -> str:
    """Return the logical id of a node's approval topic."""
    return f"{scope.name(node.id)}ApprovalTopic"


def topic(scope: Scope, node: Node) -> Json:
    """Add the topic, whose messages hold the task token or callback id, and return the statement that allows publishing."""
    id = topic_id(scope, node)
    scope.add(id, "AWS::SNS::Topic", {"KmsMasterKeyId": AWS_SNS_KEY}, node=node.id)
    subscription = {"TopicArn": Ref(id), "Protocol": "email", "Endpoint": Ref("ApproverEmail")}
    scope.add(f"{id}Email", "AWS::SNS::Subscription", subscription, node=node.id)
    return allow("AskForApproval", ["sns:Publish"], [Ref(id)])
