"""Who is not of this workload and sends to it: other accounts and AWS services, each by a policy of the channel."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Edge
from blueprints.cdk.context import Context
from blueprints.cdk.keys import STRANGERS, stranger
from blueprints.cdk.modules import events, iam, kinesis
from blueprints.cdk.registry import connection
from blueprints.cdk.tree import THIS, Call, Do, Statement, Value

#: What a stranger may do, by the channel that it publishes to.
_PUBLISHING: Mapping[str, str] = {
    "sqs": "sqs:SendMessage",
    "sqs-fifo": "sqs:SendMessage",
    "sns": "sns:Publish",
    "sns-fifo": "sns:Publish",
}


def _allowed(context: Context, edge: Edge, sid: str, *actions: str) -> Call:
    principal, allowed, conditions = stranger(context, context.node(edge.source), actions)
    options: dict[str, Value] = {"sid": sid, "principals": [principal], "actions": list(allowed)}
    options["resources"] = [context.value_of(edge.target, "arn")]
    if conditions:
        options["conditions"] = conditions
    return iam.PolicyStatement(**options)


@connection(STRANGERS, "publish", tuple(_PUBLISHING))
def publishes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account or the AWS service put messages into the channel."""
    action = _PUBLISHING[context.node(edge.target).service]
    statement = _allowed(context, edge, f"{context.id(edge.source)}Publishes", action)
    yield Do(context.ref(edge.target).add_to_resource_policy(statement))


@connection(STRANGERS, "publish", ("kinesis",))
def puts_records(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account or the AWS service put records into the stream."""
    actions = ("kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords")
    document = iam.PolicyDocument(statements=[_allowed(context, edge, "PutsRecords", *actions)])
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
