"""Programs that only add a result to items of another program: the items exist before, and nothing else sets the result."""

import json
import re

import pytest
import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files

HEARD = {"trigger": "message", "longest_run_s": "5 s"}
ORDERS = {
    "components": [
        {"id": "shop", "trigger": "request", "reads": ["orders"], "writes": ["orders"], "publishes": ["sold"]},
        {"id": "pack", **HEARD, "listens_to": "sold", "writes": ["orders"]},
        {"id": "bill", **HEARD, "listens_to": "sold", "writes": ["orders"]},
    ],
    "channels": [{"id": "sold", "carries": "event"}],
    "stores": [{"id": "orders", "access": "key-value"}],
}


def files_of(design: Design, target: str = "sam") -> dict[str, str]:
    plan = plan_for(design)
    found = project_files(plan, target, "en", permissions_of(plan))
    return {path: content.decode() for path, content in found.items()}


def tried(files: dict[str, str]) -> str:
    """Return the chapter of a README that tries the deployment."""
    return files["README.md"].partition("## Try the deployment")[2]


def test_a_deployed_test_creates_the_item_before_its_message_and_looks_for_the_result(book: Book) -> None:
    test = files_of(advise(make_requirements(ORDERS), book))["integration/test_stack.py"]
    for program in ("pack", "bill"):
        body = test.partition(f"def test_{program}_processes_a_message")[2].partition("\n@")[0]
        steps = ('existing(known["OrdersTableName"], id)', "send_message(", f'id, "{program}_result")')
        places = [body.index(step) for step in steps]
        assert places == sorted(places)
    assert "def in_table(" not in test


def test_the_readme_creates_the_item_once_before_the_first_message(book: Book) -> None:
    """A second creation would erase the results that the first message led to."""
    readme = tried(files_of(advise(make_requirements(ORDERS), book)))
    assert readme.count("aws dynamodb put-item") == 1
    assert readme.index("aws dynamodb put-item") < readme.index("aws sqs send-message")


def test_a_program_with_items_of_its_own_needs_no_item(book: Book) -> None:
    changed = yaml.safe_load(yaml.safe_dump(ORDERS))
    changed["components"][0].update(reads=[], writes=[])
    files = files_of(advise(make_requirements(changed), book))
    assert "existing(" not in files["integration/test_stack.py"]
    assert "aws dynamodb put-item" not in files["README.md"]


@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_callers_cannot_set_the_results_of_programs(book: Book, target: str) -> None:
    files = files_of(advise(make_requirements(ORDERS), book), target)
    models = files["src/shop/models.ts" if target == "cdk-typescript" else "src/shop/models.py"]
    (reserved,) = re.findall(r"(?:RESERVED = \(|const Reserved = {)(.*)[)}]", models)
    names = set(re.findall(r"\w+", reserved)) - {"reserved"}
    assert names == {"expires_at", "pk", "pack_result", "bill_result"}


@pytest.mark.parametrize(
    ("target", "path", "kept"),
    [
        ("sam", "src/shop/store_orders.py", 'RESULTS = ("bill_result", "pack_result")'),
        ("cdk-typescript", "src/shop/store-orders.ts", "const RESULTS = ['bill_result', 'pack_result'];"),
    ],
)
def test_a_replaced_item_keeps_the_results_of_programs(book: Book, target: str, path: str, kept: str) -> None:
    """The generated tests show that a result which is set between the read and the write is kept too."""
    files = files_of(advise(make_requirements(ORDERS), book), target)
    assert kept in files[path].replace(",)", ")")
    tests = files["tests/shop.test.ts" if target == "cdk-typescript" else "tests/test_shop.py"]
    assert "meanwhile" in tests


