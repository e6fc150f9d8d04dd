"""Results that no reader of a store finds are named with the decision; others are not."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

WARNING = "results-that-nobody-reads"
TILLS = {"id": "tills", "trigger": "request", "authentication": "aws-iam", "publishes": ["sold"]}
POINTS = {"id": "points", "trigger": "message", "listens_to": "sold", "publishes": ["tiers"]}
TIER = {"id": "tier", "trigger": "message", "listens_to": "tiers", "writes": ["members"]}
MEMBERS = {
    "id": "api", "trigger": "request", "authentication": "sign-up", "reads": ["members"], "writes": ["members"],
}  # fmt: skip
SHOP = {"id": "shop", "trigger": "request", "authentication": "sign-up", "publishes": ["orders"]}
SEAT = {"id": "seat", "trigger": "message", "listens_to": "orders", "writes": ["members"]}
PAYHOOK = {"id": "payhook", "trigger": "request", "authentication": "signature", "publishes": ["paid"]}
PAID = {"id": "paid-seats", "trigger": "message", "listens_to": "paid", "writes": ["members"]}
SHIP = {"id": "ship", "trigger": "message", "listens_to": "orders", "reads": ["members"], "writes": ["others"]}


def answers(*components: dict[str, Any], language: str = "python") -> dict[str, Any]:
    return {
        "components": [{**one, "language": language} for one in components],
        "channels": [{"id": id, "carries": "work"} for id in ("sold", "tiers", "orders", "paid")],
        "stores": [{"id": id, "access": "key-value"} for id in ("members", "others")],
    }


def of_latest(*components: dict[str, Any], language: str = "python") -> dict[str, Any]:
    stated = answers(*components, language=language)
    stated["channels"] = [{**one, "ordering": "per-key"} for one in stated["channels"]]
    return {
        **stated,
        "stores": [{**one, "keeps": "latest"} if one["id"] == "members" else one for one in stated["stores"]],
    }


def designed(book: Book, *components: dict[str, Any]) -> Design:
    return advise(make_requirements(answers(*components)), book)


def found(design: Design) -> list[Any]:
    return [one for one in design.decision.warnings if one.id == WARNING]


def test_what_is_kept_apart_from_the_items_of_callers_is_named(book: Book) -> None:
    (warning,) = found(designed(book, TILLS, POINTS, TIER, MEMBERS))
    assert warning.subject == "tier"
    assert warning.sentence.en.startswith('"tier" writes to "members", where "api" keeps the items of its callers')
    assert "呼び出し元が結果を見ることはありません" in warning.sentence.ja


def test_a_second_writer_with_other_ids_is_named_beside_one_that_is_read(book: Book) -> None:
    (warning,) = found(designed(book, SHOP, SEAT, PAYHOOK, PAID, SHIP))
    assert warning.subject == "paid-seats"
    assert '"ship" reads "members" by other IDs' in warning.sentence.en


#: A program that takes what the tills announce, and one that only reads what the callers of the API keep.
DIRECT = {**TIER, "listens_to": "sold"}
SUM = {"id": "sum", "trigger": "schedule", "reads": ["members"], "writes": ["others"]}
PAGES = {"id": "pages", "trigger": "request", "authentication": "sign-up", "reads": ["members"]}


@pytest.mark.parametrize(
    "components", [(DIRECT, MEMBERS), (DIRECT, PAGES, MEMBERS), (POINTS, TIER, PAGES, MEMBERS), (DIRECT, MEMBERS, SUM)]
)
def test_latest_states_that_are_kept_apart_from_the_items_of_callers_are_named(
    components: tuple[dict[str, Any], ...], book: Book
) -> None:
    (warning,) = found(advise(make_requirements(of_latest(TILLS, *components)), book))
    assert warning.sentence.en.startswith('"tier" writes to "members", where "api" keeps the items of its callers')


def test_results_that_a_second_api_does_not_list_either_are_named(book: Book) -> None:
    (warning,) = found(designed(book, TILLS, POINTS, TIER, PAGES, MEMBERS))
    assert warning.sentence.en.startswith('"tier" writes to "members", where "api" keeps the items of its callers')


@pytest.mark.parametrize("components", [(DIRECT, PAGES), ({**MEMBERS, "publishes": ["sold"]}, DIRECT)])
def test_latest_states_that_callers_find_are_not_named(components: tuple[dict[str, Any], ...], book: Book) -> None:
    assert found(advise(make_requirements(of_latest(TILLS, *components)), book)) == []


@pytest.mark.parametrize("target", TARGETS)
def test_the_program_keeps_apart_the_latest_states_that_are_named(book: Book, target: str) -> None:
    language = "nodejs" if target == "cdk-typescript" else "python"
    apart = files_of(of_latest(TILLS, DIRECT, MEMBERS, language=language), book, target)
    assert "no program shows them" in source(apart, target, "tier", "service")
    listed = files_of(of_latest(TILLS, DIRECT, PAGES, language=language), book, target)
    assert "no program shows them" not in source(listed, target, "tier", "service")


@pytest.mark.parametrize(
    "components",
    [
        # Its messages are about the items of the callers.
        ({**MEMBERS, "publishes": ["sold"]}, POINTS, TIER),
        # What the API of the tills announces is an item of its own, which everyone lists.
        (TILLS, {**TIER, "listens_to": "sold"}, MEMBERS),
        # A schedule goes over all that is in the store.
        (
            TILLS,
            POINTS,
            TIER,
            MEMBERS,
            {"id": "sum", "trigger": "schedule", "reads": ["members"], "writes": ["others"]},
        ),
        (
            SHOP,
            SEAT,
            PAYHOOK,
            PAID,
            SHIP,
            {"id": "sum", "trigger": "schedule", "reads": ["members"], "writes": ["others"]},
        ),
        # Nobody reads the store here: it may be read from outside.
        (SHOP, SEAT, PAYHOOK, PAID),
        # Records of outside have keys that nobody here knows.
        (POINTS, TIER, MEMBERS),
    ],
)
def test_results_that_somebody_may_find_are_not_named(components: tuple[dict[str, Any], ...], book: Book) -> None:
    assert found(designed(book, *components)) == []


@pytest.mark.parametrize("target", TARGETS)
def test_the_program_does_not_say_that_such_results_are_shown(book: Book, target: str) -> None:
    language = "nodejs" if target == "cdk-typescript" else "python"
    files = files_of(answers(TILLS, POINTS, TIER, MEMBERS, language=language), book, target)
    assert "no program shows them" in source(files, target, "tier", "service")
    assert "they are shown with their items" not in source(files, target, "tier", "service")
