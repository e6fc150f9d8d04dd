"""No answer is lost: each question changes something somewhere, and a design lists the answers that change nothing in it."""

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import unused
from advisor.design.unused import unused_of
from advisor.requirements import make_requirements
from advisor.vocabulary import FIELDS
from prove.answers import Tally, corpus, tallied, with_more_answers
from prove.unused_files import Outputs, lost

SEED = 3
#: Designs for questions that the others seldom answer, each with an answer that counts in it.
SELDOM: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("workload", "availability_percent"): {
        "workload": {"availability_percent": 99.95},
        "stores": [{"id": "data", "access": "relational"}],
    },
    ("channel", "aws_events"): {
        "components": [{"id": "work", "trigger": "message", "listens_to": "news", "reads": ["files"]}],
        "channels": [{"id": "news", "carries": "event", "source": "aws-service", "aws_events": "other"}],
        "stores": [{"id": "files", "access": "objects"}],
    },
    ("component", "calls"): {"components": [{"id": "api", "trigger": "request", "calls": ["other"]}, {"id": "other"}]},
    ("component", "interruption"): {
        "components": [
            {
                "id": "work",
                "trigger": "schedule",
                "packaging": "container-image",
                "longest_run_s": 7200,
                "interruption": "never",
            }
        ]
    },
    ("component", "open_reads"): {
        "components": [{"id": "work", "trigger": "request", "authentication": "sign-up", "open_reads": True}],
    },
    ("component", "direct_uploads"): {
        "components": [{"id": "work", "trigger": "request", "writes": ["files"], "direct_uploads": True}],
        "stores": [{"id": "files", "access": "objects"}],
    },
    ("component", "steps_before_approval"): {
        "components": [
            {"id": "work", "trigger": "schedule", "steps": 3, "human_approval": True, "steps_before_approval": 2}
        ],
    },
    ("component", "time_zone"): {"components": [{"id": "job", "trigger": "schedule", "time_zone": "Europe/London"}]},
    ("component", "combined_result"): {
        "components": [{"id": "work", "trigger": "schedule", "parallel_items": 20, "combined_result": True}]
    },
    ("component", "connection_s"): {
        "components": [{"id": "chat", "trigger": "request", "protocol": "websocket", "connection_s": "5 h"}]
    },
    ("component", "single_instance"): {
        "components": [{"id": "bot", "trigger": "request", "single_instance": True}],
    },
    ("channel", "must"): {"channels": [{"id": "events", "carries": "records", "must": ["nothing-while-idle"]}]},
    ("component", "granularity_s"): {"components": [{"id": "job", "trigger": "schedule", "granularity_s": 10}]},
    ("channel", "direct_delivery"): {"channels": [{"id": "news", "carries": "event", "direct_delivery": True}]},
    ("channel", "already_exists"): {"channels": [{"id": "queue", "already_exists": True}]},
    ("store", "already_exists"): {"stores": [{"id": "data", "already_exists": True}]},
    ("channel", "count"): {"channels": [{"id": "queue", "count": 3}]},
    ("channel", "destination_max_rps"): {
        "channels": [
            {"id": "news", "carries": "event", "destinations": [{"kind": "partner-http"}], "destination_max_rps": "2/s"}
        ],
    },
    ("channel", "keeps_clients"): {"channels": [{"id": "queue", "migrates_from": "kafka", "keeps_clients": False}]},
    ("channel", "other_teams"): {"channels": [{"id": "news", "carries": "event", "fan_out": 4, "other_teams": True}]},
    ("store", "core_sql"): {
        "components": [{"id": "work", "trigger": "request", "writes": ["data"]}],
        "stores": [{"id": "data", "access": "relational", "core_sql": True}],
    },
    ("store", "database_engine"): {"stores": [{"id": "data", "access": "relational", "database_engine": "mariadb"}]},
    ("store", "connection_pool"): {
        "components": [{"id": "work", "trigger": "request", "writes": ["data"]}],
        "stores": [{"id": "data", "access": "relational", "connection_pool": True}],
    },
    ("store", "kept_s"): {
        "components": [{"id": "work", "trigger": "request", "writes": ["data"]}],
        "stores": [{"id": "data", "kept_s": "90 days"}],
    },
    ("store", "immutable"): {
        "components": [{"id": "work", "trigger": "request", "writes": ["files"]}],
        "stores": [{"id": "files", "access": "objects", "kept_s": "7 years", "immutable": True}],
    },
    ("store", "keeps"): {
        "components": [{"id": "work", "trigger": "stream", "listens_to": "readings", "writes": ["states"]}],
        "channels": [{"id": "readings", "carries": "records"}],
        "stores": [{"id": "states", "keeps": "latest"}],
    },
    ("store", "query_ms"): {"stores": [{"id": "data", "access": "vectors", "query_ms": 50}]},
    ("store", "always_awake"): {
        "stores": [{"id": "data", "access": "relational", "must": ["nothing-while-idle"], "always_awake": True}]
    },
    ("store", "must"): {"stores": [{"id": "data", "access": "relational", "must": ["nothing-while-idle"]}]},
    ("store", "shape"): {"stores": [{"id": "data", "access": "relational", "shape": "steady"}]},
    ("store", "count"): {"stores": [{"id": "data", "count": 3}]},
    ("workload", "data_stays"): {
        "workload": {"data_stays": True, "recovery_time_s": "30 min"},
        "stores": [{"id": "data"}],
    },
}


