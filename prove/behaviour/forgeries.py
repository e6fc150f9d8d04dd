"""Forged headers, tokens and events, tried on the programs of a project in either language; equal programs are tried once."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from prove.behaviour.tries import Same, tried

MALLORY = "mallory"
GENUINE = "genuine"
#: Before the name of a token for which an authorizer fails, and what it answers for an issuer that it does not reach.
FAILS, SILENT = "fails: ", "no failure"
#: Faults of tokens that only their signature shows.
UNSIGNED = frozenset({"signed by another key", "not signed", "signed by a shared secret"})
#: Webhooks that a receiver accepts.
GENUINE_WEBHOOKS = (
    GENUINE,
    "genuine in Base64",
    "genuine with one of several signatures",
    "genuine by the previous secret",
)
#: Modules that make a program another one for a forger; what it does with its stores is none of his business.
_DOORS = ("main", "app", "authorizer", "caller", "identity", "bearer", "environment", "signature", "keys")
#: What a client of another function looks like, by the ending of its file.
_INVOKES = {".py": "functions.invoke(", ".ts": "new InvokeCommand("}
_SERVES = {".py": "def application(", ".ts": "export function serve("}
_AUTHORIZER = {
    "jwt": {"claims": {"sub": MALLORY}, "scopes": None},
    "iam": {"userArn": MALLORY},
    "claims": {"sub": MALLORY},
    "principalId": MALLORY,
}
_HEADERS = {"x-amzn-oidc-identity": MALLORY, "x-caller-id": MALLORY, "authorization": MALLORY}
#: Headers by which programs let a proxy or a client name the caller; what a load balancer says is judged by its listeners.
_COMMON = ("x-caller-id", "x-user-id", "x-user", "x-forwarded-user", "x-auth-user", "authorization")
_OF_A_BALANCER = {"x-amzn-oidc-identity", "x-amzn-oidc-data", "x-amzn-oidc-accesstoken"}
_QUOTED = re.compile(r"[\"']([Xx]-[\w-]+)[\"']")
_ROUTES = (("GET", "/items"), ("POST", "/items"), ("GET", "/items/1"), ("PUT", "/items/1"), ("DELETE", "/items/1"))
_CALL = {"method": "GET", "path": "/items", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "t"}
_OLD = {"httpMethod": "GET", "path": "/items", "resource": "/items", "headers": _HEADERS, "multiValueHeaders": {},
        "queryStringParameters": None, "multiValueQueryStringParameters": None, "pathParameters": None,
        "stageVariables": None, "body": None, "isBase64Encoded": False}  # fmt: skip
#: An event as each kind of entry sends it (HTTP API, REST API, load balancer, WebSocket API, GraphQL), with a forged caller.
FORGED: tuple[Mapping[str, Any], ...] = (
    {"version": "2.0", "routeKey": "GET /items", "rawPath": "/items", "rawQueryString": "", "headers": _HEADERS,
     "isBase64Encoded": False, "requestContext": {
         "requestId": "r1", "stage": "$default", "http": _CALL, "authorizer": _AUTHORIZER, "accountId": "123456789012",
         "apiId": "a", "domainName": "d", "domainPrefix": "d", "routeKey": "GET /items", "time": "", "timeEpoch": 1}},
    {**_OLD, "requestContext": {
        "requestId": "r1", "stage": "dev", "path": "/items", "resourcePath": "/items", "httpMethod": "GET",
        "resourceId": "r", "protocol": "HTTP/1.1", "requestTimeEpoch": 1, "accountId": "123456789012", "apiId": "a",
        "identity": {"sourceIp": "192.0.2.1", "userArn": MALLORY}, "authorizer": _AUTHORIZER}},
    {**_OLD, "queryStringParameters": {}, "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing"}}},
    {"requestContext": {"requestId": "r1", "routeKey": "$connect", "connectionId": "c1", "authorizer": _AUTHORIZER,
                        "identity": {"sourceIp": "192.0.2.1", "userArn": MALLORY}}, "isBase64Encoded": False},
    {"info": {"parentTypeName": "Query", "fieldName": "items", "variables": {}, "selectionSetList": []}, "arguments": {},
     "identity": {"sub": MALLORY, "userArn": MALLORY, "claims": {"sub": MALLORY}}, "request": {"headers": {}}},
)  # fmt: skip


def believed_headers(folder: Path, *, signed: bool = True) -> tuple[str, ...]:
    """Return the headers whose values a web server accepts as the caller; `signed`: what a load balancer signed as well."""
    main = _module(folder, "main")
    serves = main is not None and _SERVES[main.suffix] in main.read_text("utf-8")
    return _tried("headers", folder, json.dumps(signed)) if serves else ()


def served_without_identity(folder: Path) -> tuple[str, ...]:
    """Return the routes, as "GET /items", on which a program serves unauthenticated callers."""
    main = _module(folder, "main")
    answers = _SERVES[main.suffix] in main.read_text("utf-8") if main else _module(folder, "caller") is not None
    return _tried("nobody", folder, json.dumps(list(_anonymous()))) if answers else ()


def reads(folder: Path) -> bool:
    """Return whether a program has something to read for its callers."""
    doors = [file for file in (_module(folder, "main"), _module(folder, "app")) if file]
    return any("service.listing(" in file.read_text("utf-8") for file in doors)


def _anonymous() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield requests of an HTTP API and a REST API on each route without an identity."""
    for method, path in _ROUTES:
        body = None if method in ("GET", "DELETE") else '{"name": "n"}'
        call = {**_CALL, "method": method, "path": path}
        context = {"requestId": "r1", "stage": "$default", "http": call, "routeKey": f"{method} {path}"}
        yield f"{method} {path}", {
            "version": "2.0", "routeKey": f"{method} {path}", "rawPath": path, "rawQueryString": "", "headers": {},
            "body": body, "isBase64Encoded": False, "requestContext": context,
        }  # fmt: skip
        old = {"requestId": "r1", "stage": "dev", "path": path, "resourcePath": path, "httpMethod": method}
        place: dict[str, Any] = {"httpMethod": method, "path": path, "resource": path, "headers": {}, "body": body}
        identity = {"identity": {"sourceIp": "192.0.2.1"}, "protocol": "HTTP/1.1", "resourceId": "r", "apiId": "a"}
        yield f"{method} {path}", {**_OLD, **place, "requestContext": {**old, **identity, "requestTimeEpoch": 1}}


