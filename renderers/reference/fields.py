"""One question of the requirements file in Markdown: its text, the accepted values and the default."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from advisor.book import Book
from advisor.text import Lang, Text, spaced
from advisor.verdict.origins import ORIGIN
from advisor.vocabulary import FIELDS, Field, Option
from advisor.vocabulary.demands import DEMANDS
from advisor.vocabulary.units import EXAMPLES, compact, words
from renderers.markdown import escape
from renderers.reference.words import ANSWERS, DERIVED_WHEN_MISSING, DIMENSIONS, KINDS, WORDS

_SENTENCES = {"en": re.compile(r"(?<=[.!?])\s+"), "ja": re.compile(r"(?<=。)")}
#: The meanings of hard requirements.
_DEMANDED = {
    one.word: {"en": f"{one.reading.en[:1].upper()}{one.reading.en[1:]}.", "ja": f"{one.reading.ja}。"}
    for one in DEMANDS
}
_CODE = re.compile(r"\\`(.+?)\\`")
#: Usual answers in units that people leave out.
_PLAIN: Mapping[str, float] = {"count": 3, "h": 8, "percent": 99.9}
_MAKER = re.compile(r"^(?:AWS|Amazon) | \(.*\)$")


@cache
def meanings() -> Mapping[str, Any]:
    """Return the explanations of options, by kind of subject, field and option, in both languages."""
    text = files("renderers.reference").joinpath("meanings.yaml").read_text("utf-8")
    return cast("Mapping[str, Any]", yaml.safe_load(text))


class Fields:
    """The texts of the questions about one kind of subject."""

    def __init__(self, book: Book, kind: str, lang: Lang) -> None:
        self.kind, self.lang = kind, lang
        names = {_MAKER.sub("", service.name.en) for service in book.services.values()}
        names -= {title for fields in FIELDS.values() for field in fields for title in (field.title.en, field.title.ja)}
        self._service = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, sorted(names)))})(?![A-Za-z])")

    def say(self, key: str, **values: object) -> str:
        """Return one of the fixed texts."""
        return spaced(Text.same(WORDS[key].in_(self.lang).format(**values))).in_(self.lang)

    def entry(self, field: Field) -> Iterator[str]:
        """Yield the lines of a question under its heading."""
        yield self.say(
            "asks", title=escape(field.title.in_(self.lang)), help=_escaped(self.asked(_without_options(field.help)))
        )
        yield ""
        yield self._row("answer", self._answer(field))
        if field.applies or field.above:
            yield self._row("applies", self._condition(field))
        yield self._row("unanswered", self._unanswered(field))
        yield self._row("example", f"`{example(field)}`")
        if field.options:
            yield f"- **{self.say('options')}**"
            yield from (
                f"  - `{option.value}`{self.say('colon')}{self._option(field, option)}" for option in field.options
            )

    def asked(self, help: Text) -> str:
        """Return the help of a question without sentences that name a service, because the reader does not choose services."""
        sentences = _SENTENCES[self.lang].split(help.in_(self.lang))
        gap = " " if self.lang == "en" else ""
        return gap.join(sentence for sentence in sentences if not self.names_service(sentence))

    def names_service(self, words: str) -> bool:
        """Return whether a text names a service of the catalogue."""
        return self._service.search(words) is not None

    def _row(self, key: str, text: str) -> str:
        return f"- **{self.say(key)}**{self.say('colon')}{text}"

    def _answer(self, field: Field) -> str:
        if field.kind == "quantity":
            low, high = (words(end, field.unit).in_(self.lang) for end in (field.minimum, field.maximum))
            dimension = DIMENSIONS.get(field.unit, Text.same(field.unit)).in_(self.lang)
            # Latin letters and Japanese are separated by a space: "1 TiB まで", but "366 日まで".
            gap = " " if high[-1].isascii() and high[-1].isalpha() else ""
            up = "quantity" if field.minimum else "quantity_up"
            return self.say(up, dimension=dimension, low=low, high=high, space=gap)
        if field.allowed:
            return self.say("one_of", values=self.say("gap").join(f"`{value}`" for value in field.allowed))
        if field.kind == "text":
            return self.say("text_most", most=int(field.maximum))
        either = self.say("or") if self.lang == "en" else self.say("or").strip()
        targets = either.join(self._kind_name(kind) for kind in field.links_to)
        return ANSWERS[field.kind].in_(self.lang).format(targets=targets)

    def _kind_name(self, kind: str) -> str:
        return KINDS[kind].en.lower() if self.lang == "en" else KINDS[kind].ja

    def _condition(self, field: Field) -> str:
        parts = []
        for other, allowed in field.applies.items():
            values = self._either([f"`{_written(value)}`" for value in allowed])
            parts.append(self.say("is", field=other, values=values))
        parts += [self.say("more", field=other, value=f"{least:g}") for other, least in field.above.items()]
        alternatives = any(len(allowed) > 1 for allowed in field.applies.values())
        if len(parts) > 1 and alternatives:
            return self.say("all_of", conditions=self.say("semicolon").join(parts))
        return self.say("and").join(parts)

    def _either(self, values: Sequence[str]) -> str:
        """Return alternatives: more than two as a list."""
        if len(values) <= 2:
            return self.say("or").join(values)
        gap = self.say("gap")
        if self.lang == "ja":
            return self.say("any_of", values=gap.join(values))
        return self.say("or").join((gap.join(values[:-1]), values[-1]))

    def _unanswered(self, field: Field) -> str:
        derived = DERIVED_WHEN_MISSING.get((self.kind, field.id))
        if derived is not None:
            return derived.in_(self.lang)
        if field.default is not None:
            default = field.default
            if isinstance(default, bool):
                return self.say("assumed_flag", value=str(default).lower(), answer=self.say("yes" if default else "no"))
            return self.say("assumed", value=self._value(field, default))
        origin = ORIGIN.get(field.id)
        if origin is not None and any(other.id == origin for other in FIELDS[self.kind]):
            return self.say("follows", other=origin)
        return self.say("open")

    def _value(self, field: Field, value: Any) -> str:
        if isinstance(value, int | float):
            return words(value, field.unit).in_(self.lang)
        listed = value if isinstance(value, tuple) else (value,)
        return self.say("gap").join(f"`{item}`" for item in listed)

    def _option(self, field: Field, option: Option) -> str:
        label = escape(option.label.in_(self.lang))
        meaning = meanings().get(self.kind, {}).get(field.id, {}).get(option.value) or _DEMANDED.get(option.value)
        end = "." if self.lang == "en" else "。"
        return (
            f"{label}{end}{' ' if self.lang == 'en' else ''}{_escaped(meaning[self.lang])}"
            if meaning
            else f"{label}{end}"
        )


def _without_options(help: Text) -> Text:
    """Return the help of the question on hard requirements without their meanings, which stand with the options."""
    en, ja = help.en, help.ja
    for demand in DEMANDS:
        en = en.replace(f" {demand.title.en}: {demand.reading.en}.", "")
        ja = ja.replace(f"{demand.title.ja}: {demand.reading.ja}。", "")
    return Text(en, ja)


def _escaped(words: str) -> str:
    """Return a text of the vocabulary escaped, except for its code spans."""
    return _CODE.sub(lambda found: f"`{found[1].replace(chr(92), '')}`", escape(words))


def example(field: Field) -> str:
    """Return a line of a file that answers a question."""
    flow: str = yaml.safe_dump([_answer(field)], default_flow_style=True, allow_unicode=True, width=1000)
    return f"{field.id}: {flow.strip().removeprefix('[').removesuffix(']')}"


def _written(value: Any) -> str:
    """Return an answer as a file states it."""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _answer(field: Field) -> Any:
    values = [option.value for option in field.options]
    other = next((value for value in values if value != field.default), "")
    match field.kind:
        case "quantity":
            return _quantity(field)
        case "flag":
            return field.default is not True
        case "choice":
            return other
        case "choices":
            return values[:2]
        case "destinations":
            return [{"kind": value} for value in values[:1]]
        case "link":
            return f"{field.links_to[0]}-1"
        case "links":
            return [f"{field.links_to[0]}-1", f"{field.links_to[0]}-2"]
    return field.example


def _quantity(field: Field) -> str | float:
    if isinstance(field.default, float) and field.default > field.minimum:
        return compact(field.default, field.unit)
    if field.example:
        return field.example
    return _PLAIN.get(field.unit, EXAMPLES[field.unit])
