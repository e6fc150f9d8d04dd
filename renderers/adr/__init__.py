"""The decision as an architecture decision record: MADR 4.0.0 in Markdown, in either language."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from advisor.decision import Choice, Reason, Rejected, Source, SubjectDecision
from advisor.design import Design
from advisor.explanation.wording import service_name
from advisor.requirements.answers import WORKLOAD
from advisor.text import Lang, Text
from advisor.verdict.fact_words import describe
from renderers.adr.path import WORDS as PATH_WORDS
from renderers.adr.path import budget_rows, setting_rows
from renderers.adr.words import FOR_AND_AGAINST, WORDS
from renderers.markdown import escape, link, within

_KINDS = {
    "workload": Text("workload", "ワークロード全体"),
    "component": Text("component", "コンポーネント"),
    "channel": Text("channel", "チャネル"),
    "store": Text("store", "ストア"),
}


def own_reasons(choice: Choice, rejected: Rejected) -> tuple[Reason, ...]:
    """Return what speaks against a rejected option by itself; where nothing does, what only the chosen one meets."""
    for_chosen = {reason.id for reason in choice.because}
    return tuple(reason for reason in rejected.because if reason.id not in for_chosen) or rejected.because


def adr(design: Design, lang: Lang) -> bytes:
    """Return the record of a design's decision as a Markdown file in `lang`."""
    page: str = _template().render(_Record(design, lang).page())
    return page.encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("renderers.adr", "."),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("adr.md.j2")


