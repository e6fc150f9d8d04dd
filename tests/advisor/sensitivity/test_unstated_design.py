"""What changes no service but the design is asked before the page says that it is good enough: waits, approvals, cold starts."""

from typing import Any

import pytest

from advisor.explanation.question_words import question_words
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.next_question import Question, next_question, progress
from advisor.sensitivity.unstated_design import unstated_design
from tests.advisor.sensitivity.test_unstated_load import BOOK, verdict

_FLOW = {
    "id": "flow",
    "trigger": "request",
    "packaging": "code",
    "authentication": "sign-up",
    "rate_average_rps": "1/s",
}
_API = {**_FLOW, "id": "api", "language": "nodejs"}


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"wait_s": "3 d"}, "waits_for"),
        ({"whole_run_s": "3 d", "longest_run_s": "1 s"}, "waits_for"),
        ({"steps": 4}, "human_approval"),
        ({"steps": 4, "wait_s": "3 d"}, "waits_for"),
        # What is stated is not asked again, and an ordinary component has nobody to wait for.
        ({"steps": 4, "human_approval": False}, None),
        ({"wait_s": "3 d", "waits_for": ["callback"]}, None),
        ({"wait_s": "0 s"}, None),
        ({"whole_run_s": "1 h"}, None),
        ({"steps": 1}, None),
        ({}, None),
    ],
)
def test_what_a_workflow_waits_for_is_asked(answers: dict[str, Any], asked: str | None) -> None:
    made = verdict({**_FLOW, **answers})
    assert _asked(made, "wait") == ((("flow", asked),) if asked else ())
    if asked:
        question = _next(made)
        assert (question.field, question.because, question.accept) == (asked, "wait", False)
        swept = analyse_verdict(made, BOOK).swept
        assert not progress(made, swept).good_enough
        settled = [("flow", asked)]
        assert progress(made, swept).essential == progress(made, swept, settled).essential + 1
        assert _next(made, settled).because != "wait"


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"latency_ms": "300 ms"}, True),
        # Snapshots shorten the cold starts of this language: a setting, not a service.
        ({"latency_ms": "300 ms", "language": "python"}, True),
        ({"latency_ms": "5 s"}, False),
        ({"latency_ms": "300 ms", "cold_start_ok": True}, False),
        ({"latency_ms": "300 ms", "pins": {"compute": "ecs"}}, False),
        ({}, False),
    ],
)
def test_cold_starts_are_asked_beside_a_latency_goal(answers: dict[str, Any], *, asked: bool) -> None:
    made = verdict({**_API, **answers})
    question = _next(made)
    assert ((question.field, question.because) == ("cold_start_ok", "cold-start")) is asked
    assert not question.accept or not asked


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"calls": ["api"]}, True),
        ({"calls": ["api"], "logic": "none"}, False),
        ({"calls": ["api"], "logic": "code"}, False),
        ({}, False),
    ],
)
def test_whether_a_server_renders_the_pages_of_a_site_beside_an_api_is_asked(
    answers: dict[str, Any], *, asked: bool
) -> None:
    site = {"id": "site", "trigger": "request", "static_site": True, "authentication": "none", **answers}
    made = verdict(site, {**_API, "authentication": "none"})
    assert _asked(made, "pages") == ((("site", "logic"),) if asked else ())
    assert _asked(made, "pages", [("site", "logic")]) == ()
    if asked:
        before = progress(made, analyse_verdict(made, BOOK).swept)
        assert not before.good_enough
        question = _next(made)
        assert (question.subject, question.field, question.because) == ("site", "logic", "pages")


_WORKER = {"id": "worker", "trigger": "message", "listens_to": "queue"}
_FILES = {"id": "files", "access": "objects"}
_ROWS = {"id": "rows", "access": "relational"}


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"writes": ["files"]}, True),
        ({"writes": ["files", "rows"]}, True),
        # What says how files arrive, or that there is nowhere to upload them to.
        ({"writes": ["files"], "direct_uploads": False}, False),
        ({"writes": ["files"], "request_bytes": "2 MiB"}, False),
        ({"writes": ["rows"]}, False),
        ({"reads": ["files"]}, False),
        ({"writes": ["files"], "protocol": "websocket"}, False),
    ],
)
def test_whether_callers_upload_files_themselves_is_asked(answers: dict[str, Any], *, asked: bool) -> None:
    made = verdict({**_API, **answers}, stores=[_FILES, _ROWS])
    assert _asked(made, "uploads") == ((("api", "direct_uploads"),) if asked else ())
    _is_asked_next(made, "uploads", asked=asked)


