"""The sentence on a choice that no rule speaks for: what leaves only some candidates, and what puts one before the next."""

from collections.abc import Iterator

from advisor.book.condition import Atom
from advisor.decision import Reason
from advisor.explanation.axis_words import higher_on
from advisor.explanation.subject_context import Pattern, SubjectContext, name_of
from advisor.explanation.unmet import answer_words, quoted_answers, telling
from advisor.explanation.wording import field_of
from advisor.text import Text, spaced
from advisor.verdict import Chosen
from advisor.verdict.rule_matrix import Entry
from advisor.vocabulary.formats import listed

#: How many answers a sentence names, those first that exclude the most candidates.
_MOST_ANSWERS = 2

_ONLY = Pattern("The only candidate that meets the requirements is {first}.", "要件を満たすのは{first}だけです。")
_ONLY_FOR = Pattern(
    "The only candidate that meets the requirements, including {answers}, is {first}.",
    "{answers}などの要件を満たす候補は{first}だけです。",
)
_HIGHER = Pattern(
    "{first} rates higher than {next} on {axes}.",
    "{first}は、{next}より{axes}の評価が高いため採用しました。",
)
_HIGHER_FOR = Pattern(
    "Of the candidates that meet the requirements, including {answers}, {first} rates better on {axes} than the runner-up, {next}.",
    "{answers}などの要件を満たす候補のうち、次点の{next}より{axes}の評価が高い{first}を採用しました。",
)
_LEVEL = Pattern(
    "{first} has the same total rating as {next}, and comes first in the default order of preference.",
    "{first}と{next}の評価は同点のため、デフォルトの優先順位で{first}を採用しました。",
)
_LEVEL_FOR = Pattern(
    "Of the candidates that meet the requirements, including {answers}, {first} and {next} have the same total rating, and {first} comes "
    "first in the default order of preference.",
    "{answers}などの要件を満たす候補のうち、{first}と{next}の評価は同点のため、デフォルトの優先順位で{first}を採用しました。",
)
# What sets two candidates apart that are rated alike in total, so that a reader sees which priority would decide.
_APART = Pattern(
    "{first} and {next} have the same total rating: {first} rates better on {axes}, {next} on {others}. The stated priorities do not decide "
    "between them, so {first}, which comes first in the default order of preference, is used. If {others} should decide, state this as "
    "the priority or specify {next}.",
    "{first}と{next}の総合評価は同点です。{first}は{axes}、{next}は{others}の評価が高くなっています。回答された優先事項では決まらないため、"
    "デフォルトの優先順位で{first}を採用しました。{others}を重視する場合は、優先事項として回答するか、{next}を指定してください。",
)
_APART_FOR = Pattern(
    "Of the candidates that meet the requirements, including {answers}, {first} and {next} have the same total rating: {first} rates better on "
    "{axes}, {next} on {others}. The stated priorities do not decide between them, so {first}, which comes first in the default order of "
    "preference, is used. If {others} should decide, state this as the priority or specify {next}.",
    "{answers}などの要件を満たす候補のうち、{first}と{next}の総合評価は同点です。{first}は{axes}、{next}は{others}の評価が高くなっています。回答された優先事項では"
    "決まらないため、デフォルトの優先順位で{first}を採用しました。{others}を重視する場合は、優先事項として回答するか、{next}を指定してください。",
)
_TOGETHER = Pattern(
    "{next} alone would be preferred, but with it at least one other role would have no suitable service.",
    "単独では{next}が優先されますが、それを選ぶと別の選定項目で要件を満たすサービスがなくなります。",
)
_TOGETHER_SPECIFIED = Pattern(
    "{next} alone would be preferred, but with it another role would have no suitable service, or its specified service would violate a "
    "requirement.",
    "単独では{next}が優先されますが、それを選ぶと、別の選定項目で要件を満たすサービスがなくなるか、指定したサービスが要件に反します。",
)


def before_the_next(context: SubjectContext, chosen: Chosen) -> Iterator[Reason]:
    """Yield why a service was chosen and not the next best candidate; nothing where its role has no other candidate."""
    service, ranked = str(chosen.service), chosen.outcome.ranked
    if chosen.pinned or len(chosen.table.role.candidates) < 2 or service not in ranked:
        return
    answers = _excluding_answers(context, chosen)
    texts = {"first": name_of(context.book, service), "answers": quoted_answers(answers)}
    if len(ranked) == 1:
        yield Reason("only-candidate", spaced((_ONLY_FOR if answers else _ONLY).format(**texts)))
        return
    yield Reason("before-the-next", spaced(_ahead(context, chosen, service, texts, narrowed=bool(answers))))


def _ahead(context: SubjectContext, chosen: Chosen, service: str, texts: dict[str, Text], *, narrowed: bool) -> Text:
    """Return what puts a service before the next candidate: another role, its ratings, or the order of the role."""
    outcome = chosen.outcome
    other = chosen.passed[0] if chosen.passed else next(s for s in outcome.ranked if s != service)
    texts = {**texts, "next": name_of(context.book, other)}
    if chosen.passed:
        specified = any(other.pinned for other in context.decided.chosen)
        return (_TOGETHER_SPECIFIED if specified else _TOGETHER).format(**texts)
    own, its = outcome.axes[service], outcome.axes[other]
    higher, lower = higher_on(own, its), higher_on(its, own)
    if outcome.scores[service] == outcome.scores[other] and higher and lower:
        return (_APART_FOR if narrowed else _APART).format(axes=listed(higher), others=listed(lower), **texts)
    if outcome.scores[service] == outcome.scores[other] or not higher:
        return (_LEVEL_FOR if narrowed else _LEVEL).format(**texts)
    return (_HIGHER_FOR if narrowed else _HIGHER).format(axes=listed(higher), **texts)


def _excluding_answers(context: SubjectContext, chosen: Chosen) -> list[Text]:
    """Return the answers of the user that exclude the other candidates, those first that exclude the most."""
    left = {s for s in chosen.table.role.candidates if s not in chosen.outcome.ranked}
    entries = [entry for entry in chosen.table.entries_of(chosen.fired) if entry.against and _stated(context, entry)]
    answers: dict[str, Text] = {}
    while len(answers) < _MOST_ANSWERS and entries:
        entry = max(entries, key=lambda entry: len(left & {*entry.against}))
        if not left & {*entry.against}:
            break
        left -= {*entry.against}
        answers |= {atom.field: answer_words(context, atom.field) for atom in _stated(context, entry)}
    return [*answers.values()][:_MOST_ANSWERS]


def _stated(context: SubjectContext, entry: Entry) -> list[Atom]:
    """Return the comparisons for which a limit or rule excludes candidates, if all of them are with what the user answered."""
    atoms = telling(context, entry.when)
    answered = context.decided.subject.answers
    return atoms if all(atom.field in answered and field_of(context.kind, atom.field) for atom in atoms) else []
