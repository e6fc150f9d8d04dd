"""What a rule table keeps of earlier answers is bounded: a server answers for days, and every number is a new one."""

from dataclasses import replace

import pytest

import rules
from advisor.book import DatedBook, dated
from advisor.requirements.answers import answers_of
from advisor.verdict import decide_workload, proof, rule_matrix
from advisor.verdict.proof import prove
from advisor.verdict.rule_matrix import RuleTable, rule_tables
from benchmarks.samples import subjects


@pytest.fixture
def then() -> DatedBook:
    """A book that nothing is kept of yet."""
    return dated(replace(rules.load_book()))


def tables(then: DatedBook) -> list[RuleTable]:
    return [table for of_kind in rule_tables(then).values() for table in of_kind]


def most_grounds(then: DatedBook, answers: int) -> tuple[int, RuleTable]:
    """Return how many grounds were kept of one role at most while an answer got so many numbers, and its table."""
    story, most = answers_of(rules.load_story("mass-messages")), (0, tables(then)[0])
    for number in range(answers):
        verdict = decide_workload(story.changed("worker", {"longest_run_s": 20 + number / 1000}), then)
        for chosen in verdict.subjects["worker"].chosen:
            prove(then.book, verdict.subjects["worker"], chosen)
            most = max(most, (len(chosen.table.grounds), chosen.table), key=lambda each: each[0])
    return most


def test_the_grounds_of_earlier_answers_are_forgotten(then: DatedBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MOST_FOR_EACH_ENTRY", 2)
    most, table = most_grounds(then, 300)
    # One proof adds at most one ground for each entry before the next one looks at how many there are.
    assert 2 * len(table.entries) < most <= 3 * len(table.entries)
    monkeypatch.setattr(proof, "MOST_FOR_EACH_ENTRY", 1000)
    unbounded, table = most_grounds(dated(replace(rules.load_book())), 300)
    assert unbounded > 3 * len(table.entries)


def test_the_outcomes_that_are_kept_are_bounded_and_change_no_verdict(
    then: DatedBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = subjects(200, seed=5)
    expected = [decide_workload(answers, then).services for answers in drawn]
    assert max(len(table._outcomes) for table in tables(then)) > 10
    monkeypatch.setattr(rule_matrix, "_MOST_OUTCOMES", 10)
    again = dated(replace(rules.load_book()))
    assert [decide_workload(answers, again).services for answers in drawn] == expected
    assert max(len(table._outcomes) for table in tables(again)) <= 10
