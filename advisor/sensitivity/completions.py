"""Whether a verdict is the same for all answers to the unanswered questions: an exact search over their cells.

Three-valued logic: a limit or rule applies, does not, or may. Where every role can have one
service only, the whole box of answers is decided; elsewhere it is split at a question on which the service depends. A
box that cannot be split any further is decided by the engine itself, so that no counterexample is spurious.
"""

import math
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from advisor.book import DatedBook
from advisor.requirements.answers import LINKS, WORKLOAD
from advisor.sensitivity.cells import cells
from advisor.sensitivity.sweep import Swept
from advisor.verdict import Verdict, revised
from advisor.verdict.known import applies
from advisor.verdict.needs import derive
from advisor.verdict.origins import behind
from advisor.verdict.rule_matrix import PRIORITIES, RuleTable, rule_tables, samples
from advisor.verdict.run_times import INPUTS, asks_beyond_functions, classed, derive_interruption, derive_waits
from advisor.vocabulary import FIELDS

Place = tuple[str, str]
Box = dict[str, tuple[Any, ...]]
_MOST_BOXES = 400
_MOST_COMBINED = 512
_FLAGS = ("needs_workflow", "needs_scheduler", "needs_event_source", "runs_image", "needs_proxy")
_FLOW = ("steps", "human_approval", "compensation", "parallel_items", "trigger", "listens_kind", "retries", "packaging")
_WAITS = ("waits_for", "human_approval", "wait_s", "waiting_free")
_INTERRUPTION = INPUTS["one_task_each"]
#: Flags that follow from how work is started, coordinated and packaged, and from what exists.
_PREMISES = ("web_server", "function_image", "large_package", "vpc_exists", "cluster_exists")
#: Whether a workflow alone makes the calls of a component: to services if it has no links, to components that it names.
_CALLING = ("calls_only", "steps_called")
#: Whether a few workers share the messages, which follows from the work, its coordination and its channel.
_WORKERS = "limited_workers"
_INPUTS = {
    "component": (*_FLOW, "waits_long", "one_task_each", "piped_tasks", *_PREMISES, *_CALLING, "compute"),
    "channel": (),
    "store": ("store", "user_computes"),
}


def counterexample(dated: DatedBook, verdict: Verdict, swept: tuple[Swept, ...]) -> tuple[Place, ...] | None:
    """Return the unanswered questions whose combined answers change the decision, or () if there are none.

    For decisions that no single question changes. Returns None if the search reaches its limit of answer sets.
    """
    for subject in verdict.subjects:
        search = _Search(dated, verdict, subject, swept)
        questions = search.run()
        if questions is None or questions:
            return questions
    return ()


