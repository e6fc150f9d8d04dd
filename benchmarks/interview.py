"""`python -m benchmarks.interview [--order NAME] [--every N] [--seed N] [--overlooked SHARE]`: how soon an interview comes to its end.

Every case is a requirements file whose verdict is known: the stories, the half of `tests/decisions` that the priors were not
counted from, and the first reading of each case in `tests/blind`. One answer in three is hidden, by a seed; links, pins and
demands stay. The architect answers a question as the file does. Where the file has no answer, what is assumed stays, and the
question counts all the same.
"""

import argparse
import json
import random
import statistics
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

import rules
from advisor.book import DatedBook, dated
from advisor.requirements import make_requirements
from advisor.requirements.answers import WORKLOAD, Answers, answers_of
from advisor.sensitivity.cells import cell_at
from advisor.sensitivity.ranking import GOOD_ENOUGH, assumptions_to_accept, essential, is_unstarted, ranked, risk
from advisor.sensitivity.sweep import Place, Swept, sweep_open
from advisor.sensitivity.unstated_load import unstated_places
from advisor.verdict import Verdict, decide_workload
from advisor.vocabulary import ENGINE_FIELDS
from benchmarks.decisions import cases as blind_cases
from benchmarks.priors import is_askable, is_counted

ROOT = Path(__file__).parent
DECISIONS = ROOT.parent / "tests" / "decisions"
SHOP = ROOT / "interviews" / "shop-of-seven-parts.yaml"
HIDDEN = 1 / 3
MOST_QUESTIONS = 80
#: What is known of typical parts (a web site, a worker, a nightly job, a database, a queue) before anything is asked.
TYPICAL = ("trigger", "static_site", "access", "carries")


class Turn(NamedTuple):
    """What an order of questions says at one point: the question, none at the end, and whether the verdict is good enough.

    Several questions are assumptions of one part to look over: to accept them is one answer, each correction another.
    """

    asked: tuple[Swept, ...]
    good_enough: bool


#: An order of questions, given the verdict and the questions that were answered with what is assumed.
Order = Callable[[DatedBook, Verdict, frozenset[Place]], Turn]


class Case(NamedTuple):
    """Requirements with a known verdict, and the set that they belong to."""

    id: str
    source: str
    answers: Answers


class Run(NamedTuple):
    """One interview: after how many questions the verdict was the source's for good, and was called good enough, and ended.

    `open` says that the verdict was another at first, `stayed` that the one called good enough was the source's;
    `looked_over` counts the assumptions that were accepted together.
    """

    case: Case
    open: bool
    settled: int | None
    good_enough: int | None
    stayed: bool
    questions: int
    looked_over: int


def cases(every: int = 1) -> Iterator[Case]:
    """Yield every so many cases, those of the measured half of the decisions only."""
    found = [*_all_cases()]
    yield from found[::every]


def _all_cases() -> Iterator[Case]:
    for name in rules.STORIES:
        yield Case(name, "stories", _plain(answers_of(rules.load_story(name))))
    for path in sorted(DECISIONS.glob("*/*.yaml"), key=lambda path: path.stem):
        if not is_counted(path.stem):
            raw = yaml.safe_load(path.read_text("utf-8"))["requirements"]
            yield Case(path.stem, "decisions", _plain(answers_of(make_requirements(raw))))
    for case in blind_cases():
        raw = case.readings["first"]["requirements"]
        yield Case(case.id, "blind", _plain(answers_of(make_requirements(raw))))


def _plain(answers: Answers) -> Answers:
    """Return answers with the number that a design is drawn for in place of each range."""
    subjects = {id: replace(subject, ranges={}) for id, subject in answers.subjects.items()}
    return Answers(answers.workload, subjects)


def hide(answers: Answers, share: float, draw: random.Random) -> Answers:
    """Return answers of which this share is hidden, of those that a question can ask for."""
    askable = {kind: {f.id for f in fields if is_askable(kind, f.id)} for kind, fields in ENGINE_FIELDS.items()}
    places = [(WORKLOAD, id) for id in answers.workload if id in askable["workload"]]
    places += [(s.id, id) for s in answers.subjects.values() for id in s.answers if id in askable[s.kind]]
    for subject, field in sorted(draw.sample(places, round(len(places) * share))):
        answers = _without(answers, subject, field)
    return answers


