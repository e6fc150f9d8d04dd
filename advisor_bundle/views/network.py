"""The network view: VPC, subnets and security groups, endpoints and gateways of the VPC, and permitted traffic.

Addresses, security groups and endpoints are those of the stack.
"""

from collections.abc import Iterator
from typing import Any

from advisor.architecture import Edge, LegendRow, Node
from advisor.text import EMPTY, Text, in_a_row
from advisor.vocabulary.formats import row
from advisor_bundle.views.subject import Subject, titled
from blueprints.plan.network import Network, inside, is_private_api
from blueprints.stack.scope import Json, owner_of
from blueprints.traits import Traits, traits_of
from blueprints.values import Att, Ref
from renderers.view import LineText, View

TITLE = Text("Network", "ネットワーク")
_GROUP = Text("Security group", "セキュリティグループ")
_PUBLIC, _PRIVATE = (
    Text("Public endpoint", "パブリックエンドポイント"),
    Text("Private endpoint", "プライベートエンドポイント"),
)
#: Beside a line, where there is little room.
_GATEWAY, _INTERFACE = Text("gateway endpoint", "ゲートウェイ型"), Text("interface endpoint", "インターフェイス型")
_GATEWAY_ENDPOINTS = Text("Gateway endpoints", "ゲートウェイエンドポイント")
_INTERFACE_ENDPOINTS = Text("Interface endpoints", "インターフェイスエンドポイント")
#: The endpoint of private APIs, which the stack makes in an existing VPC, too.
_TO_PRIVATE_API = (
    _INTERFACE,
    Text("interface endpoint execute-api", "インターフェイスエンドポイント execute-api"),
)
_NAT, _EXISTING = (
    Text("through NAT gateway", "NAT ゲートウェイ経由"),
    Text("through the existing VPC", "既存の VPC 経由"),
)
_ENTRIES = ("entry", "delivery")
_LEFT_OUT = ("observability", "key")
#: What is shown although no line leads to it: programs, and the parts of the network itself.
_ALWAYS = ("compute", "network", "nat-gateway", "vpc-endpoints")
#: Lines to the parts by which something is reached.
_TO_PARTS = ("reach-privately", "go-out")
_NO_VPC = Text(
    "No part of this design runs in a VPC. Parts call each other over HTTPS through the Regional "
    "endpoints of the AWS services, and IAM controls access.",
    "VPC 内で動作する要素はありません。各要素は AWS サービスのリージョンエンドポイントを HTTPS で呼び"
    "出し、アクセスは IAM で制御します。",
)
_IN_EXISTING = Text(
    "The VPC exists already. Its owner manages the subnets, routes and endpoints.",
    "VPC は既存のものです。サブネット、ルート、エンドポイントは VPC の所有者が管理します。",
)
_OUTBOUND = Text(
    "Outbound traffic to the internet goes through the NAT gateway.",
    "インターネットへのアウトバウンド通信は NAT ゲートウェイを経由します。",
)


def network(subject: Subject) -> View:
    """Return the network view."""
    architecture, found = subject.architecture, subject.plan.network
    shown = {node.id for node in architecture.nodes if node.role not in _LEFT_OUT}
    edges = [edge for edge in architecture.edges if {edge.source, edge.target} <= shown and edge.flow != "failure"]
    rows = [_NO_VPC] if found is None else [*_addresses(subject, found), *_endpoints(subject), *_inbound(subject)]
    return View(
        title=TITLE,
        architecture=architecture,
        nodes=frozenset(node.id for node in architecture.nodes if node.role in _ALWAYS),
        lines={edge.id: _line(subject, edge, found) for edge in edges},
        notes={node.id: tuple(_notes(subject, node)) for node in architecture.nodes},
        rows=tuple(LegendRow("group-vpc", row) for row in rows),
    )


def _notes(subject: Subject, node: Node) -> Iterator[Text]:
    if node.role in _ENTRIES and node.kind == "service":
        yield _PRIVATE if node.settings.get("private") is True else _PUBLIC
    for id, _ in _of_type(subject, "AWS::EC2::SecurityGroup", node.id):
        yield titled(_GROUP, Text.same(id))


def _of_type(subject: Subject, type: str, node: str | None = None) -> Iterator[tuple[str, Json]]:
    """Yield the resources of a type with their properties: all, or those of a node."""
    for id, resource in subject.stack.resources.items():
        owner = owner_of(resource).get("node")
        if resource["Type"] == type and node in (None, owner):
            yield id, resource.get("Properties", {})


def _line(subject: Subject, edge: Edge, found: Network | None) -> LineText:
    """Return the port that a security group allows, or the way to a service outside the VPC."""
    passages = [passage for passage in (found.passages if found else ()) if passage.edge == edge.id]
    if passages:
        ports = in_a_row(dict.fromkeys(f"{passage.protocol.upper()} {passage.port}" for passage in passages))
        ends, into = subject.ends(edge), _group_of(subject, passages[0].target)
        sentence = Text(f"{ends.en}: {ports.en}, allowed by {into}", f"{ends.ja}: {into} が {ports.ja} を許可")
        return LineText(ports, sentence)
    if edge.verb in _TO_PARTS:
        return LineText(edge.label, edge.sentence, is_numbered=False)
    way = _way(subject, edge, found) if found else None
    if way is not None:
        return _called(subject, edge, *way)
    outside = subject.architecture.node(edge.source).kind == "outside"
    return LineText(edge.label if outside else EMPTY, edge.sentence, is_numbered=False)


