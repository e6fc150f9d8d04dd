"""Answers of pasted requirements: each to the question of its part, and what of it could not be stored."""

from collections.abc import Sequence

from advisor.requirements.stated_answers import stated_answers
from advisor.vocabulary import Field
from advisor.vocabulary.amounts import Range, parse_amount
from advisor.vocabulary.demands import MUST
from advisor.vocabulary.units import QuantityError
from advisor_ui.state import draft as drafts
from advisor_ui.state.line_meanings import Meaning, named, normal, notes
from advisor_ui.state.line_names import Named, values_of
from advisor_ui.state.line_parts import Mention, counts_things
from advisor_ui.state.line_values import is_right, value_in
from advisor_ui.state.part_fits import RATES, Several
from advisor_ui.state.part_links import STREAMED, started_by_none_but_files, waiting_worker, with_files_that_start
from advisor_ui.state.pasted_parts import PastedParts
from advisor_ui.state.reading_record import Record, Unread, names
from advisor_ui.state.typical_parts import FILES, JOB, WORKER, takes_requests
from advisor_ui.state.unknown import is_unknown

_PERCENTILE = "note_percentile"
#: What is said of a run beside its schedule, and is that of another job where the schedule is.
_OF_A_RUN = ("longest_run_s", "typical_run_s", "whole_run_s", "time_zone")
#: What holds for all components where a line without a part rules it out.
_RULED_OUT = {"kubernetes": "none"}


