"""Effects on other systems happen once: each target has the table, its permission and its name, and the README is true."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for

TARGETS = [target.id for target in blueprints.TARGETS]


def given(*, duplicates: bool = False, **component: Any) -> dict[str, Any]:
    """Return the requirements of payouts at a partner."""
    pay = {"id": "pay", "trigger": "message", "listens_to": "payouts", "uses_secrets": True, "writes": ["ledger"]}
    return {
        "components": [{**pay, **component}],
        "channels": [{"id": "payouts", "carries": "work", "duplicates_ok": duplicates}],
        "stores": [{"id": "ledger", "access": "key-value"}],
    }


def project(book: Book, target: str, lang: Lang = "en", **changed: Any) -> dict[str, str]:
    found = blueprints.build(advise(make_requirements(given(**changed)), book), target, lang=lang, extras={})
    return {path: found[path].decode() for path in found if path.endswith((".md", ".py", ".ts", ".yaml"))}


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_has_the_table_and_its_name_in_the_environment(target: str, book: Book) -> None:
    files = project(book, target)
    infrastructure = "".join(text for path, text in files.items() if path.startswith(("template", "stacks/", "lib/")))
    assert "PAY_EFFECT_RECORDS" in infrastructure
    assert "RecordEffects" in infrastructure
    assert "PayFunctionEffectsTableName" in infrastructure
    assert any(path.startswith("src/pay/partner.") for path in files)
    others = project(book, target, duplicates=True)
    assert not any("PAY_EFFECT_RECORDS" in text or path.startswith("src/pay/partner.") for path, text in others.items())


@pytest.mark.parametrize("compute", ["ecs", "eks"])
def test_containers_have_the_table_too(compute: str, book: Book) -> None:
    files = project(book, "sam", packaging="container-image", pins={"compute": compute})
    assert "EffectsTable:" in files["template.yaml"]
    assert 'message.read(received["Body"], "")' in files["src/pay/main.py"]


@pytest.mark.parametrize(("lang", "words"), [("en", "`EffectUnknown`"), ("ja", "`EffectUnknown`")])
def test_the_readme_says_how_to_correct_a_record(lang: Lang, words: str, book: Book) -> None:
    readme = project(book, "sam", lang)["README.md"]
    assert words in readme
    assert 'delete-item --table-name "$(output PayFunctionEffectsTableName)"' in readme


def test_the_readme_does_not_promise_that_other_calls_happen_once(book: Book) -> None:
    readme = project(book, "sam", duplicates=True)["README.md"]
    assert "`src/pay` would repeat such a call with each delivery" in readme
    assert "would repeat" not in project(book, "sam", duplicates=True, uses_secrets=False)["README.md"]
    assert "would repeat" not in project(book, "sam")["README.md"]


@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_the_place_of_the_call_says_that_nothing_paces_it(target: str, book: Book) -> None:
    files = project(book, target, waits_for="rate-limit", most_at_once=5)
    (place,) = [text for path, text in files.items() if path.startswith("src/pay/partner.")]
    assert "up to 5 are made at the same time" in place
    assert "does not keep the rate limit" in files["README.md"]
    (place,) = [text for path, text in project(book, target).items() if path.startswith("src/pay/partner.")]
    assert "paces" not in place


def test_the_permission_is_named_and_justified(book: Book) -> None:
    table = permissions_of(plan_for(advise(make_requirements(given()), book)))
    (row,) = [row for row in table if any("EffectsTable" in one.template for one in row.resources)]
    assert row.resources[0].words.en == "the DynamoDB table of effects of AWS Lambda (pay) on another system"
    assert row.why.en == "Records effects on another system, so that each happens once"
