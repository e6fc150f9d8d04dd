"""Containers on AWS Fargate."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="fargate",
    resident_cost=Text(
        "Fargate tasks that always run: per vCPU and GB", "常時稼働する Fargate タスク: vCPU と GB に応じた課金"
    ),
)
