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


def waiting(book: Book, rate: int, **caller: Any) -> list[Any]:
    given = {
        "components": [
            {"id": "hub", "trigger": "request", "typical_run_s": 0.1, "rate_peak_rps": 100},
            {"id": "moderator", "trigger": "message", "listens_to": "said", "typical_run_s": 0.5, **caller},
        ],
        "channels": [{"id": "said", "rate_average_rps": rate, "rate_peak_rps": rate}],
    }
    decided = advise(make_requirements(given), book).decision
    return [one for one in decided.warnings if one.id == "functions-share-the-account-quota"]


def test_a_called_function_holds_its_callers(book: Book) -> None:
    # 1,000 per second of 0.5 s, and 20% more: up to 600 callers, each of which may wait for an execution of the hub.
    (warning,) = waiting(book, 1000, calls=["hub"])
    held = 600
    assert f"up to {held:,} are executions of called functions" in warning.sentence.en
    assert f"need {held + held + 10:,}" in warning.sentence.en
    assert f"最大 {held:,} 件" in warning.sentence.ja
    assert not waiting(book, 1000)
    assert not waiting(book, 500, calls=["hub"])


def test_a_chain_of_calls_holds_all_before_it(book: Book) -> None:
    chain = [
        {"id": "c", "rate_peak_rps": 100},
        {"id": "b", "rate_peak_rps": 100, "calls": ["c"]},
        {"id": "a", "rate_peak_rps": 300, "calls": ["b"]},
    ]
    (warning,) = warned(book, *chain)
    # a waits for b and c, b for c: 300 × 2 + 100.
    assert "need 1,200" in warning.sentence.en
    assert "up to 700 are executions" in warning.sentence.en
