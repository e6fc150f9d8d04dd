"""Bands: what passes messages between members of a VPC lies in a row beside it, near both of them.

A layered layout takes a border as one node, so that such a queue would close a circle with the VPC and stand behind it, with
a line around everything. It is laid out inside, between its two sides, and moved out of the border afterwards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from renderers.layout.nesting import holders
from renderers.layout.picture import Box, around
from renderers.layout.placement import Placement
from renderers.layout.scene import Scene

_AIR, _BESIDE = 26.0, 28.0


@dataclass(frozen=True, slots=True)
class Band:
    """The items beside a border: the border inside it that each is laid out in, and the item whose side it takes."""

    frame: str
    inside: Mapping[str, str]
    leads: Mapping[str, str]


def bands(scene: Scene) -> tuple[Band, ...]:
    """Return what lies beside each VPC of a scene."""
    parents = {frame.id: frame.parent for frame in scene.frames}
    homes = {item.id: list(holders(item.parent, parents)) for item in scene.items}
    homes |= {id: list(holders(id, parents)) for id in parents}
    found = (_beside(scene, frame.id, homes) for frame in scene.frames if frame.look == "vpc")
    return tuple(band for band in found if band.inside)


def _beside(scene: Scene, vpc: str, homes: Mapping[str, list[str]]) -> Band:
    """Return the items that stand between members of a VPC, each with its dead-letter queue."""
    near: dict[str, list[str]] = {}
    sources, targets = set(), set()
    for link in scene.links:
        near.setdefault(link.source, []).append(link.target)
        near.setdefault(link.target, []).append(link.source)
        sources |= {link.target} if vpc in homes[link.source] else set()
        targets |= {link.source} if vpc in homes[link.target] else set()
    found: dict[str, str] = {}
    leads: dict[str, str] = {}
    for item in scene.items:
        if item.shape or item.outside or vpc in homes[item.id] or item.id not in sources & targets:
            continue
        leaves = [other for other in near[item.id] if near[other] == [item.id] and vpc not in homes[other]]
        members = [other for other in near[item.id] if other not in leaves]
        shared = _shared([homes[other] for other in members])
        if shared and vpc in homes[shared]:
            found |= dict.fromkeys((item.id, *leaves), shared)
            leads |= dict.fromkeys((item.id, *leaves), item.id)
    return Band(vpc, found, leads)


def _shared(homes: list[list[str]]) -> str | None:
    """Return the innermost border that holds all of some things."""
    return next((id for id in homes[0] if all(id in other for other in homes)), None) if homes else None


def drawn_in(scene: Scene, found: tuple[Band, ...]) -> Scene:
    """Return the scene in which what belongs beside a border is inside it."""
    inside = {id: home for band in found for id, home in band.inside.items()}
    items = (replace(item, parent=inside.get(item.id, item.parent)) for item in scene.items)
    return replace(scene, items=tuple(items))


def moved_out(placement: Placement, scene: Scene, found: tuple[Band, ...]) -> Placement:
    """Return the placement with each band beside its border, on the side to which its items are nearer."""
    is_turned = placement.direction == "down"
    placement = placement.turned() if is_turned else placement
    placement.scene = scene
    for band in found:
        border, middles = placement.frames[band.frame], {id: box.cy for id, box in placement.items.items()}
        for is_above in (True, False):
            ids = [id for id, lead in band.leads.items() if (middles[lead] <= border.cy) == is_above]
            if ids:
                _move(placement, band.frame, ids, is_above=is_above)
    return placement.turned() if is_turned else placement


def _move(placement: Placement, frame: str, ids: list[str], *, is_above: bool) -> None:
    """Make room along a side of a border, and move items there; their lines are routed anew."""
    boxes = ((placement.item_box(placement.scene.by_id[id]), id) for id in ids)
    row = sorted(boxes, key=lambda each: (each[0].x, each[1]))
    tall = max(box.h for box, _ in row) + _AIR
    border = placement.frames[frame]
    cut = border.y if is_above else border.bottom + 0.5
    _insert(placement, cut, tall)
    top = cut if is_above else cut - 0.5 + _AIR
    left = 0.0
    for number, (box, id) in enumerate(row):
        x = max(box.x, left) if number else box.x
        left = x + box.w + _BESIDE
        now = placement.item_box(placement.scene.by_id[id])
        placement.items[id] = placement.items[id].moved(x - now.x, top - now.y)
    for id in _loosened(placement, set(ids)):
        placement.routes.pop(id, None)
        placement.tags.pop(id, None)


def _insert(placement: Placement, cut: float, tall: float) -> None:
    """Move everything that begins below a height down; borders around the height grow."""

    def moved(box: Box) -> Box:
        return box.moved(0, tall) if box.y >= cut else box

    def grown(box: Box) -> Box:
        return Box(box.x, box.y, box.w, box.h + tall) if box.y < cut <= box.bottom else moved(box)

    placement.items = {id: moved(box) for id, box in placement.items.items()}
    placement.tags = {id: moved(box) for id, box in placement.tags.items()}
    placement.frames = {id: grown(box) for id, box in placement.frames.items()}
    placement.routes = {
        id: tuple((x, y + tall if y >= cut else y) for x, y in points) for id, points in placement.routes.items()
    }


def _loosened(placement: Placement, moved: set[str]) -> Iterator[str]:
    """Yield the links of what was moved, and those with an end that is not where its element is."""
    for link in placement.scene.links:
        points = placement.routes.get(link.id, ())
        ends = ((points[0], link.source), (points[-1], link.target)) if points else ()
        loose = any(not _touches(point, around([placement.end_box(end)])) for point, end in ends)
        if loose or moved & {link.source, link.target}:
            yield link.id


def _touches(point: tuple[float, float], box: Box) -> bool:
    return box.x - 1 <= point[0] <= box.right + 1 and box.y - 1 <= point[1] <= box.bottom + 1
