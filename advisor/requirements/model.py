"""Requirements: the answers about a workload, read from what a person writes and checked with clear sentences.

The models are made from the vocabulary, so a question is stated once. Quantities are held in their base unit.
"""

import math
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema, create_model
from pydantic import Field as ModelField

from advisor.text import EMPTY, Text
from advisor.vocabulary import DESTINATION_KINDS, FIELDS, Answer, Field, units

SubjectKind = Literal["component", "channel", "store"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = ("component", "channel", "store")
_ID = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,31}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: What a template looks up in any text, and what it looks up in those of a `Sub`, also as linters look for them.
_DYNAMIC = re.compile(r"\{\{(\s*resolve\s*:)")
_PSEUDO = re.compile(r"\$\{(\s*AWS::)")


class RequirementsError(ValueError):
    """The requirements are wrong. `problems` are sentences that name the field, the value and what is allowed."""

    def __init__(self, problems: tuple[Text, ...]) -> None:
        super().__init__(" ".join(problem.en for problem in problems))
        self.problems = problems


def readable(text: str) -> str:
    """Return a text as a sentence can quote it: what cannot be printed, such as half a character, is a question mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


class _Problem(ValueError):
    def __init__(self, en: str, ja: str) -> None:
        self.text = Text(readable(en), readable(ja))
        super().__init__(self.text.en)


class Model(BaseModel):
    """Base of all parts of the requirements: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _title(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        value = {"en": value, "ja": value}
    if not isinstance(value, Mapping) or set(value) != {"en", "ja"}:
        raise _Problem(
            "write one text, or an 'en' and a 'ja' text", "テキスト 1 つ、または en と ja のテキストを書いてください"
        )
    for words in value.values():
        if not isinstance(words, str) or len(words) > 300:
            raise _Problem("write at most 300 characters", "300 文字以内で書いてください")
    return Text(_plain(value["en"]), _plain(value["ja"]))


def _plain(words: str) -> str:
    """Return words without control characters, and without what CloudFormation would look up in any text of a template."""
    calm = _DYNAMIC.sub(r"{ {\1", _CONTROL.sub(" ", words))
    # This is never looked up outside of a `Sub`, but linters take it for one that was forgotten, spaces or not.
    return _PSEUDO.sub(r"$ {\1", calm).strip()


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _Problem(
            f"{_shown(value)} is no id; use 1 to 32 lower-case letters, digits and single hyphens, a letter first",
            f"{_shown(value)} は id に使えません。英小文字で始まる 32 文字以内の英小文字・数字・単独のハイフンを使ってください",
        )
    return value


_TITLE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "maxLength": 300},
        {
            "type": "object",
            "required": ["en", "ja"],
            "properties": {"en": {"type": "string"}, "ja": {"type": "string"}},
        },
    ]
}
Title = Annotated[Text, BeforeValidator(_title), WithJsonSchema(_TITLE_SCHEMA)]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$"})]


def _destination_kind(value: object) -> str:
    allowed = [option.value for option in DESTINATION_KINDS]
    if value not in allowed:
        raise _one_of(value, allowed)
    return str(value)


def _one_of(value: object, allowed: list[str]) -> _Problem:
    listed = ", ".join(allowed)
    return _Problem(f"{_shown(value)} is not one of: {listed}", f"{_shown(value)} は使えません。使える値: {listed}")


class Destination(Model):
    """Where a channel's messages go besides the components that listen."""

    kind: Annotated[
        str, BeforeValidator(_destination_kind), WithJsonSchema({"enum": [o.value for o in DESTINATION_KINDS]})
    ]
    title: Title | None = None


def check_answer(field: Field, value: object) -> Answer:
    """Return an answer as it is held; ValueError with a sentence in `.text` when the field does not allow it."""
    if field.kind == "quantity":
        return _quantity(field, value)
    if field.kind == "flag":
        if not isinstance(value, bool):
            raise _Problem(
                f"{_shown(value)} is not true or false", f"{_shown(value)} は true でも false でもありません"
            )
        return value
    if field.kind == "choice":
        allowed = [option.value for option in field.options]
        if value not in allowed:
            raise _one_of(value, allowed)
        return str(value)
    if field.kind in ("choices", "links"):
        return _several(field, value)
    if field.kind == "link":
        return _id(value)
    if not isinstance(value, str) or len(value) > field.maximum:
        most = int(field.maximum)
        raise _Problem(f"write at most {most} characters", f"{most} 文字以内で書いてください")
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise _Problem(
            f"{_shown(value)} does not look like {field.example}",
            f"{_shown(value)} は使えません。{field.example} のように書いてください",
        )
    return _CONTROL.sub(" ", value).strip()