def accepted_tokens(folder: Path) -> tuple[str, ...] | None:
    """Return the faulty tokens that an authorizer accepts, and "genuine", or None if there is none.

    Tokens for which it fails stand after `FAILS`, and `SILENT` says that it does not fail without its issuer.
    """
    return _tried("tokens", folder) if _module(folder, "authorizer") else None


def accepted_claims(folder: Path) -> tuple[str, ...] | None:
    """Return the claims that a program accepts from a load balancer: those that it signs, or a token that it has verified.

    None if the program checks neither.
    """
    return _tried("claims", folder) if _module(folder, "identity") or takes_tokens(folder) else None


def takes_tokens(folder: Path) -> bool:
    """Return whether a program reads its caller from a token that its load balancer passes on."""
    return _module(folder, "bearer") is not None


def signature_faults(folder: Path) -> tuple[str, ...] | None:
    """Return the forged webhooks that a program accepts and the genuine ones that it refuses; None if it verifies none."""
    doors = [file for name in _DOORS if (file := _module(folder, name))]
    if _module(folder, "signature") is None:
        return None
    accepted = _webhooks(tuple(file.read_bytes() for file in doors), Same(folder))
    refused = [f"refused: {name}" for name in GENUINE_WEBHOOKS if name not in accepted]
    return (*refused, *(name for name in accepted if name not in GENUINE_WEBHOOKS))


def sent_events(folder: Path) -> Iterator[tuple[str, list[Any]]]:
    """Yield the calls of a program to functions for items with a forged event: the variable, and the events."""
    items = [{**event, "id": "i1", "name": "n", "owner": "somebody"} for event in FORGED]
    for file in sorted(folder.iterdir()):
        if file.suffix in _INVOKES and _INVOKES[file.suffix] in file.read_text("utf-8"):
            sent = _answer("sent", folder, [file.stem, items])
            yield str(sent[0][0]), [event for _, event in sent]


def believes(folder: Path, events: list[Any]) -> bool:
    """Return whether a function takes the caller named inside a message of another program for its own caller."""
    return _module(folder, "caller") is not None and bool(_answer("event", folder, events))


def believes_headers(folder: Path) -> bool:
    """Return whether a function trusts an identity header although its entry authenticates callers."""
    module = _module(folder, "caller")
    if module is None or _module(folder, "app") is None:
        return False
    names = {*_COMMON, *(name.lower() for name in _QUOTED.findall(module.read_text("utf-8")))} - _OF_A_BALANCER
    headers = dict.fromkeys(sorted(names), MALLORY)
    events = [json.loads(json.dumps(event).replace(MALLORY, "alice")) for event in FORGED]
    for event in events:
        event["headers"] = headers
        event |= {"request": {"headers": headers}} if "request" in event else {}
    return bool(_tried("event", folder, json.dumps(events)))


def believes_unsigned(folder: Path) -> bool:
    """Return whether a function takes a caller from a load balancer's headers without a signature."""
    if _module(folder, "caller") is None or _module(folder, "app") is None:
        return False
    by_balancer = {**_OLD, "headers": dict.fromkeys(sorted(_OF_A_BALANCER), MALLORY)}
    event = {**by_balancer, "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing"}}}
    return bool(_tried("event", folder, json.dumps([{**event, "queryStringParameters": {}}])))


def _module(folder: Path, name: str) -> Path | None:
    return next((file for file in (folder / f"{name}.py", folder / f"{name}.ts") if file.exists()), None)


def _tried(what: str, folder: Path, more: str = "null") -> tuple[str, ...]:
    doors = [file for file in (_module(folder, name) for name in _DOORS) if file]
    return _once(what, tuple(file.read_bytes() for file in doors), Same(folder), more)


@lru_cache(maxsize=256)
def _once(what: str, content: tuple[bytes, ...], place: Same[Path], more: str) -> tuple[str, ...]:
    return tuple(_answer(what, place.value, json.loads(more)))


@lru_cache(maxsize=256)
def _webhooks(content: tuple[bytes, ...], place: Same[Path]) -> tuple[str, ...]:
    return tuple(tried("webhooks", place.value, (str(place.value),)))


def _answer(what: str, folder: Path, more: Any) -> list[Any]:
    """Return the result of an attempt."""
    return tried("forge", folder, (what, str(folder), more))
