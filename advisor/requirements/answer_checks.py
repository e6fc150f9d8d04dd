"""Validation of one answer against its question, and the JSON Schema of its value."""

import math
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from advisor.requirements.demands import nearest
from advisor.text import LANGS, Text, in_a_row, quoted, spaced
from advisor.vocabulary import Answer, Field, Range, units
from advisor.vocabulary.amounts import MOST_CHARACTERS, parse_amount
from advisor.vocabulary.field import Option, typed
from advisor.vocabulary.unsupported import unsupported

# What follows the comma of a number such as 1,000/s.
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_ID = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,31}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: What a template looks up in any text, and what it looks up in those of a `Sub`, also as linters look for them.
_DYNAMIC = re.compile(r"\{\{(\s*resolve\s*:)")
_PSEUDO = re.compile(r"\$\{(\s*AWS::)")


def readable(text: str) -> str:
    """Return a text for use in a sentence, with unprintable characters replaced by question marks."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


class Problem(ValueError):
    """An invalid answer; `text` states the reason in both languages.

    `on_page` states it where options are selected by their labels, so that their values in a file are not listed.
    """

    def __init__(self, en: str, ja: str, on_page: Text | None = None) -> None:
        self.text = Text(readable(en), readable(ja))
        self.on_page = self.text if on_page is None else Text(readable(on_page.en), readable(on_page.ja))
        super().__init__(self.text.en)


def _shown(value: object) -> Text:
    """Return an answer in the quotation marks of each language, shortened."""
    text = value if isinstance(value, str) else repr(value)
    return quoted(Text.same(f"{text[:60]}…" if len(text) > 60 else text))


def refuse_cut_text(value: object, keys: tuple[str, ...]) -> None:
    """Raise Problem if YAML has cut a text in braces at its commas: the pieces after the first are keys without a value."""
    if not isinstance(value, Mapping):
        return
    meant, last = "", ""
    for key, piece in value.items():
        if key in keys and isinstance(piece, str | int | float):
            last = f"{key}: {piece}"
        elif piece is None and last:
            between = "," if _THOUSANDS.match(str(key)) and last[-1].isdigit() else ", "
            meant = last = f"{last}{between}{key}"
    if not meant:
        return
    key, _, text = meant.partition(": ")
    meant = f'{key}: "{text}"'
    shown = f"{meant[:100]}…" if len(meant) > 100 else meant
    raise Problem(
        f"enclose text that contains a comma in quotes, such as {shown}",
        f"コンマを含むテキストは引用符で囲んでください（例: {shown}）",
    )


def check_title(value: object) -> Text:
    """Return a title in both languages. Raises Problem if it is invalid."""
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        value = {"en": value, "ja": value}
    refuse_cut_text(value, ("en", "ja"))
    if not isinstance(value, Mapping) or set(value) != {"en", "ja"}:
        raise Problem(
            "must be one text, or an 'en' and a 'ja' text", "テキスト 1 つ、または en と ja のテキストを書いてください"
        )
    for words in value.values():
        if not isinstance(words, str) or len(words) > 300:
            raise Problem("must have at most 300 characters", "300 文字以内で書いてください")
    return Text(without_lookups(value["en"]), without_lookups(value["ja"]))


def without_lookups(words: str) -> str:
    """Return a text without control characters and CloudFormation dynamic references."""
    inert = _DYNAMIC.sub(r"{ {\1", _CONTROL.sub(" ", words))
    # This is never looked up outside of a `Sub`, but linters take it for one that was forgotten, spaces or not.
    return _PSEUDO.sub(r"$ {\1", inert).strip()


def check_id(value: object) -> str:
    """Return an id. Raises Problem if it is invalid."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Problem(
            (
                f"{_shown(value).en} is not a valid id: use 1 to 32 lower-case letters, digits and "
                "non-consecutive hyphens, starting with a letter"
            ),
            (
                f"{_shown(value).ja}は有効な ID ではありません。英小文字で始まる 32 文字以内の英小文字、数字"
                "、ハイフン（連続不可）を使ってください"
            ),
        )
    return value


TITLE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "maxLength": 300},
        {
            "type": "object",
            "required": ["en", "ja"],
            "properties": {"en": {"type": "string"}, "ja": {"type": "string"}},
        },
    ]
}


def one_of(value: object, options: Sequence[Option]) -> Problem:
    """Return the problem with a value that is none of some options."""
    return _listing(Text(f"{_shown(value).en} must be one of:", f"{_shown(value).ja}は使えません。使える値:"), options)


def _not_an_option(field: Field, value: object) -> Problem:
    """Return the problem with a value that is no option; of a requirement that no service meets, the alternatives."""
    problem, sentence = one_of(value, field.options), unsupported(field.id, value)
    if sentence is None:
        return problem
    text, on_page = (
        Text(f"{words.en}. {sentence.en}", f"{words.ja}。{sentence.ja}") for words in (problem.text, problem.on_page)
    )
    return Problem(text.en, text.ja, on_page)


def _listing(words: Text, options: Sequence[Option]) -> Problem:
    """Return a problem whose sentence ends with a list of options: their labels, with the values for who types them."""
    en, ja = (f"{words.in_(lang)} {in_a_row(typed(one, lang) for one in options).in_(lang)}" for lang in LANGS)
    on_page = Text(
        *(f"{words.in_(lang)} {in_a_row(one.label.in_(lang) for one in options).in_(lang)}" for lang in LANGS)
    )
    return Problem(en, ja, on_page)


