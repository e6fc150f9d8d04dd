"""Groups: the AWS Cloud, one VPC with public and private subnets where a service runs in it, and clusters."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from advisor.architecture.graph import Edge, Group, Node
from advisor.requirements import Requirements
from advisor.text import EMPTY, Text
from advisor.vocabulary import FIELDS

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
#: Entries that, where private, are reached from within the VPC only.
_PRIVATE_ENTRIES = {*_BALANCERS, "api-gateway-rest"}
#: Services whose tasks or pods are drawn in a border of their own, which names the service.
CLUSTERS = {
    "ecs": Text("Amazon ECS cluster", "Amazon ECS クラスター"),
    "eks": Text("Amazon EKS cluster", "Amazon EKS クラスター"),
}
_NEEDS_VPC_ACCESS = {"rds", "rds-proxy", "elasticache-serverless", "efs", "msk", "amazon-mq"}


#: Services of the catalogue that run outside AWS: a provider of identity that the client has already.
EXTERNAL = frozenset({"oidc"})
_REGION = next(str(field.default) for field in FIELDS["workload"] if field.id == "region")
_ASSUMED_REGION = Text(f"assumed Region {_REGION}", f"仮定: {_REGION}")
#: Services that belong to no Region.
GLOBAL = frozenset({"cloudfront"})
#: What the border of the AWS Cloud says where one of them is in it.
AND_GLOBAL = Text(" and global services", "、一部はグローバルサービス")
PUBLIC_SUBNETS = Group(
    "public-subnet", "public-subnet", Text("Public subnets (2 AZs)", "パブリックサブネット（2 AZ）"), "vpc"
)


def groups_for(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], requirements: Requirements
) -> tuple[tuple[Node, ...], tuple[Group, ...]]:
    """Return the nodes with their groups set (and a NAT gateway where one is needed), and the groups, parents first."""
    answers = requirements.workload_answers
    fixed = _fixed(nodes, requirements)
    attached = _attached(nodes, edges, vpc_only=bool(answers.get("vpc_only")), fixed=fixed)
    outer = _beside_balancer(nodes, edges)
    # A cluster is drawn in the subnets of its tasks; where some are private, the public ones have no cluster around them.
    open_cluster = outer >= {node.id for node in nodes if node.service == "ecs"}
    apart = set() if open_cluster else outer
    placed = [replace(n, group="public-subnet" if n.id in apart else _group(n, attached)) for n in nodes]
    if (fixed or any(node.service == "eks" for node in nodes)) and "vpc" not in (answers.get("existing") or ()):  # type: ignore[operator]
        placed.append(_nat(fixed=bool(fixed), per_zone=bool(answers.get("zone_failure"))))
    used = {node.group for node in placed}
    worldwide = any(node.service in GLOBAL for node in placed)
    return tuple(placed), (_cloud(answers, worldwide=worldwide), *_groups(used, answers, open_cluster=open_cluster))


def _cloud(answers: Mapping[str, Any], *, worldwide: bool) -> Group:
    """Return the border of the AWS Cloud, which names the Region, whether it is assumed, and where services are global."""
    stated = answers.get("region")
    region = Text.same(str(stated)) if stated else _ASSUMED_REGION
    en, ja = (AND_GLOBAL.en, AND_GLOBAL.ja) if worldwide else ("", "")
    return Group("cloud", "cloud", Text(f"AWS Cloud ({region.en}{en})", f"AWS クラウド（{region.ja}{ja}）"))


def _groups(used: set[str | None], answers: Mapping[str, Any], *, open_cluster: bool) -> Iterator[Group]:
    """Yield the groups in use below the cloud, and their parents; an open ECS cluster is in the public subnets."""
    inside = used & {"public-subnet", "private-subnet", "ecs-cluster", "eks-cluster"}
    if inside:
        yield Group("vpc", "vpc", vpc_title(answers), "cloud")
    around: dict[str | None, str] = {"ecs-cluster": "public-subnet"} if open_cluster else {}
    subnets = {around.get(group, group) for group in inside}
    if "public-subnet" in subnets:
        yield PUBLIC_SUBNETS
    if subnets - {"public-subnet"}:
        title = Text("Private subnets (2 AZs)", "プライベートサブネット（2 AZ）")
        yield Group("private-subnet", "private-subnet", title, "vpc")
    for service, title in CLUSTERS.items():
        if f"{service}-cluster" in used:
            within = around.get(f"{service}-cluster", "private-subnet")
            yield Group(f"{service}-cluster", "cluster", title, within, service)


def vpc_title(answers: Mapping[str, Any]) -> Text:
    """Return the title of the VPC border, which states whether the VPC already exists."""
    return Text("VPC (existing)", "VPC（既存）") if "vpc" in (answers.get("existing") or ()) else Text("VPC", "VPC")


def _fixed(nodes: tuple[Node, ...], requirements: Requirements) -> set[str]:
    """Return the programs that call from fixed addresses and run in the private subnets of this workload.

    Services of Express Mode do not, nor do the pods of an existing cluster.
    """
    asked = {one.id for _, one in requirements.subjects() if one.answers.get("fixed_outgoing_ip")}
    outside = {"eks"} if "cluster" in (requirements.workload_answers.get("existing") or ()) else set()  # type: ignore[operator]
    return {
        node.id
        for node in nodes
        if node.role == "compute"
        and node.subject in asked
        and node.service not in outside
        and node.settings.get("variant") != "ecs-express"
        and not node.id.endswith("-starter")
    }


def _attached(nodes: tuple[Node, ...], edges: tuple[Edge, ...], *, vpc_only: bool, fixed: set[str]) -> set[str]:
    """Return the functions that run inside the VPC: all, or those that use services in a VPC or call from fixed addresses.

    A private API is such a service: it is called through a VPC endpoint only
    (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html, read 2026-12-01).
    """
    functions = {node.id for node in nodes if node.service == "lambda"}
    if vpc_only:
        return functions
    reached = {node.id for node in nodes if node.service in _NEEDS_VPC_ACCESS}
    users = {e.source for e in edges if e.target in reached} | {e.target for e in edges if e.source in reached}
    private = {node.id for node in nodes if node.service in _PRIVATE_ENTRIES and node.settings.get("private")}
    callers = {e.source for e in edges if e.verb == "call" and e.target in private}
    hosted = {node.id for node in nodes if node.settings.get("variant") == "lambda-managed-instances"}
    return functions & (users | callers | hosted | fixed)


def _beside_balancer(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> set[str]:
    """Return the services of Express Mode behind a public load balancer: they share its subnets."""
    open_to_all = {n.id for n in nodes if n.service in _BALANCERS and not n.settings.get("private")}
    reached = {e.target for e in edges if e.verb == "invoke" and e.source in open_to_all}
    return {n.id for n in nodes if n.id in reached and n.settings.get("variant") == "ecs-express"}


def _group(node: Node, attached: set[str]) -> str | None:
    if node.service in EXTERNAL or (node.kind == "outside" and node.service not in ("aws-service", "function")):
        return None
    if node.service in CLUSTERS:
        return f"{node.service}-cluster"
    if node.service in _BALANCERS:
        return "private-subnet" if node.settings.get("private") else "public-subnet"
    return "private-subnet" if node.service in _PRIVATE or node.id in attached else "cloud"


def _nat(*, fixed: bool, per_zone: bool) -> Node:
    title = (
        Text("NAT gateways (one in each AZ)", "NAT ゲートウェイ（各 AZ）")
        if per_zone
        else Text("NAT gateway", "NAT ゲートウェイ")
    )
    return Node(
        id="workload.nat",
        service="nat-gateway",
        kind="part",
        subject="workload",
        role="network",
        title=title,
        note=Text("fixed IP addresses", "固定 IP アドレス") if fixed else EMPTY,
        icon="nat-gateway",
        settings={"fixed_address": True} if fixed else {},
        group="public-subnet",
    )
