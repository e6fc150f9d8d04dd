"""Channels: queues, topics, buses and streams, and the dead-letter queues beside them."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context, duration
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, events, kinesis, sns, sqs
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Do, Let, Ref, Statement, Value, Words
from blueprints.traits.eventbridge_bus import on_default_bus

PROGRAMS = ("lambda", "ecs", "eks", "batch")
QUEUES = ("sqs", "sqs-fifo")
TOPICS = ("sns", "sns-fifo")
ARCHIVE_DAYS = 30

granted(PROGRAMS, ("publish",), (*QUEUES, *TOPICS, "eventbridge-bus", "kinesis"))
granted(("application", "saas"), ("publish",), (*QUEUES, *TOPICS, "kinesis"))
granted(("application", "saas", "s3", "aws-service"), ("emit",), ("eventbridge-bus",))


@service("sqs", "sqs-fifo")
def queue(context: Context, node: Node) -> Iterator[Statement]:
    """Make an encrypted queue; what fails too often goes to its dead-letter queue."""
    options: dict[str, Value] = {
        **_queue_key(context, node),
        "visibility_timeout": duration(settings.number(node, "visibility_timeout_s")),
        "retention_period": duration(min(1209600, max(60, settings.number(node, "retention_s")))),
        "receive_message_wait_time": cdk.Duration.seconds(20),
    }
    if node.service == "sqs-fifo":
        options |= {
            "fifo": True,
            "content_based_deduplication": True,
            "deduplication_scope": sqs.DeduplicationScope.MESSAGE_GROUP,
            "fifo_throughput_limit": sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
        }
    if settings.number(node, "delay_s"):
        options["delivery_delay"] = duration(min(900, settings.number(node, "delay_s")))
    for edge in context.architecture.leaving(node.id, "dead-letter"):
        most = settings.number(node, "max_receive_count")
        options["dead_letter_queue"] = sqs.DeadLetterQueue(queue=context.ref(edge.target), max_receive_count=most)
    yield Let(context.name(node.id), sqs.Queue(THIS, context.id(node.id), **options))
    words = Text("URL of the queue", "キューの URL")
    yield output(context, context.id(node.id, "Url"), context.ref(node.id).queue_url, words)


def _queue_key(context: Context, node: Node) -> dict[str, Value]:
    key = key_for(context, node)
    if key is None:
        return {"encryption": sqs.QueueEncryption.SQS_MANAGED}
    reuse = cdk.Duration.minutes(5)
    return {"encryption": sqs.QueueEncryption.KMS, "encryption_master_key": key, "data_key_reuse": reuse}


granted(QUEUES, ("dead-letter",), ("dead-letter-queue",))


@service("dead-letter-queue")
def dead_letters(context: Context, node: Node) -> Iterator[Statement]:
    """Make a queue that keeps what failed for two weeks, the longest there is."""
    options: dict[str, Value] = {
        **_queue_key(context, node),
        "retention_period": cdk.Duration.days(14),
    }
    if settings.flag(node, "fifo"):
        options["fifo"] = True
    yield Let(context.name(node.id), sqs.Queue(THIS, context.id(node.id), **options))
    words = Text("URL of the dead-letter queue", "デッドレターキューの URL")
    yield output(context, context.id(node.id, "Url"), context.ref(node.id).queue_url, words)


@service("sns", "sns-fifo")
def topic(context: Context, node: Node) -> Iterator[Statement]:
    """Make an encrypted topic."""
    options: dict[str, Value] = {"master_key": key_for(context, node) or Ref("sns_key")}
    if node.service == "sns-fifo":
        name = Words(cdk.Aws.STACK_NAME, f"-{context.id(node.id)}.fifo")
        options |= {"topic_name": name, "fifo": True, "content_based_deduplication": True}
    yield Let(context.name(node.id), sns.Topic(THIS, context.id(node.id), **options))
    words = Text("ARN of the topic", "トピックの ARN")
    yield output(context, context.id(node.id, "Arn"), context.ref(node.id).topic_arn, words)


@service("kinesis")
def stream(context: Context, node: Node) -> Iterator[Statement]:
    """Make an encrypted stream that scales with what is put into it."""
    key = key_for(context, node)
    keys: dict[str, Value] = {"encryption": kinesis.StreamEncryption.MANAGED}
    if key is not None:
        keys = {"encryption": kinesis.StreamEncryption.KMS, "encryption_key": key}
    hours = min(8760, max(24, settings.number(node, "retention_s") // 3600))
    made = kinesis.Stream(
        THIS,
        context.id(node.id),
        stream_mode=kinesis.StreamMode.ON_DEMAND,
        **keys,
        retention_period=cdk.Duration.hours(hours),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    yield Let(context.name(node.id), made)
    words = Text("Name of the stream", "ストリーム名")
    yield output(context, context.id(node.id, "Name"), context.ref(node.id).stream_name, words)


@service("eventbridge-bus")
def bus(context: Context, node: Node) -> Iterator[Statement]:
    """Make a bus of the workload's own. Where AWS services emit, rules stand on the account's default bus."""
    id, name = context.id(node.id), context.name(node.id)
    emitting = context.architecture.entering(node.id, "emit")
    emitters = [context.node(edge.source) for edge in emitting]
    if on_default_bus(context.architecture, node):
        why = Text(
            "AWS services put their events on the account's default bus.",
            "AWS サービスのイベントはアカウントのデフォルトバスに届く。",
        )
        yield Let(name, events.EventBus.from_event_bus_name(THIS, id, "default"), why)
        return
    partners = [context.outside(one.id) for one in emitters if one.service == "saas"]
    options: dict[str, Value] = (
        {"event_source_name": partners[0]} if partners else {"event_bus_name": Words(cdk.Aws.STACK_NAME, f"-{id}")}
    )
    yield Let(name, events.EventBus(THIS, id, **options))
    yield output(context, f"{id}Name", Ref(name).event_bus_name, Text("Name of the event bus", "イベントバス名"))
    if settings.flag(node, "replay"):
        yield _archive(context, node)


def _archive(context: Context, node: Node) -> Do:
    why = Text("Kept so that events can be replayed.", "イベントを再生できるように保持する。")
    archive = events.CfnArchive(
        THIS,
        context.id(node.id, "Archive"),
        source_arn=context.ref(node.id).event_bus_arn,
        retention_days=ARCHIVE_DAYS,
        description=f"Events of {context.id(node.id)} for replay",
    )
    return Do(archive, why)
