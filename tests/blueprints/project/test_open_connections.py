"""Open connections of WebSocket APIs: where programs keep them, so that no message reads or lists business items with them."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.project.programs.composition import codes
from blueprints.traits.open_connections import SID
from tests.blueprints.answers import design_from

BOOK = {"id": "book", "access": "relational"}
PRESENCE = {"id": "presence", "access": "key-value"}
PORTAL = {"id": "portal", "trigger": "request", "reads": ["presence"], "writes": ["presence"]}
VARIABLE = "CHAT_CONNECTION_TABLE"
#: Stores, what the component reads and writes, other components, and the module with the connections.
CASES: dict[str, tuple[list[dict[str, str]], list[str], list[str], list[dict[str, Any]], str]] = {
    "no store": ([], [], [], [], "connections"),
    "a relational store": ([BOOK], ["book"], ["book"], [], "connections"),
    "a key-value store of its own": ([PRESENCE], ["presence"], ["presence"], [], "store_presence"),
    "a key-value store besides": ([BOOK, PRESENCE], ["book", "presence"], ["book", "presence"], [], "store_presence"),
    "a key-value store that it only writes": ([BOOK, PRESENCE], ["book"], ["book", "presence"], [], "connections"),
    "a shared key-value store": ([PRESENCE], ["presence"], ["presence"], [PORTAL], "connections"),
    "a store that it only reads": ([BOOK], ["book"], [], [], "connections"),
}  # fmt: skip


def designed(book: Book, case: str, language: str = "python") -> Design:
    stores, reads, writes, others, _ = CASES[case]
    chat = {"id": "chat", "trigger": "request", "protocol": "websocket", "language": language}
    components = [{**chat, "reads": reads, "writes": writes}, *others]
    return advise(make_requirements({"components": components, "stores": stores}), book)


@pytest.mark.parametrize("case", CASES)
def test_connections_are_where_nothing_else_is(case: str, book: Book) -> None:
    plan = plan_for(designed(book, case))
    code = next(code for code in codes(plan) if code.id == "chat")
    assert code.connections is not None
    assert code.connections.module == CASES[case][-1]
    own = code.connections.module == "connections"
    assert own == (VARIABLE in {variable.name for variable in code.plan.env})
    assert own == (SID in {grant.sid for grant in plan.grants[code.plan.node.id]})
    # Everything that it writes besides connections is an item of a message, and never read as a whole.
    assert not any(store.has("read_all", "delete") for store in code.stores if not store.connections)
    assert {store.subject for store in code.remembers} == {*CASES[case][2]} - ({"presence"} if not own else set())


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("case", CASES)
def test_each_target_has_the_table_where_it_is_needed(case: str, target: str, book: Book) -> None:
    language = "nodejs" if target == "cdk-typescript" else "python"
    files = blueprints.build(designed(book, case, language), target, lang="en", extras={})
    texts = {path: body.decode() for path, body in files.items() if path.endswith((".py", ".ts", ".yaml"))}
    own = CASES[case][-1] == "connections"
    assert own == any("ConnectionTable" in text for path, text in texts.items() if not path.startswith("src/"))
    assert own == any(VARIABLE in text for path, text in texts.items() if path.startswith("src/chat/"))


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_messages_go_to_the_connections_of_their_owner(target: str, book: Book) -> None:
    """Whoever reads an item by the API, and nobody else, receives news of it."""
    files = blueprints.build(design_from("live-updates", book), target, lang="en", extras={})
    kind = "ts" if target == "cdk-typescript" else "py"
    service, app = (files[f"src/live/{name}.{kind}"].decode() for name in ("service", "app"))
    assert "listeners(speaker)" in service
    assert "service.listeners(service.audience(message))" in app
    assert "listeners(speaker)" not in files[f"src/desk/service.{kind}"].decode()
    # Every signed-in user reads what is said in a chat that nothing else writes to.
    chat = blueprints.build(
        designed(book, "no store", "nodejs" if kind == "ts" else "python"), target, lang="en", extras={}
    )
    assert "return listeners()" in chat[f"src/chat/service.{kind}"].decode()


def test_a_text_is_for_its_user_where_messages_start_the_program(book: Book) -> None:
    plan = plan_for(design_from("live-updates", book))
    assert {code.id: code.own_only for code in codes(plan) if code.service == "chat"} == {"live": True, "desk": False}


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_connections_of_a_user_are_found_by_an_index(target: str, book: Book) -> None:
    """A scan for each message reads all connections for those of one user."""
    kind = "ts" if target == "cdk-typescript" else "py"
    scan = "readAll()" if kind == "ts" else "read_all()"
    query = "ofUser(" if kind == "ts" else "of_user("
    files = blueprints.build(design_from("live-updates", book), target, lang="en", extras={})
    live, desk = (files[f"src/{name}/service.{kind}"].decode() for name in ("live", "desk"))
    assert query in live
    assert query not in desk
    # News without an owner are for everybody.
    assert scan in live
    chat = blueprints.build(
        designed(book, "no store", "nodejs" if kind == "ts" else "python"), target, lang="en", extras={}
    )
    service = chat[f"src/chat/service.{kind}"].decode()
    assert scan in service
    assert query not in service


@pytest.mark.parametrize(
    ("case", "used"),
    [
        ("no store", ("read_all", {"dynamodb:Scan"}, False)),
        ("a key-value store of its own", ("read_all", {"dynamodb:Query", "dynamodb:Scan"}, False)),
    ],
)
def test_a_program_may_read_what_its_messages_need(case: str, used: tuple[str, set[str], bool], book: Book) -> None:
    function, actions, is_indexed = used
    stores, reads, writes, _, _ = CASES[case]
    chat = {"id": "chat", "trigger": "request", "protocol": "websocket"}
    chat |= {"authentication": "sign-up", "reads": reads, "writes": writes}
    plan = plan_for(advise(make_requirements({"components": [chat], "stores": stores}), book))
    code = next(code for code in codes(plan) if code.id == "chat")
    assert code.connections is not None
    assert code.connections.functions == {"get", "put", "delete", function}
    granted = [one for one in plan.grants[code.plan.node.id] if any("dynamodb:" in action for action in one.actions)]
    assert {action for one in granted for action in one.actions} & {"dynamodb:Query", "dynamodb:Scan"} == actions
    assert is_indexed == any(ref.suffix == "/index/owner" for one in granted for ref in one.resources)
    template = blueprints.build(plan.design, "sam", lang="en", extras={})["template.yaml"].decode()
    assert is_indexed == ("IndexName: owner" in template)
