"""Topics of Amazon SNS."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Measure, Metrics, NodeAttribute, Traits, rates, sums

TRAITS = Traits(
    service="sns",
    noun="Topic",
    variables=(NodeAttribute("TOPIC_ARN", "arn"),),
    metrics=Metrics(
        namespace="AWS/SNS",
        dimensions=(NodeAttribute("TopicName", "name"),),
        alarms=(
            AlarmRule(
                "FailedAlarm",
                "NumberOfNotificationsFailed",
                "Sum",
                0,
                Text("{} cannot deliver", "{}が配信に失敗している"),
            ),
        ),
        left=sums("NumberOfMessagesPublished", "NumberOfNotificationsDelivered", "NumberOfNotificationsFailed"),
    ),
    measures={
        "message_bytes": Measure("PublishSize", rank=1),
        **rates("NumberOfMessagesPublished", rank=5),
    },
    interface_endpoints=("sns",),
    principal="sns.amazonaws.com",
    publish_actions=("sns:Publish",),
    subscribe_actions=("sns:Subscribe",),
    closed_by_aws_key=True,
    key_service="sns",
)
