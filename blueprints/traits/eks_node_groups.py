"""Node groups of Amazon EKS."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="eks-node-groups",
    nodes_mount=True,
    resident_cost=Text(
        "EC2 nodes of the cluster: per hour, two at least", "クラスターの EC2 ノード: 最低 2 台の時間課金"
    ),
)
