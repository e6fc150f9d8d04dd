"""The load that reaches a component from the channel or the table that it listens to."""

from collections.abc import Mapping
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.book.dated import dated
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.analysis import analyse
from advisor.sensitivity.cells import cells, field_of, open_fields
from advisor.verdict import decide_workload, revised

READ: dict[str, Any] = {"id": "read", "trigger": "stream", "listens_to": "readings", "writes": ["table"]}
CHECK: dict[str, Any] = {"id": "check", "trigger": "event", "listens_to": "table", "steps": 3, "longest_run_s": 10}


def asked(channel: Mapping[str, Any], read: Mapping[str, Any] = {}, check: Mapping[str, Any] = {}) -> dict[str, Any]:
    return {
        "components": [{**READ, **read}, {**CHECK, **check}],
        "channels": [{"id": "readings", "carries": "records", **channel}],
        "stores": [{"id": "table", "access": "key-value"}],
    }


def rates(book: Book, raw: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    verdict = decide_workload(answers_of(make_requirements(raw)), dated(book))
    known = {id: verdict.subjects[id].known.values for id in (one["id"] for one in raw["components"])}
    return {id: (values["rate_average_rps"], values["rate_peak_rps"]) for id, values in known.items()}


@pytest.mark.parametrize(
    ("raw", "read", "check"),
    [
        (asked({"rate_average_rps": 50, "rate_peak_rps": 200}), (50, 200), (50, 200)),
        (asked({"rate_average_rps": 50}), (50, 500), (50, 500)),
        (asked({"rate_peak_rps": 0.5}), (0.05, 0.5), (0.05, 0.5)),
        # What is stated of a component stands, also for those after it.
        (asked({"rate_average_rps": 50}, {"rate_average_rps": 20, "shape": "steady"}), (20, 20), (20, 20)),
        (asked({"rate_average_rps": 50}, check={"rate_average_rps": 2}), (50, 500), (2, 20)),
        # Nothing is stated.
        (asked({}), (1, 10), (1, 10)),
        # Requests change a table at most once each.
        (asked({}, {"trigger": "request", "listens_to": None, "rate_average_rps": 70}), (70, 700), (70, 700)),
        (asked({}, {"trigger": "request", "listens_to": None}), (1, 10), (1, 10)),
    ],
)
def test_a_component_has_the_rate_of_what_it_listens_to(
    book: Book, raw: dict[str, Any], read: tuple[float, float], check: tuple[float, float]
) -> None:
    components = [{k: v for k, v in one.items() if v is not None} for one in raw["components"]]
    assert rates(book, {**raw, "components": components}) == {"read": read, "check": check}


def test_the_rate_of_requests_bounds_that_of_changes(book: Book) -> None:
    """Some requests only read; the assumption says so."""
    posting = {"id": "post", "trigger": "request", "writes": ["table"], "rate_average_rps": 100, "rate_peak_rps": 800}
    raw = asked({})
    raw["components"][0] = posting
    design = advise(make_requirements(raw), book)
    (told,) = [a.sentence for a in design.decision.assumptions if (a.subject, a.field) == ("check", "rate_peak_rps")]
    assert '(the rate of "post" as an upper bound)' in told.en
    assert "「post」のレートが上限" in told.ja
    assert design.verdict.services["check"]["workflow"] == "step-functions-express"
    raw["components"].append({**READ, "id": "read", "rate_average_rps": 5, "rate_peak_rps": 8})
    assert rates(book, raw)["check"] == (105, 808)
    design = advise(make_requirements(raw), book)
    (told,) = [a.sentence for a in design.decision.assumptions if (a.subject, a.field) == ("check", "rate_peak_rps")]
    assert '(the total rate of the writers of "table" as an upper bound)' in told.en


def test_the_rates_of_all_writers_arrive(book: Book) -> None:
    raw = asked({"rate_average_rps": 5})
    raw["components"].append({**READ, "id": "second", "rate_average_rps": 2, "rate_peak_rps": 3})
    assert rates(book, raw)["check"] == (7, 53)


def test_components_that_feed_each_other_have_an_end(book: Book) -> None:
    raw = asked({"rate_average_rps": 5}, check={"writes": ["table"]})
    assert rates(book, raw)["check"] == (5, 50)


def test_a_stated_rate_of_a_channel_decides_for_what_it_arrives_at(book: Book) -> None:
    """A peak of 100 starts a second and more suits Express workflows."""
    as_of = dated(book)
    few = decide_workload(answers_of(make_requirements(asked({"rate_average_rps": 5, "rate_peak_rps": 10}))), as_of)
    assert few.services["check"]["workflow"] == "step-functions-standard"
    many = revised(few, "readings", {"rate_peak_rps": 200.0}, as_of)
    assert many.services["check"]["workflow"] == "step-functions-express"
    assert many == decide_workload(many.answers, as_of)
    found = cells(as_of, few, "readings", field_of("channel", "rate_peak_rps"))
    assert 100.0 in [cell.low.value for cell in found if cell.low]
    for id in ("read", "check"):
        assert not {"rate_average_rps", "rate_peak_rps"} & {field.id for field in open_fields(few, id)}


def test_the_assumption_names_the_channel(book: Book) -> None:
    design = advise(make_requirements(asked({"rate_average_rps": 5, "rate_peak_rps": 10})), book)
    (told,) = [a.sentence for a in design.decision.assumptions if (a.subject, a.field) == ("check", "rate_peak_rps")]
    assert '(the rate of "readings")' in told.en
    assert "「readings」のレート" in told.ja


def test_what_reads_a_stream_is_sized_by_it(book: Book) -> None:
    design = advise(rules.load_story("data-processing"), book)
    settings = design.architecture.node("ingest.compute").settings
    longest = 0.2
    assert int(str(settings["batch_size"])) * longest <= int(str(settings["timeout_s"]))
    assert settings["concurrency"] == 4  # the shards of a new on-demand stream
    slow = advise(make_requirements(asked({"rate_average_rps": 1}, {"longest_run_s": 30})), book)
    settings = slow.architecture.node("read.compute").settings
    assert int(str(settings["batch_size"])) == 25
    assert settings["timeout_s"] == 900


def test_an_average_that_only_raises_the_stated_peak_is_no_flip_point(book: Book) -> None:
    """A trigger for it would contradict the sentence that the average rate affects nothing."""
    design = make_requirements(asked({"rate_average_rps": 5, "rate_peak_rps": 10}))
    flips = {(flip.field, flip.at) for flip in analyse(design, book).flips if flip.subject == "readings"}
    assert ("rate_peak_rps", 100.0) in flips
    assert ("rate_average_rps", 100.0) not in flips
    alone = make_requirements(asked({"rate_average_rps": 5}))
    flips = {(flip.field, flip.at) for flip in analyse(alone, book).flips if flip.subject == "readings"}
    assert ("rate_average_rps", 10.0) in flips


def test_the_unstated_rate_of_a_channel_is_cut_where_it_moves_what_listens(book: Book) -> None:
    as_of = dated(book)
    verdict = decide_workload(answers_of(make_requirements(asked({}))), as_of)
    field = field_of("channel", "rate_peak_rps")
    edges = {cell.low.value for cell in cells(as_of, verdict, "readings", field) if cell.low is not None}
    assert 100.0 in edges


def test_a_consumer_that_states_only_its_peak_is_sized_for_it(book: Book) -> None:
    raw = {
        "components": [
            {"id": "work", "trigger": "message", "listens_to": "jobs", "longest_run_s": 1, "rate_peak_rps": 500}
        ],
        "channels": [{"id": "jobs"}],
    }
    both = {**raw, "components": [{**raw["components"][0], "rate_average_rps": 50}]}
    one, other = (
        advise(make_requirements(each), book).architecture.node("work.compute").settings for each in (raw, both)
    )
    assert one["concurrency"] == other["concurrency"] == 250


def test_consumers_of_one_stream_are_sized_alike_in_any_order(book: Book) -> None:
    fast, slow = (
        {"id": name, "trigger": "stream", "listens_to": "news", "longest_run_s": run}
        for name, run in (("fast", 0.1), ("slow", 10))
    )
    channels = [{"id": "news", "carries": "records", "rate_average_rps": 50, "pins": {"messaging": "kinesis"}}]
    found = []
    for components in ([fast, slow], [slow, fast]):
        design = advise(make_requirements({"components": components, "channels": channels}), book)
        found.append([dict(design.architecture.node(f"{id}.compute").settings) for id in ("fast", "slow")])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("answers", "average"),
    [({}, 0.5), ({"shape": "steady"}, 5), ({"shape": "rare"}, 0.5), ({"rate_average_rps": 3}, 3)],
)
def test_the_average_follows_a_peak_that_alone_is_stated(book: Book, answers: dict[str, Any], average: float) -> None:
    """It was one a second, however low the peak: more than at the peak."""
    api = {"id": "api", "trigger": "request", "rate_peak_rps": 5, **answers}
    assert rates(book, {"components": [api]}) == {"api": (average, 5)}


def test_the_average_of_a_channel_follows_its_peak(book: Book) -> None:
    work = {"id": "work", "trigger": "message", "listens_to": "q", "longest_run_s": "2 h", "typical_run_s": "20 min"}
    slow = {"components": [work | {"most_at_once": 5}], "channels": [{"id": "q", "rate_peak_rps": "1/min"}]}
    assert rates(book, slow)["work"] == (pytest.approx(1 / 600), pytest.approx(1 / 60))
    budgets = [b for edge in advise(make_requirements(slow), book).architecture.edges for b in edge.budgets]
    (load,) = [b for b in budgets if b.kind == "concurrency" and b.allowed == 5]
    assert (load.have, load.state) == (2, "kept")


def test_a_schedule_counts_its_starts_also_beside_a_stated_peak(book: Book) -> None:
    job = {"id": "job", "trigger": "schedule", "schedule_expression": "cron(0 2 * * ? *)", "rate_peak_rps": 5}
    assert rates(book, {"components": [job]})["job"][0] == pytest.approx(1 / 86400)
