"""How many steps run before an approval: what is allowed, what is refused, and where the question is asked."""

from typing import Any

import pytest

from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.answers import answers_of
from advisor.verdict.derived_facts import known_subject, known_workload
from advisor.verdict.known import applies
from advisor.vocabulary import FIELDS

FLOW = {"id": "work", "trigger": "schedule", "human_approval": True, "steps": 3}
CALLED = [{"id": f"part-{number}"} for number in range(1, 9)]


def problems(**answers: Any) -> list[tuple[str, str]]:
    with pytest.raises(RequirementsError) as caught:
        make_requirements({"components": [{**FLOW, **answers}, *CALLED]})
    return [(problem.en, problem.ja) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "answers",
    [
        {"steps_before_approval": 0},
        {"steps_before_approval": 2},
        {"steps_before_approval": 2, "human_approval": None, "waits_for": ["person"]},
        {"steps_before_approval": 0, "parallel_items": 20},
        {"steps_before_approval": 0, "human_approval": False},
        # Each of the components that are called is a step.
        {"steps_before_approval": 7, "steps": None, "logic": "none", "calls": [one["id"] for one in CALLED]},
    ],
)
def test_an_approval_stands_before_or_between_steps(answers: dict[str, Any]) -> None:
    stated = {key: value for key, value in {**FLOW, **answers}.items() if value is not None}
    assert make_requirements({"components": [stated, *CALLED]})


@pytest.mark.parametrize(
    ("answers", "en", "ja"),
    [
        ({"steps_before_approval": 3}, "3 is not allowed with 3 steps; allowed: 0 to 2.", "0～2"),
        ({"steps_before_approval": 1, "steps": 1}, "1 is not allowed with 1 step; allowed: 0.", "0 です"),
        # More steps than six are run as six.
        ({"steps_before_approval": 6, "steps": 40}, "6 is not allowed with 6 steps; allowed: 0 to 5.", "0～5"),
        (
            {"steps_before_approval": 1, "parallel_items": 20},
            '1 is not allowed where "Items processed in parallel by a run" is more than 0; allowed: 0.',
            "1 件以上の場合",
        ),
        (
            {"steps_before_approval": 1, "human_approval": False},
            '1 is only allowed with "Human approval" (human_approval: true); without it: 0.',
            "human_approval: true",
        ),
    ],
)
def test_what_is_refused_is_told_with_what_is_allowed(answers: dict[str, Any], en: str, ja: str) -> None:
    ((said, in_japanese),) = problems(**answers)
    assert said == f"work.steps_before_approval: {en}"
    assert in_japanese.startswith("work.steps_before_approval: ")
    assert ja in in_japanese


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, True),
        ({"human_approval": False}, False),
        ({"human_approval": False, "waits_for": ["callback"]}, False),
        ({"steps": 1}, False),
        ({"parallel_items": 20}, False),
    ],
)
def test_the_question_is_asked_where_an_approval_can_stand_between_steps(answers: dict[str, Any], asked: bool) -> None:
    requirements = make_requirements({"components": [{**FLOW, **answers}]})
    given = answers_of(requirements)
    known = known_subject(given, given.subjects["work"], {}, known_workload(given.workload))
    field = next(field for field in FIELDS["component"] if field.id == "steps_before_approval")
    assert applies(field, known.values) is asked


def test_a_person_who_is_waited_for_is_asked_after_as_many_steps() -> None:
    flow = {"id": "work", "trigger": "schedule", "waits_for": ["person"], "steps": 3, "steps_before_approval": 2}
    given = answers_of(make_requirements({"components": [flow]}))
    known = known_subject(given, given.subjects["work"], {}, known_workload(given.workload))
    assert known.values["steps_before_approval"] == 2
