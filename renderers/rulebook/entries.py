"""Single entries of the rule book in Markdown: roles, rules, facts and alternatives, in either language.

The document and the page show the same lines; `href` says where a link to another entry leads.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from advisor.book import Book, Fact, KnownWay, Limit, Property, Role, Rule
from advisor.book.condition import Condition
from advisor.decision import Source
from advisor.explanation.wording import (
    because_words,
    condition_words,
    example_words,
    fact_words,
    filled_words,
    in_order,
    names_words,
    placeholders,
    service_name,
    title_words,
)
from advisor.text import Lang, Text, spaced
from renderers.markdown import escape, link
from renderers.rulebook.uses import effect_of, in_case, labelled, limits_on, properties_by
from renderers.rulebook.words import (
    AXES,
    BANDS,
    CONFIDENCE,
    KINDS,
    LIFECYCLES,
    OWNERS,
    PROPERTIES,
    RULES_THAT,
    SUBJECTS,
    TOPICS,
    WORDS,
)
from renderers.source_titles import page_of, page_titles

BEFORE_MEMORY = "2000-01-01"
_BUDGET = "workload.budget_month_usd"
#: The most parts of a condition that one line holds.
_MOST_IN_A_LINE = 3


def topic_title(topic: str) -> Text:
    """Return the title of a topic; topics of a rule pack use the name of their folder."""
    return TOPICS.get(topic) or Text.same(topic.replace("-", " ").capitalize())


def owner_title(book: Book, id: str) -> Text:
    """Return the name of the owner of facts: a service of the catalogue, or a family of services."""
    return service_name(book, id) if id in book.services else OWNERS.get(id) or Text.same(id)


def topics(book: Book) -> list[str]:
    """Return the topics of a book's rules, in order."""
    return sorted({rule.topic for rule in book.rules})


#: The remark on a fact that says where a tool states it.
_READ_IN = re.compile(
    r"Confirmed in (?P<tool>(?:botocore|cfn-lint) [\d.]+): (?P<place>(?:(?!\. )[^;])+(?:; (?:(?!\. )[^;])+)*)\."
)


