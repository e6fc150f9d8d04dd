"""The view of the details: derived settings beneath each part, protocols and quotas on each connection."""

from advisor.architecture import Edge, Node
from advisor.budgets.words import line
from advisor.sizing.words import setting_value, title
from advisor.text import EMPTY, Text
from advisor_bundle.views.subject import Subject, titled
from blueprints.traits import traits_of
from renderers.view import LineText, View

TITLE = Text("Details", "詳細")
_LEFT_OUT_FLOWS = ("image", "observe")
_LEFT_OUT = ("registry", "observability")
#: How callers speak to an entry, by the answer to its protocol.
_PROTOCOLS = {
    "http": "HTTPS",
    "websocket": "WebSocket (WSS)",
    "graphql": "GraphQL (HTTPS)",
    "tcp-udp": "TCP/UDP",
    "grpc": "gRPC",
}


def detail(subject: Subject) -> View:
    """Return the view of the details."""
    architecture = subject.decided
    shown = {node.id for node in architecture.nodes if node.role not in _LEFT_OUT}
    edges = [e for e in architecture.edges if e.flow not in _LEFT_OUT_FLOWS and {e.source, e.target} <= shown]
    return View(
        title=TITLE,
        architecture=architecture,
        nodes=frozenset(shown),
        lines={edge.id: _line(subject, edge) for edge in edges},
        notes={node.id: _settings(node) for node in architecture.nodes},
    )


def _settings(node: Node) -> tuple[Text, ...]:
    return tuple(titled(title(node, key), setting_value(node, key)) for key in node.grounds)


def _line(subject: Subject, edge: Edge) -> LineText:
    """Return the protocol of a connection for its line, and its operation and quotas for the legend."""
    protocol, ends = protocol_of(subject, edge), subject.ends(edge)
    quotas = [line(budget) for budget in edge.budgets]
    said = edge.sentence if edge.sentence != EMPTY else ends
    if quotas:
        said = Text(
            f"{said.en.rstrip('.')}. Quotas – {'; '.join(quota.en for quota in quotas)}",
            f"{said.ja.rstrip('。')}。クォータ – {'; '.join(quota.ja for quota in quotas)}",
        )
    return LineText(_beside(edge.label, protocol), said)


def _beside(label: Text, protocol: str) -> Text:
    if not protocol or protocol in label.en:
        return label
    return Text(f"{label.en} – {protocol}", f"{label.ja} – {protocol}") if label != EMPTY else Text.same(protocol)


def protocol_of(subject: Subject, edge: Edge) -> str:
    """Return the protocol of a connection if the plan contains it: programs call AWS over HTTPS, integrations have none."""
    source, target = (subject.node(id) for id in (edge.source, edge.target))
    if target.role == "entry" and edge.verb in ("request", "call"):
        return _PROTOCOLS.get(str(target.settings.get("protocol")), "HTTPS")
    if ports := subject.ports(edge):
        return ports
    calls = source if edge.verb != "consume" else target
    return "HTTPS" if traits_of(calls.service).compute and edge.flow != "failure" else ""
