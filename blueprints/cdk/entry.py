"""What the doors of a workload share: who checks callers, which site may call, how long to wait, what is logged."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import Call, Value, Words
from blueprints.errors import Unsupported

_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "routeKey", "status", "error:error.message")


def access_log_format(fields: tuple[str, ...] = _LOGGED) -> str:
    """Return the line that an API logs for each request, as JSON."""
    pairs = [field.split(":") if ":" in field else [field, field] for field in fields]
    return "{" + ",".join(f'"{key}":"$context.{value}"' for key, value in pairs) + "}"


def identity_of(context: Context, entry: str) -> Node | None:
    """Return the node that checks the callers of an entry, or None when anybody may call."""
    checking = context.architecture.leaving(entry, "authorize")
    return context.node(checking[0].target) if checking else None


def patience(node: Node) -> Call:
    """Return how long an API waits for its integration: as long as its caller does.

    Unsupported for the thirtieth second of an HTTP API, which the constructs of CDK do not know.
    """
    if float(str(node.settings.get("timeout_s", 0))) > settings.MOST_WAITED_S:
        raise Unsupported(node.id, _TOO_LONG)
    return cdk.Duration.seconds(min(settings.MOST_WAITED_S, max(1, settings.number(node, "timeout_s"))))


_TOO_LONG = Text(
    "CDK lets an API wait 29 s at most; let the answer take 29 s, or choose AWS SAM, which knows the 30 s of HTTP APIs.",
    "CDK では API の待ち時間は最大 29 秒です。応答期限を 29 秒以内にするか、HTTP API の 30 秒に対応する AWS SAM を選んでください。",
)


def api_name(context: Context, node: Node) -> Value:
    """Return the name of an API: its deployment's and its own."""
    return Words(cdk.Aws.STACK_NAME, f"-{context.id(node.id)}")
