"""Repair: lines that run through a title, a text or a tag are routed anew."""

from renderers.layout.check import runs_through
from renderers.layout.placement import Placement
from renderers.layout.routing.route import route
from renderers.layout.routing.tidy import solids


def repair(placement: Placement) -> None:
    """Reroute lines that run through something; their tags are placed later."""
    broken = []
    for link in placement.scene.links:
        points = placement.routes.get(link.id, ())
        own = placement.tags.pop(link.id, None)
        ends = (link.source, link.target)
        if any(runs_through(points, box) for box in solids(placement, ends)):
            broken.append(link)
        elif own is not None:
            placement.tags[link.id] = own
    for link in broken:
        del placement.routes[link.id]
    route(placement, broken)
