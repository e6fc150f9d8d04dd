"""Flip points, counterfactuals and open questions as sentences that a client can read, in both languages."""

from collections.abc import Iterable
from typing import Any

from advisor.book import Book
from advisor.explanation.shown_values import round_duration
from advisor.explanation.wording import NOTHING, service_name, value_words
from advisor.requirements import Requirements
from advisor.requirements.answers import WORKLOAD
from advisor.requirements.demands import expanded
from advisor.sensitivity.analysis import FlipPoint, Relation
from advisor.sensitivity.cells import Cut, field_of
from advisor.sensitivity.counterfactual import WhyNot
from advisor.sensitivity.moves import Move
from advisor.sensitivity.sweep import Swept
from advisor.text import Text, spaced
from advisor.vocabulary import FIELDS
from advisor.vocabulary.amounts import Range, near_words
from advisor.vocabulary.demands import BY_FACT
from advisor.vocabulary.formats import clauses
from advisor.vocabulary.formats.beside import Beside
from advisor.vocabulary.schedule_expression import ZONE, time_zone

_HOUR_S = 3600.0
_DAY_S = 86400.0
_MONTH_S = 30 * _DAY_S
_NOT_THERE = Text("none", "なし")
_UNMET, _NOT_NEEDED = Text("no suitable service", "適合するサービスなし"), Text("not needed", "選定不要")
_WHOLE = Text("Workload", "ワークロード全体")
_AS_NOW, _ANY = Text("as now", "現在と同じ"), Text("any", "すべて")
_RELATIONS = {
    "above": Text("more than {value}", "{value}超"),
    "at_least": Text("at least {value}", "{value}以上"),
    "below": Text("less than {value}", "{value}未満"),
    "at_most": Text("at most {value}", "{value}以下"),
    "is": Text("{value}", "{value}"),
}


