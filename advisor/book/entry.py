"""The common elements of all entries: allowed keys, texts in both languages, a source, a condition."""

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.book.condition import Condition, ConditionError, parse_condition
from advisor.book.errors import BookError
from advisor.decision import Source
from advisor.text import Text, in_a_row

Entry = Mapping[str, Any]


def check_keys(path: str, entry: Entry, allowed: set[str], required: Iterable[str]) -> None:
    """Refuse an entry with an unknown key or without a required one."""
    unknown = sorted(set(entry) - allowed)
    if unknown:
        listed = in_a_row(sorted(allowed))
        raise BookError(
            f"{path}: unknown key '{unknown[0]}'; allowed are {listed.en}.",
            f"{path}: 「{unknown[0]}」は不明なキーです。使えるキー: {listed.ja}。",
        )
    missing = [key for key in required if key not in entry]
    if missing:
        en, ja = (f" in {entry['id']}", f"{entry['id']} に") if "id" in entry else ("", "")
        raise BookError(f"{path}: '{missing[0]}' is missing{en}.", f"{path}: {ja}キー「{missing[0]}」が必要です。")


def text_of(path: str, entry: Entry, key: str) -> Text:
    """Return the text under a key, which has to be there in both languages."""
    raw = entry[key]
    if not isinstance(raw, Mapping) or set(raw) != {"en", "ja"} or not all(isinstance(v, str) for v in raw.values()):
        raise BookError(
            f"{path}: '{key}' must have an 'en' and a 'ja' text.",
            f"{path}: 「{key}」には en と ja のテキストが必要です。",
        )
    return Text(raw["en"], raw["ja"])


def source_of(path: str, entry: Entry) -> Source:
    """Return the source of an entry and the date on which it was read."""
    raw = entry["source"]
    if not isinstance(raw, Mapping) or "url" not in raw or "checked" not in raw:
        raise BookError(
            f"{path}: 'source' must have 'url' and 'checked' (the day it was read).",
            f"{path}: source には url と checked（確認日）が必要です。",
        )
    return Source(str(raw["url"]), str(raw["checked"]))


def condition_of(path: str, entry: Entry) -> Condition:
    """Return the condition under `when`; without one it always holds."""
    try:
        return parse_condition(entry.get("when") or {})
    except ConditionError as error:
        raise BookError(f"{path}: {error}") from error
