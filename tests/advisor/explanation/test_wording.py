"""Conditions and values in words: both languages, units, labels, services, and nothing that fails."""

import re
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.book.condition import parse_condition
from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import (
    because_words,
    condition_words,
    example_words,
    fact_words,
    fill,
    names_words,
    value_words,
)
from advisor.requirements import make_requirements
from advisor.text import Text
from advisor.verdict.fact_words import describe


@pytest.mark.parametrize(
    ("kind", "raw", "en", "ja"),
    [
        ("component", {}, "Always", "常に"),
        (
            "component",
            {"packaging": {"is": "code"}, "longest_run_s": {"at_most": 900}},
            "Longest run: at most 15 min; Packaging: Code",
            "最長の実行時間が 15 分以下、かつパッケージ形態が「コード」",
        ),
        ("component", {"gpu": {"is": False}}, "GPU: no", "GPU が「不要」"),
        (
            "component",
            {"compute": {"in": ["ecs", "eks", "batch"]}},
            "Compute: Amazon ECS, Amazon EKS or AWS Batch",
            "コンピューティングが「Amazon ECS」「Amazon EKS」「AWS Batch」のいずれか",
        ),
        (
            "component",
            {"trigger": {"not_in": ["request", "message"]}},
            "Trigger: does not include A request or A message",
            "起動方法に「リクエスト」「メッセージ」を含まない",
        ),
        (
            "channel",
            {"destination_kinds": {"not_in": ["email"]}},
            "Destination type: does not include Email",
            "宛先の種類に「メール」を含まない",
        ),
        (
            "component",
            {"workload.priorities": {"in": ["cost"]}, "rate_peak_rps": {"above": 1500}},
            "Peak rate: more than 1,500 per second; Priority: includes Cost",
            "ピーク時の処理数が毎秒 1,500 件を超える、かつ優先事項に「コスト」を含む",
        ),
    ],
)
def test_a_condition_is_a_phrase(book: Book, kind: str, raw: dict[str, Any], en: str, ja: str) -> None:
    words = condition_words(book, kind, parse_condition(raw))
    assert (words.en, words.ja) == (en, ja)


def test_every_condition_of_the_book_is_worded_without_ids(book: Book) -> None:
    for rule in book.rules:
        kind = book.role(rule.role).subject
        words = condition_words(book, kind, rule.when)
        for text in (words.en, words.ja):
            assert not re.search(r"\b[a-z]+_[a-z_]+\b|workload\.|True|False|  ", text), (rule.id, text)
    for role in book.roles:
        assert "_" not in condition_words(book, role.subject, role.when).en


def test_every_example_and_fact_is_worded(book: Book) -> None:
    for rule in book.rules:
        for example in (*rule.fires, *rule.quiet):
            assert "_" not in example_words(book, book.role(rule.role).subject, example).en, rule.id
        assert names_words(book, rule.services).ja
    for fact in book.facts.values():
        for _, value in fact.series:
            assert fact_words(fact, value).en not in ("", "True", "False", "None")


def test_a_count_of_zero_is_none_as_an_answer_and_a_number_as_a_bound(book: Book) -> None:
    title, answer = describe("component", "parallel_items", 0.0)
    assert (title.en, answer) == ("Items processed in parallel by a run", Text("none", "なし"))
    assert describe("component", "parallel_items", 2.0)[1].en == "2"
    speaker = Speaker(make_requirements({"components": [{"id": "job", "parallel_items": 0}]}), book)
    assert speaker.now("job", "parallel_items", 0.0) == Text("none", "なし")
    assert speaker.bound("job", "parallel_items", 0.0).en == "0"


@pytest.mark.parametrize("value", [None, "", (), "soon", -1, 1e300, True, "<b>", {"a": 1}, ["lambda", None]])
def test_no_value_is_too_strange(book: Book, value: Any) -> None:
    for id in ("longest_run_s", "trigger", "gpu", "compute", "consumer_computes", "nothing", "workload.region"):
        assert isinstance(value_words(book, "component", id, value), Text)


def test_a_sentence_is_filled_with_units_and_spaces(book: Book) -> None:
    text = Text("Up to {concurrency} runs of {longest_run_s}.", "{longest_run_s}の処理が{concurrency}件。")
    told = fill(book, "component", text, {"concurrency": 1200.0, "longest_run_s": 1200.0})
    assert told == Text("Up to 1,200 runs of 20 min.", "20 分の処理が 1,200 件。")


def test_an_example_next_to_a_bound_is_said_by_the_bound(book: Book) -> None:
    """Examples lie as close to a threshold as possible; nobody states an objective of 59 min 59 s."""
    rule = next(rule for rule in book.rules if rule.id == "backups-stay-in-their-region")
    words = because_words(book, rule)
    assert "is just under 1 h," in words.en
    assert "1 時間弱" in words.ja
    assert "59" not in words.en + example_words(book, "store", rule.fires[0], rule.when).en


def test_a_limit_after_a_raised_quota_names_the_default(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "validation": True, "response_s": "3 s", "longest_run_s": "2 s"}
    decision = advise(make_requirements({"components": [api]}), book).decision
    said = [reason.sentence for subject in decision.subjects for one in subject.choices for reason in one.because]
    assert any("within the 5 min" in one.en and "(29 s by default" in one.en for one in said)
    assert any("上限 5 分以内" in one.ja and "デフォルトは 29 秒" in one.ja for one in said)
