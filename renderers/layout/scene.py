"""The scene: the architecture in one language with every text wrapped and measured, but nothing placed yet."""

from dataclasses import dataclass, replace
from math import ceil

from advisor.architecture import Architecture, Edge, Group, Node, State
from advisor.text import Lang, Text
from renderers import icons, words
from renderers.layout.picture import LEADING, Box, Direction, GroupLook, LineKind, StateShape, TextBlock

ICON = 56.0
CORNER = 28.0
CIRCLE = 20.0
TITLE_SIZE, NOTE_SIZE, TAG_SIZE, GROUP_SIZE, STATE_SIZE, STATE_NOTE_SIZE = 13.0, 11.0, 11.5, 12.5, 12.0, 10.5
_TITLE_LIMIT, _TAG_LIMIT, _GROUP_LIMIT, _STATE_LIMIT = 132.0, 118.0, 340.0, 132.0
_NARROW_LIMIT = 112.0
TEXT_GAP = 5.0

_CLOUD = Text("AWS Cloud", "AWS クラウド")
_CORNERS: dict[str, str] = {
    "cloud": "group-cloud",
    "region": "group-region",
    "vpc": "group-vpc",
    "public-subnet": "group-public-subnet",
    "private-subnet": "group-private-subnet",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Wrapped lines and their size, not placed yet."""

    lines: tuple[str, ...]
    size: float
    bold: bool
    w: float
    h: float

    def at(self, x: float, y: float, anchor: str = "start") -> TextBlock:
        """Return the block with its top left (or, for *middle*, top centre) at a point."""
        left = x - self.w / 2 if anchor == "middle" else x
        return TextBlock(
            Box(left, y, self.w, self.h), self.lines, self.size, self.bold, "middle" if anchor == "middle" else "start"
        )


def block(text: str, size: float, limit: float, *, bold: bool = False, most: int = 3) -> Block:
    """Measure and wrap a text that a user may have written."""
    lines = words.balance(words.clean(text), limit, size, bold, most)
    widest = max((words.width(line, size, bold) for line in lines), default=0.0)
    return Block(lines, size, bold, even(widest), len(lines) * size * LEADING)


def even(size: float) -> float:
    """Return the next even number of pixels, so that middles are whole ones."""
    return ceil(size / 2) * 2.0


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

    @property
    def text_w(self) -> float:
        """The width of the text."""
        return max(self.title.w, self.note.w)

    @property
    def text_h(self) -> float:
        """The height of the text."""
        return self.title.h + self.note.h


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
    """A connection between two items (or a state machine's frame)."""

    id: str
    source: str
    target: str
    kind: LineKind
    step: int | None
    words: Block
    sentence: str

    @property
    def tag_w(self) -> float:
        """The width of circle and words together."""
        circle = CIRCLE if self.step is not None else 0.0
        return circle + (TEXT_GAP if circle and self.words.w else 0.0) + self.words.w

    @property
    def tag_h(self) -> float:
        """The height of circle and words together."""
        return max(CIRCLE if self.step is not None else 0.0, self.words.h)


@dataclass(frozen=True)
class Scene:
    """All parts, in the architecture's order. Frames come before what they hold."""

    lang: Lang
    items: tuple[Item, ...]
    frames: tuple[Frame, ...]
    links: tuple[Link, ...]


def build(architecture: Architecture, lang: Lang, direction: Direction = "right") -> Scene:
    """Measure an architecture. Links whose ends do not exist, and frames around nothing, are left out."""
    items = [_item(node, lang) for node in architecture.nodes if not node.states]
    machines = [node for node in architecture.nodes if node.states]
    frames = _frames(architecture, lang)
    frames += [_machine(node, lang) for node in machines]
    items += [_state(node, state, lang) for node in machines for state in node.states]
    items, frames = _in_cloud(items, frames, lang)
    frames = _used(items, frames)
    known = {item.id for item in items} | {frame.id for frame in frames if frame.label}
    links = [_link(edge, architecture, lang) for edge in architecture.edges]
    links += [link for node in machines for link in _transitions(node, lang)]
    kept = tuple(link for link in links if {link.source, link.target} <= known and link.source != link.target)
    if direction == "down":
        frames = [_narrowed(frame) for frame in frames]
    return Scene(lang, tuple(items), tuple(frames), kept)


def _narrowed(frame: Frame) -> Frame:
    """Wrap a frame's title, because lines that come from above have to pass beside it."""
    if frame.look in ("cloud", "region"):
        return frame
    return replace(frame, title=block(frame.words, GROUP_SIZE, _NARROW_LIMIT, most=2))


def _item(node: Node, lang: Lang) -> Item:
    title = block(node.title.in_(lang), TITLE_SIZE, _TITLE_LIMIT)
    note = block(node.note.in_(lang), NOTE_SIZE, _TITLE_LIMIT)
    left, top, right, bottom = icons.extent(node.icon)
    return Item(
        node.id, node.group, even(ICON * (right - left)), even(ICON * (bottom - top)), title, note, node.icon,
        subject=node.subject, role=node.role, label=_read_out(node, lang), outside=node.kind == "outside",
    )  # fmt: skip


def _read_out(node: Node, lang: Lang) -> str:
    title, note = words.clean(node.title.in_(lang)), words.clean(node.note.in_(lang))
    return f"{title}, {note}" if note and lang == "en" else f"{title}、{note}" if note else title


def _machine(node: Node, lang: Lang) -> Frame:
    text = _read_out(node, lang)
    title = block(words.clean(node.title.in_(lang)), GROUP_SIZE, _GROUP_LIMIT, most=1)
    return Frame(
        node.id, "state-machine", node.group, node.title.in_(lang), title, node.icon,
        service=node.service, subject=node.subject, role=node.role, label=text,
    )  # fmt: skip


def _state(node: Node, state: State, lang: Lang) -> Item:
    title = block(state.title.in_(lang), STATE_SIZE, _STATE_LIMIT, bold=True, most=2)
    note = block(state.note.in_(lang), STATE_NOTE_SIZE, _STATE_LIMIT, most=2)
    shape: StateShape = "pill" if state.kind in ("start", "end", "fail") else "box"
    wide = max(title.w, note.w) + (40 if shape == "pill" else 28)
    tall = title.h + note.h + 16
    return Item(
        state_id(node.id, state.id),
        node.id,
        max(even(wide), 76.0),
        max(even(tall), 34.0),
        title,
        note,
        shape=shape,
        machine=node.id,
    )


def state_id(node: str, state: str) -> str:
    """Return the scene's id of a state: the node's and its own, with a character that ids do not have between."""
    return f"{node}|{state}"


def _frames(architecture: Architecture, lang: Lang) -> list[Frame]:
    """Return the groups with parents before children; a group in an unknown or circular one stands at the top."""
    groups = {group.id: group for group in architecture.groups}
    done: dict[str, Frame] = {}

    def add(group: Group, above: tuple[str, ...]) -> None:
        if group.id in done:
            return
        parent = group.parent if group.parent in groups and group.parent not in (*above, group.id) else None
        if parent is not None:
            add(groups[parent], (*above, group.id))
        title = block(group.title.in_(lang), GROUP_SIZE, _GROUP_LIMIT, most=1)
        done[group.id] = Frame(
            group.id, group.kind, parent, group.title.in_(lang), title, _corner(group), group.service
        )

    for group in architecture.groups:
        add(group, ())
    return list(done.values())


def _corner(group: Group) -> str | None:
    return group.service or _CORNERS.get(group.kind)


def _in_cloud(items: list[Item], frames: list[Frame], lang: Lang) -> tuple[list[Item], list[Frame]]:
    """Put whatever is not outside into the cloud's border, which is added when the architecture has none."""
    ids = {frame.id for frame in frames}
    cloud = next((frame.id for frame in frames if frame.look == "cloud"), None)
    if cloud is None:
        cloud = "|cloud"
        frames = [
            Frame(
                cloud, "cloud", None, _CLOUD.in_(lang), block(_CLOUD.in_(lang), GROUP_SIZE, _GROUP_LIMIT), "group-cloud"
            ),
            *frames,
        ]
        ids.add(cloud)
    inside = [item if item.parent in ids else replace(item, parent=None if item.outside else cloud) for item in items]
    homes = [frame if frame.id == cloud or frame.parent in ids else replace(frame, parent=cloud) for frame in frames]
    return inside, homes


def _used(items: list[Item], frames: list[Frame]) -> list[Frame]:
    parent_of = {frame.id: frame.parent for frame in frames}
    used: set[str] = set()
    for item in items:
        at = item.parent
        while at is not None and at not in used:
            used.add(at)
            at = parent_of.get(at)
    return [frame for frame in frames if frame.id in used]


def _link(edge: Edge, architecture: Architecture, lang: Lang) -> Link:
    source, target = architecture.find(edge.source), architecture.find(edge.target)
    start = _exit(source, edge.verb) if source and source.states else edge.source
    end = _entry(target) if target and target.states else edge.target
    return Link(
        edge.id, start, end, edge.flow, edge.step,
        block(edge.label.in_(lang), TAG_SIZE, _TAG_LIMIT, most=2), words.clean(edge.sentence.in_(lang)),
    )  # fmt: skip


def _entry(node: Node) -> str:
    first = next((state for state in node.states if state.kind == "start"), node.states[0])
    return state_id(node.id, first.id)


def _exit(node: Node, verb: str) -> str:
    """Return the state that a connection leaves from: the notifying one for messages, else the one that does the work."""
    wanted = (
        ("notify", "task", "map") if verb in ("publish", "deliver", "notify", "emit") else ("task", "map", "notify")
    )
    for kind in wanted:
        for state in node.states:
            if state.kind == kind:
                return state_id(node.id, state.id)
    return state_id(node.id, node.states[-1].id)


def _transitions(node: Node, lang: Lang) -> list[Link]:
    empty = block("", TAG_SIZE, _TAG_LIMIT)
    failed = block(Text("on error", "エラー時").in_(lang), TAG_SIZE, _TAG_LIMIT)
    links = []
    for state in node.states:
        here = state_id(node.id, state.id)
        for to in state.next:
            links.append(Link(f"{here}>{to}", here, state_id(node.id, to), "transition", None, empty, ""))
        if state.on_error is not None:
            there = state_id(node.id, state.on_error)
            links.append(Link(f"{here}!{state.on_error}", here, there, "failure", None, failed, ""))
    return links