def _several(field: Field, value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or len(items) > 100:
        raise _Problem("write a list of at most 100 entries", "100 件以内のリストを書いてください")
    allowed = [option.value for option in field.options]
    for item in items:
        if allowed and item not in allowed:
            raise _one_of(item, allowed)
        if not allowed:
            _id(item)
    return tuple(dict.fromkeys(str(item) for item in items))


def _quantity(field: Field, value: object) -> float:
    try:
        number = units.parse(value, field.unit)
    except units.QuantityError as error:
        raise _Problem(f"{_shown(value)}: {error.text.en}", f"{_shown(value)}: {error.text.ja}") from error
    if not math.isfinite(number) or not field.minimum <= number <= field.maximum:
        low, high = units.words(field.minimum, field.unit), units.words(field.maximum, field.unit)
        raise _Problem(
            f"{_shown(value)} is not between {low.en} and {high.en}",
            f"{_shown(value)} は範囲外です。{low.ja}から{high.ja}までで答えてください",
        )
    if field.unit == "count" and number != int(number):
        raise _Problem(f"{_shown(value)} is not a whole number", f"{_shown(value)} は整数ではありません")
    return number


def _schema(field: Field) -> dict[str, Any]:
    shape: dict[str, Any]
    values = [option.value for option in field.options]
    if field.kind == "quantity":
        example = units.EXAMPLES[field.unit]
        number = {"type": "number", "minimum": field.minimum, "maximum": field.maximum}
        shape = {"anyOf": [number, {"type": "string", "maxLength": 40, "examples": [example]}]}
    elif field.kind == "flag":
        shape = {"type": "boolean"}
    elif field.kind == "choice":
        shape = {"enum": values}
    elif field.kind in ("choices", "links"):
        shape = {"type": "array", "items": {"enum": values} if values else {"type": "string"}}
    else:
        shape = {"type": "string", "maxLength": 200} | ({"pattern": f"^(?:{field.pattern})$"} if field.pattern else {})
    default = {} if field.default is None else {"default": field.default}
    words = {"title": field.title.en, "title_ja": field.title.ja, "description": field.help.en}
    return {**shape, **default, **words, "description_ja": field.help.ja}


def _model(kind: str, base: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for field in FIELDS[kind]:
        if field.kind == "destinations":
            fields[field.id] = (tuple[Destination, ...] | None, ModelField(None, max_length=100))
            continue
        checked = Annotated[Any, BeforeValidator(partial(check_answer, field)), WithJsonSchema(_schema(field))]
        fields[field.id] = (checked, None)
    return create_model(kind.capitalize(), __base__=base, **fields)


class Subject(Model):
    """A component, channel or store: its id, title, answers and pins (role -> service that must be used)."""

    id: Id
    title: Title = EMPTY
    pins: dict[str, str] = ModelField(default_factory=dict)

    def answer(self, field: str) -> Answer | None:
        """Return the stated answer, or None when the question was not answered."""
        return cast("Answer | None", getattr(self, field, None))

    @property
    def answers(self) -> dict[str, Answer]:
        """The stated answers by field id."""
        kind = type(self).__name__.lower()
        found = {field.id: getattr(self, field.id) for field in FIELDS[kind]}
        return {id: value for id, value in found.items() if value is not None}

    @property
    def name(self) -> Text:
        """The title, or the id where there is none."""
        return Text(self.title.en or self.id, self.title.ja or self.id)


class _WorkloadBase(Model):
    @property
    def answers(self) -> dict[str, Answer]:
        found = {field.id: getattr(self, field.id) for field in FIELDS["workload"]}
        return {id: value for id, value in found.items() if value is not None}


Workload = _model("workload", _WorkloadBase)
Component = _model("component", Subject)
Channel = _model("channel", Subject)
Store = _model("store", Subject)


class Requirements(Model):
    """All answers about one workload."""

    schema_version: Literal[1] = ModelField(1, alias="schema")
    title: Title = EMPTY
    summary: Title = EMPTY
    workload: Workload = ModelField(default_factory=Workload)  # type: ignore[valid-type]
    components: tuple[Component, ...] = ModelField((), max_length=60)  # type: ignore[valid-type]
    channels: tuple[Channel, ...] = ModelField((), max_length=60)  # type: ignore[valid-type]
    stores: tuple[Store, ...] = ModelField((), max_length=60)  # type: ignore[valid-type]

    def of_kind(self, kind: str) -> tuple[Subject, ...]:
        """Return the subjects of one kind, in the order in which they were written."""
        return cast("tuple[Subject, ...]", getattr(self, f"{kind}s"))

    def subjects(self) -> Iterator[tuple[SubjectKind, Subject]]:
        """Give every subject with its kind: components, channels, stores."""
        for kind in SUBJECT_KINDS:
            for subject in self.of_kind(kind):
                yield kind, subject

    @property
    def workload_answers(self) -> dict[str, Answer]:
        """The stated workload-wide answers by field id."""
        return cast("_WorkloadBase", self.workload).answers


def make_requirements(raw: object) -> Requirements:
    """Return checked requirements from plain data (parsed YAML or JSON); RequirementsError says what is wrong."""
    if not isinstance(raw, Mapping):
        raise RequirementsError(
            (Text("The file must hold keys such as components.", "ファイルには components などのキーが必要です。"),)
        )
    try:
        made = Requirements.model_validate(raw)
    except ValidationError as error:
        raise RequirementsError(tuple(_sentence(item, raw) for item in error.errors()[:20])) from error
    from advisor.requirements.consistency import check_consistency

    problems = tuple(check_consistency(made))
    if problems:
        raise RequirementsError(problems)
    return made


_KEYS = Text("write keys with values here", "ここにはキーと値の組を書いてください")
_WORDS = Text("write a text here", "ここにはテキストを書いてください")
# What a reader can do about the shapes that pydantic names in its own terms.
_SHAPES = {
    "tuple_type": Text("write a list here", "ここにはリストを書いてください"),
    "too_long": Text("that is too many entries", "件数が多すぎます"),
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "string_type": _WORDS,
    "string_unicode": _WORDS,
    "literal_error": Text("only 1 is known here", "ここに書けるのは 1 だけです"),
}


def _sentence(error: Any, raw: Mapping[str, Any]) -> Text:
    where = _where(error["loc"], raw)
    problem = error.get("ctx", {}).get("error")
    if isinstance(problem, _Problem):
        return Text(f"{where}: {problem.text.en}.", f"{where}: {problem.text.ja}。")
    if error["type"] == "extra_forbidden":
        return _unknown_key(where, error["loc"])
    if error["type"] == "missing":
        return Text(f"{where}: this key is missing.", f"{where}: このキーが必要です。")
    shape = _SHAPES.get(error["type"])
    if shape is not None:
        return Text(f"{where}: {shape.en}.", f"{where}: {shape.ja}。")
    return Text(f"{where}: {error['msg'].lower()}.", f"{where}: 値の形が正しくありません（{error['msg']}）。")


def _unknown_key(where: str, loc: tuple[Any, ...]) -> Text:
    kinds = {"components": "component", "channels": "channel", "stores": "store", "workload": "workload"}
    kind = kinds.get(str(loc[0])) if len(loc) > 1 else None
    allowed = (
        [f.id for f in FIELDS[kind]] if kind else ["title", "summary", "workload", "components", "channels", "stores"]
    )
    allowed += ["id", "title", "pins"] if kind not in (None, "workload") else []
    near = get_close_matches(str(loc[-1])[:60], allowed, 1)
    if near:
        return Text(
            f'{where}: unknown key; did you mean "{near[0]}"?',
            f"{where}: 不明なキーです。「{near[0]}」ではありませんか。",
        )
    listed = ", ".join(allowed)
    return Text(f"{where}: unknown key; allowed are {listed}.", f"{where}: 不明なキーです。使えるキー: {listed}。")


def _where(loc: tuple[Any, ...], raw: Any) -> str:
    parts: list[str] = []
    at: Any = raw
    for step in loc:
        at = (
            at[step]
            if (isinstance(at, Mapping) and step in at)
            or (isinstance(at, list) and isinstance(step, int) and step < len(at))
            else None
        )
        named = at.get("id") if isinstance(step, int) and isinstance(at, Mapping) else None
        parts.append(str(named) if isinstance(named, str) else str(step))
    return readable(".".join(parts)[:200]) or "file"
