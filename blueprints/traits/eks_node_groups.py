"""Node groups of Amazon EKS."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="eks-node-groups",
    nodes_mount=True,
    resident_cost=Text(
        "EC2 nodes of the cluster: at least two, each per hour",
        "クラスターの EC2 ノード: 最低 2 台、1 台ごとの時間課金",
    ),
)
