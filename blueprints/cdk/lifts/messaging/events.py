"""Event buses and their rules, and the addresses outside AWS that rules call."""

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, plain
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.modules import events
from blueprints.cdk.tree import THIS, Do, Let, Value
from blueprints.values import SecretValue

_CONNECTION = "AWS::Events::Connection"
_SECRET = "AWS::SecretsManager::Secret"
_KEY = Text(
    "The construct's own option would add a second statement to the policy of the key, which lets EventBridge use it already.",
    "コンストラクトのオプションを使うとキーポリシーにステートメントが追加されますが、EventBridge には既にキーの使用を許可しています。",
)
_METHODS = {"POST": events.HttpMethod.POST}

plain(
    "AWS::Events::Rule",
    Text(
        "An L1 construct: the L2 constructs for targets would grant more permissions than required.",
        "L1 コンストラクトを使います。ターゲットの L2 コンストラクトは必要以上の権限を付与します。",
    ),
)


@lift("AWS::Events::EventBus", ref="event_bus_name", members={"Arn": "event_bus_arn", "Name": "event_bus_name"})
def bus(lifter: Lifter, resource: Resource) -> Statements:
    """A bus of the workload's own, or that of a partner's event source, which has the source's name."""
    name = resource.take("Name")
    options: dict[str, Value] = {"event_bus_name": lifter.value(name)}
    if "EventSourceName" in resource:
        resource.expect("EventSourceName", name)
        options = {"event_source_name": lifter.value(name)}
    yield Let(lifter.name(resource), events.EventBus(THIS, resource.id, **options))
    if "KmsKeyIdentifier" in resource:
        key_arn = lifter.value(resource.take("KmsKeyIdentifier"))
        yield Do(lifter.ref(resource).node.default_child.add_property_override("KmsKeyIdentifier", key_arn), _KEY)


@lift(_CONNECTION, ref="connection_name", members={"Arn": "connection_arn"})
def connection(lifter: Lifter, resource: Resource) -> Statements:
    """An EventBridge connection with an API key from a secret, in a header."""
    resource.expect("AuthorizationType", "API_KEY")
    parameters = resource.part("AuthParameters").part("ApiKeyAuthParameters")
    header, value = parameters.take("ApiKeyName"), parameters.take("ApiKeyValue")
    if not isinstance(value, SecretValue):
        parameters.refuse("ApiKeyValue", value)
    secret = lifter.construct(value.secret, _SECRET)
    authorization = events.Authorization.api_key(header, secret.secret_value)
    yield Let(lifter.name(resource), events.Connection(THIS, resource.id, authorization=authorization))


@lift("AWS::Events::ApiDestination", ref="api_destination_name", members={"Arn": "api_destination_arn"})
def api_destination(lifter: Lifter, resource: Resource) -> Statements:
    """An address that rules call."""
    construct = events.ApiDestination(
        THIS,
        resource.id,
        connection=lifter.construct(resource.take("ConnectionArn"), _CONNECTION, "Arn"),
        endpoint=lifter.value(resource.take("InvocationEndpoint")),
        http_method=resource.choose("HttpMethod", _METHODS),
        rate_limit_per_second=resource.take("InvocationRateLimitPerSecond"),
    )
    yield Let(lifter.name(resource), construct)
