"""Other accounts: what they may put into the workload's channels."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Edge
from blueprints.cdk.context import Context
from blueprints.cdk.modules import events, iam, kinesis
from blueprints.cdk.registry import connection
from blueprints.cdk.tree import THIS, Do, Statement, Value

#: What the other account may do, by the channel that it publishes to.
_PUBLISHING: Mapping[str, str] = {
    "sqs": "sqs:SendMessage",
    "sqs-fifo": "sqs:SendMessage",
    "sns": "sns:Publish",
    "sns-fifo": "sns:Publish",
}


def _allowed(context: Context, edge: Edge, sid: str, actions: list[str]) -> dict[str, Value]:
    return {
        "sid": sid,
        "principals": [iam.ArnPrincipal(context.root_of(context.outside(edge.source)))],
        "actions": list(actions),
        "resources": [context.value_of(edge.target, "arn")],
    }


@connection(("other-account",), "publish", tuple(_PUBLISHING))
def publishes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account put messages into the channel."""
    action = _PUBLISHING[context.node(edge.target).service]
    statement = iam.PolicyStatement(**_allowed(context, edge, "OtherAccountPublishes", [action]))
    yield Do(context.ref(edge.target).add_to_resource_policy(statement))


@connection(("other-account",), "publish", ("kinesis",))
def puts_records(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account put records into the stream."""
    actions = ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"]
    statement = iam.PolicyStatement(**_allowed(context, edge, "OtherAccountPuts", actions))
    document = iam.PolicyDocument(statements=[statement])
    stream = context.ref(edge.target)
    yield Do(kinesis.ResourcePolicy(THIS, context.id(edge.id, "Policy"), stream=stream, policy_document=document))


@connection(("other-account",), "emit", ("eventbridge-bus",))
def emits(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account put events on the bus."""
    statement: dict[str, Value] = {
        "Sid": "OtherAccountPutsEvents",
        "Effect": "Allow",
        "Principal": {"AWS": context.root_of(context.outside(edge.source))},
        "Action": "events:PutEvents",
        "Resource": context.ref(edge.target).event_bus_arn,
    }
    policy = events.CfnEventBusPolicy(
        THIS,
        context.id(edge.target, "Policy"),
        event_bus_name=context.ref(edge.target).event_bus_name,
        statement_id="OtherAccountPutsEvents",
        statement=statement,
    )
    yield Do(policy)
