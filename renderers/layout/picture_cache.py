"""The cache key of pictures: all inputs of a picture."""

from collections.abc import Hashable

from advisor.architecture import Architecture, Node
from advisor.text import Lang
from renderers.layout.picture import Direction

#: How many pictures are kept.
MOST = 64


def key(architecture: Architecture, title: str, lang: Lang, direction: Direction) -> Hashable:
    """Return all inputs of a picture as one value."""
    edges = tuple(
        (e.id, e.source, e.verb, e.target, e.label.in_(lang), e.sentence.in_(lang), e.flow, e.step, e.budgets)
        for e in architecture.edges
    )
    groups = tuple((g.id, g.kind, g.title.in_(lang), g.parent, g.service) for g in architecture.groups)
    rows = tuple((row.icon, row.words.in_(lang)) for row in architecture.rows)
    nodes = tuple(_node(node, lang) for node in architecture.nodes)
    return (lang, direction, title, nodes, edges, groups, rows, architecture.view.in_(lang), architecture.is_brief)


def _node(node: Node, lang: Lang) -> Hashable:
    states = tuple(
        (s.id, s.kind, s.title.in_(lang), s.note.in_(lang), tuple(s.next), s.on_error, s.settings.get("retry"))
        for s in node.states
    )
    return (
        node.id, node.service, node.kind, node.subject, node.role, node.heading.in_(lang), node.note.in_(lang),
        node.icon, node.group, node.is_assumed, states, tuple(remark.in_(lang) for remark in node.remarks),
    )  # fmt: skip
