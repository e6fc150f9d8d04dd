"""Conditions, values and sentences of the rule book in words, in both languages and with their units.

A proof, the rule browser and the documents word a condition alike.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from advisor.book import Book, Fact, Rule
from advisor.book.condition import Atom, Condition
from advisor.explanation.shown_values import Shown
from advisor.requirements import Destination, make_requirements
from advisor.requirements.demands import collected
from advisor.text import ASSUMED, Lang, Text, spaced
from advisor.verdict.derived_facts import known
from advisor.verdict.derived_titles import DERIVED
from advisor.vocabulary import DESTINATION_KINDS, ENGINE_FIELDS, FIELDS, Field, Range
from advisor.vocabulary.amounts import amount_words
from advisor.vocabulary.demands import DEMAND_FLAGS
from advisor.vocabulary.field import HOLDS
from advisor.vocabulary.formats import all_of, clauses, either, listed, listed_labels, schedule
from advisor.vocabulary.formats.beside import Beside
from advisor.vocabulary.schedule_expression import SCHEDULE, zone_of
from advisor.vocabulary.units import QuantityError, parse, words

NONE = Text("no service", "サービスなし")
DIRECT = Text("Direct integration", "直接統合")
ALWAYS = Text("Always", "常に")
NOTHING = Text("none", "なし")
#: Whether what a dated fact states holds.
_STATED = {True: Text("as stated", "記述のとおり"), False: Text("not as stated", "記述と異なる")}
_WORKLOAD = "workload."
_COMPUTES = "_computes"
_PLACEHOLDER = re.compile(r"\{([^{}?][^{}]*)\}")
#: `{?fact}` in a sentence: whether what it says of the fact is assumed.
_IF_ASSUMED = re.compile(r" ?\{\?([^{}]*)\}")
#: By which share of a bound an example may lie beside it, and a value whose unit lets it be said so.
_BESIDE, _UNIT = 0.002, re.compile(r" (s|ms|min|h|days?|bytes|[KMGT]iB|per \w+)$")
_AFTER_JUST = re.compile(r"(?<=[ 件])([強弱]) (?=[ぁ-んァ-ヶ一-龠])")
_JUST = {True: Text("just over {value}", "{value}強"), False: Text("just under {value}", "{value}弱")}
_KINDS = {
    "component": Text("another component", "他のコンポーネント"),
    "channel": Text("a channel", "チャネル"),
    "store": Text("a store", "ストア"),
    "none": Text("nothing", "なし"),
}
_BOUNDS = {
    "at_least": Text("{title}: at least {value}", "{title}が{value}以上"),
    "at_most": Text("{title}: at most {value}", "{title}が{value}以下"),
    "above": Text("{title}: more than {value}", "{title}が{value}を超える"),
    "below": Text("{title}: less than {value}", "{title}が{value}未満"),
}

#: The heading of conflicts, wherever they are listed.
CONFLICTS = Text("Conflicting requirements", "両立しない要件")


def service_name(book: Book, service: str | None) -> Text:
    """Return the name of a service within a sentence; `None` is a role that no service fits."""
    if service is None:
        return NONE
    in_catalogue = book.services.get(service)
    return in_catalogue.name if in_catalogue else DIRECT if service == "none" else Text.same(service)


@lru_cache(maxsize=4096)
def field_of(kind: str, id: str) -> Field | None:
    """Return the question for a fact of a subject, or None if the fact is derived or decided."""
    fields = (*FIELDS["workload" if id.startswith(_WORKLOAD) else kind], *DEMAND_FLAGS["workload"])
    return next((field for field in fields if field.id == id.removeprefix(_WORKLOAD)), None)


def title_words(book: Book, kind: str, id: str) -> Text:
    """Return the name of a fact of a subject: a question, a derived fact or a role."""
    field = field_of(kind, id)
    if field is not None:
        return field.title
    if id in DERIVED:
        return DERIVED[id][0]
    return next((role.title for role in book.roles if role.id == id), Text.same(id))


def value_words(book: Book, kind: str, id: str, value: Any, zone: str = "") -> Text:
    """Return one value of a fact of a subject as a reader writes it, with its unit or as its label; `zone` is a schedule's."""
    if isinstance(value, tuple | list) and not value:
        return NOTHING
    if isinstance(value, tuple | list):
        in_words = [value_words(book, kind, id, item) for item in value]
        return listed(in_words) if isinstance(value[0], Destination) else listed_labels(in_words)
    if isinstance(value, bool):
        return _answer_words(kind, id, value)
    if isinstance(value, Destination):
        return value.words
    if id in book.role_ids or id.endswith(_COMPUTES):
        return service_name(book, None if value is None else str(value))
    if id == "destination_kinds":
        return next((option.label for option in DESTINATION_KINDS if option.value == value), Text.same(str(value)))
    if id == "listens_kind":
        return _KINDS.get(str(value), Text.same(str(value)))
    field = field_of(kind, id)
    if id == SCHEDULE:
        return schedule(str(value), zone)
    unit = field.unit if field is not None else DERIVED.get(id, (None, ""))[1]
    if unit not in ("", "flag"):
        return _quantity(value, unit)
    return field.label(str(value)) if field is not None else Text.same(str(value))