@pytest.mark.parametrize("changes", [{"human_approval": True, "wait_s": "3 days"}, {"steps": 2, "compensation": True}])
def test_work_with_effects_is_done_only_for_a_new_item(book: Book, changes: dict[str, object]) -> None:
    asked = yaml.safe_load(yaml.safe_dump(ORDERS))
    asked["components"][2] |= changes
    files = files_of(advise(make_requirements(asked), book))
    skipped = {name: '".replaced", ".removed"' in files[f"src/{name}/service.py"] for name in ("pack", "bill")}
    assert skipped == {"pack": False, "bill": True}
    assert "`src/bill` does its work once for an item" in files["README.md"]
    if "human_approval" in changes:
        assert '".replaced", ".removed"' in files["src/approvals/approval.py"]
        built = blueprints.build(advise(make_requirements(asked), book), "sam", lang="en", extras={})
        states = json.loads(built["statemachine/bill.asl.json"])["States"]
        assert [caught["Next"] for caught in states["Approve"]["Catch"][:2]] == ["StoreRejection", "NotAsked"]
        assert states["NotAsked"]["Type"] == "Succeed"
        assert [states[name]["Next"] for name in ("StoreRejection", "StoreExpiry")] == ["Rejected", "Failed"]


@pytest.mark.parametrize(
    ("target", "path", "stops"),
    [
        ("sam", "src/bill/service.py", "if not store_orders.set_result(about, outcome):"),
        ("cdk-typescript", "src/bill/service.ts", "if (!(await storeOrders.setResult(about, outcome))) {"),
    ],
)
def test_nothing_is_told_about_an_item_that_is_gone(book: Book, target: str, path: str, stops: str) -> None:
    asked = yaml.safe_load(yaml.safe_dump(ORDERS))
    asked["components"][2]["publishes"] = ["billed"]
    asked["channels"].append({"id": "billed", "carries": "event"})
    service = files_of(advise(make_requirements(asked), book), target)[path]
    assert service.index(stops) < service.index("channel_billed.send" if target == "sam" else "channelBilled.send")


def relational(**answers: object) -> dict[str, str]:
    changed = yaml.safe_load(yaml.safe_dump(ORDERS))
    changed["stores"][0] = {"id": "orders", "access": "relational", **answers}
    return files_of(advise(make_requirements(changed), book=rules.load_book()))


@pytest.mark.parametrize("store", [{}, {"core_sql": True, "shape": "rare"}, {"shape": "steady"}], ids=str)
def test_the_readme_sends_messages_about_the_row_that_its_request_has_created(store: dict[str, object]) -> None:
    readme = tried(relational(**store))
    created, sent = readme.index("ORDERS_ITEM=$(curl"), readme.index("aws sqs send-message")
    assert created < sent
    assert readme.count('"key":"\'"$ORDERS_ITEM"\'"') == 2
    if not store:
        assert '"SELECT item, bill_result FROM orders_items' in readme


def test_the_readme_asks_for_a_row_where_no_command_keeps_its_id(book: Book) -> None:
    changed = yaml.safe_load(yaml.safe_dump(ORDERS))
    changed["stores"][0]["access"] = "relational"
    changed["components"][0]["pins"] = {"entry": "appsync"}
    readme = tried(files_of(advise(make_requirements(changed), book)))
    assert readme.index("ORDERS_ITEM=...") < readme.index("aws sqs send-message")


@pytest.mark.parametrize(
    ("pin", "words"), [("sns", '"StringValue":"shop.created"'), ("eventbridge-bus", '"shop.created"')]
)
def test_a_message_to_a_channel_that_routes_has_a_type_that_it_delivers(book: Book, pin: str, words: str) -> None:
    changed = yaml.safe_load(yaml.safe_dump(ORDERS))
    channel = {"id": "sold", "carries": "event", "routing": True, "direct_delivery": True, "pins": {"messaging": pin}}
    changed["channels"][0] = channel
    files = files_of(advise(make_requirements(changed), book))
    started = [line for line in tried(files).splitlines() if "aws sns publish" in line or "put-events" in line]
    assert started
    assert all(words in line for line in started)
    typed = files["integration/test_stack.py"].count('"StringValue": "shop.created"')
    assert typed == (2 if pin == "sns" else 0)
