"""REST APIs of Amazon API Gateway."""

from advisor.text import Text
from blueprints.traits import (
    MS,
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Resolver,
    Total,
    Traits,
    late_answers,
    rates,
    setting,
    sums,
)
from blueprints.traits._words import API_GATEWAY, MANY_SERVER_ERRORS, SERVER_ERRORS

#: Each request is one sample of the metric, whatever its value is.
#: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html (read 2026-12-01)
_REQUESTS = Total(MANY_SERVER_ERRORS, "Count", "SampleCount")
#: How long the cache of a stage keeps a response, in seconds.
CACHE_S = 60
#: The longest integration timeout without an increase of the quota, in seconds.
#: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html (read 2026-11-25)
TIMEOUT_S = 29
TRAITS = Traits(
    service="api-gateway-rest",
    noun="Api",
    public_api=True,
    custom_domain=True,
    private_endpoint=True,
    staged=True,
    log_group=True,
    account_role=True,
    protocol="http",
    cors="handlers",
    caller_paths={
        "user-pool": ("requestContext", "authorizer", "claims", "sub"),
        "provider": ("requestContext", "authorizer", "principalId"),
        "credentials": ("requestContext", "identity", "userArn"),
    },
    claims_paths={
        "user-pool": ("requestContext", "authorizer", "claims"),
        "provider": ("requestContext", "authorizer"),
    },
    checked_by_function=("provider",),
    own_authorizer=True,
    sets_tenants=True,
    resolver=Resolver("APIGatewayRestResolver", "API_GATEWAY_REST"),
    client=Client("call", "http"),
    variables=(NodeAttribute("BASE_URL", "url"),),
    principal=API_GATEWAY,
    metrics=Metrics(
        namespace="AWS/ApiGateway",
        dimensions=(NodeAttribute("ApiName", "name"), NodeAttribute("Stage", "stage")),
        alarms=(
            AlarmRule("ServerErrorsAlarm", "5XXError", "Sum", 5, SERVER_ERRORS, total=_REQUESTS),
            late_answers("Latency", MS),
        ),
        left=sums("Count", "4XXError", "5XXError"),
        right=(Curve("Latency", "p99"),),
        refused="4XXError",
    ),
    measures={
        "response_s": Measure("Latency", scale=MS, limit=setting("timeout_s")),
        **rates("Count"),
    },
    cache_cost=Text("Cache of the REST API: per hour", "REST API のキャッシュ: 時間課金"),
)
