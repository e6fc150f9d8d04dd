"""Media types with parameters, JSON content that a table takes, and reads of what a message is about."""

import re
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.shared.openapi import MEDIA_TYPE


@pytest.mark.parametrize(
    ("media_type", "valid"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ("text/csv;charset=utf-8; header=present", True),
        ("text/html; charset", False),
        ("text/html\r\nx-amz-acl: public-read", False),
        ("text/html; a=b\nc=d", False),
    ],
)
def test_media_types_may_have_parameters(media_type: str, valid: bool) -> None:
    assert bool(re.search(MEDIA_TYPE, media_type)) == valid


def _files(book: Book, results: str) -> dict[str, str]:
    work = {"id": "work", "listens_to": "asked", "longest_run_s": 5, "reads": ["files", "rows"], "writes": ["results"]}
    stores = [
        {"id": "files", "access": "objects"},
        {"id": "rows", "access": "key-value"},
        {"id": "results", "access": results},
    ]
    answers: dict[str, Any] = {"components": [work], "stores": stores, "channels": [{"id": "asked"}]}
    made = blueprints.build(advise(make_requirements(answers), book), "sam", lang="en", extras={})
    return {path: content.decode() for path, content in made.items() if path.startswith("src/")}


def test_a_result_in_a_table_holds_only_content_that_fits(book: Book) -> None:
    assert "LARGEST_CONTENT = 190000" in _files(book, "key-value")["src/work/store_files.py"]
    assert "LARGEST_CONTENT" not in _files(book, "objects")["src/work/store_files.py"]


def test_a_message_may_be_about_what_was_just_written(book: Book) -> None:
    assert "ConsistentRead=True" in _files(book, "key-value")["src/work/store_rows.py"]


@pytest.mark.parametrize(
    ("language", "lang", "words"),
    [("java", "en", "specify Java for"), ("csharp", "ja", "C# が"), ("custom", "en", "specify a custom runtime for")],
)
def test_a_language_that_nothing_is_written_in_has_its_own_name(
    language: str, lang: Any, words: str, book: Book
) -> None:
    component = {"id": "api", "trigger": "request", "language": language}
    made = advise(make_requirements({"components": [component]}), book)
    assert words in blueprints.build(made, "sam", lang=lang, extras={})["README.md"].decode()
