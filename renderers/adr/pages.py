"""The two pages of a decision record: deciding answers, options with one reason each, consequences, review triggers."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from advisor.architecture.callers import stated_callers_only
from advisor.book import AXES
from advisor.decision import SubjectDecision
from advisor.design import Design
from advisor.text import Lang, Text
from advisor.vocabulary.formats import date, listed
from renderers import mermaid
from renderers.adr.page_words import HEADS, PAGE_WORDS
from renderers.adr.phrases import legend, signal
from renderers.adr.writer import Writer
from renderers.markdown import image
from renderers.record import (
    NO_REQUIREMENT,
    Consequence,
    DecisiveAnswers,
    Option,
    OptionGroup,
    Record,
    ReviewTrigger,
    RoleOptions,
    grouped,
    named_first,
    opposing_answers,
    points_words,
    shortened,
)
from renderers.record.service_changes import ServiceChange

#: The longest graph, in lines, that is embedded: a longer one is unreadable on a page in portrait.
LONGEST_GRAPH = 20
_ANSWERS, _TRIGGERS, _ASSUMPTIONS, _GOOD, _BAD, _OPEN = 6, 5, 5, 3, 4, 3
_BECAUSE, _LONGEST_REASON, _LONGEST_CHOSEN = 3, 130, 160
_NAMES, _LIMITS, _CHANGES = 3, 3, 2
#: How many lines of alternatives a role has, by how many roles there are to compare.
_ALTERNATIVES = ((3, 3), (5, 2))
_BLANK = "–"
#: The questions whose metric does not tell requests from responses.
_EITHER = ("request_bytes", "response_bytes")


def pages(design: Design, record: Record, lang: Lang, picture: str | None, *, full: bool) -> dict[str, Any]:
    """Return the values of the template."""
    return _Pages(Writer(design, lang, PAGE_WORDS), record, full=full).values(picture)


def too_large(graph: str) -> bool:
    """Return whether a graph is unreadable on a page."""
    return graph.count("\n") > LONGEST_GRAPH


class Shown(NamedTuple):
    """The visible rows of a table, and the number of omitted ones as text."""

    rows: Sequence[tuple[str, ...]]
    more: str


class _Pages:
    def __init__(self, writer: Writer, record: Record, *, full: bool) -> None:
        self.full, self.where = full, writer.words["in_appendix" if full else "left_out"]
        self.writer, self.record, self.words = writer, record, writer.words
        self.design = writer.design
        self.contested = [role for role in record.roles if role.contested]
        self.axes = [axis for axis in AXES if any(axis in role.axes for role in self.contested)]

    def values(self, picture: str | None) -> dict[str, Any]:
        design, writer, words = self.design, self.writer, self.words
        title = writer.text(design.requirements.title) or words["title"]
        return {
            "w": words
            | {
                "status": words["status"].format(book=design.book.version, date=date(design.as_of).in_(writer.lang)),
                "confirm_recheck": words["confirm_recheck"].format(date=design.as_of),
            },
            "date": design.as_of,
            "title": words["titled"].format(title=title),
            "picture": self._picture(picture),
            "summary": writer.text(design.requirements.summary),
            "question": writer.said(
                "question", parts=writer.text(listed([s.heading for s in design.decision.subjects]))
            ),
            "drivers": self._drivers(),
            "limits": [*self._limits()],
            "legend": legend(writer, self.axes),
            "axes": [writer.text(HEADS[axis]) for axis in self.axes],
            "options": [*self._options()],
            "more_options": self._left_out(),
            "outcomes": [*self._outcomes()],
            "consequences": [*self._consequences()],
            "triggers": self._triggers(),
            "assumptions": self._assumptions(),
            "open": [*self._open()],
            "full": self.full,
        }

    def _picture(self, path: str | None) -> str:
        """Return the picture.

        Without a drawing a small graph is embedded, since pages of Markdown draw Mermaid. A larger one takes more lines
        than the reasons, and becomes too small to read, so a file of its own is named instead.
        """
        if path is not None:
            title = self.design.requirements.title.in_(self.writer.lang) or self.words["title"]
            return image(self.words["picture"].format(title=title), path)
        graph = mermaid.graph(stated_callers_only(self.design.architecture), self.writer.lang)
        return self.words["draw"] if too_large(graph) else f"```mermaid\n{graph}```"

    def _few(self, texts: Sequence[Text], most: int = _NAMES) -> str:
        """Return a few names, and how many more there are."""
        rest = len(texts) - most
        if rest <= 0:
            return self.writer.text(listed(texts))
        return self.writer.said("and_more", names=self.writer.joined(texts[:most]), count=rest)

    def _named(self, parts: Sequence[Text]) -> str:
        """Return a few parts, all of them where only one more would be left out."""
        return self._few(parts, max(_NAMES, len(parts) if len(parts) == _NAMES + 1 else 0))

    def _more(self, key: str, count: int) -> str:
        return self.words[key].format(count=count, where=self.where) if count > 0 else ""

    def _drivers(self) -> Shown:
        answers = self._shown_answers()
        rest = len(self.record.answers) - len(answers)
        return Shown([self._driver(answer) for answer in answers], self._more("more_answers", rest))

    def _shown_answers(self) -> Sequence[DecisiveAnswers]:
        """Return the first answers that speak for a service, or exclude one whose reason is among the shown options."""
        nearest = [(role.title, group) for role in self.contested for group in self._nearest(role)]
        shown = {(title, name) for title, group in nearest for name in group.names[:_NAMES]}
        telling = [
            answers
            for answers in self.record.answers
            if any(one.favours or any((one.role, name) in shown for name in one.excluded) for one in answers.effects)
        ]
        return (telling or self.record.answers)[:_ANSWERS]

    def _driver(self, answers: DecisiveAnswers) -> tuple[str, ...]:
        text = self.writer.text
        effects = []
        for effect in answers.effects:
            key = "excludes" if not effect.favours else "leads_out" if effect.excluded else "leads"
            names = self._few(effect.excluded, 2)
            supposed = text(listed(effect.supposed)) if effect.supposed else ""
            also = self.words["leads_also"].format(assumed=supposed) if supposed else ""
            said = self.writer.said(key, role=text(effect.role), chosen=text(effect.chosen), names=names, also=also)
            effects.append(said)
        return self._named(answers.parts), self.writer.given(answers), self.words["semicolon"].join(effects[:2])

    def _limits(self) -> Iterator[str]:
        """Yield the stated limits of each part that none of the shown answers names."""
        shown = {place for answers in self._shown_answers() for place in answers.places}
        for limits in self.record.limits[:_LIMITS]:
            pairs = zip(limits.places, limits.given, strict=True)
            given = [said for place, said in pairs if place not in shown]
            if given:
                yield self.words["limits_of"].format(part=self.writer.text(limits.part), limits=self._in_line(given))
        if len(self.record.limits) > _LIMITS:
            yield self._more("more_limits", len(self.record.limits) - _LIMITS)

    def _options(self) -> Iterator[tuple[str, ...]]:
        """Yield the chosen option of each role, and those that come nearest; parts with the same rows share them."""
        words, text = self.words, self.writer.text
        parts: dict[tuple[tuple[str, ...], ...], list[Text]] = {}
        for role in self.contested:
            chosen = words["chosen"].format(reason=self._reason(role.chosen))
            own = text(role.chosen.name), text(role.title), *self._marks(role.chosen), chosen
            rows = [
                (self._few(group.names), *self._marks(*group.options), self._reason(group))
                for group in self._nearest(role)
            ]
            parts.setdefault((own, *rows), []).extend(role.parts)
        for ((name, title, *cells), *nearest), of in parts.items():
            yield words["for"].format(name=name, role=title, parts=self._named([*dict.fromkeys(of)])), *cells
            yield from nearest

    def _reason(self, option: Option | OptionGroup) -> str:
        most = _LONGEST_CHOSEN if option.standing == "chosen" else _LONGEST_REASON
        return self.writer.text(shortened(option.reason, most)) + self.writer.cited(option.source)

    def _nearest(self, role: RoleOptions) -> tuple[OptionGroup, ...]:
        most = next((lines for roles, lines in _ALTERNATIVES if len(self.contested) <= roles), 1)
        return grouped(role.others)[: most if role.axes else 1]

    def _left_out(self) -> str:
        shown = sum(len(group.options) for role in self.contested for group in self._nearest(role))
        return self._more("more_options", sum(len(role.others) for role in self.contested) - shown)

    def _marks(self, *options: Option) -> list[str]:
        """Return the points of an option on each axis; an excluded one is not compared, and several have none in common."""
        rated = len(options) == 1 and options[0].standing != "excluded"
        points = options[0].points if rated else {}
        return [self.writer.text(points_words(points[axis])) if axis in points else _BLANK for axis in self.axes]

    def _outcomes(self) -> Iterator[str]:
        """Yield the services of the parts and the most influential answers behind them; parts that share these share a line."""
        parts: dict[tuple[str, str], list[str]] = {}
        for subject in self.design.decision.subjects:
            named = self.words["outcome_parts"].format(part=self.writer.text(subject.heading))
            parts.setdefault(self._outcome(subject), []).append(named)
        for (services, given), names in parts.items():
            key = "chosen_because" if given else "chosen_is"
            yield self.words[key].format(parts=self.words["comma"].join(names), services=services, answers=given)

    def _outcome(self, subject: SubjectDecision) -> tuple[str, str]:
        text, words = self.writer.text, self.words
        services = words["comma"].join(
            self.writer.said(
                "service_of",
                service=self.writer.name(choice.service),
                role=text(self.design.book.role(choice.role).title),
            )
            for choice in subject.choices
        )
        about = [a for a in self.record.answers if any(subject.id in effect.subjects for effect in a.effects)]
        # First what speaks for a chosen service, then what only excludes others; what speaks for others decides nothing here.
        about.sort(key=lambda a: not any(subject.id in effect.subjects and effect.favours for effect in a.effects))
        opposing = opposing_answers(self.design, subject.id)
        given = dict.fromkeys(pair for one in about for pair in one.given if pair not in opposing)
        answers = [*given][:_BECAUSE]
        return services, self._in_line(answers)

    def _in_line(self, given: Sequence[tuple[Text, Text]]) -> str:
        """Return questions with their answers within a line."""
        text, words = self.writer.text, self.words
        return words["between_answers"].join(
            words["answer_of"].format(question=text(question), answer=text(answer)) for question, answer in given
        )

    def _consequences(self) -> Iterator[str]:
        good, bad = self.record.good, self.record.bad
        yield from (self._consequence("good", one) for one in good[:_GOOD])
        yield from (self._consequence("bad", one) for one in bad[:_BAD])
        if len(bad) > _BAD:
            yield self._more("more_bad", len(bad) - _BAD)

    def _consequence(self, key: str, one: Consequence) -> str:
        of_part = one.parts and key == "bad"
        part_key = "exceeded" if one.exceeded else "of_part"
        sentence = self.writer.text(one.sentence) if of_part else self.writer.clause(one.sentence)
        stop = "" if sentence.endswith((".", "。")) else "." if self.writer.lang == "en" else "。"
        worded = self.words[part_key if of_part else key].format(sentence=sentence + stop, part=self._named(one.parts))
        return worded + self.writer.cited(one.source)

    def _triggers(self) -> Shown:
        triggers = self.record.triggers
        near = [trigger for trigger in triggers if not trigger.far and not trigger.vague]
        near = (near or [trigger for trigger in triggers if not trigger.far])[:_TRIGGERS]
        return Shown(
            [self._trigger(trigger) for trigger in near], self._more("more_triggers", len(triggers) - len(near))
        )

    def _trigger(self, trigger: ReviewTrigger) -> tuple[str, ...]:
        text = self.writer.text
        reached = self.writer.said(
            "triggered",
            part=self._named(trigger.parts),
            question=text(trigger.question),
            threshold=text(trigger.threshold),
        )
        now = text(trigger.now)
        known = trigger.stated or trigger.now == NO_REQUIREMENT
        now = now if known else self.words["now_assumed"].format(now=now)
        return (
            reached,
            now,
            self._changes(trigger.changes),
            signal(self.writer, trigger.watches, either=trigger.field in _EITHER),
        )

    def _changes(self, changes: Sequence[ServiceChange]) -> str:
        few = len(changes) <= _CHANGES
        shown = self.writer.joined([change.words for change in (changes if few else changes[:_CHANGES])], "semicolon")
        return shown if few else self.writer.said("more_changes", changes=shown, count=len(changes) - _CHANGES)

    def _assumptions(self) -> Shown:
        text, found = self.writer.text, named_first(self.record.assumptions, _ASSUMPTIONS)
        rows = [
            (
                self._named(one.parts),
                text(one.question),
                text(one.assumed),
                text(one.otherwise),
                self._changes(one.changes),
            )
            for one in found[:_ASSUMPTIONS]
        ]
        return Shown(rows, self._more("more_assumptions", sum(len(one.parts) for one in found[_ASSUMPTIONS:])))

    def _open(self) -> Iterator[str]:
        text, words = self.writer.text, self.words
        yield words["open_decider"]
        exceeded = dict.fromkeys(part for one in self.record.bad if one.exceeded for part in one.parts)
        if exceeded:
            yield self.writer.said("open_exceeded", parts=self._few([*exceeded]))
        for one in self.record.assumptions[:1]:
            key = "open_first_unanswered" if one.assumed == NO_REQUIREMENT else "open_first"
            yield self.writer.said(
                key, part=self._named(one.parts), question=text(one.question), assumed=text(one.assumed)
            )
        for question in self.record.open_questions[:_OPEN]:
            part = f"{self._named(question.parts)}{words['colon']}" if question.parts else ""
            yield part + text(question.sentence)
