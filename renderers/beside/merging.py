"""Two scenes merged into one: every part with the space that it needs on either side, laid out once and then split again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from renderers.layout.drawing import Drawing
from renderers.layout.nesting import holders
from renderers.layout.picture import Box, Direction, Point
from renderers.layout.placement import Placement
from renderers.layout.placing.engine import ENGINE
from renderers.layout.placing.tries import USUAL
from renderers.layout.scene import Block, Frame, Item, Link, Scene

_STRAIGHT = 0.5


def placed(before: Scene, after: Scene, direction: Direction) -> tuple[Placement, Placement, Placement]:
    """Return the layout of the merged scene, and the share of each of the two scenes in it."""
    whole, _ = Drawing(_merged(before, after), "", direction, ENGINE, None).best(USUAL)
    bounds = whole.bounds()
    whole.move(-bounds.x, -bounds.y)
    return whole, _side(before, whole), _side(after, whole)


def _merged(a: Scene, b: Scene) -> Scene:
    items = _interleaved([item.id for item in a.items], [item.id for item in b.items])
    frames = _interleaved([frame.id for frame in a.frames], [frame.id for frame in b.frames])
    links = _interleaved([link.id for link in a.links], [link.id for link in b.links])
    items_of = [{item.id: item for item in scene.items} for scene in (a, b)]
    frames_of = [{frame.id: frame for frame in scene.frames} for scene in (a, b)]
    links_of = [{link.id: link for link in scene.links} for scene in (a, b)]
    merged_frames = [_frame([of[id] for of in frames_of if id in of]) for id in frames]
    return Scene(
        lang=a.lang,
        items=tuple(_item([of[id] for of in items_of if id in of]) for id in items),
        frames=tuple(sorted(merged_frames, key=lambda frame: _depth(frame, merged_frames))),
        links=tuple(_link([of[id] for of in links_of if id in of]) for id in links),
    )


def _interleaved(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return the ids of both in the order of the first; an id of the second only follows its predecessor there."""
    order, behind = [*first], -1
    for id in second:
        if id in order:
            behind = order.index(id)
        else:
            behind += 1
            order.insert(behind, id)
    return order


def _depth(frame: Frame, frames: Iterable[Frame]) -> int:
    return sum(1 for _ in holders(frame.parent, {one.id: one.parent for one in frames}))


def _larger(blocks: list[Block]) -> Block:
    tallest = max(blocks, key=lambda block: block.h)
    return replace(tallest, w=max(block.w for block in blocks))


def _item(sides: list[Item]) -> Item:
    first = sides[0]
    return replace(
        first,
        w=max(side.w for side in sides),
        h=max(side.h for side in sides),
        title=_larger([side.title for side in sides]),
        note=_larger([side.note for side in sides]),
        badges=max((side.badges for side in sides), key=len),
    )


def _frame(sides: list[Frame]) -> Frame:
    return replace(sides[0], title=_larger([side.title for side in sides]))


def _link(sides: list[Link]) -> Link:
    return replace(sides[0], words=_larger([side.words for side in sides]))


def _side(scene: Scene, whole: Placement) -> Placement:
    """Return the share of a scene in the layout: smaller icons are centered in their space, and lines are extended to them."""
    side = Placement(
        scene=scene,
        direction=whole.direction,
        items={item.id: _centred(item, whole.items[item.id]) for item in scene.items},
        frames={frame.id: whole.frames[frame.id] for frame in scene.frames},
        tags={link.id: whole.tags[link.id] for link in scene.links if link.id in whole.tags},
        slid=whole.slid,
    )
    rooms = {item.id: Room(whole.items[item.id], whole.item_box(item)) for item in whole.scene.items}
    own = {item.id: Room(side.items[item.id], side.item_box(item)) for item in scene.items}
    for link in scene.links:
        points = whole.routes.get(link.id, ())
        if len(points) > 1:
            points = _up_to(points, rooms.get(link.source), own.get(link.source))
            side.routes[link.id] = _up_to(points[::-1], rooms.get(link.target), own.get(link.target))[::-1]
    return side


class Room(NamedTuple):
    """The space of an item: its icon, and the icon with its texts."""

    icon: Box
    whole: Box


def _centred(item: Item, room: Box) -> Box:
    return Box(room.cx - item.w / 2, room.cy - item.h / 2, item.w, item.h)


def _up_to(points: tuple[Point, ...], room: Room | None, own: Room | None) -> tuple[Point, ...]:
    """Return a line whose first stretch begins at an item, where it began at the border of the room for it."""
    if room is None or own is None or room == own:
        return points
    (x, y), (next_x, next_y) = points[:2]
    if abs(x - next_x) < _STRAIGHT:
        away = own.whole.bottom - room.whole.bottom if y > room.icon.cy else own.whole.y - room.whole.y
        return ((x, y + away), *points[1:])
    if abs(y - next_y) < _STRAIGHT:
        away = own.icon.right - room.icon.right if x > room.icon.cx else own.icon.x - room.icon.x
        return ((x + away, y), *points[1:])
    return points
