"""Pods of Amazon EKS."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.traits import AlarmRule, ClusterCosts, Metrics, NodeAttribute, Traits, eks_fargate, traits_of_engine


def _on_nodes(node: Node) -> bool:
    """Container Insights sees no pods on Fargate."""
    return traits_of_engine(node) is not eks_fargate.TRAITS


TRAITS = Traits(
    service="eks",
    noun="Workload",
    compute="container",
    pods=True,
    metrics=Metrics(
        namespace="ContainerInsights",
        dimensions=(
            NodeAttribute("ClusterName", "cluster-name"),
            NodeAttribute("Namespace", "namespace"),
            NodeAttribute("PodName", "name"),
        ),
        alarms=(
            AlarmRule(
                "RestartsAlarm",
                "pod_number_of_container_restarts",
                "Maximum",
                3,
                Text("{} keeps restarting", "{}が再起動を繰り返している"),
            ),
        ),
    ),
    watched=_on_nodes,
    placement="vpc",
    cluster_costs=ClusterCosts(
        Text("EKS control plane: per hour and cluster", "EKS コントロールプレーン: クラスターあたりの時間課金"),
        Text("KMS key of the cluster's secrets: per month", "クラスターのシークレット用 KMS キー: 月額"),
    ),
    clustered=True,
)
