"""The shape of each file of a rule book: which keys it has, and what stands under them.

A book or pack that people write is checked here before its values are made; what is wrong is one sentence that names
the file, the key and what is allowed.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from advisor.book.condition import OPERATORS
from advisor.book.model import AXES, EFFECTS, BookError

Check = Callable[[str, str, Any], None]
_DAY = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")
KINDS = ("hard-limit", "quota", "setting", "feature", "lifecycle", "behaviour")
CONFIDENCES = ("high", "medium", "low")
LIFECYCLES = ("available", "emerging", "retired")


def _wrong(path: str, where: str, en: str, ja: str) -> BookError:
    named, named_ja = (f"'{where}'", f"「{where}」") if where else ("the file", "ファイル")
    return BookError(f"{path}: {named} must be {en}.", f"{path}: {named_ja}には{ja}を書いてください。")


def _a(en: str, ja: str, holds: Callable[[Any], bool]) -> Check:
    def check(path: str, where: str, value: Any) -> None:
        if not holds(value):
            raise _wrong(path, where, en, ja)

    return check


def _one_of(*allowed: str) -> Check:
    listed = ", ".join(allowed)
    return _a(f"one of {listed}", f"次のいずれか（{listed}）", lambda v: isinstance(v, str) and v in allowed)


def _list_of(check: Check, least: int = 0) -> Check:
    def check_all(path: str, where: str, value: Any) -> None:
        if not isinstance(value, list) or len(value) < least:
            some = "a list with at least one entry" if least else "a list"
            raise _wrong(path, where, some, "1 件以上のリスト" if least else "リスト")
        for number, item in enumerate(value, 1):
            check(path, f"{where}[{number}]", item)

    return check_all


def _record(keys: Mapping[str, Check], needed: tuple[str, ...]) -> Check:
    def check(path: str, where: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise _wrong(path, where, "keys with values", "キーと値")
        inside = f"{where}." if where else ""
        for key in value:
            if key not in keys:
                listed = ", ".join(keys)
                raise BookError(
                    f"{path}: unknown key '{inside}{key}'; allowed are {listed}.",
                    f"{path}: 「{inside}{key}」は不明なキーです。使えるキー: {listed}。",
                )
        for key in needed:
            if key not in value:
                raise BookError(
                    f"{path}: the key '{inside}{key}' is missing.", f"{path}: キー「{inside}{key}」が必要です。"
                )
        for key, item in value.items():
            keys[key](path, inside + key, item)

    return check


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_band(value: Any) -> bool:
    return value.__class__ is int and 0 <= value <= 3


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | bool) or _is_number(value)


_word = _a("a text", "テキスト", lambda v: isinstance(v, str))
_id = _a(
    "an id (small letters, digits, hyphens)",
    "id（英小文字・数字・ハイフン）",
    lambda v: isinstance(v, str) and bool(_ID.fullmatch(v)),
)
_day = _a(
    "a day such as '2026-11-25'",
    "「2026-11-25」のような日付",
    lambda v: isinstance(v, str) and bool(_DAY.fullmatch(v)),
)
_flag = _a("true or false", "true または false", lambda v: isinstance(v, bool))
_scalar = _a("a text, a number, true or false", "テキスト・数値・true・false のいずれか", _is_scalar)
_value = _a(
    "a text, a number, true, false, or a list of them",
    "テキスト・数値・true・false、またはそのリスト",
    lambda v: all(map(_is_scalar, v)) if isinstance(v, list) else _is_scalar(v),
)
_said = _a("a text that is not empty", "空でないテキスト", lambda v: isinstance(v, str) and bool(v.strip()))
_text = _record({"en": _said, "ja": _said}, ("en", "ja"))
_source = _record({"url": _word, "checked": _day}, ("url", "checked"))
_words = _a(
    "a text or a list of texts",
    "テキストまたはそのリスト",
    lambda v: isinstance(v, str) or (isinstance(v, list) and all(isinstance(item, str) for item in v)),
)


def _mapping(check: Check) -> Check:
    def check_all(path: str, where: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise _wrong(path, where, "keys with values", "キーと値")
        for key, item in value.items():
            check(path, f"{where}.{key}", item)

    return check_all


def _comparison(path: str, where: str, value: Any) -> None:
    _mapping(_value)(path, where, value)
    for operator, bound in value.items():
        if operator not in OPERATORS:
            listed = ", ".join(OPERATORS)
            raise BookError(
                f"{path}: unknown operator '{where}.{operator}'; allowed are {listed}.",
                f"{path}: 「{where}.{operator}」は不明な演算子です。使える演算子: {listed}。",
            )
        if operator in ("in", "not_in") and not isinstance(bound, list):
            raise _wrong(path, f"{where}.{operator}", "a list", "リスト")
        if operator in OPERATORS[3:] and not _is_number(bound):
            raise _wrong(path, f"{where}.{operator}", "a number in the field's base unit", "基本単位での数値")
        if operator == "is" and isinstance(bound, list):
            raise _wrong(path, f"{where}.is", "one value", "1 つの値")


_condition = _mapping(_comparison)
_fact = _record(
    {
        "id": _id,
        "statement": _text,
        "unit": _word,
        "kind": _one_of(*KINDS),
        "decides": _flag,
        "confidence": _one_of(*CONFIDENCES),
        "series": _list_of(_record({"from": _day, "value": _value}, ("from", "value")), 1),
        "source": _source,
        "note": _word,
    },
    ("id", "statement", "unit", "kind", "decides", "confidence", "series", "source"),
)


def _honest_fact(path: str, where: str, value: Any) -> None:
    _fact(path, where, value)
    if value["decides"] and value["confidence"] == "low":
        raise BookError(
            f"{path}: '{value['id']}' is of low confidence and must not decide (decides: false).",
            f"{path}: 「{value['id']}」は確度（confidence）が low のため、判断に使えません（decides: false）。",
        )


_LIMIT = _record(
    {"role": _word, "field": _word, "at_most": _word, "at_least": _word, "when": _condition}, ("role", "field")
)


def _bounding(path: str, where: str, value: Any) -> None:
    _LIMIT(path, where, value)
    if ("at_most" in value) == ("at_least" in value):
        raise BookError(
            f"{path}: '{where}' must name a fact under one of at_most, at_least.",
            f"{path}: 「{where}」には at_most か at_least のどちらか 1 つにファクトを書いてください。",
        )


_READING = _record({"title": _text, "url": _text}, ("title", "url"))
_SERVICE = _record(
    {
        "id": _id,
        "name": _text,
        "note": _text,
        "lifecycle": _one_of(*LIFECYCLES),
        "solves": _text,
        "not_when": _text,
        "limits": _list_of(_bounding),
        "reading": _list_of(_READING),
        "replaced_by": _list_of(_id),
        "since": _day,
    },
    ("id", "name", "lifecycle", "solves", "not_when", "reading"),
)
_ROLE = _record(
    {
        "id": _id,
        "subject": _one_of("component", "channel", "store"),
        "title": _text,
        "when": _condition,
        "candidates": _list_of(_id, 1),
        "bands": _mapping(_mapping(_a("a whole number from 0 to 3", "0～3 の整数", _is_band))),
        "never_better": _mapping(_list_of(_word)),
    },
    ("id", "subject", "title", "candidates"),
)
_RULE = _record(
    {
        "id": _id,
        "role": _word,
        "when": _condition,
        **{effect: _list_of(_id, 1) for effect in EFFECTS},
        "axis": _one_of(*AXES),
        "because": _text,
        "source": _source,
        "examples": _record({key: _list_of(_mapping(_value), 1) for key in ("fires", "quiet")}, ("fires", "quiet")),
    },
    ("id", "role", "when", "because", "source", "examples"),
)
_CONNECTION = _record(
    {
        "from": _words,
        "verb": _word,
        "to": _words,
        "label": _text,
        "sentence": _text,
        "flow": _word,
        "actions": _list_of(_word),
        "grantee": _one_of("source", "target"),
    },
    ("from", "verb", "to", "label", "sentence", "flow"),
)
_WAY = _record(
    {
        "id": _id,
        "role": _word,
        "title": _text,
        "when": _condition,
        "change": _mapping(lambda path, where, value: None if value is None else _value(path, where, value)),
        "way": _text,
        "price": _text,
        "source": _source,
    },
    ("id", "role", "title", "when", "change", "way", "price", "source"),
)
_APPROVED = _record({"services": _list_of(_id, 1), "because": _text, "source": _source}, ("services", "because"))
_FILES = {"roles.yaml": _record({"roles": _list_of(_ROLE, 1)}, ("roles",)), "approved.yaml": _APPROVED}
_FOLDERS = {
    "facts": _record({"facts": _list_of(_honest_fact)}, ("facts",)),
    "services": _SERVICE,
    "ways-out": _WAY,
    "connections": _record({"connections": _list_of(_CONNECTION)}, ("connections",)),
}


def check_shapes(files: Mapping[str, Any]) -> None:
    """Refuse a parsed file of a book or pack that has not the shape of its place; BookError says what is allowed."""
    for path, content in sorted(files.items()):
        if "/" not in path and path not in _FILES:
            raise BookError(
                f"{path}: this file has no place; rules stand in a folder of their topic, beside facts/ and services/.",
                f"{path}: このファイルの置き場所が違います。ルールはトピックのフォルダーに、facts/ と services/ と並べて置きます。",
            )
        check = _FILES[path] if "/" not in path else _FOLDERS.get(path.split("/")[0], _RULE)
        check(path, "", content)
