"""Amazon CloudWatch: the dashboard of a workload."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="cloudwatch",
    noun="Dashboard",
    standing_cost=Text(
        "CloudWatch: the dashboard, the alarms and Container Insights per month",
        "CloudWatch: ダッシュボード・アラーム・Container Insights の月額",
    ),
)