@dataclass(frozen=True)
class Entries:
    """The texts of single roles, rules and facts; `href` returns the link of an entry by kind and id."""

    book: Book
    lang: Lang
    href: Callable[[str, str], str]

    def say(self, key: str, **values: object) -> str:
        """Return one of the fixed texts."""
        return WORDS[key].in_(self.lang).format(**values)

    def escaped(self, text: Text) -> str:
        """Return a text of the book as Markdown with all markup escaped."""
        return escape(text.in_(self.lang))

    def to(self, kind: str, id: str, words: str = "") -> str:
        """Return a link to a role, rule or fact."""
        return f"[{words or escape(id)}]({self.href(kind, id)})"

    def row(self, key: str, words: str) -> str:
        """Return one line of an entry."""
        return f"- **{self.say(key)}**{self.say('colon')}{words}"

    def _rows(self, key: str, several: Sequence[str]) -> Iterator[str]:
        """Yield one line for a single item, else a line with a list below it."""
        if len(several) == 1:
            yield self.row(key, several[0])
        elif several:
            yield self.row(key, "").rstrip()
            yield from (f"  - {words}" for words in several)

    def source(self, source: Source) -> str:
        """Return a source as a link with the day on which it was read: a page by its title, one of a rule pack by its address."""
        parts = urlsplit(source.url)
        title = page_titles(self.book).get(page_of(source.url))
        name = title.in_(self.lang) if title else f"{parts.netloc}{parts.path}".rstrip("/")
        page_link = link(name, source.url)
        return page_link + self.say("inside", words=self.say("read", date=escape(source.checked)))

    def rule(self, rule: Rule) -> Iterator[str]:
        """Yield the lines of a rule under its heading."""
        kind = self.book.role(rule.role).subject
        yield self.escaped(because_words(self.book, rule))
        yield ""
        yield self.row("effect", self.escaped(effect_of(self.book, rule)))
        yield from self._when(kind, rule.when)
        if rule.others:
            yield self.row("others", self.escaped(filled_words(self.book, rule, rule.others)))
        yield from self._rows("fires", [self._example(rule, one) for one in rule.fires])
        yield from self._rows("quiet", [self._quiet(rule, one) for one in rule.quiet])
        yield self.row("source", self.source(rule.source))

    def _when(self, kind: str, when: Condition) -> Iterator[str]:
        """Yield a condition: a long one as a list of its parts, all of which must hold."""
        if len(when) <= _MOST_IN_A_LINE:
            yield self.row("when", self.escaped(condition_words(self.book, kind, when)))
            return
        parts = [condition_words(self.book, kind, (atom,)) for atom in in_order(self.book, kind, when)]
        yield from self._rows("when_all", [self.escaped(part) for part in parts])

    def _example(self, rule: Rule, example: Mapping[str, Any]) -> str:
        return self.escaped(example_words(self.book, self.book.role(rule.role).subject, example, rule.when))

    def _quiet(self, rule: Rule, example: Mapping[str, Any]) -> str:
        """Return an example for which a rule does not apply: where one for which it does has the same answers, what differs."""
        alike = [other for other in rule.fires if other.keys() == example.keys()]
        changes = [{id: value for id, value in example.items() if other[id] != value} for other in alike]
        changed = min(filter(None, changes), key=len, default=None)
        if changed is None:
            return self._example(rule, example)
        return self.say("but", words=self._example(rule, changed))

    def fact(self, fact: Fact) -> Iterator[str]:
        """Yield the lines of a fact under its heading."""
        yield self.escaped(fact.statement)
        yield ""
        yield from self._value(fact)
        yield self.row("kind", self.escaped(KINDS[fact.kind]))
        yield self.row("use", self.say("decides" if fact.decides else "shown"))
        yield self.row("confidence", self.escaped(CONFIDENCE[fact.confidence]))
        for role, service, limit in limits_on(self.book, fact.id):
            where = self.to("role", role.id, self.escaped(role.title))
            limit_words = f"{self.escaped(service_name(self.book, service))} – {self._limited(role, limit)}"
            yield self.row("limit_of", f"{where}{self.say('colon')}{limit_words}")
        for role, service, stated in properties_by(self.book, fact.id):
            where = self.to("role", role.id, self.escaped(role.title))
            words = self.say(
                "has_property",
                service=self.escaped(service_name(self.book, service)),
                property=self._property(role, stated),
            )
            stated_words = spaced(Text.same(words)).in_(self.lang)
            yield self.row("property_of", f"{where}{self.say('colon')}{stated_words}")
        if fact.note:
            yield self._note(fact)
        yield self.row("source", self.source(fact.source))

    def _note(self, fact: Fact) -> str:
        """Return the remark on a fact in the language of the page; one of a rule pack can be in English only."""
        read = _READ_IN.fullmatch(fact.note)
        if read is not None:
            place = (
                self.say("gap").join(read["place"].split("; ")).replace("service documentation", self.say("documented"))
            )
            return self.row("note", self.say("read_in", tool=escape(read["tool"]), place=escape(place)))
        if self.lang == "ja" and fact.note_ja:
            return self.row("note", escape(fact.note_ja))
        return self.row("note" if self.lang == "en" else "english_note", escape(fact.note))

    def _value(self, fact: Fact) -> Iterator[str]:
        """Yield the line with the values of a fact; a statement that simply holds has at most the day since when it does."""
        (since, value), *others = fact.series
        if value is not True or others:
            yield self.row("value", self.say("values_gap").join(self._series(fact)))
        elif since > BEFORE_MEMORY:
            yield self.row("available" if fact.kind == "feature" else "holds", since)

    def _series(self, fact: Fact) -> Iterator[str]:
        for since, value in fact.series:
            words = self.escaped(labelled(fact, value))
            yield words if since <= BEFORE_MEMORY else self.say("since", value=words, date=since)

    def _compared(self, role: Role, limit: Limit, value: Text) -> tuple[str, str]:
        """Return what is compared with a limit, and the limit; what a budget is compared with is a price."""
        if limit.field == _BUDGET:
            return f"Minimum monthly price: {value.en}", f"最低月額は {value.ja}"
        title = title_words(self.book, role.subject, limit.field)
        most = limit.relation == "at_most"
        en = f"{title.en}: {'at most' if most else 'at least'} {value.en}"
        return en, f"{title.ja}は {value.ja}{'以下' if most else '以上'}"

    def _limited(self, role: Role, limit: Limit) -> str:
        """Return a limit as text: the compared value, and its current limit."""
        fact = self.book.facts[limit.fact]
        value = fact_words(fact, fact.value(self.book.newest))
        en, ja = self._compared(role, limit, value)
        if limit.when:
            case = condition_words(self.book, role.subject, limit.when)
            en, ja = f"{en} (if {case.en})", f"{ja}（{in_case(case.ja)}）"
        return self.escaped(spaced(Text(en, ja)))

    def _property(self, role: Role, stated: Property) -> str:
        """Return a property as text, with the condition under which a service has it."""
        words = PROPERTIES[stated.name]
        if stated.when:
            case = condition_words(self.book, role.subject, stated.when)
            words = Text(f"{words.en} (if {case.en})", f"{words.ja}（{in_case(case.ja)}）")
        return self.escaped(spaced(words))

    def role(self, role: Role) -> Iterator[str]:
        """Yield the lines of a role under its heading."""
        yield self.say("role_of", subject=self.escaped(SUBJECTS[role.subject]))
        yield ""
        yield self.row("applies", self.escaped(condition_words(self.book, role.subject, role.when)))
        yield f"- **{self.say('candidates')}**"
        for at, service in enumerate(role.candidates, 1):
            yield f"  {at}. {self._candidate(role, service)}"
        yield from self._bands(role)
        for effect, words in RULES_THAT.items():
            rules = [rule for rule in self.book.rules_of(role.id) if rule.effect == effect]
            if rules:
                yield f"- **{self.escaped(words)}**"
                yield from (f"  - {self._rule_line(role, rule)}" for rule in rules)

    def _rule_line(self, role: Role, rule: Rule) -> str:
        """Return a rule in one line: the services, its condition, and a link to it."""
        services = self.escaped(names_words(self.book, rule.services))
        case = condition_words(self.book, role.subject, rule.when)
        condition = self.escaped(spaced(Text(case.en, in_case(case.ja))))
        if len(rule.when) > _MOST_IN_A_LINE:
            condition = self.say("several", count=len(rule.when))
        words = self.say("rule_of", services=services, condition=condition)
        return f"{words} {self.to('rule', rule.id, f'`{rule.id}`')}"

    def way(self, way: KnownWay) -> Iterator[str]:
        """Yield the lines of a documented alternative under its heading."""
        role = self.book.role(way.role)
        yield self.escaped(self._with_questions(role, way.way))
        yield ""
        yield self.row("price", self.escaped(self._with_questions(role, way.price)))
        yield self.row("role", self.to("role", role.id, self.escaped(role.title)))
        yield self.row("when", self.escaped(condition_words(self.book, role.subject, way.when)))
        withdrawn = {id: value for id, value in way.change.items() if value is None}
        changed = {id: value for id, value in way.change.items() if value is not None}
        words = [example_words(self.book, role.subject, changed)] if changed else []
        back = [title_words(self.book, role.subject, id) for id in withdrawn]
        words += [
            Text(f"{title.en}: {WORDS['taken_back'].en}", f"{title.ja}: {WORDS['taken_back'].ja}") for title in back
        ]
        yield self.row("change", self.say("values_gap").join(self.escaped(text) for text in words))
        yield self.row("source", self.source(way.source))

    def _with_questions(self, role: Role, text: Text) -> Text:
        """Return a text with the name of the question, in brackets, for each answer that it holds."""

        titles = {id: title_words(self.book, role.subject, id) for id in placeholders(text.en)}
        en = text.en.format(**{id: f"[{title.en}]" for id, title in titles.items()})
        ja = text.ja.format(**{id: f"[{title.ja}]" for id, title in titles.items()})
        return spaced(Text(en, ja))

    def _bands(self, role: Role) -> Iterator[str]:
        """Yield a table of the candidates' bands on each axis that the role places them on."""
        axes = [axis for axis in AXES if any(axis in placed for placed in role.bands.values())]
        if not axes:
            return
        yield ""
        yield self.say("bands_intro")
        yield ""
        yield f"| {self.say('bands')} | {' | '.join(self.escaped(AXES[axis]) for axis in axes)} |"
        yield f"| --- |{' --- |' * len(axes)}"
        for service in role.candidates:
            bands = [self._band(role, service, axis) for axis in axes]
            yield f"| {self.escaped(service_name(self.book, service))} | {' | '.join(bands)} |"
        yield ""

    def _band(self, role: Role, service: str, axis: str) -> str:
        """Return a candidate's rating on an axis, and on what it rests."""
        band = BANDS[role.bands.get(service, {}).get(axis, 0)]
        rationale = role.rationale.get(service, {}).get(axis)
        return self.escaped(Text(f"{band.en}: {rationale.en}", f"{band.ja}: {rationale.ja}") if rationale else band)

    def _candidate(self, role: Role, service: str) -> str:
        name = f"**{self.escaped(service_name(self.book, service))}**"
        in_catalogue = self.book.services.get(service)
        if in_catalogue and in_catalogue.lifecycle in LIFECYCLES:
            name += self.say("inside", words=self.escaped(LIFECYCLES[in_catalogue.lifecycle]))
        limits = [
            self.to("fact", limit.fact, self._limited(role, limit))
            for limit in (in_catalogue.limits if in_catalogue else ())
            if limit.role == role.id
        ]
        limits += [
            self.to("fact", stated.fact, self._property(role, stated))
            for stated in (in_catalogue.properties if in_catalogue else ())
            if stated.role == role.id
        ]
        limit_list = self.say("values_gap").join(limits)
        return name + (f"{self.say('colon')}{limit_list}" if limit_list else "")