class PastedAnswers:
    """The parts so far with their answers, the parts that the words are about, and what was not read."""

    def __init__(self) -> None:
        self.parts = PastedParts()
        self.record = Record()
        self.unread = Unread()
        self.about: list[str] = []
        self._links: list[tuple[int, str, Field, str]] = []
        self._for_all: list[tuple[int, str, str]] = []
        self._of_others: set[tuple[int, str]] = set()  # lines with another schedule than that of a part

    def pair(self, number: int, fields: Named, value: str, line: str) -> bool:
        """Read a value after the name of its question, with all answers that it states, or that there is none yet."""
        kind, field = fields[0]
        if field.kind != "destinations" and is_unknown(value):
            self.unread.report("left_unknown", number, line, question=field.title)
            return True
        said = [one.key for one in notes(normal(line), was_read=True)]
        if field.id == "latency_ms" and _PERCENTILE in said and not is_right(field, value):
            self.unread.report(_PERCENTILE, number, line)
            return True
        stated = stated_answers(kind, field, value) if field.kind == "quantity" else {field.id: value}
        meanings = [Meaning(fields if id == field.id else named(id), words) for id, words in stated.items()]
        read = [self.answer(number, one, line, sure=True) for one in meanings]
        return any(read)

    def answer(self, number: int, stated: Meaning, line: str, *, sure: bool = False, alone: bool = False) -> bool:
        """Answer the question of the part that the words are about; report it if that cannot be told.

        A sentence does not replace an answer of a line before it, unless it names the question first (`sure`). What one rules out
        that names no part (`alone`) is ruled out for all.
        """
        field = stated.named[0][1]
        if field.kind == "destinations" and not sure:
            self.about.append(self.parts.sends_to(stated.value))
            return True
        if stated.value == STREAMED and field.id == "carries" and not sure:
            self.about.append(self.parts.stream())
            return True
        if field.id == "ordering" and stated.value != "none" and started_by_none_but_files(self.parts.draft):
            self.unread.report("left_order_of_files", number, line)
            return True
        is_for_all = alone and value_in(field, stated.value) == _RULED_OUT.get(field.id, "")
        if is_for_all:
            self._for_all.append((number, field.id, line))
        try:
            id, field = self.parts.of(stated)
        except Several as several:
            if is_for_all:
                return True
            self.unread.report("left_several", number, line, parts=names(self.parts.draft, several.ids[:4]))
            return False
        if not sure and self._is_of_another(number, id, field, line if alone else ""):
            self.unread.leave(number, line)
            return False
        if field.kind in ("link", "links"):
            self._links.append((number, id, field, stated.value))
            self.about.append(id)
            return True
        return self._stored(number, id, field, stated.value, line, sure=sure)

    def _is_of_another(self, number: int, id: str, field: Field, line: str) -> bool:
        """Return whether an answer is about something else than the part that fits: a second job, the worker of a queue, or files beside a load of requests.

        `line` is empty if it names the part."""
        if field.id in _OF_A_RUN:
            is_of_worker = self.current_kind() == "channel" and takes_requests(self.parts.draft, id)
            return is_of_worker or (number, id) in self._of_others
        if field.id not in RATES:
            return False
        loads = (str(drafts.answer(self.parts.draft, id, name) or "") for name in RATES)
        is_beside = any(load and not counts_things(load) for load in loads)
        return is_beside and counts_things(line)

    def _gives_way(self, id: str, field: Field, words: str) -> bool:
        """Return whether the load of a part counts files or messages, and the line that names the part has one in requests."""
        before = str(drafts.answer(self.parts.draft, id, field.id))
        is_other = field.id in RATES and counts_things(before) and not counts_things(words)
        if is_other and id == self.parts.current:
            self.unread.leave(self.record.line_of(id, field.id), before)
            self.record.dropped(id, field.id)
            return True
        return False

    def _stored(self, number: int, id: str, field: Field, words: str, line: str, *, sure: bool) -> bool:
        value = value_in(field, words)
        if value is None:
            return False
        before = drafts.answer(self.parts.draft, id, field.id)
        if field.kind == "choices" and (not sure or field.id == MUST):  # one requirement a line
            value = list(dict.fromkeys([*(before if isinstance(before, list) else ()), *value]))
        elif not (sure or before in (None, value) or self._gives_way(id, field, words)):
            self._of_others |= {(number, id)} if field.id == "schedule_expression" else set()
            self.unread.report("left_twice", number, line, question=field.title)
            return True
        self.about.append(id)
        self.parts.draft = drafts.with_answer(self.parts.draft, id, field.id, value)
        if value is False or value == []:
            drafts.part(self.parts.draft, id)[field.id] = value
        return True

    def current_kind(self) -> str:
        """Return the kind of the part that the words are about, "job" for a typical job, or "" if they are about none."""
        current = self.parts.current
        is_job = self.parts.typical.get(current) == JOB
        return JOB if is_job else drafts.kind_of(self.parts.draft, current) if current else ""

    def start_by_files(self, mention: Mention | None) -> None:
        """Let new files start the worker that a clause names, else the only one that waits for a queue that nobody named."""
        named = self.parts.current if mention and mention.part == WORKER else ""
        worker = named or (
            "" if mention and mention.part != FILES else waiting_worker(self.parts.draft, self.parts.is_implied)
        )
        if worker:
            self.parts.draft = with_files_that_start(self.parts.draft, worker, self.parts.is_implied)

    def link_parts(self) -> None:
        """Link parts by their names, after all of them exist, and the stores to all that would use them."""
        self.record.moved(*self.parts.settle())
        stated: set[str] = set()
        for number, id, field, words in self._links:
            for name in values_of(words):
                target = self.parts.called(name, field.links_to)
                if target:
                    stated |= {id} if field.id in ("reads", "writes") else set()
                    many = field.kind == "links"
                    self.parts.draft = drafts.linked(self.parts.draft, id, field.id, target, many=many)
                else:
                    self.unread.report("left_line_link", number, name)
        self.parts.share(stated)
        self._answer_for_all()
        self._compare_times()

    def _answer_for_all(self) -> None:
        """Give all components without an answer what a line rules out for all of them."""
        for number, field, line in self._for_all:
            before = self.parts.draft
            open_ids = [id for id in self._components() if drafts.answer(before, id, field) is None]
            for id in open_ids:
                self.parts.draft = drafts.with_answer(self.parts.draft, id, field, _RULED_OUT[field])
            self.record.add(number, line, before, self.parts.draft, open_ids)

    def _compare_times(self) -> None:
        """Report a component that must respond sooner than its longest run ends: two lines can be about two parts."""
        for id in self._components():
            response, run = (_reading(self.parts.draft, id, name) for name in ("response_s", "longest_run_s"))
            lines = [self.record.line_of(id, name) for name in ("response_s", "longest_run_s")]
            if response is None or run is None or run <= response or 0 in lines or lines[0] == lines[1]:
                continue
            shown = {
                name: str(drafts.answer(self.parts.draft, id, f"{name}_s")) for name in ("response", "longest_run")
            }
            self.unread.report("left_conflict", lines[1], shown["longest_run"],
                               part=names(self.parts.draft, [id]), other=lines[0], response=shown["response"])  # fmt: skip

    def _components(self) -> Sequence[str]:
        return drafts.ids(self.parts.draft, ("component",))


def _reading(draft: drafts.Raw, id: str, name: str) -> float | None:
    """Return the quantity that a design is drawn for, or None if a question has no valid answer."""
    field, stated = named(name)[0][1], drafts.answer(draft, id, name)
    try:
        amount = None if stated is None else parse_amount(stated, field)
    except QuantityError:
        return None
    return amount.reading if isinstance(amount, Range) else amount


def states_otherwise(fields: Named, value: str) -> bool:
    """Return whether a value after the name of its question is a right answer, or several, or that there is none yet."""
    kind, field = fields[0]
    return is_right(field, value) or is_unknown(value) or stated_answers(kind, field, value) != {field.id: value}
