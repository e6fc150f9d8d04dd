"""Runs the program that migrates an Aurora database through the Data API against a recording database."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

#: Migrations of which neither the time nor the file system gives the order away.
_FILES = ("0001_first", "0002_second", "0010_tenth")


class Broken(Exception):
    """The error of the database for an invalid statement."""


class _Shuffled(type(Path())):  # type: ignore[misc]
    """A folder that lists its files from the last to the first: a file system guarantees no order."""

    def glob(self, pattern: str) -> Iterator[Path]:
        """Yield the files."""
        yield from sorted(super().glob(pattern), reverse=True)


class _Api:
    """The Data API: statements with their transaction, and how transactions ended. One statement may fail."""

    def __init__(self, fails: str = "") -> None:
        self.asked = list[tuple[str, str]]()
        self.ended = list[str]()
        self._fails = fails
        self.exceptions = SimpleNamespace(DatabaseResumingException=type("DatabaseResumingException", (Exception,), {}))

    def begin_transaction(self, **_: Any) -> dict[str, str]:
        """Begin the one transaction."""
        return {"transactionId": "transaction-1"}

    def execute_statement(self, sql: str, transactionId: str = "", **_: Any) -> dict[str, Any]:
        """Note a statement."""
        self.asked.append((sql, transactionId))
        if self._fails and self._fails in sql:
            raise Broken(sql)
        return {"records": []}

    def commit_transaction(self, **_: Any) -> None:
        """Note the end."""
        self.ended.append("commit")

    def rollback_transaction(self, **_: Any) -> None:
        """Note the end."""
        self.ended.append("rollback")


def faults(program: Path) -> Iterator[tuple[str, str]]:
    """Yield the faults of a program that applies migrations, each with the id of its rule."""
    if not program.exists() or "class Serverless" not in program.read_text("utf-8"):
        return
    sound = _migrated(program, _Api())
    made = [(sql, transaction) for sql, transaction in sound.asked if sql.startswith("CREATE TABLE of_")]
    if [sql.split()[2] for sql, _ in made] != [f"of_{name}" for name in _FILES]:
        yield "migrations-unordered", "Migrations are applied in the order in which the file system names them."
    if not all(transaction for _, transaction in made) or sound.ended != ["commit"]:
        yield "migrations-apart", "The statements of a migration are not in one transaction."
    before = sound.asked[: sound.asked.index(made[0])] if made else sound.asked
    if not any(transaction and "LOCK" in sql.upper() for sql, transaction in before):
        yield "migrations-race", "Two deployments at a time apply the same migration: nothing is locked."
    broken = _migrated(program, _Api(f"of_{_FILES[1]}"))
    if broken.ended != ["rollback"]:
        yield "migrations-apart", "A migration that fails is not taken back."


def _migrated(program: Path, api: _Api) -> _Api:
    with tempfile.TemporaryDirectory() as scratch:
        for name in _FILES:
            (Path(scratch) / f"{name}.sql").write_text(f"CREATE TABLE of_{name} (id text);\n", "utf-8")
        names: dict[str, Any] = {"__name__": "databases", "__file__": str(program)}
        # The driver is of another database, which is not migrated here.
        source = program.read_text("utf-8").replace("import boto3\n", "").replace("import pg8000.native\n", "")
        names["boto3"] = SimpleNamespace(client=lambda *_, **__: api)
        exec(compile(source, str(program), "exec"), names)  # The program of a generated project.
        with suppress(Broken):
            names["Serverless"]("cluster", "secret").migrate(_Shuffled(scratch))
    return api
