"""The scene: the architecture in one language with every text wrapped and measured, but nothing placed yet."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from advisor.architecture import BudgetState, LegendRow
from advisor.text import Lang
from renderers import words
from renderers.layout.picture import LEADING, Box, GroupLook, LineKind, StateShape, TextBlock

ICON = 48.0
CORNER = 28.0
CIRCLE = 20.0
TITLE_SIZE, NOTE_SIZE, TAG_SIZE, GROUP_SIZE, STATE_SIZE, STATE_NOTE_SIZE = 13.0, 12.0, 12.0, 12.5, 12.0, 12.0
TEXT_GAP = 4.0
LOOP = 14.0
MARK, MARK_GAP = 16.0, 5.0
#: How many wrapped texts are remembered: the legend is measured for several widths.
_MOST_BLOCKS = 2048


@dataclass(frozen=True, slots=True)
class Block:
    """Wrapped lines and their size, not placed yet."""

    lines: tuple[str, ...]
    size: float
    bold: bool
    w: float
    h: float

    def at(self, x: float, y: float, anchor: str = "start") -> TextBlock:
        """Return the block with its top left (or, for *middle*, top center) at a point."""
        left = x - self.w / 2 if anchor == "middle" else x
        return TextBlock(
            Box(left, y, self.w, self.h), self.lines, self.size, self.bold, "middle" if anchor == "middle" else "start"
        )


@lru_cache(_MOST_BLOCKS)
def block(text: str, size: float, limit: float, *, bold: bool = False, most: int = 3) -> Block:
    """Measure and wrap a text that a user may have written."""
    lines = words.balance(words.clean(text), limit, size, bold, most)
    widest = max((words.width(line, size, bold) for line in lines), default=0.0)
    return Block(lines, size, bold, even(widest), len(lines) * size * LEADING)


def stacked(first: Block, *others: Block) -> Block:
    """Return blocks of one size as one, beneath each other."""
    if not others:
        return first
    blocks = [first, *others]
    lines = tuple(line for each in blocks for line in each.lines)
    return Block(lines, first.size, first.bold, max(each.w for each in blocks), sum(each.h for each in blocks))


def even(size: float) -> float:
    """Return the next even number of pixels, so that middles are whole ones."""
    return ceil(size / 2) * 2.0


@dataclass(frozen=True, slots=True)
class Badge:
    """A small icon below an item that replaces a connection; `target` is the other node.

    `general` holds for every such connection, whatever its ends are called.
    """

    id: str
    target: str
    kind: LineKind
    icon: str
    sentence: str
    general: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something with a place: an icon with text beneath it, or a state with text inside it."""

    id: str
    parent: str | None
    w: float
    h: float
    title: Block
    note: Block
    icon: str = ""
    shape: StateShape | None = None
    machine: str = ""
    subject: str = ""
    role: str = ""
    label: str = ""
    outside: bool = False
    is_assumed: bool = False
    retry: Block | None = None
    badges: tuple[Badge, ...] = ()

    @property
    def text_w(self) -> float:
        """The width of the text."""
        badges = len(self.badges) * (MARK + MARK_GAP) - MARK_GAP if self.badges else 0.0
        return max(self.title.w, self.note.w, even(badges), self.retry.w + LOOP if self.retry else 0.0)

    @property
    def text_h(self) -> float:
        """The height of the text."""
        badges = MARK + MARK_GAP if self.badges else 0.0
        return self.title.h + self.note.h + badges + (self.retry.h if self.retry else 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """A border around items and other frames."""

    id: str
    look: GroupLook
    parent: str | None
    words: str
    title: Block
    corner: str | None
    service: str | None = None
    subject: str = ""
    role: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A connection between two items (or a state machine's frame). `label` reads it out."""

    id: str
    source: str
    target: str
    kind: LineKind
    step: int | None
    words: Block
    sentence: str
    notes: tuple[str, ...] = ()
    state: BudgetState = "kept"
    label: str = ""

    @property
    def tag_w(self) -> float:
        """The total width of circle and label."""
        circle = CIRCLE if self.step is not None else 0.0
        return circle + (TEXT_GAP if circle and self.words.w else 0.0) + self.words.w

    @property
    def tag_h(self) -> float:
        """The total height of circle and label."""
        return max(CIRCLE if self.step is not None else 0.0, self.words.h)


@dataclass(frozen=True)
class Scene:
    """All elements in the order of the architecture. Frames come before their content.

    `rows` are additional rows of the legend; in a view, the legend has all rows.
    """

    lang: Lang
    items: tuple[Item, ...]
    frames: tuple[Frame, ...]
    links: tuple[Link, ...]
    rows: tuple[LegendRow, ...] = ()
    is_view: bool = False

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}
