"""The load that reaches a channel from the components that publish to it, and what listens to the channel from there."""

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.book.dated import dated
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.cells import cells, field_of, open_fields
from advisor.verdict import decide_workload
from advisor.verdict.arrivals import RATES, fed_by
from advisor.verdict.known import Known

Parts = dict[str, Any]
#: A channel whose publishers state nothing has what is assumed where no rate is stated.
ASSUMED = (1, 10)
FEED: Parts = {"id": "feed", "trigger": "message", "listens_to": "in", "publishes": ["out"]}
TAKE: Parts = {"id": "take", "trigger": "message", "listens_to": "out"}


def parts(*components: Mapping[str, Any], out: Mapping[str, Any] = {}, **channels: Mapping[str, Any]) -> Parts:
    """Return the answers of a workload: the given components, the channel `out`, and other channels by id."""
    given = {"out": out, **channels}
    return {"components": list(components), "channels": [{"id": id, **given[id]} for id in sorted(given)]}


def known(book: Book, raw: Parts, id: str) -> Known:
    return decide_workload(answers_of(make_requirements(raw)), dated(book)).subjects[id].known


def rates(book: Book, raw: Parts, id: str) -> tuple[float, float]:
    values = known(book, raw, id).values
    return values["rate_average_rps"], values["rate_peak_rps"]


def reason(book: Book, raw: Parts, id: str) -> str:
    """Return why the peak rate of a part is assumed."""
    (because,) = known(book, raw, id).because["rate_peak_rps"]
    return because.text.en.replace("{subject}", because.subject)


def test_a_channel_has_the_rate_of_what_publishes_to_it(book: Book) -> None:
    raw = parts({**FEED, "rate_average_rps": 30, "rate_peak_rps": 90}, TAKE, **{"in": {}})
    assert rates(book, raw, "out") == rates(book, raw, "take") == (30, 90)
    assert known(book, raw, "out").rated
    assumed = advise(make_requirements(raw), book).decision.assumptions
    (told,) = [one.sentence for one in assumed if (one.subject, one.field) == ("out", "rate_peak_rps")]
    assert '(the rate of "feed")' in told.en
    assert "「feed」のレート" in told.ja


def test_what_is_stated_of_a_channel_stands(book: Book) -> None:
    raw = parts({**FEED, "rate_average_rps": 30}, TAKE, out={"rate_average_rps": 2, "rate_peak_rps": 5}, **{"in": {}})
    assert rates(book, raw, "out") == rates(book, raw, "take") == (2, 5)


def test_rates_go_on_over_a_chain_of_channels(book: Book) -> None:
    """Each link forwards each message; the first channel states its rate."""
    more = {"id": "more", "trigger": "message", "listens_to": "middle", "publishes": ["out"]}
    raw = parts({**FEED, "publishes": ["middle"]}, more, TAKE, middle={}, **{"in": {"rate_average_rps": 40}})
    for id in ("feed", "middle", "more", "out", "take"):
        assert rates(book, raw, id) == (40, 400), id
    raw["components"][0]["rate_peak_rps"] = 70
    for id in ("feed", "middle", "more", "out", "take"):
        assert rates(book, raw, id) == (7, 70), id


@pytest.mark.parametrize(
    ("rates_of_feed", "expected"),
    [({}, ASSUMED), ({"rate_average_rps": 6}, (6, 60))],
)
def test_parts_that_feed_each_other_have_an_end(
    book: Book, rates_of_feed: Parts, expected: tuple[float, float]
) -> None:
    """The messages that come back to the first channel do not say how many it gets from elsewhere."""
    back = {"id": "back", "trigger": "message", "listens_to": "out", "publishes": ["in"]}
    raw = parts({**FEED, **rates_of_feed}, back, **{"in": {}})
    assert rates(book, raw, "in") == ASSUMED
    for id in ("feed", "out", "back"):
        assert rates(book, raw, id) == expected, id
    assert fed_by(answers_of(make_requirements(raw)), "feed") == {"in", "out", "back"}


