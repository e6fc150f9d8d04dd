"""HTTP APIs of Amazon API Gateway."""

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
TRAITS = Traits(
    service="api-gateway-http",
    noun="Api",
    public_api=True,
    custom_domain=True,
    log_group=True,
    protocol="http",
    cors="api",
    caller_paths={
        "user-pool": ("requestContext", "authorizer", "jwt", "claims", "sub"),
        "provider": ("requestContext", "authorizer", "jwt", "claims", "sub"),
        "credentials": ("requestContext", "authorizer", "iam", "userArn"),
    },
    claims_paths={
        "user-pool": ("requestContext", "authorizer", "jwt", "claims"),
        "provider": ("requestContext", "authorizer", "jwt", "claims"),
    },
    resolver=Resolver("APIGatewayHttpResolver", "API_GATEWAY_HTTP"),
    client=Client("call", "http"),
    variables=(NodeAttribute("BASE_URL", "url"),),
    principal=API_GATEWAY,
    metrics=Metrics(
        namespace="AWS/ApiGateway",
        dimensions=(NodeAttribute("ApiId", "id"),),
        alarms=(
            AlarmRule("ServerErrorsAlarm", "5xx", "Sum", 5, SERVER_ERRORS, total=_REQUESTS),
            late_answers("Latency", MS),
        ),
        left=sums("Count", "4xx", "5xx"),
        right=(Curve("Latency", "p99"),),
        refused="4xx",
    ),
    measures={
        "response_s": Measure("Latency", scale=MS, limit=setting("timeout_s")),
        "request_bytes": Measure("DataProcessed"),
        "response_bytes": Measure("DataProcessed"),
        **rates("Count"),
    },
)
