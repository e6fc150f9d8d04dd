"""The tests of a generated project: for each program, how it is started x what it does x what it reaches."""

import re
from collections.abc import Iterator
from typing import Any

from blueprints.project.adapters import CHANNELS, STORES, Adapter, StoreAdapter
from blueprints.project.checks import Check
from blueprints.project.composition import Code
from blueprints.project.render import python, render, tidy
from blueprints.project.source import entry_module

Files = Iterator[tuple[str, bytes]]


def test_files(codes: tuple[Code, ...], alone: tuple[Check, ...], shared: dict[str, Any]) -> Files:
    """Give the files below `tests/`."""
    if shared["script"]:
        yield "tests/test_deployment.py", python("tests/stack.py.j2", shared)
    yield "tests/conftest.py", python("tests/conftest.py.j2", {})
    kinds = {a.service for code in codes for a in (*code.stores, *code.channels, *code.secrets, *code.calls)}
    kinds |= {code.door.source.service for code in codes if code.door.shell == "container_queue" and code.door.source}
    values: dict[str, Any] = {"has": lambda *names: not kinds.isdisjoint(names)}
    if kinds & _FAKED:
        yield "tests/neighbours.py", python("tests/neighbours.py.j2", values)
    for code in codes:
        yield f"tests/test_{code.id.replace('-', '_')}.py", _test_file(code)
    checking: tuple[Code | Check, ...] = (*(code for code in codes if code.authorizes), *alone)
    for one in checking:
        name = f"tests/test_{one.checker.replace('-', '_')}.py"
        yield name, python("tests/authorizer.py.j2", {"program": one, "door": one.door})


_FAKED = {*STORES, *CHANNELS, "secrets-manager"}


def _test_file(code: Code) -> bytes:
    values: dict[str, Any] = {"program": code, "door": code.door, "entry": entry_module(code), "near": _near(code)}
    parts = [render(f"tests/door_{code.door.shell}.j2", values), render(f"tests/service_{code.service}.j2", values)]
    body = "\n\n\n".join(part.strip("\n") for part in parts if part.strip())
    body += "".join("\n\n\n" + render(f"tests/part_{part}.j2", values).strip("\n") for part in tested_parts(code))
    source = render("tests/program.py.j2", {**values, "body": body, "modules": []})
    modules = [name for name in _STANDARD if re.search(rf"(?<![\w.]){re.escape(name)}[.,]", source)]
    values |= {"body": body, "modules": modules}
    return tidy(render("tests/program.py.j2", values)).encode()


_STANDARD = ("asyncio", "base64", "io", "json", "os", "signal", "socket", "time", "urllib.request")


def tested_parts(code: Code) -> list[str]:
    """Return which shared tests a program gets besides those of its door and its service."""
    found = [f"call_{call}" for call in sorted({c.call for c in code.calls})]
    found += ["secret"] if code.secrets else []
    found += ["resuming"] if any(s.service == "aurora-serverless" for s in code.stores) else []
    found += ["lost_connection"] if any(STORES[s.service] in ("rds", "aurora-dsql") for s in code.stores) else []
    found += ["busy"] if any(s.service == "opensearch-serverless" for s in code.stores) else []
    found += ["not_json"] if any(s.service == "s3" and s.has("get", "read_all") for s in code.stores) else []
    found += ["pages"] if any(s.service == "dynamodb" and s.has("read_all", "owned_by") for s in code.stores) else []
    found += ["device"] if code.service == "items" and any(c.registers for c in code.channels) else []
    found += ["refused_event"] if any(c.service == "eventbridge-bus" for c in code.channels) else []
    return found


def _near(code: Code) -> list[tuple[str, str]]:
    """Return what a program reaches as (name, the expression that makes its fake)."""
    found = [(store.module, _store(store)) for store in code.stores]
    found += [(channel.module, _channel(channel)) for channel in code.channels]
    found += [(secret.module, f'Secret(monkeypatch, "{secret.env["secret"]}")') for secret in code.secrets]
    if code.door.shell == "container_queue":
        fifo = ", fifo=True" if code.door.fifo else ""
        found.append(("source", f'Queue(monkeypatch, "{code.door.queue_env}"{fifo})'))
    return found


def _store(store: StoreAdapter) -> str:
    if store.service == "dynamodb":
        return f'Table(monkeypatch, "{store.env["table"]}")'
    if store.service == "s3":
        prefix = f', "{store.prefix}"' if store.prefix else ""
        return f'Bucket(monkeypatch, "{store.env["bucket"]}"{prefix})'
    if store.service == "elasticache-serverless":
        return f'Cache(monkeypatch, "{store.env["user"].removesuffix("_USER")}", "{store.subject}")'
    if store.service == "efs":
        return f'Files(monkeypatch, "{store.env["directory"]}")'
    if STORES[store.service] == "rds":
        start = store.env["endpoint"].removesuffix("_ENDPOINT")
        return f'Instance(monkeypatch, "{start}", "{store.table}")'
    if store.service == "opensearch-serverless":
        return f'Collection(monkeypatch, "{store.env["endpoint"]}", "{store.subject}")'
    if store.service == "aurora-dsql":
        start = store.env["endpoint"].removesuffix("_ENDPOINT")
        return f'Distributed(monkeypatch, "{start}", "{store.table}", "{store.role}")'
    start = store.env["cluster"].removesuffix("_CLUSTER_ARN")
    return f'Database(monkeypatch, "{start}", "{store.table}")'


def _channel(channel: Adapter) -> str:
    fifo = ", fifo=True" if channel.fifo else ""
    kinds = {
        "sqs": ("Queue", "queue"), "sns": ("Topic", "topic"), "eventbridge-bus": ("Bus", "bus"),
        "kinesis": ("Stream", "stream"), "firehose": ("DeliveryStream", "stream"), "ses": ("Mailbox", "sender"),
    }  # fmt: skip
    made, word = kinds[channel.service.removesuffix("-fifo")]
    return f'{made}(monkeypatch, "{channel.env[word]}"{fifo})'
