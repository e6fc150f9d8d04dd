"""Direct downloads: programs that answer with links, the keys of those that write, and the designs that keep a warning."""

import re
from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.graph_builder.large_answers import DIRECT_DOWNLOADS
from advisor.requirements import make_requirements

WARNING = "objects-exceed-the-response"
STORE = {"id": "exports", "title": {"en": "Exports", "ja": "出力"}, "access": "objects", "item_bytes": "1 GiB"}
API = {"id": "downloads", "trigger": "request", "authentication": "sign-up", "reads": ["exports"]}
WORK = {"id": "export", "trigger": "message", "listens_to": "requests", "writes": ["exports"]}
CHANNEL = {"id": "requests", "carries": "work"}


def designed(
    book: Book, *components: dict[str, Any], stores: tuple[dict[str, Any], ...] = (STORE,), **workload: Any
) -> Design:
    raw = {"workload": workload, "components": [*components], "channels": [CHANNEL], "stores": [*stores]}
    return advise(make_requirements(raw), book)


def links(design: Design) -> bool:
    return bool(design.architecture.node("exports.store").settings.get(DIRECT_DOWNLOADS))


def warned(design: Design) -> bool:
    return WARNING in {one.id for one in design.decision.warnings}


def files_of(design: Design, target: str, lang: str = "en") -> dict[str, str]:
    built = blueprints.build(design, target, lang=lang, extras={})  # type: ignore[arg-type]
    return {path: text.decode() for path, text in built.items()}


def test_objects_above_the_response_limit_are_links_and_need_no_warning(book: Book) -> None:
    design = designed(book, API, WORK)
    assert (links(design), warned(design)) == (True, False)


@pytest.mark.parametrize(
    ("components", "store", "warns"),
    [
        # Smaller objects are answered with their content.
        ((API, WORK), {**STORE, "item_bytes": "1 MiB"}, False),
        # The program of the callers writes, too.
        (({**API, "writes": ["exports"]}, WORK), STORE, True),
        # Another program reads what the writer has stored, by its id.
        ((API, WORK, {"id": "after", "trigger": "message", "listens_to": "requests", "reads": ["exports"]}), STORE, True),
        # New objects start something.
        ((API, WORK, {"id": "after", "trigger": "event", "event_source": "s3-object", "listens_to": "exports"}), STORE, True),
        # Nobody writes: the keys are those of another system.
        ((API,), STORE, False),
    ],
)  # fmt: skip
def test_other_buckets_keep_their_keys(
    components: tuple[dict[str, Any], ...], store: dict[str, Any], warns: bool, book: Book
) -> None:
    design = designed(book, *components, stores=(store,))
    assert (links(design), warned(design)) == (False, warns)


@pytest.mark.parametrize(("target", "client", "key"), [
    ("sam", "store_exports.py", r"def _key\(owner: str, id: str\) -> str:\n.*\n    return (.*)\n"),
    ("cdk-python", "store_exports.py", r"def _key\(owner: str, id: str\) -> str:\n.*\n    return (.*)\n"),
    ("cdk-typescript", "store-exports.ts", r"function keyOf\(owner: string, id: string\): string \{\n  return (.*)\n"),
])  # fmt: skip
def test_the_reader_finds_what_the_writer_has_written(target: str, client: str, key: str, book: Book) -> None:
    files = files_of(designed(book, API, WORK), target)
    reader, writer = (files[f"src/{id}/{client}"] for id in ("downloads", "export"))
    (read,), (written,) = (re.findall(key, text) for text in (reader, writer))
    assert read == written
    assert "DOWNLOADS" in read
    # Neither a list nor a read loads the content.
    assert "get_object(" not in reader
    assert "new GetObjectCommand" not in reader


def test_related_objects_are_links_too(book: Book) -> None:
    orders = {"id": "orders", "access": "key-value"}
    api = {**API, "reads": ["orders", "exports"], "writes": ["orders"]}
    design = designed(book, api, WORK, stores=(orders, STORE))
    assert links(design)
    service = files_of(design, "sam")["src/downloads/service.py"]
    assert 'item["exports"] = store_exports.find(' in service


def test_totals_and_their_tables_are_in_the_folder_of_their_owner(book: Book) -> None:
    orders = {"id": "orders", "access": "key-value"}
    nightly = {"id": "nightly", "trigger": "schedule", "reads": ["orders"]}
    design = designed(book, API, {**nightly, "writes": ["exports"]}, stores=(orders, STORE))
    files = files_of(design, "sam")
    assert (
        'put_file(f"{summary[\'id\']}/per-day.csv", table(summary).encode(), "text/csv", '
        in files["src/nightly/service.py"]
    )
    assert "Key=_key(owner, key)" in files["src/nightly/store_exports.py"]


def test_the_pages_of_the_site_may_follow_a_link(book: Book) -> None:
    text = files_of(designed(book, {**API, "static_site": True}, WORK), "sam")["template.yaml"]
    rules = yaml.load(text, yaml.BaseLoader)["Resources"]["ExportsBucket"]["Properties"]["CorsConfiguration"]
    assert [rule["AllowedMethods"] for rule in rules["CorsRules"]] == [["GET"]]


@pytest.mark.parametrize(("lang", "move"), [("en", "Move each of them"), ("ja", "1 件ずつ移動")])
def test_the_readme_says_what_callers_get_and_how_older_objects_move(lang: str, move: str, book: Book) -> None:
    readme = files_of(designed(book, API, WORK), "sam", lang)["README.md"]
    assert move in readme
    assert "`src/downloads`" in readme
    assert "downloads/everyone" not in readme
    small = designed(book, API, WORK, stores=({**STORE, "item_bytes": "1 MiB"},))
    assert move not in files_of(small, "sam", lang)["README.md"]
