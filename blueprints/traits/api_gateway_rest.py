"""REST APIs of Amazon API Gateway."""

from advisor.text import Text
from blueprints.traits import MS, AlarmRule, Curve, Measure, Metrics, NodeAttribute, Traits, rates, sums
from blueprints.traits._words import API_GATEWAY, SERVER_ERRORS

TRAITS = Traits(
    service="api-gateway-rest",
    noun="Api",
    public_api=True,
    variables=(NodeAttribute("URL", "url"),),
    cors="handlers",
    metrics=Metrics(
        namespace="AWS/ApiGateway",
        dimensions=(NodeAttribute("ApiName", "name"), NodeAttribute("Stage", "stage")),
        alarms=(AlarmRule("ServerErrorsAlarm", "5XXError", "Sum", 5, SERVER_ERRORS),),
        left=sums("Count", "4XXError", "5XXError"),
        right=(Curve("Latency", "p99"),),
    ),
    measures={
        "response_s": Measure("Latency", scale=MS),
        **rates("Count"),
    },
    cache_cost=Text("Cache of the REST API: per hour", "REST API のキャッシュ: 時間課金"),
    log_group=True,
    staged=True,
    principal=API_GATEWAY,
)
