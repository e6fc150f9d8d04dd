"""Results of work where others keep items: they replace none, are where readers look, and no list shows them alone."""

import json
import re
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files
from tests.blueprints.templates import of_type
from tests.blueprints.translation import translated

READERS = ("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe")
TARGETS = ("sam", "cdk-typescript")
HEARD = {"trigger": "message", "longest_run_s": "5 s"}
TABLE = {"trigger": "event", "event_source": "table-change", "listens_to": "orders"}
SHOP = {"id": "shop", "trigger": "request", "reads": ["orders"], "writes": ["orders"]}


def files_of(answers: dict[str, Any], book: Book, target: str = "sam") -> dict[str, str]:
    plan = plan_for(advise(make_requirements(answers), book))
    found = project_files(plan, target, "en", permissions_of(plan))
    return {path: content.decode() for path, content in found.items()}


def source(files: dict[str, str], target: str, program: str, module: str) -> str:
    name = f"{module.replace('_', '-')}.ts" if target == "cdk-typescript" else f"{module}.py"
    return files[f"src/{program}/{name}"]


def sold(store: dict[str, Any], **bill: Any) -> dict[str, Any]:
    return {
        "components": [
            {**SHOP, "publishes": ["sold"]},
            {"id": "bill", **HEARD, "listens_to": "sold", "writes": ["orders"], **bill},
        ],
        "channels": [{"id": "sold", "carries": "event"}],
        "stores": [{"id": "orders", "access": "relational", **store}],
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("store", "kind"),
    [({"core_sql": True, "shape": "rare"}, "text"), ({}, "jsonb"), ({"shape": "steady"}, "jsonb")],
    ids=["distributed", "data-api", "instance"],
)
def test_a_result_is_a_column_beside_the_item_of_a_row(
    book: Book, target: str, store: dict[str, Any], kind: str
) -> None:
    files = files_of(sold(store, steps=2, compensation=True, retries=True), book, target)
    assert f"COLUMN IF NOT EXISTS bill_result {kind};" in files["migrations/orders/0002_add_bill_result.sql"]
    writer, reader = (source(files, target, program, "store_orders") for program in ("bill", "shop"))
    assert "SET bill_result = " in writer
    assert "INSERT INTO" not in writer
    assert "SELECT item, bill_result FROM orders_items" in reader


@pytest.mark.parametrize("target", TARGETS)
def test_a_table_that_nobody_works_on_has_no_further_column(book: Book, target: str) -> None:
    answers = sold({}) | {"components": [SHOP], "channels": []}
    files = files_of(answers, book, target)
    assert [path for path in files if path.startswith("migrations/orders/0002")] == []
    assert "SELECT item FROM orders_items" in source(files, target, "shop", "store_orders")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("related", [True, False])
def test_what_the_only_writer_of_a_store_makes_is_the_item(book: Book, target: str, related: bool) -> None:
    """Its changes lead to other programs, and not to the writer. Programs that look it up use the key of their message."""
    scans = {"id": "scans", "trigger": "stream", "listens_to": "scanned", "writes": ["parcels"], "publishes": ["odd"]}
    answers = {
        "components": [
            scans,
            {"id": "router", **HEARD, "listens_to": "odd", "reads": ["parcels"], "writes": ["plans"]},
            {"id": "changes", "trigger": "event", "event_source": "table-change", "listens_to": "parcels"},
            *([{**SHOP, "reads": ["orders", "parcels"]}] if related else []),
        ],
        "channels": [{"id": "scanned", "carries": "records"}, {"id": "odd", "carries": "work"}],
        "stores": [
            {"id": "parcels", "access": "key-value"},
            {"id": "plans", "access": "objects"},
            *([{"id": "orders", "access": "key-value"}] if related else []),
        ],
    }
    files = files_of(answers, book, target)
    assert "results/" not in source(files, target, "scans", "store_parcels")
    assert "results/" not in source(files, target, "scans", "service")
    assert "id: about" in source(files, target, "scans", "service").replace('"id"', "id")


