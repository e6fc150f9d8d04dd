"""Containers on AWS Fargate."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="fargate",
    resident_cost=Text(
        "Fargate, always-running tasks: per vCPU-hour and GB-hour",
        "常時稼働する Fargate タスク: vCPU 時間と GB 時間の課金",
    ),
)
