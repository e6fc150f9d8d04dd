"""Questions: texts, unit, allowed values and applicability. Web UI, schema and documents use them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as default_of
from typing import Any, Literal

from advisor.text import Lang, Text

FieldKind = Literal["choice", "choices", "flag", "quantity", "text", "link", "links", "destinations"]
Answer = str | float | bool | tuple[str, ...]
YES, NO = Text("yes", "はい"), Text("no", "いいえ")
#: Whether a statement about a subject or a service holds.
HOLDS = {True: YES, False: NO}
Words = tuple[str, str]
#: Answers to a yes-no question whose title is a noun, in Japanese by what the noun is: the affirmative one, and the other.
NEEDED = Text("yes", "必要"), Text("no", "不要")
PRESENT = Text("yes", "あり"), Text("no", "なし")
MANDATORY = Text("required", "必須"), Text("not required", "必須ではない")
POSSIBLE = Text("yes", "可能"), Text("no", "不可")
TOLERATED = Text("yes", "許容する"), Text("no", "許容しない")


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed value of a choice, and its label."""

    value: str
    label: Text


def typed(option: Option, lang: Lang) -> str:
    """Return an option as a sentence lists it for who writes a file: its value, and its label in parentheses."""
    label = option.label.in_(lang)
    if label == option.value:
        return label
    return Text(f"{option.value} ({label})", f"{option.value}（{label}）").in_(lang)


@dataclass(frozen=True, slots=True)
class Field:
    """One question about a subject.

    `unit` is the base unit of a quantity (see `advisor.vocabulary.units`); `default` is assumed, and said to be, when the
    question applies and was not answered; `minimum` of a question with several answers is how many there are at
    least; `applies` names, for other fields of the subject, the answers that make
    this question meaningful, and `above` what an answer in numbers must be more than; `links_to` are the kinds of subject that a link may name. A text matches `pattern`, a
    regular expression, and is one of `allowed` where some are listed; `reading` turns the words that are accepted
    beside the pattern into a text that matches it, or returns None. A `demand` counts only when it is stated: it is
    never assumed, asked for next, or swept before. `answers` are the two answers to a question of yes or no, in words.

    Of a quantity, `cautious` is the end of a range that asks for more; `asks` says that the question itself asks for a bound
    on that side ("answer within"), so that such a bound is the answer; `adjectives` that "short" and "long" are answers;
    `no_limit` is what to say of an upper bound where the question asks for no limit.
    """

    id: str
    kind: FieldKind
    title: Text
    help: Text
    section: str
    unit: str = ""
    options: tuple[Option, ...] = ()
    minimum: float = 0.0
    maximum: float = 0.0
    default: Answer | None = None
    applies: Mapping[str, tuple[Any, ...]] = default_of(default_factory=dict)
    above: Mapping[str, float] = default_of(default_factory=dict)
    links_to: tuple[str, ...] = ()
    pattern: str = ""
    allowed: tuple[str, ...] = ()
    example: str = ""
    cautious: Literal["high", "low"] = "high"
    asks: Literal["", "at_most", "at_least"] = ""
    adjectives: bool = False
    no_limit: Text | None = None
    demand: bool = False
    reading: Callable[[str], str | None] | None = None
    answers: tuple[Text, Text] = (YES, NO)

    def answer(self, value: bool) -> Text:
        """Return the answer to a question of yes or no in words."""
        return self.answers[0 if value else 1]

    def label(self, value: str) -> Text:
        """Return the label of an option's value; the value itself when it is none."""
        return next((o.label for o in self.options if o.value == value), Text.same(value))


def choice(
    id: str,
    *,
    section: str,
    title: Words,
    help: Words,
    options: Mapping[str, Words],
    default: str | None = None,
    applies: Mapping[str, tuple[str, ...]] | None = None,
    many: bool = False,
    least: int = 0,
    demand: bool = False,
) -> Field:
    """A question answered by one option, or with `many` by several, at least `least` of them."""
    listed = tuple(Option(value, Text(*label)) for value, label in options.items())
    kind: FieldKind = "choices" if many else "choice"
    return Field(
        id,
        kind=kind,
        title=Text(*title),
        help=Text(*help),
        section=section,
        options=listed,
        minimum=float(least),
        default=default,
        applies=applies or {},
        demand=demand,
    )


def flag(
    id: str,
    *,
    section: str,
    title: Words,
    help: Words,
    default: bool | None = False,
    applies: Mapping[str, tuple[str, ...]] | None = None,
    answers: tuple[Text, Text] = NEEDED,
    demand: bool = False,
) -> Field:
    """A question answered by yes or no; `answers` are the two in words."""
    return Field(
        id, kind="flag", title=Text(*title), help=Text(*help), section=section, default=default, applies=applies or {},
        answers=answers, demand=demand,
    )  # fmt: skip


def quantity(
    id: str,
    *,
    section: str,
    unit: str,
    title: Words,
    help: Words,
    most: float,
    least: float = 0.0,
    default: float | None = None,
    applies: Mapping[str, tuple[Any, ...]] | None = None,
    above: Mapping[str, float] | None = None,
    cautious: Literal["high", "low"] = "high",
    asks: Literal["", "at_most", "at_least"] = "",
    adjectives: bool = False,
    no_limit: Words | None = None,
    demand: bool = False,
    example: str = "",
) -> Field:
    """A question answered by a number in `unit`, from `least` to `most`, or by a range of such numbers."""
    return Field(
        id,
        kind="quantity",
        title=Text(*title),
        help=Text(*help),
        section=section,
        unit=unit,
        minimum=least,
        maximum=most,
        default=default,
        applies=applies or {},
        above=above or {},
        cautious=cautious,
        asks=asks,
        adjectives=adjectives,
        no_limit=Text(*no_limit) if no_limit else None,
        demand=demand,
        example=example,
    )


def link(
    id: str,
    *,
    section: str,
    title: Words,
    help: Words,
    to: tuple[str, ...],
    many: bool = True,
    applies: Mapping[str, tuple[str, ...]] | None = None,
) -> Field:
    """A question answered by the ids of other subjects."""
    return Field(
        id,
        kind="links" if many else "link",
        title=Text(*title),
        help=Text(*help),
        section=section,
        links_to=to,
        applies=applies or {},
    )


def words(
    id: str,
    *,
    section: str,
    title: Words,
    help: Words,
    pattern: str = "",
    allowed: tuple[str, ...] = (),
    example: str = "",
    default: str | None = None,
    applies: Mapping[str, tuple[str, ...]] | None = None,
    reading: Callable[[str], str | None] | None = None,
) -> Field:
    """A question answered in words: at most 200 characters that match `pattern`, and one of `allowed` if there are any."""
    return Field(
        id, kind="text", title=Text(*title), help=Text(*help), section=section, maximum=200, default=default, applies=applies or {},
        pattern=pattern, allowed=allowed, example=example, reading=reading,
    )  # fmt: skip
