"""Company packs: rules, facts, services and a list of approved services, laid over our book.

A pack is laid out like the book, without roles: `<topic>/<id>.yaml`, `facts/*.yaml`, `services/<id>.yaml`, and
`approved.yaml`. What has the id of ours replaces it, anything else is added. A service keeps its roles, connections and properties.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.book import Book, BookError, Role, Rule, is_rule_file
from advisor.decision import Source
from advisor.text import Text

APPROVED = "approved.yaml"
_FOLDERS = ("facts", "services")
_KEPT_KEYS = ("roles", "connections", "properties")
Files = Mapping[str, Any]


def check_folders(pack: Files) -> None:
    """Reject a file in a folder that the built-in book has, but packs do not."""
    for path in pack:
        folder = path.split("/")[0]
        if "/" in path and not is_rule_file(path) and folder not in _FOLDERS:
            raise BookError(
                f"{path}: a pack holds no {folder}; allowed are rules in folders of their topic, facts/, services/ "
                f"and {APPROVED}.",
                f"{path}: パックに {folder} は置けません。使えるのは、トピックのフォルダーのルール、facts/、services/、{APPROVED} です。",
            )


def lay_over(ours: Files, pack: Files) -> dict[str, Any]:
    """Return the parsed files of our book with those of a pack laid over them; BookError names the pack's file."""
    merged = dict(ours)
    _check_rules(pack)
    for path, content in pack.items():
        if is_rule_file(path):
            merged = {known: entry for known, entry in merged.items() if not _same_rule(known, path)}
            merged[path] = content
        elif path.startswith("services/"):
            merged[path] = _service(path, ours, content)
    return _with_facts(merged, pack)


def _same_rule(path: str, other: str) -> bool:
    return is_rule_file(path) and is_rule_file(other) and _name(path) == _name(other)


def _name(path: str) -> str:
    return path.split("/")[-1]


def _check_rules(pack: Files) -> None:
    paths: dict[str, str] = {}
    for path in filter(is_rule_file, pack):
        first = paths.setdefault(_name(path), path)
        if first != path:
            raise BookError(f"{path}: the rule stands in {first} too.", f"{path}: 同じルールが {first} にもあります。")


def _service(path: str, ours: Files, theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file of a service that a pack overrides. Its roles and connections remain built-in."""
    if path not in ours:
        raise BookError(
            f"{path}: there is no service of that name to replace; a pack adds no services.",
            f"{path}: 置き換える対象のサービスがありません。パックでサービスは追加できません。",
        )
    kept = {key: ours[path][key] for key in _KEPT_KEYS if key in ours[path]}
    for key in _KEPT_KEYS:
        if key in theirs and theirs[key] != kept.get(key):
            raise BookError(
                f"{path}: a pack does not change '{key}' of a service; leave the key out, and ours stays.",
                f"{path}: パックではサービスの「{key}」を変更できません。キーを省くと既存の内容のままになります。",
            )
    return {**theirs, **kept}


def _with_facts(merged: dict[str, Any], pack: Files) -> dict[str, Any]:
    """Replace facts where they stand, so that they stay those of their service, and add the others."""
    by_path = {path: list(entry["facts"]) for path, entry in merged.items() if path.startswith("facts/")}
    path_of = {fact["id"]: path for path, facts in by_path.items() for fact in facts}
    paths: dict[str, str] = {}
    for path, content in pack.items():
        for fact in content["facts"] if path.startswith("facts/") else ():
            id = fact["id"]
            if id in paths:
                raise BookError(
                    f"{path}: the fact '{id}' stands in {paths[id]} too.",
                    f"{path}: 根拠情報「{id}」が {paths[id]} にもあります。",
                )
            paths[id] = path
            if id not in path_of:
                by_path.setdefault(path, []).append(fact)
                continue
            facts = by_path[path_of[id]]
            index = next(index for index, ours in enumerate(facts) if ours["id"] == id)
            _check_replaced(path, facts[index], fact)
            facts[index] = fact
    return {**merged, **{path: {"facts": facts} for path, facts in by_path.items()}}


def _check_replaced(path: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Limits, settings and budgets are based on built-in facts, so a replaced fact keeps its unit, kind and scope."""
    id = ours["id"]
    fixed = (
        ("unit", ours["unit"], theirs["unit"]),
        ("decides", ours["decides"], theirs["decides"]),
        ("series", _sorts(ours), _sorts(theirs)),
    )
    for key, expected, actual in fixed:
        if expected != actual:
            raise BookError(
                f"{path}: '{id}' replaces our fact, whose '{key}' is {expected}; yours is {actual}.",
                f"{path}: 「{id}」は既存の根拠情報を置き換えるため、「{key}」は {expected} でなければなりません（現在 {actual}）。",
            )
    our_start, their_start = (min(s["from"] for s in fact["series"]) for fact in (ours, theirs))
    if their_start > our_start:
        raise BookError(
            f"{path}: '{id}' replaces our fact, so its series must start by {our_start}, not on {their_start}.",
            f"{path}: 「{id}」は既存の根拠情報を置き換えるため、series は {our_start} 以前から始めてください（現在 {their_start}）。",
        )


def _sorts(fact: Mapping[str, Any]) -> str:
    sorts = {"true or false": bool, "numbers": int | float, "texts": str, "lists": list}
    values = [s["value"] for s in fact["series"]]
    names = {next(name for name, sort in sorts.items() if isinstance(value, sort)) for value in values}
    return " and ".join(sorted(names))


def with_approval(book: Book, approved: Mapping[str, Any], name: str) -> Book:
    """Return a book in which every candidate that a pack does not approve is ruled out, by one rule per role."""
    listed = approved["services"]
    for service in listed:
        if service not in book.services:
            raise BookError(
                f"{APPROVED}: there is no service '{service}' in the book.",
                f"{APPROVED}: サービス「{service}」は判定ルールにありません。",
            )
    stated = approved.get("source")
    source = Source(stated["url"], stated["checked"]) if stated else Source(f"{name}/{APPROVED}", book.newest)
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
