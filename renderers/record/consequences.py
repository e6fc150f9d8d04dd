"""Consequences of a decision: advantages and drawbacks of the chosen services, and open points."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.budgets.words import allowed_words, headroom_words, load_words, quantity_title, way
from advisor.decision import Source
from advisor.design import Design
from advisor.explanation.firmness import firmness
from advisor.explanation.wording import service_name
from advisor.requirements.answers import WORKLOAD
from advisor.text import Text, spaced
from renderers.record.doubtful_answers import doubtful_answers
from renderers.record.options import GOOD_POINTS, Option, RoleOptions, axis_words

#: Less than this share of a budget left is a drawback.
TIGHT = 0.2
_OPEN = ("budget-open",)
#: How the ids of warnings of exceeded limits begin.
_EXCEEDED = "budget-"
#: The role of what runs containers; fewer points than this for operations are considerable work.
_ENGINE, _SOME_WORK = "engine", 2
_GOOD = {
    "operations": Text(
        "{names} require less operational effort than the second choice",
        "{names}は、要件を満たす次点の選択肢より運用負荷が小さくなります",
    ),
    "cost": Text(
        "{names} have a better cost rating than the second choice",
        "{names}は、要件を満たす次点の選択肢よりコスト面で優れています",
    ),
    "latency": Text(
        "{names} have lower latency than the second choice",
        "{names}は、要件を満たす次点の選択肢よりレイテンシーが小さくなります",
    ),
    "portability": Text(
        "{names} make the workload more portable to other platforms than the second choice does",
        "{names}は、要件を満たす次点の選択肢より他の基盤に移行しやすくなります",
    ),
    "simplicity": Text(
        "{names} keep the architecture simpler than the second choice",
        "{names}は、要件を満たす次点の選択肢より構成が単純になります",
    ),
    "reliability": Text(
        "{names} are more reliable than the second choice",
        "{names}は、要件を満たす次点の選択肢より信頼性が高くなっています",
    ),
}
#: Without another suitable option, the rating stands for itself.
_RATED = Text("{{names}} have 3 points or more for {axis}", "{{names}}は、{axis}の評価点が 3 点以上です")
_BAD = {
    "operations": Text("{names} require considerable operational effort", "{names}を使うと運用負荷が高くなります"),
    "cost": Text("{names} have the lowest cost rating (0 points)", "{names}は、コストの評価が × です"),
    "latency": Text("{names} have higher latency", "{names}を使うとレイテンシーが大きくなります"),
    "portability": Text(
        "{names} make the workload harder to move off AWS", "{names}を使うと、AWS 以外の基盤への移行が難しくなります"
    ),
    "simplicity": Text("{names} make the architecture more complex", "{names}により構成が複雑になります"),
    "reliability": Text("{names} are less reliable", "{names}を使うと信頼性が下がります"),
}
_ONE = {
    "require": "requires", "have": "has", "keep": "keeps", "are": "is", "make": "makes",
}  # fmt: skip
#: How the English name of a service ends that is a plural.
_PLURAL = ("groups", "functions", "Functions", "Instances")
_TIGHT = Text(
    "the connection {way} is only {share} below a limit, which a small increase exceeds ({kind}: {have} of {allowed})",
    "接続「{way}」は、{kind}が上限{allowed}に対して{have}で、余裕が {share} しかないため、わずかな増加で上限を超えます",
)
_VIOLATES = Text(
    "{service} was specified for {part} but does not meet the requirements. {sentence}",
    "{part}に指定された{service}は要件を満たしません。{sentence}",
)


@dataclass(frozen=True, slots=True)
class Consequence:
    """One sentence or clause about some parts (none: about all that it names), and its source.

    `exceeded` is set where a load exceeds a limit: with this, the design does not work.
    """

    parts: tuple[Text, ...]
    sentence: Text
    source: Source | None = None
    exceeded: bool = False


def consequences(
    design: Design, roles: tuple[RoleOptions, ...]
) -> tuple[tuple[Consequence, ...], tuple[Consequence, ...]]:
    """Return the merits and the drawbacks of the chosen services; a drawback that has to be acted on comes first."""
    good = _merits([role for role in roles if not _runs_under_work(role, roles)])
    bad = [
        *_violations(design),
        *_warnings(design),
        *_tight(design),
        *_of_axes(roles, _BAD, _is_bad),
    ]
    return tuple(good), tuple(dict.fromkeys(bad))


def _merits(roles: Sequence[RoleOptions]) -> list[Consequence]:
    """Return the merits: on which axes services are better than what else fits, or well rated where nothing else fits."""
    compared = [role for role in roles if _next(role) is not None]
    better = [*_of_axes(compared, _GOOD, _is_good)]
    rated = {axis: _filled(_RATED, axis=axis_words(axis)) for axis in _GOOD}
    return better or [*_of_axes(roles, rated, _is_good)]


def _next(role: RoleOptions) -> Option | None:
    return next((one for one in role.others if one.standing == "behind"), None)


def _runs_under_work(role: RoleOptions, roles: Iterable[RoleOptions]) -> bool:
    """Return whether a platform runs below a compute service that takes work itself: its own rating says only half of it."""
    computes = (one.chosen.points for one in roles if one.role == "compute" and set(one.subjects) & set(role.subjects))
    return role.role == _ENGINE and any(points.get("operations", GOOD_POINTS) < _SOME_WORK for points in computes)


def _is_good(axis: str, role: RoleOptions) -> bool:
    """Return whether the chosen option is good on an axis, and better there than the next option that fits, if one does."""
    own, after = role.chosen.points[axis], _next(role)
    return own >= GOOD_POINTS and (after is None or after.points.get(axis, 0) < own)


def _is_bad(axis: str, role: RoleOptions) -> bool:
    return role.chosen.points[axis] == 0


def open_questions(design: Design) -> tuple[Consequence, ...]:
    """Return the open points of a decision: conflicts, points that cannot be evaluated yet, and ranges in which it changes."""
    decision, titles = design.decision, _titles(design)
    found = [Consequence((titles[conflict.subject],), conflict.sentence) for conflict in decision.conflicts]
    found += [Consequence(_parts(titles, w.subject), w.sentence) for w in decision.warnings if w.id in _OPEN]
    found += [Consequence((titles[subject],), sentence) for subject, sentence in doubtful_answers(design)]
    found += [Consequence((), decided.sentence) for decided in decision.ranges if not decided.holds]
    if design.analysis.holds is None:
        found.append(Consequence((), firmness(design.analysis)))
    return tuple(found)


def _titles(design: Design) -> dict[str, Text]:
    return {subject.id: subject.title for subject in design.decision.subjects}


def _parts(titles: dict[str, Text], subject: str) -> tuple[Text, ...]:
    return () if subject == WORKLOAD else (titles[subject],)


def _violations(design: Design) -> Iterator[Consequence]:
    for subject in design.decision.subjects:
        for choice in subject.choices:
            for reason in choice.violates:
                texts = {
                    "service": service_name(design.book, choice.service),
                    "part": subject.title,
                    "sentence": reason.sentence,
                }
                yield Consequence((), _filled(_VIOLATES, **texts), reason.source)


def _warnings(design: Design) -> Iterator[Consequence]:
    """Yield the warnings, those of limits that are exceeded before the others: with these, the design does not work."""
    titles, found = _titles(design), dict[Text, Consequence]()
    for warning in sorted(design.decision.warnings, key=lambda warning: not warning.id.startswith(_EXCEEDED)):
        if warning.id not in _OPEN:
            exceeded = warning.id.startswith(_EXCEEDED)
            known = found.get(warning.sentence, Consequence((), warning.sentence, warning.source, exceeded))
            parts = (*known.parts, *_parts(titles, warning.subject))
            found[warning.sentence] = replace(known, parts=tuple(dict.fromkeys(parts)))
    yield from found.values()


def _tight(design: Design) -> Iterator[Consequence]:
    """Yield loads close to an AWS limit, without exceeded limits, which are warnings, and adjustable settings."""
    for edge in design.architecture.edges:
        for budget in edge.budgets:
            if budget.ok and budget.headroom < TIGHT and budget.source in design.book.facts:
                texts = {
                    "way": way(design.architecture, budget),
                    "kind": quantity_title(budget),
                    "share": Text.same(headroom_words(budget)),
                    "have": load_words(budget),
                    "allowed": allowed_words(budget),
                }
                yield Consequence((), _filled(_TIGHT, **texts))


def _of_axes(
    roles: Sequence[RoleOptions], patterns: dict[str, Text], rated: Callable[[str, RoleOptions], bool]
) -> Iterator[Consequence]:
    """Yield a clause for each axis on which chosen services are rated so in all of their roles."""
    for axis, pattern in patterns.items():
        placed = [role for role in roles if axis in role.chosen.points]
        unlike = {role.chosen.service for role in placed if not rated(axis, role)}
        named = {role.chosen.service: role.chosen.name for role in placed if role.chosen.service not in unlike}
        names = list(named.values())
        if names:
            en = f"{', '.join(name.en for name in names[:-1])} and {names[-1].en}" if len(names) > 1 else names[0].en
            plural = len(names) > 1 or names[0].en.endswith(_PLURAL)
            clause = pattern.en if plural else _singular(pattern.en)
            listed = Text(en, "、".join(name.ja for name in names))
            yield Consequence((), _filled(Text(clause, pattern.ja), names=listed))


def _singular(clause: str) -> str:
    first, verb, rest = clause.split(" ", 2)
    return f"{first} {_ONE[verb]} {rest}"


def _filled(pattern: Text, **texts: Text) -> Text:
    en, ja = ({key: text.in_(lang) for key, text in texts.items()} for lang in ("en", "ja"))
    return spaced(Text(pattern.en.format(**en), pattern.ja.format(**ja)))
