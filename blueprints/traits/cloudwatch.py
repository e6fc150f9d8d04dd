"""Amazon CloudWatch: the dashboard of a workload."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="cloudwatch",
    noun="Dashboard",
    standing_cost=Text(
        "CloudWatch: dashboard, alarms and Container Insights, each per month",
        "CloudWatch: ダッシュボード、アラーム、Container Insights（それぞれの月額）",
    ),
)
