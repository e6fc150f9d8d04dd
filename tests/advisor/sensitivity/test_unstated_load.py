"""What nothing states, and parts are sized by, is asked before the page says that it is good enough: loads, and residency."""

from typing import Any

import pytest

import rules
from advisor.book import dated
from advisor.explanation.question_words import question_words
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.next_question import Progress, first_question, progress
from advisor.sensitivity.sweep import sweep
from advisor.sensitivity.unstated_load import unstated_loads, unstated_residency
from advisor.verdict import Verdict, decide_workload

BOOK = dated(rules.load_book())
_RATE = "rate_average_rps"


def verdict(*components: dict[str, Any], **more: Any) -> Verdict:
    return decide_workload(answers_of(make_requirements({"components": list(components), **more})), BOOK)


API = {"id": "api", "trigger": "request", "longest_run_s": "1 s"}
WORKER = {"id": "worker", "trigger": "message", "listens_to": "work", "longest_run_s": "2 s"}
QUEUE = [{"id": "work"}]


@pytest.mark.parametrize(
    ("components", "channels", "alone", "beside"),
    [
        ([API], [], ["api"], []),
        # The part with the most runs at the same time is asked, and its card has the others.
        ([API, WORKER], QUEUE, ["work"], ["api"]),
        # Many runs at the same time under the assumption: each is asked.
        ([{**API, "longest_run_s": "30 s"}, {**WORKER, "longest_run_s": "10 min"}], QUEUE, ["work", "api"], []),
        # Something is stated: only what has many runs is asked.
        ([{**API, _RATE: "5/s"}, WORKER], QUEUE, [], ["work"]),
        ([API, WORKER], [{"id": "work", "rate_peak_rps": "5/s"}], [], ["api"]),
        ([{**API, _RATE: "5/s"}, {**WORKER, "longest_run_s": "10 min"}], QUEUE, ["work"], []),
        # At the highest stated rate, the whole quota would run at the same time.
        ([{**API, _RATE: "500/s"}, {**WORKER, "longest_run_s": "3 s"}], QUEUE, ["work"], []),
        ([{**API, "rate_peak_rps": "500/s"}, {**WORKER, "longest_run_s": "2 s"}], QUEUE, ["work"], []),
        ([{**API, _RATE: "499/s"}, WORKER], QUEUE, [], ["work"]),
        # Nothing is sized by it.
        ([{"id": "job", "trigger": "schedule"}], [], [], []),
        ([{**API, "shape": "rare"}], [], [], []),
        ([{**API, "static_site": True, "logic": "none"}], [], [], []),
    ],
)
def test_a_rate_is_asked_where_a_program_is_sized_by_an_assumption(
    components: list[dict[str, Any]], channels: list[dict[str, Any]], alone: list[str], beside: list[str]
) -> None:
    asked, others = unstated_loads(verdict(*components, channels=channels))
    assert asked == tuple((id, _RATE) for id in alone)
    assert others == tuple((id, _RATE) for id in beside)


def test_a_load_that_was_put_off_or_accepted_is_not_asked_again() -> None:
    made = verdict(API, WORKER, channels=QUEUE)
    assert unstated_loads(made, [("work", _RATE)]) == ((), (("api", _RATE),))


@pytest.mark.parametrize(
    ("workload", "stores", "asked"),
    [
        ({"data_class": "regulated"}, True, True),
        ({"data_class": "confidential"}, True, True),
        ({"data_class": "confidential"}, False, False),
        ({"data_class": "internal"}, True, False),
        ({}, True, False),
        ({"data_class": "regulated", "data_stays": False}, True, False),
    ],
)
def test_whether_data_stays_is_asked_of_sensitive_data_that_is_stored(
    workload: dict[str, Any], *, stores: bool, asked: bool
) -> None:
    made = verdict(API, workload=workload, stores=[{"id": "s", "access": "key-value"}] if stores else [])
    assert unstated_residency(made) == ((("", "data_stays"),) if asked else ())


def test_both_come_after_likely_questions_and_before_assumptions_are_accepted() -> None:
    parts: dict[str, Any] = {
        "workload": {"data_class": "confidential"},
        "stores": [{"id": "s", "access": "key-value"}],
    }
    api = {**API, "writes": ["s"], "authentication": "sign-up", "packaging": "code", "protocol": "http"}
    first = first_question(BOOK, verdict({f: v for f, v in api.items() if f != "authentication"}, **parts))
    assert first is not None
    assert first.field != _RATE, "who may call it comes first"
    asked = []
    for stated in ({}, {_RATE: "5/s"}):
        made = verdict({**api, **stated}, **parts)
        question = first_question(BOOK, made)
        assert question is not None
        asked.append((question.subject, question.field, question.because, question.accept))
        assert not progress(made, sweep(BOOK, made)).good_enough
    assert asked == [("api", _RATE, "load", False), ("", "data_stays", "residency", False)]
    rest = first_question(
        BOOK,
        verdict({**api, _RATE: "5/s"}, **{**parts, "workload": {"data_class": "confidential", "data_stays": True}}),
    )
    assert rest is None or rest.because not in ("load", "residency")


def test_nothing_is_good_enough_while_an_essential_question_is_open() -> None:
    assert Progress(3, 9, 0.01).good_enough
    assert not Progress(3, 9, 0.01, essential=1).good_enough


def test_why_a_load_is_asked_is_said_in_both_languages() -> None:
    raw = {"components": [{**API, "title": "Orders", "authentication": "sign-up", "packaging": "code"}]}
    question = first_question(BOOK, verdict(*raw["components"]))
    assert question is not None
    assert question.because == "load"
    words = question_words(Speaker(make_requirements(raw), BOOK.book), question)
    assert words.en.startswith("Orders, Average rate: nothing states its load.")
    assert "仮定のレート" in words.ja
