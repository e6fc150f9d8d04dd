"""Checks that alarm actions reach a person: CloudWatch can publish to the topic, and it has a subscription.

* A topic under AWS's own key `alias/aws/sns` is closed to CloudWatch; under a key of the customer's own, CloudWatch needs
  `kms:Decrypt` and `kms:GenerateDataKey*` in the policy of the key
  (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services, read 2026-11-27).
* A topic with a policy of its own admits only whom that policy names; without one, the account's own services
  (https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html, read 2026-11-27).
"""

from collections.abc import Iterator

from prove.behaviour.references import allows, named, policy_of, principals, resource_named
from prove.readback import Stack
from prove.readback.policies import as_list
from prove.readback.stack import Resource

ALARM, TOPIC, KEY = "AWS::CloudWatch::Alarm", "AWS::SNS::Topic", "AWS::KMS::Key"
CLOUDWATCH = "cloudwatch.amazonaws.com"


def alarms_that_ring(stack: Stack) -> tuple[Resource, ...]:
    """Return the alarms with an action that reaches a person."""
    return tuple(alarm for alarm in stack.of_type(ALARM) if not list(obstacles(stack, alarm)))


def obstacles(stack: Stack, alarm: Resource) -> Iterator[tuple[str, str]]:
    """Yield the reasons why no action of an alarm reaches a person, each with the id of its rule; none if one does."""
    if str(alarm.properties.get("ActionsEnabled", "true")).lower() == "false":
        yield "alarm-disabled", "The actions of the alarm are disabled."
        return
    actions = as_list(alarm.properties.get("AlarmActions") or [])
    topics = [resource_named(stack, action, TOPIC) for action in actions]
    outside = [action for action, topic in zip(actions, topics, strict=True) if topic is None]
    found = [list(_closed(stack, topic)) for topic in topics if topic is not None]
    if not actions:
        yield "alarm-without-action", "The alarm has no action, so that nobody is told."
    elif not outside and all(found):
        yield from found[0]


def _closed(stack: Stack, topic: Resource) -> Iterator[tuple[str, str]]:
    subscribed = [s for s in stack.of_type("AWS::SNS::Subscription") if topic.id in named(s.properties["TopicArn"])]
    if not subscribed and not topic.properties.get("Subscription"):
        yield "alarm-unheard", f"Nobody is subscribed to {topic.id}."
    if not admitted(stack, topic, CLOUDWATCH):
        yield "alarm-key", f"The key of {topic.id} does not let CloudWatch publish."
    policy = policy_of(stack, "AWS::SNS::TopicPolicy", "Topics", topic.id)
    has_policy = any(topic.id in named(p.properties.get("Topics")) for p in stack.of_type("AWS::SNS::TopicPolicy"))
    if has_policy and not any(CLOUDWATCH in principals(s, "Service") and allows(s, "sns:Publish") for s in policy):
        yield "alarm-policy", f"The policy of {topic.id} does not let CloudWatch publish."


def admitted(stack: Stack, holder: Resource, service: str) -> bool:
    """Return whether a service principal is allowed to use the key of a topic or a queue in its own name."""
    key = holder.properties.get("KmsMasterKeyId")
    if key is None:
        return True
    if "alias/aws/" in str(key):
        return False
    resource = resource_named(stack, key, KEY)
    if resource is None:
        return True  # a key outside the stack, whose policy is its owner's
    statements = resource.properties["KeyPolicy"]["Statement"]
    own = [s for s in statements if s["Effect"] == "Allow" and service in principals(s, "Service")]
    return any(allows(s, "kms:Decrypt") for s in own) and any(allows(s, "kms:GenerateDataKey") for s in own)
