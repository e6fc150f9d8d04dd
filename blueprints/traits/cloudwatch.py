"""Amazon CloudWatch: the dashboard of a workload."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="cloudwatch",
    noun="Dashboard",
    standing_cost=Text(
        "CloudWatch: dashboard (per month) and, while containers run, Container Insights",
        "CloudWatch: ダッシュボード（月額）と、コンテナの稼働中の Container Insights",
    ),
)
