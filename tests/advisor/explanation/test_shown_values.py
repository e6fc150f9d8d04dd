"""Numbers that nobody stated are shown as the answer said them: a word, a bound, a rounded sum of durations."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book, dated
from advisor.explanation.engine import decide
from advisor.explanation.shown_values import round_duration
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.counterfactual import why_not
from advisor.verdict import decide_workload
from advisor.vocabulary.formats import quantity
from advisor.vocabulary.formats.beside import Beside
from renderers.record import opposing_answers


def sentences(book: Book, *, subject: str = "job", **parts: Any) -> list[tuple[str, str]]:
    decision = decide(make_requirements(parts), book)
    found = [*decision.assumptions, *decision.warnings, *decision.ranges]
    texts = [one.sentence for one in found]
    for choice in decision.subject(subject).choices:
        reasons = [*choice.because, *(reason for rejected in choice.rejected for reason in rejected.because)]
        texts += [reason.sentence for reason in reasons]
    return [(text.en, text.ja) for text in texts]


def test_a_word_without_an_upper_end_is_said_and_not_its_reading(book: Book) -> None:
    job = {"id": "job", "trigger": "event", "event_source": "s3-object", "longest_run_s": "long", "steps": 4}
    said = sentences(book, components=[job])
    assert not [en for en, ja in said if "15 min 1 s" in en or "15 分 1 秒" in ja]
    exceeding = 'The longest run is more than 15 min (answer: "long"), which exceeds the 15 min that AWS Lambda allows.'
    assert any(exceeding in en for en, _ in said)
    assert any(
        "最長の実行時間は 15 分超（「long」と回答）で、AWS Lambda の上限 15 分を超えます。" in ja for _, ja in said
    )
    assert any("use a value just above 15 min." in en for en, _ in said)


def test_a_bound_is_said_without_a_note(book: Book) -> None:
    said = sentences(book, components=[{"id": "job", "trigger": "schedule", "longest_run_s": "more than 15 min"}])
    assert any("The longest run is more than 15 min, which exceeds" in en for en, _ in said)


def test_an_order_of_magnitude_is_said_with_its_counter(book: Book) -> None:
    job = {"id": "job", "trigger": "on-demand", "parallel_items": "数千", "longest_run_s": "12 min"}
    said = sentences(book, components=[job])
    reasons = [(en, ja) for en, ja in said if "history" in en and "child" in en]
    assert reasons
    assert all("9,999 件を" not in ja and "the 9,999" not in en for en, ja in reasons)
    assert any("1,000～9,999 件（「数千」と回答）をそれぞれ子ワークフローとして実行し" in ja for _, ja in reasons)


def test_a_stated_end_is_said_as_it_was_stated(book: Book) -> None:
    said = sentences(book, components=[{"id": "job", "trigger": "schedule", "longest_run_s": "2-8 h"}])
    assert any("The longest run is up to 8 h, which exceeds" in en for en, _ in said)
    assert any("最長の実行時間は 8 時間で、" in ja for _, ja in said)


def test_a_sum_of_durations_is_rounded_and_names_an_assumed_wait(book: Book) -> None:
    referral = {"id": "job", "trigger": "request", "steps": 6, "human_approval": True}
    stated = sentences(book, components=[{**referral, "wait_s": "10 days"}])
    assert not [ja for _, ja in stated if "10 日 10 秒" in ja]
    assert any("約 10 日" in ja and "about 10 days" in en for en, ja in stated)
    assumed = sentences(book, components=[{**referral, "longest_run_s": "6 h"}])
    assert not [ja for _, ja in assumed if "174 時間" in ja]
    assert any("7 days 6 h (assumed wait: 7 days)" in en for en, _ in assumed)


@pytest.mark.parametrize(
    ("seconds", "en"),
    [
        (864010, "about 10 days"),
        (626400, "7 days 6 h"),
        (864000, None),
        (900, None),
        (5400, "1 h 30 min"),
        (3601, "about 1 h"),
    ],
)
def test_a_rounded_duration(seconds: float, en: str | None) -> None:
    rounded = round_duration(seconds)
    assert (None if rounded is None else rounded.en) == en


def test_a_number_beside_an_end_names_the_end() -> None:
    above, below = quantity(Beside(901.0, 900.0), "s"), quantity(Beside(899.0, 900.0), "s")
    assert (above.en, above.ja) == ("more than 15 min", "15 分超")
    assert (below.en, below.ja) == ("less than 15 min", "15 分未満")


WEB = {
    "workload": {"estate": "containers", "budget_month_usd": "600 USD", "zone_failure": True},
    "components": [{"id": "web", "trigger": "request", "packaging": "container-image", "request_bytes": "30 MiB", "longest_run_s": "50 s"}],
}  # fmt: skip


@pytest.mark.parametrize("service", ["lambda", "ecs-express", "eks"])
def test_no_lower_budget_no_past_and_no_fantastic_duration_is_proposed(book: Book, service: str) -> None:
    waiting = {
        "id": "box",
        "trigger": "on-demand",
        "longest_run_s": "6 h",
        "waits_for": "person",
        "start_within_s": "5 s",
    }
    requirements = make_requirements({**WEB, "components": [*WEB["components"], waiting]})  # type: ignore[misc]
    verdict = decide_workload(answers_of(requirements), dated(book))
    for found in why_not(dated(book), verdict, service):
        for subject, field, value in found.changes or ():
            assert field not in ("budget_month_usd", "migrates_from"), (found, subject)
            assert not (field in ("whole_run_s", "wait_s") and value > 180 * 86400)
        words = Speaker(requirements, book).why_not(found)
        assert found.changes is not None or "no realistic change" in words.en


def test_an_engine_and_not_a_price_is_the_first_reason_for_the_only_database(book: Book) -> None:
    parts = {
        "workload": {"estate": "kubernetes"},
        "components": [{"id": "app", "trigger": "always-on", "packaging": "container-image", "kubernetes": "house-standard", "writes": ["ledger"]}],
        "stores": [{"id": "ledger", "access": "relational", "database_engine": "sql-server"}],
    }  # fmt: skip
    choice = next(c for c in decide(make_requirements(parts), book).subject("ledger").choices if c.role == "store")
    assert choice.service == "rds"
    assert "Microsoft SQL Server" in choice.because[0].sentence.en
    assert not [reason for reason in choice.because if "Aurora" in reason.sentence.en]


def test_the_standard_of_other_services_decides_nothing(book: Book) -> None:
    parts = {
        "workload": {"estate": "kubernetes"},
        "components": [{"id": "board", "trigger": "request", "protocol": "websocket", "connection_s": "10 h"}],
    }
    design = advise(make_requirements(parts), book)
    assert design.decision.subject("board").service("compute") not in (None, "eks")
    assert any(
        question.en == "Estate" or "Kubernetes" in answer.en for question, answer in opposing_answers(design, "board")
    )
