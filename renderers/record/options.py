"""The options of each role: the chosen one and every other, each with one reason of its own and its marks on the axes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from advisor.book import AXES, Role
from advisor.decision import Choice, Reason, Rejected, Source, SubjectDecision
from advisor.design import Design
from advisor.explanation.axis_words import AXIS_TITLES
from advisor.explanation.wording import service_name
from advisor.text import EMPTY, Text, capitalized, spaced
from advisor.verdict import Chosen, SubjectVerdict
from advisor.verdict.fact_words import describe
from advisor.vocabulary.formats import listed
from renderers.record.answers import assumed_conditions

Standing = Literal["chosen", "behind", "excluded"]
#: Marks for 0, 1, 2 and from 3 points on an axis, as Japanese readers know them.
_MARKS = "×△○◎"
#: The points from which a rating is good.
GOOD_POINTS = len(_MARKS) - 1

#: What is counted in favor of little work is called after the work.
_AXES = {"operations": Text("operations", "運用負荷の軽さ"), "suitability": Text("fit with the answers", "適合度")}

_BEHIND = Text(
    "Suitable, but fewer points for {axes}.",
    "必須の要件は満たしますが、{axes}の評価点が採用案を下回ります。",
)
_BEHIND_AND_AHEAD = Text(
    "Suitable, but fewer points for {axes}; more for {ahead}.",
    "必須の要件は満たしますが、{axes}の評価点が採用案を下回ります。{ahead}の評価点は採用案を上回ります。",
)
#: What the rating of an axis rests on, and an axis with its points where they offset those of another axis.
_RESTS = Text(" {axis}: {rationale}.", "{axis}の評価の理由: {rationale}。")
_ALONE = Text("{axis} ({rationale})", "{axis}（{rationale}）")
_AXIS = Text("{axis} ({own} instead of {best})", "{axis}（採用案 {best} 点に対し {own} 点）")
_NOT_RATED = Text("{axis} (none instead of {best})", "{axis}（採用案 {best} 点に対し該当なし）")
_WEIGHED = Text(
    "Suitable, but fewer points under the stated priorities, {priorities} ({own}, chosen: {best}).",
    "必須の要件は満たしますが、指定された優先事項（{priorities}）での評価点（{own} 点）が採用案（{best} 点）を下回ります。",
)
#: With the total of its points no lower than that of the chosen option, an option is behind because of what comes first.
_PRIORITIES_FIRST = Text(
    "Suitable, with {own} points in total (chosen: {best}), but {later} for {priorities}, which come first (chosen: {first}).",
    "必須の要件を満たし、評価点の合計は {own} 点（採用案 {best} 点）ですが、先に比べる優先事項（{priorities}）の評価点は {later} 点で、"
    "採用案の {first} 点を下回ります。",
)
_RULES_FIRST = Text(
    "Suitable, with {own} points in total (chosen: {best}), but a decision rule prefers the chosen option for the reason stated "
    "for it, and rules come before points.",
    "必須の要件を満たし、評価点の合計は {own} 点（採用案 {best} 点）ですが、採用案には、その理由欄に示した優先の判定ルールが該当します。"
    "判定ルールは評価点より先に比べます。",
)
_LEVEL = Text(
    "It meets the requirements and has the same ratings. The default order of preference decides.",
    "必須の要件を満たし、評価点も採用案と同じです。デフォルトの優先順位により、別の候補を採用しました。",
)
_LEVEL_IN_TOTAL = Text(
    "It meets the requirements with the same total of points, so the default order of preference decides. The points differ "
    "for {axes}.",
    "必須の要件を満たし、評価点の合計も採用案と同じため、デフォルトの優先順位により別の候補を採用しました。評価点が異なるのは{axes}です。",
)
_PINNED = Text(
    "It would also be suitable, but the requirements specify another service.",
    "このサービスも適合しますが、要件で別のサービスが指定されています。",
)
_NOTHING = Text("No service fits.", "適合するサービスがありません。")


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate of a role with the one reason for or against it; `points` are its points by axis, in the order of the axes.

    `ground` is the id of the rule or fact behind the reason: options with the same ground are rejected alike.
    """

    service: str | None
    name: Text
    standing: Standing
    reason: Text
    source: Source | None
    ground: str
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RoleOptions:
    """The options of one role of the parts in `subjects` that share the same result: the chosen one and the others.

    The others are in the order in which a reader asks for them: those that fit, those that a number or a demand excludes,
    the rest by their score.
    """

    subjects: tuple[str, ...]
    parts: tuple[Text, ...]
    role: str
    title: Text
    chosen: Option
    others: tuple[Option, ...]
    axes: tuple[str, ...]

    @property
    def contested(self) -> bool:
        """Whether there was anything to choose from."""
        return bool(self.others)


