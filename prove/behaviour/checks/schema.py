"""Programs use only tables and privileges that the migrations create, in a valid order, and with an index.

* A list that goes on after an id is in the order of that id, or rows are left out
  (https://www.postgresql.org/docs/current/queries-limit.html, read 2026-11-27).
* A privilege is granted for each statement; membership of another role gives all that the role may do
  (https://www.postgresql.org/docs/current/ddl-priv.html and
  https://www.postgresql.org/docs/current/role-membership.html, read 2026-11-27).
* The RDS Data API answers for clusters that offer it
  (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.enabling.html, read 2026-11-27).
* Migrations are applied in their order, all or none, and by one deployment at a time: statements of one transaction that
  begins with a lock (https://www.postgresql.org/docs/current/explicit-locking.html, read 2026-11-27). The program that
  applies them is run against a database in memory, where it is in Python.
* Backups are kept for a week at least
  (https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html, RDS.11, read 2026-11-27).
"""

import re
from collections.abc import Iterator

from prove.behaviour import databases, migrating
from prove.behaviour.databases import CLUSTER, DISTRIBUTED
from prove.behaviour.evidence import Evidence, Problem

LEAST_BACKUP_DAYS = 7
_NAME = r"[a-z_][a-z0-9_]*"
_TABLE = re.compile(rf"\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({_NAME})\s*\((.*?)\n\)", re.DOTALL | re.IGNORECASE)
_ADDED = re.compile(
    rf"\bALTER\s+TABLE\s+({_NAME})\s+ADD\s+COLUMN\s+(?:IF\s+NOT\s+EXISTS\s+)?({_NAME})\s", re.IGNORECASE
)
_COLUMN = re.compile(rf"^\s+({_NAME})\s+[a-z]", re.MULTILINE)
_KEY = re.compile(rf"^\s+({_NAME})\s+[^,\n]*\bPRIMARY\s+KEY\b", re.MULTILINE | re.IGNORECASE)
_KEYS = re.compile(rf"\bPRIMARY\s+KEY\s*\(\s*({_NAME})", re.IGNORECASE)
_INDEX = re.compile(rf"\bINDEX\b[^;]*?\bON\s+({_NAME})\s*(?:USING\s+\w+\s*)?\(\s*({_NAME})", re.IGNORECASE)
_MEMBER = re.compile(rf"^GRANT\s+(?!.*\sON\s)({_NAME}(?:\s*,\s*{_NAME})*)\s+TO\s+({_NAME})", re.MULTILINE)
_ALL = re.compile(rf"^GRANT\s+(ALL|CREATE)\b.*\sTO\s+({_NAME})", re.MULTILINE | re.IGNORECASE)
_INSERTED = re.compile(rf"\bINSERT INTO ({_NAME}) \(([a-z0-9_, ]+)\)")
_UPDATED = re.compile(rf"\bUPDATE ({_NAME}) SET ({_NAME}) = ")
_SELECTED = re.compile(rf"\bSELECT ([a-z0-9_, ]+) FROM ({_NAME})\b")
_FOUND_BY = re.compile(rf"\bFROM ({_NAME}) WHERE ({_NAME}) = ")
#: A condition, and a column for the order, that a program passes to the function which puts them into the query of a page.
_CONDITION = re.compile(r"(?<!\w)_?page\(\s*[\"'`]([^\"'`]+)[\"'`](?:,\s*\w+,\s*[\"'`](\w+)[\"'`])?")
_AFTER = re.compile(rf"\bFROM {_NAME} WHERE [^\"'`]*?\b({_NAME}) > [^\"'`]*")
#: Statement -> the privilege that it takes.
_PRIVILEGES = {
    re.compile(r"\bSELECT\b"): "SELECT",
    re.compile(r"\bINSERT INTO\b"): "INSERT",
    re.compile(r"\bUPDATE (?!SET\b)[a-z]|\bDO UPDATE\b"): "UPDATE",
    re.compile(r"\bDELETE FROM\b"): "DELETE",
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield failing or slow database queries, and excess privileges."""
    found = databases.databases(evidence)
    if not found:
        return
    for path, written in databases.program_files(evidence):
        text = _with_conditions(written)
        if databases.tables_used(text):
            yield from _columns(evidence, path, text)
            yield from _granted(evidence, path, text)
            yield from _pages(path, text)
        if databases.asks_data_api(text):
            for cluster in evidence.stack.of_type(CLUSTER):
                if str(cluster.properties.get("EnableHttpEndpoint", "false")).lower() != "true":
                    yield Problem("no-data-api", cluster.id, f"{path} asks it through the Data API.", CLUSTER)
    yield from _roles(evidence)
    for rule, message in migrating.faults(evidence.folder / "scripts" / "databases.py"):
        yield Problem(rule, "scripts/databases.py", message)
    for database in found:
        days = int(database.properties.get("BackupRetentionPeriod", 1))
        if database.type != DISTRIBUTED and days < LEAST_BACKUP_DAYS:
            yield Problem("few-backups", database.id, f"Its backups are gone after {days} days.", database.type)


def _with_conditions(text: str) -> str:
    """Return the text of a program with the conditions and the order of its pages where the queries have them."""
    found = [(page[1], page[2] or "id") for page in _CONDITION.finditer(text)]
    return "\n".join(_filled(_filled(text, "condition", one), "key", key) for one, key in found) or text


def _filled(text: str, name: str, value: str) -> str:
    return text.replace(f"${{{name}}}", value).replace(f"{{{name}}}", value)


def _made(evidence: Evidence) -> tuple[dict[str, set[str]], set[tuple[str, str]]]:
    """Return the columns of each table that the migrations make, and the columns that an index begins with."""
    columns, first = dict[str, set[str]](), set[tuple[str, str]]()
    for text in databases.migrations(evidence).values():
        for table, body in _TABLE.findall(text):
            columns.setdefault(table, set()).update(_COLUMN.findall(f"\n{body}"))
            first |= {(table, column) for column in (*_KEY.findall(f"\n{body}"), *_KEYS.findall(body))}
        for table, column in _ADDED.findall(text):
            columns.setdefault(table, set()).add(column)
        first |= {(table, column) for table, column in _INDEX.findall(text)}
    return columns, first


def _columns(evidence: Evidence, path: str, text: str) -> Iterator[Problem]:
    columns, first = _made(evidence)
    used = [(table, names) for of in (_INSERTED, _UPDATED) for table, names in of.findall(text)]
    used += [(table, names) for names, table in _SELECTED.findall(text)]
    for table, names in used:
        missing = {name.strip() for name in names.split(",")} - columns.get(table, set())
        if table in columns and (missing := {name for name in missing if not name.isdigit()}):
            yield Problem("no-column", path, f"No migration makes {sorted(missing)[0]} in {table}.")
    for table, column in dict.fromkeys(_FOUND_BY.findall(text)):
        if table in columns and (table, column) not in first:
            yield Problem("unindexed", path, f"It looks for {column} in {table}, where no index begins with it.")


def _granted(evidence: Evidence, path: str, text: str) -> Iterator[Problem]:
    granted = databases.grants(evidence)
    needed = {privilege for statement, privilege in _PRIVILEGES.items() if statement.search(text)}
    roles, tables = databases.roles_of_program(evidence, path.split("/")[1]), databases.granted_tables(evidence)
    # A program has a role of its own in each database.
    here = {role for role in roles if not databases.tables_used(text).isdisjoint(tables[role])}
    for role in sorted(here or roles):
        if missing := needed - granted[role]:
            yield Problem("not-granted", path, f"{role} may not {', '.join(sorted(missing))}.")


def _roles(evidence: Evidence) -> Iterator[Problem]:
    """Yield the roles of programs that get more than statements on tables: another role, everything, or new tables."""
    for path, text in databases.migrations(evidence).items():
        for given, role in (*_MEMBER.findall(text), *_ALL.findall(text)):
            yield Problem("wide-grant", path, f"{role} may do all that {given} is.")


def _pages(path: str, text: str) -> Iterator[Problem]:
    for statement in _AFTER.finditer(text):
        if "LIMIT" in statement[0] and f"ORDER BY {statement[1]}" not in statement[0]:
            yield Problem("unordered-pages", path, f"Pages go on after {statement[1]}, and are read in no order.")