@pytest.mark.parametrize("target", TARGETS)
def test_a_result_whose_item_starts_its_work_is_shown_with_the_item_alone(book: Book, target: str) -> None:
    enrich = {"id": "enrich", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    answers = {
        "components": [SHOP, {**enrich, "writes": ["orders"]}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    files = files_of(answers, book, target)
    assert "results/" in source(files, target, "enrich", "store_orders")
    assert "internal:enrich" in source(files, target, "enrich", "service")
    assert "results/" in source(files, target, "shop", "service")
    assert "enrich_result" in source(files, target, "shop", "service")


@pytest.mark.parametrize("target", TARGETS)
def test_a_store_whose_changes_start_others_takes_results_as_attributes(book: Book, target: str) -> None:
    settle = {"id": "settle", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    asked = sold({"access": "key-value"})
    files = files_of(asked | {"components": [*asked["components"], settle]}, book, target)
    store = source(files, target, "bill", "store_orders")
    assert "bill_result" in store
    assert "results/" not in store


@pytest.mark.parametrize("target", TARGETS)
def test_an_object_of_a_caller_is_not_replaced_after_another_program(book: Book, target: str) -> None:
    """The program between passes the message on under the id of the item."""
    asked = sold({"access": "objects"}, listens_to="packed")
    pack = {"id": "pack", **HEARD, "listens_to": "sold", "publishes": ["packed"]}
    channels = [*asked["channels"], {"id": "packed", "carries": "event"}]
    files = files_of(asked | {"components": [*asked["components"], pack], "channels": channels}, book, target)
    assert "results/" in source(files, target, "bill", "store_orders")


@pytest.mark.parametrize("target", TARGETS)
def test_a_result_beside_an_item_is_undone_deleted_and_counted_with_it(book: Book, target: str) -> None:
    work = {"trigger": "event", "event_source": "table-change", "listens_to": "orders", "writes": ["orders"]}
    nightly = {"id": "nightly", "trigger": "schedule", "reads": ["orders"], "writes": ["reports"]}
    answers = {
        "components": [SHOP, {"id": "enrich", **work, "steps": 2, "compensation": True, "retries": True}, nightly],
        "stores": [{"id": "orders", "access": "key-value"}, {"id": "reports", "access": "objects"}],
    }
    files = files_of(answers, book, target)
    undo, remove, count = (
        source(files, target, program, "service").partition(begins)[2]
        for program, begins in (("enrich", "undo("), ("shop", "remove("), ("nightly", "summarise("))
    )
    note, last, own = undo.partition("// This is what" if target == "cdk-typescript" else "# This is what")
    assert "INTERNAL" in note
    assert "INTERNAL" in own if last else True
    assert "results/" in remove
    for ending in ("", ".undone", ".2", ".2.undone"):
        assert f"'{ending}'" in remove.replace('"', "'")
    assert "internal:" in count
    alone = files_of(answers | {"components": [SHOP, nightly]}, book, target)
    assert "internal:" not in source(alone, target, "nightly", "service")
    assert "results/" not in source(alone, target, "shop", "service")


def patterns(answers: dict[str, Any], book: Book) -> list[dict[str, Any]]:
    """Return the filters of all that reads the stream of a table."""
    files = blueprints.build(advise(make_requirements(answers), book), "sam", lang="en", extras={})
    readers = [reader for type in READERS for _, reader in of_type(translated(files), type)]
    found = [reader.get("SourceParameters", reader).get("FilterCriteria", {}) for reader in readers]
    return [json.loads(one["Pattern"]) for criteria in found for one in criteria.get("Filters", ())]


@pytest.mark.parametrize("work", [{}, {"steps": 3}], ids=["function", "workflow"])
def test_a_change_of_a_result_beside_an_item_starts_nothing(book: Book, work: dict[str, Any]) -> None:
    """Neither the program that made it nor another one that listens to the table; no filter is needed without results."""
    heard = {"trigger": "event", "event_source": "table-change", "listens_to": "orders", **work}
    enrich, settle = {"id": "enrich", **heard}, {"id": "settle", **heard}
    answers = {"components": [SHOP, enrich, settle], "stores": [{"id": "orders", "access": "key-value"}]}
    assert not [pattern for pattern in patterns(answers, book) if "dynamodb" in pattern]
    answers["components"] = [SHOP, {**enrich, "writes": ["orders"]}, settle]
    events = {"eventName": ["INSERT", "MODIFY"]} if work else {}
    unmarked = {"dynamodb": {"NewImage": {"result_of": {"S": [{"exists": False}]}}}}
    assert patterns(answers, book) == [{**events, **unmarked}] * 2


@pytest.mark.parametrize("target", TARGETS)
def test_each_result_beside_an_item_is_marked_where_a_stream_tells_of_it(book: Book, target: str) -> None:
    enrich = {"id": "enrich", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    answers = {
        "components": [SHOP, {**enrich, "writes": ["orders"]}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    files = files_of(answers, book, target)
    assert "RESULT_OF = " in source(files, target, "enrich", "store_orders")
    assert "RESULT_OF" not in source(files, target, "shop", "store_orders")


def heard_from(*programs: dict[str, Any]) -> dict[str, Any]:
    """Return programs that hear from outside and write one table, whose changes start another program."""
    settle = {"id": "settle", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    heard = [{**HEARD, "listens_to": f"{one['id']}-heard", "writes": ["orders"], **one} for one in programs]
    channels = [{"id": f"{one['id']}-heard", "carries": "work"} for one in programs]
    stores = [{"id": "orders", "access": "key-value"}]
    return {"components": [*heard, settle], "channels": channels, "stores": stores}


@pytest.mark.parametrize("target", TARGETS)
def test_a_row_beside_that_of_another_program_starts_work_like_this(book: Book, target: str) -> None:
    """Which of two programs has a prefix in its keys depends on nothing that an architect states."""
    answers = heard_from({"id": "bill"}, {"id": "ext"})
    files = files_of(answers, book, target)
    written = {name: source(files, target, name, "store_orders") for name in ("bill", "ext")}
    assert len([name for name, text in written.items() if "PREFIX = " in text]) == 1
    assert [name for name, text in written.items() if "RESULT_OF" in text] == []
    assert not [pattern for pattern in patterns(answers, book) if "dynamodb" in pattern]


def passed_on(*listeners: dict[str, Any], **shop: Any) -> dict[str, Any]:
    """Return programs of which one passes on what another one keeps beside the items of callers, whose changes start work."""
    parse = {"id": "parse", **HEARD, "listens_to": "files", "publishes": ["rows"]}
    match = {"id": "match", **HEARD, "listens_to": "rows", "writes": ["orders"]}
    heard = {"trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    return {
        "components": [parse, match, {**SHOP, **shop}, *({**heard, **one} for one in listeners)],
        "channels": [{"id": "files", "carries": "work"}, {"id": "rows", "carries": "work"}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }


@pytest.mark.parametrize("target", TARGETS)
def test_a_row_beside_items_of_callers_starts_the_work_on_its_table(book: Book, target: str) -> None:
    answers = passed_on({"id": "repair"})
    store = source(files_of(answers, book, target), target, "match", "store_orders")
    assert "results/" in store
    assert "RESULT_OF" not in store
    assert not [pattern for pattern in patterns(answers, book) if "dynamodb" in pattern]


@pytest.mark.parametrize("target", TARGETS)
def test_work_on_rows_of_others_skips_what_listeners_keep(book: Book, target: str) -> None:
    """The keys of all begin with `results/`: those of listeners with their own names behind it."""
    answers = passed_on(*({"id": id, "writes": ["orders"]} for id in ("repair", "audit")))
    files = files_of(answers, book, target)
    assert "RESULT_OF" not in source(files, target, "match", "store_orders")
    assert "result_of" in source(files, target, "match", "service")
    for id in ("repair", "audit"):
        assert "RESULT_OF = " in source(files, target, id, "store_orders")
        service = source(files, target, id, "service").replace('"', "'")
        assert re.search(r"RESULTS = [(\[]'results/audit/', 'results/repair/'[)\]]", service)
    assert len([pattern for pattern in patterns(answers, book) if "dynamodb" in pattern]) == 2


@pytest.mark.parametrize("target", TARGETS)
def test_work_on_rows_whose_prefix_follows_that_of_a_listener(book: Book, target: str) -> None:
    answers = passed_on({"id": "repair", "writes": ["orders"]})
    answers["components"].reverse()
    files = files_of(answers, book, target)
    service = source(files, target, "repair", "service").replace('"', "'")
    first = "'match/'" in source(files, target, "repair", "store_orders").replace('"', "'")
    assert ("WORK" in service) == first
    assert ("RESULTS = 'results/'" in service) == first


@pytest.mark.parametrize("target", TARGETS)
def test_no_row_starts_the_program_again_that_wrote_it(book: Book, target: str) -> None:
    """The listener fills the channel from which the program hears."""
    answers = passed_on({"id": "repair", "publishes": ["files"]})
    assert "RESULT_OF" in source(files_of(answers, book, target), target, "match", "store_orders")
    assert [pattern for pattern in patterns(answers, book) if "dynamodb" in pattern]


@pytest.mark.parametrize("target", TARGETS)
def test_no_filter_is_made_where_no_row_is_marked(book: Book, target: str) -> None:
    """What a program makes of messages from outside are items beside those of callers, under ids of their own."""
    answers = heard_from({"id": "ext"})
    answers["components"].insert(0, SHOP)
    files = files_of(answers, book, target)
    assert "RESULT_OF" not in source(files, target, "ext", "store_orders")
    assert "result_of" not in source(files, target, "shop", "models")
    assert not [pattern for pattern in patterns(answers, book) if "dynamodb" in pattern]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("webhook", [False, True])
def test_no_caller_can_have_an_item_taken_for_a_result(book: Book, target: str, webhook: bool) -> None:
    """The filters of the stream exclude whatever has the attribute: no work would start."""
    enrich = {"id": "enrich", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    shop = {**SHOP, "reads": [], "authentication": "signature"} if webhook else SHOP
    answers = {"components": [shop, enrich], "stores": [{"id": "orders", "access": "key-value"}]}
    module = "service" if webhook else "models"
    assert "result_of" not in source(files_of(answers, book, target), target, "shop", module)
    answers["components"] = [shop, {**enrich, "writes": ["orders"]}]
    files = files_of(answers, book, target)
    reserved = source(files, target, "shop", module)
    assert ("TAKEN" if webhook else "eserved") in reserved
    assert "result_of" in reserved
    tests = [text for path, text in files.items() if "shop" in path and path.startswith("tests/")]
    assert any("result_of" in text for text in tests)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("access", ["search", "cache", "files"])
def test_a_result_in_a_store_without_attributes_is_beside_the_item(book: Book, access: str, target: str) -> None:
    """It has a key of its own and an owner whom no list shows; the item is read and deleted with it."""
    files = files_of(sold({"access": access}), book, target)
    written = source(files, target, "bill", "store_orders")
    assert ("`results/${item.id}`" if target == "cdk-typescript" else "f\"results/{item['id']}\"") in written
    assert "internal:bill" in source(files, target, "bill", "service")
    shop = source(files, target, "shop", "service")
    assert shop.count("results/") == 2
    assert "bill_result" in shop
    assert "results/" not in source(files, target, "shop", "store_orders")


@pytest.mark.parametrize("access", ["search", "cache", "files"])
def test_what_the_only_writer_of_a_store_without_attributes_makes_is_the_item(book: Book, access: str) -> None:
    answers = sold({"access": access})
    answers["components"] = [{**answers["components"][0], "writes": []}, answers["components"][1]]
    files = files_of(answers, book)
    assert "results/" not in source(files, "sam", "bill", "store_orders")
    # It belongs to the owner of its items, and to nobody only if they have several.
    service = source(files, "sam", "bill", "service")
    assert "return next(iter(callers), EVERYONE if EVERYONE in owners else next(iter(owners), EVERYONE))" in service
    assert service.count("internal:bill") == 1


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("beside", [True, False])
def test_what_is_shown_together_has_one_id(book: Book, target: str, beside: bool) -> None:
    """A reader looks up the latest reading by the id of its total: both are made of one message by different consumers."""
    asked = {"trigger": "request", "authentication": "aws-iam"}
    files = files_of(
        {
            "components": [
                {"id": "gate", **asked, "publishes": ["readings"]},
                {"id": "total", **HEARD, "listens_to": "readings", "writes": ["totals"]},
                {"id": "last", **HEARD, "listens_to": "readings", "writes": ["latest"]},
                {"id": "desk", **asked, "reads": ["totals", *(["latest"] if beside else [])]},
            ],
            "channels": [{"id": "readings", "carries": "event"}],
            "stores": [{"id": "totals", "access": "key-value"}, {"id": "latest", "access": "key-value"}],
        },
        book,
        target,
    )
    stores = {program: "about = " in source(files, target, program, "service") for program in ("total", "last")}
    assert stores == {"total": beside, "last": beside}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("access", ["key-value", "objects", "relational"])
def test_no_id_that_a_sender_chooses_is_a_key_of_another_program(book: Book, target: str, access: str) -> None:
    """The program without a prefix keeps such an item under another key, by which those who look it up find it."""
    answers = {
        "components": [
            {"id": "intake", **HEARD, "listens_to": "files", "writes": ["orders"], "publishes": ["next"]},
            {"id": "normalise", **HEARD, "listens_to": "next", "writes": ["orders"], "publishes": ["last"]},
            {"id": "show", **HEARD, "listens_to": "last", "reads": ["orders"], "writes": ["shown"]},
        ],
        "channels": [{"id": id, "carries": "work"} for id in ("files", "next", "last")],
        "stores": [{"id": "orders", "access": access}, {"id": "shown", "access": "key-value"}],
    }
    files = files_of(answers, book, target)
    place = re.compile(r"(?:place_of|placeOf)\((?:about|item\.id|item\[.id.\])\)")
    assert place.search(source(files, target, "intake", "store_orders"))
    assert not place.search(source(files, target, "normalise", "store_orders"))
    assert place.search(source(files, target, "show", "service"))


@pytest.mark.parametrize("target", TARGETS)
def test_no_id_looks_like_what_the_work_on_a_store_skips(book: Book, target: str) -> None:
    """All that begins with `results/` is skipped, and not only what the program has stored itself."""
    answers = heard_from({"id": "bill"}, {"id": "ext"})
    answers["components"].append({"id": "repair", **HEARD, **TABLE, "writes": ["orders"]})
    files = files_of(answers, book, target)
    assert "RESULTS = 'results/'" in source(files, target, "repair", "service").replace('"', "'")
    taken = [re.search(r"TAKEN = (.*)", source(files, target, name, "store_orders")) for name in ("bill", "ext")]
    assert any(found and re.search("['\"]results/['\"]", found[1]) for found in taken)


@pytest.mark.parametrize(
    ("lang", "starts", "hidden"),
    [("en", "starts the programs that process", "in the item, as the attribute `repair_result`"),
     ("ja", "変更を処理するプログラムを起動", "項目の属性 `repair_result` として")],
)  # fmt: skip
def test_the_readme_says_which_rows_start_the_work_on_a_table(book: Book, lang: Lang, starts: str, hidden: str) -> None:
    answers = passed_on({"id": "repair", "writes": ["orders"]})
    plan = plan_for(advise(make_requirements(answers), book))
    readme = project_files(plan, "sam", lang, permissions_of(plan))["README.md"].decode()
    among = [line for line in readme.splitlines() if "`results/" in line]
    # Whether a row is work depends on who has stored it.
    assert ["`src/match`" in line for line in among if starts in line] == [True]
    assert ["`src/repair`" in line for line in among if hidden in line] == [True]
    silent = passed_on()
    plan = plan_for(advise(make_requirements(silent), book))
    assert starts not in project_files(plan, "sam", lang, permissions_of(plan))["README.md"].decode()