def axis_title(axis: str) -> Text:
    """Return the column title of an axis; more points are better."""
    return capitalized(axis_words(axis))


def role_options(design: Design) -> tuple[RoleOptions, ...]:
    """Return the options of every role of a design; parts with the same options and reasons share an entry."""
    merged: dict[object, RoleOptions] = {}
    for subject in design.decision.subjects:
        for choice in subject.choices:
            options = _options(design, subject, choice)
            key = (options.role, _shape(options.chosen), *map(_shape, options.others))
            known = merged.get(key)
            merged[key] = (
                options
                if known is None
                else replace(known, subjects=known.subjects + options.subjects, parts=known.parts + options.parts)
            )
    return tuple(merged.values())


def grounds(roles: Iterable[RoleOptions]) -> dict[tuple[str, str, str | None], str]:
    """Return the rule or fact behind the reason against each candidate that is excluded, by subject, role and candidate."""
    return {
        (subject, one.role, option.service): option.ground
        for one in roles
        for option in one.others
        if option.standing == "excluded"
        for subject in one.subjects
    }


def _shape(option: Option) -> tuple[object, ...]:
    return option.service, option.standing, option.reason, tuple(option.points.items())


def _options(design: Design, subject: SubjectDecision, choice: Choice) -> RoleOptions:
    verdict = design.verdict.subjects[subject.id]
    decided = verdict.of_role(choice.role)
    axes = tuple(axis for axis in AXES if any(axis in placed for placed in decided.outcome.axes.values()))
    others = [_other(design, choice, decided, verdict, rejected) for rejected in choice.rejected]
    return RoleOptions(
        subjects=(subject.id,),
        parts=(subject.heading,),
        role=choice.role,
        title=design.book.role(choice.role).title,
        chosen=_chosen(design, choice, decided),
        others=tuple(sorted(others, key=lambda option: _order(design, decided, option))),
        axes=axes,
    )


def _order(design: Design, decided: Chosen, option: Option) -> tuple[int, int, int]:
    by_number = option.ground in design.book.facts
    place = 0 if option.standing == "behind" else 1 if by_number else 3 if option.service == "none" else 2
    score = decided.outcome.scores.get(str(option.service), (0, 0))
    return place, -score[0], -score[1]


def _chosen(design: Design, choice: Choice, decided: Chosen) -> Option:
    reason = next(iter(choice.because), Reason("nothing", _NOTHING))
    return Option(
        service=choice.service,
        name=service_name(design.book, choice.service),
        standing="chosen",
        reason=reason.sentence,
        source=reason.source,
        ground=reason.id,
        points=_points(decided, choice.service),
    )


def _other(design: Design, choice: Choice, decided: Chosen, subject: SubjectVerdict, rejected: Rejected) -> Option:
    reason = _behind(design, choice, decided, rejected) if rejected.possible else None
    reason = reason or _telling(design, decided, subject, _own_reasons(choice, rejected))
    return Option(
        service=rejected.service,
        name=service_name(design.book, rejected.service),
        standing="behind" if rejected.possible else "excluded",
        reason=reason.sentence,
        source=reason.source,
        ground=reason.id,
        points=_points(decided, rejected.service),
    )


def _telling(design: Design, decided: Chosen, subject: SubjectVerdict, reasons: tuple[Reason, ...]) -> Reason:
    """Return the reason that rests on the fewest assumptions, and among those the first."""
    entries = decided.table.entries_of(decided.fired)
    assumed = {entry.id: assumed_conditions(design, subject, entry) for entry in entries}
    return min(reasons, key=lambda reason: assumed.get(reason.id, 0))


def _own_reasons(choice: Choice, rejected: Rejected) -> tuple[Reason, ...]:
    """Return the specific reason against a rejected option, otherwise the requirement that only the chosen one meets."""
    for_chosen = {reason.id for reason in choice.because}
    return tuple(reason for reason in rejected.because if reason.id not in for_chosen) or rejected.because


