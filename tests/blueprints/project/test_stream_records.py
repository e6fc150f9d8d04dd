"""Records of a stream: what tells two records about one item apart, and what a producer sends for that."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang


def files(book: Book, target: str, lang: Lang = "en", **work: Any) -> dict[str, str]:
    raw = {
        "components": [{"id": "work", "trigger": "stream", "listens_to": "moves", "writes": ["kept"], **work}],
        "channels": [{"id": "moves", "carries": "records", "ordering": "per-key", "replay": True}],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    found = blueprints.build(advise(make_requirements(raw), book), target, lang=lang, extras={})
    return {path: content.decode() for path, content in found.items() if path == "README.md" or path.startswith("src/")}


@pytest.mark.parametrize(
    ("target", "shell", "call"),
    [
        ("sam", "app.py", "message.of_record(record.kinesis.data_as_text(), record.event_id)"),
        ("cdk-python", "app.py", "message.of_record(record.kinesis.data_as_text(), record.event_id)"),
        ("cdk-typescript", "app.ts", "message.ofRecord(text, record.eventID)"),
    ],
)
def test_a_function_hands_over_the_id_of_the_record(book: Book, target: str, shell: str, call: str) -> None:
    assert call in files(book, target)[f"src/work/{shell}"]


@pytest.mark.parametrize(("target", "file"), [("sam", "message.py"), ("cdk-typescript", "message.ts")])
def test_a_workflow_reads_the_id_of_the_record_that_a_pipe_hands_over(book: Book, target: str, file: str) -> None:
    text = files(book, target, steps=3, retries=True)[f"src/work/{file}"]
    assert "eventID" in text
    assert "of_record(" in text or "ofRecord(" in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_says_what_a_producer_sends(book: Book, lang: Lang) -> None:
    words = {"en": "shard and sequence number", "ja": "シャードとシーケンス番号"}[lang]
    assert words in files(book, "sam", lang)["README.md"]
