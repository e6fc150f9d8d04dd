"""The book from its parsed files, keyed by path. `rules` reads the files; here they are checked and become values."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from advisor.book.connections import connections_of
from advisor.book.entry import Entry
from advisor.book.errors import BookError, misnamed, unknown_role
from advisor.book.facts import fact_of
from advisor.book.judgements import rule_of, way_out_of
from advisor.book.model import Book, Fact, Rule, Service
from advisor.book.roles import roles_of
from advisor.book.services import service_of

# Folders that are no topic of rules. `connections` is one no more, since connections stand in the files of services.
DATA_FOLDERS = ("connections", "facts", "services", "stories", "ways-out")
Value = TypeVar("Value")


def book(raw: Mapping[str, Entry], version: str) -> Book:
    """Build the book from the parsed files, keyed by path ("services/lambda.yaml"); BookError names the bad one."""
    facts = _facts(raw)
    services = _by_id(raw, "services/", lambda path, entry: service_of(path, entry, facts))
    roles = roles_of(raw)
    by_id = {role.id: role for role in roles}
    rules = [rule_of(path, entry, by_id) for path, entry in sorted(raw.items()) if is_rule_file(path)]
    _check_unique(rules)
    _check_limits(services.values(), by_id)
    ways_out = _by_id(raw, "ways-out/", lambda path, entry: way_out_of(path, entry, by_id))
    return Book(
        facts=facts,
        services=services,
        roles=roles,
        rules=tuple(sorted(rules, key=lambda rule: rule.id)),
        connections=connections_of(raw),
        version=version,
        ways_out=tuple(ways_out.values()),
    )


def is_rule_file(path: str) -> bool:
    """Return whether a file of a rule book contains a rule, that is, whether it is in a topic folder."""
    return "/" in path and path.split("/")[0] not in DATA_FOLDERS


def _facts(raw: Mapping[str, Entry]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for path, entry in sorted(raw.items()):
        for stated in entry["facts"] if path.startswith("facts/") else ():
            fact = fact_of(path, stated)
            if fact.id in facts:
                raise BookError(f"{path}: duplicate id '{fact.id}'.", f"{path}: id「{fact.id}」が重複しています。")
            facts[fact.id] = fact
    return facts


def _by_id(raw: Mapping[str, Entry], folder: str, value_of: Callable[[str, Entry], Value]) -> dict[str, Value]:
    """Return the values of a folder's files by id, which is the name of the file."""
    values: dict[str, Value] = {}
    for path, entry in sorted(raw.items()):
        if not path.startswith(folder):
            continue
        value, id = value_of(path, entry), str(entry["id"])
        if path != f"{folder}{id}.yaml":
            raise misnamed(path, id)
        values[id] = value
    return values


def _check_unique(rules: Iterable[Rule]) -> None:
    topics: dict[str, str] = {}
    for rule in rules:
        path = f"{rule.topic}/{rule.id}.yaml"
        if rule.id in topics:
            first = f"{topics[rule.id]}/{rule.id}.yaml"
            raise BookError(f"{path}: the rule stands in {first} too.", f"{path}: 同じルールが {first} にもあります。")
        topics[rule.id] = rule.topic


def _check_limits(services: Iterable[Service], roles: Mapping[str, object]) -> None:
    for service in services:
        named = [*(limit.role for limit in service.limits), *(stated.role for stated in service.properties)]
        for role in named:
            if role not in roles:
                raise unknown_role(f"services/{service.id}.yaml", role)