class _Record:
    """Turns a design into the values of the template; every text of a user or a rule is escaped."""

    def __init__(self, design: Design, lang: Lang) -> None:
        self.design, self.lang = design, lang
        self.words = {key: text.in_(lang) for key, text in (WORDS | PATH_WORDS).items()}

    def page(self) -> dict[str, Any]:
        """Return the values of the template."""
        design = self.design
        provenance = self.words["made"].format(book=design.book.version, date=design.as_of)
        title = self._escaped(design.requirements.title) or self.words["title"]
        return {
            "w": self.words
            | {"made": provenance, "confirmation_text": self.words["confirm"].format(date=design.as_of)},
            "date": design.as_of,
            "title": self.words["titled"].format(title=title),
            "summary": self._escaped(design.requirements.summary),
            "answers": [*self._answers()],
            "drivers": [*dict.fromkeys(self._drivers())],
            "subjects": [self._subject(subject) for subject in design.decision.subjects],
            "consequences": [*self._consequences()],
            "unused": self._escaped(design.unused_line),
            "settings": [*setting_rows(design, self._escaped)],
            "budgets": [*budget_rows(design, self._escaped, self.lang)],
            "reading": [*dict.fromkeys(self._reading())],
        }

    def _escaped(self, text: Text) -> str:
        return escape(text.in_(self.lang))

    def _name(self, service: str | None) -> str:
        return self._escaped(service_name(self.design.book, service))

    def _heading(self, kind: str, name: str) -> str:
        return self.words["heading"].format(name=name, kind=_KINDS[kind].in_(self.lang))

    def _answers(self) -> Iterator[dict[str, Any]]:
        requirements = self.design.requirements
        stated: list[tuple[str, str, Any]] = [("workload", self.words["workload"], requirements.workload_stated)]
        stated += [(kind, self._escaped(s.name), s.stated) for kind, s in requirements.subjects()]
        for kind, name, answers in stated:
            rows = [self._described(kind, id, value) for id, value in answers.items()]
            if rows:
                yield {"heading": self._heading(kind, name), "rows": rows}

    def _described(self, kind: str, id: str, value: Any) -> tuple[str, str]:
        title, words = describe(kind, id, value)
        return self._escaped(title), self._escaped(words)

    def _drivers(self) -> Iterator[str]:
        """Give the stated answers that the reasons for and against rest on."""
        requirements = self.design.requirements
        subjects = {subject.id: subject for _, subject in requirements.subjects()}
        for decided in self.design.decision.subjects:
            for choice in decided.choices:
                for field in self._fields(choice):
                    if field.removeprefix("workload.") in requirements.workload_answers and "." in field:
                        name, value = self.words["workload"], requirements.workload_stated[field[9:]]
                    elif field in subjects[decided.id].answers:
                        name, value = self._escaped(decided.title), subjects[decided.id].stated[field]
                    else:
                        continue
                    question, answer = self._described(decided.kind, field, value)
                    yield self.words["driver"].format(name=name, question=question, answer=answer)

    def _fields(self, choice: Choice) -> Iterator[str]:
        book = self.design.book
        reasons = [(choice.service, reason) for reason in (*choice.because, *choice.violates)]
        reasons += [(rejected.service, reason) for rejected in choice.rejected for reason in rejected.because]
        rules = {rule.id: rule for rule in book.rules_of(choice.role)}
        for service, reason in reasons:
            if reason.id in rules:
                yield from (atom.field for atom in rules[reason.id].when)
            elif in_catalogue := book.services.get(str(service)):
                limits = (
                    limit for limit in in_catalogue.limits if (limit.role, limit.fact) == (choice.role, reason.id)
                )
                yield from (limit.field for limit in limits)
                if any((p.role, p.fact) == (choice.role, reason.id) for p in in_catalogue.properties):
                    yield from ("must", "workload.must", "start_within_s")

    def _subject(self, subject: SubjectDecision) -> dict[str, Any]:
        name = self._escaped(subject.heading)
        choices = [self._choice(choice) for choice in subject.choices]
        return {"name": name, "heading": self._heading(subject.kind, name), "choices": choices}

    def _choice(self, choice: Choice) -> dict[str, Any]:
        chosen = self._name(choice.service)
        pinned = self.words["pinned"] if choice.pinned else ""
        because = self.words["gap"].join(self._reason(reason) for reason in choice.because)
        judged = [{"name": chosen, "lines": [*self._for(choice)]}] if choice.service else []
        judged += [
            {
                "name": self._name(rejected.service),
                "lines": [
                    self._verdict("neutral" if rejected.possible else "bad", reason)
                    for reason in own_reasons(choice, rejected)
                ],
            }
            for rejected in choice.rejected
        ]
        return {
            "role": self._escaped(self.design.book.role(choice.role).title),
            "options": [self._name(s) for s in self.design.book.role(choice.role).candidates],
            "chosen": f"**{chosen}**{pinned}",
            "because": self.words["chosen_because"].format(because=because) if because else self.words["unmet"],
            "judged": judged,
        }

    def _for(self, choice: Choice) -> Iterator[str]:
        yield from (self._verdict("good", reason) for reason in choice.because)
        yield from (self._verdict("bad", reason) for reason in choice.violates)
        in_catalogue = self.design.book.services.get(str(choice.service))
        if in_catalogue:
            yield self._verdict("neutral", Reason("not-when", in_catalogue.not_when))

    def _verdict(self, verdict: str, reason: Reason) -> str:
        words = FOR_AND_AGAINST[verdict].in_(self.lang)
        sentence = self._escaped(reason.sentence)
        if self.lang == "en":
            sentence = within(sentence, self._proper())
        return words.format(sentence=sentence) + self._cited(reason.source)

    def _proper(self) -> frozenset[str]:
        return frozenset(word for s in self.design.book.services.values() for word in s.name.en.split())

    def _reason(self, reason: Reason) -> str:
        return self._escaped(reason.sentence) + self._cited(reason.source)

    def _cited(self, source: Source | None) -> str:
        if source is None:
            return ""
        page_link = link(self.words["source"], source.url)
        return self.words["cited"].format(link=page_link, date=escape(source.checked))

    def _consequences(self) -> Iterator[str]:
        decision = self.design.decision
        names = {WORKLOAD: self.words["workload"]} | {s.id: self._escaped(s.title) for s in decision.subjects}
        for conflict in decision.conflicts:
            yield self.words["conflict"].format(sentence=self._escaped(conflict.sentence))
        for subject in decision.subjects:
            for choice in subject.choices:
                for reason in choice.violates:
                    yield self.words["violates"].format(
                        name=names[subject.id], service=self._name(choice.service), sentence=self._reason(reason)
                    )
        for warning in decision.warnings:
            sentence = self._escaped(warning.sentence) + self._cited(warning.source)
            yield self.words["warning"].format(name=names[warning.subject], sentence=sentence)
        for decided in decision.ranges:
            yield self._escaped(decided.sentence)
        for a in decision.assumptions:
            yield self.words["assumed"].format(name=names[a.subject], sentence=self._escaped(a.sentence))

    def _reading(self) -> Iterator[str]:
        from advisor.report.decision_report import services

        for id in services(self.design):
            for page in self.design.book.services[id].reading:
                yield link(page.title.in_(self.lang), page.url.in_(self.lang))
