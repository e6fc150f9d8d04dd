"""The limits on connections: the fact or setting that limits each load.

A new limit is a row here; no other module of the budgets depends on services.
"""

from dataclasses import dataclass

from advisor.architecture import BudgetKind
from advisor.sizing.node_updates import QUEUES

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit on edges with one of the verbs, from one of the sources to one of the targets.

    No sources, or no targets, means any. `measure` names the load, `allowed` the id of the fact, or the name
    of the setting, that it may not exceed; `cure` names the words that help.
    """

    kind: BudgetKind
    verbs: Names
    measure: str
    allowed: str
    cure: str
    sources: Names = ()
    targets: Names = ()


HTTP, REST, WEBSOCKET = "api-gateway-http", "api-gateway-rest", "api-gateway-websocket"
APIS = (HTTP, REST, WEBSOCKET)
FUNCTION = ("lambda", "lambda-durable", "lambda-managed-instances", "lambda-microvms", "lambda-web-functions")
CONTAINERS = ("ecs", "eks", "ec2")
MACHINES = ("step-functions-standard", "step-functions-distributed-map", "step-functions-express")
STANDARD = MACHINES[:2]
BUS = ("eventbridge-bus",)
READS, WRITES = ("read", "read-write"), ("write", "read-write")
DATA = ("read", "write", "read-write")

TIMEOUTS = (
    Bound(kind="timeout", verbs=("invoke",), measure="stated run", allowed="patience", cure="answer-later",
          targets=FUNCTION),
    Bound(kind="timeout", verbs=("request",), measure="answer", allowed="apigw-http-timeout", cure="answer-later",
          targets=(HTTP,)),
    Bound(kind="timeout", verbs=("request",), measure="answer", allowed="apigw-rest-timeout", cure="answer-later",
          targets=(REST,)),
    Bound(kind="timeout", verbs=("request",), measure="streamed answer", allowed="apigw-rest-stream-limits",
          cure="answer-later", targets=(REST,)),
    Bound(kind="timeout", verbs=("request",), measure="answer", allowed="apigw-ws-timeout", cure="answer-later",
          targets=(WEBSOCKET,)),
    Bound(kind="timeout", verbs=("request",), measure="answer", allowed="appsync-timeout", cure="answer-later",
          targets=("appsync",)),
    Bound(kind="timeout", verbs=("request",), measure="answer", allowed="lambda-timeout-max", cure="answer-later",
          targets=("lambda-function-url",)),
    Bound(kind="timeout", verbs=("invoke",), measure="function lasts", allowed="front's timeout", cure="answer-later",
          targets=FUNCTION),
    Bound(kind="timeout", verbs=("invoke",), measure="answer", allowed="front's timeout", cure="answer-later",
          targets=CONTAINERS),
    Bound(kind="timeout", verbs=("call",), measure="callee", allowed="caller's timeout", cure="call-later"),
    Bound(kind="timeout", verbs=("consume", "start", "run", "deliver", "stream"), measure="work",
          allowed="function's timeout", cure="run-longer", targets=FUNCTION),
    Bound(kind="timeout", verbs=("start", "consume", "call"), measure="execution", allowed="execution's timeout",
          cure="run-longer", targets=FUNCTION),
    Bound(kind="timeout", verbs=("consume",), measure="hidden", allowed="visibility", cure="hide-longer",
          sources=QUEUES),
    Bound(kind="timeout", verbs=("run",), measure="all attempts", allowed="machine's timeout", cure="fewer-retries",
          sources=MACHINES),
)  # fmt: skip
RETRIES = (
    Bound(kind="retries", verbs=("consume", "start", "run", "deliver", "call"), measure="executions",
          allowed="layers of retries", cure="retry-once"),
    Bound(kind="retention", verbs=("consume",), measure="receives", allowed="retention", cure="keep-longer",
          sources=QUEUES),
    Bound(kind="retention", verbs=("dead-letter",), measure="kept", allowed="retention of what failed",
          cure="keep-failed-longer", sources=QUEUES),
)  # fmt: skip
PAYLOADS = (
    Bound(kind="payload", verbs=("request",), measure="exchange", allowed="apigw-payload", cure="by-reference",
          targets=(REST,)),
    Bound(kind="payload", verbs=("request",), measure="exchange", allowed="apigw-http-payload", cure="by-reference",
          targets=(HTTP,)),
    Bound(kind="payload", verbs=("request",), measure="request", allowed="apigw-ws-message", cure="by-reference",
          targets=(WEBSOCKET,)),
    Bound(kind="payload", verbs=("request",), measure="response", allowed="appsync-resolver-response",
          cure="by-reference", targets=("appsync",)),
    Bound(kind="payload", verbs=("invoke",), measure="exchange", allowed="alb-lambda", cure="by-reference",
          sources=("alb",), targets=FUNCTION),
    Bound(kind="payload", verbs=("invoke",), measure="exchange", allowed="lambda-payload-sync", cure="by-reference",
          sources=(HTTP, REST, "appsync", "lambda-function-url"), targets=FUNCTION),
    Bound(kind="payload", verbs=("invoke",), measure="request", allowed="lambda-payload-sync", cure="by-reference",
          sources=(WEBSOCKET,), targets=FUNCTION),
    Bound(kind="payload", verbs=("call",), measure="asked", allowed="lambda-payload-sync", cure="by-reference",
          targets=FUNCTION),
    Bound(kind="payload", verbs=("call",), measure="asked", allowed="apigw-payload", cure="by-reference",
          targets=(REST,)),
    Bound(kind="payload", verbs=("call",), measure="asked", allowed="apigw-http-payload", cure="by-reference",
          targets=(HTTP,)),
    Bound(kind="payload", verbs=("push",), measure="response", allowed="apigw-ws-message", cure="by-reference",
          targets=(WEBSOCKET,)),
    Bound(kind="payload", verbs=("publish", "deliver"), measure="message", allowed="sqs-message-size",
          cure="by-reference", targets=QUEUES),
    Bound(kind="payload", verbs=("publish",), measure="message", allowed="sns-message-size", cure="larger-messages",
          targets=("sns", "sns-fifo")),
    Bound(kind="payload", verbs=("publish",), measure="message", allowed="firehose-record", cure="by-reference",
          targets=("firehose",)),
    Bound(kind="payload", verbs=("publish",), measure="message", allowed="ses-message-size", cure="by-reference",
          targets=("ses",)),
    Bound(kind="payload", verbs=("publish",), measure="message", allowed="msk-serverless-message-size",
          cure="by-reference", targets=("msk",)),
    Bound(kind="payload", verbs=("publish", "emit"), measure="message", allowed="eb-classic-event-size",
          cure="by-reference", targets=BUS),
    Bound(kind="payload", verbs=("publish",), measure="message", allowed="kinesis-record-default",
          cure="larger-messages", targets=("kinesis",)),
    Bound(kind="payload", verbs=("consume",), measure="batch", allowed="lambda-payload-sync", cure="by-reference",
          sources=(*QUEUES, "kinesis"), targets=FUNCTION),
    Bound(kind="payload", verbs=("stream",), measure="batch", allowed="lambda-payload-sync", cure="by-reference",
          sources=("dynamodb",), targets=FUNCTION),
    Bound(kind="payload", verbs=("deliver", "start", "consume"), measure="message", allowed="lambda-payload-async",
          cure="by-reference", sources=("sns", *BUS, "eventbridge-scheduler"), targets=(*FUNCTION, "function")),
    Bound(kind="payload", verbs=("start",), measure="message", allowed="lambda-payload-sync", cure="by-reference",
          sources=("eventbridge-pipes",), targets=FUNCTION),
    Bound(kind="payload", verbs=("start", "call"), measure="message", allowed="sfn-payload", cure="by-reference",
          targets=MACHINES),
    Bound(kind="payload", verbs=("run",), measure="message", allowed="sfn-payload", cure="by-reference",
          sources=MACHINES, targets=FUNCTION),
    Bound(kind="payload", verbs=("start", "run"), measure="message", allowed="ecs-overrides", cure="by-reference",
          targets=("ecs",)),
    Bound(kind="payload", verbs=("start", "run"), measure="message", allowed="batch-submit-payload",
          cure="by-reference", targets=("batch",)),
    Bound(kind="payload", verbs=DATA, measure="item", allowed="ddb-item", cure="in-objects", targets=("dynamodb",)),
    Bound(kind="payload", verbs=DATA, measure="item", allowed="dsql-row-size", cure="in-objects",
          targets=("aurora-dsql",)),
    Bound(kind="payload", verbs=READS, measure="item", allowed="aurora-data-api-row", cure="in-objects",
          targets=("aurora-serverless",)),
    Bound(kind="payload", verbs=DATA, measure="item", allowed="s3-object-size", cure="in-parts", targets=("s3",)),
    Bound(kind="payload", verbs=("upload",), measure="item", allowed="s3-single-upload", cure="multipart",
          targets=("s3",)),
    Bound(kind="payload", verbs=DATA, measure="item", allowed="efs-file-size", cure="in-parts", targets=("efs",)),
    Bound(kind="payload", verbs=DATA, measure="item", allowed="elasticache-item-size", cure="in-objects",
          targets=("elasticache-serverless",)),
    Bound(kind="payload", verbs=DATA, measure="item", allowed="s3v-metadata", cure="in-objects",
          targets=("s3-vectors",)),
    Bound(kind="payload", verbs=WRITES, measure="request", allowed="ddb-item", cure="in-objects", sources=(REST,),
          targets=("dynamodb",)),
)  # fmt: skip
THROUGHPUTS = (
    Bound(kind="throughput", verbs=("request",), measure="peak", allowed="apigw-throttle-default", cure="raise-quota",
          targets=APIS),
    Bound(kind="throughput", verbs=("publish",), measure="peak", allowed="sns-publish-rate", cure="raise-quota",
          targets=("sns",)),
    Bound(kind="throughput", verbs=("publish",), measure="peak", allowed="sns-fifo-throughput", cure="raise-quota",
          targets=("sns-fifo",)),
    Bound(kind="throughput", verbs=("publish",), measure="peak", allowed="eb-putevents-rate", cure="raise-quota",
          targets=BUS),
    Bound(kind="throughput", verbs=("deliver", "start", "consume"), measure="fan-out", allowed="eb-invocations-rate",
          cure="raise-quota", sources=BUS),
    Bound(kind="throughput", verbs=("publish",), measure="peak", allowed="firehose-direct-put", cure="raise-quota",
          targets=("firehose",)),
    Bound(kind="throughput", verbs=("publish",), measure="peak", allowed="ses-sandbox-rate", cure="leave-sandbox",
          targets=("ses",)),
    Bound(kind="throughput", verbs=("publish",), measure="one order", allowed="sqs-fifo-tps-default",
          cure="order-per-key", targets=("sqs-fifo",)),
    Bound(kind="throughput", verbs=("publish",), measure="many orders", allowed="sqs-fifo-tps-high", cure="raise-quota",
          targets=("sqs-fifo",)),
    Bound(kind="throughput", verbs=("deliver",), measure="peak", allowed="sns-email-rate", cure="digest",
          sources=("sns",), targets=("email",)),
    Bound(kind="throughput", verbs=("deliver",), measure="calls outside", allowed="eb-api-destination-rate", cure="raise-calls",
          sources=BUS, targets=("partner-http", "saas")),
    Bound(kind="throughput", verbs=("start", "call"), measure="peak", allowed="sfn-start-rate-standard",
          cure="start-express", targets=STANDARD),
    Bound(kind="throughput", verbs=("start", "call"), measure="peak", allowed="sfn-start-rate", cure="raise-quota",
          targets=(MACHINES[2],)),
    Bound(kind="throughput", verbs=("start",), measure="peak", allowed="fargate-launch-rate", cure="keep-workers",
          targets=("ecs",)),
    Bound(kind="throughput", verbs=("run",), measure="peak", allowed="fargate-launch-rate", cure="keep-workers",
          sources=MACHINES, targets=("ecs",)),
    Bound(kind="throughput", verbs=("run",), measure="peak", allowed="batch-quotas", cure="array-jobs",
          sources=MACHINES, targets=("batch",)),
    Bound(kind="writes", verbs=WRITES, measure="write units", allowed="ddb-throughput-default", cure="raise-quota",
          targets=("dynamodb",)),
    Bound(kind="throughput", verbs=WRITES, measure="peak", allowed="s3v-write-requests", cure="in-batches",
          targets=("s3-vectors",)),
    Bound(kind="reads", verbs=READS, measure="read units", allowed="ddb-throughput-default", cure="raise-quota",
          targets=("dynamodb",)),
    Bound(kind="writes", verbs=WRITES, measure="writes of shared items", allowed="ddb-partition-writes",
          cure="spread-owners", targets=("dynamodb",)),
    Bound(kind="reads", verbs=READS, measure="scan by one reader", allowed="ddb-partition-reads", cure="export-or-read-in-parts",
          targets=("dynamodb",)),
    Bound(kind="timeout", verbs=READS, measure="pages by one reader", allowed="reader's longest run",
          cure="export-or-read-in-parts", targets=("dynamodb",)),
    Bound(kind="timeout", verbs=READS, measure="rows by one reader", allowed="reader's longest run",
          cure="aggregate-in-sql", targets=("rds", "rds-proxy", "aurora-dsql")),
    Bound(kind="timeout", verbs=READS, measure="answers by one reader", allowed="reader's longest run",
          cure="aggregate-in-sql", targets=("aurora-serverless",)),
    Bound(kind="reads", verbs=READS, measure="scan by all readers", allowed="ddb-throughput-default",
          cure="raise-quota", targets=("dynamodb",)),
    Bound(kind="reads", verbs=("push",), measure="scans of connections", allowed="reads of a new table",
          cure="fewer-connections", targets=(WEBSOCKET,)),
    Bound(kind="reads", verbs=("push",), measure="connections of a user", allowed="ddb-throughput-default",
          cure="raise-quota", targets=(WEBSOCKET,)),
    Bound(kind="read-rate", verbs=READS, measure="bytes by one reader", allowed="s3-connection-rate",
          cure="read-in-parts", targets=("s3",)),
    Bound(kind="read-rate", verbs=READS, measure="bytes by all readers", allowed="storage throughput",
          cure="read-in-parts", targets=("rds", "rds-proxy")),
    Bound(kind="throughput", verbs=("consume",), measure="in flight", allowed="sqs-inflight-standard",
          cure="raise-quota", sources=("sqs",), targets=FUNCTION),
    Bound(kind="throughput", verbs=("consume",), measure="in flight", allowed="sqs-inflight-fifo", cure="shorter-work",
          sources=("sqs-fifo",), targets=FUNCTION),
)  # fmt: skip
CONCURRENCIES = (
    Bound(kind="concurrency", verbs=("invoke", "run", "deliver", "start", "call"), measure="running",
          allowed="lambda-concurrency-default", cure="raise-concurrency", targets=FUNCTION),
    Bound(kind="concurrency", verbs=("consume",), measure="steady", allowed="lambda-concurrency-default",
          cure="shorter-work", sources=QUEUES, targets=FUNCTION),
    Bound(kind="concurrency", verbs=("consume",), measure="steady", allowed="most at once", cure="more-at-once",
          sources=QUEUES, targets=FUNCTION),
    Bound(kind="concurrency", verbs=("consume",), measure="steady", allowed="most at once by assumption",
          cure="more-at-once", sources=QUEUES, targets=FUNCTION),
    Bound(kind="concurrency", verbs=("consume",), measure="steady tasks", allowed="tasks", cure="more-tasks", sources=QUEUES,
          targets=CONTAINERS),
    Bound(kind="concurrency", verbs=("invoke",), measure="busy tasks", allowed="tasks", cure="keep-state-outside",
          targets=("ecs", "eks")),
    Bound(kind="concurrency", verbs=("run",), measure="items at once", allowed="width of the map", cure="wider-map",
          sources=MACHINES[:1], targets=("lambda", "ecs")),
    Bound(kind="concurrency", verbs=("run",), measure="items at once", allowed="width of the map", cure="shorter-items",
          sources=MACHINES[1:2], targets=("lambda", "ecs", "batch")),
    Bound(kind="concurrency", verbs=("start", "run"), measure="vcpus", allowed="fargate-vcpu-quota", cure="raise-quota",
          targets=("ecs",)),
    Bound(kind="concurrency", verbs=("invoke", "consume"), measure="vcpus at most", allowed="fargate-vcpu-quota",
          cure="raise-vcpus", targets=("ecs",)),
)  # fmt: skip
CONNECTIONS = (
    Bound(kind="connections", verbs=DATA, measure="connections", allowed="dsql-connections", cure="raise-quota",
          targets=("aurora-dsql",)),
    Bound(kind="connections", verbs=DATA, measure="connections of all", allowed="connections of the instance", cure="pool",
          targets=("rds",)),
    Bound(kind="idle", verbs=("request",), measure="alive", allowed="apigw-ws-idle", cure="keep-alive",
          targets=(WEBSOCKET,)),
    Bound(kind="idle", verbs=("request",), measure="alive", allowed="idle timeout", cure="keep-alive",
          targets=("alb", "nlb")),
    Bound(kind="idle", verbs=("request",), measure="answer", allowed="idle timeout", cure="answer-later",
          targets=("alb", "nlb")),
    Bound(kind="lifetime", verbs=("request",), measure="open", allowed="apigw-ws-duration", cure="reconnect",
          targets=(WEBSOCKET,)),
    Bound(kind="lifetime", verbs=("request",), measure="open", allowed="appsync-connection-life", cure="reconnect",
          targets=("appsync",)),
)  # fmt: skip
BOUNDS: tuple[Bound, ...] = (*TIMEOUTS, *RETRIES, *PAYLOADS, *THROUGHPUTS, *CONCURRENCIES, *CONNECTIONS)
