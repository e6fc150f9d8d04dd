"""WebSocket APIs of Amazon API Gateway."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Curve, Metrics, NamedResource, NodeAttribute, Total, Traits, rates, sums
from blueprints.traits._words import API_GATEWAY, MANY_OF_STATED, SERVER_ERRORS

#: Its metric of messages counts those to the clients too.
#: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html (read 2026-12-01)
_MESSAGES = Total(MANY_OF_STATED)
TRAITS = Traits(
    service="api-gateway-websocket",
    noun="WebSocketApi",
    public_api=True,
    custom_domain=True,
    staged=True,
    log_group=True,
    account_role=True,
    protocol="websocket",
    caller_paths={
        "user-pool": ("requestContext", "authorizer", "principalId"),
        "provider": ("requestContext", "authorizer", "principalId"),
        "credentials": ("requestContext", "identity", "userArn"),
    },
    checked_by_function=("user-pool", "provider"),
    variables=(NodeAttribute("CONNECTIONS_URL", "connections-url"),),
    resources={
        "execute-api:ManageConnections": (
            NamedResource("connections-arn", "/*", Text("open connections of {0}", "{0}の接続")),
        ),
    },
    principal=API_GATEWAY,
    metrics=Metrics(
        namespace="AWS/ApiGateway",
        dimensions=(NodeAttribute("ApiId", "id"), NodeAttribute("Stage", "stage")),
        alarms=(AlarmRule("ServerErrorsAlarm", "IntegrationError", "Sum", 5, SERVER_ERRORS, total=_MESSAGES),),
        left=sums("ConnectCount", "MessageCount", "IntegrationError"),
        right=(Curve("IntegrationLatency", "p99"),),
    ),
    measures=rates("MessageCount"),
)
