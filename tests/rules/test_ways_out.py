"""Known ways out: each speaks if nothing fits, and what it changes leaves something that does."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from advisor.book import Book
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements

#: Requirements that cannot be met, by the way that leads out of them.
EXAMPLES: dict[str, dict[str, Any]] = {
    "a-reader-of-its-own": {
        "components": [
            {
                "id": "x",
                "trigger": "request",
                "authentication": "sign-up",
                "open_reads": True,
                "packaging": "container-image",
                "state_in_memory": True,
                "request_bytes": "50 MiB",
            }
        ]
    },
    "a-function-before-the-ordered-queue": {"channels": [{"id": "x", "source": "aws-service", "ordering": "per-key"}]},
    "claim-check-in-s3": {"channels": [{"id": "x", "message_bytes": "5 MiB"}]},
    "consumers-that-remember": {"channels": [{"id": "x", "duplicates_ok": False, "source": "aws-service"}]},
    "key-for-the-partner": {
        "channels": [
            {"id": "x", "carries": "event", "duplicates_ok": False, "destinations": [{"kind": "partner-http"}]}
        ]
    },
    "order-per-key": {
        "channels": [{"id": "x", "ordering": "global", "rate_average_rps": 1000, "rate_peak_rps": 10000}]
    },
    "ordered-queue-and-a-sender": {
        "channels": [{"id": "x", "carries": "event", "ordering": "per-key", "destinations": [{"kind": "partner-http"}]}]
    },
    "numbers-instead-of-order": {
        "channels": [{"id": "x", "carries": "event", "ordering": "per-key", "destinations": [{"kind": "sms"}]}]
    },
    "a-schedule-keeps-the-delay": {"channels": [{"id": "x", "delay_s": "5 d"}]},
    "an-archive-for-months": {"channels": [{"id": "x", "carries": "event", "retention_s": "60 d"}]},
    "mail-apart-from-the-rest": {
        "channels": [{"id": "x", "carries": "event", "destinations": [{"kind": "customer-email"}, {"kind": "sms"}]}]
    },
    "leave-the-broker-step-by-step": {
        "channels": [{"id": "x", "migrates_from": "rabbitmq-jms", "source": "aws-service"}]
    },
    "object-in-s3-key-in-the-table": {
        "stores": [{"id": "x", "access": "key-value", "item_bytes": "2 MiB", "consistency": "transactions"}]
    },
    "large-columns-as-objects": {
        "stores": [{"id": "x", "access": "relational", "multi_region": True, "item_bytes": "3 MiB"}]
    },
    "a-home-region-for-each-object": {
        "stores": [{"id": "x", "access": "objects", "multi_region": True, "consistency": "strong"}]
    },
    "a-cache-in-each-region": {"stores": [{"id": "x", "access": "cache", "multi_region": True}]},
    "an-index-in-each-region": {"stores": [{"id": "x", "access": "vectors", "multi_region": True}]},
    "new-vectors-after-a-minute": {
        "stores": [{"id": "x", "access": "vectors", "consistency": "strong", "query_ms": "50 ms"}]
    },
    "new-vectors-at-once-in-postgresql": {
        "stores": [{"id": "x", "access": "vectors", "consistency": "strong", "query_ms": "50 ms"}]
    },
    "vectors-in-postgresql": {"stores": [{"id": "x", "access": "vectors", "consistency": "transactions"}]},
    "objects-instead-of-files": {"stores": [{"id": "x", "access": "files", "multi_region": True}]},
    "several-zones-of-one-region": {
        "workload": {"data_stays": True},
        "stores": [{"id": "x", "access": "key-value", "multi_region": True}],
    },
    "a-worker-that-wakes-itself": {
        "components": [{"id": "x", "trigger": "schedule", "granularity_s": 10, "longest_run_s": 5}]
    },
    "a-state-machine-that-waits": {
        "components": [{"id": "x", "trigger": "schedule", "granularity_s": 10, "longest_run_s": 5}]
    },
    "answer-with-a-receipt": {
        "components": [{"id": "x", "trigger": "request", "protocol": "graphql", "longest_run_s": 7200}]
    },
    "upload-by-signed-address": {
        "components": [{"id": "x", "trigger": "request", "request_bytes": "20 MiB", "caching": True}]
    },
    "download-by-signed-address": {
        "components": [{"id": "x", "trigger": "request", "response_bytes": "50 MiB", "caching": True}]
    },
    "reconnect-before-two-hours": {
        "components": [
            {
                "id": "x",
                "trigger": "request",
                "protocol": "websocket",
                "connection_s": 9000,
                "authentication": "aws-iam",
            }
        ]
    },
    "receive-webhooks-over-http": {
        "components": [{"id": "x", "trigger": "request", "protocol": "websocket", "authentication": "signature"}]
    },
    "a-reader-passes-on": {"channels": [{"id": "x", "carries": "records", "destinations": [{"kind": "email"}]}]},
    "a-topic-behind-the-archive": {
        "channels": [{"id": "x", "carries": "event", "replay": True, "destinations": [{"kind": "email"}]}]
    },
    "sort-by-what-events-carry": {
        "channels": [{"id": "x", "carries": "event", "source": "aws-service", "ordering": "per-key"}]
    },
}


def changed(raw: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the requirements with new answers about their subject; None takes an answer back."""
    found = deepcopy(dict(raw))
    subject = next(found[kind][0] for kind in ("components", "channels", "stores") if kind in found)
    for field, value in change.items():
        if value is None:
            subject.pop(field, None)
        else:
            subject[field] = value
    return found


def test_every_way_out_has_an_example(book: Book) -> None:
    assert {way.id for way in book.ways_out} == set(EXAMPLES)


@pytest.mark.parametrize("id", EXAMPLES)
def test_a_way_leads_out(id: str, book: Book) -> None:
    way = next(way for way in book.ways_out if way.id == id)
    stuck = decide(make_requirements(EXAMPLES[id]), book)
    shown = [instead.id for conflict in stuck.conflicts if conflict.role == way.role for instead in conflict.instead]
    assert id in shown
    assert decide(make_requirements(changed(EXAMPLES[id], way.change)), book).conflicts == ()


def test_a_way_that_does_not_apply_is_not_shown(book: Book) -> None:
    stuck = decide(make_requirements({"channels": [{"id": "it", "delay_s": 901}]}), book)
    assert [instead.id for conflict in stuck.conflicts for instead in conflict.instead] == [
        "a-schedule-keeps-the-delay"
    ]