class Speaker:
    """Words the changes that would change a verdict, with the titles that the requirements give their subjects."""

    def __init__(self, requirements: Requirements, book: Book) -> None:
        self.book = book
        self.titles = {subject.id: subject.name for _, subject in requirements.subjects()}
        self.kinds = {subject.id: kind for kind, subject in requirements.subjects()}
        self._ranges = {subject.id: subject.ranges for _, subject in requirements.subjects()}
        self._ranges[WORKLOAD] = requirements.workload_ranges
        self._stated = {subject.id: subject.stated for _, subject in requirements.subjects()}
        self._stated[WORKLOAD] = requirements.workload_stated
        region = requirements.workload_answers.get("region", field_of("workload", "region").default)
        self._region_zone = time_zone(str(region))
        self._zones = {subject.id: subject.answers.get(ZONE) for _, subject in requirements.subjects()}
        self._own = {subject.id: expanded(subject.answers).keys() & BY_FACT for _, subject in requirements.subjects()}

    def title(self, subject: str) -> Text:
        """Return the name of a subject; `WORKLOAD` is the whole workload."""
        return self.titles.get(subject, _WHOLE)

    def field(self, subject: str, field: str) -> Text:
        """Return the name of a question about a subject."""
        return field_of(self._kind(subject), field).title

    def unit(self, subject: str, field: str) -> str:
        """Return the base unit of a question about a subject."""
        return field_of(self._kind(subject), field).unit

    def now(self, subject: str, field: str, value: Any) -> Text:
        """Return the current answer to a question as text, or the range."""
        answer = self._ranges.get(subject, {}).get(field, value)
        if not isinstance(answer, Range) and (said := self._said(subject, field, answer)) is not None:
            return said
        none = answer == 0 and not isinstance(answer, bool) and self.unit(subject, field) == "count"
        return NOTHING if none else self.value(subject, field, answer)

    def _said(self, subject: str, field: str, value: Any) -> Text | None:
        """Return an assumed duration as the open answer from which it follows, or rounded; None where it is neither."""
        ranges = self._ranges.get(subject, {})
        if (
            field in self._stated.get(subject, {})
            or not isinstance(value, int | float)
            or self.unit(subject, field) != "s"
        ):
            return None
        same = (one for one in ranges.values() if isinstance(one.reading, Beside) and one.reading == value)
        answer = next(same, None)
        return round_duration(value) if answer is None else self.value(subject, field, answer)

    def range_of(self, subject: str, field: str) -> Range | None:
        """Return the range with which a question was answered, if it was."""
        return self._ranges.get(subject, {}).get(field)

    def value(self, subject: str, field: str, value: Any) -> Text:
        """Return an answer in words."""
        zone = str(self._zones.get(subject) or self._region_zone)
        return _NOT_THERE if value is None else value_words(self.book, self._kind(subject), field, value, zone)

    def bound(self, subject: str, field: str, value: Any) -> Text:
        """Return a threshold in words.

        A duration of a month or more that is no whole number of days results from other durations: it is rounded to days.
        One with seconds beside hours is a limit of AWS, which AWS states in seconds.
        """
        worded = self.value(subject, field, value)
        if (
            self.unit(subject, field) == "s"
            and isinstance(value, int | float)
            and _HOUR_S < value < _DAY_S
            and value % 60
        ):
            return Text(f"{value:,.0f} s ({worded.en})", f"{value:,.0f} 秒（{worded.ja}）")
        if (
            self.unit(subject, field) != "s"
            or not isinstance(value, int | float)
            or value < _MONTH_S
            or not value % _DAY_S
        ):
            return worded
        days = self.value(subject, field, round(value / _DAY_S) * _DAY_S)
        return Text(f"about {days.en}", f"約 {days.ja}")

    def is_whole(self, subject: str, field: str) -> bool:
        """Return whether a question is the workload's and not this subject's."""
        if field in BY_FACT:
            return field not in self._own[subject]
        return all(own.id != field for own in FIELDS[self._kind(subject)])

    def _kind(self, subject: str) -> str:
        return "workload" if subject == WORKLOAD else self.kinds[subject]

    def move(self, move: Move) -> Text:
        """Return one role that changes its service: "Report, Compute: Amazon ECS → AWS Lambda"."""
        title, moved = self.title(move.subject), self.role_move(move)
        return Text(f"{title.en}, {moved.en}", f"{title.ja} / {moved.ja}")

    def role_move(self, move: Move) -> Text:
        """Return the change of a role without its subject: "Compute: Amazon ECS → AWS Lambda"."""
        role = self.book.role(move.role).title
        before, after = self._service(move.before, unmet=move.was_unmet), self._service(move.after, unmet=move.unmet)
        return Text(f"{role.en}: {before.en} → {after.en}", f"{role.ja}: {before.ja} → {after.ja}")

    def _service(self, service: str | None, *, unmet: bool) -> Text:
        """Return the service of a role, or that none fits, or that the role is not there."""
        if service is None:
            return _UNMET if unmet else _NOT_NEEDED
        return service_name(self.book, service)

    def moves(self, moves: Iterable[Move]) -> Text:
        """Return several moves in a row."""
        return clauses([self.move(move) for move in moves])

    def outcome(self, subject: str, moves: Iterable[Move]) -> Text:
        """Return the effect of a subject's answer; moves of the subject itself do not repeat its title."""
        listed = [*moves]
        if not listed:
            return _AS_NOW
        own = [self.role_move(move) if move.subject == subject else self.move(move) for move in listed]
        return clauses(own)

    def becoming(self, subject: str, moves: Iterable[Move]) -> Text:
        """Return changes of services as a clause with a verb: "Compute changes from Amazon ECS to AWS Lambda"."""
        worded = []
        for move in moves:
            title, role = self.title(move.subject), self.book.role(move.role).title
            en, ja = ("", "") if move.subject == subject else (f" of {title.en}", f"{title.ja}の")
            before, after = (
                self._service(move.before, unmet=move.was_unmet),
                self._service(move.after, unmet=move.unmet),
            )
            worded.append(
                Text(
                    f"{role.en}{en} changes from {before.en} to {after.en}",
                    f"{ja}{role.ja}が「{before.ja}」から「{after.ja}」に変わります",
                )
            )
        ja = "、".join(one.ja for one in worded).replace("に変わります、", "に、")
        return Text("; ".join(one.en for one in worded), ja)

    def stretch(self, swept: Swept, low: Cut | None, high: Cut | None) -> Text:
        """Return a range of a number's answers between two cuts: "more than 15 min, at most 1 h"."""
        if swept.field.unit == "count" and low and high and high.value - low.value == 1:
            return self.value(swept.subject, swept.field.id, low.value)
        if low and high and low.value == high.value:
            return self.value(swept.subject, swept.field.id, low.value)
        ends = []
        if low is not None:
            ends.append(self._end(swept, "above" if low.side else "at_least", low.value))
        if high is not None:
            ends.append(self._end(swept, "at_most" if high.side else "below", high.value))
        return Text(", ".join(end.en for end in ends), "、".join(end.ja for end in ends)) if ends else _ANY

    def _end(self, swept: Swept, relation: Relation, value: float) -> Text:
        worded, pattern = self.bound(swept.subject, swept.field.id, value), _RELATIONS[relation]
        en = pattern.en.format(value=worded.en).replace("at most about", "up to about")
        return spaced(Text(en, pattern.ja.format(value=worded.ja)))

    def condition(self, flip: FlipPoint, *, titled: bool = True) -> Text:
        """Return when a verdict flips: "Report, Longest run: at most 15 min (current answer: 20 min)"; the title can be left out."""
        at, now = self.bound(flip.subject, flip.field, flip.at), self.now(flip.subject, flip.field, flip.value)
        title, field = self.title(flip.subject), self.field(flip.subject, flip.field)
        relation = _RELATIONS[flip.relation]
        reached = Text(relation.en.format(value=at.en), relation.ja.format(value=at.ja))
        en, ja = (f"{title.en}, ", f"{title.ja} / ") if titled else ("", "")
        return spaced(
            Text(
                f"{en}{field.en}: {reached.en} (current answer: {now.en})",
                f"{ja}{field.ja}: {reached.ja}（現在の回答: {now.ja}）",
            )
        )

    def flip(self, flip: FlipPoint) -> Text:
        """Return a flip point with its changes."""
        when, moves = self.condition(flip), self.moves(flip.moves)
        return Text(f"{when.en}: {moves.en}", f"{when.ja}: {moves.ja}")

    def stop(self, swept: Swept, number: int) -> Text:
        """Return one cell of a number as the stop of a slider: its range, and the first service that changes in it."""
        cell, moves = swept.cells[number], swept.moves[number]
        stretch = self.stretch(swept, cell.low, cell.high)
        if not moves:
            return stretch
        after = self._service(moves[0].after, unmet=moves[0].unmet)
        return Text(f"{stretch.en} → {after.en}", f"{stretch.ja} → {after.ja}")

    def change(self, subject: str, field: str, value: Any, *, titled: bool = True) -> Text:
        """Return a changed answer: "Report, Longest run: 15 min"; the field "pins" takes a pin back."""
        title = self.title(subject)
        en, ja = (f"{title.en}, ", f"{title.ja} / ") if titled else ("", "")
        if field == "pins":
            role = self.book.role(str(value)).title
            return Text(f"{en}{role.en}: no service specified", f"{ja}{role.ja}: サービスの指定なし")
        name, worded = self.field(subject, field), self._changed(subject, field, value)
        return Text(f"{en}{name.en}: {worded.en}", f"{ja}{name.ja}: {worded.ja}")

    def changes(self, changes: Iterable[tuple[str, str, Any]], within: str = "") -> Text:
        """Return several changed answers in a row; those about the subject `within` do not repeat its title."""
        return clauses([self.change(*change, titled=change[0] != within) for change in changes])

    def why_not(self, counterfactual: WhyNot) -> Text:
        """Return the changes with which a service would be chosen for a role."""
        service, role, title = (
            service_name(self.book, counterfactual.service),
            self.book.role(counterfactual.role).title,
            self.title(counterfactual.subject),
        )
        en, ja = f"{role.en} of {title.en}: ", f"{title.ja} / {role.ja}: "
        if counterfactual.changes is None:
            return spaced(
                Text(
                    f"{en}no realistic change of up to four answers leads to {service.en}.",
                    f"{ja}回答を 4 つまで現実的な範囲で変更しても、{service.ja}は採用されません。",
                )
            )
        if not counterfactual.changes:
            return spaced(Text(f"{en}{service.en} is already chosen.", f"{ja}{service.ja}は既に採用されています。"))
        changes = self.changes(counterfactual.changes, within=counterfactual.subject)
        which = "this answer" if len(counterfactual.changes) == 1 else "these answers"
        return spaced(
            Text(
                f"{en}{service.en} would be chosen with {which}: {changes.en}.",
                f"{self._replaced(counterfactual)}に変更すると、{title.ja}の{role.ja}に{service.ja}が採用されます。",
            )
        )

    def _replaced(self, counterfactual: WhyNot) -> str:
        """Return in Japanese which answers are replaced by which: 「起動方法を「常時稼働」、パッケージ形態を「コード」」."""
        worded = []
        for subject, field, value in counterfactual.changes or ():
            of = "" if subject == counterfactual.subject else f"{self.title(subject).ja}の"
            if field == "pins":
                worded.append(f"{of}{self.book.role(str(value)).title.ja}のサービスの指定を「{_NOT_THERE.ja}」")
            else:
                worded.append(f"{of}{self.field(subject, field).ja}を「{self._changed(subject, field, value).ja}」")
        return "、".join(worded)

    def _changed(self, subject: str, field: str, value: Any) -> Text:
        """Return a changed answer in words; a number one unit beside a rounder one is said to be just above or below that."""
        worded, unit = self.value(subject, field, value), self.unit(subject, field)
        if isinstance(value, bool) or not isinstance(value, int | float) or unit in ("", "count"):
            return worded
        for end in (value - 1, value + 1):
            if end > 0 and len(self.value(subject, field, end).en) < len(worded.en) - 1:
                return near_words(Beside(value, end), unit)
        return worded
