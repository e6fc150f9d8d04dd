"""The sentences on candidates that a rule rules out by requiring other services."""

from collections.abc import Sequence
from typing import Any

from advisor.book import Rule
from advisor.book.condition import Atom, Condition
from advisor.decision import Reason
from advisor.explanation.subject_context import Pattern, SubjectContext, name_of
from advisor.explanation.wording import title_words, value_words
from advisor.text import Text, spaced
from advisor.vocabulary import FIELDS
from advisor.vocabulary.field import YES
from advisor.vocabulary.formats import listed
from advisor.vocabulary.schedule_expression import zone_of

_ONLY = Pattern(
    "For the requirement {answers}, only {able} {are} considered.",
    "要件{answers}には、{able}だけを候補とします。",
)
_ONLY_TOGETHER = Pattern(
    "For the combination of {answers}, only {able} {are} considered.",
    "{answers}の組み合わせには、{able}だけを候補とします。",
)
_ONLY_WITH = Pattern(
    "With the selected service {answers}, only {able} {are} considered.",
    "選定済みの{answers}には、{able}だけを組み合わせます。",
)


def unmet_reason(context: SubjectContext, rule: Rule) -> Reason:
    """Return the sentence on a candidate that a rule rules out by requiring others: what they lack, else who is considered.

    The rule's own sentence is a reason for the services that it requires, not one against the others.
    """
    sentence = context.filled(rule.others) if rule.others else _requirement(context, rule)
    return Reason(rule.id, sentence, rule.source)


def _requirement(context: SubjectContext, rule: Rule) -> Text:
    """Return the services that a rule requires, without those it excludes: 'For "Access: By key", only … is considered.'"""
    pattern, texts = _required(context, rule)
    return spaced(pattern.format(**texts))


def _required(context: SubjectContext, rule: Rule) -> tuple[Pattern, dict[str, Text]]:
    """Return the sentence on a requirement, and in words the services and the answers or selected services that require them."""
    atoms = telling(context, rule.when)
    answers = [answer_words(context, atom.field) for atom in atoms]
    able = listed([name_of(context.book, required) for required in rule.services])
    if len(rule.services) == 2:
        able = Text(able.en, able.ja.replace("、", "と"))
    are = Text("are" if len(rule.services) > 1 else "is", "")
    selected = len(atoms) == 1 and atoms[0].field in context.book.role_ids
    pattern = _ONLY_WITH if selected else _ONLY_TOGETHER if len(answers) > 1 else _ONLY
    return pattern, {"answers": quoted_answers(answers), "able": able, "are": are}


def quoted_answers(answers: Sequence[Text]) -> Text:
    """Return answers in quotation marks, one after the other."""
    quoted = listed([Text(f'"{a.en}"', f"「{a.ja}」") for a in answers])
    return Text(quoted.en, quoted.ja.replace("」、「", "」と「"))


# What needs no default and is too common to tell one component from another.
_USUAL = {"trigger": ("request",)}


def usual_answers(kind: str) -> dict[str, Any]:
    """Return the default of each question about a kind of subject, and the most common answer where there is no default."""
    return {field.id: field.default for field in FIELDS[kind]} | _USUAL


def telling(context: SubjectContext, when: Condition) -> list[Atom]:
    """Return the comparisons that differ from the defaults, or all of them if none does."""
    usual = usual_answers(context.kind)
    comparisons = [atom for atom in when if atom.operator != "not_in" and atom.value is not False]
    return (
        [atom for atom in comparisons if context.values[atom.field] != usual.get(atom.field)]
        or comparisons
        or list(when)
    )


def answer_words(context: SubjectContext, field: str) -> Text:
    """Return an answer with its question: "Access: By key"."""
    title = title_words(context.book, context.kind, field)
    answered = context.decided.subject.ranges.get(field, context.values[field])
    value = value_words(context.book, context.kind, field, answered, zone_of(context.values))
    en = title.en if value.en == YES.en else f"{title.en}: {value.en}"
    return Text(en, f"{title.ja}: {value.ja}")