def check_answer(field: Field, value: object) -> Answer | Range:
    """Return the normalized answer. Raises ValueError with a sentence in `.text` if the field does not allow it."""
    refuse_cut_text(value, ("value", "remark"))
    if field.kind == "quantity":
        return _quantity(field, value)
    if field.kind == "flag":
        if not isinstance(value, bool):
            raise Problem(
                f"{_shown(value).en} must be true or false",
                f"{_shown(value).ja}は使えません。true または false を指定してください",
            )
        return value
    if field.kind == "choice":
        if value not in [option.value for option in field.options]:
            raise _not_an_option(field, value)
        return str(value)
    if field.kind in ("choices", "links"):
        return _several(field, value)
    if field.kind == "link":
        return check_id(value)
    if not isinstance(value, str) or len(value) > field.maximum:
        most = int(field.maximum)
        raise Problem(f"write at most {most} characters", f"{most} 文字以内で書いてください")
    value = (field.reading(value) if field.reading else None) or value
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise Problem(
            f"{_shown(value).en} is not valid; write it as in {field.example}",
            f"{_shown(value).ja}は使えません。{field.example} のように書いてください",
        )
    if field.allowed and value not in field.allowed:
        raise _not_listed(field, value)
    return _CONTROL.sub(" ", value).strip()


def _not_listed(field: Field, value: str) -> Problem:
    en, ja = (
        f"{_shown(value).en} is not a known {field.title.en}",
        f"{_shown(value).ja}という{field.title.ja}はありません",
    )
    near = get_close_matches(value, field.allowed, 3, 0.7)
    if near:
        return Problem(f"{en}; the nearest are {in_a_row(near).en}", f"{ja}。近いもの: {in_a_row(near).ja}")
    return Problem(f"{en}; write one such as {field.example}", f"{ja}。{field.example} のように書いてください")


def _several(field: Field, value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or len(items) > 100:
        raise Problem("must be a list of at most 100 entries", "100 件以内のリストを書いてください")
    allowed = [option.value for option in field.options]
    if len(items) < field.minimum:
        raise _listing(Text("write at least one of:", "次のうち 1 つ以上を書いてください:"), field.options)
    for item in items:
        if allowed and item not in allowed:
            raise _unknown_demand(item, field) if field.demand else one_of(item, field.options)
        if not allowed:
            check_id(item)
    return tuple(dict.fromkeys(str(item) for item in items))


def _unknown_demand(word: object, field: Field) -> Problem:
    """Return that a word is not a hard requirement, with the nearest one or all of them."""
    near = nearest(word, field.options)
    if near is None:
        return one_of(word, field.options)
    quoted = str(word)[:60]
    en, ja = f'"{quoted}" is not a known demand; the nearest is', f"「{quoted}」という必須条件はありません。近いもの:"
    on_page = Text(f"{en} {near.label.en}", f"{ja} {near.label.ja}")
    return Problem(f"{en} {typed(near, 'en')}", f"{ja} {typed(near, 'ja')}", on_page)


def _quantity(field: Field, value: object) -> float | Range:
    try:
        number = parse_amount(value, field)
    except units.QuantityError as error:
        raise Problem(f"{_shown(value).en}: {error.text.en}", f"{_shown(value).ja}: {error.text.ja}") from error
    if isinstance(number, Range):
        return number
    if not math.isfinite(number) or not field.minimum <= number <= field.maximum:
        low, high = units.words(field.minimum, field.unit), units.words(field.maximum, field.unit)
        bounds = spaced(Text("", f"{low.ja}～{high.ja}の範囲")).ja
        raise Problem(
            f"{_shown(value).en} is not between {low.en} and {high.en}",
            f"{_shown(value).ja}は範囲外です。{bounds}で指定してください",
        )
    if field.unit == "count" and number != int(number):
        raise Problem(f"{_shown(value).en} is not a whole number", f"{_shown(value).ja}は整数ではありません")
    return number


def answer_schema(field: Field) -> dict[str, Any]:
    """Return the JSON schema of the answer to a question, alone or with a remark."""
    shape: dict[str, Any]
    values = [option.value for option in field.options]
    if field.kind == "quantity":
        example = units.EXAMPLES[field.unit]
        number = {"type": "number", "minimum": field.minimum, "maximum": field.maximum}
        examples = [example, f"at most {example}", f"more than {example}"]
        shape = {"anyOf": [number, {"type": "string", "maxLength": MOST_CHARACTERS, "examples": examples}]}
    elif field.kind == "flag":
        shape = {"type": "boolean"}
    elif field.kind == "choice":
        shape = {"enum": values}
    elif field.kind in ("choices", "links"):
        shape = {"type": "array", "items": {"enum": values} if values else {"type": "string"}}
        if field.minimum:
            shape = {"anyOf": [{"enum": values}, {**shape, "minItems": int(field.minimum)}]}
    else:
        shape = {"type": "string", "maxLength": 200} | (
            {"pattern": f"^(?:{field.pattern})$"} if field.pattern and not field.reading else {}
        )
        shape |= {"enum": list(field.allowed)} if field.allowed else {}
    default = {} if field.default is None else {"default": field.default}
    words = {"title": field.title.en, "title_ja": field.title.ja, "description": field.help.en}
    remarked = {
        "type": "object",
        "properties": {"value": shape, "remark": TITLE_SCHEMA},
        "required": ["value"],
        "additionalProperties": False,
    }
    return {"anyOf": [shape, remarked], **default, **words, "description_ja": field.help.ja}
