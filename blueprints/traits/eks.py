"""The data plane of an EKS cluster by its engine: Auto Mode, node groups, or Fargate.

Auto Mode brings its nodes, network, storage and load balancers along. Node groups take add-ons for them; Fargate has
no nodes, so nothing that runs once per node: no Pod Identity (roles come by OpenID Connect), no Container Insights.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.traits import (
    AlarmRule,
    ClusterCosts,
    Metrics,
    NodeAttribute,
    Traits,
    eks_auto_mode,
    eks_fargate,
    eks_node_groups,
)
from blueprints.traits.ec2 import GPU_SIZES, MOST_HOSTS, disk_gib, gpu, host_of, volume_gib
from blueprints.values import Value, joined

EKS = "eks"
#: Where pods run.
AUTO, NODES, FARGATE = eks_auto_mode.TRAITS.service, eks_node_groups.TRAITS.service, eks_fargate.TRAITS.service
ENGINES = (AUTO, NODES, FARGATE)
#: Logical ids of the cluster and of what stands around it.
CLUSTER = "KubernetesCluster"
PROVIDER, POD_LOGS, POD_EXECUTION_ROLE = f"{CLUSTER}Provider", f"{CLUSTER}PodLogs", f"{CLUSTER}PodExecutionRole"
#: What the key is for that is made with a cluster.
KEY_WORDS = "Encrypts the Kubernetes secrets of the cluster"
ADMIN_POLICY = "AmazonEKSClusterAdminPolicy"
#: Node pools that Auto Mode brings.
AUTO_POOLS = ("general-purpose", "system")
#: The service principal of EKS Pod Identity.
PODS = "pods.eks.amazonaws.com"
DNS_PORT = 53
_FAILED_PODS = Text("{}: failed pods", "{}: 失敗した Pod がある")
#: Container Insights: its logical id, its add-on, and the service account of its agent with what that may do.
INSIGHTS, INSIGHTS_ADDON, INSIGHTS_ACCOUNT = "ContainerInsights", "amazon-cloudwatch-observability", "cloudwatch-agent"
INSIGHTS_POLICIES = ("CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess")
CLUSTER_POLICIES: Mapping[str, tuple[str, ...]] = {
    AUTO: (
        "AmazonEKSClusterPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
    ),
    # The second is for security groups per pod.
    NODES: ("AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"),
    FARGATE: ("AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"),
}
NODE_POLICIES: Mapping[str, tuple[str, ...]] = {
    AUTO: ("AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"),
    NODES: ("AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"),
}
POD_EXECUTION_POLICY = "AmazonEKSFargatePodExecutionRolePolicy"
PODS_ON_FARGATE = "eks-fargate-pods.amazonaws.com"
LOG_ACTIONS = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
SYSTEM = "kube-system"
#: Nodes: a size with interfaces enough for security groups per pod.
IMAGE, SIZE = "AL2023_ARM_64_STANDARD", "m7g.large"
LEAST_NODES, MOST_NODES, DISK_GIB = 2, 6, 50
#: Nodes with NVIDIA GPUs: their image, what keeps other pods off them, and where pods ask for one.
GPU_NODES_IMAGE, GPU_TAINT = "AL2023_x86_64_NVIDIA", "nvidia.com/gpu"
#: The NVIDIA device plugin, which advertises the GPUs of a node; the image of the nodes holds the driver only.
GPU_PLUGIN = "nvcr.io/nvidia/k8s-device-plugin:v0.17.1"
#: What pods may take of such a node; the rest is for the system's own.
NODE_VCPU = 1.6
LEAST_POD_VCPU = 0.1
#: What puts pods into target groups where no Auto Mode does; installed with Helm, under a role of the stack.
CONTROLLER, CONTROLLER_ID = "aws-load-balancer-controller", "BalancerController"
#: The tag by which Kubernetes marks the target groups of a cluster.
CONTROLLER_TAG = "aws:ResourceTag/eks:eks-cluster-name"
CONTROLLER_ACTIONS = ("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets")
#: Describing has no resource that could be named.
CONTROLLER_READS = (
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInstances",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
)
#: What scales pods by the backlog of their queue; installed with Helm. Its operator asks SQS under a role of the stack:
#: without a role of the TriggerAuthentication, it takes the credentials of its own pod
#: (https://github.com/kedacore/keda/blob/main/pkg/scalers/aws/aws_config_cache.go, read 2026-11-28).
SCALER, SCALER_ID, SCALER_ACCOUNT = "keda", "QueueScaler", "keda-operator"
SCALER_ACTIONS = ("sqs:GetQueueAttributes",)
#: The add-on that reports the CPU of pods to their autoscalers. No cluster has it by itself, Auto Mode neither
#: (https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html, read 2026-11-28).
METRICS_SERVER = "metrics-server"
_CNI = {
    "enableNetworkPolicy": "true",
    "env": {"ENABLE_POD_ENI": "true", "POD_SECURITY_GROUP_ENFORCING_MODE": "standard"},
}


@dataclass(frozen=True, slots=True)
class Addon:
    """An add-on of EKS: the end of its logical id, its name, its values, and whether it needs nodes to start on."""

    id: str
    name: str
    values: Mapping[str, Any] | None = None
    late: bool = True

    @property
    def text(self) -> str | None:
        """Its values as EKS takes them."""
        return json.dumps(self.values, sort_keys=True) if self.values else None


#: Engine -> the add-ons of its cluster, besides the one that watches it.
ADDONS: Mapping[str, tuple[Addon, ...]] = {
    AUTO: (Addon("MetricsServer", METRICS_SERVER),),
    NODES: (
        Addon("VpcCni", "vpc-cni", _CNI, late=False),
        Addon("KubeProxy", "kube-proxy", late=False),
        Addon("PodIdentityAgent", "eks-pod-identity-agent", late=False),
        Addon("CoreDns", "coredns"),
        Addon("MetricsServer", METRICS_SERVER),
    ),
    FARGATE: (Addon("CoreDns", "coredns", {"computeType": "Fargate"}), Addon("MetricsServer", METRICS_SERVER)),
}


def engine(node: Node) -> str:
    """Return where a program's pods run."""
    return settings.word(node, "engine")


