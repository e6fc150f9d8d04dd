"""A pasted list that names its parts, one a line: what takes messages is a worker, and events have one channel for all."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.given_text import given

_SHOP = """1. Storefront: server-rendered web application
2. Order API: about 2000 orders per hour at peak
3. Admin: internal web application
4. Fulfilment worker: consumes orders from a queue
5. Email: sends mails on each order event
6. Analytics: consumes order events
7. Recommendations: updated every night"""
_SHOP_JA = """1. 注文 API: 注文を受け付ける
2. 発送: 注文イベントを受信して発送する
3. 集計: 注文イベントごとに集計する"""


def _parts(text: str) -> dict[str, Raw]:
    draft = given(text.encode()).draft
    return {drafts.name(draft, id, "en"): drafts.part(draft, id) for id in drafts.ids(draft)}


def test_each_line_of_a_list_of_named_parts_is_a_part() -> None:
    parts = _parts(_SHOP)
    own = ["Storefront", "Order API", "Admin", "Fulfilment worker", "Email", "Analytics", "Recommendations"]
    assert [*parts] == [*own, "Queue", "Event"]
    assert all(parts[name]["trigger"] == ["message"] for name in own[3:6])
    queue, events = parts["Queue"]["id"], parts["Event"]["id"]
    assert [parts[name]["listens_to"] for name in own[3:6]] == [queue, events, events]
    assert parts["Event"]["carries"] == "event"
    assert parts["Order API"]["publishes"] == [queue, events]
    assert "publishes" not in parts["Admin"]


def test_japanese_parts_that_take_events_share_a_channel() -> None:
    parts = _parts(_SHOP_JA)
    assert [*parts] == ["注文 API", "発送", "集計", "Event"]
    assert {parts[name]["listens_to"] for name in ("発送", "集計")} == {parts["Event"]["id"]}


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Orders: a queue of jobs", "channel"), ("Orders: files on S3", "store"), ("Orders: an API", "component")],
)
def test_what_takes_no_messages_is_no_worker(line: str, kind: str) -> None:
    draft = given(f"Storefront: a web application\n{line}".encode()).draft
    (orders,) = [id for id in drafts.ids(draft) if drafts.name(draft, id, "en") == "Orders"]
    assert drafts.kind_of(draft, orders) == kind
    assert drafts.answer(draft, orders, "trigger") != ["message"]


def test_files_from_s3_are_a_store() -> None:
    draft = given(b"A worker that reads files from S3.").draft
    (store,) = drafts.ids(draft, ("store",))
    assert drafts.answer(draft, store, "access") == "objects"
    (worker,) = drafts.ids(draft, ("component",))
    assert drafts.answer(draft, worker, "reads") == [store]
