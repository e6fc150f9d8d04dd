"""A pasted list of requirements, read line by line: "Kubernetes: no", "- runs 20 min", "Database: Orders".

Parts are named by their kind or by a typical part, questions by title, id or a few more words, values as at their fields.
"""

import re
from collections.abc import Mapping

from advisor.requirements import SUBJECT_KINDS, RequirementsError
from advisor.text import LANGS, Text
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.demands import MUST
from advisor.vocabulary.unsupported import unsupported_in
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import NAMES, WORKLOAD, Raw
from advisor_ui.state.line_meanings import NO_ANSWERS
from advisor_ui.state.line_names import field_before, fields_called, is_no, part_called, same_words, values_of
from advisor_ui.state.line_statements import sentences, statement
from advisor_ui.state.line_values import is_right, value_in
from advisor_ui.state.tolerant_reading import said, shortened
from advisor_ui.state.typical_parts import TYPICAL_PARTS, WORKER, as_typical_part, typical_part_with, with_typical_part
from advisor_ui.words_reading import READING_WORDS

_BULLET = re.compile(r"^[\s>]*(?:[-*•\u30fb●○◦▪–—]+|\(?\d{1,3}[.)、]|\[[ xX]?\])?\s*(?:\[[ xX]?\]\s*)?")
_PAIR = re.compile(r"(.{1,80}?)\s*(?:[:：=＝→]|\s[-–—]\s)\s*(.+)")
_HEADING = re.compile(r"^#+\s*|[:：]\s*$|\*\*|`")
_ENDS_LIKE_HEADING = re.compile(r"[:：][\s*]*$")
_MOST_LINES = 1_000
#: Parts that lines before them may be about: a worker takes messages, which other lines are not about.
_NAMING = (
    "component",
    *(part for part, typical in TYPICAL_PARTS.items() if typical.kind == "component" and part != WORKER),
)
_LINKED = {"channel": ("publishes",), "store": ("reads", "writes")}


def read_lines(text: str) -> tuple[Raw, tuple[Text, ...]]:
    """Return a list of requirements as a draft, and the lines that were not understood. Raises RequirementsError if none was."""
    reader = _Lines()
    for number, line in enumerate(text.splitlines()[:_MOST_LINES], 1):
        reader.take(number, line)
    if not reader.read:
        raise RequirementsError((READING_WORDS["no_line"], *shortened(reader.explained)))
    reader.link()
    return drafts.checked(reader.draft), shortened(reader.problems)


