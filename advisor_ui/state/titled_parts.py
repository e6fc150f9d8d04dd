"""Lines of pasted requirements that give a part its title: "Storefront: a web application", "Order API: takes orders"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from advisor.requirements import SUBJECT_KINDS
from advisor.text import LANGS
from advisor_ui.state import draft as drafts
from advisor_ui.state.line_names import field_before, plain
from advisor_ui.state.line_parts import Mention, phrases, takes_events, takes_messages, titles_nothing
from advisor_ui.state.line_statements import statement
from advisor_ui.state.part_links import sent_by, with_events
from advisor_ui.state.pasted_parts import PastedParts
from advisor_ui.state.typical_parts import CALLER, JOB, OUTSIDE, QUEUE, TYPICAL_PARTS, WORKER
from advisor_ui.words_proof import PART_TITLES

_PAIR = re.compile(r"([^:：=＝→]{1,40}?)\s*(?:(?<!\d)[:：]|[:：](?!\d)|\s[-–—]\s)\s*(\S.*)")
_MOST_WORDS = 4


class TitledPart(NamedTuple):
    """A part with the title that a line gives it, and what the line says of it."""

    title: str
    part: str
    words: str


class TitledList:
    """Whether a list gives a title in line after line; then a line without one is about none of its parts, unless it is indented."""

    def __init__(self) -> None:
        self._depth = -1  # of the lines of the list; -1 while there is none
        self._line = self._line_before = (0, False)  # the indentation, and whether the line gives a title

    def ends_before(self, line: str) -> bool:
        """Go to the next line, and return whether it is not about the part of the title before it."""
        depth = len(line) - len(line.lstrip())
        self._line_before, self._line = self._line, (depth, False)
        return depth <= self._depth

    def take(self) -> None:
        """Take this line, which gives a title, into the list; the second one in a row begins it."""
        self._line = (self._line[0], True)
        if self._line == self._line_before:
            self._depth = self._line[0]


def titled_part(words: str) -> TitledPart | None:
    """Return the part to which a line gives a title, or None if it is no such line, or names several components."""
    pair = _PAIR.fullmatch(words)
    if pair is None or _is_a_question(pair[1]) or titles_nothing(pair[1]) or len(pair[1].split()) > _MOST_WORDS:
        return None
    said, own = _mentions(pair[2]), [one for one in _mentions(pair[1]) if pair[1].endswith(one.words)]
    is_named = bool(own) and TYPICAL_PARTS[own[0].part].kind == "component"
    if not said or (is_named and TYPICAL_PARTS[said[0].part].kind != "component"):
        said = [*own, *said]
    if takes_messages(pair[2]) and all(TYPICAL_PARTS[one.part].kind == "channel" for one in said):
        return TitledPart(pair[1], WORKER, pair[2])
    if not said and any(one.value == "schedule" for one in statement(words).answers):
        return TitledPart(pair[1], JOB, pair[2])
    others = {TYPICAL_PARTS[one.part].kind for one in said[1:]}
    if not said or "component" in others or said[0].part in (OUTSIDE, CALLER):
        return None
    if others and TYPICAL_PARTS[said[0].part].kind != "component":
        return None
    return TitledPart(pair[1], said[0].part, pair[2])


def with_title(parts: PastedParts, titled: TitledPart) -> str:
    """Return the part of a title: the one that has it, else one of its kind without a title of its own, else a new one.

    Workers that take events all listen to one channel.
    """
    id = _with_title(parts, titled)
    if titled.part == WORKER and takes_events(titled.words):
        parts.draft = with_events(parts.draft, id, parts.is_implied)
    return id


def _with_title(parts: PastedParts, titled: TitledPart) -> str:
    known = parts.called(titled.title, SUBJECT_KINDS)
    if known:
        parts.current = known
        return known
    default = PART_TITLES[titled.part].en
    for id in drafts.ids(parts.draft, (TYPICAL_PARTS[titled.part].kind,)):
        if plain(drafts.name(parts.draft, id, "en")) == plain(default) and not parts.is_implied(id):
            for lang in LANGS:
                parts.draft = drafts.with_title(parts.draft, id, titled.title, lang)
            parts.current = id
            return id
    return parts.add(titled.part, titled.title)


def beside(parts: PastedParts, subject: str, mentions: Sequence[Mention]) -> list[str]:
    """Return the ids of the stores and channels that a line names after its part: a queue is the one that was supposed for it."""
    ids: list[str] = []
    for one in mentions:
        heard = str(drafts.answer(parts.draft, subject, "listens_to") or "")
        if one.part == QUEUE and heard and parts.is_implied(heard):
            parts.typical[heard] = QUEUE
            ids.append(heard)
        else:
            ids += parts.mentioned([one])
        if one.part == OUTSIDE:
            parts.draft = sent_by(parts.draft, ids[-1], [subject])
    return ids


def _is_a_question(name: str) -> bool:
    fields, rest = field_before(name)
    return bool(fields) and not rest


def _mentions(words: str) -> list[Mention]:
    return [phrase.mention for phrase in phrases(words) if phrase.mention]
