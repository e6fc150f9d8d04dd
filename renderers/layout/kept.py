"""Layout that keeps user-defined positions: new elements are placed in free space, and lines are routed again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout import arrange
from renderers.layout.compose import compose
from renderers.layout.labelling.label import label
from renderers.layout.measure import build
from renderers.layout.nesting import holders
from renderers.layout.picture import Box, Direction, Picture, Point, around
from renderers.layout.placement import SIDE, Placement, top_padding
from renderers.layout.routing.lines import draw_lines
from renderers.layout.scene import Frame, Item, Scene
from renderers.layout.text_alternative import describe

_STEP = 24.0
_AIR = 12.0
_RINGS = 60


@dataclass(frozen=True)
class Kept:
    """Positions of icons, states and borders by id; `taken` is space that new elements must not use."""

    items: Mapping[str, Box] = field(default_factory=dict)
    frames: Mapping[str, Box] = field(default_factory=dict)
    taken: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Rearranged:
    """The picture, and the corner of the user's page in it; `outside` are elements outside of their border."""

    picture: Picture
    origin: Point
    outside: tuple[tuple[str, str], ...]


def rearrange(
    architecture: Architecture, title: str, kept: Kept, *, lang: Lang = "en", direction: Direction = "right"
) -> Rearranged:
    """Return the picture of an architecture in which kept elements keep their positions."""
    scene = build(architecture, lang, direction)
    usual = arrange(architecture, title, lang=lang, direction=direction)
    placement = Placement(scene, direction)
    _place(placement, usual, kept)
    _frame(placement, kept)
    placement.scene, outside = _rehomed(placement)
    draw_lines(placement)
    label(placement)
    before = {id: (box.x, box.y) for id, box in (placement.items | placement.frames).items()}
    picture = compose(placement, title, describe(architecture, lang), usual.engine)
    after = placement.items | placement.frames
    origin = next(((after[id].x - x, after[id].y - y) for id, (x, y) in before.items()), (0.0, 0.0))
    return Rearranged(picture, origin, tuple(outside))


def _place(placement: Placement, usual: Picture, kept: Kept) -> None:
    """Assign positions to icons and states: keep existing ones, place new ones near their neighbors."""
    scene = placement.scene
    found = {node.id: node.box for node in usual.nodes} | {state.id: state.box for state in usual.states}
    placement.items = {item.id: kept.items[item.id] for item in scene.items if item.id in kept.items}
    for item in scene.items:
        if item.id not in placement.items:
            wanted = found[item.id].moved(*_shift(item, scene, found, placement.items))
            placement.items[item.id] = _free(item, wanted, placement, kept)


def _shift(item: Item, scene: Scene, usual: Mapping[str, Box], placed: Mapping[str, Box]) -> Point:
    """Return the displacement of the nearest placed neighbor from its default position."""
    linked = [link.target for link in scene.links if link.source == item.id]
    linked += [link.source for link in scene.links if link.target == item.id]
    near = [other.id for other in scene.items if other.parent == item.parent]
    known = [id for id in linked if id in placed] or [id for id in near if id in placed] or list(placed)
    if not known:
        return (0.0, 0.0)
    here = usual[item.id]
    nearest = min(known, key=lambda id: (abs(usual[id].cx - here.cx) + abs(usual[id].cy - here.cy), id))
    return (placed[nearest].x - usual[nearest].x, placed[nearest].y - usual[nearest].y)


def _free(item: Item, wanted: Box, placement: Placement, kept: Kept) -> Box:
    """Return the free place nearest to the wanted one: off everything placed, and out of borders that are not its own."""
    own = set(holders(item.parent, _parents(placement.scene)))
    taken = [placement.item_box(other) for other in placement.scene.items if other.id in placement.items]
    taken += [box for id, box in kept.frames.items() if id not in own] + list(kept.taken)
    taken += [Box(box.x, box.y, box.w, 40.0) for id, box in kept.frames.items() if id in own]
    home = kept.frames.get(item.parent or "")
    for inside in (True, False) if home else (False,):
        for box in _rings(wanted):
            trial = Placement(placement.scene, placement.direction, items={item.id: box}).item_box(item).grown(_AIR)
            if (not inside or (home and home.holds(trial))) and not any(trial.overlaps(other) for other in taken):
                return box
    return wanted


def _rings(wanted: Box) -> Iterator[Box]:
    """Yield the wanted place and those around it, nearer ones first, level ones before upright ones."""
    yield wanted
    for ring in range(1, _RINGS):
        steps = [
            (dx, dy) for dx in range(-ring, ring + 1) for dy in range(-ring, ring + 1) if max(abs(dx), abs(dy)) == ring
        ]
        for dx, dy in sorted(steps, key=lambda step: (abs(step[0]) + abs(step[1]), abs(step[1]), -step[0], -step[1])):
            yield wanted.moved(dx * _STEP, dy * _STEP)


def _frame(placement: Placement, kept: Kept) -> None:
    """Assign rectangles to borders: grow existing ones around new elements, fit new ones around their content."""
    for frame in reversed(placement.scene.frames):
        inside = _inside(frame, placement, kept)
        box = kept.frames.get(frame.id)
        if box is None:
            whole = around(inside)
            top = top_padding(frame)
            box = Box(whole.x - SIDE, whole.y - top, whole.w + 2 * SIDE, whole.h + top + SIDE)
        elif any(not box.holds(other) for other in inside):
            box = around([box, *(other.grown(SIDE) for other in inside if not box.holds(other))])
        placement.frames[frame.id] = box


def _inside(frame: Frame, placement: Placement, kept: Kept) -> list[Box]:
    """Return the elements that a border must contain: all members of a new border, otherwise the new ones."""
    is_new = frame.id not in kept.frames
    scene = placement.scene
    boxes = [
        placement.item_box(item)
        for item in scene.items
        if item.parent == frame.id and (is_new or item.id not in kept.items)
    ]
    inner = [other for other in scene.frames if other.parent == frame.id and (is_new or other.id not in kept.frames)]
    return boxes + [placement.frames[other.id] for other in inner]


def _rehomed(placement: Placement) -> tuple[Scene, list[tuple[str, str]]]:
    """Move an element that the user placed outside its border into the innermost border that contains it."""
    scene, outside = placement.scene, []
    parents = _parents(scene)

    def home(id: str, parent: str | None, box: Box) -> str | None:
        for above in holders(parent, parents):
            if placement.frames[above].holds(box, 1.0):
                return above
            outside.append((id, above))
        return None

    frames = tuple(replace(f, parent=home(f.id, f.parent, placement.frames[f.id])) for f in scene.frames)
    items = tuple(
        item if item.machine else replace(item, parent=home(item.id, item.parent, placement.items[item.id]))
        for item in scene.items
    )
    return replace(scene, frames=frames, items=items), outside


def _parents(scene: Scene) -> dict[str, str | None]:
    return {frame.id: frame.parent for frame in scene.frames}
