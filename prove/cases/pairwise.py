"""Pairwise rows: reachable architectures that together cover the possible pairs of answers.

The rows are kept in `pairwise.yaml`; `make prove ARGS=--write-pairwise` makes them again, always the same ones.
"""

import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements
from blueprints.plan import plan_for
from prove.cases import Case
from prove.cases.factors import Factor, Level, Row, applies, factors, raw_level

FILE = Path(__file__).with_name("pairwise.yaml")
Pair = tuple[tuple[str, Level], tuple[str, Level]]
#: Most rows that the budget of the proof has room for, and how often a row is made simpler before a pair is given up.
MOST = 44
TRIES = 6
CANDIDATES = 8
SUBJECTS: Mapping[str, str] = {"component": "work", "channel": "news", "store": "data"}
#: Rows beside those that cover pairs: what no pair of answers leads to by itself.
BESIDE: tuple[Row, ...] = (
    {
        "component.packaging": "container-image",
        "component.trigger": "message",
        "workload.estate": "serverless",
    },  # an image as a function
    {"store.access": "relational", "store.shape": "steady"},  # an RDS instance behind its proxy
    {"store.access": "relational", "store.multi_region": True},  # Aurora DSQL in two Regions
    {
        "component.packaging": "container-image",
        "component.migrates_from": "app-runner",
        "workload.priorities": ("simplicity",),
    },  # ECS Express Mode
    {"component.protocol": "graphql"},  # an API key where nobody signs in
    {
        "component.authentication": "existing-provider",
        "component.exposure": "public",
        "component.packaging": "container-image",
    },  # sign-in at a load balancer, by a provider outside AWS
)
_HEAD = "# Written by `make prove ARGS=--write-pairwise`: answers that differ from what stands without them.\n"


def pairwise(book: Book, only: Collection[str] = ()) -> Iterator[Case]:
    """Yield a case for every row that can be decided and built, or for the rows in `only`."""
    for number, row in enumerate(yaml.safe_load(FILE.read_text("utf-8")) or [], 1):
        name = f"pair-{number:02}"
        if only and name not in only:
            continue
        design = design_of({key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}, book)
        if design is not None:
            yield Case(name, design, plan_for(design), kind="pairwise")


def design_of(row: Row, book: Book) -> Design | None:
    """Return the design of a row, or none if answers contradict each other or no target can build it."""
    try:
        design = advise(make_requirements(requirements(row)), book)
    except RequirementsError:
        return None
    if design.decision.conflicts or all(blueprints.check(design, target.id) for target in blueprints.TARGETS):
        return None
    return design


def requirements(row: Mapping[str, Level]) -> dict[str, Any]:
    """Return a requirements file: a component, its store and channel, and the component at the channel's other end."""
    answers: dict[str, dict[str, Any]] = {subject: {} for subject in ("workload", *SUBJECTS)}
    for name, level in row.items():
        subject, _, field = name.partition(".")
        value = raw_level(level)
        answers[subject][field] = [{"kind": kind} for kind in value] if field == "destinations" else value
    work, other = answers["component"], dict[str, Any]({"id": "other", "title": "Other"})
    work |= {"id": "work", "title": "Work", "reads": ["data"], "writes": ["data"]}
    work.setdefault("trigger", "request")
    started = work["trigger"] in ("message", "stream") or (
        work["trigger"] == "event" and work.get("event_source", "own-application") == "own-application"
    )
    sender, receiver = (other, work) if started else (work, other)
    sender["publishes"] = ["news"]
    receiver |= {"listens_to": "news"}
    receiver.setdefault("trigger", "message")
    sender.setdefault("trigger", "request")
    return {
        "schema": 2,
        "title": "Pairwise",
        "workload": answers["workload"],
        "components": [work, other],
        "channels": [{"id": "news", "title": "News", **answers["channel"]}],
        "stores": [{"id": "data", "title": "Data", **answers["store"]}],
    }


def possible_pairs(compared: Iterable[Factor]) -> set[Pair]:
    """Return all pairs of levels that do not exclude each other by their meaning."""
    pairs = set()
    for a, b in combinations(compared, 2):
        for x in a.levels:
            for y in b.levels:
                row = {a.id: x, b.id: y}
                if all(
                    row[name] in values for factor in (a, b) for name, values in factor.applies.items() if name in row
                ):
                    pairs.add(((a.id, x), (b.id, y)))
    return pairs