class _Lines:
    """The draft so far, the part that the lines are about, and the lines that were not understood."""

    def __init__(self) -> None:
        self.draft: Raw = {**drafts.new(), "components": []}
        self.problems: list[Text] = []
        self.explained: list[Text] = []  # the problems that say more than that a line was not understood
        self.read = 0
        self._part = ""
        self._unnamed = ""  # the component of lines that came before any part was named
        self._links: list[tuple[int, str, Field, str]] = []
        self._noted: set[int] = set()  # lines with a sentence that says why they were not read

    def take(self, number: int, line: str) -> None:
        """Read one line; report it if it is not understood."""
        words = " ".join(_HEADING.sub("", _BULLET.sub("", line, count=1)).split())
        if not words:
            return
        heading = line.lstrip().startswith("#")
        states_nothing = _ENDS_LIKE_HEADING.search(line) is not None
        if self._pair(number, words) or self._named(words) or self._sentences(number, words):
            self.read += 1
        elif heading and "title" not in self.draft:
            self.draft = drafts.with_title(self.draft, None, words, "en")
        elif not states_nothing:
            self._leave(number, words)

    def _leave(self, number: int, words: str) -> None:
        """Report what was not understood; of a protocol that no service accepts, the alternatives."""
        why = unsupported_in(words)
        if why is not None:
            self._report("left_line_unsupported", number, words, why=why)
        elif number not in self._noted:
            self._report("left_line", number, words)

    def _report(self, key: str, number: int, words: str, **values: object) -> None:
        shown = words if len(words) <= 80 else f"{words[:80]}…"
        self.problems.append(said(key, number=number, line=shown, **values))
        if key != "left_line":
            self.explained.append(self.problems[-1])

    def link(self) -> None:
        """Link parts by their names, after all of them exist."""
        if not drafts.ids(self.draft, ("component",)):
            self._of_kind("component")
        for number, id, field, words in self._links:
            for name in values_of(words):
                target = self._called(name, field.links_to)
                if target:
                    self.draft = drafts.linked(self.draft, id, field.id, target, many=field.kind == "links")
                else:
                    self.problems.append(said("left_line_link", number=number, line=name[:80]))

    def _pair(self, number: int, words: str) -> bool:
        """Read a line "name: value": a part with its title, or a question with its answer."""
        pair = _PAIR.fullmatch(words)
        if pair is None:
            return False
        part = part_called(pair[1])
        named = fields_called(pair[1])
        if part and not named:
            self._add(part, pair[2])
            return True
        invalid = bool(named) and not is_right(named[0][1], pair[2])
        return (invalid and self._sentence(number, words)) or self._answer(number, named, pair[2])

    def _named(self, words: str) -> bool:
        """Read a line that is the name of a new or existing part."""
        known = self._called(words, SUBJECT_KINDS)
        part = part_called(words)
        if known:
            self._part = known
        elif part:
            self._add(part, "")
        return bool(known or part)

    def _sentences(self, number: int, words: str) -> bool:
        """Read the sentences of a line; those that are not understood are reported if others are."""
        left = [one for one in sentences(words) if not (self._statement(number, one) or self._sentence(number, one))]
        is_read = len(left) < len(sentences(words))
        for one in left if is_read else ():
            self._leave(number, one)
        return is_read

    def _statement(self, number: int, words: str) -> bool:
        """Read a sentence that begins with the name of a question: "runs 20 min", "no GPU", "WAF"."""
        negated, rest = is_no(words)
        fields, value = field_before(rest if negated else words)
        if not fields:
            return False
        if not value:
            fields = [field for field in fields if field[1].kind == "flag" or (negated and field[1].options)]
            value = "no" if negated else "yes"
        return bool(fields) and is_right(fields[0][1], value) and self._answer(number, fields, value)

    def _sentence(self, number: int, words: str) -> bool:
        """Read a sentence by its meaning: "500 orders per second at peak"."""
        stated = statement(words)
        for note in stated.notes:
            self._noted.add(number)
            self._report(note.key, number, words, regions=", ".join(note.regions))
        read = [self._answer(number, one.named, one.value, one.like, words) for one in stated.answers]
        if stated.has_rest and any(read):
            self._report("left_rest", number, words)
        return any(read)

    def _answer(
        self,
        number: int,
        fields: list[tuple[str, Field]],
        words: str,
        like: Mapping[str, str] = NO_ANSWERS,
        line: str = "",
    ) -> bool:
        """Answer the question of the part that the lines are about, else of the first kind that has it.

        A sentence (`line`) does not replace an answer of a line before it.
        """
        own = [one for one in fields if one[0] == drafts.kind_of(self.draft, self._part)] if self._part else []
        if not fields:
            return False
        kind, field = (own or fields)[0]
        id = WORKLOAD if kind == WORKLOAD else self._of_kind(kind, like)
        if field.kind in ("link", "links"):
            self._links.append((number, id, field, words))
            return True
        value = value_in(field, words)
        if value is None:
            return False
        stated = drafts.answer(self.draft, id, field.id)
        if field.kind == "choices" and (line or field.id == MUST):  # one requirement a line
            value = list(dict.fromkeys([*(stated if isinstance(stated, list) else ()), *value]))
        elif line and stated not in (None, value):
            self._report("left_twice", number, line, question=field.title)
            return True
        self.draft = drafts.with_answer(self.draft, id, field.id, value)
        if value is False or value == []:
            drafts.part(self.draft, id)[field.id] = value
        return True

    def _of_kind(self, kind: str, like: Mapping[str, str] = NO_ANSWERS) -> str:
        """Return the part of a kind that is meant: the current one, the newest or a new one, linked to a component."""
        fitting = [id for id in drafts.ids(self.draft, (kind,)) if self._is_like(id, like)]
        if self._part in fitting or fitting:
            return self._part if self._part in fitting else fitting[-1]
        component = "" if kind == "component" else self._of_kind("component")
        typical = typical_part_with(kind, like)
        if typical:
            selected = component or next(iter(drafts.ids(self.draft, ("component",))), "")
            self.draft, id = with_typical_part(self.draft, typical, selected)
            return id
        self.draft, id = drafts.with_subject(self.draft, kind)
        self._unnamed = id if kind == "component" else self._unnamed
        for field in _LINKED.get(kind, ()):
            self.draft = drafts.linked(self.draft, component, field, id, many=True)
        for name, value in like.items():
            self.draft = drafts.with_answer(self.draft, id, name, value)
        return id

    def _is_like(self, id: str, like: Mapping[str, str]) -> bool:
        """Return whether a part has some answers; or none to their questions, and no answer that only applies with others."""
        for name, value in like.items():
            stated = drafts.answer(self.draft, id, name)
            if stated is None and not any(
                value not in field.applies.get(name, (value,)) and drafts.answer(self.draft, id, field.id) is not None
                for field in FIELDS[drafts.kind_of(self.draft, id)]
            ):
                continue
            if value not in (stated, *(stated if isinstance(stated, list) else ())):
                return False
        return True

    def _add(self, part: str, title: str) -> None:
        """Add a part of a kind, or a typical part that is linked to the component before it."""
        components = drafts.ids(self.draft, ("component",))
        if self._unnamed and part in _NAMING:
            self._name(part)
        elif part in NAMES:
            self.draft, self._part = drafts.with_subject(self.draft, part)
        else:
            self.draft, self._part = with_typical_part(self.draft, part, components[-1] if components else "")
        for lang in LANGS if title else ():
            self.draft = drafts.with_title(self.draft, self._part, title, lang)

    def _name(self, part: str) -> None:
        """Treat the first named component as the subject of the lines before it."""
        self._part, self._unnamed = self._unnamed, ""
        if part in TYPICAL_PARTS:
            self.draft = as_typical_part(self.draft, self._part, part)

    def _called(self, name: str, kinds: tuple[str, ...]) -> str:
        """Return the id of a part by its title or id, or "" if there is none."""
        for id in drafts.ids(self.draft, kinds):
            if any(same_words(name, known) for known in (id, *(drafts.name(self.draft, id, lang) for lang in LANGS))):
                return id
        return ""
