"""Measurement: an architecture in one language becomes a scene. Users' texts are cleaned and wrapped here."""

from collections.abc import Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Edge, Group, Node
from advisor.architecture.groups import EXTERNAL
from advisor.architecture.workflow_states import runs_of
from advisor.budgets.words import noted, worst
from advisor.text import EMPTY, Lang, Text
from renderers import icons, words
from renderers.layout.machines import GROUP_LIMIT, TAG_LIMIT, machine, read_out, state_id, state_of, transitions
from renderers.layout.picture import Direction
from renderers.layout.scene import (
    GROUP_SIZE,
    ICON,
    NOTE_SIZE,
    TAG_SIZE,
    TITLE_SIZE,
    Badge,
    Block,
    Frame,
    Item,
    Link,
    Scene,
    block,
    even,
    stacked,
)
from renderers.layout.text_alternative import step_words
from renderers.support import dead_letters, general_words, marked

_TITLE_LIMIT, _NARROW_LIMIT = 132.0, 112.0
_REMARK_LIMIT, _REMARK_LINES = 224.0, 8
#: The lines of a list below a part, such as the services behind its endpoints; a longer one is wider, and has room for all.
_LIST_LINES, _MOST_LIST_LINES = 5, 16
#: The border of the cloud surrounds all others, so there is more space for its title.
_CLOUD_LIMIT = 440.0
_CLOUD = Text("AWS Cloud", "AWS クラウド")
_CORNERS: dict[str, str] = {
    "cloud": "group-cloud",
    "region": "group-region",
    "vpc": "group-vpc",
    "public-subnet": "group-public-subnet",
    "private-subnet": "group-private-subnet",
}


def build(
    architecture: Architecture,
    lang: Lang,
    direction: Direction = "right",
    *,
    is_terse: bool = False,
    compared: Architecture | None = None,
) -> Scene:
    """Measure an architecture. Links whose ends do not exist, and frames around nothing, are left out.

    A terse scene has only the numbers beside its lines; the legend has the words. One that is drawn beside another, `compared`,
    has a node for each dead-letter queue, which may be one of the differences.
    """
    failing = {} if compared else dead_letters(architecture)
    badges = _badges(marked(architecture, compared), failing, architecture, lang)
    gone = {edge.target for edges in failing.values() for edge in edges}
    drawn_nodes = [node for node in architecture.nodes if not node.states and node.id not in gone]
    items = [_item(node, lang, badges.get(node.id, ())) for node in drawn_nodes]
    machines = [node for node in architecture.nodes if node.states]
    frames = _frames(architecture, lang)
    frames += [machine(node, lang) for node in machines]
    items += [state_of(node, state, lang) for node in machines for state in node.states]
    items, frames = _in_cloud(items, frames, lang)
    frames = _used(items, frames)
    ends = {item.id for item in items} | {frame.id for frame in frames if frame.label}
    marks = {badge.id for each in badges.values() for badge in each}
    links = [_link(edge, architecture, lang) for edge in architecture.edges if edge.id not in marks]
    links = [_terse(link) for link in links] if is_terse else links
    links += [link for node in machines for link in transitions(node, lang)]
    drawn = tuple(link for link in links if {link.source, link.target} <= ends and link.source != link.target)
    if direction == "down":
        frames = [_narrowed(frame) for frame in frames]
    is_view = architecture.view != EMPTY
    return Scene(lang, tuple(items), tuple(frames), drawn, architecture.rows, is_view=is_view)


def _terse(link: Link) -> Link:
    """Omit the label of a numbered link, whose text is in the legend."""
    return replace(link, words=block("", TAG_SIZE, TAG_LIMIT)) if link.step is not None and link.sentence else link


def _narrowed(frame: Frame) -> Frame:
    """Wrap a frame's title, because lines that come from above have to pass beside it."""
    if frame.look in ("cloud", "region"):
        return frame
    return replace(frame, title=block(frame.words, GROUP_SIZE, _NARROW_LIMIT, most=3))


def _badges(
    support: Mapping[str, tuple[Edge, ...]],
    failing: Mapping[str, tuple[Edge, ...]],
    architecture: Architecture,
    lang: Lang,
) -> dict[str, tuple[Badge, ...]]:
    """Return the marks at each node, in place of lines: of support, and of dead-letter queues."""
    return {
        source: tuple(_badge(edge, architecture, lang) for edge in (*support.get(source, ()), *failing.get(source, ())))
        for source in (*support, *failing)
    }


def _badge(edge: Edge, architecture: Architecture, lang: Lang) -> Badge:
    target = architecture.node(edge.target)
    said, general = (words.clean(each.in_(lang)) for each in (edge.sentence, general_words(edge)))
    return Badge(edge.id, edge.target, edge.flow, target.icon, said, general)


