"""Forgeries tried on emitted programs, in the process of a worker: headers, tokens, and events inside a message.

A job is [what, folder, more]. What a program would do with an identity is recorded instead: `service` is a stand-in
whose functions note the first argument that they are called with, which is the caller whom the program believes.
"""

import base64
import importlib
import io
import json
import os
import re
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from fnmatch import fnmatch
from itertools import product
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError, URLError

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

# The bytecode of a program is taken for that of another one that is as long and was written within the same second.
sys.dont_write_bytecode = True
MALLORY = "mallory"
#: Before the name of a token for which an authorizer fails, and what it answers for an issuer that it does not reach.
FAILS, SILENT = "fails: ", "no failure"
_ISSUER = "https://issuer.example.com/pool"
#: What a program checks tokens by.
_TOKENS = {
    "TOKEN_ISSUER": _ISSUER,
    "TOKEN_AUDIENCE": "client-1",
    "TOKEN_KEYS_URL": f"{_ISSUER}/.well-known/jwks.json",
}
_THIS_API = "arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/items"
_OTHER_API = "arn:aws:execute-api:us-east-1:123456789012:other/dev/GET/items"
#: The load balancer in front of a program, and the key by which those of its Region sign.
_BALANCER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
_KEY_ID, _KEY = "12345678-1234-1234-1234-123456789012", ec.generate_private_key(ec.SECP256R1())
_ROUTES = (("GET", "/items"), ("POST", "/items"), ("GET", "/items/1"), ("PUT", "/items/1"), ("DELETE", "/items/1"))
_COMMON = (
    "x-amzn-oidc-identity", "x-amzn-oidc-data", "authorization", "x-caller-id", "x-user-id", "x-forwarded-user",
)  # fmt: skip
#: Headers that a program hands to its service and that name no caller: the key of a request that is sent again, and the version of an item.
_NO_CALLERS = ("idempotency-key", "if-match")
#: The server that containers run, with the module that they import of it: no request comes by it here.
_SERVER = ("waitress", "waitress.task", "waitress.wasyncore")
_VARIABLE = re.compile(r'environ(?:\.get)?[\[(]"(\w+)"')
_HEADER = re.compile(r"HTTP_([A-Z0-9_]+)")


def answers(jobs: list[list[Any]]) -> Iterator[list[Any]]:
    """Yield what came of each job."""
    for what, folder, more in jobs:
        yield list(_KINDS[what](Path(folder), more))


def believed_headers(folder: Path, signed: bool | None) -> list[str]:
    """Return the headers whose values a web server accepts as the caller; `signed`: what a load balancer signed as well."""
    source = (folder / "main.py").read_text("utf-8")
    named = [name.lower().replace("_", "-") for name in _HEADER.findall(source)]
    named = [name for name in named if name not in _NO_CALLERS]
    unsigned = (MALLORY, *(f"{scheme}{token}" for scheme in ("", "Bearer ") for token in _unsigned()))
    values = (*unsigned, _claims()) if signed else unsigned
    network = patch.object(urllib.request.OpenerDirector, "open", _keys)
    # Requests come here as they are below the path under which a load balancer hands them on.
    given = {**_TOKENS, "PATH_PREFIX": "", "LOAD_BALANCER_ARN": _BALANCER}
    with network, _program(folder, log=_Log(), **given) as (load, seen):
        application = load("main").application
        return [name for name in dict.fromkeys([*named, *_COMMON]) if _taken(application, name, values, seen)]


def _taken(application: Any, header: str, values: tuple[str, ...], seen: list[str]) -> bool:
    variable = f"HTTP_{header.upper().replace('-', '_')}"
    for value, (method, path) in product(values, _ROUTES):
        seen.clear()
        with suppress(Exception):
            list(application({**_environ(method, path), variable: value}, lambda *_: None))
        if MALLORY in seen:
            return True
    return False


