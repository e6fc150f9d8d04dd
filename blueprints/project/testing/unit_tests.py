"""Unit tests of generated projects: entry point, service and dependencies of each program."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from blueprints.naming import free
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.authorizer_functions import Check
from blueprints.project.programs.code import Code
from blueprints.project.programs.source import entry_module
from blueprints.project.render import python, render, tidy
from blueprints.project.testing.fakes import (
    Fake,
    faked_services,
    fakes,
    has_columns,
    has_linked,
    has_sparse,
    reads_parts_of_tables,
    registers_devices,
)

Files = Iterator[tuple[str, bytes]]


def test_files(codes: tuple[Code, ...], alone: tuple[Check, ...], shared: dict[str, Any]) -> Files:
    """Yield the files below `tests/`."""
    if shared["script"]:
        yield "tests/test_deployment.py", python("tests/stack.py.j2", shared)
    if shared["migrations"]:
        yield "tests/test_migrations.py", python("tests/migrations.py.j2", shared)
    yield "tests/conftest.py", python("tests/conftest.py.j2", {})
    reached = [a for code in codes for a in (*code.stores, *code.channels, *code.secrets, *code.calls)]
    kinds = faked_services(codes)
    values: dict[str, Any] = {
        "has": lambda *names: not kinds.isdisjoint(names),
        "divided": reads_parts_of_tables(codes),
        "columns": has_columns(codes),
        "linked": has_linked(codes),
        "sparse": has_sparse(codes),
        "registering": registers_devices(codes),
        "apart": any(channel.apart for code in codes for channel in code.channels),
    }
    if any(a.client.fake for a in reached) or any(map(_with_other_fakes, codes)):
        yield "tests/fakes.py", python("tests/fakes.py.j2", values)
    checking = authorizing(codes, alone)
    names = iter(
        names_of_tests(
            [*(code.id for code in codes), *(check.checker for check in checking)],
            ["deployment", "migrations", "approvals", "infrastructure"],
        )
    )
    if shared["approvals"]:
        yield "tests/test_approvals.py", python("tests/approvals.py.j2", shared)
    for code in codes:
        yield f"tests/test_{next(names).replace('-', '_')}.py", _test_file(code)
    for check in checking:
        name = f"tests/test_{next(names).replace('-', '_')}.py"
        yield name, python("tests/authorizer.py.j2", {"program": check, "entry_point": check.entry_point})


def _with_other_fakes(code: Code) -> bool:
    """Whether a program has fakes besides those of the dependencies that it reaches by clients."""
    entry_point = code.entry_point
    taking = entry_point.webhook or entry_point.shell == "container_queue"
    return taking or any((code.uploads, code.vectors, code.effects_env, code.arrivals_env))


def authorizing(codes: tuple[Code, ...], alone: tuple[Check, ...]) -> tuple[Code | Check, ...]:
    """Return the folders of Lambda authorizers: those of their programs, and their own."""
    return (*(code for code in codes if code.authorizes), *alone)


def names_of_tests(wanted: Iterable[str], present: Iterable[str]) -> Iterator[str]:
    """Yield a unique test name for each program and authorizer that no existing file uses."""
    names = [*present]
    for name in wanted:
        names.append(free(name, names, "-"))
        yield names[-1]


def _test_file(code: Code) -> bytes:
    values: dict[str, Any] = {
        "program": code,
        "entry_point": code.entry_point,
        "entry": entry_module(code),
        "fakes": _near(code),
    }
    parts = [
        render(f"tests/entry_point_{code.entry_point.shell}.j2", values),
        render(f"tests/service_{code.service}.j2", values),
    ]
    body = "\n\n\n".join(part.strip("\n") for part in parts if part.strip())
    body += "".join("\n\n\n" + render(f"tests/part_{part}.j2", values).strip("\n") for part in tested_parts(code))
    source = render("tests/program.py.j2", {**values, "body": body, "modules": []})
    # What may not stand before a name is looked at where the name was found: a pattern that starts with a text is far faster.
    statements = _COMMENT.sub("", source)
    modules = [
        name for name in _STANDARD if re.search(rf"{re.escape(name)}(?<![\w.]{re.escape(name)})[.,]", statements)
    ]
    values |= {"body": body, "modules": modules}
    return tidy(render("tests/program.py.j2", values)).encode()


#: A comment may use the name of a module as a word.
_COMMENT = re.compile(r"^ *#.*$", re.MULTILINE)
_STANDARD = (
    "asyncio",
    "base64",
    "hashlib",
    "hmac",
    "http.client",
    "io",
    "json",
    "os",
    "re",
    "signal",
    "socket",
    "threading",
    "time",
    "urllib.error",
    "urllib.parse",
    "urllib.request",
    "uuid",
)


def tested_parts(code: Code) -> list[str]:
    """Return the shared tests of a program besides those of its entry point and service."""
    parts = [f"call_{call}" for call in sorted({c.call for c in code.calls})]
    parts += ["callback"] if code.callback_env else []
    parts += ["polling"] if code.polls else []
    parts += ["versions"] if any(store.versioned for store in code.looks_up) else []
    parts += ["urls"] if code.service == "items" and code.can_read else []
    parts += ["uploads"] if code.uploads else []
    parts += ["downloads"] if any(store.linked for store in code.stores) else []
    parts += ["vectors"] if code.vectors else []
    uploaded = code.after_uploads or any(store.uploaded and store.has("get") for store in code.stores)
    parts += ["uploaded"] if uploaded else []
    parts += ["notified"] if code.entry_point.notified else []
    parts += ["sign_in"] if code.entry_point.signed else []
    parts += ["bearer"] if code.entry_point.tokened else []
    parts += ["signature"] if code.entry_point.webhook else []
    parts += ["reports"] if code.reports else []
    parts += ["called"] if code.called else []
    parts += ["cache"] if code.cache else []
    parts += ["secret"] if code.secrets else []
    parts += ["address"] if code.addressed else []
    parts += ["run_span"] if code.starts is not None else []
    parts += ["protection"] if code.protected_min else []
    parts += ["path_prefix"] if code.path_prefix else []
    parts += [name for name in _OF_STORES if any(_needed(store, name) for store in code.stores)]
    parts += ["unowned"] if any(store.unowned and store.has(*_WITH_OWNERS) for store in code.stores) else []
    parts += (
        ["batches"] if any(store.in_batches and store.has("read_all", "read_part") for store in code.stores) else []
    )
    parts += ["unanswered"] if code.depends and code.entry_point.shell in _ANSWERING else []
    parts += ["device"] if code.registering else []
    parts += ["measured"] if code.measured and (code.service != "items" or code.can_create) else []
    parts += ["recorded"] if any(channel.recorded for channel in code.channels) else []
    parts += ["notices"] if any(channel.brief or channel.apart for channel in code.channels) else []
    parts += ["effects"] if code.effects_env else []
    parts += ["arrivals"] if code.arrivals_env else []
    parts += ["groups"] if any(channel.fifo for channel in code.channels) else []
    parts += ["item_messages"] if code.collects else []
    parts += ["rows"] if code.takes_rows else []
    parts += ["owners"] if code.service == "work" and code.gives_owners and code.shared is None else []
    parts += [name for name in _OF_CHANNELS if any(name in channel.client.tests for channel in code.channels)]
    return parts


#: Further tests of programs with certain clients, in the order in which they stand in a test module.
_OF_STORES = (
    "resuming",
    "row_limits",
    "lost_connection",
    "busy",
    "not_json",
    "null_files",
    "records",
    "pages",
    "own_writes",
    "retention",
)
#: What a program does with the owners of items.
_WITH_OWNERS = ("get", "owned_by", "put", "put_once", "replace")
#: The entry points that answer callers with a status.
_ANSWERING = ("lambda_http", "container_web")
_OF_CHANNELS = ("refused_event", "addressed")


def _needed(store: StoreAdapter, test: str) -> bool:
    if test == "retention" and not store.expires_s:
        return False
    functions = store.client.tests.get(test)
    return functions is not None and (not functions or store.has(*functions))


def _near(code: Code) -> list[tuple[str, str]]:
    """Return the dependencies of a program as (name, the expression that creates its fake)."""
    return [(fake.name, _made(fake)) for fake in fakes(code)]


def _made(fake: Fake) -> str:
    words = ["monkeypatch", *(f'"{word}"' for word in fake.arguments), *(["fifo=True"] if fake.fifo else [])]
    words += [f'results="{fake.results}"'] if fake.results else []
    return f"{fake.kind}({', '.join(words)})"
