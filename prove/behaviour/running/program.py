"""One generated program in this process: its modules, its environment, and the ways in which it is asked."""

import contextlib
import importlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

from prove import webhooks
from prove.behaviour.running import calls, powertools, sdk, search, sql
from prove.behaviour.running.cloud import Cloud, Json, NotRun
from prove.behaviour.running.senders import SIGNING_SECRET

CONTEXT = SimpleNamespace(aws_request_id="request-1", function_name="function")
HTTP = ("GET", "POST", "PUT", "DELETE")


@dataclass
class Program:
    """A program of a project. `id` is its folder's name, `env` its environment variables in the template."""

    id: str
    folder: Path
    env: Mapping[str, str]
    cloud: Cloud
    #: The path under which its load balancer hands requests on.
    prefix: str = ""
    _modules: dict[str, ModuleType] = field(default_factory=dict)

    @property
    def container(self) -> bool:
        """Whether it is the program of a container."""
        return (self.folder / "main.py").exists()

    @property
    def webhook(self) -> bool:
        """Whether it receives signed webhooks only."""
        return (self.folder / "signature.py").exists()

    @property
    def entry(self) -> ModuleType:
        """The module that its platform starts. Raises NotRun if a dependency is missing."""
        return self.module("main" if self.container else "app")

    @property
    def service(self) -> ModuleType:
        """The module with its service."""
        return self.module("service")

    def module(self, name: str) -> ModuleType:
        """Return a module of the program, as the program itself imports it."""
        if name not in self._modules:
            with self.running():
                try:
                    made = importlib.import_module(name)
                except ModuleNotFoundError as error:
                    raise NotRun(f"{self.id} imports {error.name}") from error
                self._modules |= {
                    module.stem: sys.modules[module.stem] for module in self._files() if module.stem in sys.modules
                }
                self._modules[name] = made
                _known_callers(made)
                if (partner := self._modules.get("partner")) is not None:
                    _noted(partner, self.cloud, self.id)
        return self._modules[name]

    def _files(self) -> Iterator[Path]:
        yield from self.folder.glob("*.py")

    @contextmanager
    def running(self, env: Mapping[str, str] | None = None) -> Iterator[None]:
        """Have this program's modules, environment and AWS for a time, and be the one at work."""
        stand_ins = _stand_ins(self.cloud)
        names = {*stand_ins, *(path.stem for path in self._files())}
        before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
        sys.modules.update({**stand_ins, **self._modules})
        sys.path.insert(0, str(self.folder))
        variables, worker = dict(os.environ), self.cloud.program
        os.environ.update({**self.env, **(env or {})})
        self.cloud.program = self.id
        try:
            with contextlib.redirect_stdout(io.StringIO()), calls.answered(self.cloud):
                yield
        finally:
            self.cloud.program = worker
            os.environ.clear()
            os.environ.update(variables)
            sys.path.remove(str(self.folder))
            for name in names:
                sys.modules.pop(name, None)
            sys.modules.update(before)

    def request(
        self,
        method: str,
        path: str,
        who: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Return the status and the value with which an HTTP program answers."""
        text = "" if body is None else json.dumps(body)
        if self.webhook:
            signed = webhooks.signed(SIGNING_SECRET, text, (headers or {}).get("Idempotency-Key", ""))
            headers = {**(headers or {}), **signed}
        if self.container:
            status, content = self.receive(method, self.prefix + path, who, query or {}, text, headers)
            return status, json.loads(content or "null")
        with self.running():
            entry = self.entry
            event = {
                "method": method,
                "path": path,
                "who": who,
                "requestContext": {},
                "body": text,
                "queryStringParameters": dict(query or {}),
                "headers": dict(headers or {}),
            }
            answer = entry.handler(event, CONTEXT)
        return answer["statusCode"], json.loads(answer["body"] or "null") if answer["statusCode"] < 400 else answer[
            "body"
        ]

    def receive(
        self, method: str, path: str, who: str, query: Mapping[str, str], text: str, headers: Mapping[str, str] | None
    ) -> tuple[int, str]:
        """Return the status and body of a container's response to a request from its load balancer."""
        with self.running():
            return _over_wsgi(self.entry, method, path, who, query, text, headers or {})

    def field(self, name: str, who: str, arguments: Json, headers: Mapping[str, str] | None = None) -> Any:
        """Return the response of a GraphQL program for a field."""
        request = {"headers": dict(headers or {})}
        event = {"info": {"fieldName": name}, "arguments": arguments, "who": who, "request": request}
        with self.running():
            return self.entry.handler(event, CONTEXT)

    def event(self, event: Any) -> Any:
        """Return the response of a function to an event."""
        with self.running():
            return self.entry.handler(event, CONTEXT)

    def once(self, env: Mapping[str, str]) -> int:
        """Run a container to its end and return its exit code."""
        with self.running(env):
            return int(self.entry.main())

    def take_batch(self) -> int:
        """Let a container process its queue, and return the number of processed messages."""
        with self.running():
            return int(self.entry.take_batch())


def record_tables(programs: Iterable[Program]) -> set[str]:
    """Return the tables in which programs record sent messages, effects and arrivals, which contain no items."""
    variables = [pair for program in programs for pair in program.env.items()]
    return {
        table for name, table in variables if name.endswith(("_SENT_TABLE_NAME", "_EFFECT_RECORDS", "_ARRIVAL_RECORDS"))
    }


def _noted(partner: Any, cloud: Cloud, program: str) -> None:
    """Have the calls of another system noted, which a program makes by its module `partner`."""
    original = partner.call
    if hasattr(original, "noted"):
        return

    def call(result: Any, key: str) -> Any:
        cloud.acted.append((program, key))
        if cloud.silent:
            raise TimeoutError("The other system has not answered.")
        return original(result, key)

    vars(call)["noted"] = True
    partner.call = call


def _over_wsgi(
    entry: ModuleType,
    method: str,
    path: str,
    who: str,
    query: Mapping[str, str],
    text: str,
    headers: Mapping[str, str],
) -> tuple[int, str]:
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "&".join(f"{name}={value}" for name, value in query.items()),
        "CONTENT_LENGTH": str(len(text.encode())), "wsgi.input": io.BytesIO(text.encode()), "CONTENT_TYPE": "application/json", "who": who,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }  # fmt: skip
    content = b"".join(entry.application(environ, lambda status, _headers: statuses.append(status)))
    return int(statuses[0].split()[0]), content.decode()


