"""Adds the resources that only the project contains to the graph of a design, for all diagrams.

The graph decides what is built, so it must not contain anything that follows from it; a picture shows what was built
([ADR 0044](../../docs/adr/0044-pictures-show-what-projects-hold.md)).
"""

from dataclasses import dataclass

from advisor.design import Design
from advisor.text import EMPTY
from blueprints.plan import Plan, plan_for, plan_to_draw
from blueprints.plan.monitoring.expiry_alarms import most_expiries
from blueprints.stack.scope import Scope
from blueprints.targets import has_room, stack_of_any
from renderers.drawn.graph import Drawing
from renderers.drawn.hidden import Stack, add_hidden
from renderers.drawn.outside import settle_outside
from renderers.drawn.table import resource

__all__ = ["DrawnDesign", "drawn"]


@dataclass(frozen=True)
class DrawnDesign(Design):
    """A design with the graph that is drawn."""


def drawn(design: Design, plan: Plan | None = None) -> Design:
    """Return a design with the graph to draw; if no project can be generated, it has no additional resources.

    A view states which parts it shows, and is returned unchanged. An existing plan is reused.
    """
    if isinstance(design, DrawnDesign) or design.architecture.view != EMPTY:
        return design
    drawing = Drawing(design)
    stack = _stack(design) if plan is None else stack_of_any(plan)
    if stack is not None:
        add_hidden(drawing, Stack(stack.plan, tuple(resource(id, one) for id, one in stack.resources.items())))
    settle_outside(drawing)
    return DrawnDesign(design.requirements, design.verdict, design.decision, drawing.architecture(), design.dated)


def _stack(design: Design) -> Scope | None:
    """Return the stack of a design, with or without its alarms, or None if no project can be generated."""
    stack = stack_of_any(plan_to_draw(design))
    if stack is None or has_room(stack, most_expiries(design)):
        return stack
    return stack_of_any(plan_for(design))
