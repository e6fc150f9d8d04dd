"""Company packs: rules, facts, services and a list of approved services, laid over our book.

A pack is laid out like the book, without roles: `<topic>/<id>.yaml`, `facts/*.yaml`, `services/<id>.yaml`, and
`approved.yaml`. What has the id of ours replaces it, anything else is added.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.book import DATA_FOLDERS, Book, BookError, Role, Rule
from advisor.decision import Source
from advisor.text import Text

APPROVED = "approved.yaml"
_LAID_OVER = ("facts", "services")
Files = Mapping[str, Any]


def lay_over(ours: Files, pack: Files) -> dict[str, Any]:
    """Return the parsed files of our book with those of a pack laid over them; BookError names the pack's file."""
    merged = dict(ours)
    _check_places(ours, pack)
    for path, content in pack.items():
        if path.startswith("facts/"):
            continue
        if _is_rule(path):
            merged = {p: held for p, held in merged.items() if not (_is_rule(p) and _name(p) == _name(path))}
        if path != APPROVED:
            merged[path] = content
    return _with_facts(merged, pack)


def _is_rule(path: str) -> bool:
    return "/" in path and path.split("/")[0] not in DATA_FOLDERS


def _name(path: str) -> str:
    return path.split("/")[-1]


def _check_places(ours: Files, pack: Files) -> None:
    seen: dict[str, str] = {}
    for path in pack:
        folder = path.split("/")[0]
        if "/" in path and folder in DATA_FOLDERS and folder not in _LAID_OVER:
            raise BookError(
                f"{path}: a pack holds no {folder}; allowed are rules in folders of their topic, facts/, services/ "
                f"and {APPROVED}.",
                f"{path}: パックに {folder} は置けません。使えるのは、トピックのフォルダーのルール、facts/、services/、{APPROVED} です。",
            )
        if folder == "services" and path not in ours:
            raise BookError(
                f"{path}: there is no service of that name to replace; a pack adds no services.",
                f"{path}: 置き換える対象のサービスがありません。パックでサービスは追加できません。",
            )
        if _is_rule(path) and _name(path) in seen:
            raise BookError(
                f"{path}: the rule stands in {seen[_name(path)]} too.",
                f"{path}: 同じルールが {seen[_name(path)]} にもあります。",
            )
        if _is_rule(path):
            seen[_name(path)] = path


def _with_facts(merged: dict[str, Any], pack: Files) -> dict[str, Any]:
    """Replace facts where they stand, so that they stay those of their service, and add the others."""
    homes = {fact["id"]: path for path, held in merged.items() if path.startswith("facts/") for fact in held["facts"]}
    placed: dict[str, list[Any]] = {p: list(held["facts"]) for p, held in merged.items() if p.startswith("facts/")}
    seen: dict[str, str] = {}
    for path, content in pack.items():
        for fact in content["facts"] if path.startswith("facts/") else ():
            id = fact["id"]
            if id in seen:
                raise BookError(
                    f"{path}: the fact '{id}' stands in {seen[id]} too.",
                    f"{path}: ファクト「{id}」が {seen[id]} にもあります。",
                )
            seen[id] = path
            if id not in homes:
                placed.setdefault(path, []).append(fact)
                continue
            stands = placed[homes[id]]
            number = next(n for n, held in enumerate(stands) if held["id"] == id)
            _check_replaced(path, stands[number], fact)
            stands[number] = fact
    return {**merged, **{path: {"facts": facts} for path, facts in placed.items()}}


def _check_replaced(path: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Others rest on our facts (limits, settings, budgets), so a replaced one keeps its unit, sort and reach."""
    id = ours["id"]
    kept = (
        ("unit", ours["unit"], theirs["unit"]),
        ("decides", ours["decides"], theirs["decides"]),
        ("series", _sorts(ours), _sorts(theirs)),
    )
    for key, held, given in kept:
        if held != given:
            raise BookError(
                f"{path}: '{id}' replaces our fact, whose '{key}' is {held}; yours is {given}.",
                f"{path}: 「{id}」は既存のファクトを置き換えるため、「{key}」は {held} でなければなりません（現在 {given}）。",
            )
    first, given_first = (min(s["from"] for s in fact["series"]) for fact in (ours, theirs))
    if given_first > first:
        raise BookError(
            f"{path}: '{id}' replaces our fact, so its series must start by {first}, not on {given_first}.",
            f"{path}: 「{id}」は既存のファクトを置き換えるため、series は {first} 以前から始めてください（現在 {given_first}）。",
        )


def _sorts(fact: Mapping[str, Any]) -> str:
    sorts = {"true or false": bool, "numbers": int | float, "texts": str, "lists": list}
    values = [s["value"] for s in fact["series"]]
    found = {next(name for name, sort in sorts.items() if isinstance(value, sort)) for value in values}
    return " and ".join(sorted(found))


def with_approval(book: Book, approved: Mapping[str, Any], name: str) -> Book:
    """Return a book in which every candidate that a pack does not approve is ruled out, by one rule per role."""
    listed = approved["services"]
    for service in listed:
        if service not in book.services:
            raise BookError(
                f"{APPROVED}: there is no service '{service}' in the book.",
                f"{APPROVED}: サービス「{service}」はルールブックにありません。",
            )
    given = approved.get("source")
    source = Source(given["url"], given["checked"]) if given else Source(f"{name}/{APPROVED}", book.newest)
    because = Text(approved["because"]["en"], approved["because"]["ja"])
    added = [rule for role in book.roles if (rule := _not_approved(role, frozenset(listed), because, source))]
    return replace(book, rules=tuple(sorted((*book.rules, *added), key=lambda rule: rule.id)))


def _not_approved(role: Role, approved: frozenset[str], because: Text, source: Source) -> Rule | None:
    # "none" is no service but the absence of one, which needs no approval.
    against = tuple(s for s in role.candidates if s not in approved and s != "none")
    if not against:
        return None
    id = f"not-approved-for-{role.id}"
    return Rule(id, "approved", role.id, (), "reject", against, because, source, ({},), ())
