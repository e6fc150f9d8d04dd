"""Random requirements files of several parts: each part answers a few questions, and links them at random.

A part is drawn until it can be built by itself, so that a whole of several parts has a chance: parts of rare services
would else hardly ever meet parts that go with them.
"""

import random
from collections.abc import Mapping
from typing import Any

import blueprints
from advisor.advise import advise
from advisor.book import Book, Role
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements
from advisor.vocabulary.channel import DESTINATION_KINDS
from blueprints.refusals.not_generated import not_generated
from prove.cases.factors import Factor, Level, Row, applies, factors, raw_level

Answers = dict[str, Any]
#: Most answers of a subject that differ from what stands without them.
ANSWERED = {"workload": 1, "component": 4, "channel": 2, "store": 2}
#: Questions that lead to other services, of which a subject answers one more often than chance would have it.
LEADING = {
    "workload": ("workload.estate",),
    "component": ("component.protocol", "component.kubernetes", "component.packaging", "component.gpu"),
    "channel": ("channel.carries", "channel.destinations"),
    "store": ("store.access",),
}
LED, PINNED, LINKED = 0.4, 0.5, 0.5
#: Draws of a part with its pin, and then without one.
TRIES = 6


def answers(chance: random.Random, book: Book) -> Answers:
    """Return a requirements file with two to five components, and channels and stores that link them."""
    counts = {"component": chance.randint(2, 5), "channel": chance.randint(0, 2), "store": chance.randint(1, 3)}
    workload = _answered("workload", chance)
    subjects = {
        kind: [{"id": f"{kind}-{number}", **_part(kind, workload, chance, book)} for number in range(1, count + 1)]
        for kind, count in counts.items()
    }
    for component in subjects["component"]:
        _link(component, subjects, chance)
    for channel in subjects["channel"]:
        _end(channel, subjects["component"], chance)
    lists = {f"{kind}s": listed for kind, listed in subjects.items() if listed}
    return {"schema": 2, "title": "Sample", "workload": workload, **lists}


def offered(raw: Answers, book: Book, *targets: str) -> Design | None:
    """Return the design of a requirements file that is free of conflicts and that the targets build."""
    try:
        design = advise(make_requirements(raw), book)
    except RequirementsError:
        return None
    refused = design.decision.conflicts or any(blueprints.check(design, target) for target in targets)
    return None if refused else design


def _part(kind: str, workload: Answers, chance: random.Random, book: Book) -> Answers:
    """Return the answers and the pin of a subject that can be built by itself, or none if no draw can."""
    pinned = _pin(kind, chance, book) if chance.random() < PINNED else {}
    for pin in (pinned, {}) if pinned else ({},):
        for _ in range(TRIES):
            part = {**_answered(kind, chance), **pin}
            if kind == "component":
                part.setdefault("trigger", chance.choice(("request", "schedule", "on-demand")))
            if offered(_alone(kind, part, workload), book, "sam"):
                return part
    return {"trigger": "request"} if kind == "component" else {}


def _alone(kind: str, part: Answers, workload: Answers) -> Answers:
    """Return a requirements file of one subject and of as little as it needs beside it."""
    given: dict[str, Answers] = {"component": {}, "channel": {}, "store": {}, kind: part}
    work: Answers = {"id": "work", "trigger": "request", "reads": ["data"], "writes": ["data"], **given["component"]}
    raw: Answers = {"schema": 2, "title": "Part", "workload": workload, "components": [work]}
    raw["stores"] = [{"id": "data", **given["store"]}]
    if kind == "channel" or work["trigger"] in ("message", "stream"):
        raw["channels"] = [{"id": "news", **given["channel"]}]
        heard = work["trigger"] in ("message", "stream")
        other: Answers = {"id": "other", "trigger": "request" if heard else "message"}
        sender, receiver = (other, work) if heard else (work, other)
        sender["publishes"] = ["news"]
        if heard or not part.get("destinations"):
            receiver["listens_to"] = "news"
            raw["components"].append(other)
    return raw


def _answered(kind: str, chance: random.Random) -> Answers:
    """Return a few random answers about a subject, of the questions that apply."""
    questions = [factor for factor in factors() if factor.id.startswith(f"{kind}.")]
    row: Row = {factor.id: factor.levels[0] for factor in questions}
    chosen = chance.sample(questions, chance.randint(0, min(ANSWERED[kind], len(questions))))
    if chance.random() < LED:
        leading = chance.choice([factor for factor in questions if factor.id in LEADING[kind]])
        chosen = [leading, *(factor for factor in chosen if factor != leading)]
    for factor in sorted(chosen, key=questions.index):
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


def _pin(kind: str, chance: random.Random, book: Book) -> Answers:
    """Return the pin of a role to one of its services, and the answers that give a subject that role."""
    role, service = chance.choice([pair for pair in _pins(book) if pair[0].subject == kind])
    asked: Answers = {}
    pins, known = {role.id: service}, {factor.id for factor in factors()}
    for atom in role.when:
        needed = chance.choice(atom.value) if isinstance(atom.value, tuple) else atom.value
        if atom.field in book.role_ids:
            pins[atom.field] = str(needed)
        elif f"{kind}.{atom.field}" in known:
            asked[atom.field] = needed
    return {**asked, "pins": pins}


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


def _link(component: Answers, subjects: Mapping[str, list[Answers]], chance: random.Random) -> None:
    """Connect a component to stores and channels, as its trigger permits."""
    stores, channels = ([one["id"] for one in subjects[kind]] for kind in ("store", "channel"))
    component["reads"] = chance.sample(stores, chance.randint(0, len(stores)))
    both = chance.random() < LINKED
    component["writes"] = [*component["reads"]] if both else chance.sample(stores, chance.randint(0, len(stores)))
    if channels and component["trigger"] in ("message", "stream"):
        component["listens_to"] = chance.choice(channels)
    elif channels and chance.random() < LINKED:
        component["publishes"] = [chance.choice(channels)]


def _end(channel: Answers, components: list[Answers], chance: random.Random) -> None:
    """Add a producer and a consumer to a channel that has none, because dangling channels are tested elsewhere."""
    if not channel.get("destinations") and not any(one.get("listens_to") == channel["id"] for one in components):
        consumer = chance.choice(components)
        consumer |= {"listens_to": channel["id"], "trigger": "message"}
        consumer.pop("publishes", None)
    if not any(channel["id"] in one.get("publishes", ()) for one in components):
        others = [one for one in components if one.get("listens_to") != channel["id"]]
        if others:
            chance.choice(others)["publishes"] = [channel["id"]]
