"""Catalogue files: `services/<id>.yaml` contains everything about one service in the rule book except its facts."""

from collections.abc import Iterator, Mapping
from typing import Literal

from advisor.book.entry import Entry, check_keys, condition_of, text_of
from advisor.book.errors import BookError
from advisor.book.model import Fact, Limit, Property, Reading, Service
from advisor.text import EMPTY

_REQUIRED = ("id", "name", "lifecycle", "solves", "not_when", "reading")
_KEYS = {*_REQUIRED, "note", "limits", "properties", "roles", "connections", "replaced_by", "since"}


def service_of(path: str, entry: Entry, facts: Mapping[str, Fact]) -> Service:
    """Return the service of a file, without `roles` and `connections`, which have their own modules."""
    check_keys(path, entry, _KEYS, _REQUIRED)
    return Service(
        id=entry["id"],
        name=text_of(path, entry, "name"),
        note=text_of(path, entry, "note") if "note" in entry else EMPTY,
        lifecycle=entry["lifecycle"],
        solves=text_of(path, entry, "solves"),
        not_when=text_of(path, entry, "not_when"),
        limits=tuple(_limits(path, entry, facts)),
        reading=tuple(Reading(text_of(path, page, "title"), text_of(path, page, "url")) for page in entry["reading"]),
        replaced_by=tuple(entry.get("replaced_by") or ()),
        since=str(entry.get("since") or ""),
        properties=tuple(_properties(path, entry, facts)),
    )


def _limits(path: str, entry: Entry, facts: Mapping[str, Fact]) -> Iterator[Limit]:
    for raw in entry.get("limits") or ():
        relation: Literal["at_most", "at_least"] = "at_most" if "at_most" in raw else "at_least"
        fact = _deciding(path, raw.get(relation), facts)
        yield Limit(raw["role"], raw["field"], relation, fact, condition_of(path, raw))


def _properties(path: str, entry: Entry, facts: Mapping[str, Fact]) -> Iterator[Property]:
    for raw in entry.get("properties") or ():
        fact = _deciding(path, raw["fact"], facts)
        yield Property(raw["role"], raw["property"], fact, condition_of(path, raw))


def _deciding(path: str, fact: str | None, facts: Mapping[str, Fact]) -> str:
    """Return the id of a fact that may decide. Raises BookError for a service that does not exist or is only shown."""
    if fact is None or fact not in facts:
        raise BookError(f"{path}: there is no fact '{fact}'.", f"{path}: 根拠情報「{fact}」はありません。")
    if not facts[fact].decides:
        raise BookError(
            f"{path}: the fact '{fact}' is only shown and must not decide.",
            f"{path}: 根拠情報「{fact}」は表示のみで、判断には使えません。",
        )
    return fact
