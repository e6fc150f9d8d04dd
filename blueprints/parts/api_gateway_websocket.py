"""WebSocket APIs: the API, its stage, its authorizer, and the routes of connections and messages."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.parts.lambda_ import permission
from blueprints.shared.api_gateway import (
    PLAIN_STAGE,
    PRINCIPAL,
    WEBSOCKET,
    access_log,
    api_address,
    custom_domain,
    execution_arn,
    invocation_uri,
    route_authorization,
    route_target,
    stage_checks_signatures,
    throttling,
)
from blueprints.shared.function_releases import alias_of, name_with_alias, version_of
from blueprints.shared.lambda_authorizers import add_authorizer, authorizer_id, function_of, permit_authorizer
from blueprints.shared.open_connections import connection_table, table_arn, table_name
from blueprints.stack.registry import carried, connection, itself, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref, joined, stack_name

_IN_THE_ADDRESS = Text(
    "A WebSocket API does not support Cognito authorizers, and browsers cannot set headers on a WebSocket, so the token is a query parameter.",
    "WebSocket API は Cognito オーソライザーに対応せず、ブラウザは WebSocket にヘッダーを設定できないため、トークンはクエリパラメータで渡します。",
)
_STAGE_PATH = ("/", Ref("Environment"))

carried(["client"], ["request"], [WEBSOCKET], by="target")
carried(["lambda"], ["push"], [WEBSOCKET])


@service(
    WEBSOCKET,
    id=itself,
    authorizer_name=lambda scope, node: Ref(function_of(scope, node.id)),
    authorizer_invoked_name=lambda scope, node: name_with_alias(function_of(scope, node.id)),
    authorizer_version=lambda scope, node: version_of(function_of(scope, node.id)),
    stage=lambda _scope, _node: Ref("Environment"),
    url=lambda scope, node: api_address("wss", scope.name(node.id), *_STAGE_PATH),
    connections_url=lambda scope, node: api_address("https", scope.name(node.id), *_STAGE_PATH),
    connections_arn=lambda scope, node: execution_arn(
        scope.name(node.id), joined("/", Ref("Environment"), "/POST/@connections")
    ),
    connection_table_name=table_name,
    connection_table_arn=table_arn,
)
def websocket_api(scope: Scope, node: Node) -> None:
    """A WebSocket API that picks its route by the `action` of a message."""
    id = scope.name(node.id)
    properties = {
        "Name": stack_name(id),
        "ProtocolType": "WEBSOCKET",
        "RouteSelectionExpression": "$request.body.action",
    }
    scope.add(id, "AWS::ApiGatewayV2::Api", properties, node=node.id)
    stage = {
        "ApiId": Ref(id),
        "StageName": Ref("Environment"),
        "AutoDeploy": True,
        "DefaultRouteSettings": {"DetailedMetricsEnabled": True, **throttling(node)},
        "AccessLogSettings": access_log(scope, node),
    }
    connection_table(scope, node)
    scope.add(f"{id}Stage", "AWS::ApiGatewayV2::Stage", stage, node=node.id, why=PLAIN_STAGE)
    address = api_address("wss", scope.name(node.id), *_STAGE_PATH)
    scope.output(f"{id}Url", address, "URL of the WebSocket API")
    custom_domain(scope, node, "wss", f"{id}Stage")


@connection([WEBSOCKET], "authorize", ["cognito", "oidc"])
def checks_connections(scope: Scope, edge: Edge) -> None:
    """Add the function that checks a connection's token: a WebSocket API does not support user pools."""
    authorizer = add_authorizer(scope, edge)
    api, function = scope.main(edge.source), authorizer_id(scope, authorizer)
    properties = {
        "ApiId": Ref(api),
        "Name": "tokens",
        "AuthorizerType": "REQUEST",
        "IdentitySource": ["route.request.querystring.token"],
        "AuthorizerUri": invocation_uri(alias_of(function)),
    }
    scope.add(f"{api}Authorizer", "AWS::ApiGatewayV2::Authorizer", properties, edge=edge.id, why=_IN_THE_ADDRESS)
    permit_authorizer(scope, authorizer, joined("/authorizers/", Ref(f"{api}Authorizer")))
    if scope.architecture.node(edge.target).service == "oidc":
        scope.also(f"{api}Authorizer", edge.target)


connection([WEBSOCKET], "authorize", ["iam-auth"])(stage_checks_signatures)


@connection([WEBSOCKET], "invoke", ["lambda"])
def invokes_for_messages(scope: Scope, edge: Edge) -> None:
    """Integrate the function for connections and messages."""
    api = scope.main(edge.source)
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": invocation_uri(scope.of(edge.target, "arn")),
    }
    integration_id = f"{api}Integration"
    scope.add(integration_id, "AWS::ApiGatewayV2::Integration", integration, edge=edge.id)
    auth = route_authorization(scope, scope.architecture.node(edge.source))
    for word in ("connect", "disconnect", "default"):
        # A WebSocket API checks callers when they connect, and only then.
        authorization = auth if word == "connect" else {"AuthorizationType": "NONE"}
        route = {"ApiId": Ref(api), "RouteKey": f"${word}", **authorization, "Target": route_target(integration_id)}
        scope.add(f"{api}{word.title()}Route", "AWS::ApiGatewayV2::Route", route, edge=edge.id)
        id, source = f"{scope.name(edge.id)}{word.title()}Permission", execution_arn(api, f"/*${word}")
        permission(scope, id, edge.target, PRINCIPAL, source, edge.id)
