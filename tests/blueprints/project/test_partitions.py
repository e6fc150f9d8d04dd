"""A partition of a store is selected in the store: a part of a parallel run reads no items of the other parts."""

import re
import sqlite3
from collections.abc import Mapping
from functools import partial
from hashlib import md5
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

ITEMS, SIZE = 500, 7
LANGUAGES = {"python": "src/export/store_rows.py", "nodejs": "src/export/store-rows.ts"}


def _project(book: Book, store: Mapping[str, Any], language: str) -> dict[str, str]:
    api = {"id": "api", "title": "Desk", "trigger": "request", "reads": ["rows"], "writes": ["rows"]}
    export = {
        "id": "export", "title": "Export", "trigger": "schedule", "schedule_expression": "rate(1 day)",
        "parallel_items": SIZE, "longest_run_s": 240, "language": language, "reads": ["rows"], "writes": ["files"],
    }  # fmt: skip
    stores = [{"id": "rows", "title": "Rows", **store}, {"id": "files", "title": "Files", "access": "objects"}]
    design = advise(make_requirements({"components": [api, export], "stores": stores}), book)
    target = "sam" if language == "python" else "cdk-typescript"
    return {path: data.decode() for path, data in blueprints.build(design, target, lang="en", extras={}).items()}


def _table(project: Mapping[str, str]) -> sqlite3.Connection:
    """Return a table that the migration of a project makes, with items."""
    sql = sqlite3.connect(":memory:")
    hashed = lambda id: md5(id.encode(), usedforsecurity=False).hexdigest()  # noqa: E731
    sql.create_function("md5", 1, hashed, deterministic=True)
    sql.create_function("octet_length", 1, lambda text: len(text.encode()), deterministic=True)
    sql.executescript(project["migrations/rows/0001_create_rows_items.sql"].replace("INDEX ASYNC", "INDEX"))
    rows = [(f"i{number}", "", f'{{"id": "i{number}"}}') for number in range(ITEMS)]
    sql.executemany("INSERT INTO rows_items (id, owner, item) VALUES (?, ?, ?)", rows)
    return sql


def _read(module: str, sql: sqlite3.Connection, index: int) -> tuple[list[str], int]:
    """Return the ids of a partition, and how many rows the database returned for it."""
    returned = 0

    def run(statement: str, **values: str) -> list[list[Any]]:
        nonlocal returned
        found = [list(row) for row in sql.execute(statement, values)]
        plan = " ".join(str(row) for row in sql.execute(f"EXPLAIN QUERY PLAN {statement}", values))
        assert "rows_items_part" in plan
        returned += len(found)
        return found

    names: dict[str, Any] = {"_run": run}
    code = module[module.index("def read_part") :]
    functions = re.findall(r"^def (?:read_part|_page)\(.*?(?=^\S|\Z)", code, re.MULTILINE | re.DOTALL)
    constants = re.findall(r"^(?:HASHES|LARGEST_PAGE) = .*$", module, re.MULTILINE)
    head = "import json\nfrom collections.abc import Iterator\nfrom hashlib import md5\nfrom typing import Any\nItem = dict\n"
    exec("\n".join([head, *constants, *functions, "_item = lambda row: json.loads(row[0])"]), names)
    return [item["id"] for item in names["read_part"](index, SIZE)], returned


@pytest.mark.parametrize("answers", [{"always_awake": True}, {"core_sql": True}], ids=["data-api", "dsql"])
def test_each_part_reads_its_own_rows_by_an_index(answers: Mapping[str, Any], book: Book) -> None:
    project = _project(book, {"access": "relational", **answers}, "python")
    read = partial(_read, project[LANGUAGES["python"]], _table(project))
    parts = [read(index) for index in range(SIZE)]
    assert sorted(id for ids, _ in parts for id in ids) == sorted(f"i{number}" for number in range(ITEMS))
    # Each part is about a seventh of the table.
    assert all(returned == len(ids) < ITEMS / SIZE * 1.6 for ids, returned in parts)


@pytest.mark.parametrize("answers", [{"always_awake": True}, {"core_sql": True}, {"core_sql": False}])
def test_no_language_filters_rows_in_the_program(answers: Mapping[str, Any], book: Book) -> None:
    for language, path in LANGUAGES.items():
        module = _project(book, {"access": "relational", **answers}, language)[path]
        assert "crc32" not in module
        assert "ORDER BY part_key" in module or "'part_key'" in module or '"part_key"' in module


def test_the_content_of_other_files_is_not_read(book: Book) -> None:
    for language, path in LANGUAGES.items():
        module = _project(book, {"access": "files"}, language)[path]
        assert "wanted(" in module
