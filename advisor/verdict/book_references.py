"""Referential integrity of a book: each rule and limit compares known facts with values that they can have."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from advisor.book import Book, BookError, Limit, Property, Role, Rule, Service
from advisor.book.condition import OPERATORS, Atom
from advisor.text import in_a_row
from advisor.verdict.derived_titles import DERIVED
from advisor.verdict.rule_matrix import unit_of
from advisor.vocabulary import ENGINE_FIELDS, FIELDS, Field
from advisor.vocabulary.demands import START_TIME
from advisor.vocabulary.units import convert

#: A fact, or `{?fact}`: whether what is said of it is assumed.
_PLACEHOLDER = re.compile(r"\{\??([^{}]*)\}")


def check_references(book: Book) -> None:
    """Check the references of a book. Raises BookError for a rule, role or limit with an unknown fact or value."""
    for role in book.roles:
        for atom in role.when:
            _check_atom(book, "roles.yaml", role, atom)
    for rule in book.rules:
        # The rules of a list of approved services have the topic of its file.
        path = f"{rule.topic}.yaml" if rule.topic == "approved" else f"{rule.topic}/{rule.id}.yaml"
        role = book.role(rule.role)
        for atom in rule.when:
            _check_atom(book, path, role, atom)
        _check_words(path, rule)
    for service in book.services.values():
        for limit in service.limits:
            _check_limit(book, service, limit)
        for stated in service.properties:
            _check_property(book, service, stated)


def facts_of(book: Book, kind: str) -> Iterator[str]:
    """Yield every fact that a condition about one kind of subject may compare."""
    yield from (field.id for field in ENGINE_FIELDS[kind])
    yield from (f"workload.{field.id}" for field in FIELDS["workload"] if not field.demand or field.kind == "quantity")
    yield from DERIVED
    yield from (role.id for role in book.roles_of(kind))


def _check_atom(book: Book, path: str, role: Role, atom: Atom) -> None:
    if atom.field not in set(facts_of(book, role.subject)):
        raise _unknown(path, "fact", "条件の項目", atom.field, facts_of(book, role.subject))
    numeric, allowed = _values(book, role.subject, atom.field)
    if atom.operator in OPERATORS[3:] and not numeric:
        raise BookError(
            f"{path}: '{atom.field}' is no number; compare it with is, in or not_in.",
            f"{path}: 「{atom.field}」は数値ではありません。is、in、not_in で比較してください。",
        )
    for value in atom.value if isinstance(atom.value, tuple) else (atom.value,):
        if numeric and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise BookError(
                f"{path}: '{atom.field}' is compared with '{value}'; write a number in its base unit.",
                f"{path}: 「{atom.field}」と「{value}」は比較できません。基本単位の数値を書いてください。",
            )
        if allowed and value not in allowed:
            raise _unknown(path, f"value of '{atom.field}'", f"「{atom.field}」の値", value, allowed)


def _values(book: Book, kind: str, fact: str) -> tuple[bool, list[Any]]:
    """Return whether a fact is a number, and the values that it can have, or none if they are not enumerated."""
    role = next((role for role in book.roles_of(kind) if role.id == fact), None)
    if role is not None:
        return False, list(role.candidates)
    name = fact.removeprefix("workload.")
    field = _field("workload" if name != fact else kind, name)
    if field is None:
        unit = DERIVED[fact][1]
        return unit not in ("", "flag"), [True, False] if unit == "flag" else []
    if field.kind == "flag":
        return False, [True, False]
    return field.kind == "quantity", [option.value for option in field.options]


def _field(kind: str, id: str) -> Field | None:
    return next((field for field in ENGINE_FIELDS[kind] if field.id == id), None)


def _check_words(path: str, rule: Rule) -> None:
    compared = [atom.field for atom in rule.when]
    for lang, words in (("en", rule.because.en), ("ja", rule.because.ja)):
        for name in _PLACEHOLDER.findall(words):
            if name not in compared:
                raise _unknown(path, f"placeholder in because.{lang}", f"because.{lang} の差し込み", name, compared)


def _check_limit(book: Book, service: Service, limit: Limit) -> None:
    path, role, fact = f"services/{service.id}.yaml", book.role(limit.role), book.facts[limit.fact]
    numbers = [f for f in facts_of(book, role.subject) if _values(book, role.subject, f)[0]]
    for atom in limit.when:
        _check_atom(book, path, role, atom)
    if limit.field not in numbers:
        raise _unknown(path, "number to limit", "上限・下限の項目", limit.field, numbers)
    if any(isinstance(value, bool) or not isinstance(value, int | float) for _, value in fact.series):
        raise BookError(
            f"{path}: the fact '{fact.id}' limits '{limit.field}' and must have numbers as values.",
            f"{path}: 「{fact.id}」は「{limit.field}」の上限または下限なので、値は数値でなければなりません。",
        )
    unit = unit_of(role.subject, limit.field)
    try:
        convert(1.0, fact.unit, unit)
    except ValueError as error:
        raise BookError(
            f"{path}: the fact '{fact.id}' is in '{fact.unit}', which cannot limit '{limit.field}' (in '{unit}').",
            f"{path}: 「{fact.id}」の単位「{fact.unit}」は「{limit.field}」（{unit}）の上限・下限に使えません。",
        ) from error


def _check_property(book: Book, service: Service, stated: Property) -> None:
    path, role, fact = f"services/{service.id}.yaml", book.role(stated.role), book.facts[stated.fact]
    for atom in stated.when:
        _check_atom(book, path, role, atom)
    if service.id not in role.candidates:
        raise BookError(
            f"{path}: it is no candidate of the role '{role.id}', so it has no properties in it.",
            f"{path}: 選定項目「{role.id}」の候補ではないため、properties は書けません。",
        )
    if stated.name == START_TIME and (fact.unit != "s" or isinstance(fact.value(book.newest), bool)):
        raise BookError(
            f"{path}: the fact '{fact.id}' is a {START_TIME} and must be a number of seconds.",
            f"{path}: 「{fact.id}」は {START_TIME} なので、秒数でなければなりません。",
        )


def _unknown(path: str, kind: str, kind_ja: str, value: Any, allowed: Iterable[Any]) -> BookError:
    names = [str(name) for name in allowed]
    near = get_close_matches(str(value), names, 1)
    quoted = str(value)[:60]
    if near:
        return BookError(
            f"{path}: unknown {kind} '{quoted}'; did you mean '{near[0]}'?",
            f"{path}: {kind_ja}「{quoted}」は不明です。「{near[0]}」の誤りではありませんか。",
        )
    listed = in_a_row(names)
    return BookError(
        f"{path}: unknown {kind} '{quoted}'; allowed are {listed.en}.",
        f"{path}: {kind_ja}「{quoted}」は不明です。使える値: {listed.ja}。",
    )
