"""The check contracts: sound projects give no finding, and each fault that it names is caught when it is planted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blueprints.traits import all_traits, traits_of
from prove.behaviour.running.machine import Execution, Failed
from tests.prove.behaviour.planting import Resources, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "contracts"

ORDERS: dict[str, Any] = {
    "schema": 2,
    "title": "Orders",
    "components": [
        {
            "id": "api",
            "title": "API",
            "trigger": "request",
            "authentication": "sign-up",
            "reads": ["orders", "receipts"],
            "writes": ["orders"],
            "publishes": ["placed"],
        },
        {
            "id": "receipts-api",
            "title": "Receipts",
            "trigger": "request",
            "authentication": "sign-up",
            "reads": ["receipts"],
        },
        {
            "id": "worker",
            "title": "Worker",
            "trigger": "message",
            "listens_to": "placed",
            "reads": ["orders"],
            "writes": ["receipts"],
        },
        {"id": "nightly", "title": "Nightly", "trigger": "schedule", "reads": ["orders"], "writes": ["totals"]},
        {"id": "totals-api", "title": "Totals", "trigger": "request", "authentication": "sign-up", "reads": ["totals"]},
    ],
    "stores": [
        {"id": "orders", "title": "Orders", "access": "key-value"},
        {"id": "receipts", "title": "Receipts", "access": "key-value"},
        {"id": "totals", "title": "Totals", "access": "key-value"},
    ],
    "channels": [{"id": "placed", "title": "Placed", "carries": "work", "ordering": "per-key"}],
}
FLEET: dict[str, Any] = {
    "schema": 2,
    "title": "Fleet",
    "components": [
        {"id": "fleet", "title": "Fleet", "trigger": "request", "authentication": "aws-iam", "writes": ["places"]},
        {"id": "map", "title": "Map", "trigger": "request", "authentication": "sign-up", "reads": ["places"]},
    ],
    "stores": [{"id": "places", "title": "Places", "access": "key-value"}],
}
PLACED: dict[str, Any] = {
    "schema": 2,
    "title": "Placed",
    "components": [
        {"id": "api", "trigger": "request", "authentication": "sign-up", "logic": "none", "publishes": ["placed"]},
        {"id": "worker", "trigger": "message", "listens_to": "placed", "writes": ["orders"]},
        {"id": "orders-api", "trigger": "request", "authentication": "sign-up", "reads": ["orders"]},
    ],
    "stores": [{"id": "orders", "title": "Orders", "access": "key-value"}],
    "channels": [{"id": "placed", "title": "Placed", "carries": "work"}],
}
IMPORTS: dict[str, Any] = {
    "schema": 2,
    "title": "Imports",
    "components": [
        {
            "id": "import",
            "title": "Import",
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
    ],
    "stores": [
        {"id": "lists", "title": "Lists", "access": "objects"},
        {"id": "prices", "title": "Prices", "access": "key-value"},
    ],
}
SCANS: dict[str, Any] = {
    "schema": 2,
    "title": "Scans",
    "components": [
        {
            "id": "convert",
            "title": "Convert",
            "trigger": "schedule",
            "longest_run_s": "40 min",
            "retries": True,
            "parallel_items": 40000,
            "steps": 2,
            "packaging": "container-image",
            "reads": ["scans"],
            "writes": ["results"],
        }
    ],
    "stores": [
        {"id": "scans", "title": "Scans", "access": "objects"},
        {"id": "results", "title": "Results", "access": "key-value"},
    ],
}
DOCUMENTS: dict[str, Any] = {
    "schema": 2,
    "title": "Documents",
    "components": [
        {
            "id": "uploads",
            "title": "Uploads",
            "trigger": "request",
            "authentication": "sign-up",
            "reads": ["register"],
            "writes": ["documents", "register"],
        },
        {
            "id": "extract",
            "title": "Extract",
            "trigger": "event",
            "event_source": "s3-object",
            "listens_to": "documents",
            "reads": ["documents"],
            "writes": ["register"],
        },
    ],
    "stores": [
        {"id": "documents", "title": "Documents", "access": "objects"},
        {"id": "register", "title": "Register", "access": "key-value"},
    ],
}
FILMS: dict[str, Any] = {
    "schema": 2,
    "title": "Films",
    "components": [
        {
            "id": "archive",
            "title": "Archive",
            "trigger": "request",
            "authentication": "sign-up",
            "direct_uploads": True,
            "reads": ["entries", "films"],
            "writes": ["entries", "films"],
        },
        {
            "id": "check",
            "title": "Check",
            "trigger": "event",
            "event_source": "s3-object",
            "listens_to": "films",
            "reads": ["films", "entries"],
            "writes": ["results"],
            "publishes": ["checked"],
        },
        {
            "id": "review",
            "title": "Review",
            "trigger": "message",
            "listens_to": "checked",
            "reads": ["results", "films"],
            "writes": ["entries"],
        },
    ],
    "stores": [
        {"id": "entries", "title": "Entries", "access": "key-value"},
        {"id": "results", "title": "Results", "access": "key-value"},
        {"id": "films", "title": "Films", "access": "objects", "item_bytes": "2 GiB"},
    ],
    "channels": [{"id": "checked", "title": "Checked", "carries": "work"}],
}
EVENTS: dict[str, Any] = {
    **ORDERS,
    "title": "Events",
    "components": [ORDERS["components"][0] | {"reads": ["orders"]}, ORDERS["components"][2] | {"reads": []}],
    "stores": ORDERS["stores"][:2],
    "channels": [{"id": "placed", "title": "Placed", "carries": "event", "routing": True}],
}
_SET = '"attribute_exists(pk) AND (attribute_not_exists(#result.etag) OR #result.etag <= :replaced)"'
PARTS: dict[str, Any] = {
    "schema": 2,
    "title": "Recalculation",
    "components": [
        {
            "id": "recalc",
            "title": "Recalculation",
            "trigger": "schedule",
            "longest_run_s": "20 s",
            "parallel_items": 4,
            "reads": ["policies"],
            "writes": ["results"],
        }
    ],
    "stores": [
        {"id": "policies", "title": "Policies", "access": "key-value"},
        {"id": "results", "title": "Results", "access": "objects"},
    ],
}
RENDERS: dict[str, Any] = {
    "schema": 2,
    "title": "Rendering",
    "components": [
        {
            "id": "render",
            "title": "Render",
            "trigger": "message",
            "listens_to": "jobs",
            "longest_run_s": "2 h",
            "parallel_items": 4,
            "retries": True,
            "pins": {"compute": "batch"},
            "reads": ["masters"],
            "writes": ["renditions"],
        }
    ],
    "channels": [{"id": "jobs", "title": "Jobs", "carries": "work"}],
    "stores": [
        {"id": "masters", "title": "Masters", "access": "objects"},
        {"id": "renditions", "title": "Renditions", "access": "objects"},
    ],
}
MAILS: dict[str, Any] = {
    **ORDERS,
    "title": "Mails",
    "components": [
        {**ORDERS["components"][0], "reads": ["orders"]},
        {"id": "notify", "title": "Notify", "trigger": "message", "listens_to": "placed", "publishes": ["mails"]},
    ],
    "stores": ORDERS["stores"][:1],
    "channels": [
        *ORDERS["channels"],
        {"id": "mails", "title": "Mails", "carries": "event", "destinations": [{"kind": "customer-email"}]},
    ],
}

PARCELS: dict[str, Any] = {
    "schema": 2,
    "title": "Parcels",
    "components": [
        {"id": "intake", "title": "Intake", "trigger": "request", "publishes": ["scanned"]},
        {
            "id": "track",
            "title": "Track",
            "trigger": "request",
            "packaging": "container-image",
            "cold_start_ok": False,
            "reads": ["parcels", "hot"],
            "writes": ["hot"],
        },
        {
            "id": "scans",
            "title": "Scans",
            "trigger": "stream",
            "listens_to": "scanned",
            "reads": ["parcels"],
            "writes": ["parcels"],
            "publishes": ["damaged"],
        },
        {
            "id": "router",
            "title": "Router",
            "trigger": "message",
            "listens_to": "damaged",
            "packaging": "container-image",
            "longest_run_s": "25 min",
            "retries": True,
            "reads": ["parcels"],
            "writes": ["plans"],
        },
        {
            "id": "changes",
            "title": "Changes",
            "trigger": "event",
            "event_source": "table-change",
            "listens_to": "parcels",
            "publishes": ["status"],
        },
    ],
    "channels": [
        {"id": "scanned", "title": "Scanned", "carries": "records", "ordering": "per-key", "replay": True},
        {"id": "damaged", "title": "Damaged", "carries": "work"},
        {"id": "status", "title": "Status", "carries": "event", "other_teams": True},
    ],
    "stores": [
        {"id": "parcels", "title": "Parcels", "access": "key-value"},
        {"id": "hot", "title": "Hot", "access": "cache"},
        {"id": "plans", "title": "Plans", "access": "objects"},
    ],
}
CATALOGUE: dict[str, Any] = {
    "schema": 2,
    "title": "Catalogue",
    "components": [
        {
            "id": "catalog",
            "title": "Catalog",
            "trigger": "request",
            "authentication": "sign-up",
            "direct_uploads": True,
            "reads": ["catalogue"],
            "writes": ["catalogue", "masters"],
        },
        {
            "id": "publish",
            "title": "Publish",
            "trigger": "event",
            "event_source": "s3-object",
            "listens_to": "masters",
            "steps": 2,
            "compensation": True,
            "retries": True,
            "writes": ["catalogue"],
        },
    ],
    "stores": [
        {"id": "catalogue", "title": "Catalogue", "access": "relational", "shape": "rare", "core_sql": True},
        {"id": "masters", "title": "Masters", "access": "objects", "item_bytes": "25 MiB"},
    ],
}
ENRICHED: dict[str, Any] = {
    **ORDERS,
    "title": "Enriched",
    "components": [
        {key: value for key, value in ORDERS["components"][0].items() if key != "publishes"} | {"reads": ["orders"]},
        {
            "id": "enrich",
            "title": "Enrich",
            "trigger": "event",
            "event_source": "table-change",
            "listens_to": "orders",
            "writes": ["orders"],
        },
    ],
    "stores": ORDERS["stores"][:1],
    "channels": [],
}
_REPLACES = (
    "sql = \"INSERT INTO catalogue_items (id, owner, item) VALUES (:id, '', :result)"
    ' ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, item = excluded.item RETURNING id"'
)
_SETS = (
    'sql = "UPDATE catalogue_items SET publish_result = :result WHERE id = :id'
    " AND coalesce(publish_result, '') = :before RETURNING id\""
)

Design = dict[str, Any]
REVIEWS: Design = {
    "schema": 2,
    "title": "Reviews",
    "components": [
        {"id": "reviews", "title": "Reviews", "trigger": "request", "protocol": "graphql", "authentication": "sign-up",
         "reads": ["reviews-kept"], "writes": ["reviews-kept"], "publishes": ["received"]},
        {"id": "moderate", "title": "Moderate", "trigger": "message", "listens_to": "received", "writes": ["reviews-kept"]},
    ],
    "channels": [{"id": "received", "title": "Received", "carries": "work"}],
    "stores": [{"id": "reviews-kept", "title": "Kept", "access": "key-value"}],
}  # fmt: skip
EFS = "efs"
Fault = tuple[str, str, str]

#: An API that reads what another API keeps, and whose own items are files and rows of a table.
SHELVES: Design = {
    "schema": 2,
    "title": "Shelves",
    "components": [
        {"id": "catalogue", "trigger": "request", "reads": ["products"], "writes": ["products"]},
        {"id": "shop", "trigger": "request", "reads": ["files", "shelves", "products"], "writes": ["files", "shelves"]},
    ],
    "stores": [
        {"id": "files", "pins": {"store": "efs"}},
        {"id": "shelves", "access": "key-value"},
        {"id": "products", "access": "key-value"},
    ],
}
#: A run over items that somebody names, each of which is looked up in a table and in a database.
STOCKTAKING: Design = {
    "schema": 2,
    "title": "Stocktaking",
    "components": [{"id": "count", "trigger": "on-demand", "parallel_items": 40, "reads": ["stock", "prices"]}],
    "stores": [{"id": "stock", "access": "relational"}, {"id": "prices", "access": "key-value"}],
}

#: Rule -> the design, the file ("" for the template), and the text that is replaced by which other.
FAULTS: dict[str, tuple[Design, list[Fault]]] = {
    "item-not-opened": (SCANS, [("", '"$$.Map.Item.Value.Key"', "\"States.Format('{}', $$.Map.Item.Index)\"")]),
    "missing-item-succeeds": (
        SCANS,
        [("src/convert/service.py", 'if result["scans"] is None:', "if False:")],
    ),
    "one-item-ends-all": (SCANS, [("", '"ToleratedFailurePercentage"', '"Tolerates"')]),
    "results-unwritten": (SCANS, [("", '"ResultWriter"', '"Writer"')]),
    "steps-not-done": (SCANS, [("", '"Next": "Step2"', '"End": true')]),
    "message-about-others": (
        RENDERS,
        [("src/render/main.py", "if not given or (isinstance(given, dict) and", "if isinstance(given, dict) or (")],
    ),
    "address-lost": (MAILS, [("src/notify/mail.py", 'item.get("recipient")', 'item.get("email")')]),
    "lookup-finds-nothing": (
        ORDERS,
        [("src/worker/service.py", 'about = str(message.get("key", message["id"]))', 'about = message["id"]')],
    ),
    "message-refused": (ORDERS, [("src/worker/message.py", "json.loads(text)", "json.loads(text)['order']")]),
    "order-lost": (
        ORDERS,
        [("src/api/service.py", 'message["ordering_key"] = item.get("ordering_key", item["id"])', "pass")],
    ),
    "order-of-all": (
        ORDERS,
        [
            (
                "src/api/service.py",
                'message["ordering_key"] = item.get("ordering_key", item["id"])',
                'message["ordering_key"] = "all"',
            )
        ],
    ),
    "reader-misses-items": (
        ORDERS,
        [("src/nightly/service.py", 'summary["owner"] = "everyone"', 'summary["author"] = "nightly"')],
    ),
    "reader-misses-id": (
        ORDERS,
        [("src/receipts-api/store_receipts.py", 'item["id"] = item.pop("pk")', 'item["id"] = f"r-{item.pop(\'pk\')}"')],
    ),
    "shows-others-items": (
        ORDERS,
        [("src/api/service.py", 'if item is None or item.get("owner") != owner:', "if item is None:")],
    ),
    "list-scans-table": (
        ORDERS,
        [
            (
                "src/api/store_orders.py",
                'table.query(IndexName="owner", KeyConditionExpression=Key("owner").eq(owner), Limit=limit, **start)',
                'table.scan(FilterExpression=Key("owner").eq(owner), Limit=limit)',
            )
        ],
    ),
    "list-ends": (ORDERS, [("src/api/service.py", '"next": last}', '"last": last}')]),
    "caller-sets-expiry": (ORDERS, [("src/api/models.py", 'RESERVED = ("expires_at", "pk")', 'RESERVED = ("pk",)')]),
    "item-overwritten": (
        DOCUMENTS,
        [("src/extract/service.py", "set_result(about, outcome)", "table.put_item(Item={**outcome, 'pk': about})")],
    ),
    "upload-without-item": (FILMS, [("src/archive/service.py", "(owner, described.item)", "(owner, described.name)")]),
    "upload-finds-nothing": (
        FILMS,
        [("src/archive/uploads.py", "{quote(id, safe='')}", "{os.urandom(8).hex()}")],
    ),
    "removed-item-adds": (EVENTS, [("src/worker/service.py", '.endswith(".removed")', '.endswith(".gone")')]),
    "removed-item-returns": (
        DOCUMENTS,
        [("src/extract/store_register.py", _SET, _SET.replace("attribute_exists(pk) AND ", ""))],
    ),
    "replace-races-remove": (
        ORDERS,
        [("src/api/store_orders.py", ', ConditionExpression=Attr("owner").eq(item["owner"]) & _same(etag)', "")],
    ),
    "caller-names-owner": (PLACED, [("src/worker/message.py", 'UNNAMED = ("owner", "who", "etag")', "UNNAMED = ()")]),
    "listed-id-in-path": (
        ORDERS,
        [("src/api/service.py", 'return quote(key, safe="").replace("~", "%7E").replace("%", "~")', "return key")],
    ),
    "listed-id-unread": (
        ORDERS,
        [("src/api/service.py", 'return unquote(id.replace("~", "%"))', "return unquote(id)")],
    ),
    "idempotency-key-of-another": (
        FLEET,
        [("src/fleet/app.py", "json.dumps([given, sender(app.current_event.raw_event)])", "given")],
    ),
    "lost-update": (ORDERS, [("src/api/store_orders.py", '.eq(item["owner"]) & _same(etag)', '.eq(item["owner"])')]),
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Design], WrittenProject]:
    """Return what writes a project of a design."""
    return lambda design: write_project(design, tmp_path / "project")


def _plant(project: WrittenProject, faults: list[Fault]) -> None:
    for path, old, new in faults:
        file = project.evidence.folder / path if path else project.evidence.template_file
        text = file.read_text("utf-8")
        if not path and old not in text:  # the definition of a state machine is text in the template
            old, new = (word.replace('"', '\\"') for word in (old, new))
        assert old in text, f"{path}: nothing to replace"
        file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "design",
    [ORDERS, FLEET, SCANS, PARTS, DOCUMENTS, RENDERS, MAILS, FILMS, EVENTS],
    ids=["orders", "fleet", "scans", "parts", "documents", "renders", "mails", "films", "events"],
)
def test_sound_designs_keep_their_contracts(design: Design, written: Callable[[Design], WrittenProject]) -> None:
    assert written(design).rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    "name", ["data-processing", "relational-web-app", "graphql-api", "container-web-service", "order"]
)
def test_stories_keep_their_contracts(name: str, tmp_path: Path) -> None:
    assert write_project(story(name), tmp_path / "project").rules_found_by(CHECK) == set()


def test_items_of_two_apis_may_come_in_any_order(tmp_path: Path) -> None:
    asked = {"trigger": "request", "publishes": ["work"]}
    shop, desk = (
        {**asked, "id": id, "title": id, "reads": [f"{id}-items"], "writes": [f"{id}-items"]} for id in ("shop", "desk")
    )
    done = {"id": "done", "title": "Done", "trigger": "message", "listens_to": "work"}
    work = {"id": "work", "title": "Work", "carries": "work", "pins": {"messaging": "sqs-fifo"}}
    stores = [{"id": f"{id}-items", "title": id, "access": "key-value"} for id in ("shop", "desk")]
    design = {"schema": 2, "title": "Two", "components": [shop, desk, done], "channels": [work], "stores": stores}
    project = write_project(design, tmp_path / "project")
    assert project.rules_found_by(CHECK) == set()


def test_an_order_of_requests_that_are_kept_nowhere_is_lost(tmp_path: Path) -> None:
    api = {"id": "api", "title": "API", "trigger": "request", "publishes": ["positions"]}
    positions = {
        "id": "positions",
        "title": "Positions",
        "carries": "event",
        "ordering": "per-key",
        "duplicates_ok": False,
    }
    risk = {"id": "risk", "title": "Risk", "trigger": "message", "listens_to": "positions"}
    design = {"schema": 2, "title": "Positions", "components": [api, risk], "channels": [positions]}
    project = write_project(design, tmp_path / "project")
    assert project.rules_found_by(CHECK) == set()
    _plant(project, [("src/api/service.py", 'item.get("ordering_key", item["id"])', 'item["id"]')])
    assert project.rules_found_by(CHECK) == {"order-lost"}


def test_a_result_beside_the_fields_of_a_graphql_item_overwrites_nothing(
    written: Callable[[Design], WrittenProject],
) -> None:
    """The schema does not name the result, so the item has it in `attributes`, beside what its caller sent."""
    project = written(REVIEWS)
    assert project.rules_found_by(CHECK) == set()
    _plant(project, [("src/moderate/store_reviews_kept.py", '"#result": "moderate_result"', '"#result": "price"')])
    assert "item-overwritten" in project.rules_found_by(CHECK)


@pytest.mark.parametrize(
    "design", [PARCELS, CATALOGUE, ENRICHED, SHELVES, STOCKTAKING], ids=lambda design: design["title"]
)
def test_results_of_work_keep_their_contracts(design: Design, written: Callable[[Design], WrittenProject]) -> None:
    assert written(design).rules_found_by(CHECK) == set()


def test_a_run_that_looks_up_another_id_in_a_database_is_found(written: Callable[[Design], WrittenProject]) -> None:
    project = written(STOCKTAKING)
    _plant(project, [("src/count/service.py", "store_stock.get(about)", 'store_stock.get(f"{about}!")')])
    assert project.rules_found_by(CHECK) == {"lookup-finds-nothing"}


def test_a_file_system_that_decides_beside_a_table_is_found(
    written: Callable[[Design], WrittenProject], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = traits_of(EFS).client
    assert client is not None
    conditional = replace(traits_of(EFS), client=replace(client, checks_first=False))
    monkeypatch.setitem(all_traits(), EFS, conditional)
    # Projects are generated once for the same answers.
    project = written({**SHELVES, "title": "Shelves of files first"})
    assert project.rules_found_by(CHECK) == {"lost-update"}


def test_a_reader_that_looks_where_the_writer_does_not_write_is_found(
    written: Callable[[Design], WrittenProject],
) -> None:
    """The reader takes its work from a queue, beside a program whose driver is not emulated."""
    project = written(PARCELS)
    _plant(project, [("src/scans/store_parcels.py", '"pk": item["id"]', '"pk": "results/" + item["id"]')])
    assert project.rules_found_by(CHECK) == {"lookup-finds-nothing"}


def test_a_result_that_replaces_a_row_of_a_caller_is_found(written: Callable[[Design], WrittenProject]) -> None:
    """An upload leads to the work, and not the creation of the item."""
    project = written(CATALOGUE)
    _plant(project, [("src/publish/store_catalogue.py", _SETS, _REPLACES)])
    assert "item-overwritten" in project.rules_found_by(CHECK)


def test_a_result_of_an_item_that_expires_is_checked_too(written: Callable[[Design], WrittenProject]) -> None:
    kept = [{**store, "kept_s": "90 days"} if store["id"] == "register" else store for store in DOCUMENTS["stores"]]
    project = written({**DOCUMENTS, "stores": kept})
    assert project.rules_found_by(CHECK) == set()
    exists = "attribute_exists(pk) AND (attribute_not_exists(expires_at) OR expires_at > :now)"
    _plant(
        project, [("src/extract/store_register.py", exists, "attribute_not_exists(expires_at) OR expires_at > :now")]
    )
    assert "removed-item-returns" in project.rules_found_by(CHECK)


def test_a_result_in_the_list_of_a_caller_is_found(written: Callable[[Design], WrittenProject]) -> None:
    project = written(ENRICHED)
    owner = 'message.get("owner", "")'
    _plant(project, [("src/enrich/service.py", '"owner": INTERNAL', f'"owner": {owner}')])
    assert "result-listed" in project.rules_found_by(CHECK)


@pytest.mark.parametrize("steps", [1, 3], ids=["event-source-mapping", "pipe"])
def test_a_result_that_starts_work_is_found(steps: int, tmp_path: Path) -> None:
    shop, enrich = ENRICHED["components"]
    design = {**ENRICHED, "components": [shop, {**enrich, "steps": steps} if steps > 1 else enrich]}
    project = write_project(design, tmp_path / "project")

    def unfiltered(resources: Resources) -> None:
        reader = one_of(resources, "AWS::Pipes::Pipe" if steps > 1 else "AWS::Lambda::EventSourceMapping")
        assert reader.get("SourceParameters", reader).pop("FilterCriteria")

    assert project.rules_found_by(CHECK) == set()
    assert rules_with(project, CHECK, unfiltered) == {"result-starts-work"}
    _plant(project, [("src/enrich/store_orders.py", '"result_of": RESULT_OF, ', "")])
    assert project.rules_found_by(CHECK) == {"result-starts-work"}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_caught(rule: str, written: Callable[[Design], WrittenProject]) -> None:
    design, faults = FAULTS[rule]
    project = written(design)
    _plant(project, faults)
    assert rule in project.rules_found_by(CHECK)


def test_rows_that_no_part_opens_are_found(written: Callable[[Design], WrittenProject]) -> None:
    project = written(PARTS)
    _plant(project, [("src/recalc/store_policies.py", "TotalSegments=size", "TotalSegments=size * 2")])
    assert "item-not-opened" in project.rules_found_by(CHECK)


def test_a_change_that_is_not_followed_is_found(tmp_path: Path) -> None:
    project = write_project(story("event-driven-job"), tmp_path / "project")
    once = "if not hasattr(store_outputs, 'full'): store_outputs.put(result); store_outputs.full = True"
    _plant(project, [("src/transcode/service.py", "store_outputs.put(result)", once)])
    assert project.rules_found_by(CHECK) == {"change-lost"}


def test_a_message_for_each_item_to_people_is_found(written: Callable[[Design], WrittenProject]) -> None:
    topic = {"id": "done", "title": "Done", "carries": "event", "destinations": [{"kind": "email"}]}
    (convert,) = SCANS["components"]
    project = written({**SCANS, "components": [{**convert, "publishes": ["done"]}], "channels": [topic]})
    tell = 'import boto3\n    boto3.client("sns").publish(TopicArn="DoneTopic", Message="{}")'
    _plant(project, [("src/convert/service.py", "    return result\n", f"    {tell}\n    return result\n")])
    assert "message-per-item-to-people" in project.rules_found_by(CHECK)


def test_people_alone_hear_of_a_run_and_not_of_each_item(written: Callable[[Design], WrittenProject]) -> None:
    topic = {"id": "done", "title": "Done", "carries": "event", "destinations": [{"kind": "email"}]}
    (convert,) = SCANS["components"]
    design = {**SCANS, "components": [{**convert, "publishes": ["done"]}], "channels": [topic]}
    assert written(design).rules_found_by(CHECK) == set()


def test_messages_that_come_back_without_end_are_found(written: Callable[[Design], WrittenProject]) -> None:
    project = written(ORDERS)
    again = 'import boto3, json\n    boto3.client("sqs").send_message(QueueUrl="PlacedQueue", MessageBody=json.dumps(result))'
    _plant(project, [("src/worker/service.py", "    return result\n", f"    {again}\n    return result\n")])
    assert "endless-loop" in project.rules_found_by(CHECK)


def test_a_run_that_an_object_starts_is_about_this_object_alone(written: Callable[[Design], WrittenProject]) -> None:
    project = written(IMPORTS)
    assert project.rules_found_by(CHECK) == set()
    file = project.evidence.template_file
    text = file.read_text("utf-8")
    planted = text.replace('\\"objects\\": [', '\\"objects\\": [{\\"Key\\": \\"orders.json\\"}, ')
    planted = planted.replace('"objects": [', '"objects": [{"Key": "orders.json"}, ')
    assert planted != text
    file.write_text(planted, "utf-8")
    assert "other-objects-opened" in project.rules_found_by(CHECK)


def test_a_map_goes_past_as_many_failures_as_it_tolerates() -> None:
    task = {"Type": "Task", "Resource": "work", "Parameters": {"id.$": "$.id"}, "End": True}
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "Item", "States": {"Item": task}}
    state = {
        "Type": "Map",
        "ItemsPath": "$.items",
        "ToleratedFailurePercentage": "50",
        "ItemProcessor": processor,
        "End": True,
    }

    def work(_resource: str, words: dict[str, Any]) -> str:
        if words["id"].startswith("bad"):
            raise Failed(words["id"])
        return str(words["id"])

    def run(*ids: str) -> Any:
        given = {"items": [{"id": id} for id in ids]}
        return Execution("run-1", work, lambda _reader: []).run({"StartAt": "Map", "States": {"Map": state}}, given)

    assert run("a", "bad-1") == ["a"]
    with pytest.raises(Failed, match="threshold"):
        run("a", "bad-1", "bad-2")
