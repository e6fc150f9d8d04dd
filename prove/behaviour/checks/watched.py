"""Monitoring beyond failures: slow responses, unhealthy targets, databases that are almost full.

AWS recommends these alarms for each API, load balancer and database
(https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html, read
2026-11-27): a high percentile of the latency, unhealthy hosts of each target group, free storage and connections. An
Aurora volume grows by itself, so that its clusters have no free storage to watch.
"""

from collections.abc import Iterator, Mapping

from prove.behaviour.alarm_actions import alarms_that_ring
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import named
from prove.readback import Stack
from prove.readback.stack import Resource

_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
#: Type -> the metric of its answers' time.
_LATENCY: Mapping[str, str] = {
    "AWS::ApiGateway::RestApi": "Latency",
    "AWS::ApiGatewayV2::Api": "Latency",
    "AWS::AppSync::GraphQLApi": "Latency",
    _BALANCER: "TargetResponseTime",
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield every API, load balancer, target group and database without such an alarm."""
    stack = evidence.stack
    ringing = alarms_that_ring(stack)
    for resource in stack.of_type(*_LATENCY):
        if _answers(stack, resource) and not _late(ringing, resource, _LATENCY[resource.type]):
            yield Problem("latency-unwatched", resource.id, "No alarm watches its p99 latency.", resource.type)
    for group in stack.of_type(_GROUP):
        forwarded = any(group.id in named(dict(one.properties)) for one in _listeners(stack))
        checked = group.properties.get("TargetType") != "lambda" and forwarded
        if checked and not _watches(ringing, group, "UnHealthyHostCount"):
            yield Problem("hosts-unwatched", group.id, "No alarm watches its unhealthy hosts.", group.type)
    yield from _databases(stack, ringing)
    yield from _indexes(stack, ringing)
    for function in stack.of_type("AWS::Lambda::Function"):
        # FATAL is above ERROR: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
        if (function.properties.get("LoggingConfig") or {}).get("ApplicationLogLevel") == "FATAL":
            yield Problem("errors-unlogged", function.id, "Its log leaves errors out.", function.type)


def _indexes(stack: Stack, ringing: tuple[Resource, ...]) -> Iterator[Problem]:
    """Yield the indexes whose throttled writes nothing reports: those of the table do not count them.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (read 2026-12-01).
    """
    for table in stack.of_type("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
        for index in table.properties.get("GlobalSecondaryIndexes", ()):
            watching = [
                alarm for alarm in ringing
                if alarm.properties.get("MetricName") == "WriteThrottleEvents"
                and (alarm.properties.get("Dimensions") or {}).get("GlobalSecondaryIndexName") == index["IndexName"]
                and table.id in named(alarm.properties["Dimensions"].get("TableName"))
            ]  # fmt: skip
            if not watching:
                message = f"No alarm watches the throttled writes of its index {index['IndexName']}."
                yield Problem("index-unwatched", table.id, message, table.type)


def _databases(stack: Stack, ringing: tuple[Resource, ...]) -> Iterator[Problem]:
    for instance in stack.of_type("AWS::RDS::DBInstance"):
        if "DBClusterIdentifier" in instance.properties:
            continue
        if not _watches(ringing, instance, "FreeStorageSpace"):
            yield Problem("storage-unwatched", instance.id, "No alarm watches its free storage.", instance.type)
        if not _watches(ringing, instance, "DatabaseConnections"):
            yield Problem("connections-unwatched", instance.id, "No alarm watches its connections.", instance.type)
    for cluster in stack.of_type("AWS::RDS::DBCluster"):
        if not _watches(ringing, cluster, "DatabaseConnections"):
            yield Problem("connections-unwatched", cluster.id, "No alarm watches its connections.", cluster.type)


def _answers(stack: Stack, resource: Resource) -> bool:
    """Return whether a resource answers requests: a WebSocket API, and a network load balancer, measure no answers."""
    if resource.type == "AWS::ApiGatewayV2::Api":
        return resource.properties.get("ProtocolType") == "HTTP"
    if resource.type == _BALANCER:
        own = [one for one in _listeners(stack) if resource.id in named(one.properties.get("LoadBalancerArn"))]
        application = resource.properties.get("Type", "application") == "application"
        return application and any("TargetGroup" in str(dict(one.properties)) for one in own)
    return True


def _listeners(stack: Stack) -> tuple[Resource, ...]:
    return stack.of_type("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule")


def _late(ringing: tuple[Resource, ...], resource: Resource, metric: str) -> bool:
    percentiles = [a for a in ringing if str(a.properties.get("ExtendedStatistic", "")).startswith("p9")]
    return _watches(tuple(percentiles), resource, metric)


def _watches(alarms: tuple[Resource, ...], resource: Resource, metric: str) -> bool:
    own = str(resource.properties.get("Name", ""))
    return any(
        alarm.properties.get("MetricName") == metric
        and any(resource.id in named(value) or value == own for value in alarm.properties["Dimensions"].values())
        for alarm in alarms
    )
