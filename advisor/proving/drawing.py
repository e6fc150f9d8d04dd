"""Answers in a region: drawn at random, with the linked subjects that derived facts and earlier roles need."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.book import DatedBook
from advisor.proving.space import Region, Space
from advisor.requirements import SUBJECT_KINDS
from advisor.requirements.answers import AnsweredSubject, Answers, put_in_order
from advisor.sensitivity.counterfactual import MOST_CHANGES, Search
from advisor.verdict import SubjectVerdict, decide_workload
from advisor.verdict.rule_matrix import RuleTable
from advisor.vocabulary import DESTINATION_KINDS

SUBJECT = "subject"
Given = dict[str, Any]
# Facts from which the search for a service's win starts, per kind of subject.
_STARTS: Mapping[str, tuple[Given, ...]] = {
    "component": tuple(
        {"trigger": (trigger,), "packaging": packaging}
        for trigger in ("request", "schedule", "event", "message", "stream", "always-on", "on-demand", "callback")
        for packaging in ("code", "container-image")
    ),
    "channel": (
        {}, {"carries": "event", "fan_out": 2.0}, {"carries": "records"}, {"ordering": "per-key"},
        *({"destination_kinds": (option.value,)} for option in DESTINATION_KINDS), {"consumer_count": 1.0},
        {"consumer_count": 2.0}, {"consumer_count": 2.0, "ordering": "per-key"}, {"producer_computes": ("none",)},
        {"consumer_count": 1.0, "other_teams": True},
    ),
    "store": tuple(
        {"access": access, "user_computes": ("lambda",), "shape": shape}
        for access in ("key-value", "relational", "objects", "search", "vectors", "cache", "files")
        for shape in ("spiky", "steady")
    ),
}  # fmt: skip
_COMPUTES: Mapping[str, Given] = {
    "lambda": {},
    "ecs": {"packaging": "container-image", "longest_run_s": 3600.0},
    "eks": {"kubernetes": "house-standard", "packaging": "container-image"},
    "batch": {"trigger": ("schedule",), "packaging": "container-image", "gpu": True},
    "ec2": {"host_control": True},
    "none": {"trigger": ("request",), "logic": "none"},
}
_FLAGS: Mapping[str, Given] = {
    "needs_workflow": {"steps": 3.0},
    "needs_scheduler": {"trigger": ("schedule",)},
    "needs_event_source": {"trigger": ("event",)},
    "runs_image": {"packaging": "container-image"},
    "waits_long": {"waits_for": ("callback",)},
    "polls": {"waits_for": ("other-system",)},
    "one_task_each": {"interruption": "never", "trigger": "message", "longest_run_s": 3600.0},
    "piped_tasks": {"must.nothing-while-idle": True, "trigger": "message", "longest_run_s": 3600.0},
    "scales_to_zero": {"must.nothing-while-idle": True, "trigger": "message", "most_at_once": 1.0},
    "beyond_functions": {"gpu": True},
    "may_be_cut": {"interruption": "restart"},
    "needs_proxy": {"access": "relational", "user_computes": ("lambda",)},
}


class Drawer:
    """Draws answers about one subject of a kind. `library` holds, by (role, service), facts with which it is chosen."""

    def __init__(self, space: Space, seed: int) -> None:
        self.space = space
        self.random = random.Random(seed)
        self.library: dict[tuple[str, str], Given] = {}
        self.raw = [f for f in space.fields if f in space.values]
        self.roles = {table.role.id for table in space.tables}

    def facts(self, region: Region, noise: int) -> Given:
        """Return facts that lie in a region, and some others at random."""
        chosen = {fact: self._one_of(self.space.allowed(region, fact)) for fact in region}
        for fact in self.random.sample(self.raw, min(noise, len(self.raw))):
            if fact not in chosen:
                chosen[fact] = self._one_of(self.space.values[fact])
        under: Given = {}
        for fact, value in chosen.items():
            if fact in self.roles and value is not None:
                under |= self.library.get((fact, value), {})
            if value is True and fact in _FLAGS:
                under |= _FLAGS[fact]
        return under | {fact: value for fact, value in chosen.items() if fact not in self.roles and fact not in _FLAGS}

    def _one_of(self, values: Sequence[Any]) -> Any:
        """Return a random value. Small sets of values are as likely as large ones."""
        sizes = sorted({len(value) for value in values if isinstance(value, tuple)})
        if sizes:
            size = self.random.choice(sizes)
            values = [value for value in values if value is None or len(value) == size]
        return self.random.choice(values)

    def decide(self, facts: Given) -> tuple[Answers, SubjectVerdict]:
        """Return answers from which facts follow as far as possible, and the verdict on the subject."""
        answers = situate(self.space.kind, self.space.fields, facts)
        return answers, decide_workload(answers, self.space.dated).subjects[SUBJECT]

    def winning(self, table: RuleTable, service: str) -> Answers | None:
        """Return answers with which a service is chosen for a role, None when none were found.

        Starts from which few changes lead there are looked for first: a long search from one start costs more than all of them.
        """
        starts = [
            situate(self.space.kind, self.space.fields, facts)
            for facts in (*_STARTS[self.space.kind], *self.library.values())
        ]
        for most_changes in (1, MOST_CHANGES):
            for answers in starts:
                changes = Search(self.space.dated, answers, SUBJECT, table, service).run(
                    decide_workload(answers, self.space.dated), (), most_changes
                )
                if changes is not None:
                    for subject, field, value in changes:
                        answers = answers.changed(subject, {field: value})
                    return answers
        return None

    def lies_in(self, decided: SubjectVerdict, region: Region) -> bool:
        """Return whether the facts of a subject are in a region of the answer space."""
        return all(
            bits >> self.space.class_of(fact, decided.known.values.get(fact)) & 1 for fact, bits in region.items()
        )

    def within(self, region: Region, times: int) -> Iterator[tuple[Answers, SubjectVerdict]]:
        """Yield random answers in a region of the answer space, with their verdict."""
        for number in range(times):
            answers, decided = self.decide(self.facts(region, noise=number % 4))
            if self.lies_in(decided, region):
                yield answers, decided


def situate(kind: str, fields: Mapping[str, Any], facts: Given) -> Answers:
    """Return answers about a subject from which facts follow, with the other subjects that derived facts refer to."""
    answers = {f: v for f, v in facts.items() if f in fields and not f.startswith("workload.") and v is not None}
    workload = {f.removeprefix("workload."): v for f, v in facts.items() if f.startswith("workload.") and v is not None}
    around: list[AnsweredSubject] = []
    _SITUATE[kind](facts, answers, around)
    put_in_order(answers)
    subjects = [*around, AnsweredSubject(SUBJECT, kind, answers, {})]  # type: ignore[arg-type]
    return Answers(workload, {subject.id: subject for k in SUBJECT_KINDS for subject in subjects if subject.kind == k})


def _component(facts: Given, answers: Given, around: list[AnsweredSubject]) -> None:
    concurrency = facts.get("concurrency")
    if concurrency is not None:
        run = answers.setdefault("typical_run_s", min(1.0, answers.get("longest_run_s", 1.0)))
        answers["rate_peak_rps"] = concurrency / run
    ordered = bool(facts.get("in_order"))
    listened_kind: Any = "channel" if ordered else facts.get("listens_kind")
    if listened_kind in ("channel", "store"):
        around.append(AnsweredSubject("heard", listened_kind, {"ordering": "per-key"} if ordered else {}, {}))
        answers["listens_to"] = "heard"
    if facts.get("uses_stores"):
        around.append(AnsweredSubject("used", "store", {}, {}))
        answers["reads"] = ("used",)
    if facts.get("only_publishes"):
        around.append(AnsweredSubject("told", "channel", {}, {}))
        answers["publishes"] = ("told",)
    if facts.get("out_of_reach"):
        around.append(AnsweredSubject("sent", "channel", {"ordering": "per-key"}, {}))
        answers["publishes"] = ("sent",)
    if facts.get("sized_uploads"):
        around.append(AnsweredSubject("uploaded", "store", {"access": "objects", "item_bytes": 2.0**30}, {}))
        answers |= {"direct_uploads": True, "writes": ("uploaded",)}
    if facts.get("called_by_pages"):
        site = {"static_site": True, "logic": "none", "authentication": "none", "calls": (SUBJECT,)}
        around.append(AnsweredSubject("site", "component", {"trigger": ("request",), **site}, {}))
    if facts.get("steps_called"):
        around.append(AnsweredSubject("step", "component", {}, {}))
        answers |= {"calls": ("step",), "logic": "none"}


def _channel(facts: Given, answers: Given, around: list[AnsweredSubject]) -> None:
    if facts.get("bucket_notifies"):
        around.append(AnsweredSubject("bucket", "store", {"access": "objects"}, {}))
        reads = {"listens_to": SUBJECT, "trigger": ("message",), "reads": ("bucket",)}
        compute = next(iter(facts.get("consumer_computes") or ()), "lambda")
        around.append(_user("reader", compute, reads))
        answers |= {"source": "aws-service", "aws_events": "s3-object", "ordering": "none"}
        return
    if facts.get("destination_kinds"):
        answers["destinations"] = tuple(facts["destination_kinds"])
    if facts.get("destination_count"):
        answers["fan_out"] = facts["destination_count"]
    computes = list(facts.get("consumer_computes") or ())
    computes += ["lambda"] * (int(facts.get("consumer_count") or 0) - len(computes))
    for number, compute in enumerate(computes[:9]):
        around.append(_user(f"consumer-{number}", compute, {"listens_to": SUBJECT, "trigger": ("message",)}))
    for compute in facts.get("producer_computes") or ():
        around.append(_user(f"producer-{compute}", compute, {"publishes": (SUBJECT,)}))


def _store(facts: Given, answers: Given, around: list[AnsweredSubject]) -> None:
    for compute in facts.get("user_computes") or ():
        around.append(_user(f"user-{compute}", compute, {"reads": (SUBJECT,), "writes": (SUBJECT,)}))
    if facts.get("change_listened"):
        around.append(_user("listener", "lambda", {"listens_to": SUBJECT, "trigger": ("event",)}))


def _user(id: str, compute: str, links: Given) -> AnsweredSubject:
    return AnsweredSubject(id, "component", {**links, **_COMPUTES.get(compute, {})}, {})


_SITUATE = {"component": _component, "channel": _channel, "store": _store}


def drawers(dated: DatedBook) -> dict[str, Drawer]:
    """Return a drawer per kind of subject; the same book draws the same answers."""
    return {kind: Drawer(Space(dated, kind), seed) for seed, kind in enumerate(SUBJECT_KINDS, 1)}