class _Search:
    """The search over the completions of one subject's questions and the workload's."""

    def __init__(self, dated: DatedBook, verdict: Verdict, subject: str, swept: tuple[Swept, ...]) -> None:
        self.dated, self.verdict, self.subject = dated, verdict, subject
        self.kind = verdict.subjects[subject].subject.kind
        self.tables = rule_tables(dated)[self.kind]
        self.now = verdict.services
        read = {column.field for table in self.tables for column in table.columns}
        if self.kind == "component":
            read.update(*INPUTS.values())
        self.free: dict[str, tuple[Any, ...]] = {}
        for question in swept:
            name = f"workload.{question.field.id}" if question.subject == WORKLOAD else question.field.id
            if question.subject in (subject, WORKLOAD) and not question.stated and name in read:
                self.free[name] = tuple(cell.sample for cell in question.cells)
        self._add_dormant(read)
        self.free = {name: self._distinguished(name, values) for name, values in self.free.items()}
        answers = verdict.answers.of(subject)
        self.settled = answers.keys() | self.free.keys()
        linked = any(answers.get(field) for field in (*LINKS, "listens_to"))
        self.calling = _CALLING[1:] if answers.get("calls") else () if linked else _CALLING[:1]

    def _add_dormant(self, read: set[str]) -> None:
        """Add the questions that do not apply now but may when an open one is answered otherwise."""
        values = self.verdict.subjects[self.subject].known.values
        for field in FIELDS[self.kind]:
            open_ = any(other in self.free for other in field.applies)
            if field.id in read and open_ and not applies(field, values) and field.kind != "destinations":
                field_cells = cells(self.dated, self.verdict, self.subject, field)
                self.free[field.id] = (None, *(cell.sample for cell in field_cells))

    def _distinguished(self, name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return one value of each class that limits and rules treat alike."""
        columns = [(t, c) for t in self.tables for c in t.columns if c.field == name]
        classes: dict[tuple[Any, ...], Any] = {}
        for value in values:
            masks = tuple(c.mask(value, t.full) & t.judging for t, c in columns)
            classes.setdefault((classed(name, value), *masks), value)
        return tuple(classes.values())

    def run(self) -> tuple[Place, ...] | None:
        """Return the questions whose combined answers change the decision, () if there are none, or None at the search limit."""
        stack: list[Box] = [{}]
        for _ in range(_MOST_BOXES):
            if not stack:
                return ()
            box = stack.pop()
            if self._differs(box):
                return tuple(self._place(name) for name in self._least(box))
            doubt = self._doubt(box)
            if doubt is not None:
                stack += [{**box, doubt: (value,)} for value in self.free[doubt]]
        return None

    def _place(self, name: str) -> Place:
        field = name.removeprefix("workload.")
        return (WORKLOAD if field != name else self.subject, field)

    def _differs(self, box: Box) -> bool:
        verdict = self.verdict
        for name, (value,) in box.items():
            if value is not None:
                subject, field = self._place(name)
                verdict = revised(verdict, subject, {field: value}, self.dated)
        return verdict.services != self.now

    def _least(self, box: Box) -> Box:
        """Return a minimal subset of changed answers that changes the verdict."""
        for name in list(box):
            rest = {other: values for other, values in box.items() if other != name}
            if self._differs(rest):
                box = rest
        return box

    def _doubt(self, box: Box) -> str | None:
        """Return an open question on which the service of some role depends, or None if all roles are decided."""
        values: Box = {id: (value,) for id, value in self.verdict.subjects[self.subject].known.values.items()}
        values |= self.free | box
        open_ = {name for name in self.free if name not in box}
        self._follow(values, open_)
        for table in self.tables:
            must, may = bounds_of(table, values)
            if not may & 1:
                continue
            winners = table.possible_services(must, may, [p or () for p in values.get(PRIORITIES, ((),))])
            if len(winners) > 1 or not must & 1:
                doubts = _doubtful_facts(table, must, may, winners)
                return next(
                    (origin for fact in doubts for origin in behind(fact, self.settled) if origin in open_), None
                )
            values[table.role.id] = tuple(winners)
            if table.role.id in ("compute", "store"):
                self._follow(values, open_)
        return None

    def _follow(self, values: Box, open_: set[str]) -> None:
        """Set the possible values of derived facts: flags by their definition, numbers per cell."""
        for fact in ("concurrency", "destination_count"):
            if fact in values and open_.intersection(behind(fact, self.settled)):
                columns = [c for table in self.tables for c in table.columns if c.field == fact and c.breaks]
                values[fact] = tuple(sample for column in columns for sample in samples(column.breaks))
        if self.kind == "component":
            _combine(values, _WAITS, derive_waits)
            values["beyond_functions"] = _possibly_beyond(values)
            doubtful = (
                fact for fact in (*_PREMISES, *self.calling, _WORKERS) if open_.intersection(behind(fact, self.settled))
            )
            values |= dict.fromkeys(doubtful, (False, True))
            _combine(values, _INTERRUPTION, derive_interruption)
        inputs = [name for name in _INPUTS[self.kind] if name in values]
        combined = math.prod(len(values[name]) for name in inputs)
        flags: dict[str, set[Any]] = {flag: set() for flag in _FLAGS if flag in values}
        if combined > _MOST_COMBINED:
            values |= dict.fromkeys(flags, (False, True))
            return
        for chosen in product(*(values[name] for name in inputs)):
            facts = dict(zip(inputs, chosen, strict=True))
            derive(self.kind, facts)
            for flag in flags:
                flags[flag].add(facts[flag])
        values |= {flag: tuple(sorted(outcomes)) for flag, outcomes in flags.items()}


def _possibly_beyond(values: Box) -> tuple[bool, ...]:
    """Return whether the work needs what no function has: both, if that depends on an open answer."""
    asked = [
        {asks_beyond_functions(field, value) for value in values.get(field, (None,))}
        for field in INPUTS["beyond_functions"]
    ]
    return tuple(sorted({any(False not in one for one in asked), any(True in one for one in asked)}))


def _combine(values: Box, inputs: tuple[str, ...], follow: Callable[[dict[str, Any]], None]) -> None:
    """Set, in place, the possible values of facts that follow from a few inputs, for all input combinations."""
    outcomes: dict[str, dict[Any, None]] = {}
    for chosen in product(*(values.get(name, (None,)) for name in inputs)):
        facts = dict(zip(inputs, chosen, strict=True))
        follow(facts)
        for fact, value in facts.items():
            outcomes.setdefault(fact, {})[value] = None
    values |= {fact: tuple(found) for fact, found in outcomes.items()}


def bounds_of(table: RuleTable, box: Mapping[str, tuple[Any, ...]]) -> tuple[int, int]:
    """Return the entries of a table that surely hold and those that may hold when each fact is one of several values."""
    must = may = table.full
    for column in table.columns:
        either, both = 0, table.full
        for value in box.get(column.field, (None,)):
            mask = column.mask(value, table.full)
            either |= mask
            both &= mask
        must &= both
        may &= either
    return must, may


def _doubtful_facts(table: RuleTable, must: int, may: int, winners: set[str | None]) -> list[str]:
    """Return the facts on which the chosen service, or the existence of the role, depends."""
    facts = [] if must & 1 else [atom.field for atom in table.role.when]
    for entry in table.entries_of(may & ~must):
        if winners.intersection(entry.against) or winners.intersection(entry.favours):
            facts += [atom.field for atom in entry.when]
    return facts