def _called(subject: Subject, edge: Edge, label: Text, by: Text) -> LineText:
    """Return the way of calls; what polls a queue calls it, although the line leads from the queue."""
    if edge.verb == "consume":
        queue, poller = subject.names(edge)
        says = Text(f"{poller.en} polls {queue.en}", f"{poller.ja}が{queue.ja}をポーリング")
        label = Text(f"{edge.label.en}, {label.en}", f"{edge.label.ja}、{label.ja}")
    else:
        says = subject.ends(edge)
    return LineText(label, Text(f"{says.en}: HTTPS, {by.en}", f"{says.ja}: HTTPS、{by.ja}"))


def _group_of(subject: Subject, node: str) -> str:
    return next((id for id, _ in _of_type(subject, "AWS::EC2::SecurityGroup", node)), subject.plan.name(node))


def _way(subject: Subject, edge: Edge, found: Network) -> tuple[Text, Text] | None:
    """Return by which way a part in the VPC reaches a service outside it, shortly and in full, or None if it reaches none."""
    source, target = (subject.architecture.node(id) for id in (edge.source, edge.target))
    if edge.verb == "consume":
        # Lambda polls for its functions, from outside their VPC.
        if traits_of(target.service).compute == "function":
            return None
        source, target = target, source
    if not inside(subject.architecture, source) or inside(subject.architecture, target):
        return None
    if not traits_of(source.service).compute:
        return None
    if found.existing and not is_private_api(target):
        return _EXISTING, _EXISTING
    ways = [_TO_PRIVATE_API] if is_private_api(target) else [*_ways(traits_of(target.service), found)]
    if not ways:
        return None
    return ways[0][0], row(full for _, full in ways)


def _ways(traits: Traits, found: Network) -> Iterator[tuple[Text, Text]]:
    """Yield the network paths to a service: to its API, and to data that another service stores; each in short and in full."""
    api, gateway = traits.interface_endpoints, traits.gateway_endpoint
    if api and set(api) <= set(found.interfaces):
        yield _INTERFACE, titled(_INTERFACE_ENDPOINTS, in_a_row(api))
    elif found.nat and (api or gateway not in found.gateways):
        yield _NAT, _NAT
    if gateway in found.gateways:
        yield _GATEWAY, titled(_GATEWAY_ENDPOINTS, Text.same(gateway))


def _addresses(subject: Subject, found: Network) -> Iterator[Text]:
    """Yield the addresses of the VPC and its subnets, and the internet access."""
    if found.existing:
        yield _IN_EXISTING
        return
    for _, vpc in _of_type(subject, "AWS::EC2::VPC"):
        yield Text.same(f"VPC: {vpc['CidrBlock']}")
    for word, title in (
        ("Public", Text("Public subnets", "パブリックサブネット")),
        ("Private", Text("Private subnets", "プライベートサブネット")),
    ):
        blocks = [str(p["CidrBlock"]) for id, p in _of_type(subject, "AWS::EC2::Subnet") if id.startswith(word)]
        if blocks:
            yield titled(title, in_a_row(blocks))
    if found.nat:
        yield _OUTBOUND


def _endpoints(subject: Subject) -> Iterator[Text]:
    """Yield the endpoints of the VPC by their kind."""
    kinds: dict[str, list[str]] = {}
    for _, endpoint in _of_type(subject, "AWS::EC2::VPCEndpoint"):
        kinds.setdefault(endpoint["VpcEndpointType"], []).append(_service(endpoint["ServiceName"]))
    titles = {"Gateway": _GATEWAY_ENDPOINTS, "Interface": _INTERFACE_ENDPOINTS}
    for kind, names in kinds.items():
        yield titled(titles[kind], in_a_row(names))


def _service(name: Any) -> str:
    """Return the name of an endpoint without the common prefix."""
    parts = getattr(name, "parts", None)
    return (str(parts[-1]) if parts else str(name).rpartition("com.amazonaws.")[2]).removeprefix(".")


def _inbound(subject: Subject) -> Iterator[Text]:
    """Yield the addresses that a security group allows, and their ports."""
    for id, group in _of_type(subject, "AWS::EC2::SecurityGroup"):
        allowed = [r for r in group.get("SecurityGroupIngress", ()) if "CidrIp" in r]
        if allowed:
            en = dict.fromkeys(f"{_ports(rule)} from {_address(rule['CidrIp'])}" for rule in allowed)
            ja = dict.fromkeys(f"{_address(rule['CidrIp'])} から {_ports(rule)}" for rule in allowed)
            yield Text(f"{id} inbound: {', '.join(en)}", f"{id} のインバウンド: {'、'.join(ja)}")


def _ports(rule: Json) -> str:
    first, last = rule.get("FromPort"), rule.get("ToPort")
    return f"{str(rule['IpProtocol']).upper()} {first}" + ("" if first == last else f"–{last}")


def _address(value: Any) -> str:
    """Return addresses, or the parameter that gives them."""
    if isinstance(value, Ref):
        return value.name
    return f"{value.resource}.{value.attribute}" if isinstance(value, Att) else str(value)
