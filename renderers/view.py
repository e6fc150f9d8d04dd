"""A view of an architecture: the visible parts and connections, and their additional texts.

A view is data. `reduced` makes an architecture of it, which every format draws as it draws the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor.architecture import Architecture, Edge, LegendRow, Node
from advisor.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class LineText:
    """The label of a connection, and its sentence: numbered in the legend, otherwise that of its mark at a part."""

    label: Text = EMPTY
    sentence: Text = EMPTY
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """One view of an architecture.

    `lines` has an entry for each connection that is kept, `nodes` the parts that are kept besides the ends of these.
    `notes` are the short lines beneath parts, `rows` are the rows of the legend besides the numbered sentences.
    """

    title: Text
    architecture: Architecture
    nodes: frozenset[str]
    lines: Mapping[str, LineText]
    notes: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    rows: tuple[LegendRow, ...] = ()


def reduced(view: View) -> Architecture:
    """Return the content of a view in the order of its architecture; workflows are drawn as one part."""
    architecture = view.architecture
    edges = [edge for edge in architecture.edges if edge.id in view.lines]
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    kept = [node for node in architecture.nodes if node.id in view.nodes | ends]
    return replace(
        architecture,
        nodes=tuple(_with_notes(node, view) for node in kept),
        edges=_numbered(edges, view),
        view=view.title,
        rows=view.rows,
    )


def _with_notes(node: Node, view: View) -> Node:
    return replace(node, remarks=view.notes.get(node.id, ()), states=())


def _numbered(edges: list[Edge], view: View) -> tuple[Edge, ...]:
    """Number the connections that have a sentence: those of the flow in its order, then the others."""
    last = max((edge.step for edge in edges if edge.step is not None), default=0) + 1
    said = {edge.id: view.lines[edge.id] for edge in edges}
    told = [edge for edge in edges if said[edge.id].is_numbered and said[edge.id].sentence != EMPTY]
    order = sorted(told, key=lambda edge: edge.step if edge.step is not None else last)
    steps = {edge.id: number for number, edge in enumerate(order, 1)}
    return tuple(_line(edge, view.lines[edge.id], steps.get(edge.id)) for edge in edges)


def _line(edge: Edge, words: LineText, step: int | None) -> Edge:
    return replace(edge, label=words.label, sentence=words.sentence, step=step, budgets=())
