"""The alarms of a template, and the encrypted topic that notifies by email."""

from blueprints.plan.monitoring.alarms import Alarm
from blueprints.plan.monitoring.error_rates import ALL, FAILED, failed_share
from blueprints.shared.keys import key
from blueprints.stack.scope import Json, Scope
from blueprints.traits import Total
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
        properties: Json = {
            "AlarmDescription": alarm.description.in_(scope.lang),
            **(_one_metric(scope, alarm) if alarm.total is None else _share(scope, alarm, alarm.total)),
            "EvaluationPeriods": alarm.periods,
            "Threshold": int(alarm.above) if alarm.above == int(alarm.above) else alarm.above,
            "ComparisonOperator": "LessThanThreshold" if alarm.falls else "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [Ref(TOPIC)],
        }
        scope.add(alarm.name, "AWS::CloudWatch::Alarm", properties, node=alarm.node)


def _one_metric(scope: Scope, alarm: Alarm) -> Json:
    return {
        **_metric(scope, alarm, alarm.metric),
        "ExtendedStatistic" if alarm.statistic.startswith("p") else "Statistic": alarm.statistic,
        "Period": alarm.period_s,
    }


def _share(scope: Scope, alarm: Alarm, total: Total) -> Json:
    """Return the metrics of an alarm that compares a share, and the expression of it."""
    counted = {FAILED: (alarm.metric, alarm.statistic), ALL: (total.metric, total.statistic)}
    queries = [
        {
            "Id": id,
            "MetricStat": {"Metric": _metric(scope, alarm, metric), "Period": alarm.period_s, "Stat": statistic},
            "ReturnData": False,
        }
        for id, (metric, statistic) in counted.items()
    ]
    return {"Metrics": [*queries, {"Id": "percent", "Expression": failed_share(total), "ReturnData": True}]}


def _metric(scope: Scope, alarm: Alarm, metric: str) -> Json:
    dimensions = [{"Name": name, "Value": scope.value(ref)} for name, ref in alarm.dimensions]
    return {"Namespace": alarm.namespace, "MetricName": metric, "Dimensions": dimensions}
