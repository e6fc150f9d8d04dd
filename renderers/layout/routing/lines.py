"""Routes the lines of a placement in the order of the steps, straightens them, and reroutes those that hit titles or texts."""

from renderers.layout.labelling.headings import slide_titles
from renderers.layout.placement import Placement
from renderers.layout.routing.repair import repair
from renderers.layout.routing.route import route
from renderers.layout.routing.shortening import shorten
from renderers.layout.routing.swapping import swap_ports
from renderers.layout.routing.tidy import tidy


def draw_lines(placement: Placement) -> None:
    """Route the links that have no line yet, and bring lines and titles of borders clear of each other."""
    route(placement, [link for link in placement.scene.links if link.id not in placement.routes])
    tidy(placement)
    swap_ports(placement)
    shorten(placement)
    slide_titles(placement)
    repair(placement)
