"""The sentences of a decision: why a service was chosen, why not another, in the user's own numbers."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from advisor.book import Book, DatedBook, Fact, Rule
from advisor.book.condition import Atom, holds
from advisor.decision import Reason
from advisor.explanation.wording import fill, title_words, value_words
from advisor.text import Text, spaced
from advisor.verdict import Chosen, SubjectVerdict
from advisor.verdict.fact_words import describe
from advisor.verdict.rule_matrix import Entry
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT
from advisor.vocabulary.schedule_expression import zone_of
from advisor.vocabulary.units import words

AXIS_TITLES = {
    "suitability": Text("suitability", "適合性"),
    "operations": Text("low operations", "運用の少なさ"),
    "cost": Text("cost", "コスト"),
    "latency": Text("latency", "レイテンシー"),
    "portability": Text("portability", "可搬性"),
    "simplicity": Text("simplicity", "単純さ"),
    "reliability": Text("reliability", "信頼性"),
}


class SubjectContext(NamedTuple):
    """The context of the sentences about one subject: its verdict and the book that it rests on."""

    dated: DatedBook
    decided: SubjectVerdict

    @property
    def book(self) -> Book:
        """The rule book."""
        return self.dated.book

    @property
    def id(self) -> str:
        """The id of the subject."""
        return self.decided.subject.id

    @property
    def kind(self) -> str:
        """The kind of the subject."""
        return self.decided.subject.kind

    @property
    def values(self) -> dict[str, Any]:
        """The facts of the subject."""
        return self.decided.known.values


def rule_reason(context: SubjectContext, rule: Rule) -> Reason:
    """Return a rule's sentence in the subject's own values."""
    return Reason(rule.id, fill(context.book, context.kind, rule.because, context.values), rule.source)


def limit_reason(context: SubjectContext, service: str, entry: Entry, *, within: bool) -> Reason:
    """Return the rejection of a service by a hard requirement: the requirement, then the property of the service."""
    assert entry.limit is not None
    fact = context.book.facts[entry.limit.fact]
    title, value = describe(context.kind, entry.limit.field, context.values.get(entry.limit.field))
    most = words(float(fact.value(context.dated.as_of)), fact.unit)
    name = context.book.services[service].name
    en, ja = _LIMIT_WORDS[(entry.limit.relation, within)]
    sentence = Text(
        en.format(field=title.en, value=value.en, service=name.en, limit=most.en),
        ja.format(field=title.ja, value=value.ja, service=name.ja, limit=most.ja),
    )
    return Reason(fact.id, spaced(sentence), fact.source)


def excluded_reason(context: SubjectContext, entry: Entry) -> Reason:
    """Return the sentence on a service that does what a demand excludes: the demand, then what the service does."""
    fact, field = context.book.facts[entry.id], entry.when[0].field
    sentence = excluded_words(fact, field, context.values.get(field))
    return Reason(fact.id, sentence, fact.source)


def excluded_words(fact: Fact, field: str, value: Any) -> Text:
    """Return the demand that a field makes, and the fact that a service does not meet it by."""
    demand = BY_FACT[field].sentence if field in BY_FACT else _starting_within(value)
    return Text(f"{demand.en} {fact.statement.en}", f"{demand.ja}{fact.statement.ja}")


def _starting_within(seconds: Any) -> Text:
    most = words(float(seconds), "s")
    return spaced(Text(f"A start may take at most {most.en}.", f"起動は{most.ja}以内であることが必須です。"))


_LIMIT_WORDS = {
    ("at_most", True): (
        "{field}: {value} is within the {limit} that {service} allows.",
        "{field}は{value}で、{service}の上限 {limit}以内です。",
    ),
    ("at_most", False): (
        "{field}: {value} is more than the {limit} that {service} allows.",
        "{field}は{value}で、{service}の上限 {limit}を超えます。",
    ),
    ("at_least", True): (
        "{field}: {value} is no less than the {limit} that {service} needs.",
        "{field}は{value}で、{service}の下限 {limit}以上です。",
    ),
    ("at_least", False): (
        "{field}: {value} is less than the {limit} that {service} needs.",
        "{field}は{value}で、{service}の下限 {limit}を下回ります。",
    ),
}


def reasons_for(context: SubjectContext, chosen: Chosen) -> Iterator[Reason]:
    """Yield the reasons against a candidate: limits, rules, its launch date, and requirements that only others meet."""
    service = chosen.service
    if service is None:
        return
    if chosen.pinned:
        yield Reason("pin", Text("You asked for it to be used.", "利用するよう指定されています。"))
    for entry in chosen.table.entries_of(chosen.fired):
        if entry.rule and entry.rule.effect in ("require", "prefer", "explain") and service in entry.rule.services:
            yield rule_reason(context, entry.rule)
    in_catalogue = context.book.services.get(service)
    if in_catalogue is None:
        return
    stated = {field for field in context.values if field not in context.decided.known.assumed}
    for bit, entry in enumerate(chosen.table.entries, 1):
        within = service in entry.against and not chosen.fired >> bit & 1 and holds(entry.when[1:], context.values)
        if entry.limit and within and entry.limit.field in stated:
            yield limit_reason(context, service, entry, within=True)
    yield Reason("solves", in_catalogue.solves)


def reasons_against(context: SubjectContext, chosen: Chosen, service: str) -> Iterator[Reason]:
    """Yield the sentences against a candidate: limits, rules, its launch date, and what only other candidates meet."""
    against = [entry for entry in chosen.table.entries_of(chosen.fired) if service in entry.against]
    for entry in against:
        if entry.limit:
            yield limit_reason(context, service, entry, within=False)
        elif entry.property:
            yield excluded_reason(context, entry)
        elif entry.rule and entry.rule.effect != "require":
            yield rule_reason(context, entry.rule)
    if service in chosen.table.unavailable:
        name, since = context.book.services[service].name, context.book.services[service].since
        sentence = Text(
            f"{name.en} was not available before {since}.", f"{name.ja}は {since} より前には利用できませんでした。"
        )
        yield Reason(f"{service}-since", spaced(sentence))
    for entry in against:
        if entry.rule and entry.rule.effect == "require":
            yield unmet_reason(context, service, entry.rule)


def unmet_reason(context: SubjectContext, service: str, rule: Rule) -> Reason:
    """Return the sentence on a candidate that a rule rules out by requiring others.

    The rule's own sentence is a reason for the services that it requires, not one against the others.
    """
    several, texts = _required(context, rule)
    pattern = _TOGETHER_REQUIRE if several else _REQUIRES
    sentence = pattern.format(own=name_of(context.book, service), **texts)
    return Reason(rule.id, spaced(sentence), rule.source)


def requirement(context: SubjectContext, rule: Rule) -> Text:
    """Return the services that a rule requires, without the ones it excludes: '"Access: By key" requires Amazon DynamoDB.'"""
    several, texts = _required(context, rule)
    return spaced((_ONLY_TOGETHER if several else _ONLY).format(**texts))


def _required(context: SubjectContext, rule: Rule) -> tuple[bool, dict[str, Text]]:
    """Return whether several answers together require services, and both in words."""
    answers = [_answer(context, atom.field) for atom in _distinguishing(context, rule)]
    quoted = Text(" and ".join(f'"{a.en}"' for a in answers), "".join(f"「{a.ja}」" for a in answers))
    names = [name_of(context.book, required) for required in rule.services]
    able = Text(" or ".join(name.en for name in names), "または".join(name.ja for name in names))
    return len(answers) > 1, {"answers": quoted, "able": able}


# What needs no default and is too common to tell one component from another.
_USUAL = {"trigger": ("request",)}


def _distinguishing(context: SubjectContext, rule: Rule) -> list[Atom]:
    """Return the comparisons that differ from the defaults, or all of them if none does."""
    usual = {field.id: field.default for field in FIELDS[context.kind]} | _USUAL
    comparisons = [atom for atom in rule.when if atom.operator != "not_in" and atom.value is not False]
    return (
        [atom for atom in comparisons if context.values[atom.field] != usual.get(atom.field)]
        or comparisons
        or list(rule.when)
    )


def _answer(context: SubjectContext, field: str) -> Text:
    title, value = (
        title_words(context.book, context.kind, field),
        value_words(context.book, context.kind, field, context.values[field], zone_of(context.values)),
    )
    return Text(f"{title.en}: {value.en}", f"{title.ja}: {value.ja}")


def reason_behind(context: SubjectContext, chosen: Chosen, service: str) -> Reason:
    """Return the sentence on a candidate that fits and was not chosen."""
    own, first = name_of(context.book, service), name_of(context.book, chosen.service)
    if service in chosen.passed:
        return Reason("together", spaced(_TOGETHER.format(own=own)))
    if chosen.pinned:
        return Reason("pinned-ahead", spaced(_PINNED.format(own=own, first=first)))
    scores = chosen.outcome.scores
    score, best = scores[service], scores[str(chosen.service)]
    if score == best:
        return Reason("tie", spaced(_TIE.format(own=own, first=first)))
    axes = chosen.outcome.axes
    ahead = [a for a, band in axes[str(chosen.service)].items() if band > axes[service].get(a, 0)]
    if not ahead:
        return Reason("order", spaced(_PREFERRED.format(own=own, first=first)))
    titles = [AXIS_TITLES[axis] for axis in ahead]
    listed = Text(", ".join(t.en for t in titles), "・".join(t.ja for t in titles))
    return Reason("order", spaced(_AHEAD.format(own=own, first=first, axes=listed)))


class Pattern(NamedTuple):
    """A sentence with placeholders for texts, in both languages."""

    en: str
    ja: str

    def format(self, **texts: Text) -> Text:
        """Return the sentence with each placeholder filled in its language."""
        en = self.en.format(**{key: text.en for key, text in texts.items()})
        return Text(en[:1].upper() + en[1:], self.ja.format(**{key: text.ja for key, text in texts.items()}))


_ONLY = Pattern("{answers} requires {able}.", "{answers}には{able}が必要です。")
_ONLY_TOGETHER = Pattern("{answers} together require {able}.", "{answers}の組み合わせには{able}が必要です。")
_REQUIRES = Pattern(
    "{own} is ruled out: {answers} requires {able} here.",
    "{answers}には{able}が必要なため、{own}は除外されます。",
)
_TOGETHER_REQUIRE = Pattern(
    "{own} is ruled out: {answers} together require {able} here.",
    "{answers}の組み合わせには{able}が必要なため、{own}は除外されます。",
)
_TOGETHER = Pattern(
    "{own} does not meet the requirements {answers} together; {able} does.",
    "{own}は{answers}の要件を同時には満たしません。満たすのは{able}です。",
)
_TOGETHER = Pattern(
    "{own} alone would be preferred, but with it nothing would be left that fits one of the later roles.",
    "単独では{own}が優先されますが、それを選ぶと後続の役割に適合するサービスがなくなります。",
)
_PINNED = Pattern("{own} fits too, but {first} was asked for.", "{own}も適合しますが、{first}が指定されています。")
_TIE = Pattern(
    "{own} fits just as well as {first}: a tie, which only the order of the rule book breaks.",
    "{own}も{first}と同等に適合します。同点のため、ルールブックの順序で決めています。",
)
_PREFERRED = Pattern("{own} fits too; {first} is preferred here.", "{own}も適合しますが、ここでは{first}を優先します。")
_AHEAD = Pattern(
    "{own} fits too; {first} is preferred here, being ahead on {axes}.",
    "{own}も適合しますが、ここでは{first}を優先します（優位な点: {axes}）。",
)


def name_of(book: Book, service: str | None) -> Text:
    """Return the name of a service in the middle of a sentence."""
    if service is None or service not in book.services:
        return Text("no function between", "関数を挟まない直接統合") if service == "none" else Text.same(str(service))
    return book.services[service].name
