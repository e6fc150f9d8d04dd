"""The rate that external destinations accept: what keeps it, and what the decision says where it is not kept or not enough."""

from typing import Any

import pytest

from advisor.advise import Design, advise
from advisor.book import Book
from advisor.graph_builder.destination_rates import lasting_s
from advisor.requirements import make_requirements
from advisor.sizing.destination_rates import AGE_S, kept_rate

RULES = ("nothing-limits-calls", "calls-are-limited-per-second", "calls-fall-behind", "peak-waits-for-destinations")
TOPIC = {"pins": {"messaging": "sns"}}


def decided(book: Book, *kinds: str, **channel: Any) -> Design:
    given = {
        "components": [{"id": "shop", "trigger": "request", "publishes": ["orders"]}],
        "channels": [
            {
                "id": "orders",
                "carries": "event",
                "destinations": [{"kind": kind} for kind in kinds or ("partner-http",)],
                **channel,
            }
        ],
    }
    return advise(make_requirements(given), book)


def warned(design: Design) -> list[str]:
    return [one.id for one in design.decision.warnings if one.id in RULES]


def calls(design: Design) -> dict[str, Any]:
    hub = design.architecture.node("orders.messaging")
    return {key: hub.settings[key] for key in hub.grounds if key.startswith("call")}


@pytest.mark.parametrize(
    ("stated", "kept"), [("2/s", 2), ("2.9/s", 2), ("1/s", 1), ("6/min", 1), ("2/s to 5/s", 2), ("at most 2/s", 2)]
)
def test_the_services_keep_whole_numbers_of_at_least_one(book: Book, stated: str, kept: int) -> None:
    assert calls(decided(book, destination_max_rps=stated)) == {"calls_per_s": kept, "call_age_s": 86400}
    assert calls(decided(book, destination_max_rps=stated, **TOPIC)) == {"calls_per_s": kept}
    assert kept_rate(kept) == kept


@pytest.mark.parametrize(
    ("load", "kept"),
    [
        ({"rate_average_rps": "20/s", "rate_peak_rps": "80.5/s"}, 81),
        ({"rate_average_rps": "1/min", "rate_peak_rps": "6/min"}, 1),
        ({"rate_average_rps": "200/s", "rate_peak_rps": "300/s"}, 300),
        # The quota is 300 calls per second for a destination.
        ({"rate_average_rps": "200/s", "rate_peak_rps": "800/s"}, 300),
        ({}, 300),
    ],
)
def test_a_bus_calls_as_often_as_messages_arrive_where_no_limit_is_stated(
    book: Book, load: dict[str, Any], kept: int
) -> None:
    found = decided(book, **load)
    assert calls(found) == {"calls_per_s": kept, "call_age_s": 86400}
    assert warned(found) == []
    assert calls(decided(book, **load, **TOPIC)) == {}
    (edge,) = found.architecture.leaving("orders.messaging", "deliver")
    states = [one.state for one in edge.budgets if one.source == "eb-api-destination-rate"]
    assert states == ([] if not load else ["warned" if load["rate_peak_rps"] == "800/s" else "kept"])


def test_nothing_is_set_where_nothing_is_called_over_https(book: Book) -> None:
    assert calls(decided(book, "other-account", rate_average_rps="100/s")) == {}


@pytest.mark.parametrize(
    ("limit", "load", "bus", "topic"),
    [
        ("2/s", {}, [], []),
        ("2/s", {"rate_average_rps": "2/s"}, [], []),
        ("2/s", {"rate_average_rps": "2.1/s"}, ["calls-fall-behind"], ["calls-fall-behind"]),
        # Calls are limited to 2 per second.
        ("2.5/s", {"rate_average_rps": "2.4/s"}, ["calls-fall-behind"], ["calls-fall-behind"]),
        ("2/s", {"rate_average_rps": "1/s", "rate_peak_rps": "2/s"}, [], []),
        # A bus keeps what waits for a day: enough for a peak of a whole day up to twice the rate.
        ("2/s", {"rate_average_rps": "1/s", "rate_peak_rps": "4/s"}, [], ["peak-waits-for-destinations"]),
        (
            "2/s",
            {"rate_average_rps": "1/s", "rate_peak_rps": "5/s"},
            ["peak-waits-for-destinations"],
            ["peak-waits-for-destinations"],
        ),
        # Each destination gets an unknown part of the messages.
        ("2/s", {"rate_average_rps": "3/s", "routing": True}, [], []),
        ("6/min", {"rate_average_rps": "1/min"}, ["calls-are-limited-per-second"], ["calls-are-limited-per-second"]),
        (
            "6/min",
            {"rate_average_rps": "7/min"},
            ["calls-are-limited-per-second", "calls-fall-behind"],
            ["calls-are-limited-per-second", "calls-fall-behind"],
        ),
    ],
)
def test_loads_above_the_limit_are_told(
    book: Book, limit: str, load: dict[str, Any], bus: list[str], topic: list[str]
) -> None:
    assert warned(decided(book, destination_max_rps=limit, **load)) == bus
    if "routing" not in load:
        assert warned(decided(book, destination_max_rps=limit, **load, **TOPIC)) == topic


