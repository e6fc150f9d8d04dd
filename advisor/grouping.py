"""Borders: the AWS Cloud, one VPC with public and private subnets where something runs in it, and clusters."""

from dataclasses import replace

from advisor.architecture import Group, Node
from advisor.requirements import Requirements
from advisor.text import EMPTY, Text

_PRIVATE = {
    "ecs",
    "eks",
    "batch",
    "ec2",
    "aurora-serverless",
    "rds",
    "rds-proxy",
    "elasticache-serverless",
    "efs",
    "msk",
    "amazon-mq",
}
_BALANCERS = {"alb", "nlb"}
_CLUSTERS = {
    "ecs": Text("Amazon ECS cluster", "Amazon ECS クラスター"),
    "eks": Text("Amazon EKS cluster", "Amazon EKS クラスター"),
}
NEEDS_VPC_ACCESS = {"rds", "rds-proxy", "elasticache-serverless", "efs", "msk", "amazon-mq"}


def groups_for(nodes: tuple[Node, ...], requirements: Requirements) -> tuple[tuple[Node, ...], tuple[Group, ...]]:
    """Return the nodes with their groups set (and a NAT gateway where one is needed), and the groups, parents first."""
    answers = requirements.workload_answers
    region = str(answers.get("region") or "ap-northeast-1")
    in_vpc = bool(answers.get("vpc_only"))
    placed = [replace(node, group=_group(node, nodes, vpc_only=in_vpc)) for node in nodes]
    if any(node.service == "eks" for node in nodes) and "vpc" not in (answers.get("existing") or ()):  # type: ignore[operator]
        placed.append(_nat())
    used = {node.group for node in placed}
    groups = [Group("cloud", "cloud", Text(f"AWS Cloud ({region})", f"AWS クラウド（{region}）"))]
    inside = used & {"public-subnet", "private-subnet", "ecs-cluster", "eks-cluster"}
    if inside:
        groups.append(Group("vpc", "vpc", Text("VPC", "VPC"), "cloud"))
    if "public-subnet" in used:
        groups.append(
            Group(
                "public-subnet", "public-subnet", Text("Public subnets (2 AZs)", "パブリックサブネット（2 AZ）"), "vpc"
            )
        )
    if inside - {"public-subnet"}:
        groups.append(
            Group(
                "private-subnet",
                "private-subnet",
                Text("Private subnets (2 AZs)", "プライベートサブネット（2 AZ）"),
                "vpc",
            )
        )
    for service, title in _CLUSTERS.items():
        if f"{service}-cluster" in used:
            groups.append(Group(f"{service}-cluster", "cluster", title, "private-subnet", service))
    return tuple(placed), tuple(groups)


def _group(node: Node, nodes: tuple[Node, ...], *, vpc_only: bool) -> str | None:
    if node.kind == "outside" and node.service not in ("aws-service", "function"):
        return None
    if node.service in _CLUSTERS:
        return f"{node.service}-cluster"
    if node.service in _BALANCERS:
        return "private-subnet" if node.settings.get("private") else "public-subnet"
    if node.service in _PRIVATE:
        return "private-subnet"
    return "private-subnet" if vpc_only and node.service == "lambda" else "cloud"


def _nat() -> Node:
    title = Text("NAT gateway", "NAT ゲートウェイ")
    return Node(
        "workload.nat", "nat-gateway", "part", "workload", "network", title, EMPTY, "nat-gateway", "public-subnet"
    )