def engine_of(architecture: Architecture) -> str:
    """Return where the pods of a workload run."""
    return next((engine(node) for node in architecture.of_service(EKS)), AUTO)


def refused(architecture: Architecture, node: Node) -> Iterator[Unsupported]:
    """Yield the refusals of pods of one workload that would run in different ways: it has one cluster of one kind."""
    if engine(node) != engine_of(architecture):
        words = Text(
            "A workload has one cluster with one compute option for all pods. Specify the same container platform for all components.",
            "1 つのワークロードは 1 つのクラスターを使い、Pod の実行基盤は 1 種類です。すべてのコンポーネントに同じコンテナの実行基盤を指定してください。",
        )
        yield Unsupported(node.id, words)


def gpu_programs(architecture: Architecture) -> tuple[Node, ...]:
    """Return the programs whose pods take a GPU."""
    return tuple(node for node in architecture.of_service(EKS) if gpu(node))


@dataclass(frozen=True, slots=True)
class Pool:
    """A node group: the suffix of its logical id, its image, size, count and taints."""

    id: str
    image: str
    size: str
    least: int
    most: int
    disk_gib: int
    taint: str | None = None


def most_gpus(architecture: Architecture) -> int:
    """Return the maximum number of GPUs of a cluster: one for each pod that can run, and one for a deployment."""
    return 1 + max(MOST_HOSTS, *(settings.number(node, "most_tasks") for node in gpu_programs(architecture)))


def _most_nodes(architecture: Architecture) -> int:
    """Return the maximum number of general nodes: enough for all pods that can run at the same time."""
    plain = [node for node in architecture.of_service(EKS) if not gpu(node)]
    vcpus = sum(settings.number(node, "most_tasks") * float(str(node.settings.get("vcpu", 0))) for node in plain)
    return max(MOST_NODES, math.ceil(vcpus / NODE_VCPU))


