"""Decisions that were saved: the JSON that `advisor decide` printed, with or without its proof, read back and checked."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from advisor.report.replay import unpack
from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.text import Text

Raw = Mapping[str, Any]
#: The versions of the decision file that can be read. The first always had the proof.
_VERSIONS = (1, 2)
# The keys that a choice and its proof must have for a comparison; None means "may be null".
_GROUND = {"id": (str,), "kind": (str,), "effect": (str,), "spoke": (bool,), "conditions": (list,)}
_CONDITION = {"field": (str,), "operator": (str,)}
_CANDIDATE = {"service": (str,), "verdict": (str,), "bands": (dict,), "grounds": (list,)}
_CHOICE = {"role": (str,), "service": (str, None)}
_PROVEN = {**_CHOICE, "proof": (list,)}
_SUBJECT = {"id": (str,), "kind": (str,), "choices": (list,)}


class SavedError(ValueError):
    """The file contains no decision that can be replayed; `problems` states why."""

    def __init__(self, *problems: Text) -> None:
        super().__init__(" ".join(problem.en for problem in problems))
        self.problems = problems


class Choice(NamedTuple):
    """The saved result for a role: the service, and the bands and grounds of each candidate as plain data."""

    service: str | None
    proof: Mapping[str, Raw]


Choices = Mapping[tuple[str, str], Choice]


class Saved(NamedTuple):
    """A saved decision: its book, date, requirements and services by subject and role."""

    as_of: str
    book: str
    requirements: Requirements
    choices: Choices


def read_saved(content: bytes) -> Saved:
    """Return a saved decision. Raises SavedError if it is none, or one of an earlier version that cannot be replayed."""
    raw = _parsed(content)
    _check_frame(raw)
    subjects = _items(raw, "subjects", "", _SUBJECT)
    if "requirements" not in raw:
        raise SavedError(
            Text(
                "this decision was saved by an earlier version without its requirements and reasons, so it "
                "cannot be repeated; save it again with `advisor decide`.",
                "要件と判定理由を含まない以前の形式で保存されているため、再評価できません。`advisor decide` で保"
                "存し直してください。",
            )
        )
    choices = _replayed(raw["replay"], subjects) if "replay" in raw else _proven(subjects)
    try:
        return Saved(raw["as_of"], raw["book"], make_requirements(raw["requirements"]), choices)
    except RequirementsError as error:
        raise SavedError(*(Text(f"requirements: {p.en}", f"requirements: {p.ja}") for p in error.problems)) from error


def _proven(subjects: list[tuple[str, Raw]]) -> Choices:
    """Return the choices of a file that holds its whole proof."""
    return {
        (subject["id"], choice["role"]): Choice(choice["service"], _proof(choice, at))
        for where, subject in subjects
        for at, choice in _items(subject, "choices", f"{where}.", _PROVEN)
    }


def _replayed(packed: Any, subjects: list[tuple[str, Raw]]) -> Choices:
    """Return the choices of a file in the compact format."""
    try:
        grounds = unpack(packed)
        return {
            (subject["id"], choice["role"]): Choice(choice["service"], grounds[(subject["id"], choice["role"])])
            for where, subject in subjects
            for _, choice in _items(subject, "choices", f"{where}.", _CHOICE)
        }
    except (TypeError, ValueError, KeyError) as error:
        if isinstance(error, SavedError):
            raise
        raise _wrong("replay", "the output of `advisor decide`", "`advisor decide` の出力") from error


def _parsed(content: bytes) -> Raw:
    try:
        raw = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        number = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        line = Text(f" (line {number})", f"（{number} 行目）") if number else Text("", "")
        raise SavedError(
            Text(
                f"not valid JSON{line.en}; save the output of `advisor decide` to a file.",
                f"JSON ではありません{line.ja}。`advisor decide` の出力をファイルに保存してください。",
            )
        ) from error
    if not isinstance(raw, dict) or "subjects" not in raw or "as_of" not in raw:
        raise SavedError(
            Text(
                "not a saved decision; save the output of `advisor decide` to a file.",
                "保存された決定ではありません。`advisor decide` の出力をファイルに保存してください。",
            )
        )
    return raw


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _check_frame(raw: Raw) -> None:
    if raw.get("schema").__class__ is not int or raw["schema"] not in _VERSIONS:
        raise _wrong("schema", "1 or 2", "1 か 2")
    try:
        if date.fromisoformat(raw["as_of"]).isoformat() != raw["as_of"]:
            raise ValueError(raw["as_of"])
    except (TypeError, ValueError) as error:
        raise _wrong("as_of", "a date such as 2026-11-25", "2026-11-25 のような日付") from error
    if not isinstance(raw.get("book"), str):
        raise _wrong("book", "the version of the decision rules", "判定ルールの版")


def _wrong(where: str, en: str, ja: str) -> SavedError:
    return SavedError(Text(f"'{where}' must be {en}.", f"「{where}」は{ja}でなければなりません。"))


def _items(raw: Raw, key: str, at: str, keys: Mapping[str, tuple[type | None, ...]]) -> list[tuple[str, Raw]]:
    """Return the entries of a list with their paths; each must have these keys, of these types."""
    entries = raw.get(key)
    if not isinstance(entries, list):
        raise _wrong(f"{at}{key}", "a list", "リスト")
    items: list[tuple[str, Raw]] = []
    for number, item in enumerate(entries):
        where = f"{at}{key}[{number}]"
        if not isinstance(item, dict):
            raise _wrong(where, "keys with values", "キーと値")
        for name, types in keys.items():
            value = item.get(name)
            fits = isinstance(value, tuple(t for t in types if t)) or (value is None and None in types and name in item)
            if not fits:
                raise _wrong(f"{where}.{name}", "the output of `advisor decide`", "`advisor decide` の出力")
        items.append((where, item))
    return items


def _proof(choice: Raw, where: str) -> dict[str, Raw]:
    candidates = {}
    for at, candidate in _items(choice, "proof", f"{where}.", _CANDIDATE):
        for inside, ground in _items(candidate, "grounds", f"{at}.", _GROUND):
            _items(ground, "conditions", f"{inside}.", _CONDITION)
        candidates[candidate["service"]] = candidate
    return candidates
