"""WebSocket APIs of Amazon API Gateway."""

from blueprints.traits import AlarmRule, Curve, Metrics, NodeAttribute, Traits, rates, sums
from blueprints.traits._words import SERVER_ERRORS

TRAITS = Traits(
    service="api-gateway-websocket",
    noun="WebSocketApi",
    public_api=True,
    variables=(NodeAttribute("CONNECTIONS_URL", "connections-url"),),
    metrics=Metrics(
        namespace="AWS/ApiGateway",
        dimensions=(NodeAttribute("ApiId", "id"), NodeAttribute("Stage", "stage")),
        alarms=(AlarmRule("ServerErrorsAlarm", "IntegrationError", "Sum", 5, SERVER_ERRORS),),
        left=sums("ConnectCount", "MessageCount", "IntegrationError"),
        right=(Curve("IntegrationLatency", "p99"),),
    ),
    measures=rates("MessageCount"),
)
