"""The appendix of a record: all answers, every option of every role with every reason, settings, budgets and sources."""

from collections.abc import Iterator
from typing import Any

from advisor.decision import Choice, Reason, SubjectDecision
from advisor.design import Design
from advisor.requirements.answers import WORKLOAD
from advisor.text import Lang
from renderers.adr.path import WORDS as PATH_WORDS
from renderers.adr.path import budget_rows, setting_rows
from renderers.adr.words import FOR_AND_AGAINST, WORDS
from renderers.adr.writer import Writer
from renderers.markdown import link
from renderers.record import NO_REQUIREMENT, Option, Record, answer_words


def appendix(design: Design, record: Record, lang: Lang) -> dict[str, Any]:
    """Return the values of the template."""
    return _Appendix(Writer(design, lang, WORDS | PATH_WORDS), record).values()


#: Reasons of a table, where each word counts, as whole sentences behind "because".
_WHOLE = {
    "suitable, but fewer": "it is suitable, but has fewer",
    "suitable, with": "it is suitable and has",
}


class _Appendix:
    def __init__(self, writer: Writer, record: Record) -> None:
        self.writer, self.record, self.words = writer, record, writer.words
        self.design, self.text = writer.design, writer.text
        self.names = {WORKLOAD: self.words["workload"]}
        self.names |= {s.id: self.text(s.title) for s in self.design.decision.subjects}

    def values(self) -> dict[str, Any]:
        design = self.design
        return {
            "w": self.words | {"made": self.writer.made()},
            "answers": [*self._answers()],
            "drivers": [*self._drivers()],
            "subjects": [self._subject(subject) for subject in design.decision.subjects],
            "warnings": [*self._warnings()],
            "triggers": [*self._triggers()],
            "assumptions": [*dict.fromkeys(self._assumptions())],
            "carrying": [*self._carrying()],
            "unused": self.text(design.unused_line),
            "settings": [*setting_rows(design, self.text)],
            "budgets": [*budget_rows(design, self.text, self.writer.lang)],
            "reading": [*dict.fromkeys(self._reading())],
        }

    def _answers(self) -> Iterator[dict[str, Any]]:
        requirements = self.design.requirements
        stated = [("workload", WORKLOAD, self.words["workload"], requirements.workload_stated)]
        stated += [(kind, s.id, self.text(s.name), s.stated) for kind, s in requirements.subjects()]
        for kind, subject, name, answers in stated:
            rows = [tuple(self.text(words) for words in answer_words(self.design, kind, subject, id)) for id in answers]
            if rows:
                yield {"heading": self.writer.heading(kind, name), "rows": rows}

    def _drivers(self) -> Iterator[tuple[str, ...]]:
        for answers in self.record.answers:
            effects = []
            for effect in answers.effects:
                names = self.writer.joined(effect.excluded)
                key = "excludes" if not effect.favours else "leads_out" if effect.excluded else "leads"
                chosen, role = self.text(effect.chosen), self.text(effect.role)
                effects.append(self.writer.said(key, role=role, chosen=chosen, names=names, also=""))
            yield self.writer.joined(answers.parts), self.writer.given(answers), self.words["semicolon"].join(effects)

    def _subject(self, subject: SubjectDecision) -> dict[str, Any]:
        name = self.text(subject.heading)
        options = {option.service: option for option in self._options(subject.id)}
        choices = [self._choice(choice, options) for choice in subject.choices]
        return {"name": name, "heading": self.writer.heading(subject.kind, name), "choices": choices}

    def _options(self, subject: str) -> Iterator[Option]:
        for role in self.record.roles:
            if subject in role.subjects:
                yield from role.others

    def _choice(self, choice: Choice, options: dict[str | None, Option]) -> dict[str, Any]:
        chosen = self.writer.name(choice.service)
        pinned = self.words["pinned"] if choice.pinned else ""
        judged = [{"name": chosen, "lines": [*self._for(choice)]}] if choice.service else []
        for rejected in choice.rejected:
            reasons = rejected.because
            if rejected.possible:
                option = options[rejected.service]
                reasons = (Reason(option.ground, option.reason, option.source),)
            verdict = "neutral" if rejected.possible else "excluded"
            lines = [self._verdict(verdict, reason) for reason in reasons]
            judged.append({"name": self.writer.name(rejected.service), "lines": lines})
        return {
            "role": self.text(self.design.book.role(choice.role).title),
            "chosen": f"**{chosen}**{pinned}" + ("" if choice.service else self.words["unmet"]),
            "judged": judged,
        }

    def _for(self, choice: Choice) -> Iterator[str]:
        yield from (self._verdict("good", reason) for reason in choice.because)
        yield from (self._verdict("bad", reason) for reason in choice.violates)
        in_catalogue = self.design.book.services.get(str(choice.service))
        if in_catalogue:
            yield self._verdict("neutral", Reason("not-when", in_catalogue.not_when))

    def _verdict(self, verdict: str, reason: Reason) -> str:
        words = FOR_AND_AGAINST[verdict].in_(self.writer.lang)
        sentence = self.writer.clause(reason.sentence)
        for short, whole in _WHOLE.items():
            if sentence.startswith(short):
                sentence = whole + sentence.removeprefix(short)
                break
        return words.format(sentence=sentence) + self.writer.cited(reason.source)

    def _warnings(self) -> Iterator[str]:
        decision = self.design.decision
        for conflict in decision.conflicts:
            yield self.words["conflict"].format(sentence=self.text(conflict.sentence))
        for warning in decision.warnings:
            sentence = self.text(warning.sentence) + self.writer.cited(warning.source)
            yield self.words["warning"].format(name=self.names[warning.subject], sentence=sentence)
        yield from (self.text(decided.sentence) for decided in decision.ranges)

    def _triggers(self) -> Iterator[tuple[str, ...]]:
        for one in self.record.triggers:
            parts, then = (
                self.writer.joined(one.parts),
                self.writer.joined([change.words for change in one.changes], "semicolon"),
            )
            signal = self.words["comma"].join(f"`{watch.alarm}`" for watch in one.watches) or "–"
            known = one.stated or one.now == NO_REQUIREMENT
            now = self.text(one.now) if known else self.words["now_assumed"].format(now=self.text(one.now))
            yield parts, self.text(one.question), self.text(one.threshold), now, then, signal

    def _assumptions(self) -> Iterator[tuple[str, str]]:
        """Yield each assumption with its part; an assumption about the workload holds for all parts and is named once."""
        for one in self.design.decision.assumptions:
            subject = WORKLOAD if one.field.startswith("workload.") else one.subject
            yield self.names[subject], self.text(one.sentence)

    def _carrying(self) -> Iterator[tuple[str, ...]]:
        for one in self.record.assumptions:
            parts, then = (
                self.writer.joined(one.parts),
                self.writer.joined([change.words for change in one.changes], "semicolon"),
            )
            yield parts, self.text(one.question), self.text(one.assumed), self.text(one.otherwise), then

    def _reading(self) -> Iterator[str]:
        from advisor.report.decision_report import services

        lang = self.writer.lang
        for id in services(self.design):
            for page in self.design.book.services[id].reading:
                yield link(page.title.in_(lang), page.url.in_(lang))
