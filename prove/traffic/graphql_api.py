"""GraphQL APIs: every operation on items, with a token and without.

The emulator does not verify the signature of a token here, as it does for the other APIs.
"""

from typing import Any

from advisor.architecture import Edge
from prove.tools import OFFLINE
from prove.traffic import messages, stores
from prove.traffic.calls import Address, Answer, address_of
from prove.traffic.identity import tokens
from prove.traffic.session import Session

API = "AWS::AppSync::GraphQLApi"


def drive(session: Session, edge: Edge) -> None:
    """Create, read, list, replace and delete an item; requests without a token are refused."""
    entry_point = edge.target
    api = session.deployment.of_node(entry_point, API).rsplit("/", 1)[-1]
    address = address_of(session, f"{api}.appsync-api.{OFFLINE['AWS_REGION']}")
    token = None
    for authorization in session.architecture.leaving(entry_point, "authorize"):
        token = tokens(session, authorization.target)["IdToken"]
        answer = _ask(address, None, "{ items { items { id } } }")
        session.check(authorization, answer.status == 401, "401 for a request without a token", answer)
    _items(session, edge, address, token)


def _ask(address: Address, token: str | None, query: str, **variables: Any) -> Answer:
    headers = {"authorization": token} if token else {}
    return address.call("POST", "/graphql", {"query": query, "variables": variables}, headers)


def _data(answer: Answer) -> dict[str, Any]:
    return dict((answer.value or {}).get("data") or {}) if answer.status == 200 else {}


def _listed(data: dict[str, Any]) -> list[Any]:
    """Return the items of the first page of a list."""
    return list((data.get("items") or {}).get("items") or ())


def _items(session: Session, edge: Edge, address: Address, token: str | None) -> None:
    mark = session.mark()
    make = "mutation M($input: ItemInput!) { createItem(input: $input) { id name owner } }"
    created = _ask(address, token, make, input={"name": mark})
    item = _data(created).get("createItem") or {}
    if not session.check(edge, item.get("name") == mark, "an item is made", created):
        return
    for authorization in session.architecture.leaving(edge.target, "authorize"):
        session.record(authorization, "200 with a token")
    read = _ask(
        address, token, "query Q($id: ID!) { item(id: $id) { name attributes } items { items { id } } }", id=item["id"]
    )
    data = _data(read)
    behind = session.architecture.leaving(edge.target, "invoke") or session.architecture.leaving(
        edge.target, "read-write"
    )
    for connection in behind:
        one = data.get("item") or {}
        matches = one.get("name") == mark and {"id": item["id"]} in _listed(data)
        session.check(connection, matches, "the item is read and listed", read)
        # Attributes with a field of their own are not repeated.
        rest = one.get("attributes")
        session.check(connection, rest is not None and mark not in str(rest), "the other attributes are read", read)
        _changed(session, connection, address, token, item["id"], mark)
        _stored(session, connection, mark)


def _changed(session: Session, edge: Edge, address: Address, token: str | None, id: str, mark: str) -> None:
    change = 'mutation M($id: ID!, $input: ItemInput!) { replaceItem(id: $id, etag: "*", input: $input) { name } }'
    changed = _ask(address, token, change, id=id, input={"name": f"{mark}-changed"})
    named = (_data(changed).get("replaceItem") or {}).get("name")
    session.check(edge, named == f"{mark}-changed", "the item is changed", changed)
    bad = _ask(address, token, change, id=id, input={})
    session.check(edge, bool((bad.value or {}).get("errors")), "an item without a name is an error", bad)
    make = "mutation M($input: ItemInput!) { createItem(input: $input) { id } }"
    extra = (_data(_ask(address, token, make, input={"name": "extra"})).get("createItem") or {}).get("id")
    removed = _ask(address, token, 'mutation M($id: ID!) { removeItem(id: $id, etag: "*") { id owner } }', id=extra)
    gone = _ask(address, token, "query Q($id: ID!) { item(id: $id) { name } }", id=extra)
    empty = gone.status == 200 and "item" in _data(gone) and _data(gone)["item"] is None
    session.check(
        edge, (_data(removed).get("removeItem") or {}).get("id") == extra and empty, "an item is removed", gone
    )


def _stored(session: Session, edge: Edge, mark: str) -> None:
    """The item is in the store, written by a function or by the API itself."""
    used = [edge] if edge.verb == "read-write" else session.architecture.leaving(edge.target, "read-write")
    for write in used:
        if session.node(write.target).service in stores.READABLE:
            session.check(write, stores.holds(session, write.target, mark), "the item is in the store")
    if edge.verb == "invoke":
        messages.follow(session, edge.target, mark)