def _answer_words(kind: str, id: str, value: bool) -> Text:
    field = field_of(kind, id)
    return field.answer(value) if field is not None else HOLDS[value]


def _quantity(value: Any, unit: str) -> Text:
    if isinstance(value, Range):
        return amount_words(value, unit)
    if isinstance(value, Beside):
        return words(value, unit)
    try:
        return words(parse(value, unit), unit)
    except QuantityError:
        return Text.same(str(value))


def condition_words(book: Book, kind: str, condition: Condition) -> Text:
    """Return a condition as one phrase: "Longest run: at most 15 min; Packaging: Code"."""
    if not condition:
        return ALWAYS
    return all_of([atom_words(book, kind, atom) for atom in in_order(book, kind, condition)])


def in_order(book: Book, kind: str, condition: Condition) -> Condition:
    """Return the comparisons of a condition in the order of the questions."""
    return tuple(sorted(condition, key=lambda atom: (_position(book, kind, atom.field), atom.operator)))


def _position(book: Book, kind: str, id: str) -> int:
    """Return the position of a fact among those of a subject: comparisons are worded in the order of the questions."""
    order = [*(field.id for field in ENGINE_FIELDS[kind]), *DERIVED, *(role.id for role in book.roles)]
    order += [_WORKLOAD + field.id for field in FIELDS["workload"]]
    return order.index(id) if id in order else len(order)


def atom_words(book: Book, kind: str, atom: Atom) -> Text:
    """Return one comparison as a phrase."""
    title = title_words(book, kind, atom.field)
    if atom.operator in _BOUNDS:
        value = value_words(book, kind, atom.field, atom.value)
        en, ja = _BOUNDS[atom.operator].en, _BOUNDS[atom.operator].ja
        if atom.operator == "below" and value.en.isdigit():
            en, ja = (en, ja) if atom.value != 1 else ("{title}: none", "{title}がなし")
            en = en.replace("less than", "fewer than")
        return spaced(Text(en.format(title=title.en, value=value.en), ja.format(title=title.ja, value=value.ja)))
    if isinstance(atom.value, bool):
        answer, stated = _answer_words(kind, atom.field, atom.value), field_of(kind, atom.field) is not None
        holds = "該当する" if atom.value else "該当しない"
        ja = f"{title.ja}が「{answer.ja}」" if stated else f"「{title.ja}」に{holds}"
        return spaced(Text(f"{title.en}: {answer.en}", ja))
    several = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    values = [value_words(book, kind, atom.field, option) for option in several]
    many = _is_many(kind, atom.field)
    return spaced(_none_of(title, values, many) if atom.operator == "not_in" else _any_of(title, values, many))


def _is_many(kind: str, id: str) -> bool:
    field = field_of(kind, id)
    return (field is not None and field.kind in ("choices", "links")) or id.endswith((_COMPUTES, "destination_kinds"))


def _any_of(title: Text, values: list[Text], many: bool) -> Text:
    any_value = either(values).en
    quoted = "".join(f"「{value.ja}」" for value in values)
    some = "のいずれか" if len(values) > 1 else ""
    if many:
        return Text(f"{title.en}: includes {any_value}", f"{title.ja}に{quoted}{some}を含む")
    return Text(f"{title.en}: {any_value}", f"{title.ja}が{quoted}{some}")


def _none_of(title: Text, values: list[Text], many: bool) -> Text:
    quoted = "".join(f"「{value.ja}」" for value in values)
    if many:
        return Text(f"{title.en}: does not include {either(values).en}", f"{title.ja}に{quoted}を含まない")
    if len(values) == 1:
        return Text(f"{title.en}: not {values[0].en}", f"{title.ja}が{quoted}以外")
    en = f"neither {values[0].en} nor {values[1].en}" if len(values) == 2 else f"none of {either(values).en}"
    return Text(f"{title.en}: {en}", f"{title.ja}が{quoted}のいずれでもない")


def names_words(book: Book, services: Iterable[str]) -> Text:
    """Return the names of services in a row."""
    return listed([service_name(book, service) for service in services])


def placeholders(words: str) -> list[str]:
    """Return the names of the placeholders in a sentence, in order."""
    return _PLACEHOLDER.findall(words)


