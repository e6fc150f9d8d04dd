"""Who is not of this workload and sends to it: other accounts and AWS services, each by a policy of the channel."""

from advisor.architecture import Edge
from blueprints.sam.connections.channels import QUEUES, TOPICS
from blueprints.sam.intrinsics import ACCOUNT, Ref, joined
from blueprints.sam.registry import connection
from blueprints.sam.roles import policy
from blueprints.sam.scope import Json, Scope

#: What the other account may do, by the channel that it publishes to.
_PUBLISHING = {
    "sqs": "sqs:SendMessage",
    "sqs-fifo": "sqs:SendMessage",
    "sns": "sns:Publish",
    "sns-fifo": "sns:Publish",
}


def _stranger(scope: Scope, edge: Edge, sid: str, action: str, resource: object) -> Json:
    """Allow another account, or an AWS service on behalf of this account, to do one thing."""
    parameter = Ref(scope.plan.parameter(edge.source).id)
    statement: Json = {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}
    if scope.architecture.node(edge.source).service == "other-account":
        return {**statement, "Principal": {"AWS": joined("arn:${AWS::Partition}:iam::", parameter, ":root")}}
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    return {**statement, "Principal": {"Service": parameter}, "Condition": condition}


@connection(["other-account", "aws-service"], "publish", [*QUEUES, *TOPICS])
def stranger_publishes(scope: Scope, edge: Edge) -> None:
    """Let the other account or the AWS service put messages into the channel."""
    service = scope.architecture.node(edge.target).service
    sid = f"{scope.name(edge.source)}Publishes"
    statement = _stranger(scope, edge, sid, _PUBLISHING[service], scope.of(edge.target, "arn"))
    held = scope.queue_statements if service in QUEUES else scope.topic_statements
    held.setdefault(edge.target, []).append((statement, edge.id))


@connection(["other-account", "aws-service"], "publish", ["kinesis"])
def stranger_puts_records(scope: Scope, edge: Edge) -> None:
    """Let the other account or the AWS service put records into the stream."""
    arn = scope.of(edge.target, "arn")
    statement = _stranger(scope, edge, "PutsRecords", "kinesis:PutRecords", arn)
    statement["Action"] = ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"]
    properties = {"ResourceArn": arn, "ResourcePolicy": policy([statement])}
    scope.add(f"{scope.name(edge.id)}Policy", "AWS::Kinesis::ResourcePolicy", properties, edge=edge.id)


@connection(["other-account"], "emit", ["eventbridge-bus"])
def account_emits(scope: Scope, edge: Edge) -> None:
    """Let the other account put events on the bus."""
    bus, resource = scope.main(edge.target), scope.of(edge.target, "arn")
    statement = _stranger(scope, edge, "OtherAccountPutsEvents", "events:PutEvents", resource)
    properties = {"EventBusName": Ref(bus), "StatementId": "OtherAccountPutsEvents", "Statement": statement}
    scope.add(f"{bus}Policy", "AWS::Events::EventBusPolicy", properties, edge=edge.id)
