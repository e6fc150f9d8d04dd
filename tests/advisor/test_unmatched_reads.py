"""A read by an id that no writer of the store uses is named with the decision and in the README; others are not."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements

WARNING = "reads-by-an-id-of-no-writer"
SHOP = {"id": "shop", "trigger": "request", "authentication": "sign-up", "publishes": ["orders"]}
SEAT = {"id": "seat", "trigger": "message", "listens_to": "orders", "writes": ["seats"]}
PAYHOOK = {"id": "payhook", "trigger": "request", "authentication": "signature", "publishes": ["paid"]}
SHIP = {"id": "ship", "trigger": "message", "listens_to": "paid", "reads": ["seats"], "writes": ["tickets"]}
EXPIRE = {"id": "expire", "trigger": "schedule", "reads": ["seats"], "writes": ["seats"]}


def designed(book: Book, *components: dict[str, Any]) -> Design:
    stores = [{"id": id, "access": "key-value"} for id in ("seats", "tickets")]
    channels = [{"id": id, "carries": "work"} for id in ("orders", "paid")]
    return advise(make_requirements({"components": [*components], "channels": channels, "stores": stores}), book)


def sentences(design: Design) -> list[str]:
    return [one.sentence.en for one in design.decision.warnings if one.id == WARNING]


@pytest.mark.parametrize("more", [(), (EXPIRE,)])
def test_the_id_of_a_payment_finds_no_seat_of_an_order(more: tuple[dict[str, Any], ...], book: Book) -> None:
    (sentence,) = sentences(designed(book, SHOP, SEAT, PAYHOOK, SHIP, *more))
    assert sentence.startswith(
        '"ship" reads "seats" by the ID of the item that a message is about, which "payhook" has given.'
    )


@pytest.mark.parametrize(
    "components",
    [
        # The order leads to the seat and to its ticket.
        (SHOP, SEAT, {**SHIP, "listens_to": "orders"}),
        # The shop tells of payments, too, by the IDs of its orders.
        ({**SHOP, "publishes": ["orders", "paid"]}, SEAT, SHIP),
        # The payment is kept where it is looked up.
        ({**PAYHOOK, "writes": ["seats"]}, SHIP),
        # Records of outside have keys that nobody here knows.
        (SHOP, SEAT, {**SHIP, "trigger": "message", "listens_to": "paid"}),
    ],
)
def test_a_read_that_may_find_something_is_not_named(components: tuple[dict[str, Any], ...], book: Book) -> None:
    assert sentences(designed(book, *components)) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "uses this ID"), ("ja", "この ID を使わない")])
def test_the_readme_names_the_read_and_its_program(lang: Any, words: str, book: Book) -> None:
    files = blueprints.build(designed(book, SHOP, SEAT, PAYHOOK, SHIP), "sam", lang=lang, extras={})
    (line,) = [line for line in files["README.md"].decode().splitlines() if words in line]
    assert "`src/ship/service.py`" in line
    files = blueprints.build(designed(book, SHOP, SEAT), "sam", lang=lang, extras={})
    assert words not in files["README.md"].decode()