def _environ(method: str, path: str) -> dict[str, Any]:
    body = b'{"name": "n"}'
    return {
        "REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "QUERY_STRING": "",
        "wsgi.input": io.BytesIO(body),
    }  # fmt: skip


def _unsigned() -> list[str]:
    """Return tokens that any caller can make: without a signature, and signed with an unknown key."""
    claims = {"sub": MALLORY, "iss": _ISSUER, "aud": "client-1", "client_id": "client-1", "exp": time.time() + 60}
    own = ec.generate_private_key(ec.SECP256R1())
    return [jwt.encode(claims, "", algorithm="none"), jwt.encode(claims, own, algorithm="ES256")]


def served_without_identity(folder: Path, events: list[Any]) -> list[str]:
    """Return the routes, as "GET /items", on which a program serves unauthenticated callers.

    A web server gets each request without any header of a caller, a function the events as each kind of entry sends them.
    """
    served: list[str] = []
    with _program(folder, log=_Log(), PATH_PREFIX="", LOAD_BALANCER_ARN=_BALANCER) as (load, seen):
        if (folder / "main.py").exists():
            application = load("main").application
            for method, path in _ROUTES:
                seen.clear()
                with suppress(Exception):
                    list(application(_environ(method, path), lambda *_: None))
                served += [f"{method} {path}"] if seen else []
            return served
        handler = load("app").handler
        for name, event in events:
            seen.clear()
            with suppress(Exception):
                handler(event, _context())
            served += [name] if seen else []
    return list(dict.fromkeys(served))


def accepted_tokens(folder: Path, _: object) -> list[str]:
    """Return the tokens that a Lambda authorizer accepts, of one that is genuine and many that are not."""
    genuine = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with _issuer(genuine), _program(folder, **_TOKENS) as (load, _seen):
        handler = load("authorizer").handler
        tried = {name: _allowed(handler, token) for name, token in _tokens(genuine).items()}
        elsewhere = any(fnmatch(_OTHER_API, resource) for resource in tried["genuine"] or ())
        failed = [f"{FAILS}{name}" for name, allowed in tried.items() if allowed is None]
        found = [name for name, allowed in tried.items() if allowed]
    dead = patch.object(urllib.request.OpenerDirector, "open", _unreachable)
    with dead, _program(folder, **_TOKENS) as (load, _seen):
        silent = _allowed(load("authorizer").handler, _tokens(genuine)["genuine"]) is not None
    return [*found, *failed, *([SILENT] if silent else []), *(["for another API"] if elsewhere else [])]


def _issuer(genuine: Any) -> Any:
    """Return the patch by which the issuer publishes this key."""
    public = RSAAlgorithm.to_jwk(genuine.public_key(), as_dict=True)
    published = {
        f"{_ISSUER}/.well-known/openid-configuration": {"jwks_uri": f"{_ISSUER}/.well-known/jwks.json"},
        f"{_ISSUER}/.well-known/jwks.json": {"keys": [{**public, "kid": "k1", "use": "sig"}]},
    }
    return patch.object(urllib.request.OpenerDirector, "open", _opener(published))


def _opener(published: dict[str, Any]) -> Any:
    def answer(_: Any, request: Any, *_rest: Any, **_more: Any) -> io.BytesIO:
        return io.BytesIO(json.dumps(published[getattr(request, "full_url", request)]).encode())

    return answer


def _tokens(genuine: Any) -> dict[str, str | None]:
    """Return tokens by their fault; None is no token."""
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(key: Any = genuine, algorithm: str = "RS256", **changed: Any) -> str:
        claims = {"sub": MALLORY, "iss": _ISSUER, "aud": "client-1", "exp": time.time() + 60, **changed}
        said = {name: value for name, value in claims.items() if value is not None}
        return str(jwt.encode(said, key, algorithm=algorithm, headers={"kid": "k1"}))

    return {
        "genuine": token(),
        "signed by another key": token(other),
        "not signed": token("", "none"),
        "signed by a shared secret": token("k" * 32, "HS256"),
        "expired": token(exp=time.time() - 60),
        "without an expiry": token(exp=None),
        "of another issuer": token(iss="https://other.example.com"),
        "for another client": token(aud="client-2"),
        "for no client": token(aud=None),
        "of nobody": token(sub=None),
        "no token": "mallory",
        "of many lists": f"{base64.urlsafe_b64encode(b'[' * 4000).decode()}.e30.e30",
        "absent": None,
    }