def _without(answers: Answers, subject: str, field: str) -> Answers:
    kept = {id: value for id, value in answers.of(subject).items() if id != field}
    if subject == WORKLOAD:
        return Answers(kept, answers.subjects)
    asked = replace(answers.subjects[subject], answers=kept)
    return Answers(answers.workload, {**answers.subjects, subject: asked})


def run(case: Case, start: Answers, order: Order, book: DatedBook, overlooked: float = 0.0) -> Run:
    """Return the interview that begins with some of a case's answers.

    `overlooked` is the share of wrong assumptions that the architect overlooks where several are accepted together.
    """
    draw = random.Random(case.id)
    target = decide_workload(case.answers, book).services
    verdict, settled = decide_workload(start, book), frozenset[Place]()
    matches, good_enough, looked_over = [verdict.services == target], None, 0
    while True:
        number = len(matches) - 1
        turn = order(book, verdict, settled)
        if turn.good_enough and good_enough is None:
            good_enough = number
        if not turn.asked or number >= MOST_QUESTIONS:
            break
        looked_over += len(turn.asked) - 1
        settled |= {(swept.subject, swept.field.id) for swept in turn.asked}
        verdicts = [*_answered(case, verdict, turn.asked, book, lambda: draw.random() < overlooked)]
        matches += [answered.services == target for answered in verdicts]
        verdict = verdicts[-1]
    wrong = [number for number, match in enumerate(matches) if not match]
    last = wrong[-1] + 1 if wrong else 0
    return Run(
        case=case,
        open=not matches[0],
        settled=last if last < len(matches) else None,
        good_enough=good_enough,
        stayed=good_enough is not None and matches[good_enough],
        questions=len(matches) - 1,
        looked_over=looked_over,
    )


def _answered(
    case: Case, verdict: Verdict, asked: tuple[Swept, ...], book: DatedBook, overlooks: Callable[[], bool]
) -> Iterator[Verdict]:
    """Yield the verdict after each answer to some questions: one question alone, or corrections and the rest accepted.

    An assumption is accepted where the case has no answer or the same; of a number where it lies in the range that the page
    shows, in which the verdict stays. Accepted assumptions become answers, as on the page.
    """
    answers, alone = verdict.answers, len(asked) == 1
    for swept in asked:
        value = case.answers.of(swept.subject).get(swept.field.id)
        if value is not None and (alone or (_differs(swept, value) and not overlooks())):
            answers = answers.changed(swept.subject, {swept.field.id: value})
            yield decide_workload(answers, book)
    if alone and answers is not verdict.answers:
        return
    for swept in asked:
        if swept.value is not None and swept.field.id not in answers.of(swept.subject):
            answers = answers.changed(swept.subject, {swept.field.id: swept.value})
    yield decide_workload(answers, book)


def _differs(swept: Swept, value: Any) -> bool:
    """Return whether an answer is another than what a list of assumptions says."""
    if swept.unchanged is None:
        return bool(value != swept.value)
    first, last = swept.unchanged
    return not first <= (cell_at(swept.cells, value) or 0) <= last


def largest_share(book: DatedBook, verdict: Verdict, settled: frozenset[Place]) -> Turn:
    """The order until November 2026: the question with the largest share of cells that change the verdict."""
    found = [s for s in sweep_open(book, verdict, settled) if s.changing]
    if not found:
        return Turn((), good_enough=True)
    first = next((s for s in found if is_unstarted(verdict, s.subject, s.field.id)), None)
    first = first or max(found, key=lambda s: s.share)
    return Turn((first,), good_enough=False)


