"""Application Load Balancer: it forwards HTTPS requests to targets in the VPC."""

from advisor.text import Text
from blueprints.traits import (
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Port,
    Resolver,
    Total,
    Traits,
    late_answers,
    rates,
    setting,
    sums,
)
from blueprints.traits._words import LOAD_BALANCER_COST

#: How long a sign-in lasts: a working day. By default it is a week, in which a user who has left can still go in.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (read 2026-11-29)
SESSION_S = 8 * 60 * 60
_OF_ITSELF = Text(
    "{}: server errors (5xx) of the load balancer itself",
    "{}: ロードバランサー自身のサーバーエラー（5xx）が発生している",
)
_MANY_OF_ITSELF = Text(
    "{}: server errors (5xx) of the load balancer itself for more than {share} of the requests",
    "{}: ロードバランサー自身のサーバーエラー（5xx）が、リクエストの {share} を超えている",
)
_OF_TARGETS = Text("{}: server errors (5xx) of the targets", "{}: ターゲットのサーバーエラー（5xx）が発生している")
_MANY_OF_TARGETS = Text(
    "{}: server errors (5xx) of the targets for more than {share} of the requests",
    "{}: ターゲットのサーバーエラー（5xx）が、リクエストの {share} を超えている",
)
#: Requests for which no target could be chosen are not among those that the metric counts.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (read 2026-12-01)
_REQUESTS = Total(_MANY_OF_TARGETS, "RequestCount")
_REJECTED = Total(_MANY_OF_ITSELF, "RequestCount", apart=True)
TRAITS = Traits(
    service="alb",
    noun="LoadBalancer",
    load_balancer="application",
    protocol="http",
    caller_paths={
        "user-pool": ("headers", "x-amzn-oidc-identity"),
        "provider": ("headers", "x-amzn-oidc-identity"),
    },
    signed_path=("headers", "x-amzn-oidc-data"),
    resolver=Resolver("ALBResolver", "APPLICATION_LOAD_BALANCER"),
    client=Client("call", "http"),
    variables=(NodeAttribute("BASE_URL", "url"),),
    principal="elasticloadbalancing.amazonaws.com",
    placement="vpc",
    ports=(Port(443),),
    metrics=Metrics(
        namespace="AWS/ApplicationELB",
        dimensions=(NodeAttribute("LoadBalancer", "full-name"),),
        alarms=(
            AlarmRule("ServerErrorsAlarm", "HTTPCode_ELB_5XX_Count", "Sum", 5, _OF_ITSELF, total=_REJECTED),
            AlarmRule("TargetErrorsAlarm", "HTTPCode_Target_5XX_Count", "Sum", 5, _OF_TARGETS, total=_REQUESTS),
            late_answers("TargetResponseTime"),
        ),
        left=sums("RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"),
        right=(Curve("TargetResponseTime", "p99"),),
        refused="HTTPCode_Target_4XX_Count",
    ),
    measures={
        "longest_run_s": Measure("TargetResponseTime", rank=3, limit=setting("idle_timeout_s")),
        "response_s": Measure("TargetResponseTime", limit=setting("idle_timeout_s")),
        **rates("RequestCount"),
    },
    standing_cost=LOAD_BALANCER_COST,
)
