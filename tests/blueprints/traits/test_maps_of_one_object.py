"""A distributed map that the arrival of an object starts is about this object; other maps list the bucket."""

import json
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

IMPORT: dict[str, Any] = {
    "id": "import",
    "trigger": "event",
    "event_source": "s3-object",
    "listens_to": "lists",
    "steps": 2,
    "retries": True,
    "parallel_items": 5000,
    "longest_run_s": "30 s",
    "reads": ["lists"],
    "writes": ["prices"],
}
STORES = [{"id": "lists", "access": "objects"}, {"id": "prices", "access": "key-value"}]


def project(book: Book, target: str, lang: str = "en", **answers: Any) -> dict[str, str]:
    """Return the texts of a project with one workflow over the objects of a bucket."""
    component = {name: value for name, value in {**IMPORT, **answers}.items() if value is not None}
    said = {"title": "Imports", "components": [component], "stores": STORES}
    files = blueprints.build(advise(make_requirements(said), book), target, lang=lang, extras={})  # type: ignore[arg-type]
    return {path: content.decode() for path, content in files.items() if path.endswith((".json", ".md"))}


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_the_object_of_the_event_is_the_only_item(target: str, book: Book) -> None:
    files = project(book, target)
    definition = json.loads(files["statemachine/import.asl.json"])
    states = definition["States"]
    assert "ItemReader" not in states["Map"]
    assert states["Map"]["ItemsPath"] == "$.uploaded.objects"
    taken = states[definition["StartAt"]]
    assert taken["Parameters"]["objects"][0]["Key.$"] == "$.detail.object.key"
    assert taken["ResultPath"] == "$.uploaded"
    assert "whose arrival started it. The map has this one item" in files["README.md"]


def test_the_timeout_is_that_of_one_item(book: Book) -> None:
    found = json.loads(project(book, "sam")["statemachine/import.asl.json"])
    once = found["States"]["Map"]["ItemProcessor"]["States"]["Step1"]["TimeoutSeconds"]
    # Two steps with three retries each, and the waits between them.
    assert 2 * 4 * once <= found["TimeoutSeconds"] < 3600


def test_a_map_that_a_schedule_starts_lists_the_bucket(book: Book) -> None:
    files = project(book, "sam", trigger="schedule", event_source=None, listens_to=None)
    states = json.loads(files["statemachine/import.asl.json"])["States"]
    assert states["Map"]["ItemReader"]["Resource"].endswith("s3:listObjectsV2")
    assert "UploadedObject" not in states


def test_the_readme_says_so_in_japanese(book: Book) -> None:
    assert "マップの項目はこの 1 件です" in project(book, "sam", "ja")["README.md"]
