"""WebSocket APIs: authorization of connections, and messages that reach every connection."""

import json
import socket
from functools import partial

from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from advisor.architecture import Edge
from blueprints.traits.open_connections import store_of_connections
from prove.traffic import stores, workflows
from prove.traffic.identity import forged, tokens
from prove.traffic.session import Session

API = "AWS::ApiGatewayV2::Api"
TIMEOUT_S = 20
#: AWS answers 403 when the authorizer denies, and 401 without a token; the emulator may answer 500, and does not connect either.
REFUSED = (401, 403, 500)
#: The key prefix of an open connection in the store of the programs.
CONNECTION = "connection#"


def drive(session: Session, edge: Edge) -> None:
    """Connect as two users, send a message, and receive it at both; connections without a valid token are refused."""
    entry_point = edge.target
    authorizations = session.architecture.leaving(entry_point, "authorize")
    token = tokens(session, authorizations[0].target)["IdToken"] if authorizations else ""
    other = tokens(session, authorizations[0].target, "you@example.com")["IdToken"] if authorizations else ""
    for authorization in authorizations:
        for who, refused_token in (("without a token", ""), ("with a forged signature", forged(token))):
            status = _refusal(session, entry_point, refused_token)
            session.check(authorization, status in REFUSED, f"{status} for a connection {who}", status)
    with _connected(session, entry_point, token) as first, _connected(session, entry_point, other) as second:
        for authorization in authorizations:
            session.record(authorization, "connected with a token")
        _messages(session, edge, first, second)
    for write in _connection_stores(session, entry_point):
        gone = session.wait_for(partial(_empty, session, write.target))
        session.check(write, bool(gone), "closed connections are forgotten")


def _empty(session: Session, store: str) -> bool | None:
    return not _open(session, store) or None


def _open(session: Session, store: str) -> int:
    return sum(CONNECTION in text for text in stores.contents(session, store))


def _messages(session: Session, edge: Edge, first: ClientConnection, second: ClientConnection) -> None:
    entry_point, mark = edge.target, session.mark()
    for write in _connection_stores(session, entry_point):
        open_count = _open(session, write.target)
        session.check(write, open_count == 2, "both connections are in the store", open_count)
    first.send("no JSON at all")
    first.send(json.dumps({"action": "send", "text": mark}))
    heard = [_receives(connection, mark) for connection in (first, second)]
    if session.check(edge, all(heard), "what one says is heard by both", heard):
        for invoked in session.architecture.leaving(entry_point, "invoke"):
            session.record(invoked, "connections and messages are handled")
            for pushed in session.architecture.leaving(invoked.target, "push"):
                session.record(pushed, "a message is pushed to both connections")
            for kept in _message_stores(session, invoked.target):
                session.check(kept, stores.holds(session, kept.target, mark), "what is said is kept")
            for called in session.architecture.leaving(invoked.target, "call"):
                workflows.started(session, called, mark)


def _connection_stores(session: Session, entry_point: str) -> list[Edge]:
    """Return the connections from the programs of an API to the stores that contain its open connections."""
    programs = [session.node(edge.target) for edge in session.architecture.leaving(entry_point, "invoke")]
    kept = {store_of_connections(session.architecture, program) for program in programs}
    used = [edge for program in programs for edge in session.architecture.leaving(program.id, "read-write")]
    return [edge for edge in used if edge.target in kept]


def _message_stores(session: Session, program: str) -> list[Edge]:
    """Return the connections by which a program writes messages to stores that can be read."""
    connections = store_of_connections(session.architecture, session.node(program))
    written = [edge for edge in session.architecture.leaving(program) if edge.verb in ("write", "read-write")]
    readable = [edge for edge in written if session.node(edge.target).service in stores.READABLE]
    return [edge for edge in readable if edge.target != connections]


def _connected(session: Session, entry_point: str, token: str) -> ClientConnection:
    account = session.deployment.account
    api = session.deployment.of_node(entry_point, API)
    stage = session.deployment.parameters.get("Environment", "dev")
    address = f"ws://{api}.execute-api.localhost:{account.port}/{stage}" + (f"?token={token}" if token else "")
    return connect(address, sock=socket.create_connection(("127.0.0.1", account.port)), open_timeout=TIMEOUT_S)


def _refusal(session: Session, entry_point: str, token: str) -> int:
    try:
        _connected(session, entry_point, token).close()
    except InvalidStatus as error:
        return int(error.response.status_code)
    return 101


def _receives(connection: ClientConnection, mark: str) -> bool:
    """Return whether a mark is received; error responses may come before it."""
    try:
        while mark not in str(connection.recv(timeout=TIMEOUT_S)):
            pass
    except TimeoutError:
        return False
    return True
