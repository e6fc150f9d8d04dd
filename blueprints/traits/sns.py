"""Topics of Amazon SNS."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Client, Measure, Metrics, NodeAttribute, Traits, rates, sqs, sums

#: Destinations of topics that receive nothing until somebody has confirmed the subscription.
CONFIRMING = ("email", "partner-http", "saas")
TRAITS = Traits(
    service="sns",
    noun="Topic",
    event="topic",
    client=Client(
        "channel", "sns", "topic", "Topic", sdk_class="SNSClient", largest_item=250_000, tests={"refused_in_batch": ()}
    ),
    variables=(NodeAttribute("TOPIC_ARN", "arn"),),
    send_commands=('aws sns publish --topic-arn "$(output {name}Arn)" --message {message}{attributes}{order}',),
    deployed_test="sns",
    principal="sns.amazonaws.com",
    publish_actions=("sns:Publish",),
    subscribe_actions=("sns:Subscribe",),
    closed_by_aws_key=True,
    interface_endpoints=("sns",),
    metrics=Metrics(
        namespace="AWS/SNS",
        dimensions=(NodeAttribute("TopicName", "name"),),
        alarms=(
            AlarmRule(
                "FailedAlarm",
                "NumberOfNotificationsFailed",
                "Sum",
                0,
                Text("{}: failed deliveries", "{}: 配信が失敗している"),
            ),
        ),
        left=sums("NumberOfMessagesPublished", "NumberOfNotificationsDelivered", "NumberOfNotificationsFailed"),
    ),
    measures={
        "message_bytes": Measure("PublishSize", rank=1, limit=lambda _, __: sqs.TOPIC_BYTES),
        **rates("NumberOfMessagesPublished", rank=5),
    },
)
