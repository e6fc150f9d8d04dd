"""The security view: the role of each part, the key that its data is encrypted under, and the IAM actions on each arrow.

The actions are those of `advisor iam`: both read them from the stack.
"""

from collections.abc import Iterator

from advisor.architecture import Edge, LegendRow, Node
from advisor.text import EMPTY, Text, in_a_row
from advisor.vocabulary import FIELDS
from advisor_bundle.views.encryption import encryption_of
from advisor_bundle.views.subject import Subject, titled
from blueprints.permissions import Permission
from renderers.view import LineText, View

TITLE = Text("Security", "セキュリティ")
_ROLE, _ENCRYPTION = Text("Role", "ロール"), Text("Encryption", "暗号化")
_AUTHENTICATION = Text("Authentication", "認証")
#: Lines of the network, which no permission stands for.
_OF_THE_NETWORK = ("reach-privately", "go-out")
#: What the actions begin with that parts besides the decided services take.
_PREFIXES = {"dynamodb": "dynamodb", "secrets-manager": "secretsmanager"}
#: How entries know their callers, by the answer: in short words for beneath an icon.
_WAYS = {
    "none": Text("none", "なし"),
    "sign-up": Text("tokens from the user pool", "ユーザープールのトークン"),
    "existing-provider": Text("tokens from the OIDC provider", "OIDC プロバイダーのトークン"),
    "aws-iam": Text("IAM (SigV4)", "IAM（SigV4）"),
    "signature": Text("signature of the sender", "送信元の署名"),
}


def security(subject: Subject) -> View:
    """Return the security view."""
    by_edge: dict[str, list[Permission]] = {}
    loose = []
    for permission in subject.permissions:
        edge = _edge_of(subject, permission)
        if edge is None:
            loose.append(permission)
        else:
            by_edge.setdefault(edge.id, []).append(permission)
    edges = [edge for edge in subject.architecture.edges if edge.id in by_edge or _is_shown(edge)]
    notes = {node.id: tuple(_notes(subject, node)) for node in subject.architecture.nodes}
    return View(
        title=TITLE,
        architecture=subject.architecture,
        nodes=frozenset(id for id, said in notes.items() if said),
        lines={edge.id: _line(subject, edge, by_edge.get(edge.id, [])) for edge in edges},
        notes=notes,
        rows=tuple(LegendRow("iam-role", _granted(p.role, p.by_resource, p.actions, p.why)) for p in loose),
    )


def _is_shown(edge: Edge) -> bool:
    return edge.flow != "observe" and edge.verb not in _OF_THE_NETWORK


def _edge_of(subject: Subject, permission: Permission) -> Edge | None:
    """Return the line of the connection of a permission; if a part is between its ends, the line at one end."""
    if permission.edge is None:
        return None
    source, verb, target = permission.edge
    to_part = _to_part(subject, permission, source)
    if to_part is not None:
        return to_part
    alike = [edge for edge in subject.architecture.edges if edge.verb == verb]
    exact = [edge for edge in alike if (edge.source, edge.target) == (source, target)]
    by_parts = [edge for edge in alike if source == edge.source] + [edge for edge in alike if target == edge.target]
    return next(iter((*exact, *by_parts)), None)


def _to_part(subject: Subject, permission: Permission, source: str) -> Edge | None:
    """Return the line to an additional part, such as the table of sent messages, if the permission refers to it."""
    decided = {edge.id for edge in subject.graph.edges}
    services = {action.partition(":")[0] for action in permission.actions}
    for edge in subject.architecture.leaving(source):
        target = subject.architecture.node(edge.target)
        if edge.id not in decided and target.kind == "part" and {_PREFIXES.get(target.service)} == services:
            return edge
    return None


def _notes(subject: Subject, node: Node) -> Iterator[Text]:
    roles = dict.fromkeys(p.role for p in subject.permissions if p.principal == node.id and not p.by_resource)
    if roles:
        yield titled(_ROLE, in_a_row(roles))
    key = encryption_of(subject, node)
    if key is not None:
        yield titled(_ENCRYPTION, key)
    way = node.settings.get("authentication")
    if node.role == "entry" and way:
        yield titled(_AUTHENTICATION, _WAYS.get(str(way)) or _answer(str(way)))


def _answer(way: str) -> Text:
    field = next(known for known in FIELDS["component"] if known.id == "authentication")
    return field.label(way)


def _line(subject: Subject, edge: Edge, granted: list[Permission]) -> LineText:
    """Return the first action without its service and how many more there are; the legend has all in full."""
    if not granted:
        return LineText(edge.label, edge.sentence, is_numbered=False)
    actions = list(dict.fromkeys(action for permission in granted for action in permission.actions))
    first, more = actions[0].partition(":")[2], f" +{len(actions) - 1}" if len(actions) > 1 else ""
    by_holder: dict[tuple[str, bool], list[str]] = {}
    for permission in granted:
        by_holder.setdefault((permission.role, permission.by_resource), []).extend(permission.actions)
    each = [_granted(*holder, tuple(dict.fromkeys(held))) for holder, held in by_holder.items()]
    ends = subject.ends(edge)
    sentence = Text(f"{ends.en}. " + "; ".join(t.en for t in each), f"{ends.ja}。" + "、".join(t.ja for t in each))
    return LineText(Text.same(first + more), sentence)


def _granted(role: str, by_resource: bool, actions: tuple[str, ...], why: Text = EMPTY) -> Text:
    """Return the principal and the actions of a permission, by its role or by the resource policy."""
    listed = ", ".join(actions)
    said = Text.same(f"{role}: {listed}")
    if by_resource:
        said = Text(f"Resource policy for {role}: {listed}", f"{role} に対するリソースポリシー: {listed}")
    return said if why == EMPTY else Text(f"{said.en} ({why.en})", f"{said.ja}（{why.ja}）")
