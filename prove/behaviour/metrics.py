"""The metrics that AWS emits: their dimensions and kinds of values (`metrics.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Kind = Literal["errors", "count", "level", "time", "size", "percent"]
#: Dimension -> the types of the resource that it names; other dimensions name nothing of a stack.
NAMED_TYPES: Mapping[str, tuple[str, ...]] = {
    "FunctionName": ("AWS::Lambda::Function",),
    "ApiName": ("AWS::ApiGateway::RestApi",),
    "ApiId": ("AWS::ApiGatewayV2::Api",),
    "GraphQLAPIId": ("AWS::AppSync::GraphQLApi",),
    "QueueName": ("AWS::SQS::Queue",),
    "TopicName": ("AWS::SNS::Topic",),
    "StateMachineArn": ("AWS::StepFunctions::StateMachine",),
    "StreamName": ("AWS::Kinesis::Stream",),
    "DeliveryStreamName": ("AWS::KinesisFirehose::DeliveryStream",),
    "PipeName": ("AWS::Pipes::Pipe",),
    "RuleName": ("AWS::Events::Rule",),
    "TargetGroup": ("AWS::ElasticLoadBalancingV2::TargetGroup",),
    "TableName": ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    "DBInstanceIdentifier": ("AWS::RDS::DBInstance",),
    "DBClusterIdentifier": ("AWS::RDS::DBCluster",),
    "clusterId": ("AWS::ElastiCache::ServerlessCache",),
    "CollectionId": ("AWS::OpenSearchServerless::Collection",),
    "ClusterId": ("AWS::DSQL::Cluster",),
}


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: the sets of dimensions under which it is emitted, and the kind of its values."""

    dimensions: frozenset[frozenset[str]]
    kind: Kind


@lru_cache(maxsize=1)
def metrics() -> Mapping[tuple[str, str], Metric]:
    """Return every metric that is known, by its namespace and its name."""
    text = (files(__package__) / "metrics.yaml").read_text("utf-8")
    table: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(text)
    return {
        (namespace, name): Metric(frozenset(frozenset(one.split("+")) for one in row["dimensions"]), row["kind"])
        for namespace, rows in table.items()
        for name, row in rows.items()
    }
