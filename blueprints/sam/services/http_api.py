"""HTTP and WebSocket APIs: the API, its stage and its access log. Routes come from the connections."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.json_text import JsonText
from blueprints.registry import itself, service
from blueprints.sam.roles import log_group, role, trust
from blueprints.scope import Json, Scope
from blueprints.values import DOMAIN, REGION, Att, Ref, Value, arn, joined, stack_name

DEFAULT_STAGE = "$default"
_PLAIN_STAGE = Text(
    "The stage as a plain resource: its construct takes no access log in Python.",
    "ステージは素のリソースで作る。Python のコンストラクトではアクセスログを設定できない。",
)
_ACCOUNT = Text(
    "Without it, a stage with an access log is refused in an account that never had one.",
    "これがないと、初めてのアカウントではアクセスログ付きのステージを作成できない。",
)
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "routeKey", "status", "error:error.message")


def access_log(scope: Scope, node: Node, fields: tuple[str, ...] = _LOGGED) -> Json:
    """Add a log group for one line per request, and return a stage's setting for it."""
    group = f"{scope.name(node.id)}AccessLogs"
    log_group(scope, group, node=node.id)
    pairs = [field.split(":") if ":" in field else [field, field] for field in fields]
    line = JsonText({key: f"$context.{value}" for key, value in pairs}, "compact")
    return {"DestinationArn": Att(group, "Arn"), "Format": line}


def account_logging(scope: Scope, node: Node) -> str:
    """Let API Gateway write logs in this account (a setting of the account, not of one API); return its id."""
    id = "ApiGatewayAccount"
    if id not in scope.resources:
        policies = ["service-role/AmazonAPIGatewayPushToCloudWatchLogs"]
        assumed = trust("apigateway.amazonaws.com")
        writer = role(scope, "ApiGatewayLogsRole", assumed, [], node=node.id, policies=policies)
        scope.add(id, "AWS::ApiGateway::Account", {"CloudWatchRoleArn": writer}, node=node.id, why=_ACCOUNT)
    return id


def origin(scope: Scope) -> object:
    """Return the one origin that browsers may call from: the workload's own site, or a parameter."""
    if scope.has("AllowedOrigin"):
        return Ref("AllowedOrigin")
    if scope.has("DomainName"):
        return joined("https://", Ref("DomainName"))
    sites = scope.architecture.of_service("cloudfront")
    return joined("https://", scope.of(sites[0].id, "domain"))


def throttling(node: Node) -> Json:
    """Return how many requests are let through."""
    return {
        "ThrottlingRateLimit": settings.number(node, "throttle_rate"),
        "ThrottlingBurstLimit": settings.number(node, "throttle_burst"),
    }


@service(
    "api-gateway-http",
    id=itself,
    name=itself,
    arn=lambda scope, node: arn("apigateway", joined("/apis/", Ref(scope.name(node.id))), account=""),
    url=lambda scope, node: _address(scope, node, "https"),
)
def http_api(scope: Scope, node: Node) -> None:
    """An HTTP API with CORS for one origin, throttling and an access log."""
    id = scope.name(node.id)
    cors = {
        "AllowOrigins": [origin(scope)],
        "AllowMethods": ["GET", "POST", "PUT", "DELETE"],
        "AllowHeaders": ["authorization", "content-type"],
        "MaxAge": 3600,
    }
    properties = {"Name": stack_name(id), "ProtocolType": "HTTP", "CorsConfiguration": cors}
    scope.add(id, "AWS::ApiGatewayV2::Api", properties, node=node.id)
    stage = {
        "ApiId": Ref(id),
        "StageName": DEFAULT_STAGE,
        "AutoDeploy": True,
        "DefaultRouteSettings": {"DetailedMetricsEnabled": True, **throttling(node)},
        "AccessLogSettings": access_log(scope, node),
    }
    scope.add(f"{id}Stage", "AWS::ApiGatewayV2::Stage", stage, node=node.id, why=_PLAIN_STAGE)
    scope.output(f"{id}Url", _address(scope, node, "https"), Text("Address of the API", "API の URL"))


def _address(scope: Scope, node: Node, scheme: str, *path: Value) -> Value:
    return api_address(scheme, scope.name(node.id), *path)


def api_address(scheme: str, api: str, *path: Value) -> Value:
    """Return the address that API Gateway gives an API."""
    return joined(f"{scheme}://", Ref(api), ".execute-api.", REGION, ".", DOMAIN, *path)


_STAGE_PATH = ("/", Ref("Environment"))


@service(
    "api-gateway-websocket",
    id=itself,
    authorizer_name=lambda scope, node: Ref(f"{scope.name(node.id)}AuthorizerFunction"),
    stage=lambda _scope, _node: Ref("Environment"),
    url=lambda scope, node: _address(scope, node, "wss", *_STAGE_PATH),
    connections_url=lambda scope, node: _address(scope, node, "https", *_STAGE_PATH),
    connections_arn=lambda scope, node: execution_arn(
        scope.name(node.id), joined("/", Ref("Environment"), "/POST/@connections")
    ),
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
    account = account_logging(scope, node)
    stage = {
        "ApiId": Ref(id),
        "StageName": Ref("Environment"),
        "AutoDeploy": True,
        "DefaultRouteSettings": {"DetailedMetricsEnabled": True, **throttling(node)},
        "AccessLogSettings": access_log(scope, node),
    }
    scope.add(f"{id}Stage", "AWS::ApiGatewayV2::Stage", stage, node=node.id, depends=[account], why=_PLAIN_STAGE)
    address = _address(scope, node, "wss", *_STAGE_PATH)
    scope.output(f"{id}Url", address, Text("Address of the WebSocket API", "WebSocket API の URL"))


def execution_arn(api: str, path: Value) -> Value:
    """Return the ARN of an API's methods, as permissions name them."""
    return arn("execute-api", joined(Ref(api), path))