def accepted_claims(folder: Path, _: object) -> list[str]:
    """Return the claims that a program believes, of those that its load balancer or its issuer signed and many others."""
    if (folder / "bearer.py").exists():
        return _accepted_bearers(folder)
    other, named = ec.generate_private_key(ec.SECP256R1()), {"kid": _KEY_ID, "signer": _BALANCER}
    tried = {
        "genuine": _claims(),
        "signed by another key": _claims(other),
        "not signed": jwt.encode({"sub": MALLORY}, "", algorithm="none", headers=named),
        "signed by a shared secret": jwt.encode({"sub": MALLORY}, b"k" * 32, headers=named),
        "signed by another load balancer": _claims(signer=f"{_BALANCER}0"),
        "signed by nobody known": _claims(signer=None),
        "expired": _claims(exp=int(time.time()) - 60),
        "without an expiry": _claims(exp=None),
        "no claims": MALLORY,
    }
    believed: list[str] = []
    network = patch.object(urllib.request.OpenerDirector, "open", _keys)
    with network, _program(folder, LOAD_BALANCER_ARN=_BALANCER) as (load, _seen):
        for name, signed in tried.items():
            with suppress(Exception):
                believed += [name] if load("identity").user(signed) == MALLORY else []
    return believed


def _accepted_bearers(folder: Path) -> list[str]:
    """Return the tokens that a program behind a load balancer believes."""
    genuine = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    believed: list[str] = []
    with _issuer(genuine), _program(folder, **_TOKENS) as (load, _seen):
        for name, token in _tokens(genuine).items():
            with suppress(Exception):
                believed += [name] if load("bearer").user(f"Bearer {token}") == MALLORY else []
    return believed


def _claims(key: Any = _KEY, **changed: Any) -> str:
    """Return claims as a load balancer signs them, with padding; None removes a field of the header."""
    header = {"alg": "ES256", "kid": _KEY_ID, "signer": _BALANCER, "exp": int(time.time()) + 60, **changed}
    said = {name: value for name, value in header.items() if value is not None}
    text = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()) for part in (said, {"sub": MALLORY}))
    return b".".join([text, base64.urlsafe_b64encode(ECAlgorithm(ECAlgorithm.SHA256).sign(text, key))]).decode()


