"""What the doors of a workload share: who checks callers, which site may call, how long to wait, what is logged."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import Call, Value, Words

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

    The thirtieth second of an HTTP API, which the constructs of CDK do not know, was refused before.
    """
    return cdk.Duration.seconds(min(settings.MOST_WAITED_S, max(1, settings.number(node, "timeout_s"))))


def api_name(context: Context, node: Node) -> Value:
    """Return the name of an API: its deployment's and its own."""
    return Words(cdk.Aws.STACK_NAME, f"-{context.id(node.id)}")
