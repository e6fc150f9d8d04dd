"""The sentences of a decision: why a service was chosen, why not another, in the user's own numbers."""

from collections.abc import Iterator
from typing import Any

from advisor.book import Book, Fact, Rule
from advisor.book.condition import holds
from advisor.decision import Reason
from advisor.explanation.axis_words import higher_on
from advisor.explanation.limit_words import limit_sentence
from advisor.explanation.runner_up import before_the_next
from advisor.explanation.subject_context import Pattern, SubjectContext, name_of
from advisor.explanation.unmet import unmet_reason
from advisor.text import Text, spaced
from advisor.verdict import Chosen
from advisor.verdict.fact_words import describe
from advisor.verdict.rule_matrix import Entry
from advisor.vocabulary.demands import BY_FACT
from advisor.vocabulary.formats import date, listed
from advisor.vocabulary.units import words


def rule_reason(context: SubjectContext, rule: Rule) -> Reason:
    """Return a rule's sentence in the subject's own values."""
    return Reason(rule.id, context.filled(rule.because), rule.source)


def limit_reason(context: SubjectContext, service: str, entry: Entry, *, within: bool) -> Reason:
    """Return the sentence on a limit that is kept or broken."""
    limit = entry.limit
    assert limit is not None
    fact = context.book.facts[limit.fact]
    described = _as_answered(context, limit.field, describe(context.kind, limit.field, context.values.get(limit.field)))
    most = words(float(fact.value(context.dated.as_of)), fact.unit)
    sentence = limit_sentence(limit, fact, described, context.book.services[service].name, most, within=within)
    return Reason(fact.id, sentence, fact.source)


def _as_answered(context: SubjectContext, field: str, described: tuple[Text, Text]) -> tuple[Text, Text]:
    """Return a number as its answer says it, or as the greatest value of the range with which it was answered."""
    answer, (title, value), said = context.decided.subject.ranges.get(field), described, context.shown.get(field)
    if said is not None:
        return title, said.noted
    if answer is None or answer.low == answer.high or context.values.get(field) != answer.high:
        return described
    most = "" if title.ja.startswith("最") else "最長 " if field.endswith("_s") else "最大 "
    return title, Text(f"up to {value.en}", f"{most}{value.ja}")


def excluded_reason(context: SubjectContext, entry: Entry) -> Reason:
    """Return the rejection of a service by a hard requirement: the requirement, then the property of the service."""
    fact, field = context.book.facts[entry.id], entry.when[0].field
    sentence = excluded_words(fact, field, context.values.get(field))
    return Reason(fact.id, sentence, fact.source)


def excluded_words(fact: Fact, field: str, value: Any) -> Text:
    """Return the hard requirement that a field makes, and the fact because of which a service does not meet it."""
    demand = BY_FACT[field].sentence if field in BY_FACT else _starting_within(value)
    return Text(f"{demand.en} {fact.statement.en}", f"{demand.ja.removesuffix('。')}が、{fact.statement.ja}")


def _starting_within(seconds: Any) -> Text:
    most = words(float(seconds), "s")
    return spaced(Text(f"Startup must take at most {most.en}.", f"起動は{most.ja}以内であることが必須です。"))


def reasons_for(context: SubjectContext, chosen: Chosen) -> Iterator[Reason]:
    """Yield the sentences for the chosen service, the most telling one first.

    A rule that speaks for it and not for the next candidate tells the most; then one that requires it, one that prefers it and one
    that explains it. A price in comparison with an excluded candidate is no reason: then what excludes the others comes first. Without such a rule, it is what puts the service before the next candidate, and where there is no other
    candidate, what the service is for. Last are the limits that are kept: others keep them too.
    """
    service = chosen.service
    if service is None:
        return
    if chosen.pinned:
        yield Reason("pin", Text("The requirements specify this service.", "要件でこのサービスが指定されています。"))
    fired = (entry.rule for entry in chosen.table.entries_of(chosen.fired))
    speaking = [rule for rule in fired if rule and rule.effect in _FAVORABLE and service in rule.services]
    following = next((other for other in chosen.outcome.ranked if other != service), None)
    speaking.sort(key=lambda rule: (following in rule.services, _FAVORABLE.index(rule.effect)))
    priced = [rule for rule in speaking if compares_prices(context.book, chosen, rule)]
    speaking = [rule for rule in speaking if rule not in priced]
    if priced and speaking and all(rule.effect != "require" for rule in speaking):
        yield from before_the_next(context, chosen)
    yield from (rule_reason(context, rule) for rule in speaking)
    if not speaking or (len(chosen.outcome.ranked) > 1 and all(rule.effect == "explain" for rule in speaking)):
        yield from before_the_next(context, chosen)
    in_catalogue = context.book.services.get(service)
    if in_catalogue is None:
        return
    if not speaking:
        yield Reason("solves", in_catalogue.solves)
    stated = {field for field in context.values if field not in context.decided.known.assumed}
    for bit, entry in chosen.table.limits.get(service, ()):
        within = not chosen.fired >> bit & 1 and holds(entry.when[1:], context.values)
        if entry.limit and within and entry.limit.field in stated:
            yield limit_reason(context, service, entry, within=True)


