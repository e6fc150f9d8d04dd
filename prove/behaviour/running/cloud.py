"""Stores and channels in memory, under the logical ids of the template's resources."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import ge, gt, le, lt
from typing import Any

Json = dict[str, Any]
#: Most objects or items in one answer here; DynamoDB and S3 end a page too, at 1 MB and at 1,000 keys.
PAGE = 100


class NotRun(Exception):
    """The program needs a feature that this process does not emulate."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a program sent: the channel's logical id, the parsed text, and how the order is kept."""

    program: str
    channel: str
    text: str
    group: str = ""
    attributes: Json = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A DynamoDB table with the keys and indexes that the template gives it."""

    name: str
    key: str
    indexes: dict[str, tuple[str, ...]]
    expiry: str = ""
    #: Index -> the attributes that it keeps; an index that keeps all is not named.
    projected: dict[str, frozenset[str]] = field(default_factory=dict)
    items: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Stored:
    """An object of a bucket."""

    body: bytes
    content_type: str
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Cloud:
    """All stores, sent messages, and recorded store operations.

    `exchange` sends requests from one program to another.
    `before_put` is called once before the next write to the store `raced`, as another request that runs at the same time.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    buckets: dict[str, dict[str, Stored]] = field(default_factory=dict)
    rows: dict[str, dict[str, Json]] = field(default_factory=dict)
    #: The documents of search indexes, by index.
    documents: dict[str, dict[str, Json]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    #: All that was ever sent, and each request over HTTP; `sent` is emptied once it is delivered.
    told: list[Sent] = field(default_factory=list)
    requested: list[tuple[str, Json]] = field(default_factory=list)
    #: The names of executions that were started, by state machine or durable function.
    executions: set[tuple[str, str]] = field(default_factory=set)
    started: list[tuple[str, Json]] = field(default_factory=list)
    queued: dict[str, list[Json]] = field(default_factory=dict)
    listed: list[tuple[str, str, bool]] = field(default_factory=list)
    lookups: list[tuple[str, str, str, bool]] = field(default_factory=list)
    writes: list[tuple[str, str, str]] = field(default_factory=list)
    #: All that programs ever wrote; `writes` is emptied once it is delivered.
    written: list[tuple[str, str, str]] = field(default_factory=list)
    database: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))
    #: Each time a program has another system act, with the idempotency key; `silent`: no call of such a system is answered.
    acted: list[tuple[str, str]] = field(default_factory=list)
    silent: bool = False
    program: str = ""
    exchange: Any = None
    before_put: Callable[[], object] | None = None
    raced: str = ""

    def looked_up(self, store: str, id: str, found: bool) -> None:
        """Note that the program at work asked a store for an id."""
        self.lookups.append((self.program, store, id, found))

    def listing(self, store: str, *, scan: bool) -> None:
        """Note that the program at work asked a store for a page: by a key or an index, or of all that it holds."""
        self.listed.append((self.program, store, scan))

    def writing(self, store: str, id: str) -> None:
        """Record a write, after running the action that was planned to precede it."""
        if self.before_put and store == self.raced:
            happening, self.before_put = self.before_put, None
            happening()
        self.writes.append((self.program, store, id))
        self.written.append((self.program, store, id))

    def stored_ids(self, store: str) -> set[str]:
        """Return the ids of all that a store holds."""
        if store in self.tables:
            return set(self.tables[store].items)
        return set(self.buckets.get(store, ())) | set(self.rows.get(store, ())) | set(self.documents.get(store, ()))


_TERM = re.compile(r"(attribute_exists|attribute_not_exists)\(([#\w.]+)\)|([#\w.]+)\s*(<=|>=|<>|=|<|>)\s*(:\w+)")
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def holds(condition: Any, item: Json | None, names: Json, values: Json) -> bool:
    """Return whether an item meets a condition: an expression in text, or one of boto3's objects."""
    present = item or {}
    if isinstance(condition, str):
        return _text_holds(condition.strip(), present, names, values)
    expression = condition.get_expression()
    operator, operands = expression["operator"], expression["values"]
    if operator in ("AND", "OR"):
        met = (holds(operand, item, names, values) for operand in operands)
        return all(met) if operator == "AND" else any(met)
    attribute = str(getattr(operands[0], "name", ""))
    if operator == "attribute_exists":
        return attribute in present
    if operator == "attribute_not_exists":
        return attribute not in present
    tests: dict[str, Callable[[Any, Any], bool]] = {
        "=": lambda a, b: a == b,
        "<>": lambda a, b: a != b,
        ">": lambda a, b: a is not None and a > b,
        "<": lambda a, b: a is not None and a < b,
        "<=": lambda a, b: a is not None and a <= b,
        "begins_with": lambda a, b: str(a or "").startswith(b),
    }
    if operator not in tests:
        raise NotRun(f"a condition with {operator}")
    return bool(tests[operator](present.get(attribute), operands[1]))


def _text_holds(text: str, item: Json, names: Json, values: Json) -> bool:
    for word, joined in (("OR", any), ("AND", all)):
        parts = _split(text, word)
        if len(parts) > 1:
            return joined(_text_holds(part.strip(), item, names, values) for part in parts)
    if text.startswith("(") and text.endswith(")"):
        return _text_holds(text[1:-1].strip(), item, names, values)
    return _text_term(text, item, names, values)


def _split(text: str, word: str) -> list[str]:
    """Return the parts of a condition between a word that is in no parentheses."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"[()]|\s{word}\s", text):
        if found[0] in "()":
            depth += 1 if found[0] == "(" else -1
        elif depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _text_term(text: str, item: Json, names: Json, values: Json) -> bool:
    matched = _TERM.fullmatch(text.strip())
    if matched is None:
        raise NotRun(f"the condition {text}")
    function, argument, left, operator, right = matched.groups()
    if function:
        return (_at(argument, item, names) is not None) == (function == "attribute_exists")
    found = _at(left, item, names)
    if operator in _COMPARED:
        return found is not None and _COMPARED[operator](found, values[right])
    return bool(found == values[right]) == (operator == "=")


def _at(path: str, item: Json, names: Json) -> Any:
    """Return the value at a path of attributes, such as `#result.etag`, or None."""
    found: Any = item
    for name in path.split("."):
        found = found.get(str(names.get(name, name))) if isinstance(found, dict) else None
    return found


def pages(found: list[Json], start: str | None, limit: int, key: str) -> tuple[list[Json], str | None]:
    """Return one page of items, and the key after which the next begins; None after the last."""
    after = [item for item in found if start is None or item[key] > start]
    page = after[:limit]
    return page, page[-1][key] if len(after) > limit else None


def ordered(items: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the content of a store in the order of its keys."""
    yield from sorted(items.items())
