"""Event APIs: clients publish to channels and subscribe to them over WebSockets, without code between."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.entry import identity_of
from blueprints.cdk.fragments.graphql_api import LOGS_POLICY, PRINCIPAL
from blueprints.cdk.modules import appsync
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Statement, Value, Words

CHANNELS = "default"

granted(("client",), ("request",), ("appsync-events",))
granted(("appsync-events",), ("authorize",), ("cognito", "oidc", "iam-auth"))


@service("appsync-events")
def event_api(context: Context, node: Node) -> Iterator[Statement]:
    """Make the API with its log and one namespace of channels; callers are checked alike whatever they do."""
    yield context.role(node.id, PRINCIPAL, (), "LogsRole", policies=(LOGS_POLICY,), confined=True)
    provider = _provider(context, node)
    modes = [_kind(context, node)]
    checked = appsync.EventApiAuthConfig(
        auth_providers=[provider],
        connection_auth_mode_types=modes,
        default_publish_auth_mode_types=modes,
        default_subscribe_auth_mode_types=modes,
    )
    made = appsync.EventApi(THIS, context.id(node.id), api_name=context.id(node.id), authorization_config=checked)
    yield Let(context.name(node.id), made)
    api = context.ref(node.id)
    config: dict[str, Value] = {
        "LogLevel": "ERROR",
        "CloudWatchLogsRoleArn": context.ref(node.id, "LogsRole").role_arn,
    }
    why = Text(
        "Set on the resource itself: `log_config` would add a function that sets the log's retention.",
        "リソースに直接設定する。log_config を使うと、ログの保持期間を設定する関数が追加される。",
    )
    yield Do(api.node.default_child.add_property_override("EventConfig.LogConfig", config), why)
    yield log_group(context, node.id, name=Words("/aws/appsync/apis/", api.api_id))
    channels = appsync.ChannelNamespace(THIS, context.id(node.id, "Channels"), api=api, channel_namespace_name=CHANNELS)
    yield Let(context.name(node.id, "Channels"), channels)
    address = Words("https://", api.http_dns, "/event")
    yield output(context, context.id(node.id, "Url"), address, Text("Address to publish to", "イベントの発行先 URL"))
    words = Text("Address to subscribe at", "購読用の WebSocket の URL")
    socket = Words("wss://", api.realtime_dns, "/event/realtime")
    yield output(context, context.id(node.id, "RealtimeUrl"), socket, words)


def _kind(context: Context, node: Node) -> Value:
    identity, kinds = identity_of(context, node.id), appsync.AppSyncAuthorizationType
    known = {"cognito": kinds.USER_POOL, "oidc": kinds.OIDC, "iam-auth": kinds.IAM}
    return kinds.API_KEY if identity is None else known[identity.service]


def _provider(context: Context, node: Node) -> Call:
    identity = identity_of(context, node.id)
    options: dict[str, Value] = {"authorization_type": _kind(context, node)}
    if identity is not None and identity.service == "cognito":
        options["cognito_config"] = appsync.AppSyncCognitoConfig(user_pool=context.ref(identity.id))
    if identity is not None and identity.service == "oidc":
        options["open_id_connect_config"] = appsync.AppSyncOpenIdConnectConfig(
            oidc_provider=context.value_of(identity.id, "issuer"), client_id=context.value_of(identity.id, "audience")
        )
    made: Call = appsync.AppSyncAuthProvider(**options)
    return made