def _item(node: Node, lang: Lang, badges: tuple[Badge, ...] = ()) -> Item:
    title = block(node.heading.in_(lang), TITLE_SIZE, _TITLE_LIMIT)
    note = stacked(
        _note(node, lang),
        *(block(remark.in_(lang), NOTE_SIZE, _REMARK_LIMIT, most=_REMARK_LINES) for remark in node.remarks),
    )
    extent = icons.extent(node.icon)
    return Item(
        id=node.id,
        parent=node.group,
        w=even(ICON * (extent.right - extent.left)),
        h=even(ICON * (extent.bottom - extent.top)),
        title=title,
        note=note,
        icon=node.icon,
        subject=node.subject,
        role=node.role,
        label=read_out(node, lang),
        outside=node.kind == "outside" or node.service in EXTERNAL,
        is_assumed=node.is_assumed,
        badges=badges,
    )


def _note(node: Node, lang: Lang) -> Block:
    """Return the note of a node; that of a part of the project may be a long list, which is not shortened."""
    text = words.shown_note(node).in_(lang)
    if node.kind != "part":
        return block(text, NOTE_SIZE, _TITLE_LIMIT)
    narrow = block(text, NOTE_SIZE, _TITLE_LIMIT, most=_LIST_LINES + 1)
    return narrow if len(narrow.lines) <= _LIST_LINES else block(text, NOTE_SIZE, _REMARK_LIMIT, most=_MOST_LIST_LINES)


def _frames(architecture: Architecture, lang: Lang) -> list[Frame]:
    """Return the groups with parents before children; groups with unknown or cyclic parents are at the top level."""
    groups = {group.id: group for group in architecture.groups}
    done: dict[str, Frame] = {}

    def add(group: Group, above: tuple[str, ...]) -> None:
        if group.id in done:
            return
        parent = group.parent if group.parent in groups and group.parent not in (*above, group.id) else None
        if parent is not None:
            add(groups[parent], (*above, group.id))
        limit = _CLOUD_LIMIT if group.kind == "cloud" else GROUP_LIMIT
        title = block(group.title.in_(lang), GROUP_SIZE, limit, most=1)
        done[group.id] = Frame(
            id=group.id,
            look=group.kind,
            parent=parent,
            words=group.title.in_(lang),
            title=title,
            corner=_corner(group),
            service=group.service,
        )

    for group in architecture.groups:
        add(group, ())
    return list(done.values())


def _corner(group: Group) -> str | None:
    return group.service or _CORNERS.get(group.kind)


def _in_cloud(items: list[Item], frames: list[Frame], lang: Lang) -> tuple[list[Item], list[Frame]]:
    """Put everything but outside nodes into the cloud group, which is added when the architecture has none."""
    ids = {frame.id for frame in frames}
    cloud = next((frame.id for frame in frames if frame.look == "cloud"), None)
    if cloud is None:
        cloud = "|cloud"
        frames = [
            Frame(
                id=cloud,
                look="cloud",
                parent=None,
                words=_CLOUD.in_(lang),
                title=block(_CLOUD.in_(lang), GROUP_SIZE, GROUP_LIMIT),
                corner="group-cloud",
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
    start = _exit(source, edge) if source and source.states else edge.source
    end = _entry(target, edge.verb) if target and target.states else edge.target
    return Link(
        id=edge.id,
        source=start,
        target=end,
        kind=edge.flow,
        step=edge.step,
        words=block(edge.label.in_(lang), TAG_SIZE, TAG_LIMIT, most=2),
        sentence=words.clean(edge.sentence.in_(lang)),
        notes=tuple(words.clean(noted(architecture, budget).in_(lang)) for budget in edge.budgets),
        state=worst(edge.budgets),
        label=step_words(architecture, edge, lang) if source and target else "",
    )


def _entry(node: Node, verb: str) -> str:
    """Return the state that a connection leads to: the one that waits for the answer, else the first one."""
    kind = "callback" if verb == "resume" else "start"
    first = next((state for state in node.states if state.kind == kind), node.states[0])
    return state_id(node.id, first.id)


def _exit(node: Node, edge: Edge) -> str:
    """Return the state that a connection leaves from: the one that runs its target, the notifying one for messages, the
    waiting one for a question, else the one that does the work.
    """
    running = next((state for state in node.states if edge.verb == "run" and edge.target in runs_of(state)), None)
    if running is not None:
        return state_id(node.id, running.id)
    messages = edge.verb in ("publish", "deliver", "notify", "emit")
    kinds = ["wait"] if edge.verb == "ask" else []
    kinds += ["notify", "task", "map"] if messages else ["task", "map", "notify"]
    for kind in kinds:
        for state in node.states:
            if state.kind == kind:
                return state_id(node.id, state.id)
    return state_id(node.id, node.states[-1].id)
