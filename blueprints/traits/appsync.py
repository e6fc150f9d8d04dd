"""GraphQL APIs of AWS AppSync."""

from blueprints.traits import MS, AlarmRule, Curve, Measure, Metrics, NodeAttribute, Traits, sums
from blueprints.traits._words import SERVER_ERRORS

TRAITS = Traits(
    service="appsync",
    noun="GraphqlApi",
    metrics=Metrics(
        namespace="AWS/AppSync",
        dimensions=(NodeAttribute("GraphQLAPIId", "id"),),
        alarms=(AlarmRule("ServerErrorsAlarm", "5XXError", "Sum", 5, SERVER_ERRORS),),
        left=sums("4XXError", "5XXError"),
        right=(Curve("Latency", "p99"),),
    ),
    measures={
        "response_s": Measure("Latency", scale=MS),
    },
    log_group=True,
)
