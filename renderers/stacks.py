"""Stacks: many destinations of one sender that are alike are one node, with their number, and their names in the legend."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from advisor.architecture import Architecture, Edge, LegendRow, Node
from advisor.architecture.numbering import renumbered
from advisor.design import Design
from advisor.text import EMPTY, Lang, Text
from renderers.drawn import drawn
from renderers.heading import title_of
from renderers.layout import arrange
from renderers.layout.geometry import text_pt
from renderers.layout.pages import A4
from renderers.sheets.destinations import FEW
from renderers.sheets.passing import FLOWS, leads_nowhere

#: From how many destinations on a stack stands for them, and how many of their names are beneath it.
_FEWEST, _NAMES = 3, 2
_EVERY_PART = (".drawio", ".drawio.svg", ".mmd", ".py")


def readable(design: Design, suffix: str, lang: Lang) -> Design:
    """Return a design as it is drawn in one picture: with stacks where its text is too small on A4 without them.

    draw.io files, which are edited and brought back, and formats without positions have every part.
    """
    design = drawn(design)
    architecture = design.architecture if suffix in _EVERY_PART else stacked(design.architecture)
    if architecture == design.architecture:
        return design
    whole = arrange(design.architecture, title_of(design, lang), lang=lang)
    return design if text_pt(whole, A4) >= A4.least_pt else replace(design, architecture=architecture)


def stacked(architecture: Architecture) -> Architecture:
    """Return an architecture in which alike destinations of a sender with many of them are one node each.

    They are alike if they look the same but for their names, are reached in the same way and within their limits alike, and
    nothing but dead-letter queues follows. It is the same architecture where there are none.
    """
    stacks = [stack for stack in _alike(architecture).values() if len(stack) >= _FEWEST]
    if not stacks:
        return architecture
    gone = {id for stack in stacks for edge in stack[1:] for id in _with_dead_letters(edge.target, architecture)}
    counted = {stack[0].id: stack for stack in stacks}
    first = {stack[0].target: [architecture.node(edge.target) for edge in stack] for stack in stacks}
    nodes = tuple(
        _stack(node, first[node.id]) if node.id in first else node for node in architecture.nodes if node.id not in gone
    )
    edges = tuple(
        _for_all(edge, len(counted[edge.id])) if edge.id in counted else edge
        for edge in architecture.edges
        if not {edge.source, edge.target} & gone
    )
    rows = tuple(_row(alike) for alike in first.values())
    return replace(architecture, nodes=nodes, edges=renumbered(nodes, edges), rows=(*architecture.rows, *rows))


def _alike(architecture: Architecture) -> dict[Hashable, list[Edge]]:
    """Return the connections to alike destinations, for each sender that has many, in the order of the architecture."""
    last: dict[str, list[Edge]] = {}
    for edge in architecture.edges:
        into = [each for each in architecture.entering(edge.target) if each.flow in FLOWS]
        if edge.flow == "async" and into == [edge] and leads_nowhere(edge.target, architecture):
            last.setdefault(edge.source, []).append(edge)
    found: dict[Hashable, list[Edge]] = {}
    for sender, edges in last.items():
        for edge in edges if len(edges) > FEW else ():
            node = architecture.node(edge.target)
            looks = (node.service, node.kind, node.role, node.title, node.icon, node.group, node.is_assumed)
            after = tuple((each.verb, each.flow) for each in architecture.leaving(node.id))
            states = frozenset(budget.state for budget in edge.budgets)
            found.setdefault((sender, *looks, edge.verb, edge.label, after, states), []).append(edge)
    return found


def _with_dead_letters(id: str, architecture: Architecture) -> set[str]:
    """Return a destination with the dead-letter queues that it alone has."""
    behind = {edge.target for edge in architecture.leaving(id) if edge.flow == "failure"}
    return {id} | {each for each in behind if {edge.source for edge in architecture.entering(each)} == {id}}


def _stack(node: Node, alike: Sequence[Node]) -> Node:
    names = [_name(each) for each in alike]
    more = len(names) - _NAMES
    note = Text(
        f"{', '.join(name.en for name in names[:_NAMES])} and {more} more",
        f"{'、'.join(name.ja for name in names[:_NAMES])} ほか {more} 件",
    )
    return replace(node, title=_counted(alike), note=note)


def _counted(alike: Sequence[Node]) -> Text:
    title = alike[0].title
    return Text(f"{title.en} × {len(alike)}", f"{title.ja} × {len(alike)}")


def _name(node: Node) -> Text:
    return node.note if node.note != EMPTY else node.title


def _for_all(edge: Edge, count: int) -> Edge:
    said = edge.sentence
    sentence = Text(f"{said.en} (likewise for {count - 1} more)", f"{said.ja}（ほか {count - 1} 件も同様）")
    return replace(edge, sentence=sentence)


def _row(alike: Sequence[Node]) -> LegendRow:
    names, title = [_name(node) for node in alike], _counted(alike)
    words = Text(
        f"{title.en}: {', '.join(name.en for name in names)}", f"{title.ja}：{'、'.join(name.ja for name in names)}"
    )
    return LegendRow(alike[0].icon, words, (alike[0].id,))
