"""WebSocket doors: who may connect, and that what one says reaches everybody who is there."""

import json
import socket
from functools import partial

from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from advisor.architecture import Edge
from prove.traffic import stores, workflows
from prove.traffic.identity import forged, tokens
from prove.traffic.scene import Scene

API = "AWS::ApiGatewayV2::Api"
PATIENCE_S = 20
#: AWS answers 401 when the authoriser raises "Unauthorized"; the emulator answers 500, and does not connect either.
REFUSED = (401, 403, 500)
#: What the programs call an open connection in their store, which may hold other things as well.
CONNECTION = "connection#"


def drive(scene: Scene, edge: Edge) -> None:
    """Connect as two users, say something, and hear it at both; strangers are refused."""
    door = edge.target
    asked = scene.architecture.leaving(door, "authorize")
    token = tokens(scene, asked[0].target)["IdToken"] if asked else ""
    other = tokens(scene, asked[0].target, "you@example.com")["IdToken"] if asked else ""
    for one in asked:
        for who, given in (("without a token", ""), ("with a forged signature", forged(token))):
            status = _refusal(scene, door, given)
            scene.check(one, status in REFUSED, f"{status} for a connection {who}", status)
    with _connected(scene, door, token) as first, _connected(scene, door, other) as second:
        for one in asked:
            scene.saw(one, "connected with a token")
        _said(scene, edge, first, second)
    for kept in _kept(scene, door):
        gone = scene.until(partial(_empty, scene, kept.target))
        scene.check(kept, bool(gone), "closed connections are forgotten")


def _empty(scene: Scene, store: str) -> bool | None:
    return not _open(scene, store) or None


def _open(scene: Scene, store: str) -> int:
    return sum(CONNECTION in text for text in stores.contents(scene, store))


def _said(scene: Scene, edge: Edge, first: ClientConnection, second: ClientConnection) -> None:
    door, mark = edge.target, scene.mark()
    for kept in _kept(scene, door):
        there = _open(scene, kept.target)
        scene.check(kept, there == 2, "both connections are in the store", there)
    first.send("no JSON at all")
    first.send(json.dumps({"action": "send", "text": mark}))
    heard = [_heard(one, mark) for one in (first, second)]
    if scene.check(edge, all(heard), "what one says is heard by both", heard):
        for invoked in scene.architecture.leaving(door, "invoke"):
            scene.saw(invoked, "connections and messages are handled")
            for pushed in scene.architecture.leaving(invoked.target, "push"):
                scene.saw(pushed, "a message is pushed to both connections")
            for called in scene.architecture.leaving(invoked.target, "call"):
                workflows.started(scene, called, mark)


def _kept(scene: Scene, door: str) -> list[Edge]:
    programs = [edge.target for edge in scene.architecture.leaving(door, "invoke")]
    used = [edge for program in programs for edge in scene.architecture.leaving(program, "read-write")]
    return [edge for edge in used if scene.node(edge.target).service in stores.READABLE]


def _connected(scene: Scene, door: str, token: str) -> ClientConnection:
    account = scene.deployment.account
    api = scene.deployment.of_node(door, API)
    stage = scene.deployment.parameters.get("Environment", "dev")
    address = f"ws://{api}.execute-api.localhost:{account.port}/{stage}" + (f"?token={token}" if token else "")
    return connect(address, sock=socket.create_connection(("127.0.0.1", account.port)), open_timeout=PATIENCE_S)


def _refusal(scene: Scene, door: str, token: str) -> int:
    try:
        _connected(scene, door, token).close()
    except InvalidStatus as error:
        return int(error.response.status_code)
    return 101


def _heard(connection: ClientConnection, mark: str) -> bool:
    """Whether a mark comes; answers to what was no message may come before it."""
    try:
        while mark not in str(connection.recv(timeout=PATIENCE_S)):
            pass
    except TimeoutError:
        return False
    return True
