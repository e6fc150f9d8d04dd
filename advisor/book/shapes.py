"""Building blocks of file schemas: records, lists, ids, dates, conditions.

A check takes the path of a file, a key in it and the value of that key; BookError states what is allowed there.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from advisor.book.condition import OPERATORS
from advisor.book.errors import BookError
from advisor.text import in_a_row

Check = Callable[[str, str, Any], None]
_DAY_PATTERN = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")


def _wrong(path: str, where: str, en: str, ja: str) -> BookError:
    named, named_ja = (f"'{where}'", f"「{where}」") if where else ("the file", "ファイル")
    return BookError(f"{path}: {named} must be {en}.", f"{path}: {named_ja}には{ja}を書いてください。")


def satisfying(en: str, ja: str, holds: Callable[[Any], bool]) -> Check:
    """Return a check with the given description."""

    def check(path: str, where: str, value: Any) -> None:
        if not holds(value):
            raise _wrong(path, where, en, ja)

    return check


def one_of(*allowed: str) -> Check:
    """Return the check that a value is one of these texts."""
    listed = in_a_row(allowed)
    return satisfying(
        f"one of {listed.en}", f"次のいずれか（{listed.ja}）", lambda v: isinstance(v, str) and v in allowed
    )


def list_of(check: Check, least: int = 0) -> Check:
    """Return the check that a value is a list whose entries pass a check."""

    def check_all(path: str, where: str, value: Any) -> None:
        if not isinstance(value, list) or len(value) < least:
            expected = "a list with at least one entry" if least else "a list"
            raise _wrong(path, where, expected, "1 件以上のリスト" if least else "リスト")
        for number, item in enumerate(value, 1):
            check(path, f"{where}[{number}]", item)

    return check_all


def record(keys: Mapping[str, Check], required: tuple[str, ...] = ()) -> Check:
    """Return a check for a mapping with fixed keys, some of them required, each with a check of its value."""

    def check(path: str, where: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise _wrong(path, where, "keys with values", "キーと値")
        inside = f"{where}." if where else ""
        for key in value:
            if key not in keys:
                listed = in_a_row(keys)
                raise BookError(
                    f"{path}: unknown key '{inside}{key}'; allowed are {listed.en}.",
                    f"{path}: 「{inside}{key}」は不明なキーです。使えるキー: {listed.ja}。",
                )
        for key in required:
            if key not in value:
                raise BookError(
                    f"{path}: the key '{inside}{key}' is missing.", f"{path}: キー「{inside}{key}」が必要です。"
                )
        for key, item in value.items():
            keys[key](path, inside + key, item)

    return check


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(_ID_PATTERN.fullmatch(value))


def _are_ids(value: Any) -> bool:
    return bool(value) and all(map(_is_id, value)) if isinstance(value, list) else _is_id(value)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | bool) or _is_number(value)


WORD = satisfying("a text", "テキスト", lambda v: isinstance(v, str))
ID = satisfying("an id (small letters, digits, hyphens)", "id（英小文字・数字・ハイフン）", _is_id)
DAY = satisfying(
    "a day such as '2026-11-25'",
    "「2026-11-25」のような日付",
    lambda v: isinstance(v, str) and bool(_DAY_PATTERN.fullmatch(v)),
)
FLAG = satisfying("true or false", "true または false", lambda v: isinstance(v, bool))
VALUE = satisfying(
    "a text, a number, true, false, or a list of them",
    "テキスト・数値・true・false、またはそのリスト",
    lambda v: all(map(_is_scalar, v)) if isinstance(v, list) else _is_scalar(v),
)
_WORDS = satisfying("a text that is not empty", "空でないテキスト", lambda v: isinstance(v, str) and bool(v.strip()))
TEXT = record({"en": _WORDS, "ja": _WORDS}, ("en", "ja"))
SOURCE = record({"url": WORD, "checked": DAY}, ("url", "checked"))
IDS = satisfying("an id or a list of ids", "id またはそのリスト", _are_ids)


def mapping_of(check: Check) -> Check:
    """Return a check for a mapping with arbitrary keys whose values pass a check."""

    def check_all(path: str, where: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise _wrong(path, where, "keys with values", "キーと値")
        for key, item in value.items():
            check(path, f"{where}.{key}", item)

    return check_all


def _comparison(path: str, where: str, value: Any) -> None:
    mapping_of(VALUE)(path, where, value)
    for operator, bound in value.items():
        if operator not in OPERATORS:
            listed = in_a_row(OPERATORS)
            raise BookError(
                f"{path}: unknown operator '{where}.{operator}'; allowed are {listed.en}.",
                f"{path}: 「{where}.{operator}」は不明な演算子です。使える演算子: {listed.ja}。",
            )
        if operator in ("in", "not_in") and not isinstance(bound, list):
            raise _wrong(path, f"{where}.{operator}", "a list", "リスト")
        if operator in OPERATORS[3:] and not _is_number(bound):
            raise _wrong(path, f"{where}.{operator}", "a number in the field's base unit", "基本単位での数値")
        if operator == "is" and isinstance(bound, list):
            raise _wrong(path, f"{where}.is", "one value", "1 つの値")


CONDITION = mapping_of(_comparison)
