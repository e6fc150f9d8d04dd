"""AppSync event APIs: clients publish to channels and subscribe to them over WebSockets, without a function."""

from advisor.architecture import Edge, Node
from blueprints.parameters.entries import API_KEY_EXPIRY
from blueprints.parts.appsync import LOGS_POLICY, PRINCIPAL
from blueprints.shared.logs import log_group
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, joined

CHANNELS = "default"


@service("appsync-events", id=own("ApiId"), arn=own("ApiArn"), url=lambda scope, node: _address(scope, node))
def event_api(scope: Scope, node: Node) -> None:
    """An API with one channel namespace; its connections add authorization modes, else it takes an API key."""
    id = scope.name(node.id)
    logs = role(scope, f"{id}LogsRole", trust(PRINCIPAL, confined=True), [], node=node.id, policies=[LOGS_POLICY])
    properties: Json = {
        "Name": id,
        "EventConfig": {**_authentication({"AuthType": "API_KEY"}), "LogConfig": _logs(logs)},
    }
    scope.add(id, "AWS::AppSync::Api", properties, node=node.id)
    log_group(scope, f"{id}Logs", node=node.id, name=joined("/aws/appsync/apis/", Att(id, "ApiId")))
    channels = {"ApiId": Att(id, "ApiId"), "Name": CHANNELS}
    scope.add(f"{id}Channels", "AWS::AppSync::ChannelNamespace", channels, node=node.id)
    if not scope.architecture.leaving(node.id, "authorize"):
        key = {"ApiId": Att(id, "ApiId"), "Expires": Ref(API_KEY_EXPIRY.id)}
        scope.add(f"{id}Key", "AWS::AppSync::ApiKey", key, node=node.id)
        scope.output(f"{id}Id", Att(id, "ApiId"), "ID of the API, with which its API key is found")
    scope.output(f"{id}Url", _address(scope, node), "URL for publishing events")
    words = "WebSocket URL for subscriptions"
    scope.output(f"{id}RealtimeUrl", joined("wss://", Att(id, "Dns.Realtime"), "/event/realtime"), words)


def _address(scope: Scope, node: Node) -> object:
    return joined("https://", Att(scope.name(node.id), "Dns.Http"), "/event")


def _logs(role_arn: object) -> Json:
    return {"LogLevel": "ERROR", "CloudWatchLogsRoleArn": role_arn}


def _authentication(provider: Json) -> Json:
    """Return the authorization mode for connecting, publishing and subscribing."""
    mode = [{"AuthType": provider["AuthType"]}]
    return {
        "AuthProviders": [provider],
        "ConnectionAuthModes": mode,
        "DefaultPublishAuthModes": mode,
        "DefaultSubscribeAuthModes": mode,
    }


@connection(["client"], "request", ["appsync-events"])
def clients_connect(scope: Scope, edge: Edge) -> None:
    """Clients reach the API's own addresses."""
    scope.carry(scope.main(edge.target), edge.id)


@connection(["appsync-events"], "authorize", ["cognito"])
def authorizes_user_pool(scope: Scope, edge: Edge) -> None:
    """Authorize users of the user pool."""
    config = {"UserPoolId": Ref(scope.main(edge.target)), "AwsRegion": Ref("AWS::Region")}
    _check(scope, edge, {"AuthType": "AMAZON_COGNITO_USER_POOLS", "CognitoConfig": config})


@connection(["appsync-events"], "authorize", ["oidc"])
def authorizes_oidc_provider(scope: Scope, edge: Edge) -> None:
    """Authorize users of the existing OIDC provider."""
    config = {"Issuer": scope.of(edge.target, "issuer"), "ClientId": scope.of(edge.target, "audience")}
    _check(scope, edge, {"AuthType": "OPENID_CONNECT", "OpenIDConnectConfig": config})
    scope.also(scope.main(edge.source), edge.target)


@connection(["appsync-events"], "authorize", ["iam-auth"])
def authorizes_iam(scope: Scope, edge: Edge) -> None:
    """Authorize IAM callers."""
    _check(scope, edge, {"AuthType": "AWS_IAM"})
    scope.also(scope.main(edge.source), edge.target)


def _check(scope: Scope, edge: Edge, provider: Json) -> None:
    scope.properties(scope.main(edge.source))["EventConfig"].update(_authentication(provider))
    scope.carry(scope.main(edge.source), edge.id)
