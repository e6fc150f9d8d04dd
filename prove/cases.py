"""What is proven: the designs whose projects go through the tiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from blueprints.plan import Plan, plan_for

Kind = Literal["story", "pairwise"]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One design to prove. A story goes through every tier, a pairwise one as far as nothing has to be deployed."""

    name: str
    design: Design
    plan: Plan
    kind: Kind


def stories(book: Book) -> Iterator[Case]:
    """Give a case for every story of the gallery."""
    for name in rules.STORIES:
        design = advise(rules.load_story(name), book)
        yield Case(name, design, plan_for(design), "story")
