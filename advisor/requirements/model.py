"""Requirements: the answers about a workload, read from what a person writes and checked with clear sentences.

The models are made from the vocabulary, so a question is stated once. Quantities are held in their base unit.
"""

import math
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, create_model
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


class Problem(ValueError):
    """One answer is wrong; `text` says why in both languages."""

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
        raise Problem(
            "write one text, or an 'en' and a 'ja' text", "テキスト 1 つ、または en と ja のテキストを書いてください"
        )
    for words in value.values():
        if not isinstance(words, str) or len(words) > 300:
            raise Problem("write at most 300 characters", "300 文字以内で書いてください")
    return Text(_plain(value["en"]), _plain(value["ja"]))


def _plain(words: str) -> str:
    """Return words without control characters, and without what CloudFormation would look up in any text of a template."""
    inert = _DYNAMIC.sub(r"{ {\1", _CONTROL.sub(" ", words))
    # This is never looked up outside of a `Sub`, but linters take it for one that was forgotten, spaces or not.
    return _PSEUDO.sub(r"$ {\1", inert).strip()


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Problem(
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


def _one_of(value: object, allowed: list[str]) -> Problem:
    listed = ", ".join(allowed)
    return Problem(f"{_shown(value)} is not one of: {listed}", f"{_shown(value)} は使えません。使える値: {listed}")


class Destination(Model):
    """Where a channel's messages go besides the components that listen."""

    kind: Annotated[
        str, BeforeValidator(_destination_kind), WithJsonSchema({"enum": [o.value for o in DESTINATION_KINDS]})
    ]
    title: Title | None = None

    @property
    def words(self) -> Text:
        """The label of its kind, followed by its title where it has one: "Email: Operators"."""
        label = next(option.label for option in DESTINATION_KINDS if option.value == self.kind)
        en, ja = (self.title.en, self.title.ja) if self.title else ("", "")
        return Text(f"{label.en}: {en}" if en else label.en, f"{label.ja}: {ja}" if ja else label.ja)


def check_answer(field: Field, value: object) -> Answer:
    """Return an answer as it is held; ValueError with a sentence in `.text` when the field does not allow it."""
    if field.kind == "quantity":
        return _quantity(field, value)
    if field.kind == "flag":
        if not isinstance(value, bool):
            raise Problem(f"{_shown(value)} is not true or false", f"{_shown(value)} は true でも false でもありません")
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
        raise Problem(f"write at most {most} characters", f"{most} 文字以内で書いてください")
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise Problem(
            f"{_shown(value)} does not look like {field.example}",
            f"{_shown(value)} は使えません。{field.example} のように書いてください",
        )
    if field.allowed and value not in field.allowed:
        raise _not_listed(field, value)
    return _CONTROL.sub(" ", value).strip()


def _not_listed(field: Field, value: str) -> Problem:
    en, ja = f"{_shown(value)} is not a known {field.title.en}", f"{_shown(value)} という{field.title.ja}はありません"
    near = ", ".join(get_close_matches(value, field.allowed, 3, 0.7))
    if near:
        return Problem(f"{en}; the nearest are {near}", f"{ja}。近いもの: {near}")
    return Problem(f"{en}; write one such as {field.example}", f"{ja}。{field.example} のように書いてください")


def _several(field: Field, value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or len(items) > 100:
        raise Problem("write a list of at most 100 entries", "100 件以内のリストを書いてください")
    allowed = [option.value for option in field.options]
    if len(items) < field.minimum:
        listed = ", ".join(allowed)
        raise Problem(f"write at least one of: {listed}", f"次のうち 1 つ以上を書いてください: {listed}")
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
        raise Problem(f"{_shown(value)}: {error.text.en}", f"{_shown(value)}: {error.text.ja}") from error
    if not math.isfinite(number) or not field.minimum <= number <= field.maximum:
        low, high = units.words(field.minimum, field.unit), units.words(field.maximum, field.unit)
        raise Problem(
            f"{_shown(value)} is not between {low.en} and {high.en}",
            f"{_shown(value)} は範囲外です。{low.ja}から{high.ja}までで答えてください",
        )
    if field.unit == "count" and number != int(number):
        raise Problem(f"{_shown(value)} is not a whole number", f"{_shown(value)} は整数ではありません")
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
        if field.minimum:
            shape = {"anyOf": [{"enum": values}, {**shape, "minItems": int(field.minimum)}]}
    else:
        shape = {"type": "string", "maxLength": 200} | ({"pattern": f"^(?:{field.pattern})$"} if field.pattern else {})
        shape |= {"enum": list(field.allowed)} if field.allowed else {}
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
        values = {field.id: getattr(self, field.id) for field in FIELDS[kind]}
        return {id: value for id, value in values.items() if value is not None}

    @property
    def name(self) -> Text:
        """The title, or the id where there is none."""
        return Text(self.title.en or self.id, self.title.ja or self.id)


class _WorkloadBase(Model):
    @property
    def answers(self) -> dict[str, Answer]:
        values = {field.id: getattr(self, field.id) for field in FIELDS["workload"]}
        return {id: value for id, value in values.items() if value is not None}


Workload = _model("workload", _WorkloadBase)
Component = _model("component", Subject)
Channel = _model("channel", Subject)
Store = _model("store", Subject)


class Requirements(Model):
    """All answers about one workload. A file has at least one component; what is still being answered may have none."""

    model_config = ConfigDict(json_schema_extra={"required": ["components"]})

    schema_version: Literal[1] = ModelField(1, alias="schema")
    title: Title = EMPTY
    summary: Title = EMPTY
    workload: Workload = ModelField(default_factory=Workload)  # type: ignore[valid-type]
    components: tuple[Component, ...] = ModelField((), max_length=60, json_schema_extra={"minItems": 1})  # type: ignore[valid-type]
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
