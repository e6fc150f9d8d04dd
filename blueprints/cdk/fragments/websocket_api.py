"""WebSocket APIs: a connection's token is checked by a function, its messages go to another."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.entry import api_name, identity_of
from blueprints.cdk.fragments.authorizers import FUNCTION, checking_function
from blueprints.cdk.fragments.http_api import stage
from blueprints.cdk.modules import apigatewayv2, authorizers, cdk, integrations
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Do, Expr, Let, Ref, Statement, Value, Words

SERVICE = "api-gateway-websocket"
granted(("client",), ("request",), (SERVICE,))
granted((SERVICE,), ("authorize",), ("cognito", "oidc", "iam-auth"))
granted(("lambda",), ("push",), (SERVICE,))


@service(SERVICE)
def api(context: Context, node: Node) -> Iterator[Statement]:
    """Make the API, which picks a route by the `action` of a message, its stage and its authoriser."""
    made = apigatewayv2.WebSocketApi(
        THIS,
        context.id(node.id),
        api_name=api_name(context, node),
        route_selection_expression="$request.body.action",
    )
    yield Let(context.name(node.id), made)
    yield log_group(context, node.id, "AccessLogs")
    options = stage(context, node, context.parameter("Environment"))
    why = Text(
        "The stage as a plain resource: its construct takes no access log in Python.",
        "ステージは素のリソースで作る。Python のコンストラクトではアクセスログを設定できない。",
    )
    yield Let(context.name(node.id, "Stage"), apigatewayv2.CfnStage(THIS, context.id(node.id, "Stage"), **options), why)
    yield Do(context.ref(node.id, "Stage").add_resource_dependency(Ref("api_gateway_account")))
    yield from _authorizer(context, node)
    host = (".execute-api.", cdk.Aws.REGION, ".", cdk.Aws.URL_SUFFIX, "/")
    address = Words("wss://", context.ref(node.id).api_id, *host, context.parameter("Environment"))
    words = Text("Address of the WebSocket API", "WebSocket API の URL")
    yield output(context, context.id(node.id, "Url"), address, words)


def _authorizer(context: Context, node: Node) -> Iterator[Statement]:
    identity = identity_of(context, node.id)
    if identity is None:
        return
    made: Expr = authorizers.WebSocketIamAuthorizer()
    if identity.service != "iam-auth":
        yield from checking_function(context, node.id)
        made = authorizers.WebSocketLambdaAuthorizer(
            context.id(node.id, "Authorizer"),
            context.ref(node.id, FUNCTION),
            identity_source=["route.request.querystring.token"],
        )
    why = Text(
        "A WebSocket API knows no user pools, and a browser sends no header: the token is in the address.",
        "WebSocket API はユーザープールを扱えず、ブラウザーはヘッダーを送れないため、トークンは URL で渡す。",
    )
    yield Let(context.name(node.id, "Authorizer"), made, why)


@connection((SERVICE,), "invoke", ("lambda",))
def invoke(context: Context, edge: Edge) -> Iterator[Statement]:
    """Hand connections and messages to the function. Callers are checked when they connect, and only then."""
    id = context.id(edge.source, "Integration")
    yield Let(
        context.name(edge.source, "Integration"), integrations.WebSocketLambdaIntegration(id, context.ref(edge.target))
    )
    for word in ("connect", "disconnect", "default"):
        options: dict[str, Value] = {"integration": context.ref(edge.source, "Integration")}
        if word == "connect" and identity_of(context, edge.source) is not None:
            options["authorizer"] = context.ref(edge.source, "Authorizer")
        yield Do(context.ref(edge.source).add_route(f"${word}", **options))
