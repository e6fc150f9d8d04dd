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
PRODUCTS = {
    "id": "products",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["seats"],
    "writes": ["seats"],
}
ORDERS = {**PRODUCTS, "id": "book", "reads": ["seats", "tickets"], "writes": ["tickets"]}
EXPIRE = {"id": "expire", "trigger": "schedule", "reads": ["seats"], "writes": ["seats"]}


def designed(book: Book, *components: dict[str, Any]) -> Design:
    stores = [{"id": id, "access": "key-value"} for id in ("seats", "tickets")] + [{"id": "copies", "access": "cache"}]
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


@pytest.mark.parametrize("more", [(), ({**SEAT, "listens_to": "paid"}, {**PRODUCTS, "publishes": ["paid"]})])
def test_the_id_of_an_order_finds_no_item_of_another_api(more: tuple[dict[str, Any], ...], book: Book) -> None:
    apis = {one["id"]: one for one in (PRODUCTS, ORDERS, *more)}
    (sentence,) = sentences(designed(book, *apis.values()))
    assert sentence.startswith('"book" reads "seats" by the ID of the item that it handles.')


def test_each_of_several_origins_is_named_that_leads_to_no_writer(book: Book) -> None:
    """Only the first origin by its name was named, and none if another one led to a writer."""
    refunds = {**PAYHOOK, "id": "refunds"}
    found = sentences(designed(book, SHOP, SEAT, PAYHOOK, refunds, SHIP))
    assert [('"payhook" has given' in one, '"refunds" has given' in one) for one in found] == [
        (True, False),
        (False, True),
    ]
    (sentence,) = sentences(designed(book, {**SHOP, "publishes": ["orders", "paid"]}, SEAT, PAYHOOK, SHIP))
    assert '"payhook" has given' in sentence


def test_items_of_an_origin_that_leads_to_no_writer_are_named_beside_others(book: Book) -> None:
    """The products are among the items, too, so the items of the orders were not named."""
    (sentence,) = sentences(designed(book, {**PRODUCTS, "writes": ["seats", "tickets"]}, ORDERS))
    assert '"book" gives some of these items their ID' in sentence


MATCH = {"id": "match", "trigger": "schedule", "parallel_items": 50, "reads": ["seats"], "writes": ["tickets"]}


@pytest.mark.parametrize("more", [{}, {"packaging": "container-image", "job_queue": True, "longest_run_s": "40 min"}])
def test_what_a_run_makes_of_each_item_of_a_store_has_the_ids_of_these(more: dict[str, Any], book: Book) -> None:
    """A schedule brings no items: the parts of its run go over those of the store, and their results are found with these."""
    desk = {**PRODUCTS, "id": "desk", "reads": ["seats", "tickets"], "writes": []}
    assert sentences(designed(book, SHOP, SEAT, {**MATCH, **more}, desk)) == []


@pytest.mark.parametrize(
    "components",
    [
        # The order leads to the seat and to its ticket.
        (SHOP, SEAT, {**SHIP, "listens_to": "orders"}),
        # The shop tells of payments, too, by the IDs of its orders.
        ({**SHOP, "publishes": ["orders", "paid"]}, SEAT, SHIP),
        # The payment is kept where it is looked up.
        ({**PAYHOOK, "writes": ["seats"]}, SHIP),
        # What callers read was made of their items, or of messages of others, or is what they list.
        (ORDERS, SEAT, {**ORDERS, "publishes": ["orders"]}),
        (ORDERS, {**SEAT, "listens_to": "paid"}),
        (PRODUCTS, {**ORDERS, "reads": ["seats"]}),
        # What callers list has copies in a cache.
        (PRODUCTS, {**ORDERS, "reads": ["seats", "copies"], "writes": ["copies"]}),
        # A webhook looks nothing up.
        (PRODUCTS, {**PAYHOOK, "reads": ["seats", "tickets"], "writes": ["tickets"]}),
        # Records of outside have keys that nobody here knows.
        (SHOP, SEAT, {**SHIP, "trigger": "message", "listens_to": "paid"}),
    ],
)
def test_a_read_that_may_find_something_is_not_named(components: tuple[dict[str, Any], ...], book: Book) -> None:
    last = {one["id"]: one for one in components}
    assert sentences(designed(book, *last.values())) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "uses this ID"), ("ja", "この ID を使わない")])
def test_the_readme_names_the_read_and_its_program(lang: Any, words: str, book: Book) -> None:
    files = blueprints.build(designed(book, SHOP, SEAT, PAYHOOK, SHIP), "sam", lang=lang, extras={})
    (line,) = [line for line in files["README.md"].decode().splitlines() if words in line]
    assert "`src/ship/service.py`" in line
    files = blueprints.build(designed(book, SHOP, SEAT), "sam", lang=lang, extras={})
    assert words not in files["README.md"].decode()


@pytest.mark.parametrize(
    ("language", "target", "place"),
    [
        ("python", "sam", "`_found` of `src/book/service.py`"),
        ("nodejs", "cdk-typescript", "`found` of `src/book/service.ts`"),
    ],
)
def test_the_readme_names_the_function_of_an_api(language: str, target: str, place: str, book: Book) -> None:
    design = designed(book, PRODUCTS, {**ORDERS, "language": language})
    readme = blueprints.build(design, target, lang="en", extras={})["README.md"].decode()
    (line,) = [line for line in readme.splitlines() if "uses this ID" in line]
    assert place in line