def compares_prices(book: Book, chosen: Chosen, rule: Rule) -> bool:
    """Return whether a rule prefers the only candidate left for its price to another that it names and that is excluded."""
    if len(chosen.outcome.ranked) != 1 or rule.axis != "cost":
        return False
    excluded = (name_of(book, one).en for one in chosen.table.role.candidates if one not in chosen.outcome.ranked)
    return any(name.removeprefix("Amazon ").removeprefix("AWS ") in rule.because.en for name in excluded)


def reasons_against(context: SubjectContext, chosen: Chosen, service: str) -> Iterator[Reason]:
    """Yield the reasons against a candidate: limits, rules and its launch date, else the requirements that rule it out."""
    against = [entry for entry in chosen.table.entries_of(chosen.fired) if service in entry.against]
    own = [*_own_reasons_against(context, chosen, service, against)]
    yield from own
    if not own:
        unmet = (entry.rule for entry in against if entry.rule and entry.rule.effect == "require")
        yield from (unmet_reason(context, rule) for rule in unmet)


def _own_reasons_against(
    context: SubjectContext, chosen: Chosen, service: str, against: list[Entry]
) -> Iterator[Reason]:
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
            f"{name.en} was not available before {since}.",
            f"{name.ja}は {date(since).ja}より前には利用できませんでした。",
        )
        yield Reason(f"{service}-since", spaced(sentence))


def reason_behind(context: SubjectContext, chosen: Chosen, service: str) -> Reason:
    """Return the sentence on a candidate that fits and was not chosen."""
    own, first = name_of(context.book, service), name_of(context.book, chosen.service)
    if service in chosen.passed:
        specified = any(other.pinned for other in context.decided.chosen)
        return Reason("together", spaced((_TOGETHER_SPECIFIED if specified else _TOGETHER).format(own=own)))
    if chosen.pinned:
        return Reason("pinned-ahead", spaced(_PINNED.format(own=own, first=first)))
    scores, axes, best = chosen.outcome.scores, chosen.outcome.axes, str(chosen.service)
    ahead, behind = higher_on(axes[best], axes[service]), higher_on(axes[service], axes[best])
    if scores[service] == scores[best]:
        if ahead and behind:
            words = _TIE_BUT.format(own=own, first=first, axes=listed(ahead), others=listed(behind))
            return Reason("tie", spaced(words))
        return Reason("tie", spaced(_TIE.format(own=own, first=first)))
    if not ahead:
        return Reason("order", spaced(_PREFERRED.format(own=own, first=first)))
    return Reason("order", spaced(_AHEAD.format(own=own, first=first, axes=listed(ahead))))


_FAVORABLE = ("require", "prefer", "explain")
_TOGETHER = Pattern(
    "{own} alone would be preferred, but if it were chosen, at least one other role would have no suitable service.",
    "単独では{own}が優先されますが、それを選ぶと別の選定項目で要件を満たすサービスがなくなります。",
)
_TOGETHER_SPECIFIED = Pattern(
    "{own} alone would be preferred, but if it were chosen, another role would have no suitable service, or its specified service would "
    "violate a requirement.",
    "単独では{own}が優先されますが、それを選ぶと、別の選定項目で要件を満たすサービスがなくなるか、指定したサービスが要件に反します。",
)
_PINNED = Pattern(
    "{own} also fits, but the requirements specify {first}.", "{own}も適合しますが、要件で{first}が指定されています。"
)
_TIE = Pattern(
    "{own} fits as well as {first}. The tie is broken by the default order of preference.",
    "{own}も{first}と同等に適合します。同点のため、デフォルトの優先順位で{first}を採用しました。",
)
_TIE_BUT = Pattern(
    "{own} has the same total rating as {first}: it rates better on {others}, {first} on {axes}. {first} comes first in the default order of "
    "preference.",
    "{own}と{first}の総合評価は同点です。{own}は{others}、{first}は{axes}の評価が高くなっています。デフォルトの優先順位で{first}を採用しました。",
)
_PREFERRED = Pattern(
    "{own} also fits, but {first} is preferred for this workload.",
    "{own}も適合しますが、このワークロードでは{first}を優先します。",
)
_AHEAD = Pattern(
    "{own} also fits, but {first} is preferred because it rates better on {axes}.",
    "{own}も適合しますが、{axes}の評価が高い{first}を優先します。",
)
