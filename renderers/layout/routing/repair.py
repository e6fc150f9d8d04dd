"""Routes lines again that run through a title, a text or a tag."""

from itertools import pairwise

from renderers.layout.check import crosses, inner
from renderers.layout.picture import Box
from renderers.layout.placement import Placement
from renderers.layout.routing.route import route
from renderers.layout.routing.tidy import owned_solids
from renderers.layout.scene import Link


def repair(placement: Placement) -> None:
    """Route lines again that run through an element; their tags are placed later."""
    fixed = [(owner, inner(box)) for owner, box in owned_solids(placement)]
    broken = []
    for link in placement.scene.links:
        own = placement.tags.pop(link.id, None)
        if _is_broken(link, placement, fixed):
            broken.append(link)
        elif own is not None:
            placement.tags[link.id] = own
    for link in broken:
        del placement.routes[link.id]
    route(placement, broken)


def _is_broken(link: Link, placement: Placement, fixed: list[tuple[str, Box]]) -> bool:
    ends = (link.source, link.target)
    solids = [box for owner, box in fixed if owner not in ends]
    solids += [inner(tag) for tag in placement.tags.values()]
    return any(crosses(a, b, box) for a, b in pairwise(placement.routes.get(link.id, ())) for box in solids)
