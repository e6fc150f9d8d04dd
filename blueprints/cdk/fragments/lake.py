"""Delivery streams: records gathered for minutes and put into the bucket of a data lake, without code."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context, allow
from blueprints.cdk.fragments.channels import PROGRAMS
from blueprints.cdk.fragments.rules import event_rule
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, firehose, iam, logs, sns
from blueprints.cdk.observability import log_group_named
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value, Words
from blueprints.cross_account import EXTERNAL_PRINCIPALS
from blueprints.traits import firehose as firehose_traits
from blueprints.traits import traits_of, with_trait
from blueprints.traits.firehose import PUT_ACTIONS
from blueprints.traits.kinesis import READ_ACTIONS

STREAM = firehose.CfnDeliveryStream
_FIREHOSE = "firehose.amazonaws.com"

granted(("firehose",), ("deliver",), ("data-lake",))
granted(PROGRAMS, ("publish",), with_trait("sender_actions"))
granted(("application",), ("publish",), with_trait("sender_actions"))


@service("firehose")
def delivery_stream(context: Context, node: Node) -> Iterator[Statement]:
    """Make a stream that programs and others put records into."""
    yield from _stream(context, node.id, "", firehose_traits.lake_of(context.architecture, node))
    name = context.ref(node.id).ref
    yield output(context, context.id(node.id, "Name"), name, Text("Name of the delivery stream", "配信ストリーム名"))


@connection(("kinesis",), "deliver", ("data-lake",))
def delivers_stream(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let a delivery stream read the stream and put its records into the lake."""
    yield from _stream(context, edge.id, "Delivery", edge, source=context.ref(edge.source))


@connection(("eventbridge-bus",), "deliver", ("data-lake",))
def delivers_events(context: Context, edge: Edge) -> Iterator[Statement]:
    """Put the events that a rule matches into a delivery stream."""
    yield from _stream(context, edge.id, "Delivery", edge)
    yield _putting(context, edge, "events.amazonaws.com")
    arn = context.ref(edge.id, "Delivery").attr_arn
    yield event_rule(context, edge, arn, {"role_arn": context.ref(edge.id, "PutRole").role_arn})


@connection(("sns",), "deliver", ("data-lake",))
def delivers_messages(context: Context, edge: Edge) -> Iterator[Statement]:
    """Subscribe a delivery stream to the topic."""
    yield from _stream(context, edge.id, "Delivery", edge)
    yield _putting(context, edge, "sns.amazonaws.com")
    subscription = sns.Subscription(
        THIS,
        context.id(edge.id, "Subscription"),
        topic=context.ref(edge.source),
        protocol=sns.SubscriptionProtocol.FIREHOSE,
        endpoint=context.ref(edge.id, "Delivery").attr_arn,
        subscription_role_arn=context.ref(edge.id, "PutRole").role_arn,
    )
    yield Do(subscription)


def _putting(context: Context, edge: Edge, principal: str) -> Let:
    statement = allow("PutRecords", PUT_ACTIONS, [context.ref(edge.id, "Delivery").attr_arn])
    return context.role(edge.id, principal, [statement], "PutRole", confined=True)


