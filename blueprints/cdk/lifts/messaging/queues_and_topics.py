"""SQS queues and SNS topics with their policies, and subscriptions."""

from typing import Any

from blueprints.cdk.lifting.lifter import InSection, Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.security.identity import statement, statements_of
from blueprints.cdk.lifts.security.keys import KEY, key
from blueprints.cdk.modules import cdk, sns, sqs
from blueprints.cdk.tree import THIS, Do, Let, Value
from blueprints.values import Ref

_QUEUE = "AWS::SQS::Queue"
_QUEUE_POLICY = "AWS::SQS::QueuePolicy"
_TOPIC = "AWS::SNS::Topic"
_TOPIC_POLICY = "AWS::SNS::TopicPolicy"
_TIMES = {
    "VisibilityTimeout": "visibility_timeout",
    "MessageRetentionPeriod": "retention_period",
    "ReceiveMessageWaitTimeSeconds": "receive_message_wait_time",
}
_SCOPES = {"messageGroup": sqs.DeduplicationScope.MESSAGE_GROUP}
_LIMITS = {"perMessageGroupId": sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID}


@lift(
    _QUEUE,
    ref="queue_url",
    members={"Arn": "queue_arn", "QueueName": "queue_name", "QueueUrl": "queue_url"},
    absorbs=(naming(_QUEUE_POLICY, "Queues"),),
)
def queue(lifter: Lifter, resource: Resource) -> Statements:
    """A queue with its policy."""
    options = _encryption(lifter, resource)
    options |= {option: _period(lifter, resource.take(name)) for name, option in _TIMES.items() if name in resource}
    if resource.take("FifoQueue", False):
        options["fifo"] = True
    if "ContentBasedDeduplication" in resource:
        options["content_based_deduplication"] = resource.take("ContentBasedDeduplication")
    if "DeduplicationScope" in resource:
        options["deduplication_scope"] = resource.choose("DeduplicationScope", _SCOPES)
    if "FifoThroughputLimit" in resource:
        options["fifo_throughput_limit"] = resource.choose("FifoThroughputLimit", _LIMITS)
    if "DelaySeconds" in resource:
        options["delivery_delay"] = duration(resource.take("DelaySeconds"))
    if "RedrivePolicy" in resource:
        redrive = resource.part("RedrivePolicy")
        dead_letter_queue = lifter.construct(redrive.take("deadLetterTargetArn"), _QUEUE, "Arn")
        receive_count = redrive.take("maxReceiveCount")
        options["dead_letter_queue"] = sqs.DeadLetterQueue(queue=dead_letter_queue, max_receive_count=receive_count)
    yield Let(lifter.name(resource), sqs.Queue(THIS, resource.id, **options, **resource.removal()))
    for policy in resource.of_type(_QUEUE_POLICY):
        policy.expect("Queues", [Ref(resource.id)])
        for properties in statements_of(policy.part("PolicyDocument")):
            # Without its Sid, CDK takes it for the one that a subscription's dead-letter queue gets by itself.
            properties.take("Sid", None)
            yield InSection(
                "queue_policies", Do(lifter.ref(resource).add_to_resource_policy(statement(lifter, properties)))
            )


def _period(lifter: Lifter, seconds: int | Ref) -> Value:
    """Return a time that the stack states, or that a parameter does."""
    if isinstance(seconds, Ref):
        return cdk.Duration.seconds(cdk.Token.as_number(lifter.value(seconds)))
    return duration(seconds)


def _encryption(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    if "KmsMasterKeyId" not in resource:
        resource.expect("SqsManagedSseEnabled", True)
        return {"encryption": sqs.QueueEncryption.SQS_MANAGED}
    return {
        "encryption": sqs.QueueEncryption.KMS,
        "encryption_master_key": key(lifter, resource.take("KmsMasterKeyId")),
        "data_key_reuse": duration(resource.take("KmsDataKeyReusePeriodSeconds")),
    }


@lift(
    _TOPIC,
    ref="topic_arn",
    members={"TopicArn": "topic_arn", "TopicName": "topic_name"},
    absorbs=(naming(_TOPIC_POLICY, "Topics"),),
)
def topic(lifter: Lifter, resource: Resource) -> Statements:
    """A topic under a key, with its policy."""
    options: dict[str, Value] = {"master_key": lifter.construct(resource.take("KmsMasterKeyId"), KEY, "Arn")}
    if "TopicName" in resource:
        options["topic_name"] = lifter.value(resource.take("TopicName"))
    if resource.take("FifoTopic", False):
        options["fifo"] = True
    if "ContentBasedDeduplication" in resource:
        options["content_based_deduplication"] = resource.take("ContentBasedDeduplication")
    yield Let(lifter.name(resource), sns.Topic(THIS, resource.id, **options))
    for policy in resource.of_type(_TOPIC_POLICY):
        policy.expect("Topics", [Ref(resource.id)])
        for properties in statements_of(policy.part("PolicyDocument")):
            yield Do(lifter.ref(resource).add_to_resource_policy(statement(lifter, properties)))


_PROTOCOLS = {
    "email": sns.SubscriptionProtocol.EMAIL,
    "https": sns.SubscriptionProtocol.HTTPS,
    "firehose": sns.SubscriptionProtocol.FIREHOSE,
    "lambda": sns.SubscriptionProtocol.LAMBDA,
    "sms": sns.SubscriptionProtocol.SMS,
    "sqs": sns.SubscriptionProtocol.SQS,
}


def _filter(lifter: Lifter, values: list[Any]) -> Value:
    """Return the values of an attribute that a filter policy matches, or that it matches messages without the attribute."""
    if values == [{"exists": False}]:
        return sns.SubscriptionFilter.not_exists_filter()
    return sns.SubscriptionFilter.string_filter(allowlist=lifter.value(values))


@lift("AWS::SNS::Subscription", ref="subscription_arn")
def subscription(lifter: Lifter, resource: Resource) -> Statements:
    """A subscription of a topic, with its dead-letter queue."""
    options: dict[str, Value] = {
        "topic": lifter.construct(resource.take("TopicArn"), _TOPIC),
        "protocol": resource.choose("Protocol", _PROTOCOLS),
        "endpoint": lifter.value(resource.take("Endpoint")),
    }
    if resource.take("RawMessageDelivery", False):
        options["raw_message_delivery"] = True
    if "FilterPolicy" in resource:
        taken = resource.part("FilterPolicy").rest()
        options["filter_policy"] = {name: _filter(lifter, values) for name, values in taken.items()}
    if "DeliveryPolicy" in resource:
        most = resource.part("DeliveryPolicy").part("throttlePolicy").take("maxReceivesPerSecond")
        throttled = sns.ThrottlePolicy(max_receives_per_second=most)
        options["delivery_policy"] = sns.DeliveryPolicy(throttle_policy=throttled)
    if "SubscriptionRoleArn" in resource:
        options["subscription_role_arn"] = lifter.value(resource.take("SubscriptionRoleArn"))
    if "RedrivePolicy" in resource:
        arn = resource.part("RedrivePolicy").take("deadLetterTargetArn")
        options["dead_letter_queue"] = lifter.construct(arn, _QUEUE, "Arn")
    yield Let(lifter.name(resource), sns.Subscription(THIS, resource.id, **options))
