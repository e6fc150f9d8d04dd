"""Node groups of Amazon EKS."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="eks-node-groups",
    nodes_mount=True,
    resident_cost=Text(
        "EC2 nodes of the cluster: per hour for each node, at least two nodes",
        "クラスターの EC2 ノード: ノードごとの時間課金（最低 2 台）",
    ),
)
