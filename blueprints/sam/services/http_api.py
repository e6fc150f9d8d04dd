"""HTTP and WebSocket APIs: the API, its stage and its access log. Routes come from the connections."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.sam.intrinsics import Att, Ref, Sub, Value, joined
from blueprints.sam.registry import itself, service
from blueprints.sam.roles import log_group, role, trust
from blueprints.sam.scope import Json, Scope

DEFAULT_STAGE = "$default"
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "routeKey", "status", "error:error.message")


def access_log(scope: Scope, node: Node, fields: tuple[str, ...] = _LOGGED) -> Json:
    """Add a log group for one line per request, and return a stage's setting for it."""
    group = f"{scope.name(node.id)}AccessLogs"
    log_group(scope, group, node=node.id)
    pairs = [field.split(":") if ":" in field else [field, field] for field in fields]
    line = ",".join(f'"{key}":"$context.{value}"' for key, value in pairs)
    return {"DestinationArn": Att(group, "Arn"), "Format": "{" + line + "}"}


def account_logging(scope: Scope, node: Node) -> str:
    """Let API Gateway write logs in this account (a setting of the account, not of one API); return its id."""
    id = "ApiGatewayAccount"
    if id not in scope.resources:
        policies = ["service-role/AmazonAPIGatewayPushToCloudWatchLogs"]
        assumed = trust("apigateway.amazonaws.com")
        arn = role(scope, "ApiGatewayLogsRole", assumed, [], node=node.id, policies=policies)
        scope.add(id, "AWS::ApiGateway::Account", {"CloudWatchRoleArn": arn}, node=node.id)
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
    arn=lambda scope, node: Sub(
        "arn:${AWS::Partition}:apigateway:${AWS::Region}::/apis/${" + scope.name(node.id) + "}"
    ),
    url=lambda scope, node: _address(scope, node, "https", ""),
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
    properties = {"Name": Sub("${AWS::StackName}-" + id), "ProtocolType": "HTTP", "CorsConfiguration": cors}
    scope.add(id, "AWS::ApiGatewayV2::Api", properties, node=node.id)
    stage = {
        "ApiId": Ref(id),
        "StageName": DEFAULT_STAGE,
        "AutoDeploy": True,
        "DefaultRouteSettings": {"DetailedMetricsEnabled": True, **throttling(node)},
        "AccessLogSettings": access_log(scope, node),
    }
    scope.add(f"{id}Stage", "AWS::ApiGatewayV2::Stage", stage, node=node.id)
    scope.output(f"{id}Url", _address(scope, node, "https", ""), Text("Address of the API", "API の URL"))


def _address(scope: Scope, node: Node, scheme: str, path: str) -> Sub:
    return Sub(scheme + "://${" + scope.name(node.id) + "}.execute-api.${AWS::Region}.${AWS::URLSuffix}" + path)


_STAGE_PATH = "/${Environment}"


@service(
    "api-gateway-websocket",
    id=itself,
    authorizer_name=lambda scope, node: Ref(f"{scope.name(node.id)}AuthorizerFunction"),
    stage=lambda _scope, _node: Ref("Environment"),
    url=lambda scope, node: _address(scope, node, "wss", _STAGE_PATH),
    connections_url=lambda scope, node: _address(scope, node, "https", _STAGE_PATH),
    connections_arn=lambda scope, node: Sub(
        "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${"
        + scope.name(node.id)
        + "}/${Environment}/POST/@connections"
    ),
)
def websocket_api(scope: Scope, node: Node) -> None:
    """A WebSocket API that picks its route by the `action` of a message."""
    id = scope.name(node.id)
    properties = {
        "Name": Sub("${AWS::StackName}-" + id),
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
    scope.add(f"{id}Stage", "AWS::ApiGatewayV2::Stage", stage, node=node.id, depends=[account])
    address = _address(scope, node, "wss", _STAGE_PATH)
    scope.output(f"{id}Url", address, Text("Address of the WebSocket API", "WebSocket API の URL"))


def execution_arn(api: str, path: Value) -> object:
    """Return the ARN of an API's methods, as permissions name them."""
    return joined(Sub("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"), Ref(api), path)
