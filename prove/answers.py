"""`python -m prove.answers`: which stated answers change nothing, over stories, supplements, rows, published and random designs.

An answer counts when another one differs in a service, a reason, a warning, a setting, the drawing or a file of the
project of any target. `--projects` compares the files and the drawing as well, of as many designs: nothing that a
design calls unused may change them, and everything else has to. Exits with 1 if a question never changes anything, or a
statement of a design is wrong.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

import rules
from advisor.book import Book, DatedBook, dated
from advisor.design.opposites import Stated, answered
from advisor.design.outcome import outcome_of
from advisor.design.unused import unused_of
from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.requirements.answers import WORKLOAD, answers_of
from advisor.verdict.derived_facts import known_subject, known_workload
from advisor.verdict.known import applies
from advisor.vocabulary import FIELDS, Field
from prove.cases import SUPPLEMENTS, drawing, pairwise
from prove.unused_files import lost

DECISIONS = Path(__file__).parents[1] / "tests" / "decisions"
SEED, DRAWN = 1, 30
#: Answers that a random design states beside those that were drawn, of all questions that apply to it.
_ADDED = 14


@dataclass
class Tally:
    """Counts how often each question is answered, and how often an answer has no effect."""

    stated: Counter[tuple[str, str]] = field(default_factory=Counter)
    unused: Counter[tuple[str, str]] = field(default_factory=Counter)
    listed: list[tuple[str, Stated]] = field(default_factory=list)

    def never(self) -> list[tuple[str, str]]:
        """Return the questions whose answers never had an effect, and those that were never answered."""
        asked = [(kind, question.id) for kind, fields in FIELDS.items() for question in fields]
        return [place for place in asked if self.unused[place] == self.stated[place]]


def tallied(designs: Iterable[tuple[str, Requirements]], book: Book) -> Tally:
    """Return the tally over named requirements."""
    then, tally = dated(book), Tally()
    for name, requirements in designs:
        stated, unused = unused_of(requirements, then)
        tally.stated.update((one.kind, one.field.id) for one in stated)
        tally.unused.update((one.kind, one.field.id) for one in unused)
        tally.listed += [(name, one) for one in unused]
    return tally


def corpus(book: Book, drawn: int = DRAWN, seed: int = SEED) -> Iterator[tuple[str, Requirements]]:
    """Yield the requirements of the stories, supplements, pairwise rows, published decisions and random designs."""
    yield from ((story, rules.load_story(story)) for story in rules.STORIES)
    yield from ((file.stem, _read(file)) for file in sorted(SUPPLEMENTS.glob("*.yaml")))
    rows = enumerate(yaml.safe_load(pairwise.FILE.read_text("utf-8")), 1)
    written = ((f"pair-{n:02}", {key: _level(level) for key, level in row.items()}) for n, row in rows)
    yield from ((name, make_requirements(pairwise.requirements(row))) for name, row in written)
    yield from _published()
    yield from with_more_answers([*_published(), *random_designs(book, drawn, seed)], book, seed)


def with_more_answers(
    designs: Iterable[tuple[str, Requirements]], book: Book, seed: int = SEED
) -> Iterator[tuple[str, Requirements]]:
    """Yield requirements with some random answers to any question that applies beside their own."""
    for name, requirements in designs:
        yield f"{name} and more", _with_more(requirements, dated(book), random.Random(f"{seed}-{name}"))


def random_designs(book: Book, drawn: int, seed: int = SEED) -> Iterator[tuple[str, Requirements]]:
    """Yield random requirements."""
    for number in range(1, drawn + 1):
        with suppress(RequirementsError):
            yield f"random-{seed}-{number}", make_requirements(drawing.answers(random.Random(f"{seed}-{number}"), book))


def _with_more(requirements: Requirements, then: DatedBook, chance: random.Random) -> Requirements:
    """Return requirements with more answers, of which each goes with the others."""
    for _ in range(_ADDED):
        subject, kind, question = chance.choice([*_open(requirements)])
        more = answered(requirements, Stated(subject, kind, question, None), _random_answer(question, chance))
        requirements = more if outcome_of(more, then) is not None else requirements
    return requirements


def _open(requirements: Requirements) -> Iterator[tuple[str, str, Field]]:
    """Yield the unanswered questions that apply, except links and free text."""
    answers, workload = answers_of(requirements), known_workload(answers_of(requirements).workload)
    places: list[tuple[str, str, Any]] = [(WORKLOAD, "workload", workload.values)]
    places += [(s.id, s.kind, known_subject(answers, s, {}, workload).values) for s in answers.subjects.values()]
    for subject, kind, values in places:
        for question in FIELDS[kind]:
            unanswered = question.id not in answers.of(subject)
            if unanswered and question.kind in ("flag", "choice", "choices", "quantity") and applies(question, values):
                yield subject, kind, question


def _random_answer(question: Field, chance: random.Random) -> Any:
    if question.kind == "flag":
        return not question.default
    if question.kind == "choice":
        return chance.choice([option.value for option in question.options])
    if question.kind == "choices":
        return (chance.choice(question.options).value,)
    usual = question.default if isinstance(question.default, float) and question.default else 100.0
    least, most = max(question.minimum, usual / 100, 1e-3), min(question.maximum, usual * 100)
    amount = least * (most / least) ** chance.random()
    return float(round(amount)) if question.unit == "count" else amount


def _published() -> Iterator[tuple[str, Requirements]]:
    yield from ((file.stem, _read(file)) for file in sorted(DECISIONS.glob("*/*.yaml")))


def _read(file: Path) -> Requirements:
    read = yaml.safe_load(file.read_text("utf-8"))
    return make_requirements(read.get("requirements", read))


def _level(level: Any) -> Any:
    return tuple(level) if isinstance(level, list) else level


def report(tally: Tally) -> Iterator[str]:
    """Yield a line for each question, and one for each answer that changed nothing."""
    yield f"{'question':40}{'answered':>10}{'changed nothing':>18}"
    for kind, fields in FIELDS.items():
        for question in fields:
            place = (kind, question.id)
            yield f"{'.'.join(place):40}{tally.stated[place]:>10}{tally.unused[place]:>18}"
    yield f"{'all':40}{tally.stated.total():>10}{tally.unused.total():>18}"
    for name, one in tally.listed:
        yield f"{name}: {one.subject or 'workload'}.{one.field.id}: {one.entry}"


def main() -> int:
    """Print the tally and its problems."""
    parser = argparse.ArgumentParser(prog="python -m prove.answers", description="Which stated answers change nothing.")
    parser.add_argument("--drawn", type=int, default=DRAWN, metavar="N", help="random designs")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random designs")
    parser.add_argument("--projects", type=int, default=0, metavar="N", help="designs whose files are compared too")
    options = parser.parse_args()
    book = rules.load_book()
    designs = [*corpus(book, options.drawn, options.seed)]
    tally = tallied(designs, book)
    sys.stdout.writelines(f"{line}\n" for line in report(tally))
    chosen = random.Random(options.seed).sample(designs, min(options.projects, len(designs)))
    wrong = [f"{kind}.{id}: no answer changes anything" for kind, id in tally.never()]
    wrong += [f"{name}: {sentence}" for name, requirements in chosen for sentence in lost(requirements, book)]
    sys.stdout.writelines(f"wrong: {line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
