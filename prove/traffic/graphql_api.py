"""GraphQL doors: every field of the schema that items have, with a token and without.

The emulator does not look at the signature of a token here, as it does at the other doors.
"""

from typing import Any

from advisor.architecture import Edge
from prove.tools import OFFLINE
from prove.traffic import messages, stores
from prove.traffic.calls import Address, Answer, at
from prove.traffic.identity import tokens
from prove.traffic.scene import Scene

API = "AWS::AppSync::GraphQLApi"


def drive(scene: Scene, edge: Edge) -> None:
    """Make, read, list, change and remove an item; strangers are refused."""
    door = edge.target
    api = scene.deployment.of_node(door, API).rsplit("/", 1)[-1]
    address = at(scene, f"{api}.appsync-api.{OFFLINE['AWS_REGION']}")
    token = None
    for asked in scene.architecture.leaving(door, "authorize"):
        token = tokens(scene, asked.target)["IdToken"]
        answer = _ask(address, None, "{ items { id } }")
        scene.check(asked, answer.status == 401, "401 for a request without a token", answer)
    _items(scene, edge, address, token)


def _ask(address: Address, token: str | None, query: str, **variables: Any) -> Answer:
    headers = {"authorization": token} if token else {}
    return address.call("POST", "/graphql", {"query": query, "variables": variables}, headers)


def _data(answer: Answer) -> dict[str, Any]:
    return dict((answer.value or {}).get("data") or {}) if answer.status == 200 else {}


def _items(scene: Scene, edge: Edge, address: Address, token: str | None) -> None:
    mark = scene.mark()
    make = "mutation M($input: ItemInput!) { createItem(input: $input) { id name owner } }"
    made = _ask(address, token, make, input={"name": mark})
    item = _data(made).get("createItem") or {}
    if not scene.check(edge, item.get("name") == mark, "an item is made", made):
        return
    for asked in scene.architecture.leaving(edge.target, "authorize"):
        scene.saw(asked, "200 with a token")
    read = _ask(address, token, "query Q($id: ID!) { item(id: $id) { name } items { id } }", id=item["id"])
    found = _data(read)
    behind = scene.architecture.leaving(edge.target, "invoke") or scene.architecture.leaving(edge.target, "read-write")
    for one in behind:
        right = (found.get("item") or {}).get("name") == mark and {"id": item["id"]} in (found.get("items") or ())
        scene.check(one, right, "the item is read and listed", read)
        _changed(scene, one, address, token, item["id"], mark)
        _kept(scene, one, mark)


def _changed(scene: Scene, edge: Edge, address: Address, token: str | None, id: str, mark: str) -> None:
    change = "mutation M($id: ID!, $input: ItemInput!) { replaceItem(id: $id, input: $input) { name } }"
    changed = _ask(address, token, change, id=id, input={"name": f"{mark}-changed"})
    named = (_data(changed).get("replaceItem") or {}).get("name")
    scene.check(edge, named == f"{mark}-changed", "the item is changed", changed)
    bad = _ask(address, token, change, id=id, input={})
    scene.check(edge, bool((bad.value or {}).get("errors")), "an item without a name is an error", bad)
    make = "mutation M($input: ItemInput!) { createItem(input: $input) { id } }"
    extra = (_data(_ask(address, token, make, input={"name": "extra"})).get("createItem") or {}).get("id")
    removed = _ask(address, token, "mutation M($id: ID!) { removeItem(id: $id) }", id=extra)
    gone = _ask(address, token, "query Q($id: ID!) { item(id: $id) { name } }", id=extra)
    empty = gone.status == 200 and "item" in _data(gone) and _data(gone)["item"] is None
    scene.check(edge, _data(removed).get("removeItem") == extra and empty, "an item is removed", gone)


def _kept(scene: Scene, edge: Edge, mark: str) -> None:
    """The item is in the store, whether a function or the door itself put it there."""
    used = [edge] if edge.verb == "read-write" else scene.architecture.leaving(edge.target, "read-write")
    for one in used:
        if scene.node(one.target).service in stores.READABLE:
            scene.check(one, stores.holds(scene, one.target, mark), "the item is in the store")
    if edge.verb == "invoke":
        messages.follow(scene, edge.target, mark)
