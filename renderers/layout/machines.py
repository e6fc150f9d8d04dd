"""State machines in a scene: the border, its steps and the links between them."""

from dataclasses import replace

from advisor.architecture import Node, State
from advisor.text import Lang, Text
from renderers import words
from renderers.layout.picture import StateShape
from renderers.layout.scene import (
    GROUP_SIZE,
    STATE_NOTE_SIZE,
    STATE_SIZE,
    TAG_SIZE,
    Block,
    Frame,
    Item,
    Link,
    block,
    even,
)

TAG_LIMIT, GROUP_LIMIT, _STATE_LIMIT = 118.0, 340.0, 132.0
_RETRY = Text("retry", "再試行")


def read_out(node: Node, lang: Lang) -> str:
    """Return the screen-reader text of a node."""
    texts = [words.clean(text.in_(lang)) for text in (node.heading, words.shown_note(node), *node.remarks)]
    return (", " if lang == "en" else "、").join(text for text in texts if text)


def machine(node: Node, lang: Lang) -> Frame:
    """Return the border of a state machine, which is a node too."""
    text = read_out(node, lang)
    title = block(words.clean(node.heading.in_(lang)), GROUP_SIZE, GROUP_LIMIT, most=1)
    return Frame(
        id=node.id,
        look="state-machine",
        parent=node.group,
        words=node.heading.in_(lang),
        title=title,
        corner=node.icon,
        service=node.service,
        subject=node.subject,
        role=node.role,
        label=text,
    )


def state_of(node: Node, state: State, lang: Lang) -> Item:
    """Return a step of a state machine."""
    title = block(state.title.in_(lang), STATE_SIZE, _STATE_LIMIT, bold=True, most=2)
    note = block(state.note.in_(lang), STATE_NOTE_SIZE, _STATE_LIMIT, most=2)
    shape: StateShape = "pill" if state.kind in ("start", "end", "fail") else "box"
    id = state_id(node.id, state.id)
    item = Item(
        id=id, parent=node.id, w=0, h=0, title=title, note=note, shape=shape, machine=node.id, retry=_retry(state, lang)
    )
    wide = even(item.text_w + (28 if shape == "pill" else 20))
    return replace(item, w=max(wide, 56.0), h=max(even(item.text_h + 12), 30.0))


def _retry(state: State, lang: Lang) -> Block | None:
    """Return the label of the loop of a state with retries."""
    if not state.settings.get("retry") and state.id not in state.next:
        return None
    return block(_RETRY.in_(lang), STATE_NOTE_SIZE, _STATE_LIMIT, most=1)


def state_id(node: str, state: str) -> str:
    """Return the scene's id of a state: the node's and its own, with a character that ids do not have between."""
    return f"{node}|{state}"


def transitions(node: Node, lang: Lang) -> list[Link]:
    """Return the links between the states of a state machine; among error links that look alike, one has a label."""
    empty = block("", TAG_SIZE, TAG_LIMIT)
    failed = block(Text("on error", "エラー時").in_(lang), TAG_SIZE, TAG_LIMIT)
    failing = [state.id for state in node.states if state.on_error is not None]
    links = []
    for state in node.states:
        source = state_id(node.id, state.id)
        for to in state.next:
            links.append(
                Link(
                    id=f"{source}>{to}",
                    source=source,
                    target=state_id(node.id, to),
                    kind="transition",
                    step=None,
                    words=empty,
                    sentence="",
                )
            )
        if state.on_error is not None:
            target = state_id(node.id, state.on_error)
            links.append(
                Link(
                    id=f"{source}!{state.on_error}",
                    source=source,
                    target=target,
                    kind="failure",
                    step=None,
                    words=failed if state.id == failing[-1] else empty,
                    sentence="",
                )
            )
    return links
