"""Pasted requirements, read line by line: "Kubernetes: no", "- runs 20 min", "Database: Orders", "An API and a queue worker".

Parts are named by their kind or by a typical part, questions by title, id or a few more words, values as at their fields.
What was read is recorded for each line, and so is what was not.
"""

import re
import unicodedata

from advisor.requirements import SUBJECT_KINDS, RequirementsError
from advisor.requirements.answers import WORKLOAD
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.line_meanings import Meaning, is_a_wish, normal
from advisor_ui.state.line_measures import numbers_in
from advisor_ui.state.line_names import field_before, fields_called, is_no, part_called, says
from advisor_ui.state.line_parts import Mention, Phrase, clauses, phrases, takes_messages, without_empty
from advisor_ui.state.line_products import unread_products
from advisor_ui.state.line_statements import (
    are_read_alone,
    describes,
    is_amount,
    is_name,
    joined,
    names_parts,
    reading,
    remaining,
    sentences,
    statement,
    stating,
    unused,
)
from advisor_ui.state.line_values import is_right
from advisor_ui.state.pasted_answers import PastedAnswers, states_otherwise
from advisor_ui.state.reading_record import Given, listed
from advisor_ui.state.titled_parts import TitledList, beside, titled_part, with_title
from advisor_ui.state.tolerant_reading import shortened
from advisor_ui.state.typical_parts import OUTSIDE, TYPICAL_PARTS
from advisor_ui.words_reading import READING_WORDS

_BULLET = re.compile(
    r"^[\s>]*(?:[-*•\u30fb●○◎◦▪■□◆◇▶✓–—]+|[\u2460-\u2473]|[(\uff08]?\d{1,3}[.)、\uff0e\uff09](?!\d)|\[[ xX]?\])?\s*(?:\[[ xX]?\]\s*)?"
)
_PAIR = re.compile(r"(.{1,80}?)\s*(?:[:：=＝→]|\s[-–—]\s)\s*(.+)")
_HEADING = re.compile(r"^#+\s*|[:：]\s*$|\*\*|`")
_ENDS_LIKE_HEADING = re.compile(r"[:：][\s*]*$")
_NEW_FILES = "s3-object"
_MOST_LINES = 1_000


def read_lines(text: str) -> Given:
    """Return a list of requirements as a draft, what was read and what was not. Raises RequirementsError if nothing was."""
    reader = _Lines()
    for number, line in enumerate(text.splitlines()[:_MOST_LINES], 1):
        reader.take(number, line)
    if not reader.read:
        raise RequirementsError((READING_WORDS["no_line"], *shortened(reader.unread.explained)))
    reader.link()
    draft = drafts.checked(reader.parts.draft)
    return Given(draft, shortened(reader.unread.problems), reader.record.lines(draft))


