"""The JSON Schema of a requirements file: the questions of the vocabulary, and the pins that a rule book allows."""

from typing import Any

from advisor.book import Book, Role
from advisor.explanation.wording import service_name
from advisor.requirements import SUBJECT_KINDS, Requirements
from advisor.text import Lang, Text

_PINS = Text(
    "Services that must be used, by role. The decision lists the requirements that a specified service does not meet.",
    "必ず使うサービスを選定項目ごとに指定します。指定したサービスが満たさない要件は、決定とともに一覧で示します。",
)


def requirements_schema(book: Book) -> dict[str, Any]:
    """Return the schema; its texts are `title` and `description` in English, `title_ja` and `description_ja` in Japanese."""
    schema = Requirements.model_json_schema(by_alias=True)
    for kind in SUBJECT_KINDS:
        schema["$defs"][kind.capitalize()]["properties"]["pins"] = _pins(book, kind)
    return schema


def _pins(book: Book, kind: str) -> dict[str, Any]:
    return {
        "type": "object",
        "title": "Pins",
        "title_ja": "サービスの指定",
        "description": _PINS.en,
        "description_ja": _PINS.ja,
        "additionalProperties": False,
        "properties": {role.id: _pin(book, role) for role in book.roles_of(kind)},
    }


def _pin(book: Book, role: Role) -> dict[str, Any]:
    return {
        "enum": list(role.candidates),
        "title": role.title.en,
        "title_ja": role.title.ja,
        "description": _names(book, role, "en"),
        "description_ja": _names(book, role, "ja"),
    }


def _names(book: Book, role: Role, lang: Lang) -> str:
    separator = "; " if lang == "en" else "、"
    return separator.join(f"{id}: {service_name(book, id).in_(lang)}" for id in role.candidates)
