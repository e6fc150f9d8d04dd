"""Cases of the proof: the designs whose projects go through the tiers."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import yaml

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import Requirements, make_requirements
from blueprints.plan import Plan, plan_for

Kind = Literal["story", "supplement", "pairwise", "sampled"]
#: Requirements files for features that no story uses and that have to be deployed and tested all the same.
SUPPLEMENTS = Path(__file__).with_name("supplements")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One design to prove.

    A story and a supplement to the stories go through every tier, a pairwise or sampled one as far as nothing has to be deployed.
    """

    name: str
    design: Design
    plan: Plan
    kind: Kind


#: The cases of the latest book: what is worked out about a design is kept with it. The book is kept, so that its id is.
_MADE: dict[tuple[int, Kind, str], tuple[Book, Case]] = {}


def stories(book: Book, only: Collection[str] = ()) -> Iterator[Case]:
    """Yield a case for every story of the gallery, or for the stories in `only`."""
    for name in (story for story in rules.STORIES if not only or story in only):
        yield _case(book, "story", name, partial(rules.load_story, name))


def supplements(book: Book, only: Collection[str] = ()) -> Iterator[Case]:
    """Yield a case for every supplement to the stories, named after its file, or for the supplements in `only`."""
    for file in (path for path in sorted(SUPPLEMENTS.glob("*.yaml")) if not only or path.stem in only):
        yield _case(book, "supplement", file.stem, partial(_read, file))


def _read(file: Path) -> Requirements:
    return make_requirements(yaml.safe_load(file.read_text("utf-8")))


def _case(book: Book, kind: Kind, name: str, requirements: Callable[[], Requirements]) -> Case:
    """Return a case, made once for a book."""
    key = id(book), kind, name
    if key not in _MADE:
        if any(kept is not book for kept, _ in _MADE.values()):
            _MADE.clear()
        design = advise(requirements(), book)
        _MADE[key] = book, Case(name, design, plan_for(design), kind=kind)
    return _MADE[key][1]