def _keys(_: Any, request: Any, *_rest: Any, **_more: Any) -> io.BytesIO:
    """Answer as the host with the public keys of load balancers."""
    address = str(getattr(request, "full_url", request))
    if not address.endswith(f"/{_KEY_ID}"):
        raise HTTPError(address, 403, "Forbidden", Message(), None)
    return io.BytesIO(_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _unreachable(*_: Any, **_more: Any) -> None:
    raise URLError("timed out")


def _allowed(handler: Any, token: str | None) -> list[str] | None:
    """Return the resources that an authorizer lets the holder of a token invoke; None if it fails."""
    event: dict[str, Any] = {
        "methodArn": _THIS_API,
        "authorizationToken": f"Bearer {token}",
        "queryStringParameters": {"token": token},
    }
    if token is None:
        event |= {"authorizationToken": "", "queryStringParameters": None}
    with suppress(Exception):
        statements = handler(event, _context())["policyDocument"]["Statement"]
        resources = [one["Resource"] for one in statements if one["Effect"] == "Allow"]
        return [str(name) for one in resources for name in (one if isinstance(one, list) else [one])]
    return None


def sent_events(folder: Path, more: tuple[str, list[Any]]) -> list[Any]:
    """Return the call of a client to another function for items: the variable with its name, and the event."""
    (module, items), sent = more, list[Any]()

    class Client:
        exceptions = SimpleNamespace(DurableExecutionAlreadyStartedException=KeyError)

        def invoke(self, **request: Any) -> dict[str, Any]:
            sent.append([request["FunctionName"], json.loads(request["Payload"])])
            return {"Payload": io.BytesIO(b"{}")}

    with _program(folder, boto3=SimpleNamespace(client=lambda *_a, **_k: Client())) as (load, _seen):
        for item in items:
            load(module).call(item)
    return sent


def believed_in_events(folder: Path, events: list[Any]) -> list[str]:
    """Return whether a function takes the caller inside an event of another program for its own caller."""
    with _program(folder, LOAD_BALANCER_ARN=_BALANCER) as (load, seen):
        for event in events:
            with suppress(Exception):
                load("app").handler(event, _context())
        return [MALLORY] if MALLORY in seen else []


class _Log(ModuleType):
    def __init__(self) -> None:
        super().__init__("log")
        self.start = lambda: SimpleNamespace(**dict.fromkeys(("info", "error", "exception", "warning"), print))


@contextmanager
def _program(folder: Path, **given: Any) -> Iterator[tuple[Callable[[str], Any], list[str]]]:
    """Yield what loads modules of a folder afresh, and what its service was called with; `given` are modules and variables."""
    seen: list[str] = []
    before, path = dict(sys.modules), list(sys.path)
    modules = {name: value for name, value in given.items() if not isinstance(value, str)}
    variables = {name: value for name, value in given.items() if isinstance(value, str)}
    sources = {file.stem: file.read_text("utf-8") for file in folder.glob("*.py")}
    for name in sources:
        sys.modules.pop(name, None)
    server = {name: ModuleType(name) for name in _SERVER}
    vars(server["waitress.task"])["ThreadedTaskDispatcher"] = object
    vars(server["waitress"]).update({name.partition(".")[2]: module for name, module in server.items() if "." in name})
    sys.modules |= {**server, "service": _service(seen), **modules}
    sys.path.insert(0, str(folder))
    # Every variable that a program asks for holds its own name, but for those with a meaning here.
    asked = {name: name for source in sources.values() for name in _VARIABLE.findall(source)}
    fixed = {"PORT": "8080", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", **variables}
    try:
        with patch.dict(os.environ, asked | {"POWERTOOLS_TRACE_DISABLED": "true"} | fixed):
            yield importlib.import_module, seen
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - set(before):
            if getattr(sys.modules[name], "__file__", None) and str(folder) in str(sys.modules[name].__file__):
                del sys.modules[name]
        for name in ("service", *_SERVER, *modules):
            sys.modules.pop(name, None)
        sys.modules |= {name: module for name, module in before.items() if name not in sys.modules}


def _service(seen: list[str]) -> Any:
    def note(*arguments: Any, **_: Any) -> dict[str, Any]:
        seen.extend(str(argument) for argument in arguments if isinstance(argument, str))
        return {}

    class Service(ModuleType):
        Invalid = type("Invalid", (ValueError,), {})
        NotFound = type("NotFound", (LookupError,), {})
        Changed = type("Changed", (RuntimeError,), {})
        Unconditional = type("Unconditional", (RuntimeError,), {})

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return note

    return Service("service")


def _context() -> Any:
    return SimpleNamespace(
        function_name="f", memory_limit_in_mb=128, aws_request_id="r1", client_context=None,
        invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:f",
    )  # fmt: skip


_KINDS: dict[str, Callable[[Path, Any], list[Any]]] = {
    "headers": believed_headers,
    "tokens": accepted_tokens,
    "claims": accepted_claims,
    "sent": sent_events,
    "event": believed_in_events,
    "nobody": served_without_identity,
}