def test_a_step_that_publishes_to_the_channel_of_its_workflow_adds_none(book: Book) -> None:
    flow = {"id": "flow", "trigger": "message", "listens_to": "out", "calls": ["step"], "logic": "none"}
    raw = parts(flow, {"id": "step", "publishes": ["out"]})
    assert rates(book, raw, "out") == rates(book, raw, "flow") == rates(book, raw, "step") == ASSUMED
    raw["components"].append({**FEED, "rate_average_rps": 6})
    raw["channels"].append({"id": "in"})
    assert rates(book, raw, "out") == rates(book, raw, "flow") == rates(book, raw, "step") == (6, 60)


def test_a_component_that_puts_failed_messages_back_adds_none(book: Book) -> None:
    raw = parts({**FEED, "rate_average_rps": 6}, {**TAKE, "publishes": ["out"]}, **{"in": {}})
    assert rates(book, raw, "out") == rates(book, raw, "take") == (6, 60)
    assert reason(book, raw, "out") == reason(book, raw, "take") == 'the rate of "feed"'


def test_the_rates_of_all_publishers_arrive(book: Book) -> None:
    other = {**FEED, "id": "other", "rate_average_rps": 4, "rate_peak_rps": 5}
    raw = parts({**FEED, "rate_average_rps": 30, "rate_peak_rps": 90}, other, TAKE, **{"in": {}})
    assert rates(book, raw, "out") == rates(book, raw, "take") == (34, 95)
    assert reason(book, raw, "out") == reason(book, raw, "take") == 'the total rate of the publishers to "out"'


@pytest.mark.parametrize(
    ("average", "peak", "expected"),
    [(30, 90, (30, 90)), (0.2, 0.4, ASSUMED), (0.2, 25, (1, 25))],
)
def test_with_a_publisher_of_unknown_rate_no_less_than_the_assumption_arrives(
    book: Book, average: float, peak: float, expected: tuple[float, float]
) -> None:
    unknown = {"id": "unknown", "trigger": "message", "listens_to": "other", "publishes": ["out"]}
    raw = parts({**FEED, "rate_average_rps": average, "rate_peak_rps": peak}, unknown, TAKE, other={}, **{"in": {}})
    assert rates(book, raw, "out") == expected
    alone = parts({**FEED, "rate_average_rps": average, "rate_peak_rps": peak}, TAKE, **{"in": {}})
    assert rates(book, alone, "out") == (average, peak)


def test_what_others_send_comes_on_top(book: Book) -> None:
    """A channel that carries events of an AWS service too has a publisher of unknown rate."""
    raw = parts(
        {**FEED, "rate_average_rps": 0.2, "rate_peak_rps": 0.4}, TAKE, out={"source": "aws-service"}, **{"in": {}}
    )
    assert rates(book, raw, "out") == ASSUMED


def test_the_rate_of_requests_bounds_what_they_publish(book: Book) -> None:
    """Some requests only read: the channel carries at most as many messages, and its own question stays open."""
    api = {"id": "api", "trigger": "request", "publishes": ["out"], "rate_average_rps": 50}
    raw = parts(api, TAKE)
    out = known(book, raw, "out")
    assert rates(book, raw, "out") == rates(book, raw, "take") == (50, 500)
    assert (out.follows, out.rated, known(book, raw, "take").rated) == (True, False, False)
    assert reason(book, raw, "out") == reason(book, raw, "take") == 'the rate of "api" as an upper bound'
    raw["components"].append({**FEED, "rate_average_rps": 3})
    raw["channels"].append({"id": "in"})
    assert rates(book, raw, "out") == (53, 530)
    assert reason(book, raw, "take") == 'the total rate of the publishers to "out" as an upper bound'
    assert (known(book, raw, "out").follows, known(book, raw, "out").rated) == (True, False)


def test_an_upper_bound_leaves_the_question_of_the_channel_open(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "publishes": ["out"], "rate_average_rps": 50}

    def left(*components: Parts) -> set[str]:
        verdict = decide_workload(answers_of(make_requirements(parts(*components, **{"in": {}}))), dated(book))
        return {field.id for field in open_fields(verdict, "out")}

    assert {*RATES} <= left(api, TAKE)
    assert not {*RATES} & left({**FEED, "rate_average_rps": 50}, TAKE)


