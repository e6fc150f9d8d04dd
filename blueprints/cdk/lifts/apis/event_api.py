"""AppSync event APIs with their channel namespaces and API keys."""

from collections.abc import Sequence

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.apis.graphql_api import WHY_LOGS, key_expiry
from blueprints.cdk.modules import appsync
from blueprints.cdk.tree import THIS, Call, Do, Expr, Let, Value
from blueprints.values import REGION, Att

_API = "AWS::AppSync::Api"
_KEY = "AWS::AppSync::ApiKey"
_POOL = "AWS::Cognito::UserPool"
_KINDS = {
    "API_KEY": appsync.AppSyncAuthorizationType.API_KEY,
    "AWS_IAM": appsync.AppSyncAuthorizationType.IAM,
    "AMAZON_COGNITO_USER_POOLS": appsync.AppSyncAuthorizationType.USER_POOL,
    "OPENID_CONNECT": appsync.AppSyncAuthorizationType.OIDC,
}
_MODES = {
    "ConnectionAuthModes": "connection_auth_mode_types",
    "DefaultPublishAuthModes": "default_publish_auth_mode_types",
    "DefaultSubscribeAuthModes": "default_subscribe_auth_mode_types",
}


@lift(
    _API,
    ref="api_arn",
    members={"ApiArn": "api_arn", "ApiId": "api_id", "Dns.Http": "http_dns", "Dns.Realtime": "realtime_dns"},
    absorbs=(naming(_KEY, "ApiId"),),
)
def event_api(lifter: Lifter, resource: Resource) -> Statements:
    """An API with its authorization modes for connecting, publishing and subscribing."""
    config = resource.part("EventConfig")
    logs = lifter.value(config.take("LogConfig"))
    providers = config.parts("AuthProviders")
    checked: dict[str, Value] = {"auth_providers": [_provider(lifter, provider) for provider in providers]}
    for name, option in _MODES.items():
        checked[option] = [mode.choose("AuthType", _KINDS) for mode in config.parts(name)]
    _key(resource, resource.properties["EventConfig"]["AuthProviders"])
    construct = appsync.EventApi(
        THIS,
        resource.id,
        api_name=lifter.value(resource.take("Name")),
        authorization_config=appsync.EventApiAuthConfig(**checked),
    )
    yield Let(lifter.name(resource), construct)
    yield Do(lifter.ref(resource).node.default_child.add_property_override("EventConfig.LogConfig", logs), WHY_LOGS)
    yield from key_expiry(lifter, resource)


def _key(resource: Resource, providers: Sequence[object]) -> None:
    """Compare the key with the one that the construct creates if callers use an API key."""
    keys = resource.of_type(_KEY)
    if len(keys) != ({"AuthType": "API_KEY"} in providers):
        resource.refuse("ApiId", [key.id for key in keys])
    for key in keys:
        key.expect("ApiId", Att(resource.id, "ApiId"))


def _provider(lifter: Lifter, provider: Properties) -> Call:
    options: dict[str, Value] = {"authorization_type": provider.choose("AuthType", _KINDS)}
    if "CognitoConfig" in provider:
        config = provider.part("CognitoConfig")
        config.expect("AwsRegion", REGION)
        pool = lifter.construct(config.take("UserPoolId"), _POOL)
        options["cognito_config"] = appsync.AppSyncCognitoConfig(user_pool=pool)
    if "OpenIDConnectConfig" in provider:
        config = provider.part("OpenIDConnectConfig")
        issuer, client = lifter.value(config.take("Issuer")), lifter.value(config.take("ClientId"))
        options["open_id_connect_config"] = appsync.AppSyncOpenIdConnectConfig(oidc_provider=issuer, client_id=client)
    auth_provider: Call = appsync.AppSyncAuthProvider(**options)
    return auth_provider


@lift("AWS::AppSync::ChannelNamespace", ref="channel_namespace_arn")
def channels(lifter: Lifter, resource: Resource) -> Statements:
    """A channel namespace with the authorization modes of its API."""
    api: Expr = lifter.construct(resource.take("ApiId"), _API, "ApiId")
    construct = appsync.ChannelNamespace(THIS, resource.id, api=api, channel_namespace_name=resource.take("Name"))
    yield Let(lifter.name(resource), construct)
