"""Totals of a scheduled run: each result stays as it was first stored, and a repetition with others is a correction."""

import json
import sys
from types import ModuleType
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files
from tests.blueprints.project.test_days_of_a_zone import DAY, STORES

NEWS = {"id": "news", "carries": "work", "ordering": "per-key"}


def files_of(book: Book, lang: Lang = "en") -> dict[str, str]:
    plan = plan_for(
        advise(
            make_requirements({"components": [{**DAY, "publishes": ["news"]}], "stores": STORES, "channels": [NEWS]}),
            book,
        )
    )
    return {path: content.decode() for path, content in project_files(plan, "sam", lang, permissions_of(plan)).items()}


def test_a_repetition_with_other_totals_is_a_result_of_its_own(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    items: list[dict[str, Any]] = [{"id": "p1", "amount": 100}]
    kept: dict[str, Any] = {}
    sent: list[dict[str, Any]] = []
    ledger, files, news = (ModuleType(name) for name in ("store_ledger", "store_files", "channel_news"))
    vars(ledger)["read_all"] = lambda: iter(items)
    # A store that keeps what is there, as each client does.
    vars(files).update(put_once=lambda item: kept.setdefault(item["id"], json.dumps(item)), put_file=lambda *_: None)
    vars(news)["send"] = sent.append
    for module in (ledger, files, news):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    service: Any = ModuleType("service")
    exec(files_of(book)["src/day/service.py"], vars(service))
    service.run("r1")
    first = dict(kept)
    service.run("r1")
    assert kept == first
    items.append({"id": "p2", "amount": 900})
    service.run("r1")
    assert [sent[0]["id"], sent[0]["id"]] == [sent[1]["id"], *first]
    assert [json.loads(kept[message["key"]])["sums"]["amount"] for message in sent] == [100, 100, 1000]
    # Results of one run arrive in order.
    assert {message["ordering_key"] for message in sent} == {"r1"}


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "stores its totals under a new ID, as a correction"), ("ja", "訂正として別の ID で保存")]
)
def test_the_readme_says_what_a_repetition_does(book: Book, lang: Lang, words: str) -> None:
    assert words in files_of(book, lang)["README.md"]


@pytest.mark.parametrize(("lang", "words"), [("en", "send the correction too"), ("ja", "訂正も送信します")])
def test_the_readme_names_receivers_only_where_results_are_sent(book: Book, lang: Lang, words: str) -> None:
    words = words.replace("send the", "sends the")
    alone = plan_for(advise(make_requirements({"components": [DAY], "stores": STORES}), book))
    assert words in files_of(book, lang)["README.md"]
    assert words not in project_files(alone, "sam", lang, permissions_of(alone))["README.md"].decode()
