"""Two designs side by side: every difference is named once, with the reasons that are only on one side."""

from itertools import product

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.report.comparison import Comparison, compare
from advisor.report.comparison_text import to_text
from advisor.requirements import make_requirements
from advisor.text import LANGS, Text


def compared(book: Book, first: dict[str, object], second: dict[str, object]) -> Comparison:
    made = [make_requirements({"components": [{"id": "it", **answers}]}) for answers in (first, second)]
    return compare(advise(made[0], book), advise(made[1], book))


def test_a_longer_run_says_what_changes_and_why(book: Book) -> None:
    job: dict[str, object] = {"trigger": "schedule", "packaging": "code"}
    found = compared(book, job | {"longest_run_s": "10 min"}, job | {"longest_run_s": "40 min"})
    assert [(one.field, str(one.a and one.a.words.en), str(one.b and one.b.words.en)) for one in found.answers] == [
        ("longest_run_s", "10 min", "40 min")
    ]
    compute = next(one for one in found.choices if one.role == "compute")
    assert (compute.a.service, compute.b.service) == ("lambda", "ecs")
    assert any("15 min" in reason.sentence.en for reason in compute.b.against), "why not Lambda any more"
    engine = next(one for one in found.choices if one.role == "engine")
    assert not engine.a.decided
    assert engine.b.service == "fargate"


def test_a_missing_answer_is_shown_with_what_stood_in_for_it(book: Book) -> None:
    found = compared(book, {"trigger": "request"}, {"trigger": "request", "caching": True})
    (answer,) = found.answers
    assert answer.a is not None
    assert answer.a.assumed
    assert answer.a.words.en == "no"
    assert "caching" not in {remark.id for remark in found.only_a.assumptions}
    assert "not answered, assumed: no" in to_text(found, "en")
    assert "未回答（仮定: 不要）" in to_text(found, "ja")


def test_destinations_are_compared_in_words(book: Book) -> None:
    sides = [
        advise(make_requirements({"components": [{"id": "a"}], "channels": [{"id": "c", "destinations": rows}]}), book)
        for rows in ([{"kind": "email", "title": {"en": "Operators", "ja": "運用者"}}], [{"kind": "sms"}])
    ]
    (answer,) = compare(*sides).answers
    assert answer.a is not None
    assert answer.b is not None
    assert (answer.a.words, answer.b.words) == (
        Text("Email (Operators)", "メール（運用者）"),
        Text("SMS", "SMS"),
    )


def test_a_pin_is_a_difference(book: Book) -> None:
    found = compared(book, {}, {"pins": {"compute": "ecs"}})
    assert [(one.field, one.title.en) for one in found.answers] == [("compute", "Compute (specified)")]


def test_parts_of_one_side_are_named_and_their_assumptions_left_out(book: Book) -> None:
    one = advise(make_requirements({"components": [{"id": "a"}]}), book)
    two = advise(make_requirements({"components": [{"id": "a"}, {"id": "b"}]}), book)
    found = compare(one, two)
    assert [(kind, id) for kind, id, _ in found.only_b.subjects] == [("component", "b")]
    assert not found.only_a.subjects
    assert not found.only_b.assumptions


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_design_equals_itself(name: str, designs: dict[str, Design]) -> None:
    found = compare(designs[name], designs[name])
    assert found.alike
    assert found.same == sum(len(subject.choices) for subject in designs[name].decision.subjects)
    assert to_text(found, "en") == "The designs do not differ.\n"


def test_any_two_stories_can_be_compared_and_the_sides_mirror_each_other(designs: dict[str, Design]) -> None:
    for one, two in product(designs.values(), repeat=2):
        there, back = compare(one, two), compare(two, one)
        assert (there.only_a, there.only_b) == (back.only_b, back.only_a)
        assert {(c.subject, c.role) for c in there.choices} == {(c.subject, c.role) for c in back.choices}
        for lang in LANGS:
            said = to_text(there, lang)
            assert said.strip()
            assert "  \n" not in said
            assert "None" not in said.replace("Authentication: None", "").replace(": None", "")
