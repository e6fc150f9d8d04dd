"""Tables with many writes of items that nobody owns: the index by owner leaves these out, in all targets and languages."""

from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements

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


def index_key(files: dict[str, str]) -> str:
    resources = yaml.load(files["template.yaml"], yaml.BaseLoader)["Resources"]
    (table,) = (one["Properties"] for one in resources.values() if one["Properties"].get("GlobalSecondaryIndexes"))
    return str(table["GlobalSecondaryIndexes"][0]["KeySchema"][0]["AttributeName"])


@pytest.mark.parametrize("access", [{"authentication": "none"}, {"authentication": "sign-up", "open_reads": True}])
def test_the_index_has_no_key_for_all_where_it_could_not_take_the_writes(access: dict[str, Any], book: Book) -> None:
    few, many = shared(book, "1000/s", **access), shared(book, "1001/s", **access)
    assert index_key(files_of(few, "sam")) == "owner"
    assert index_key(files_of(many, "sam")) == "owner_key"
    for design in (few, many):
        assert "budget-writes" not in {one.id for one in design.decision.warnings}
    assert "GlobalSecondaryIndexes" in files_of(many, "sam")["template.yaml"]


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "cannot change the key of an index"), ("ja", "インデックスのキーは更新では変更できない")]
)
def test_the_readme_says_how_a_deployed_index_gets_its_new_key(book: Book, lang: Any, words: str) -> None:
    for peak, said in (("1000/s", False), ("1001/s", True)):
        files = blueprints.build(shared(book, peak, authentication="none"), "sam", lang=lang, extras={})
        assert (words in files["README.md"].decode()) is said


def test_items_of_known_callers_stay_in_the_index(book: Book) -> None:
    assert index_key(files_of(shared(book, "5000/s", authentication="sign-up"), "sam")) == "owner"


@pytest.mark.parametrize("target", TARGETS)
def test_programs_keep_shared_items_out_of_the_index_and_list_them_by_scans(target: str, book: Book) -> None:
    files = files_of(devices(book), target)
    suffix, words = (
        ("ts", ("FilterExpression: '#owner = :owner'", "owner_key: owner", "delete stored.owner_key", "delete row.owner_key"))
        if target == "cdk-typescript"
        else ("py", ('FilterExpression=Attr("owner").eq(owner)', '"owner_key": owner', 'name != "owner_key"', 'name != "owner_key"'))
    )  # fmt: skip
    store = "store-db" if suffix == "ts" else "store_db"
    scanned, keyed, removed, dropped = words
    assert scanned in files[f"src/desk/{store}.{suffix}"]
    for writer in ("latest", "command"):
        assert keyed in files[f"src/{writer}/{store}.{suffix}"]
        assert removed in files[f"src/{writer}/{store}.{suffix}"]
    # What hears of changes of the table does not get the key.
    assert dropped in files[f"src/after/message.{suffix}"]
    assert "omit it for shared items" in files["README.md"]


def test_what_a_caller_says_of_the_key_does_not_count(book: Book) -> None:
    """A caller that could set the key would put an item into the list of somebody else."""
    text = files_of(shared(book, "2000/s", authentication="none"), "sam")["src/api/store_db.py"]
    names: dict[str, Any] = {"Item": dict, "Any": Any, "SHARED": "everyone", "Decimal": int}
    start = text.index("def _kept(")
    exec(text[start : text.index("def _stored(")] + "def _stored(value): return value", names)
    kept = names["_kept"]
    assert kept({"id": "i", "owner": "everyone", "owner_key": "eve"}) == {"id": "i", "owner": "everyone"}
    assert kept({"id": "i", "owner": "ann", "owner_key": "eve"})["owner_key"] == "ann"
    assert "owner_key" not in kept({"id": "i", "owner": "internal:latest", "owner_key": "eve"})


def test_a_graphql_api_without_a_program_keeps_its_index_and_is_warned_of(book: Book) -> None:
    design = shared(book, "2000/s", protocol="graphql", logic="none", api_keys=True)
    (table,) = design.architecture.of_service("dynamodb")
    assert "sparse_owners" not in table.settings
