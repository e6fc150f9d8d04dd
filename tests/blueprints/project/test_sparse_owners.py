"""Tables with many writes of items that nobody owns: the index by owner leaves these out, in all targets and languages."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from prove.behaviour.running.cloud import Table
from prove.behaviour.running.sdk import TableResource

TARGETS = [target.id for target in blueprints.TARGETS]


def shared(book: Book, peak: str, **answers: Any) -> Design:
    api = {"id": "api", "trigger": "request", "rate_average_rps": "10/s", "rate_peak_rps": peak, **answers}
    stores = [{"id": "db", "title": "Db", "access": "key-value"}]
    return advise(
        make_requirements({"components": [{**api, "reads": ["db"], "writes": ["db"]}], "stores": stores}), book
    )


def devices(book: Book) -> Design:
    """Records of devices, whose latest state people list, and commands of these people in the same table."""
    given = {
        "components": [
            {"id": "latest", "trigger": "stream", "listens_to": "readings", "typical_run_s": 0.01, "writes": ["db"]},
            {"id": "desk", "trigger": "request", "authentication": "sign-up", "reads": ["db"], "publishes": ["orders"]},
            {"id": "command", "trigger": "message", "listens_to": "orders", "writes": ["db"]},
            {"id": "after", "trigger": "event", "event_source": "table-change", "listens_to": "db"},
        ],
        "channels": [
            {
                "id": "readings",
                "carries": "records",
                "message_bytes": 2048,
                "rate_average_rps": 1500,
                "rate_peak_rps": 4000,
            },
            {"id": "orders", "carries": "work"},
        ],
        "stores": [{"id": "db", "title": "Db", "access": "key-value"}],
    }
    return advise(make_requirements(given), book)


def files_of(design: Design, target: str) -> dict[str, str]:
    return {path: text.decode() for path, text in blueprints.build(design, target, lang="en", extras={}).items()}


def tables(files: dict[str, str]) -> dict[str, Any]:
    resources = yaml.load(files["template.yaml"], yaml.BaseLoader)["Resources"]
    return {id: one for id, one in resources.items() if one["Type"].startswith("AWS::DynamoDB::")}


def index_key(files: dict[str, str]) -> str:
    (table,) = (one["Properties"] for one in tables(files).values() if one["Properties"].get("GlobalSecondaryIndexes"))
    return str(table["GlobalSecondaryIndexes"][0]["KeySchema"][0]["AttributeName"])


def store_of(design: Design, resource: TableResource, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return the module with the items of the program `api`, as a release of the design has it, over a table."""
    sdk = SimpleNamespace(resource=lambda *_, **__: SimpleNamespace(Table=lambda _name: resource))
    for name, module in {"boto3": sdk, "timeouts": SimpleNamespace(CALL=None)}.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("DB_TABLE_NAME", "db")
    names: dict[str, Any] = {}
    exec(files_of(design, "sam")["src/api/store_db.py"], names)
    return SimpleNamespace(**names)


@pytest.mark.parametrize("access", [{"authentication": "none"}, {"authentication": "sign-up", "open_reads": True}])
@pytest.mark.parametrize("peaks", [("1000/s", "1001/s"), ("900/s", "3000/s")])
def test_a_higher_rate_changes_no_table(peaks: tuple[str, str], access: dict[str, Any], book: Book) -> None:
    """An update cannot change the key of an index, so the second release of a project could not be deployed."""
    few, many = (shared(book, peak, **access) for peak in peaks)
    assert [design.architecture.of_service("dynamodb")[0].settings["sparse_owners"] for design in (few, many)] == [
        False,
        True,
    ]
    for design in (few, many):
        assert "budget-writes" not in {one.id for one in design.decision.warnings}
    made, updated = (tables(files_of(design, "sam")) for design in (few, many))
    assert "GlobalSecondaryIndexes" in str(made)
    assert made == updated


@pytest.mark.parametrize("target", [one for one in TARGETS if one.startswith("cdk-")])
def test_a_higher_rate_changes_no_construct_of_a_table(target: str, book: Book) -> None:
    few, many = (files_of(shared(book, peak, authentication="none"), target) for peak in ("1000/s", "1001/s"))
    (path,) = (path for path in few if path.endswith(("components/stores.ts", "components/stores.py")))
    assert few[path] == many[path]


