"""What was read of pasted requirements: for each line, the parts and answers that come from it, in both languages."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.text import LANGS, Lang, Text
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.unsupported import unsupported_in
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.state.new_links import new_links
from advisor_ui.state.tolerant_reading import said
from advisor_ui.words import say

_MOST = 80
#: Sentences on some words of those that they repeat.
_OF_PARTS_OF_WORDS = ("left_rest", "note_percentile", "note_gpu_memory", "note_dead_letters", "note_residency")


class ReadLine(NamedTuple):
    """A sentence on what was read of a line, and the questions that it answered, as (part, field)."""

    sentence: Text
    places: tuple[tuple[str, str], ...] = ()


class Given(NamedTuple):
    """A draft of what was given, the sentences on what was not understood, and what was read, line by line."""

    draft: Raw
    left_out: tuple[Text, ...] = ()
    read: tuple[ReadLine, ...] = ()


class _Entry(NamedTuple):
    number: int
    words: str
    rest: str
    answers: dict[str, dict[str, object]]


class Unread:
    """The lines and phrases that were not read, or only in part, each with a sentence."""

    def __init__(self) -> None:
        self.problems: list[Text] = []
        self.explained: list[Text] = []  # the sentences that say more than that a line was not understood
        self._noted: set[tuple[int, str]] = set()
        self._in_part: set[tuple[int, str]] = set()  # of these, what is said is not about all of the words

    def leave(self, number: int, words: str) -> None:
        """Report what was not understood; of a protocol that no service accepts, the alternatives."""
        why = unsupported_in(words)
        if why is not None:
            self.report("left_line_unsupported", number, words, why=why)
        elif (number, words) not in self._noted:
            self.report("left_line", number, words)

    def leave_all(self, number: int, phrases: Sequence[str]) -> None:
        """Report each of some phrases that were not understood."""
        for words in phrases:
            self.leave(number, words)

    def explain(self, number: int, words: str) -> None:
        """Report the alternatives to a protocol that no service accepts, where words are read in part."""
        why = unsupported_in(words)
        if why is not None and (number, words) not in self._noted:
            self.report("left_line_unsupported", number, words, why=why)

    def report(self, key: str, number: int, words: str, **values: object) -> None:
        """Report words of a line with the sentence of a key."""
        self.problems.append(said(key, number=number, line=_short(words), **values))
        self._noted.add((number, words))
        self._in_part |= {(number, words)} if key in _OF_PARTS_OF_WORDS else set()
        if key != "left_line":
            self.explained.append(self.problems[-1])

    def leave_product(self, number: int, words: str, instead: Text | None) -> None:
        """Report a product that a line names and no answer holds, unless it stands in words of which something is said already."""
        if any(noted == number and words in said for noted, said in self._noted - self._in_part):
            return
        if instead is not None:
            self.report("left_line_unsupported", number, words, why=instead)
        else:
            self.report("left_product", number, words)

    def is_noted(self, number: int, phrases: Sequence[str]) -> bool:
        """Return whether a sentence is said of one of the phrases of a line."""
        return any((number, words) in self._noted for words in phrases)

    def is_explained(self, number: int) -> bool:
        """Return whether a sentence says already why something of a line was not read."""
        return any(noted == number for noted, _ in self._noted)


class Record:
    """The lines and phrases that were read, each with the parts that it is about and their new answers."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def add(self, number: int, words: str, before: Raw, after: Raw, ids: Sequence[str], rest: str = "") -> None:
        """Record what a phrase changed in the draft; `ids` are the parts that it names, `rest` are words that were not read."""
        answers: dict[str, dict[str, object]] = {id: {} for id in ids if id}
        for id, field, value in _changes(before, after):
            answers.setdefault(id, {})[field] = value
        if answers or before.get("title") != after.get("title"):
            self._entries.append(_Entry(number, _short(words), _short(rest), answers))

    def moved(self, id: str, other: str, fields: Sequence[str]) -> None:
        """Record that answers of a part are those of another one."""
        for _, _, _, answers in self._entries:
            for field in fields:
                if field in answers.get(id, {}):
                    answers.setdefault(other, {})[field] = answers[id].pop(field)
                    if not answers[id]:
                        del answers[id]

    def dropped(self, id: str, field: str) -> None:
        """Record that a question of a part was not answered after all."""
        for one in self._entries:
            one.answers.get(id, {}).pop(field, None)

    def line_of(self, id: str, field: str) -> int:
        """Return the number of the line that answered a question of a part, or 0 if none did."""
        return next((one.number for one in self._entries if field in one.answers.get(id, {})), 0)

    def lines(self, draft: Raw) -> tuple[ReadLine, ...]:
        """Return each phrase that was read with its answers, and a sentence on the links between the parts."""
        lines = [ReadLine(_said(draft, one), _places(one)) for one in self._entries]
        links = new_links(drafts.new(), draft, "read_links")
        return (*lines, ReadLine(links)) if links else tuple(lines)


def _said(draft: Raw, one: _Entry) -> Text:
    key, what = "read_part" if one.rest else "read_line", _what(draft, one)
    return said(key, number=one.number, line=one.words, rest=one.rest, what=what)


def _places(one: _Entry) -> tuple[tuple[str, str], ...]:
    return tuple((id, field) for id, answers in one.answers.items() for field in answers)


def names(draft: Raw, ids: Sequence[str]) -> Text:
    """Return the names of parts as a list."""
    return Text(*(say("part_separator", lang).join(drafts.name(draft, id, lang) for id in ids) for lang in LANGS))


def listed(words: Sequence[str]) -> Text:
    """Return words that a user wrote as a list."""
    return Text(*(say("part_separator", lang).join(words) for lang in LANGS))


def _changes(before: Raw, after: Raw) -> Iterator[tuple[str, str, object]]:
    """Yield the answers that are new in a draft, links aside."""
    for kind, part in (*drafts.subjects(after), (WORKLOAD, after.get(WORKLOAD) or {})):
        id = str(part.get("id", WORKLOAD))
        for field in FIELDS[kind]:
            value = part.get(field.id)
            if field.kind not in ("link", "links") and value not in (None, drafts.answer(before, id, field.id)):
                yield id, field.id, value


def _short(words: str) -> str:
    return words if len(words) <= _MOST else f"{words[:_MOST]}…"


def _what(draft: Raw, entry: _Entry) -> Text:
    return Text(*(_listed(draft, entry, lang) for lang in LANGS))


def _listed(draft: Raw, entry: _Entry, lang: Lang) -> str:
    parts = []
    for id, answers in entry.answers.items():
        fields = {field.id: field for field in FIELDS[drafts.kind_of(draft, id)]}
        stated = [
            say("read_answer", lang, question=fields[name].title.in_(lang), value=_value(fields[name], value, lang))
            for name, value in answers.items()
        ]
        name = drafts.name(draft, id, lang)
        listed = say("part_separator", lang).join(stated)
        parts.append(say("read_of", lang, name=name, answers=listed) if stated else name)
    return say("semicolon", lang).join(parts) or say("read_title", lang)


def _value(field: Field, value: object, lang: Lang) -> str:
    """Return an answer as the page shows it: the label of an option, yes or no, or as it was written."""
    if isinstance(value, bool):
        answer = field.answers[not value]
        return say(answer.en, lang) if answer.en in ("yes", "no") else answer.in_(lang)
    several = value if isinstance(value, list) else [value]
    plain = [str(one["kind"]) if isinstance(one, dict) else str(one) for one in several]
    labels = {option.value: option.label.in_(lang) for option in field.options}
    return say("part_separator", lang).join(labels.get(one, one) for one in plain)
