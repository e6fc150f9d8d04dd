"""Sampled cases: random architectures of several parts, as no one wrote them down. The same seed gives the same ones."""

import random
from collections.abc import Collection, Iterator

import blueprints
from advisor.book import Book
from advisor.design import Design
from blueprints.plan import plan_for
from prove.cases import Case
from prove.cases.drawing import answers, offered

#: The sample that CI proves, always the same.
FIXED_SEED = 1
#: Cases of a sample, and draws for each before it is given up: parts that can be built may contradict each other.
CASES, DRAWS = 6, 60


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
    targets = [target.id for target in blueprints.TARGETS]
    drawn = (offered(answers(chance, book), book, *targets) for _ in range(DRAWS))
    return next((design for design in drawn if design is not None), None)
