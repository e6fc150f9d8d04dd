"""Sampled cases: random architectures of several parts, as no one wrote them down. The same seed gives the same ones."""

import random
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import blueprints
from advisor.advise import advise
from advisor.book import Book, Role
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements
from advisor.vocabulary.channel import DESTINATION_KINDS
from blueprints.plan import plan_for
from blueprints.refusals.not_generated import not_generated
from prove.cases import Case
from prove.cases.factors import Factor, Level, Row, applies, factors, raw_level

#: The sample that CI proves, always the same.
FIXED_SEED = 1
#: Cases of a sample, and draws for each before it is given up: most draws contradict themselves or no target builds them.
CASES, DRAWS = 6, 60
#: Most answers of a subject that differ from what stands without them.
ANSWERED = {"workload": 1, "component": 4, "channel": 2, "store": 2}
#: Questions that lead to other services, of which a subject answers one more often than chance would have it.
LEADING = {
    "workload": ("workload.estate",),
    "component": ("component.protocol", "component.kubernetes", "component.packaging", "component.gpu"),
    "channel": ("channel.carries", "channel.destinations"),
    "store": ("store.access",),
}
LED, PINNED, LINKED = 0.4, 0.4, 0.5


def sampled(book: Book, seed: int, only: Collection[str] = ()) -> Iterator[Case]:
    """Yield a case for each random architecture of a seed, or for those named in `only`."""
    for number in range(1, CASES + 1):
        name = f"sample-{seed}-{number}"
        if only and name not in only:
            continue
        design = _drawn(book, random.Random(f"{seed}-{number}"))
        if design is not None:
            yield Case(name, design, plan_for(design), kind="sampled")


def _drawn(book: Book, chance: random.Random) -> Design | None:
    """Return the first architecture drawn that is free of conflicts and that every target builds."""
    for _ in range(DRAWS):
        try:
            design = advise(make_requirements(answers(chance, book)), book)
        except RequirementsError:
            continue
        if not design.decision.conflicts and not any(
            blueprints.check(design, target.id) for target in blueprints.TARGETS
        ):
            return design
    return None


def answers(chance: random.Random, book: Book) -> dict[str, Any]:
    """Return a requirements file with two to five components, and channels and stores that link them."""
    counts = {"component": chance.randint(2, 5), "channel": chance.randint(0, 2), "store": chance.randint(1, 3)}
    subjects = {
        kind: [
            {"id": f"{kind}-{number}", **_pinned(_answered(kind, chance), kind, chance, book)}
            for number in range(1, count + 1)
        ]
        for kind, count in counts.items()
    }
    for component in subjects["component"]:
        _link(component, subjects, chance)
    for channel in subjects["channel"]:
        _end(channel, subjects["component"], chance)
    lists = {f"{kind}s": listed for kind, listed in subjects.items() if listed}
    return {"schema": 2, "title": "Sample", "workload": _answered("workload", chance), **lists}


def _answered(kind: str, chance: random.Random) -> dict[str, Any]:
    """Return a few random answers about a subject, of the questions that apply."""
    questions = [factor for factor in factors() if factor.id.startswith(f"{kind}.")]
    row: Row = {factor.id: factor.levels[0] for factor in questions}
    chosen = chance.sample(questions, chance.randint(0, min(ANSWERED[kind], len(questions))))
    if chance.random() < LED:
        leading = chance.choice([factor for factor in questions if factor.id in LEADING[kind]])
        chosen = [leading, *(factor for factor in chosen if factor != leading)]
    for factor in sorted(chosen, key=_first_asked(questions)):
        if applies(factor, row):
            row[factor.id] = _level(factor, chance)
    differing = {factor.id: row[factor.id] for factor in chosen if row[factor.id] != factor.levels[0]}
    return {
        id.removeprefix(f"{kind}."): [{"kind": each} for each in raw_level(level)]
        if id.endswith(".destinations")
        else raw_level(level)
        for id, level in differing.items()
    }  # fmt: skip


def _level(factor: Factor, chance: random.Random) -> Level:
    """Return one of a question's answers; of destinations, one or two of all kinds."""
    if factor.id == "channel.destinations":
        return tuple(sorted(chance.sample([kind.value for kind in DESTINATION_KINDS], chance.randint(1, 2))))
    return chance.choice(factor.levels)


def _pinned(subject: dict[str, Any], kind: str, chance: random.Random, book: Book) -> dict[str, Any]:
    """Return a subject, now and then with the pin of a role to one of its services, and with what gives it the role."""
    if chance.random() >= PINNED:
        return subject
    role, service = chance.choice([pair for pair in _pins(book) if pair[0].subject == kind])
    pins, asked = {role.id: service}, {factor.id for factor in factors()}
    for atom in role.when:
        needed = chance.choice(atom.value) if isinstance(atom.value, tuple) else atom.value
        if atom.field in book.role_ids:
            pins[atom.field] = needed
        elif f"{kind}.{atom.field}" in asked:
            subject = {**subject, atom.field: needed}
    return {**subject, "pins": pins}


def _pins(book: Book) -> list[tuple[Role, str]]:
    """Return the services that can be pinned, each with its role, without those of which no project is made."""
    return [
        (role, service)
        for role in book.roles
        for service in role.candidates
        if len(role.candidates) > 1
        and service in book.services
        and book.services[service].lifecycle == "available"
        and (role.id == "engine" or service not in not_generated().services)
    ]


def _first_asked(questions: list[Factor]) -> Any:
    order = {factor.id: number for number, factor in enumerate(questions)}
    return lambda factor: order[factor.id]


def _link(component: dict[str, Any], subjects: Mapping[str, list[dict[str, Any]]], chance: random.Random) -> None:
    """Let a component read and write stores, and publish to or listen to a channel, as its trigger has it."""
    stores, channels = ([one["id"] for one in subjects[kind]] for kind in ("store", "channel"))
    component["reads"] = chance.sample(stores, chance.randint(0, len(stores)))
    component["writes"] = chance.sample(stores, chance.randint(0, len(stores)))
    if channels and component.get("trigger") in ("message", "stream"):
        component["listens_to"] = chance.choice(channels)
    elif channels and chance.random() < LINKED:
        component["publishes"] = [chance.choice(channels)]
    component.setdefault("trigger", chance.choice(("request", "schedule", "on-demand")))


def _end(channel: dict[str, Any], components: list[dict[str, Any]], chance: random.Random) -> None:
    """Give a channel a consumer and a producer where it has none: a dangling one is refused or warned of elsewhere."""
    if not any(one.get("listens_to") == channel["id"] for one in components):
        consumer = chance.choice(components)
        consumer |= {"listens_to": channel["id"], "trigger": "message"}
        consumer.pop("publishes", None)
    if not any(channel["id"] in one.get("publishes", ()) for one in components):
        others = [one for one in components if one.get("listens_to") != channel["id"]]
        if others:
            chance.choice(others)["publishes"] = [channel["id"]]