@pytest.mark.parametrize(
    ("kinds", "rules"),
    [
        (("partner-http",), []),
        (("saas",), []),
        (("function",), ["nothing-limits-calls"]),
        (("other-account",), ["nothing-limits-calls"]),
        (("partner-http", "function"), ["nothing-limits-calls"]),
        # Its owner reads a queue, and people read mail, at their own pace.
        (("partner-http", "email"), []),
        (("queue",), []),
    ],
)
def test_destinations_that_nothing_limits_are_told(book: Book, kinds: tuple[str, ...], rules: list[str]) -> None:
    assert warned(decided(book, *kinds, destination_max_rps="2/s")) == rules


def test_a_destination_without_a_title_is_named_by_its_kind(book: Book) -> None:
    (warning,) = (
        one
        for one in decided(book, "other-account", destination_max_rps="2/s").decision.warnings
        if one.id == "nothing-limits-calls"
    )
    assert '"Another AWS account"' in warning.sentence.en
    assert "「別の AWS アカウント」" in warning.sentence.ja


def test_a_peak_may_last_until_its_last_event_waits_for_a_day() -> None:
    lasting = lasting_s(10, 2)
    assert lasting == 6 * 3600
    assert lasting * (10 - 2) / 2 == AGE_S


def test_the_calls_of_a_destination_are_compared_with_the_quota_at_its_limit(book: Book) -> None:
    def load(**channel: Any) -> float:
        found = decided(book, rate_average_rps="100/s", rate_peak_rps="1000/s", **channel)
        (edge,) = found.architecture.leaving("orders.messaging", "deliver")
        return next(one.have for one in edge.budgets if one.source == "eb-api-destination-rate")

    assert load() == 1000
    assert load(destination_max_rps="2/s") == 2


@pytest.mark.parametrize("messaging", [{}, TOPIC])
@pytest.mark.parametrize(
    ("source", "channel", "warns"),
    [
        ({"rate_average_rps": "50/s"}, {}, True),
        ({"rate_average_rps": "2/s"}, {}, False),
        ({"rate_peak_rps": "50/s"}, {}, False),
        ({}, {}, False),
        ({"rate_average_rps": "50/s"}, {"routing": True}, False),
        # What the channel carries is stated, so that the rate of requests does not count.
        ({"rate_average_rps": "50/s"}, {"rate_average_rps": "1/s"}, False),
    ],
)
def test_a_source_that_handles_more_than_a_destination_accepts_is_told(
    book: Book, source: dict[str, Any], channel: dict[str, Any], messaging: dict[str, Any], *, warns: bool
) -> None:
    given = {
        "components": [{"id": "shop", "title": "Shop", "trigger": "request", "publishes": ["orders"], **source}],
        "channels": [
            {"id": "orders", "title": "Orders", "carries": "event", "destinations": [{"kind": "partner-http"}],
             "destination_max_rps": "2/s", **channel, **messaging}
        ],
    }  # fmt: skip
    found = [
        one
        for one in advise(make_requirements(given), book).decision.warnings
        if one.id == "sources-outrun-destinations"
    ]
    assert len(found) == warns
    for one in found:
        assert one.sentence.en.startswith(
            'On average, "Shop" handles 50 per second, but each destination of "Orders" accepts at most 2 calls'
        )
        assert "「Shop」の平均レートは毎秒 50 件" in one.sentence.ja


def test_the_rates_of_all_sources_come_together(book: Book) -> None:
    given = {
        "components": [
            {"id": id, "trigger": "request", "publishes": ["orders"], "rate_average_rps": "2/s"} for id in ("a", "b")
        ],
        "channels": [
            {
                "id": "orders",
                "carries": "event",
                "destinations": [{"kind": "partner-http"}],
                "destination_max_rps": "3/s",
            }
        ],
    }
    (found,) = (
        w for w in advise(make_requirements(given), book).decision.warnings if w.id == "sources-outrun-destinations"
    )
    assert 'On average, "a", "b" together handle 4 per second' in found.sentence.en
