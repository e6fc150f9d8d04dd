"""Which fact or setting bounds what on which connection. A new bound is a row here; nothing else asks about services."""

from dataclasses import dataclass

from advisor.architecture import BudgetKind
from advisor.sizing.node_updates import QUEUES

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """Edges with one of the verbs, from one of the sources to one of the targets, are bounded.

    No sources, or no targets, means any. `measure` names what is measured, `allowed` the id of the fact, or the name
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
    Bound("timeout", ("request",), "front waits", "patience", "wait-longer", ("client",)),
    Bound("timeout", ("request",), "answer", "apigw-http-timeout", "answer-later", targets=(HTTP,)),
    Bound("timeout", ("request",), "answer", "apigw-rest-timeout", "answer-later", targets=(REST,)),
    Bound("timeout", ("request",), "streamed answer", "apigw-rest-stream-limits", "answer-later", targets=(REST,)),
    Bound("timeout", ("request",), "answer", "apigw-ws-timeout", "answer-later", targets=(WEBSOCKET,)),
    Bound("timeout", ("request",), "answer", "appsync-timeout", "answer-later", targets=("appsync",)),
    Bound("timeout", ("request",), "answer", "lambda-timeout-max", "answer-later", targets=("lambda-function-url",)),
    Bound("timeout", ("invoke",), "function lasts", "front's timeout", "answer-later", targets=FUNCTION),
    Bound("timeout", ("invoke",), "answer", "front's timeout", "answer-later", targets=CONTAINERS),
    Bound("timeout", ("call",), "callee", "caller's timeout", "call-later"),
    Bound("timeout", ("consume", "start", "run", "deliver", "stream"), "work", "function's timeout", "run-longer",
          targets=FUNCTION),
    Bound("timeout", ("start", "consume", "call"), "execution", "execution's timeout", "run-longer", targets=FUNCTION),
    Bound("timeout", ("consume",), "hidden", "visibility", "hide-longer", QUEUES),
    Bound("timeout", ("run",), "all attempts", "machine's timeout", "fewer-retries", MACHINES),
)  # fmt: skip
RETRIES = (
    Bound("retries", ("consume", "start", "run", "deliver", "call"), "executions", "layers of retries", "retry-once"),
    Bound("retention", ("consume",), "receives", "retention", "keep-longer", QUEUES),
    Bound("retention", ("dead-letter",), "kept", "retention of what failed", "keep-failed-longer", QUEUES),
)
PAYLOADS = (
    Bound("payload", ("request",), "exchange", "apigw-payload", "by-reference", targets=(HTTP, REST)),
    Bound("payload", ("request",), "request", "apigw-ws-message", "by-reference", targets=(WEBSOCKET,)),
    Bound("payload", ("request",), "response", "appsync-resolver-response", "by-reference", targets=("appsync",)),
    Bound("payload", ("invoke",), "exchange", "alb-lambda", "by-reference", ("alb",), FUNCTION),
    Bound("payload", ("invoke",), "exchange", "lambda-payload-sync", "by-reference",
          (HTTP, REST, "appsync", "lambda-function-url"), FUNCTION),
    Bound("payload", ("invoke",), "request", "lambda-payload-sync", "by-reference", (WEBSOCKET,), FUNCTION),
    Bound("payload", ("call",), "asked", "lambda-payload-sync", "by-reference", targets=FUNCTION),
    Bound("payload", ("call",), "asked", "apigw-payload", "by-reference", targets=(HTTP, REST)),
    Bound("payload", ("push",), "pushed", "apigw-ws-message", "by-reference", targets=(WEBSOCKET,)),
    Bound("payload", ("publish", "deliver"), "message", "sqs-message-size", "by-reference", targets=QUEUES),
    Bound("payload", ("publish",), "message", "sns-message-size", "larger-messages", targets=("sns", "sns-fifo")),
    Bound("payload", ("publish",), "message", "firehose-record", "by-reference", targets=("firehose",)),
    Bound("payload", ("publish",), "message", "ses-message-size", "by-reference", targets=("ses",)),
    Bound("payload", ("publish",), "message", "msk-serverless-message-size", "by-reference", targets=("msk",)),
    Bound("payload", ("publish", "emit"), "message", "eb-classic-event-size", "by-reference", targets=BUS),
    Bound("payload", ("publish",), "message", "kinesis-record-default", "larger-messages", targets=("kinesis",)),
    Bound("payload", ("consume",), "batch", "lambda-payload-sync", "by-reference", (*QUEUES, "kinesis"), FUNCTION),
    Bound("payload", ("stream",), "batch", "lambda-payload-sync", "by-reference", ("dynamodb",), FUNCTION),
    Bound("payload", ("deliver", "start", "consume"), "message", "lambda-payload-async", "by-reference",
          ("sns", *BUS, "eventbridge-scheduler"), (*FUNCTION, "function")),
    Bound("payload", ("start",), "message", "lambda-payload-sync", "by-reference", ("eventbridge-pipes",), FUNCTION),
    Bound("payload", ("start",), "message", "sfn-payload", "by-reference", targets=MACHINES),
    Bound("payload", ("run",), "message", "sfn-payload", "by-reference", MACHINES),
    Bound("payload", DATA, "item", "ddb-item", "in-objects", targets=("dynamodb",)),
    Bound("payload", DATA, "item", "dsql-row-size", "in-objects", targets=("aurora-dsql",)),
    Bound("payload", READS, "item", "aurora-data-api", "in-objects", targets=("aurora-serverless",)),
    Bound("payload", DATA, "item", "s3-object-size", "in-parts", targets=("s3",)),
    Bound("payload", DATA, "item", "efs-file-size", "in-parts", targets=("efs",)),
    Bound("payload", DATA, "item", "elasticache-item-size", "in-objects", targets=("elasticache-serverless",)),
    Bound("payload", WRITES, "request", "ddb-item", "in-objects", (REST,), ("dynamodb",)),
)  # fmt: skip
THROUGHPUTS = (
    Bound("throughput", ("request",), "peak", "apigw-throttle-default", "raise-quota", targets=APIS),
    Bound("throughput", ("publish",), "peak", "sns-publish-rate", "raise-quota", targets=("sns",)),
    Bound("throughput", ("publish",), "peak", "sns-fifo-throughput", "raise-quota", targets=("sns-fifo",)),
    Bound("throughput", ("publish",), "peak", "eb-putevents-rate", "raise-quota", targets=BUS),
    Bound("throughput", ("deliver", "start", "consume"), "fan-out", "eb-invocations-rate", "raise-quota", BUS),
    Bound("throughput", ("publish",), "peak", "firehose-direct-put", "raise-quota", targets=("firehose",)),
    Bound("throughput", ("publish",), "peak", "ses-sandbox-rate", "leave-sandbox", targets=("ses",)),
    Bound("throughput", ("publish",), "one order", "sqs-fifo-tps-default", "order-per-key", targets=("sqs-fifo",)),
    Bound("throughput", ("publish",), "many orders", "sqs-fifo-tps-high", "raise-quota", targets=("sqs-fifo",)),
    Bound("throughput", ("deliver",), "peak", "sns-email-rate", "digest", ("sns",), ("email",)),
    Bound("throughput", ("deliver",), "peak", "eb-api-destination-rate", "raise-quota", BUS, ("partner-http", "saas")),
    Bound("throughput", ("start", "call"), "peak", "sfn-start-rate-standard", "start-express", targets=STANDARD),
    Bound("throughput", ("start", "call"), "peak", "sfn-start-rate", "raise-quota", targets=(MACHINES[2],)),
    Bound("throughput", ("start",), "peak", "fargate-launch-rate", "keep-workers", targets=("ecs",)),
    Bound("throughput", ("run",), "peak", "fargate-launch-rate", "keep-workers", MACHINES, ("ecs",)),
    Bound("throughput", ("run",), "peak", "batch-quotas", "array-jobs", MACHINES, ("batch",)),
    Bound("throughput", WRITES, "write units", "ddb-throughput-default", "raise-quota", targets=("dynamodb",)),
    Bound("throughput", READS, "read units", "ddb-throughput-default", "raise-quota", targets=("dynamodb",)),
    Bound("throughput", ("consume",), "in flight", "sqs-inflight-standard", "raise-quota", ("sqs",), FUNCTION),
    Bound("throughput", ("consume",), "in flight", "sqs-inflight-fifo", "shorter-work", ("sqs-fifo",), FUNCTION),
)
CONCURRENCIES = (
    Bound("concurrency", ("invoke", "run", "deliver", "start", "call"), "running", "lambda-concurrency-default",
          "raise-concurrency", targets=FUNCTION),
    Bound("concurrency", ("consume",), "steady", "lambda-concurrency-default", "shorter-work", QUEUES, FUNCTION),
    Bound("concurrency", ("consume",), "steady", "tasks", "more-tasks", QUEUES, CONTAINERS),
    Bound("concurrency", ("start", "run"), "vcpus", "fargate-vcpu-quota", "raise-quota", targets=("ecs",)),
)  # fmt: skip
CONNECTIONS = (
    Bound("connections", DATA, "connections", "dsql-connections", "raise-quota", targets=("aurora-dsql",)),
    Bound("connections", DATA, "connections", "rds-postgresql-connections", "pool", targets=("rds",)),
    Bound("idle", ("request",), "alive", "apigw-ws-idle", "keep-alive", targets=(WEBSOCKET,)),
    Bound("idle", ("request",), "alive", "idle timeout", "keep-alive", targets=("alb", "nlb")),
    Bound("idle", ("request",), "answer", "idle timeout", "answer-later", targets=("alb", "nlb")),
    Bound("lifetime", ("request",), "open", "apigw-ws-duration", "reconnect", targets=(WEBSOCKET,)),
    Bound("lifetime", ("request",), "open", "appsync-connection-life", "reconnect", targets=("appsync",)),
)
BOUNDS: tuple[Bound, ...] = (*TIMEOUTS, *RETRIES, *PAYLOADS, *THROUGHPUTS, *CONCURRENCIES, *CONNECTIONS)