def _disk_gib(architecture: Architecture) -> int:
    """Return the size of the volume of a general node: it holds the temporary storage of the pods that fit on the node."""
    plain = [node for node in architecture.of_service(EKS) if not gpu(node)]
    return max((volume_gib(_pods_on(node) * disk_gib(node), DISK_GIB) for node in plain), default=DISK_GIB)


def _pods_on(node: Node) -> int:
    """Return how many pods of a program a general node holds at once by their vCPUs, at least one."""
    return max(1, int(NODE_VCPU // max(float(str(node.settings.get("vcpu") or 1)), LEAST_POD_VCPU)))


def pools(architecture: Architecture) -> tuple[Pool, ...]:
    """Return the managed node groups of a cluster: a general one, and one with GPUs if they are used."""
    pools = [Pool("Nodes", IMAGE, SIZE, LEAST_NODES, _most_nodes(architecture), _disk_gib(architecture))]
    programs = gpu_programs(architecture)
    if programs:
        sizes = [host_of(node) for node in programs]
        largest = max(sizes, key=lambda host: GPU_SIZES.index(host.size))
        standing = any(settings.word(node, "run") in ("service", "worker") for node in programs)
        least = LEAST_NODES if standing else 1
        type_ = f"{largest.x86}.{largest.size}"
        disk = max(host.volume_gib for host in sizes)
        pools.append(Pool("GpuNodes", GPU_NODES_IMAGE, type_, least, most_gpus(architecture), disk, GPU_TAINT))
    return tuple(pools)


def bound(architecture: Architecture) -> bool:
    """Return whether a load balancer sends to pods, so that something must put them into its target group."""
    return any(architecture.entering(node.id, "invoke") for node in architecture.of_service(EKS))


def by_backlog(node: Node) -> bool:
    """Return whether a program's pods scale by the backlog of their queue."""
    return node.service == EKS and settings.number(node, "backlog_per_task") > 0


def scaled_queues(architecture: Architecture) -> tuple[str, ...]:
    """Return the queues whose backlog scales pods."""
    programs = [node.id for node in architecture.of_service(EKS) if by_backlog(node)]
    edges = [edge for id in programs for edge in architecture.entering(id, "consume")]
    return tuple(dict.fromkeys(edge.source for edge in edges))


def controlled(architecture: Architecture) -> bool:
    """Return whether the load balancer controller has to be installed for that."""
    return engine_of(architecture) != AUTO and bound(architecture)


def web_identity_policy(provider: Value, issuer: Value, namespace: str, account: str) -> dict[str, Any]:
    """Return the trust policy of a service account on Fargate; the issuer is part of its condition keys."""
    condition = {
        joined(issuer, ":aud"): "sts.amazonaws.com",
        joined(issuer, ":sub"): f"system:serviceaccount:{namespace}:{account}",
    }
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": condition},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def _on_nodes(node: Node) -> bool:
    """Container Insights does not report pods on Fargate."""
    return engine(node) != FARGATE


def _is_resident(node: Node) -> bool:
    """Pods that stay are restarted; those of a job are replaced by new ones, which have never been restarted."""
    return not _ends(node)


def _ends(node: Node) -> bool:
    return settings.word(node, "run") not in ("service", "worker")


TRAITS = Traits(
    service=EKS,
    noun="Workload",
    compute="container",
    pods=True,
    clustered=True,
    durable_event="call",
    placement="vpc",
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
                Text("{}: containers keep restarting", "{}: コンテナが再起動を繰り返している"),
                applies=_is_resident,
            ),
            AlarmRule("FailedAlarm", "pod_status_failed", "Maximum", 0, _FAILED_PODS, applies=_ends),
        ),
    ),
    watched=_on_nodes,
    cluster_costs=ClusterCosts(
        Text("EKS control plane: per hour for each cluster", "EKS コントロールプレーン: クラスターごとの時間課金"),
        Text("KMS key for the Kubernetes secrets: per month", "Kubernetes のシークレット用の KMS キー: 月額"),
    ),
)
