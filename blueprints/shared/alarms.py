"""The alarms of a template, and the encrypted topic that notifies by email."""

from blueprints.shared.keys import key
from blueprints.stack.scope import Json, Scope
from blueprints.values import ACCOUNT, Ref

TOPIC = "AlarmTopic"
GROUP = "cloud"


def add_alarms(scope: Scope) -> None:
    """Add the plan's alarms. CloudWatch cannot publish to a topic under AWS's own SNS key, so the topic has one."""
    if not scope.plan.alarms:
        return
    use = {
        "Sid": "AllowCloudWatchAlarms",
        "Effect": "Allow",
        "Principal": {"Service": "cloudwatch.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    }
    # Alarm messages are not stored, so the key can be deleted with the stack.
    key(scope, "AlarmKey", "Encrypts alarm notifications", [use], group=GROUP, deletion_policy="Delete")
    scope.add(TOPIC, "AWS::SNS::Topic", {"KmsMasterKeyId": Ref("AlarmKey")}, group=GROUP)
    email = {"TopicArn": Ref(TOPIC), "Protocol": "email", "Endpoint": Ref("AlarmEmail")}
    scope.add("AlarmEmailSubscription", "AWS::SNS::Subscription", email, group=GROUP)
    for alarm in scope.plan.alarms:
        dimensions = [{"Name": name, "Value": scope.value(ref)} for name, ref in alarm.dimensions]
        percentile = alarm.statistic.startswith("p")
        properties: Json = {
            "AlarmDescription": alarm.description.in_(scope.lang),
            "Namespace": alarm.namespace,
            "MetricName": alarm.metric,
            "Dimensions": dimensions,
            "ExtendedStatistic" if percentile else "Statistic": alarm.statistic,
            "Period": alarm.period_s,
            "EvaluationPeriods": alarm.periods,
            "Threshold": int(alarm.above) if alarm.above == int(alarm.above) else alarm.above,
            "ComparisonOperator": "LessThanThreshold" if alarm.falls else "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [Ref(TOPIC)],
        }
        scope.add(alarm.name, "AWS::CloudWatch::Alarm", properties, node=alarm.node)
