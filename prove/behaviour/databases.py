"""Inputs of the database check: access, tables and grants of migrations, and retry time.

`patience_of` runs a module of a program against an RDS Data API that answers only after a time, on a clock of its own.
"""

import builtins
import json
import math
import re
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

from prove.behaviour.evidence import Evidence
from prove.behaviour.references import named
from prove.readback.stack import Resource

CLUSTER, INSTANCE, DISTRIBUTED = "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::DSQL::Cluster"
MASTER_SECRET = ".MasterUserSecret.SecretArn"
FUNCTION = "AWS::Lambda::Function"
_NOT_STARTING = ("AWS::CloudWatch::", "AWS::Lambda::Version", "AWS::Logs::")
_DDL = re.compile(r"\b(?:CREATE|ALTER|DROP)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|ROLE|USER|SCHEMA)\b", re.IGNORECASE)
_USED = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)\s+(?:WHERE|ORDER|SET|\(|\$\{)")
_MADE = re.compile(r"\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_]*)", re.IGNORECASE)
_GRANT = re.compile(
    r"^GRANT\s+([A-Z, ]+?)\s+ON\s+(?:TABLE\s+)?([a-z_][a-z0-9_]*)\s+TO\s+([a-z_][a-z0-9_]*)", re.MULTILINE
)
_WAITS = re.compile(r"const (?P<name>[A-Z_]*WAITS?_MS)\s*=\s*\[(?P<values>[\d_,\s]+)\]")


def databases(evidence: Evidence) -> tuple[Resource, ...]:
    """Return the relational databases of a template; an instance of a cluster is part of the cluster."""
    found = evidence.stack.of_type(CLUSTER, INSTANCE, DISTRIBUTED)
    return tuple(resource for resource in found if "DBClusterIdentifier" not in resource.properties)


def started_by_the_stack(evidence: Evidence, function: Resource) -> bool:
    """Return whether anything in the template refers to a function, such as a permission, mapping or state machine."""
    return any(
        function.id in named(dict(resource.properties))
        for resource in evidence.stack.resources.values()
        if resource.id != function.id and not resource.type.startswith(_NOT_STARTING)
    )


def users_of_role(evidence: Evidence, role: Resource) -> tuple[Resource, ...]:
    """Return the resources that run with a role."""
    return tuple(
        resource
        for resource in evidence.stack.resources.values()
        if resource.type != "AWS::IAM::Role" and role.id in named(dict(resource.properties))
    )


def program_files(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each module of the programs."""
    for path in sorted((evidence.folder / "src").rglob("*")):
        if path.suffix in (".py", ".ts") and not path.name.endswith(".d.ts"):
            yield path.relative_to(evidence.folder).as_posix(), path.read_text("utf-8")


def defines(text: str) -> str:
    """Return the statement in a program by which it changes the schema, or nothing."""
    found = _DDL.search(text)
    return found[0] if found else ""


def tables_used(text: str) -> set[str]:
    """Return the tables in the statements of a program."""
    return set(_USED.findall(text))


def asks_data_api(text: str) -> bool:
    """Return whether a module sends statements by the RDS Data API."""
    return "new RDSDataClient(" in text or 'client("rds-data"' in text


def migrations(evidence: Evidence) -> dict[str, str]:
    """Return the SQL files of a project by their path."""
    files = sorted((evidence.folder / "migrations").rglob("*.sql"))
    return {path.relative_to(evidence.folder).as_posix(): path.read_text("utf-8") for path in files}


def tables_made(evidence: Evidence) -> set[str]:
    """Return the tables that the migrations create."""
    return {table for text in migrations(evidence).values() for table in _MADE.findall(text)}


def grants(evidence: Evidence) -> dict[str, set[str]]:
    """Return the table privileges of each database role, from the SQL files."""
    granted: dict[str, set[str]] = {}
    for text in migrations(evidence).values():
        for privileges, _, role in _GRANT.findall(text):
            granted.setdefault(role, set()).update(word.strip() for word in privileges.split(","))
    return granted


def granted_tables(evidence: Evidence) -> dict[str, set[str]]:
    """Return the tables on which each database role has a privilege, from the SQL files."""
    tables: dict[str, set[str]] = {}
    for text in migrations(evidence).values():
        for _, table, role in _GRANT.findall(text):
            tables.setdefault(role, set()).add(table)
    return tables


def roles_of_program(evidence: Evidence, component: str) -> set[str]:
    """Return the roles that a component's program names in its source, or whose secret its resources refer to."""
    source = "\n".join(text for path, text in program_files(evidence) if path.startswith(f"src/{component}/"))
    known = grants(evidence)
    roles = {role for role in known if re.search(rf"\b{role}\b", source)}
    secrets = {
        secret.id: str(secret.properties.get("GenerateSecretString", {}).get("SecretStringTemplate", ""))
        for secret in evidence.stack.of_type("AWS::SecretsManager::Secret")
    }
    for resource in evidence.stack.resources.values():
        if resource.owner.node.partition(".")[0] == component:
            for id in named(dict(resource.properties)):
                roles |= {role for role in known if re.search(rf"\b{role}\b", secrets.get(id, ""))}
    return roles


def patience_of(source: str, wakes_after_s: float, *, typescript: bool) -> float | None:
    """Return the time for which a program retries a database that resumes this late, or None if it gives up earlier.

    A module in Python is run. Of one in TypeScript the waits are read, which it has to state as milliseconds.
    """
    if not typescript:
        return _run(source, wakes_after_s)
    waits = _WAITS.search(source)
    total = (
        sum(int(word.replace("_", "")) for word in waits["values"].split(",") if word.strip()) / 1000 if waits else 0
    )
    return total if total >= wakes_after_s else None


def gives_up_after(source: str, *, typescript: bool) -> float:
    """Return the time for which a program retries a database that does not resume."""
    if typescript:
        return patience_of(source, 0.0, typescript=True) or 0.0
    clock = [0.0]
    _run(source, math.inf, clock)
    return clock[0]


def _run(source: str, wakes_after_s: float, clock: list[float] | None = None) -> float | None:
    clock = [0.0] if clock is None else clock
    module = _loaded(source, clock, wakes_after_s)
    calls: dict[str, Callable[[], Any]] = {
        "get": lambda: module["get"]("id"),
        "put": lambda: module["put"]({"id": "id", "owner": "o"}),
        "put_once": lambda: module["put_once"]({"id": "id", "owner": "o"}),
        "read_all": lambda: list(module["read_all"]()),
        "read_part": lambda: list(module["read_part"](0, 1)),
    }
    call = next(run for name, run in calls.items() if name in module)
    try:
        call()
    except Exception:
        return None
    return clock[0]


class _Resuming(Exception):
    """The answer of the RDS Data API while a database wakes."""


def _loaded(source: str, clock: list[float], wakes_after_s: float) -> dict[str, Any]:
    """Return the names of a module whose database wakes on its first call, on a clock that only waits move."""

    def execute(**_: Any) -> dict[str, Any]:
        if clock[0] < wakes_after_s:
            raise _Resuming
        return {"records": []}

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    client = SimpleNamespace(execute_statement=execute, exceptions=SimpleNamespace(DatabaseResumingException=_Resuming))
    stubs: dict[str, Any] = {
        "boto3": SimpleNamespace(client=lambda *_, **__: client),
        "time": SimpleNamespace(sleep=sleep, monotonic=lambda: clock[0]),
        "os": SimpleNamespace(environ=_Anything()),
        "timeouts": SimpleNamespace(DATA_API=None),
    }

    def imported(name: str, *given: Any) -> ModuleType:
        module: ModuleType = stubs[name] if name in stubs else builtins.__import__(name, *given)
        return module

    names: dict[str, Any] = {"__builtins__": {**vars(builtins), "__import__": imported}, "__name__": "store"}
    exec(compile(source, "store", "exec"), names)  # The module of a generated project.
    return names


class _Anything(dict[str, str]):
    """Environment variables, each of which has a value."""

    def __missing__(self, name: str) -> str:
        return json.dumps(name)
