"""Positions during layout: rectangles by id, routes and tags by link. Each step of the layout updates them."""

from dataclasses import dataclass, field

from renderers.layout.picture import Box, Direction, Point, around
from renderers.layout.scene import CORNER, TEXT_GAP, Frame, Item, Scene

SIDE, TOP, TOP_PLAIN = 12.0, 36.0, 30.0


@dataclass
class Placement:
    """Rectangles of icons, states and borders, routes and tags of links; `slid` is the offset of titles to the right.

    `is_turned` says that the axes are swapped for the time being.
    """

    scene: Scene
    direction: Direction
    items: dict[str, Box] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)
    routes: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    tags: dict[str, Box] = field(default_factory=dict)
    slid: dict[str, float] = field(default_factory=dict)
    is_turned: bool = False

    def copy(self) -> "Placement":
        """Return a placement that can be changed without changing this one."""
        return Placement(
            scene=self.scene,
            direction=self.direction,
            items=dict(self.items),
            frames=dict(self.frames),
            routes=dict(self.routes),
            tags=dict(self.tags),
            slid=dict(self.slid),
            is_turned=self.is_turned,
        )

    def move(self, dx: float, dy: float) -> None:
        """Move everything."""
        self.items = {id: box.moved(dx, dy) for id, box in self.items.items()}
        self.frames = {id: box.moved(dx, dy) for id, box in self.frames.items()}
        self.routes = {id: tuple((x + dx, y + dy) for x, y in points) for id, points in self.routes.items()}
        self.tags = {id: box.moved(dx, dy) for id, box in self.tags.items()}

    def turned(self) -> "Placement":
        """Return the placement with its axes swapped."""
        return Placement(
            scene=self.scene,
            direction=self.direction,
            items={id: turned(box) for id, box in self.items.items()},
            frames={id: turned(box) for id, box in self.frames.items()},
            routes={id: tuple((y, x) for x, y in points) for id, points in self.routes.items()},
            tags={id: turned(box) for id, box in self.tags.items()},
            slid=self.slid,
            is_turned=not self.is_turned,
        )

    def item_box(self, item: Item) -> Box:
        """Return the box around an icon and its text."""
        box = self.items[item.id]
        return turned(whole_box(item, turned(box))) if self.is_turned else whole_box(item, box)

    def bounds(self) -> Box:
        """Return the bounding rectangle of all placed elements."""
        boxes = [*self.frames.values(), *self.tags.values()]
        for item in self.scene.items:
            boxes.append(self.item_box(item))
        for points in self.routes.values():
            boxes += [Box(x, y, 0, 0) for x, y in points]
        return around(boxes) if boxes else Box(0, 0, 0, 0)

    def end_box(self, id: str) -> Box:
        """Return the rectangle that an end of a link touches: an icon, a state or the border of a state machine."""
        return self.items[id] if id in self.items else self.frames[id]


def turned(box: Box) -> Box:
    """Return a rectangle with its axes swapped."""
    return Box(box.y, box.x, box.h, box.w)


def text_box(item: Item, box: Box) -> Box | None:
    """Return the position of the text below an icon, or None for a state, whose text is inside."""
    if item.shape is not None or not item.text_h:
        return None
    return Box(box.cx - item.text_w / 2, box.bottom + TEXT_GAP, item.text_w, item.text_h)


def whole_box(item: Item, box: Box) -> Box:
    """Return the bounding rectangle of an icon and its text."""
    text = text_box(item, box)
    return around([box, text]) if text else box


def title_box(frame: Frame, box: Box, slid: float = 0.0) -> Box:
    """Return the position of a frame title: beside the corner icon, or further right if a line is in the way."""
    if frame.corner:
        y = max(4.0, CORNER / 2 - frame.title.h / 2)
        return Box(box.x + CORNER + 8 + slid, box.y + y, frame.title.w, frame.title.h)
    return Box(box.x + 12 + slid, box.y + 8, frame.title.w, frame.title.h)


def top_padding(frame: Frame) -> float:
    """Return the space that a frame needs above its content for its title."""
    return max(TOP if frame.corner else TOP_PLAIN, frame.title.h + 18)


def least_width(frame: Frame) -> float:
    """Return the width that a frame needs for its title."""
    return (CORNER + 8 if frame.corner else 12) + frame.title.w + 14


def footprint(item: Item) -> tuple[float, float]:
    """Return the width and height of an icon and its text together."""
    if item.shape is not None:
        return item.w, item.h
    return max(item.w, item.text_w), item.h + (TEXT_GAP + item.text_h if item.text_h else 0)