def _stream(context: Context, owner: str, part: str, edge: Edge, *, source: Ref | None = None) -> Iterator[Statement]:
    """Make a delivery stream into the lake at an edge's end, with its role and log."""
    yield log_group_named(context, context.id(owner, f"{part}Logs"))
    log = logs.LogStream(
        THIS,
        context.id(owner, f"{part}LogStream"),
        log_group=context.ref(owner, f"{part}Logs"),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    yield Let(context.name(owner, f"{part}LogStream"), log)
    bucket = Words("arn:", cdk.Aws.PARTITION, ":s3:::", context.outside(edge.target))
    statements = _statements(context, owner, part, bucket, source)
    yield context.role(owner, _FIREHOSE, statements, f"{part}Role", confined=True)
    role = context.ref(owner, f"{part}Role").role_arn
    options: dict[str, Value] = {
        "delivery_stream_type": "DirectPut",
        "delivery_stream_encryption_configuration_input": _encryption(context),
    }
    if source is not None:
        read = STREAM.KinesisStreamSourceConfigurationProperty(kinesis_stream_arn=source.stream_arn, role_arn=role)
        options = {"delivery_stream_type": "KinesisStreamAsSource", "kinesis_stream_source_configuration": read}
    made = STREAM(
        THIS,
        context.id(owner, part),
        **options,
        extended_s3_destination_configuration=_destination(context, owner, part, edge, bucket),
    )
    why = Text(
        "A plain resource: the construct would leave a mapping of addresses in the template that nothing uses.",
        "素のリソースで作る。コンストラクトを使うと、どこからも参照されないアドレスの Mapping がテンプレートに残る。",
    )
    yield Let(context.name(owner, part), made, why)


def _destination(context: Context, owner: str, part: str, edge: Edge, bucket: Words) -> Call:
    of = context.node(edge.source)
    logging = STREAM.CloudWatchLoggingOptionsProperty(
        enabled=True,
        log_group_name=context.ref(owner, f"{part}Logs").log_group_name,
        log_stream_name=context.ref(owner, f"{part}LogStream").log_stream_name,
    )
    buffering = STREAM.BufferingHintsProperty(
        interval_in_seconds=firehose_traits.BUFFER_S, size_in_m_bs=firehose_traits.BUFFER_MIB
    )
    return STREAM.ExtendedS3DestinationConfigurationProperty(
        bucket_arn=bucket,
        role_arn=context.ref(owner, f"{part}Role").role_arn,
        prefix=firehose_traits.prefix(of),
        error_output_prefix=firehose_traits.error_prefix(of),
        buffering_hints=buffering,
        compression_format="GZIP",
        cloud_watch_logging_options=logging,
    )


def _encryption(context: Context) -> Call:
    key = key_for(context)
    if key is None:
        return STREAM.DeliveryStreamEncryptionConfigurationInputProperty(key_type="AWS_OWNED_CMK")
    return STREAM.DeliveryStreamEncryptionConfigurationInputProperty(
        key_type="CUSTOMER_MANAGED_CMK", key_arn=key.key_arn
    )


def _statements(context: Context, owner: str, part: str, bucket: Words, source: Ref | None) -> list[Call]:
    group, stream = context.ref(owner, f"{part}Logs"), context.ref(owner, f"{part}LogStream")
    log = Words(group.log_group_arn, ":log-stream:", stream.log_stream_name)
    read = [allow("ReadStream", READ_ACTIONS, [source.stream_arn])] if source is not None else []
    return [
        allow("FindBucket", firehose_traits.BUCKET_ACTIONS, [bucket]),
        allow("PutObjects", firehose_traits.OBJECT_ACTIONS, [Words(*bucket._parts, "/*")]),
        allow("LogErrors", firehose_traits.LOG_ACTIONS, [log]),
        *read,
    ]


@connection(EXTERNAL_PRINCIPALS, "publish", with_trait("sender_actions"))
def stranger_assumes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the other account or the AWS service assume a role that may send, and nothing else."""
    source, target = context.node(edge.source), context.node(edge.target)
    named = context.outside(source.id)
    own = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
    trusted: Call = iam.ServicePrincipal(named, conditions=own)
    if source.service == "other-account":
        trusted = iam.ArnPrincipal(context.root_of(named))
    statement = allow("Send", traits_of(target.service).sender_actions, [context.value_of(target.id, "arn")])
    made = iam.Role(
        THIS,
        context.id(edge.id, "SenderRole"),
        assumed_by=trusted,
        inline_policies={"connections": iam.PolicyDocument(statements=[statement])},
    )
    yield Let(context.name(edge.id, "SenderRole"), made)
    words = Text("Role that the sender assumes", "送信側が引き受けるロール")
    yield output(context, context.id(edge.id, "SenderRoleArn"), context.ref(edge.id, "SenderRole").role_arn, words)