_EVERYONE = "everyone"
#: Set in the entry module of a program that refuses requests without an identity.
KNOWS_CALLERS = "_knows_callers"
_CONTEXT = {
    "identity": {"userArn": "carol"},
    "authorizer": {
        "jwt": {"claims": {"sub": "carol"}}, "iam": {"userArn": "carol"}, "claims": {"sub": "carol"}, "principalId": "carol",
    },
}  # fmt: skip
#: A request of which every kind of entry says who sends it.
_SIGNED_IN: Mapping[str, Any] = {
    "HTTP_X_CALLER_ID": "carol",
    "HTTP_X_AMZN_REQUEST_CONTEXT": json.dumps(_CONTEXT),
    "requestContext": _CONTEXT,
}


def _known_callers(module: ModuleType) -> None:
    """Set the identity of the caller in the requests of this process, if the program reads it from its entry."""
    names = [name for name in ("caller", "_caller") if callable(getattr(module, name, None))]
    for name in names:
        original = getattr(module, name)
        # A program that verifies signatures does so here too: its requests are signed.
        if name == "_caller" or hasattr(module, "signature") or _owner(original, {}) == _EVERYONE:
            continue
        # Where everybody may read, who writes says who it is, and writes what all share.
        shared = _owner(original, _SIGNED_IN) == _EVERYONE
        setattr(module, name, (lambda _: _EVERYONE) if shared else (lambda event: event["who"]))
        setattr(module, KNOWS_CALLERS, True)
        if hasattr(module, "sender"):
            setattr(module, "sender", lambda event: event["who"])  # noqa: B010
    if hasattr(module, "address"):
        # The token of a caller contains this address, and its issuer has verified it.
        module.address.of = lambda request: f"{request['who']}@example.com"


def _owner(caller: Callable[[Any], object], request: Mapping[str, Any]) -> object:
    """Return the owner that a program determines for a request, or None if it refuses the request."""
    try:
        with patch.dict(os.environ, {"AWS_LAMBDA_FUNCTION_NAME": "tried"}):
            return caller(request)
    except Exception:
        return None


def _stand_ins(cloud: Cloud) -> dict[str, ModuleType]:
    package, native = sql.driver(cloud)
    boto3 = sdk.module(cloud)
    waitress: Any = ModuleType("waitress")
    waitress.task, waitress.wasyncore = (ModuleType(f"waitress.{name}") for name in ("task", "wasyncore"))
    waitress.task.ThreadedTaskDispatcher = object
    modules = {
        "boto3": boto3, "boto3.dynamodb": boto3.dynamodb, "boto3.dynamodb.conditions": boto3.dynamodb.conditions,
        "boto3.dynamodb.types": boto3.dynamodb.types, "pg8000": package, "pg8000.native": native,
        "log": ModuleType("log"), "waitress": waitress, "waitress.task": waitress.task, "waitress.wasyncore": waitress.wasyncore,
        **search.modules(cloud), **powertools.modules(),
    }  # fmt: skip
    vars(modules["log"]).update(start=powertools.Logger)
    return modules
