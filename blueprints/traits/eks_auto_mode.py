"""Amazon EKS Auto Mode: nodes that come and go with the pods."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="eks-auto-mode",
    x86_only=True,  # as its general pool is
    nodes_mount=True,
    resident_cost=Text(
        "EKS Auto Mode: EC2 instances for the pods that always run, and a management fee for each instance",
        "EKS Auto Mode: 常時稼働する Pod のための EC2 インスタンスと、その管理料金",
    ),
)
