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


ARCHIVE: dict[str, Any] = {
    "components": [
        {"id": "archiver", "trigger": "stream", "listens_to": "moves", "writes": ["archive"]},
        {
            "id": "report", "trigger": "schedule", "schedule_expression": "rate(1 day)", "reads": ["archive"],
            "writes": ["reports"],
        },
    ],
    "channels": [{"id": "moves", "carries": "records", "ordering": "per-key", "replay": True}],
    "stores": [{"id": "archive", "access": "objects"}, {"id": "reports", "access": "objects"}],
}  # fmt: skip


def archived(book: Book, target: str, lang: Lang = "en", **more: Any) -> dict[str, str]:
    """Return the texts of a project that archives a stream; `more` components have their own part."""
    raw = {**ARCHIVE, "components": [*ARCHIVE["components"], *more.get("components", ())]}
    found = blueprints.build(advise(make_requirements(raw), book), target, lang=lang, extras={})
    return {path: content.decode() for path, content in found.items() if path == "README.md" or path.startswith("src/")}


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_an_archive_has_one_object_for_a_batch_and_its_readers_know_it(book: Book, target: str) -> None:
    made = archived(book, target)
    name, end = ("store-archive", "ts") if target == "cdk-typescript" else ("store_archive", "py")
    writing, reading = made[f"src/archiver/{name}.{end}"], made[f"src/report/{name}.{end}"]
    assert "put_batch" in writing or "putBatch" in writing
    assert "put_once" not in writing
    assert "putOnce" not in writing
    assert ".jsonl" in writing
    assert ".jsonl" in reading


def test_an_archive_in_which_objects_are_looked_up_has_one_for_each_record(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "reads": ["archive"]}
    made = archived(book, "sam", components=[api])
    assert "def put_batch" not in made["src/archiver/store_archive.py"]
    assert "put_once" in made["src/archiver/store_archive.py"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_says_what_an_object_of_an_archive_contains(book: Book, lang: Lang) -> None:
    words = {"en": "one JSON value per line", "ja": "1 行が 1 つの JSON 値"}[lang]
    assert words in archived(book, "sam", lang)["README.md"]


@pytest.mark.parametrize(
    ("target", "shell"), [("sam", "app.py"), ("cdk-python", "app.py"), ("cdk-typescript", "app.ts")]
)
def test_records_behind_a_failure_are_not_processed(book: Book, target: str, shell: str) -> None:
    text = files(book, target)[f"src/work/{shell}"]
    assert "process_partial_response" not in text
    assert "processPartialResponse" not in text
    assert "if number == 0:" in text or "if (number === 0)" in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_moves_no_positions_back_and_says_how_long_records_stay(book: Book, lang: Lang) -> None:
    text = files(book, "sam", lang)["README.md"]
    moves = {"en": "move the messages back", "ja": "元のキューに戻します"}[lang]
    assert moves not in text
    assert {"en": "so older records are lost", "ja": "それより古いレコードは読み取れません"}[lang] in text