def covered_pairs(row: Mapping[str, Level], questions: tuple[Factor, ...]) -> set[Pair]:
    """Return the pairs of a row; questions without an answer have their default level."""
    whole = {factor.id: row.get(factor.id, factor.levels[0]) for factor in questions}
    asked_levels = [(factor.id, whole[factor.id]) for factor in questions if applies(factor, whole)]
    return set(combinations(asked_levels, 2))


def rows(book: Book) -> Iterator[Row]:
    """Yield rows until every pair is covered or given up, greedily and always in the same order.

    Pairs of a level that no row has yet come first: the rows are fewer than it would take for every pair.
    """
    questions, chance = factors(), random.Random(20261125)
    order = {pair: number for number, pair in enumerate(sorted(possible_pairs(questions), key=str))}
    open_ = set(order)
    row_count, covered_levels = 0, set[tuple[str, Level]]()
    while open_ and row_count < MOST:
        first = {pair for pair in open_ if not covered_levels.issuperset(pair)} or open_
        seeds = chance.sample(sorted(first, key=order.__getitem__), min(CANDIDATES, len(first)))
        built = [(seed, _row(seed, open_, questions, chance, book)) for seed in seeds]
        buildable = [row for _, row in built if row is not None]
        # A pair that cannot be built with anything is given up.
        open_ -= {seed for seed, row in built if row is None}
        if buildable:
            best = max(buildable, key=lambda row: len(covered_pairs(row, questions) & open_))
            open_ -= covered_pairs(best, questions)
            covered_levels |= {end for pair in covered_pairs(best, questions) for end in pair}
            row_count += 1
            yield best


def _row(seed: Pair, open_: set[Pair], questions: tuple[Factor, ...], chance: random.Random, book: Book) -> Row | None:
    """Return a row that covers a pair and can be built: most factors first, then fewer at each attempt."""
    fixed = dict(seed)
    for factor in questions:
        for name, values in factor.applies.items():
            if factor.id in fixed:
                fixed.setdefault(name, values[0])
    free = [factor for factor in questions if factor.id not in fixed]
    chance.shuffle(free)
    for attempt in range(TRIES):
        row = dict(fixed)
        for factor in free[: len(free) >> attempt]:
            row[factor.id] = _best(factor, row, open_, chance)
        row = {name: level for name, level in row.items() if _is_relevant(name, row, questions)}
        if design_of(row, book) is not None:
            return row
    return None


def _best(factor: Factor, row: Row, open_: set[Pair], chance: random.Random) -> Level:
    """Return the level that covers most open pairs together with the row; a random number decides between equals."""
    gains = [
        (_gain(factor.id, level, row, open_), chance.random(), number) for number, level in enumerate(factor.levels)
    ]
    return factor.levels[max(gains)[2]]


def _gain(id: str, level: Level, row: Row, open_: set[Pair]) -> int:
    mine = (id, level)
    return sum((mine, other) in open_ or (other, mine) in open_ for other in row.items())


def _is_relevant(name: str, row: Row, questions: tuple[Factor, ...]) -> bool:
    factor = next(question for question in questions if question.id == name)
    whole = {question.id: row.get(question.id, question.levels[0]) for question in questions}
    return applies(factor, whole) and row[name] != factor.levels[0]


def write(book: Book) -> str:
    """Write the rows again; return their coverage as a sentence."""
    written = [*rows(book), *BESIDE]
    plain = [{name: list(v) if isinstance(v, tuple) else v for name, v in sorted(row.items())} for row in written]
    FILE.write_text(_HEAD + yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110), "utf-8")
    return coverage(written)


def coverage(listed_rows: Iterable[Row]) -> str:
    """Return how many of the possible pairs the rows cover."""
    questions, listed = factors(), list(listed_rows)
    pairs = possible_pairs(questions)
    reached_pairs = set().union(*(covered_pairs(row, questions) for row in listed)) & pairs
    return f"{len(listed)} rows, {len(questions)} factors, {len(reached_pairs)} of {len(pairs)} pairs"