def fill(
    book: Book,
    kind: str,
    text: Text,
    values: Mapping[str, Any],
    assumed: Collection[str] = (),
    notes: Mapping[str, Text] = MappingProxyType({}),
    bounds: Condition = (),
    *,
    shown: Mapping[str, Shown] = MappingProxyType({}),
) -> Text:
    """Return a sentence with its `{fact}` placeholders replaced by the subject's own values, in words.

    `{?fact}` becomes a note that what the sentence says is assumed, if the fact is among `assumed`. A value among `notes` is
    followed by its note, and is not called the most: not each is the end of a range. A value among `shown` is shown as that. A placeholder without a value keeps its braces: the book's tests do not let that happen.
    """

    if not bounds and "{" not in text.en and "{" not in text.ja:
        return spaced(text)

    def worded(words: str, lang: Lang) -> str:
        words = _IF_ASSUMED.sub(lambda found: ASSUMED.in_(lang) if found[1] in assumed else "", words)
        for id in placeholders(words):
            if id in shown:
                words = _shown(words, id, shown[id], lang)
            elif values.get(id) is not None:
                value = value_words(book, kind, id, values[id], zone_of(values))
                words = words.replace("{" + id + "} 件", "{" + id + "}") if value.ja.endswith("件") else words
                beside = _beside(book, kind, id, values[id], bounds)
                words, value = (_unbounded(words, id), beside) if beside else (words, value)
                words, mark = (_unbounded(words, id), notes[id].in_(lang)) if id in notes else (words, "")
                words = words.replace("{" + id + "}", value.in_(lang) + mark)
        return _AFTER_JUST.sub(r"\1", words) if bounds else words

    return spaced(Text(worded(text.en, "en"), worded(text.ja, "ja")))


def _shown(words: str, id: str, said: Shown, lang: Lang) -> str:
    """Return a sentence with a value as it was said, and the note on it after its first place and the counter there."""
    if said.open:
        words = _unbounded(words, id)
    first = re.compile(r"\{" + id + r"\}( [件個]\b| [件個])?")
    value, note = said.words.in_(lang), said.note.in_(lang)
    if not value[:1].isascii():  # 「約 2 日」, before which no space stands.
        words = re.sub(r" (?=\{" + id + r"\})", "", words)
    words = first.sub(lambda found: f"{value}{found[1] or ''}{note}", words, count=1)
    return words.replace("{" + id + "}", value)


def _unbounded(words: str, id: str) -> str:
    """Return a sentence without the words that call a value the most: not said of a value of "more than 15 min"."""
    here = r"\{" + id + r"\}"
    before = rf"\b(?:up to|at most|a maximum of) (?={here})|(?:最長|最大) ?(?={here})"
    return re.sub(rf"{before}|(?<={here})以内(?=[にで])", "", words)


def example_values(book: Book, rule: Rule, example: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an example of a rule: its answers, defaults, derived facts and choices."""
    kind = book.role(rule.role).subject
    fields = {field.id for field in ENGINE_FIELDS[kind]}
    answers = {key: value for key, value in example.items() if key in fields}
    workload = {key.removeprefix(_WORKLOAD): value for key, value in example.items() if key.startswith(_WORKLOAD)}
    requirements = make_requirements({"workload": workload, f"{kind}s": [{"id": "subject", **collected(answers)}]})
    values = known(requirements, kind, requirements.of_kind(kind)[0], {}).values
    stated = {key: tuple(value) if isinstance(value, list) else value for key, value in example.items()}
    return values | {key: value for key, value in stated.items() if key not in fields and "." not in key}


def _beside(book: Book, kind: str, id: str, value: Any, bounds: Condition) -> Text | None:
    """Return a value that an example has next to a bound as "just over 15 min", or None if it is not next to one."""
    for atom in bounds:
        if atom.field != id or atom.operator not in _BOUNDS or not isinstance(value, int | float):
            continue
        bound = value_words(book, kind, id, atom.value)
        if value != atom.value and abs(value - atom.value) <= _BESIDE * atom.value and _UNIT.search(bound.en):
            words = _JUST[value > atom.value]
            return spaced(Text(words.en.format(value=bound.en), words.ja.format(value=bound.ja)))
    return None


def example_words(book: Book, kind: str, example: Mapping[str, Any], bounds: Condition = ()) -> Text:
    """Return an example as its answers in a row: "Longest run: 15 min; Packaging: Code".

    A value next to one of the bounds, which an example has to test it, is said by the bound.
    """
    parts = []
    for id in sorted(example, key=lambda fact: (_position(book, kind, fact), fact)):
        title = title_words(book, kind, id)
        value = _beside(book, kind, id, example[id], bounds) or value_words(book, kind, id, example[id])
        parts.append(Text(f"{title.en}: {value.en}", f"{title.ja}: {value.ja}"))
    return clauses(parts)


def because_words(book: Book, rule: Rule) -> Text:
    """Return a rule's sentence filled from the first example on which it fires."""
    return filled_words(book, rule, rule.because)


def filled_words(book: Book, rule: Rule, sentence: Text) -> Text:
    """Return a sentence of a rule filled from the first example on which it fires."""
    values = example_values(book, rule, rule.fires[0])
    return fill(book, book.role(rule.role).subject, sentence, values, bounds=rule.when)


def fact_words(fact: Fact, value: Any) -> Text:
    """Return a value of a dated fact in words, with its unit."""
    if isinstance(value, bool):
        return _STATED[value]
    if isinstance(value, int | float) and fact.unit not in ("none", "date", ""):
        return words(value, fact.unit)
    return Text.same(f"{value:,}" if isinstance(value, int | float) else str(value))
