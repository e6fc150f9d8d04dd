"""Functions share the concurrency of an account: a design whose functions exceed it only together says so."""

from typing import Any

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements


def warned(book: Book, *components: dict[str, Any]) -> list[Any]:
    given = {"components": [{"trigger": "request", "typical_run_s": 1, **one} for one in components]}
    decided = advise(make_requirements(given), book).decision
    return [one for one in decided.warnings if one.id == "functions-share-the-account-quota"]


def test_functions_that_exceed_the_quota_only_together_are_told_at_the_largest(book: Book) -> None:
    shop, hall = {"id": "shop", "rate_peak_rps": 700}, {"id": "hall", "rate_peak_rps": 600}
    (warning,) = warned(book, shop, hall)
    assert warning.subject == "shop"
    assert "1,300" in warning.sentence.en
    assert '"shop" 700' in warning.sentence.en


def test_functions_within_the_quota_are_not_warned_of(book: Book) -> None:
    assert not warned(book, {"id": "shop", "rate_peak_rps": 500}, {"id": "hall", "rate_peak_rps": 500})


def test_a_function_that_exceeds_it_alone_is_left_to_its_rule(book: Book) -> None:
    assert not warned(book, {"id": "shop", "rate_peak_rps": 1001}, {"id": "hall", "rate_peak_rps": 600})
