"""Adds the resources that only the project contains to the graph of a design, for all diagrams.

The graph decides what is built, so it must not contain anything that follows from it; a picture shows what was built
([ADR 0044](../../docs/adr/0044-pictures-show-what-projects-hold.md)).
"""

from dataclasses import dataclass

from advisor.design import Design
from advisor.text import EMPTY
from blueprints.plan import Plan, plan_to_draw
from blueprints.stack.assembly import stack_of
from renderers.drawn.graph import Drawing
from renderers.drawn.hidden import Stack, add_hidden
from renderers.drawn.outside import leave_out_users, mark_schedules, settle_outside
from renderers.drawn.table import resource

__all__ = ["DrawnDesign", "drawn"]


@dataclass(frozen=True)
class DrawnDesign(Design):
    """A design with the graph that is drawn."""


def drawn(design: Design, plan: Plan | None = None) -> Design:
    """Return a design with the graph to draw; if no project can be generated, it has the resources that can be built.

    A view states which parts it shows, and is returned unchanged. An existing plan is reused.
    """
    if isinstance(design, DrawnDesign) or design.architecture.view != EMPTY:
        return design
    drawing = Drawing(design)
    stack = stack_of(plan or plan_to_draw(design), "en", to_draw=True)
    add_hidden(drawing, Stack(stack.plan, tuple(resource(id, one) for id, one in stack.resources.items())))
    leave_out_users(drawing)
    settle_outside(drawing)
    mark_schedules(drawing)
    return DrawnDesign(design.requirements, design.verdict, design.decision, drawing.architecture(), design.dated)
