"""The overview: a node per sheet, external callers, and the connections between sheets. Data is on the sheets."""

from dataclasses import replace

from advisor.architecture import Architecture, Edge, Flow, Node
from advisor.text import EMPTY, Lang, Text
from renderers.sheets.division import Unit, nodes_of

SHEET = "sheet."
_MOST_NAMES = 2


def named(architecture: Architecture, group: list[Unit], lang: Lang) -> str:
    """Return the title of a sheet: the titles of its first components."""
    computes = [node for unit in group for node in architecture.nodes if _is_of(node, unit)]
    names = list(dict.fromkeys((node.note if node.note != EMPTY else node.title).in_(lang) for node in computes))
    names = names or [architecture.node(edge.target).title.in_(lang) for unit in group for edge in unit.edges[:1]]
    shown = (", " if lang == "en" else "、").join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more <= 0:
        return shown
    return f"{shown} and {more} more" if lang == "en" else f"{shown} ほか {more} 件"


def _is_of(node: Node, unit: Unit) -> bool:
    return node.subject == unit.subject and node.role == "compute"


def overview(architecture: Architecture, groups: list[list[Unit]], lang: Lang) -> Architecture:
    """Return the architecture of an overview."""
    cloud = next((group for group in architecture.groups if group.parent is None), None)
    sheets = [_node(architecture, group, number, cloud.id if cloud else None) for number, group in enumerate(groups, 1)]
    found = _between(architecture, groups)
    outside = {end for edge in found for end in (edge.source, edge.target) if not end.startswith(SHEET)}
    nodes = [*(node for node in architecture.nodes if node.id in outside), *sheets]
    return replace(architecture, nodes=tuple(nodes), edges=tuple(found), groups=(cloud,) if cloud else ())


def _node(architecture: Architecture, group: list[Unit], number: int, cloud: str | None) -> Node:
    title = Text(*(f"{number}. {named(architecture, group, lang)}" for lang in ("en", "ja")))
    compute = next((node for unit in group for node in architecture.nodes if _is_of(node, unit)), None)
    count = len(nodes_of(group))
    note = Text(f"{count} parts", f"要素 {count} 個")
    icon = compute.icon if compute else "application"
    subject, role = (compute.subject, compute.role) if compute else ("", "")
    return Node(f"{SHEET}{number}", "sheet", "part", subject, role, title, note, icon, cloud)


def _between(architecture: Architecture, groups: list[list[Unit]]) -> list[Edge]:
    """Return one connection for each kind of flow between two sheets, or a sheet and the outside."""
    home = _homes(architecture, groups)
    found: dict[tuple[str, str, Flow], Edge] = {}
    for edge in architecture.edges:
        source, target = home.get(edge.source), home.get(edge.target)
        if not source or not target or source == target or edge.flow in ("image", "observe", "failure", "identity"):
            continue
        plain = replace(
            edge, id=f"{source}>{edge.flow}>{target}", source=source, target=target, label=EMPTY, sentence=EMPTY,
            step=None, budgets=(),
        )  # fmt: skip
        found.setdefault((source, target, edge.flow), plain)
    return list(found.values())


def _homes(architecture: Architecture, groups: list[list[Unit]]) -> dict[str, str]:
    """Return the node of each element in the overview: itself if it is external, otherwise its sheet."""
    homes = {node.id: node.id for node in architecture.nodes if node.kind == "outside"}
    for number, group in enumerate(groups, 1):
        for unit in group:
            own = {node.id for node in architecture.nodes if node.subject == unit.subject and node.role != "identity"}
            sources = {edge.source for edge in unit.edges}
            for id in sources | own:
                homes.setdefault(id, f"{SHEET}{number}")
    return homes