def _behind(design: Design, choice: Choice, decided: Chosen, rejected: Rejected) -> Reason | None:
    """Return the axes on which a suitable option has fewer points, or None if it was not chosen for another reason."""
    if rejected.service in decided.passed or choice.service is None:
        return None
    if choice.pinned:
        return Reason("pinned-ahead", _PINNED)
    scores = decided.outcome.scores
    if scores[rejected.service] == scores[choice.service]:
        apart = [*_apart(decided, choice.service, rejected.service)]
        return Reason("tie", spaced(_filled(_LEVEL_IN_TOTAL, axes=listed(apart))) if apart else _LEVEL)
    own, best = scores[rejected.service], scores[choice.service]
    if own[0] < best[0] and own[1] >= best[1]:
        totals = {"own": Text.same(str(own[1])), "best": Text.same(str(best[1]))}
        if not design.verdict.answers.workload.get("priorities"):
            return Reason("order", spaced(_filled(_RULES_FIRST, **totals)))
        before = {"first": Text.same(str(best[0])), "later": Text.same(str(own[0])), "priorities": _priorities(design)}
        return Reason("order", spaced(_filled(_PRIORITIES_FIRST, **totals, **before)))
    if (said := _outscored(design.book.role(choice.role), decided, choice.service, rejected.service)) is not None:
        return Reason("order", said)
    weighed = {"own": Text.same(str(own[0])), "best": Text.same(str(best[0]))}
    return Reason("order", spaced(_filled(_WEIGHED, **weighed, priorities=_priorities(design))))


def _priorities(design: Design) -> Text:
    """Return the stated priorities."""
    return describe("workload", "priorities", design.verdict.answers.workload.get("priorities"))[1]


def _apart(decided: Chosen, chosen: str, service: str) -> Iterator[Text]:
    """Yield the axes on which the points of a service and of the chosen one differ, with both."""
    best, own = decided.outcome.axes[chosen], decided.outcome.axes[service]
    for axis in (axis for axis in AXES if own.get(axis, 0) != best.get(axis, 0)):
        points = {"own": Text.same(str(own.get(axis, 0))), "best": Text.same(str(best.get(axis, 0)))}
        yield _filled(_AXIS if axis in own else _NOT_RATED, axis=axis_words(axis), **points)


def _outscored(role: Role, decided: Chosen, chosen: str, service: str) -> Text | None:
    """Return on which axes a service has fewer points than the chosen one, and on what the lowest rests; None for no axis."""
    best, own = decided.outcome.axes[chosen], decided.outcome.axes[service]
    lower = [axis_words(axis) for axis in AXES if own.get(axis, 0) < best.get(axis, 0)]
    if not lower:
        return None
    higher = [axis_words(axis) for axis in AXES if own.get(axis, 0) > best.get(axis, 0)]
    rests, after = _rests(role, decided, chosen, service), EMPTY
    if rests is not None and len(lower) == 1:
        lower = [_filled(_ALONE, axis=rests[0], rationale=rests[1])]
    elif rests is not None:
        after = _filled(_RESTS, axis=capitalized(rests[0]), rationale=rests[1])
    said = _filled(_BEHIND_AND_AHEAD if higher else _BEHIND, axes=listed(lower), ahead=listed(higher))
    return spaced(Text(said.en + after.en, said.ja + after.ja))


def _rests(role: Role, decided: Chosen, chosen: str, service: str) -> tuple[Text, Text] | None:
    """Return the axis on which the book places a service furthest behind the chosen one, with what its rating rests on."""
    best, own, said = decided.outcome.axes[chosen], decided.outcome.axes[service], role.rationale.get(service, {})
    placed = role.bands.get(chosen, {})
    gaps = {axis: placed.get(axis, 0) - role.bands[service][axis] for axis in AXES if axis in said}
    furthest = max(gaps, key=gaps.__getitem__, default=None)
    if furthest is None or gaps[furthest] <= 0 or own.get(furthest, 0) >= best.get(furthest, 0):
        return None
    return axis_words(furthest), said[furthest]


def axis_words(axis: str) -> Text:
    """Return an axis within a sentence: what is counted in favor of little work is called after the work."""
    return _AXES.get(axis, AXIS_TITLES[axis])


def _filled(pattern: Text, **texts: Text) -> Text:
    en, ja = ({key: text.in_(lang) for key, text in texts.items()} for lang in ("en", "ja"))
    return Text(pattern.en.format(**en), pattern.ja.format(**ja))


def _points(decided: Chosen, service: str | None) -> dict[str, int]:
    points = decided.outcome.axes.get(str(service), {})
    return {axis: points[axis] for axis in AXES if axis in points}


def points_words(points: int) -> Text:
    """Return points on an axis as a cell of a table: a number, in Japanese a mark, with the number above the best mark."""
    best = points > GOOD_POINTS
    return Text(str(points), _MARKS[min(points, GOOD_POINTS)] + (f"（{points}）" if best else ""))