def expected_consequence(book: DatedBook, verdict: Verdict, settled: frozenset[Place]) -> Turn:
    """The order of the product: the question with the greatest expected consequence; unstated loads and the residency of
    sensitive data before the lists of assumptions."""
    swept = sweep_open(book, verdict, settled)
    questions, unstated = ranked(verdict, swept), unstated_places(verdict, settled)
    open_ = essential(verdict, questions)
    if unstated and not open_:
        return Turn(tuple(s for s in swept if (s.subject, s.field.id) == unstated[0]), good_enough=False)
    asked = assumptions_to_accept(verdict, questions) or questions[:1]
    return Turn(tuple(q.swept for q in asked), risk(questions) < GOOD_ENOUGH and not open_)


def one_by_one(book: DatedBook, verdict: Verdict, settled: frozenset[Place]) -> Turn:
    """The same order with each question asked by itself, and no assumptions accepted together."""
    questions = ranked(verdict, sweep_open(book, verdict, settled))
    return Turn(tuple(q.swept for q in questions[:1]), risk(questions) < GOOD_ENOUGH)


ORDERS: dict[str, Order] = {"share": largest_share, "one-by-one": one_by_one, "expected": expected_consequence}


def figures(runs: Sequence[Run]) -> dict[str, Any]:
    """Return the figures of interviews; those that never came to the source's verdict count as the most questions."""
    until = [MOST_QUESTIONS if r.settled is None else r.settled for r in runs]
    of_open = [n for n, r in zip(until, runs, strict=True) if r.open]
    called = [r for r in runs if r.good_enough is not None]
    return {
        "cases": len(runs),
        "open_at_first": len(of_open),
        "never": sum(r.settled is None for r in runs),
        "until_verdict": _spread(until),
        "until_verdict_of_open": _spread(of_open),
        "until_good_enough": _spread([r.good_enough for r in called if r.good_enough is not None]),
        "looked_over": _spread([r.looked_over for r in runs]),
        "until_end": _spread([r.questions for r in runs]),
        "called_good_enough": len(called),
        "stayed": round(sum(r.stayed for r in called) / len(called), 4) if called else None,
    }


def _spread(counts: Sequence[int]) -> dict[str, float]:
    if not counts:
        return {}
    ordered = sorted(counts)
    return {"median": statistics.median(ordered), "p90": ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))]}


def measure(order: Order, book: DatedBook, every: int = 1, seed: int = 1, overlooked: float = 0.0) -> dict[str, Any]:
    """Return the figures of an order over all cases, by source, and of the shop of which only the links are known."""
    runs = []
    for case in cases(every):
        draw = random.Random(f"{seed}:{case.id}")
        runs.append(run(case, hide(case.answers, HIDDEN, draw), order, book, overlooked))
    by_source = {name: [r for r in runs if r.case.source == name] for name in ("stories", "decisions", "blind")}
    return {
        "all": figures(runs),
        **{name: figures(those) for name, those in by_source.items()},
        "shop_of_bare_parts": shop(order, book, ()),
        "shop_of_typical_parts": shop(order, book, TYPICAL),
    }


def shop(
    order: Order, book: DatedBook, known: Collection[str], workload: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Return how many questions a shop of seven parts takes of which the parts, their links and a few answers are known."""
    answers = _plain(answers_of(make_requirements(yaml.safe_load(SHOP.read_text("utf-8")))))
    start = hide(answers, 1.0, random.Random(0)).changed(WORKLOAD, dict(workload))
    for subject in answers.subjects.values():
        start = start.changed(subject.id, {field: subject.answers.get(field) for field in known})
    done = run(Case("shop-of-seven-parts", "shop", answers), start, order, book)
    return {name: getattr(done, name) for name in ("settled", "good_enough", "stayed", "questions", "looked_over")}


def main() -> None:
    """Print the figures of one order as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.interview", description=__doc__)
    parser.add_argument("--order", choices=[*ORDERS], default=next(reversed(ORDERS)))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--overlooked", type=float, default=0.0)
    asked = parser.parse_args()
    found = measure(ORDERS[asked.order], dated(rules.load_book()), asked.every, asked.seed, asked.overlooked)
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
