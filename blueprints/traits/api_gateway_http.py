"""HTTP APIs of Amazon API Gateway."""

from blueprints.traits import MS, AlarmRule, Curve, Measure, Metrics, NodeAttribute, Traits, rates, sums
from blueprints.traits._words import API_GATEWAY, SERVER_ERRORS

TRAITS = Traits(
    service="api-gateway-http",
    noun="Api",
    public_api=True,
    variables=(NodeAttribute("URL", "url"),),
    metrics=Metrics(
        namespace="AWS/ApiGateway",
        dimensions=(NodeAttribute("ApiId", "id"),),
        alarms=(AlarmRule("ServerErrorsAlarm", "5xx", "Sum", 5, SERVER_ERRORS),),
        left=sums("Count", "4xx", "5xx"),
        right=(Curve("Latency", "p99"),),
    ),
    measures={
        "response_s": Measure("Latency", scale=MS),
        "request_bytes": Measure("DataProcessed"),
        "response_bytes": Measure("DataProcessed"),
        **rates("Count"),
    },
    cors="api",
    log_group=True,
    principal=API_GATEWAY,
)