def test_an_upper_bound_does_not_count_for_an_infrequent_load(book: Book) -> None:
    """Whoever says that the load is infrequent knows more than the rate of requests, but not more than a rate of messages."""
    api = {"id": "api", "trigger": "request", "publishes": ["out"], "rate_average_rps": 50}
    raw = parts(api, {**TAKE, "shape": "rare"})
    assert rates(book, raw, "out") == ASSUMED
    assert rates(book, raw, "take") == (0.01, 0.1)
    # Another consumer may take all of it.
    raw = parts(api, {**TAKE, "shape": "rare"}, {**TAKE, "id": "also"})
    assert rates(book, raw, "out") == rates(book, raw, "also") == (50, 500)
    assert rates(book, raw, "take") == (0.01, 0.1)
    raw = parts({**FEED, "rate_average_rps": 50}, {**TAKE, "shape": "rare"}, **{"in": {}})
    assert rates(book, raw, "out") == rates(book, raw, "take") == (50, 500)


def test_the_bound_of_a_shared_channel_sizes_no_consumer_with_an_infrequent_load(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "publishes": ["out"], "rate_average_rps": 500}
    rare, busy = {**TAKE, "id": "rare", "shape": "rare"}, {**TAKE, "id": "busy"}
    nodes = advise(make_requirements(parts(api, rare, busy)), book).architecture
    few, many = (int(str(nodes.node(f"{id}.compute").settings["concurrency"])) for id in ("rare", "busy"))
    assert few < 10 < many


@pytest.mark.parametrize(
    ("answers", "expected", "bound"),
    [
        # A start a minute with 600 items: ten a second, and all of them at once.
        ({"schedule_expression": "rate(1 minute)", "parallel_items": 600}, (10, 10), True),
        ({"schedule_expression": "rate(1 minute)", "parallel_items": 3000}, (50, 50), True),
        # As the starts are not spread out evenly, no lower peak than the assumption.
        ({"schedule_expression": "rate(1 minute)", "parallel_items": 120}, (2, 10), True),
        # Nobody knows how many messages a run without a number of items sends, so no less than the assumption.
        ({"schedule_expression": "rate(1 minute)"}, ASSUMED, False),
        ({"schedule_expression": "rate(1 minute)", "parallel_items": 60}, ASSUMED, False),
        ({"rate_average_rps": 20, "rate_peak_rps": 30}, (20, 30), False),
    ],
)
def test_a_schedule_publishes_once_for_each_item_of_its_runs(
    book: Book, answers: Parts, expected: tuple[float, float], bound: bool
) -> None:
    raw = parts({"id": "timer", "trigger": "schedule", "publishes": ["out"], **answers}, TAKE)
    assert rates(book, raw, "out") == rates(book, raw, "take") == expected
    assert (known(book, raw, "out").follows and not known(book, raw, "out").rated) == bound


def test_an_answer_feeds_what_is_published_to(book: Book) -> None:
    more = {"id": "more", "trigger": "message", "listens_to": "middle", "publishes": ["out"]}
    beside = {"id": "beside", "trigger": "request"}
    raw = parts({**FEED, "publishes": ["middle"]}, more, TAKE, beside, middle={}, **{"in": {}})
    answers = answers_of(make_requirements(raw))
    assert fed_by(answers, "in") == {"feed", "middle", "more", "out", "take"}
    assert fed_by(answers, "more") == {"out", "take"}
    assert fed_by(answers, "take") == fed_by(answers, "beside") == set()


def test_the_rate_of_a_publisher_is_cut_where_it_moves_the_channel(book: Book) -> None:
    """From 300 messages a second and group on, an ordered queue needs its high throughput: a threshold of the channel."""
    raw = parts({**FEED, "trigger": "request", "listens_to": None}, TAKE, out={"ordering": "global"})
    raw["components"][0] = {k: v for k, v in raw["components"][0].items() if v is not None}
    as_of = dated(book)
    verdict = decide_workload(answers_of(make_requirements(raw)), as_of)

    def cuts(subject: str, kind: str) -> set[Any]:
        found = cells(as_of, verdict, subject, field_of(kind, "rate_peak_rps"))
        return {cell.low.value for cell in found if cell.low}

    own = cuts("out", "channel")
    assert own
    assert own <= cuts("feed", "component")
