"""Pods of Amazon EKS on AWS Fargate, if there are no nodes."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="eks-fargate",
    x86_only=True,  # so its pods run
    resident_cost=Text(
        "Fargate, pods that always run: per vCPU-hour and GB-hour",
        "常時稼働する Fargate の Pod: vCPU 時間と GB 時間の課金",
    ),
)