class _Lines(PastedAnswers):
    """The parts so far, what was read, and the lines that were not understood."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0
        self._list = TitledList()
        self._area: tuple[str, ...] = ()  # the Regions of the country in which data must stay

    def take(self, number: int, line: str) -> None:
        """Read one line; report it if it is not understood."""
        words = " ".join(_HEADING.sub("", _BULLET.sub("", line, count=1)).split())
        if not words:
            return
        if self._list.ends_before(line):
            self.parts.current = ""
        heading = line.lstrip().startswith("#")
        states_nothing = _ENDS_LIKE_HEADING.search(line) is not None
        before = self.parts.draft
        if self._pair(number, words) or self._named(words):
            self._record(number, words, before)
            self.read += 1
        elif self._titled(number, words) or self._sentences(number, words):
            self.read += 1
        elif heading and "title" not in self.parts.draft:
            self.parts.draft = drafts.with_title(self.parts.draft, None, words, "en")
            self._record(number, words, before)
        elif not states_nothing:
            for one in sentences(words) if self.unread.is_explained(number) else [words]:
                self._leave(number, one)
        for product in unread_products(words, self.parts.draft):
            self.unread.leave_product(number, product.words, product.instead)

    def _record(self, number: int, words: str, before: Raw, rest: str = "") -> None:
        """Record what was read of words: the parts that they are about, and the answers that are new."""
        self.record.add(number, words, before, self.parts.draft, self.about, rest)
        self.about = []

    def link(self) -> None:
        """Link the parts, after all of them exist, and place the workload in the area in which its data must stay."""
        self.link_parts()
        if self._area and "region" not in drafts.part(self.parts.draft, WORKLOAD):
            self.parts.draft = drafts.with_answer(self.parts.draft, WORKLOAD, "region", self._area[0])

    def _pair(self, number: int, words: str) -> bool:
        """Read a line "name: value": a part with its title or what it says, or a question with its answer."""
        pair = _PAIR.fullmatch(words)
        if pair is None:
            return False
        part = part_called(pair[1])
        named = fields_called(pair[1])
        if part and not named:
            if describes(pair[2], TYPICAL_PARTS[part].kind if part in TYPICAL_PARTS else part):
                return False  # a sentence about the part
            self.about = [self.parts.add(part, pair[2])]
            return True
        if not named:
            return False
        if not states_otherwise(named, pair[2]) and (statement(words).answers or titled_part(words)):
            return False
        return self.pair(number, named, pair[2], words)

    def _named(self, words: str) -> bool:
        """Read a line that is the name of a new or existing part."""
        known = self.parts.called(words, SUBJECT_KINDS)
        part = part_called(words)
        if known and not self.parts.is_implied(known):
            self.parts.current = known
            self.about = [known]
        elif part:
            self.about = [self.parts.add(part, "")]
        if known or part:
            self._list = TitledList()
        return bool(known or part)

    def _titled(self, number: int, words: str) -> bool:
        """Read a line "title: what it is" as a part of its own: "Storefront: a web application", "Order API: takes orders"."""
        titled = titled_part(words)
        if titled is None:
            return False
        before = self.parts.draft
        id = with_title(self.parts, titled)
        self.about = [id]
        self._record(number, titled.title, before)
        for one in sentences(unicodedata.normalize("NFKC", titled.words)):
            if not self._prose(number, one, id):
                self._leave(number, one)
        self.parts.current = id
        self._list.take()
        return True

    def _sentences(self, number: int, words: str) -> bool:
        """Read the sentences of a line; those that are not understood are reported if others are."""
        left = []
        for one in sentences(words):
            before = self.parts.draft
            if self._statement(number, one):
                self._record(number, one, before)
            elif not self._prose(number, unicodedata.normalize("NFKC", one)):
                left.append(one)
        is_read = len(left) < len(sentences(words))
        for one in left if is_read else ():
            self._leave(number, unicodedata.normalize("NFKC", one))
        return is_read

    def _leave(self, number: int, words: str) -> None:
        """Report a sentence that was not read; where something is said of one of its phrases, only the others."""
        found = [phrase.words for phrase in phrases(words)]
        self.unread.leave_all(number, found if self.unread.is_noted(number, found) else [words])

    def _statement(self, number: int, words: str) -> bool:
        """Read a sentence that begins with the name of a question: "runs 20 min", "no GPU", "WAF"."""
        negated, rest = is_no(words)
        fields, value = field_before(rest if negated else words)
        if not fields:
            return False
        if negated and value:
            # "No GPU is required"; with other words after the name, what is negated is not known.
            if fields[0][1].kind != "flag" or says(value) is not True:
                return False
            value = "no"
        if not value:
            fields = [field for field in fields if field[1].kind == "flag" or (negated and field[1].options)]
            value = "no" if negated else "yes"
        is_answer = bool(fields) and is_right(fields[0][1], value)
        return is_answer and self.answer(number, Meaning(fields, value), words, sure=True, alone=True)

    def _prose(self, number: int, words: str, subject: str = "") -> bool:
        """Read a sentence phrase by phrase, if it names parts: "an API and a nightly job of 40 minutes".

        The only part that it names is the `subject`, if one is given.
        """
        found = phrases(words)
        mentions = [phrase.mention for phrase in found if phrase.mention]
        self.parts.current = subject or self.parts.current
        is_subject = bool(subject and mentions) and TYPICAL_PARTS[mentions[0].part].kind == "component"
        if is_a_wish(normal(words)) or not (is_subject or names_parts(words, mentions)):
            return self._phrases(number, found, words, None, subject=subject)
        if is_subject:
            ids = iter([subject, *beside(self.parts, subject, mentions[1:])])
        else:
            hears = bool(subject) and takes_messages(words)
            ids = iter(beside(self.parts, subject, mentions) if hears else self.parts.mentioned(mentions))
        subjects = set()
        for group in clauses(found, by_subject=are_read_alone(words, clauses(found))):
            mention = next((phrase.mention for phrase in group if phrase.mention), None)
            if mention:
                sender, one = self.parts.current, next(ids)
                is_called = mention.part == OUTSIDE and drafts.kind_of(self.parts.draft, sender) == "component"
                self.parts.current, self.about = (sender, [one]) if is_called else (one, self.about)
                subjects.add(self.parts.current)
            if not self._phrases(number, group, joined(words, group), mention):
                for phrase in group:
                    self.unread.leave(number, phrase.words)
        is_one = len(subjects) == 1 and drafts.kind_of(self.parts.draft, self.parts.current) == "component"
        self.parts.current = self.parts.current if is_one else ""
        return True

    def _phrases(
        self, number: int, group: list[Phrase], words: str, mention: Mention | None, *, subject: str = ""
    ) -> bool:
        """Read phrases that belong together, of a part if one is mentioned or the `subject`; those that add nothing are reported."""
        before = self.parts.draft
        kind = self.current_kind()
        kind = kind if mention or subject or is_amount(words, kind) else ""
        stated = reading(words, kind)
        for note in stated.notes:
            self.unread.report(note.key, number, stating(group, note, words), regions=", ".join(note.regions))
            self._area = self._area or note.regions
        fixed = TYPICAL_PARTS[mention.part].answers if mention else {}
        if any(one.value == _NEW_FILES for one in stated.answers):
            self.start_by_files(mention)
        answers = [one for one in stated.answers if one.named[0][1].id not in fixed and not is_name(one, mention)]
        read = [self.answer(number, one, stating(group, one, words), alone=mention is None) for one in answers]
        if not any(read) and not mention:
            return False
        unread = [one.words for one in unused(group, words, kind, named=mention is not None)]
        self.unread.leave_all(number, [one for one in unread if not statement(one).notes])
        rest = stated.rest
        for word in (*unread, *(mention.words.split() if mention else ())):
            rest = rest.replace(normal(word), " ", 1)
        self.unread.explain(number, words)
        if (any(read) or mention) and (numbers := numbers_in(rest)):
            self.unread.report("left_rest", number, words, rest=listed(numbers))
        self.about += [self.parts.current] if mention else []
        rest = without_empty(rest) if mention and not stated.chosen else ""
        self._record(number, remaining(words, group, unread), before, rest)
        return True
