"""What functions take by themselves: batches out of queues, streams and changes of tables."""

from collections.abc import Iterator

from advisor.architecture import Edge
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context, duration
from blueprints.cdk.modules import event_sources, iam, lambda_
from blueprints.cdk.registry import connection, granted
from blueprints.cdk.tree import THIS, Do, Let, Statement, Value
from blueprints.traits.sqs import RECEIVE_ACTIONS

QUEUES = ("sqs", "sqs-fifo")

granted((*QUEUES, "kinesis"), ("consume",), ("ecs", "eks", "batch"))
granted(("kinesis",), ("dead-letter",), ("dead-letter-queue",))


@connection(QUEUES, "consume", ("lambda",))
def takes_from_queue(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the function take batches from the queue; only failed messages come back."""
    node = context.node(edge.target)
    options: dict[str, Value] = {"batch_size": settings.number(node, "batch_size")}
    if context.node(edge.source).service == "sqs":
        options["max_batching_window"] = duration(settings.number(node, "batch_window_s"))
    if most := settings.number(node, "max_concurrency"):
        options["max_concurrency"] = most
    yield _mapping(context, edge, context.value_of(edge.source, "arn"), options)


@connection(("kinesis",), "consume", ("lambda",))
def takes_from_stream(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the function read the stream; a batch that keeps failing is halved and then set aside."""
    options = _reading(context, edge)
    for aside in context.architecture.leaving(edge.source, "dead-letter"):
        options["on_failure"] = event_sources.SqsDlq(context.ref(aside.target))
    yield _mapping(context, edge, context.value_of(edge.source, "arn"), options)


@connection(("dynamodb",), "stream", ("lambda",))
def takes_changes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the function read the table's changes."""
    yield _mapping(context, edge, context.value_of(edge.source, "stream-arn"), _reading(context, edge))


@connection(("sqs-fifo",), "deliver", ("function",))
def existing_takes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Read the queue for a function that exists: the mapping stands here, and the queue lets the function's role in."""
    name, queue = context.id(edge.target), context.ref(edge.source)
    statement = iam.PolicyStatement(
        sid=f"{name}Takes",
        principals=[iam.ArnPrincipal(context.parameter(f"{name}RoleArn"))],
        actions=list(RECEIVE_ACTIONS),
        resources=[queue.queue_arn],
    )
    yield Do(queue.add_to_resource_policy(statement))
    hidden = context.parameter(f"{name}VisibilitySeconds")
    why = Text(
        "Six times the function's timeout, which is not known here.",
        "関数のタイムアウトの 6 倍。ここでは分からないためパラメータとする。",
    )
    yield Do(queue.node.default_child.add_property_override("VisibilityTimeout", hidden), why)
    made = lambda_.CfnEventSourceMapping(
        THIS,
        context.id(edge.id, "Source"),
        function_name=context.outside(edge.target),
        event_source_arn=queue.queue_arn,
        batch_size=1,
    )
    yield Let(context.name(edge.id, "Source"), made)
    yield Do(context.ref(edge.id, "Source").node.add_dependency(queue))


def _reading(context: Context, edge: Edge) -> dict[str, Value]:
    return {
        "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
        "batch_size": settings.number(context.node(edge.target), "batch_size"),
        "max_batching_window": duration(settings.number(context.node(edge.target), "batch_window_s")),
        "bisect_batch_on_error": True,
        "retry_attempts": 5,
    }


def _mapping(context: Context, edge: Edge, source: Value, options: dict[str, Value]) -> Do:
    made = lambda_.EventSourceMapping(
        THIS,
        context.id(edge.id, "Source"),
        target=context.ref(edge.target),
        event_source_arn=source,
        **options,
        report_batch_item_failures=True,
    )
    return Do(made)