@pytest.mark.parametrize(
    ("channel", "worker", "sender", "asked"),
    [
        ({}, {"reads": ["files"]}, {}, True),
        ({}, {"reads": ["files"]}, {"publishes": ["queue"]}, False),
        ({"source": "own-application"}, {"reads": ["files"]}, {}, False),
        ({"other_teams": True}, {"reads": ["files"]}, {}, False),
        ({}, {"reads": ["rows"]}, {}, False),
        ({}, {"writes": ["files"]}, {}, False),
    ],
)
def test_what_sends_the_messages_of_a_reader_of_files_is_asked(
    channel: dict[str, Any], worker: dict[str, Any], sender: dict[str, Any], *, asked: bool
) -> None:
    made = verdict(
        {**_API, **sender}, {**_WORKER, **worker}, channels=[{"id": "queue", **channel}], stores=[_FILES, _ROWS]
    )
    assert _asked(made, "files") == ((("queue", "source"),) if asked else ())
    assert _asked(made, "files", [("queue", "source")]) == ()
    _is_asked_next(made, "files", asked=asked)


@pytest.mark.parametrize(
    ("channel", "worker", "asked"),
    [
        ({}, {"writes": ["rows"]}, True),
        ({"carries": "event"}, {"writes": ["rows"]}, True),
        ({"carries": "records"}, {"writes": ["rows"]}, False),
        ({"ordering": "none"}, {"writes": ["rows"]}, False),
        ({}, {"writes": ["files"]}, False),
        ({}, {"reads": ["rows"]}, False),
    ],
)
def test_the_order_of_messages_that_change_a_store_is_asked(
    channel: dict[str, Any], worker: dict[str, Any], *, asked: bool
) -> None:
    made = verdict(
        {**_API, "publishes": ["queue"]},
        {**_WORKER, **worker},
        channels=[{"id": "queue", **channel}],
        stores=[_FILES, _ROWS],
    )
    assert _asked(made, "order") == ((("queue", "ordering"),) if asked else ())
    _is_asked_next(made, "order", asked=asked)


def _asked(made: Any, because: str, settled: Any = ()) -> tuple[Any, ...]:
    return tuple(one.place for one in unstated_design(made, settled) if one.because == because)


def _is_asked_next(made: Any, because: str, *, asked: bool) -> None:
    """Check that a question of the design is asked once others that change services are settled, and only if it is open."""
    found = [one for one in unstated_design(made) if one.because == because]
    assert bool(found) is asked
    swept = analyse_verdict(made, BOOK).swept
    settled = [
        (one.subject, one.field.id) for one in swept if (one.subject, one.field.id) not in {f.place for f in found}
    ]
    assert not found or not progress(made, swept, settled).good_enough
    assert not found or _next(made, settled).because == because
    for one in found:
        assert one.place in {(each.subject, each.field.id) for each in swept}, "what is assumed can be accepted"


def test_why_they_are_asked_is_said_in_both_languages() -> None:
    for answers, en, ja in (
        ({"wait_s": "3 d"}, "no answer states what a run waits for", "実行が何を待つか"),
        ({"latency_ms": "300 ms"}, "a latency goal is stated", "レイテンシーの目標"),
    ):
        raw = {**_API, **answers}
        words = question_words(Speaker(make_requirements({"components": [raw]}), BOOK.book), _next(verdict(raw)))
        assert en in words.en
        assert ja in words.ja
    worker = {**_WORKER, "reads": ["files"], "writes": ["rows"]}
    made = verdict({**_API, "writes": ["files"]}, worker, channels=[{"id": "queue"}], stores=[_FILES, _ROWS])
    speaker = Speaker(
        make_requirements(
            {
                "components": [{**_API, "writes": ["files"]}, worker],
                "channels": [{"id": "queue"}],
                "stores": [_FILES, _ROWS],
            }
        ),
        BOOK.book,
    )
    for one, en, ja in zip(
        unstated_design(made),
        ("presigned URL", "no part sends these messages", "an older message can arrive after"),
        ("署名付き URL", "送信する要素がなく", "古いメッセージ"),
        strict=True,
    ):
        question = Question(*one.place, chance=0.0, moves=(), together=(), because=one.because)
        assert en in question_words(speaker, question).en
        assert ja in question_words(speaker, question).ja


def _next(made: Any, settled: Any = ()) -> Question:
    question = next_question(analyse_verdict(made, BOOK), settled)
    assert question is not None
    return question
