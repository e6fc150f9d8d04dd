"""Every rule's own examples: it fires where it says so, and stays quiet as near as possible beside it."""

import re
from typing import Any

import pytest

from advisor.book import Rule
from advisor.condition import holds
from advisor.derive import DERIVED, known
from advisor.requirements import make_requirements
from advisor.vocabulary import FIELDS
from rules import load_book

BOOK = load_book()
ROLE_IDS = {role.id for role in BOOK.roles}


def values_of(rule: Rule, example: dict[str, Any]) -> dict[str, Any]:
    """Return what is known in an example: its answers, defaults, and the derived facts and choices it states."""
    kind = BOOK.role(rule.role).subject
    fields = {field.id for field in FIELDS[kind]}
    answers = {key: value for key, value in example.items() if key in fields}
    workload = {key.removeprefix("workload."): value for key, value in example.items() if key.startswith("workload.")}
    requirements = make_requirements({"workload": workload, f"{kind}s": [{"id": "subject", **answers}]})
    values = known(requirements, kind, requirements.of_kind(kind)[0], {}).values
    stated = {key: tuple(value) if isinstance(value, list) else value for key, value in example.items()}
    return values | {key: value for key, value in stated.items() if key not in fields and "." not in key}


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_keeps_to_its_examples(rule: Rule) -> None:
    for example in rule.fires:
        assert holds(rule.when, values_of(rule, dict(example))), f"{rule.id} does not fire on {example}"
    for example in rule.quiet:
        assert not holds(rule.when, values_of(rule, dict(example))), f"{rule.id} fires on {example}"


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_speaks_of_known_facts(rule: Rule) -> None:
    kind = BOOK.role(rule.role).subject
    fields = {f.id for f in FIELDS[kind]} | {f"workload.{f.id}" for f in FIELDS["workload"]} | set(DERIVED) | ROLE_IDS
    assert {atom.field for atom in rule.when} <= fields
    compared = {atom.field for atom in rule.when}
    for text in (rule.because.en, rule.because.ja):
        assert set(re.findall(r"{([a-z_.]+)}", text)) <= compared, "a sentence may only name what the rule compares"
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", rule.because.ja)
    assert rule.source.url.startswith("https://")
