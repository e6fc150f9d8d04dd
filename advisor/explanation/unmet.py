"""The sentences on candidates that a rule rules out by requiring other services."""

from typing import Any

from advisor.book import Rule
from advisor.book.condition import Atom
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
    atoms = _distinguishing(context, rule)
    answers = [_answer(context, atom.field) for atom in atoms]
    quoted = listed([Text(f'"{a.en}"', f"「{a.ja}」") for a in answers])
    able = listed([name_of(context.book, required) for required in rule.services])
    if len(rule.services) == 2:
        able = Text(able.en, able.ja.replace("、", "と"))
    are = Text("are" if len(rule.services) > 1 else "is", "")
    selected = len(atoms) == 1 and atoms[0].field in context.book.role_ids
    pattern = _ONLY_WITH if selected else _ONLY_TOGETHER if len(answers) > 1 else _ONLY
    return pattern, {"answers": Text(quoted.en, quoted.ja.replace("」、「", "」と「")), "able": able, "are": are}


# What needs no default and is too common to tell one component from another.
_USUAL = {"trigger": ("request",)}


def usual_answers(kind: str) -> dict[str, Any]:
    """Return the default of each question about a kind of subject, and the most common answer where there is no default."""
    return {field.id: field.default for field in FIELDS[kind]} | _USUAL


def _distinguishing(context: SubjectContext, rule: Rule) -> list[Atom]:
    """Return the comparisons that differ from the defaults, or all of them if none does."""
    usual = usual_answers(context.kind)
    comparisons = [atom for atom in rule.when if atom.operator != "not_in" and atom.value is not False]
    return (
        [atom for atom in comparisons if context.values[atom.field] != usual.get(atom.field)]
        or comparisons
        or list(rule.when)
    )


def _answer(context: SubjectContext, field: str) -> Text:
    title = title_words(context.book, context.kind, field)
    value = value_words(context.book, context.kind, field, context.values[field], zone_of(context.values))
    en = title.en if value.en == YES.en else f"{title.en}: {value.en}"
    return Text(en, f"{title.ja}: {value.ja}")
