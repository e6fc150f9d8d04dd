"""The positioned picture: everything a writer needs, in pixels from the top left corner. Frozen."""

from dataclasses import dataclass, replace
from typing import Literal

from advisor.architecture import BudgetState, Flow
from advisor.text import Lang

Point = tuple[float, float]
Direction = Literal["right", "down"]
LineKind = Flow | Literal["transition"]
GroupLook = Literal[
    "cloud", "region", "vpc", "public-subnet", "private-subnet", "cluster", "component", "state-machine"
]
StateShape = Literal["pill", "box"]
#: How something differs between two designs that are drawn beside each other; empty where it does not.
Change = Literal["", "added", "removed", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.h

    @property
    def cx(self) -> float:
        """The x of its middle."""
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        """The y of its middle."""
        return self.y + self.h / 2

    def grown(self, by: float) -> "Box":
        """Return the rectangle enlarged by `by` pixels on each side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the rectangle at another position."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def overlaps(self, other: "Box", slack: float = 0.5) -> bool:
        """Return whether two rectangles overlap by more than `slack` pixels in both directions."""
        # Compared by hand: it is asked some hundred thousand times for a picture, and min and max take twice as long.
        right, other_right = self.x + self.w, other.x + other.w
        left = self.x if self.x > other.x else other.x
        if not (right if right < other_right else other_right) - left > slack:
            return False
        bottom, other_bottom = self.y + self.h, other.y + other.h
        top = self.y if self.y > other.y else other.y
        return (bottom if bottom < other_bottom else other_bottom) - top > slack

    def holds(self, other: "Box", slack: float = 0.5) -> bool:
        """Return whether the other rectangle is inside this one."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


def stretch(a: Point, b: Point) -> Box:
    """Return the rectangle of a line segment between two points."""
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))


def around(boxes: list[Box]) -> Box:
    """Return the bounding rectangle of a non-empty set of rectangles."""
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Wrapped lines in a rectangle; `anchor` is their alignment. Lines are `LEADING` times the font size apart."""

    box: Box
    lines: tuple[str, ...]
    size: float
    bold: bool = False
    anchor: Literal["start", "middle"] = "start"

    def moved(self, dx: float, dy: float) -> "TextBlock":
        """Return the block at another place."""
        return replace(self, box=self.box.moved(dx, dy))


LEADING = 1.3


@dataclass(frozen=True, slots=True)
class Mark:
    """A small icon at a node that replaces a line to another node: `id` is the connection, `target` the other node."""

    id: str
    target: str
    kind: LineKind
    icon: str
    box: Box
    sentence: str


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """An icon with title and note. `label` is the screen-reader text; `subject` and `role` identify its reasons.

    `marks` stand for connections that are not drawn as lines; `sheet` is the number of the sheet that shows more.
    `is_assumed` says that it follows from no answer.
    """

    id: str
    icon: str
    box: Box
    title: TextBlock
    note: TextBlock | None
    subject: str
    role: str
    label: str
    parent: str | None = None
    marks: tuple[Mark, ...] = ()
    sheet: int | None = None
    is_assumed: bool = False
    change: Change = ""

    @property
    def whole(self) -> Box:
        """The icon with its texts."""
        texts = [self.title.box, *([self.note.box] if self.note else [])]
        return around([self.box, *texts, *(mark.box for mark in self.marks)])


@dataclass(frozen=True, slots=True)
class PlacedState:
    """A state of a state machine; `machine` is its node, `retry` the label of its loop."""

    id: str
    machine: str
    box: Box
    shape: StateShape
    title: TextBlock
    note: TextBlock | None
    retry: TextBlock | None = None


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A border. A state machine is a group that is a node too: then `subject`, `role` and `label` are set."""

    id: str
    look: GroupLook
    box: Box
    title: TextBlock
    corner: str | None
    depth: int
    parent: str | None = None
    service: str | None = None
    subject: str = ""
    role: str = ""
    label: str = ""
    change: Change = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """The tag of a line: its step number in a circle, its label, or both."""

    box: Box
    step: int | None
    circle: Point | None
    words: TextBlock | None


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A connection as an orthogonal line from the source's border to the target's.

    `notes` are its budgets in words, `state` the worst of their states. `label` reads the connection out.
    """

    id: str
    source: str
    target: str
    kind: LineKind
    points: tuple[Point, ...]
    tag: Tag | None
    sentence: str
    notes: tuple[str, ...] = ()
    state: BudgetState = "kept"
    label: str = ""
    change: Change = ""


@dataclass(frozen=True, slots=True)
class LegendStep:
    """One numbered sentence."""

    step: int
    circle: Point
    words: TextBlock


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One key entry: a line type; a mark on lines (`state` other than *kept*); a mark at nodes (`icon`); or a change."""

    kind: LineKind
    start: Point
    end: Point
    words: TextBlock
    state: BudgetState = "kept"
    icon: str = ""
    change: Change = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """The connections in numbered steps, and the key to the lines."""

    box: Box
    beside: bool
    steps: tuple[LegendStep, ...]
    lines: tuple[LegendLine, ...]


@dataclass(frozen=True)
class Picture:
    """A complete positioned picture. `description` is its text alternative."""

    width: float
    height: float
    lang: Lang
    direction: Direction
    title: TextBlock
    nodes: tuple[PlacedNode, ...]
    states: tuple[PlacedState, ...]
    groups: tuple[PlacedGroup, ...]
    lines: tuple[PlacedLine, ...]
    legend: Legend | None
    description: str
    engine: Literal["elk", "layered"]
