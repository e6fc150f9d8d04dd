"""The schema of each file of a rule book: allowed keys and the type of their values.

A book or pack that people write is checked here before its values are made; what is wrong is one sentence that names
the file, the key and what is allowed.
"""

from collections.abc import Mapping
from typing import Any

from advisor.book.connections import check_ends
from advisor.book.errors import BookError
from advisor.book.model import AXES, EFFECTS
from advisor.book.roles import is_rank
from advisor.book.shapes import (
    CONDITION,
    DAY,
    FLAG,
    ID,
    IDS,
    SOURCE,
    TEXT,
    VALUE,
    WORD,
    list_of,
    mapping_of,
    one_of,
    record,
    satisfying,
)
from advisor.vocabulary.demands import PROPERTIES

KINDS = ("hard-limit", "quota", "setting", "feature", "lifecycle", "property", "price", "behaviour")
CONFIDENCES = ("high", "medium", "low")
LIFECYCLES = ("available", "emerging", "retired")

_FACT = record(
    {
        "id": ID,
        "statement": TEXT,
        "unit": WORD,
        "kind": one_of(*KINDS),
        "decides": FLAG,
        "confidence": one_of(*CONFIDENCES),
        "series": list_of(record({"from": DAY, "value": VALUE}, ("from", "value")), 1),
        "source": SOURCE,
        "note": WORD,
        "note_ja": WORD,
        "label": TEXT,
    },
    ("id", "statement", "unit", "kind", "decides", "confidence", "series", "source"),
)


def _fact(path: str, where: str, value: Any) -> None:
    _FACT(path, where, value)
    if value["decides"] and value["confidence"] == "low":
        raise BookError(
            f"{path}: '{value['id']}' is of low confidence and must not decide (decides: false).",
            f"{path}: 「{value['id']}」は確度（confidence）が low のため、判断に使えません（decides: false）。",
        )


_LIMIT = record({"role": WORD, "field": WORD, "at_most": WORD, "at_least": WORD, "when": CONDITION}, ("role", "field"))


def _limit(path: str, where: str, value: Any) -> None:
    _LIMIT(path, where, value)
    if ("at_most" in value) == ("at_least" in value):
        raise BookError(
            f"{path}: '{where}' must name a fact under one of at_most, at_least.",
            f"{path}: 「{where}」には at_most か at_least のどちらか 1 つに根拠情報を書いてください。",
        )


_PROPERTY = record(
    {"role": WORD, "property": one_of(*PROPERTIES), "fact": WORD, "when": CONDITION}, ("role", "property", "fact")
)
_BAND = satisfying("a whole number from 0 to 3", "0～3 の整数", lambda v: v.__class__ is int and 0 <= v <= 3)
_CANDIDACY = record(
    {
        "rank": satisfying("a whole number above 0", "1 以上の整数", is_rank),
        "bands": record(dict.fromkeys(AXES, _BAND)),
        "rationale": record(dict.fromkeys(AXES, TEXT)),
        "never_better": list_of(WORD),
    },
    ("rank",),
)
_CONNECTION = record(
    {
        "from": IDS,
        "verb": WORD,
        "to": IDS,
        "label": TEXT,
        "sentence": TEXT,
        "flow": WORD,
        "actions": list_of(WORD),
        "grantee": one_of("source", "target"),
    },
    ("verb", "label", "sentence", "flow"),
)


def _connection(path: str, where: str, value: Any) -> None:
    _CONNECTION(path, where, value)
    check_ends(path, where, value)


_READING = record({"title": TEXT, "url": TEXT}, ("title", "url"))
_SERVICE = record(
    {
        "id": ID,
        "name": TEXT,
        "note": TEXT,
        "lifecycle": one_of(*LIFECYCLES),
        "solves": TEXT,
        "not_when": TEXT,
        "limits": list_of(_limit),
        "properties": list_of(_PROPERTY),
        "roles": mapping_of(_CANDIDACY),
        "connections": list_of(_connection),
        "reading": list_of(_READING),
        "replaced_by": list_of(ID),
        "since": DAY,
    },
    ("id", "name", "lifecycle", "solves", "not_when", "reading"),
)
_ROLE = record(
    {
        "id": ID,
        "subject": one_of("component", "channel", "store"),
        "title": TEXT,
        "when": CONDITION,
        "candidates": mapping_of(_CANDIDACY),
    },
    ("id", "subject", "title"),
)
_RULE = record(
    {
        "id": ID,
        "role": WORD,
        "when": CONDITION,
        **{effect: list_of(ID, 1) for effect in EFFECTS},
        "axis": one_of(*AXES),
        "because": TEXT,
        "others": TEXT,
        "source": SOURCE,
        "examples": record({key: list_of(mapping_of(VALUE), 1) for key in ("fires", "quiet")}, ("fires", "quiet")),
    },
    ("id", "role", "when", "because", "source", "examples"),
)
_WAY = record(
    {
        "id": ID,
        "role": WORD,
        "title": TEXT,
        "when": CONDITION,
        "change": mapping_of(lambda path, where, value: None if value is None else VALUE(path, where, value)),
        "way": TEXT,
        "price": TEXT,
        "source": SOURCE,
    },
    ("id", "role", "title", "when", "change", "way", "price", "source"),
)


def _connections_folder(path: str, where: str, value: Any) -> None:
    raise BookError(
        f"{path}: connections have no folder; state each under 'connections' in the file of a service that it connects, "
        "services/<id>.yaml.",
        f"{path}: 接続のフォルダーはありません。接続するサービスのファイル services/<id>.yaml の connections に書いてください。",
    )


_APPROVED = record({"services": list_of(ID, 1), "because": TEXT, "source": SOURCE}, ("services", "because"))
_FILES = {"roles.yaml": record({"roles": list_of(_ROLE, 1)}, ("roles",)), "approved.yaml": _APPROVED}
_FOLDERS = {
    "facts": record({"facts": list_of(_fact)}, ("facts",)),
    "services": _SERVICE,
    "ways-out": _WAY,
    "connections": _connections_folder,
}


def check_shapes(files: Mapping[str, Any]) -> None:
    """Check a parsed file of a rule book or pack against its schema. Raises BookError if it is invalid."""
    for path, content in sorted(files.items()):
        if "/" not in path and path not in _FILES:
            raise BookError(
                f"{path}: this file has no place; rules stand in a folder of their topic, beside facts/ and services/.",
                f"{path}: このファイルの置き場所が違います。ルールはトピックのフォルダーに、facts/ と services/ と並べて置きます。",
            )
        check = _FILES[path] if "/" not in path else _FOLDERS.get(path.split("/")[0], _RULE)
        check(path, "", content)
