"""PostgreSQL as generated programs use it, over SQLite: through the Data API, or through the driver."""

import json
import re
from hashlib import md5
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from prove.behaviour.running.cloud import Cloud, Json

_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|EXISTS \w+ ON|TABLE IF NOT EXISTS)\s+([a-z]\w+)", re.I)
_BY_ID = re.compile(r"\bWHERE id = :id\b")
#: Texts that PostgreSQL compares in the order of the database's locale, unless a statement names another collation.
_COMPARED = re.compile(r"[<>]=?\s*:\w+")
_COLUMN = re.compile(r"^  \w+ text\b", re.M)


def run(cloud: Cloud, sql: str, values: Json) -> list[tuple[Any, ...]]:
    """Run a statement and record its operation on the table, which is a store with its own name."""
    named = _TABLE.search(sql)
    store = named[1] if named else ""
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        cloud.writing(store, str(values.get("id", "")))
    statement = _COMPARED.sub(r"\g<0> COLLATE locale", sql.replace(" ASYNC ", " "))
    rows = list(cloud.database.execute(statement.replace("COLUMN IF NOT EXISTS", "COLUMN"), values))
    cloud.database.commit()
    if sql.startswith("SELECT") and _BY_ID.search(sql):
        # A program that sets a result only asks whether the item is there: it may be gone, and need not be found.
        if sql.startswith("SELECT item"):
            cloud.looked_up(store, str(values["id"]), bool(rows))
    elif sql.startswith("SELECT"):
        cloud.listing(store, scan="owner" not in sql)
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        cloud.rows[store] = {row[0]: {} for row in cloud.database.execute(f"SELECT id FROM {store}")}
    return rows


def make_tables(cloud: Cloud, project: Path) -> None:
    """Make the tables that the project's migrations make."""
    # SQLite has this function of PostgreSQL only from version 3.43.
    cloud.database.create_function("octet_length", 1, lambda text: len(str(text).encode()), deterministic=True)
    cloud.database.create_function("md5", 1, lambda id: md5(id.encode()).hexdigest(), deterministic=True)
    cloud.database.create_collation("C", lambda a, b: _compared(a.encode(), b.encode()))
    cloud.database.create_collation("locale", lambda a, b: _compared(_in_locale(a), _in_locale(b)))
    for file in sorted(project.glob("migrations/*/[0-9]*.sql")):
        statements = [statement.strip() for statement in file.read_text("utf-8").split(";")]
        for statement in filter(None, statements):
            run(cloud, _COLUMN.sub(r"\g<0> COLLATE locale", statement), {})


def tables(cloud: Cloud) -> list[str]:
    """Return the tables of items."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_items' ESCAPE '\\' ORDER BY name"
    return [str(name) for (name,) in cloud.database.execute(named)]


def keep(cloud: Cloud, table: str, item: Json) -> None:
    """Have a table hold an item under its id, whatever was there."""
    row = {"id": item["id"], "owner": item["owner"], "item": json.dumps(item)}
    cloud.database.execute(f"DELETE FROM {table} WHERE id = :id", {"id": item["id"]})
    cloud.database.execute(f"INSERT INTO {table} (id, owner, item) VALUES (:id, :owner, :item)", row)
    cloud.database.commit()
    cloud.rows.setdefault(table, {})[str(item["id"])] = {}


def held(cloud: Cloud, table: str) -> dict[str, str]:
    """Return the items of a table as text, by id."""
    return {str(id): str(item) for id, item in cloud.database.execute(f"SELECT id, item FROM {table}")}


def _in_locale(text: str) -> tuple[Any, ...]:
    """Return what orders a text as a locale such as en_US does: punctuation, digits, then letters.

    The case of letters decides last. In the order of bytes, "~" follows all letters, and capitals precede small ones.
    """
    return [(one.isalpha(), one.isdigit(), one.casefold()) for one in text], text.swapcase(), text


def _compared(first: Any, second: Any) -> int:
    return int(first > second) - int(first < second)


class DataApi:
    """The client of the RDS Data API."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self.exceptions = SimpleNamespace(DatabaseResumingException=type("DatabaseResumingException", (Exception,), {}))

    def execute_statement(self, sql: str, parameters: list[Json], **_options: Any) -> Json:
        """Run a statement."""
        values = {parameter["name"]: next(iter(parameter["value"].values())) for parameter in parameters}
        rows = run(self._cloud, sql, values)
        return {
            "records": [
                [{"isNull": True} if value is None else {"stringValue": value} for value in row] for row in rows
            ]
        }


def driver(cloud: Cloud) -> tuple[ModuleType, ModuleType]:
    """Return the modules `pg8000` and `pg8000.native`."""

    class Connection:
        def __init__(self, *_words: Any, **_options: Any) -> None:
            pass

        def run(self, sql: str, **values: Any) -> list[Any]:
            parsed = sql.startswith("SELECT item") and _is_json(cloud, sql)
            return [
                [json.loads(value) if parsed and value else value for value in row] for row in run(cloud, sql, values)
            ]

    package, native = ModuleType("pg8000"), ModuleType("pg8000.native")
    errors = {name: type(name, (Exception,), {}) for name in ("InterfaceError", "DatabaseError")}
    vars(native).update(Connection=Connection, **errors)
    vars(package).update(native=native)
    return package, native


def _is_json(cloud: Cloud, sql: str) -> bool:
    """Return whether the items of a table are JSON, which the driver reads, and not text."""
    named = _TABLE.search(sql)
    table = {"name": named[1] if named else ""}
    types = cloud.database.execute("SELECT type FROM pragma_table_info(:name) WHERE name = 'item'", table)
    return [type.lower() for (type,) in types] == ["jsonb"]
