"""Who is not of this workload and sends to it: other accounts and AWS services, each by a policy of the channel."""

from collections.abc import Iterator

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.keys import stranger
from blueprints.cdk.modules import events, iam
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection
from blueprints.cdk.tree import THIS, Call, Do, Statement, Value
from blueprints.cross_account import EXTERNAL_PRINCIPALS, readers_of
from blueprints.traits import kinesis, traits_of


def _allowed(context: Context, who: str, channel: str, sid: str, actions: tuple[str, ...]) -> Call:
    principal, allowed, conditions = stranger(context, context.node(who), actions)
    options: dict[str, Value] = {"sid": sid, "principals": [principal], "actions": list(allowed)}
    options["resources"] = [context.value_of(channel, "arn")]
    if conditions:
        options["conditions"] = conditions
    return iam.PolicyStatement(**options)


@connection(EXTERNAL_PRINCIPALS, "publish", ("sqs", "sqs-fifo", "sns", "sns-fifo"))
def publishes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account or the AWS service put messages into the channel."""
    actions = traits_of(context.node(edge.target).service).publish_actions
    statement = _allowed(context, edge.source, edge.target, f"{context.id(edge.source)}Publishes", actions)
    yield Do(context.ref(edge.target).add_to_resource_policy(statement))


@connection(EXTERNAL_PRINCIPALS, "publish", ("kinesis",))
def puts_records(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account or the AWS service put records into the stream."""
    sid = f"{context.id(edge.source)}PutsRecords"
    statement = _allowed(context, edge.source, edge.target, sid, kinesis.TRAITS.publish_actions)
    yield Do(context.ref(edge.target).add_to_resource_policy(statement))


@connection(("kinesis",), "deliver", ("other-account",))
def reads_records(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account read the stream; which of its roles may, it says itself."""
    sid = f"{context.id(edge.target)}ReadsRecords"
    statement = _allowed(context, edge.target, edge.source, sid, kinesis.READ_ACTIONS)
    yield Do(context.ref(edge.source).add_to_resource_policy(statement))
    if edge != readers_of(context.architecture, edge.source)[0]:
        return
    words = Text("ARN of the stream, for those who read it", "ストリームの ARN（読み取る側に伝える）")
    yield output(context, context.id(edge.source, "Arn"), context.ref(edge.source).stream_arn, words)


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