@pytest.fixture(scope="module")
def tally(book: Book) -> Tally:
    """Return the tally over some stories, supplements, rows and published decisions, with random answers beside their own."""
    return tallied(with_more_answers([*corpus(book, drawn=0)][:400:5], book, SEED), book)


def test_each_question_changes_something_somewhere(tally: Tally) -> None:
    assert set(tally.never()) <= SELDOM.keys()


@pytest.mark.parametrize(("place", "given"), SELDOM.items(), ids=[".".join(place) for place in SELDOM])
def test_a_question_that_is_seldom_answered_changes_something(
    place: tuple[str, str], given: Mapping[str, Any], book: Book
) -> None:
    stated, unused = unused_of(make_requirements({"schema": 2, "components": [{"id": "work"}], **given}), dated(book))
    assert place in {(one.kind, one.field.id) for one in stated} - {(one.kind, one.field.id) for one in unused}


def test_few_answers_change_nothing(tally: Tally) -> None:
    assert tally.stated.total() > 800
    assert tally.unused.total() < tally.stated.total() * 0.4


def test_what_is_listed_changes_no_file_and_everything_else_does(book: Book) -> None:
    designs = [*with_more_answers([*corpus(book, drawn=0)][14:300:152], book, SEED)]
    assert len(designs) == 2
    assert [f"{name}: {said}" for name, requirements in designs for said in lost(requirements, book)] == []


@pytest.mark.parametrize(
    ("component", "workload", "said"),
    [
        ({"waiting_free": True}, {}, "api.waiting_free: True is said to count and changes nothing"),
        ({}, {"region": "eu-west-1"}, "workload.region: eu-west-1 is called unused and changes something"),
    ],
)
def test_a_design_that_says_what_is_not_so_is_caught(
    component: Mapping[str, Any], workload: Mapping[str, Any], said: str, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is turned round: what counts is called unused, and the reverse."""
    raw = {"schema": 2, "components": [{"id": "api", "trigger": "request", **component}], "workload": workload}
    honest = unused.unused_of

    def turned(*arguments: Any) -> Any:
        stated, listed = honest(*arguments)
        return stated, tuple(one for one in stated if one not in listed)

    monkeypatch.setattr(unused, "unused_of", turned)
    assert said in [*lost(make_requirements(raw), book)]


def test_a_question_that_never_changes_anything_is_named() -> None:
    tally = Tally()
    places = [(kind, question.id) for kind, fields in FIELDS.items() for question in fields]
    tally.stated.update(places * 2)
    tally.unused.update([*places, places[7]])
    assert tally.never() == [places[7]]


def test_two_equal_designs_do_not_differ(book: Book) -> None:
    def design(region: str) -> Outputs:
        raw = {"schema": 2, "components": [{"id": "api", "trigger": "request"}], "workload": {"region": region}}
        return Outputs(advise(make_requirements(raw), book))

    assert not design("eu-west-1").differ(design("eu-west-1"))
    assert design("eu-west-1").differ(design("us-east-1"))