def test_a_release_finds_what_one_with_another_rate_has_stored(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = SimpleNamespace(writing=lambda *_: None, looked_up=lambda *_: None, listing=lambda *_, **__: None)
    rows = Table("db", "pk", {"owner": ("owner", "pk")})
    few, many = (
        store_of(shared(book, peak, authentication="none"), TableResource(unseen, rows), monkeypatch)  # type: ignore[arg-type]
        for peak in ("1000/s", "1001/s")
    )
    item = {"owner": "everyone", "name": "desk", "etag": "v0000000000001-a"}
    later = {**item, "name": "chair", "etag": "v0000000000002-b"}
    assert few.put_once({**item, "id": "early"})
    assert few.put_once({**item, "id": "anns", "owner": "ann"})
    assert many.put_once({**item, "id": "late"})
    # The release with the higher rate lists the items of both, and does not write to the key of all shared items.
    assert {one["id"] for one in many.owned_by("everyone")[0]} == {"early", "late"}
    assert [one["id"] for one in many.owned_by("ann")[0]] == ["anns"]
    assert "owner" not in rows.items["late"]
    for release in (few, many):
        assert {id: release.get(id)["owner"] for id in rows.items} == {
            "early": "everyone",
            "late": "everyone",
            "anns": "ann",
        }
        assert not release.replace({**later, "id": "anns"}, item["etag"])
    # A change takes an item out of the index or, after a return to the lower rate, brings it back into lists.
    assert many.replace({**later, "id": "early"}, item["etag"])
    assert "owner" not in rows.items["early"]
    assert few.owned_by("everyone")[0] == []
    assert few.replace({**later, "id": "late"}, item["etag"])
    assert few.replace({**later, "id": "early", "etag": "v0000000000003-c"}, later["etag"])
    assert {one["id"] for one in few.owned_by("everyone")[0]} == {"early", "late"}


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "has the same table and index"), ("ja", "テーブルとインデックスは同じ")]
)
def test_the_readme_says_what_another_rate_changes(book: Book, lang: Any, words: str) -> None:
    for peak, said in (("1000/s", False), ("1001/s", True)):
        files = blueprints.build(shared(book, peak, authentication="none"), "sam", lang=lang, extras={})
        assert (words in files["README.md"].decode()) is said


def test_items_of_known_callers_stay_in_the_index(book: Book) -> None:
    assert index_key(files_of(shared(book, "5000/s", authentication="sign-up"), "sam")) == "owner"


@pytest.mark.parametrize("target", TARGETS)
def test_programs_keep_shared_items_out_of_the_index_and_list_them_by_scans(target: str, book: Book) -> None:
    files = files_of(devices(book), target)
    suffix, store, scanned, kept = (
        ("ts", "store-db", "FilterExpression: 'attribute_not_exists(#owner) OR #owner = :owner'", "...kept(item)")
        if target == "cdk-typescript"
        else ("py", "store_db", 'Attr("owner").not_exists() | Attr("owner").eq(owner)', "**_kept(item)")
    )
    assert scanned in files[f"src/desk/{store}.{suffix}"]
    for writer in ("latest", "command"):
        assert kept in files[f"src/{writer}/{store}.{suffix}"]
    # What hears of changes of the table gets an owner.
    assert "internal:" in files[f"src/after/message.{suffix}"]
    assert "set `owner` for items of a user only" in files["README.md"]


def test_a_graphql_api_without_a_program_keeps_its_index_and_is_warned_of(book: Book) -> None:
    design = shared(book, "2000/s", protocol="graphql", logic="none", api_keys=True)
    (table,) = design.architecture.of_service("dynamodb")
    assert "sparse_owners" not in table.settings


def test_tests_expect_the_owner_of_shared_items_that_callers_get_with_their_own(book: Book) -> None:
    given = {
        "components": [
            {"id": "latest", "trigger": "stream", "listens_to": "readings", "typical_run_s": 0.01, "writes": ["db"]},
            {
                "id": "desk",
                "trigger": "request",
                "authentication": "sign-up",
                "reads": ["own", "db"],
                "writes": ["own"],
            },
        ],
        "channels": [{"id": "readings", "carries": "records", "rate_average_rps": 1500, "rate_peak_rps": 4000}],
        "stores": [{"id": "own"}, {"id": "db"}],
    }
    contents = files_of(advise(make_requirements(given), book), "sam")
    # The program names the owner of an item whose row has none, and so does the test.
    assert "everyone" in contents["src/desk/store_db.py"]
    test = contents["tests/test_desk.py"]
    assert 'program.fakes.store_db.put({"id": "i1", "owner": "everyone", "colour": "red"})' in test
    assert 'assert item["db"] == {"id": "i1", "owner": "everyone", "colour": "red"}' in test
