"""Derived settings of one role with their reasons, and the budgets of its connections."""

from collections.abc import Iterator

import streamlit as st

from advisor.architecture import Architecture, Edge, Node
from advisor.budgets.words import STATES, line, way, worst
from advisor.design import Design
from advisor.sizing.words import setting_value, title
from advisor.text import Lang
from advisor_ui.results.citations import cite
from advisor_ui.words import say
from renderers.markdown import escape

_BADGE = {"warned": "orange", "broken": "red"}


def path(design: Design, subject: str, role: str, lang: Lang) -> None:
    """Show the settings of a role, and the budgets of the connections at its ends."""
    architecture = design.architecture
    nodes = [node for node in architecture.nodes if (node.subject, node.role) == (subject, role)]
    settings = [*_settings(design, nodes, lang)]
    if settings:
        with st.expander(f"{say('settings', lang)} ({len(settings)})", key="settings"):
            st.markdown("\n".join(settings))
    ids = {node.id for node in nodes}
    edges = [edge for edge in architecture.edges if edge.budgets and {edge.source, edge.target} & ids]
    if edges:
        exceeded = any(worst(edge.budgets) != "kept" for edge in edges)
        with st.expander(f"{say('budgets', lang)} ({len(edges)})", key="budgets", expanded=exceeded):
            st.markdown("\n".join(_budgets(architecture, edges, lang)))


def _settings(design: Design, nodes: list[Node], lang: Lang) -> Iterator[str]:
    for node in nodes:
        for key, ground in node.grounds.items():
            value, fact = setting_value(node, key).in_(lang), design.book.facts.get(ground.source)
            source = f" {cite(fact.source, lang, fact.id)}" if fact else ""
            yield f"- {title(node, key).in_(lang)}: **{escape(value)}**  \n  {escape(ground.reason.in_(lang))}{source}"


def _budgets(architecture: Architecture, edges: list[Edge], lang: Lang) -> Iterator[str]:
    for edge in edges:
        yield f"- **{escape(way(architecture, edge.budgets[0]).in_(lang))}**"
        for budget in edge.budgets:
            words = escape(line(budget).in_(lang))
            if budget.ok:
                yield f"  - {words}"
            else:
                badge = f":{_BADGE[budget.state]}-badge[{STATES[budget.state].in_(lang)}]"
                yield f"  - {words} {badge}  \n    {escape(budget.cure.in_(lang))}"
