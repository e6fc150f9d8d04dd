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
from blueprints.traits.outside_effects import acts_once, asked_by

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
    assert "PayEffectRecordsName" in infrastructure
    assert any(path.startswith("src/pay/partner.") for path in files)
    others = project(book, target, duplicates=True)
    assert not any("PAY_EFFECT_RECORDS" in text or path.startswith("src/pay/partner.") for path, text in others.items())


@pytest.mark.parametrize("compute", ["ecs", "eks"])
def test_containers_have_the_table_too(compute: str, book: Book) -> None:
    files = project(book, "sam", packaging="container-image", pins={"compute": compute})
    assert "PayEffectRecords:" in files["template.yaml"]
    assert 'message.read(received["Body"], "")' in files["src/pay/main.py"]


@pytest.mark.parametrize("target", TARGETS)
def test_the_table_outlives_its_stack_and_the_service_of_its_program(target: str, book: Book) -> None:
    files = project(book, target)
    infrastructure = "".join(text for path, text in files.items() if path.startswith(("template", "stacks/", "lib/")))
    made = {
        "sam": ("  PayEffectRecords:\n", "UpdateReplacePolicy: Retain"),
        "cdk-python": ("self.effect_records = dynamodb.Table(", "removal_policy=cdk.RemovalPolicy.RETAIN"),
        "cdk-typescript": ("this.effectRecords = new dynamodb.Table(", "removalPolicy: cdk.RemovalPolicy.RETAIN"),
    }
    start, kept = made[target]
    assert kept in infrastructure.partition(start)[2][:700]
    assert '`aws dynamodb delete-table --table-name "$PayEffectRecordsName"`' in files["README.md"]
    container = project(book, target, packaging="container-image", pins={"compute": "ecs"})
    assert any("PayEffectRecords" in text for path, text in container.items() if not path.endswith(".md"))


@pytest.mark.parametrize("carries", ["work", "records"])
@pytest.mark.parametrize("steps", [1, 3])
@pytest.mark.parametrize("longest", ["20 s", "10 min"])
def test_durable_functions_get_projects_too(carries: str, steps: int, longest: str, book: Book) -> None:
    answers = given(human_approval=True, steps=steps, longest_run_s=longest)
    answers["workload"] = {"priorities": ["simplicity"]}
    answers["channels"][0]["carries"] = carries
    if carries == "records":
        answers["components"][0]["trigger"] = "stream"
    design = advise(make_requirements(answers), book)
    (program,) = [node for node in design.architecture.nodes if acts_once(node)]
    assert asked_by(design.architecture, program).target == program.id
    assert b"EffectRecords" in blueprints.build(design, "sam", lang="en", extras={})["template.yaml"]


def test_a_pinned_durable_function_gets_a_project_too(book: Book) -> None:
    answers = given(pins={"compute": "lambda-durable"}, human_approval=True)
    design = advise(make_requirements(answers), book)
    (program,) = [node for node in design.architecture.nodes if acts_once(node)]
    assert design.architecture.node(program.id).settings.get("variant") == "lambda-durable"
    assert asked_by(design.architecture, program).verb == "call"
    assert permissions_of(plan_for(design))


@pytest.mark.parametrize(("lang", "words"), [("en", "to true"), ("ja", "true にすると")])
def test_the_readme_says_how_repetitions_are_allowed(lang: Lang, words: str, book: Book) -> None:
    (line,) = [one for one in project(book, "sam", lang)["README.md"].splitlines() if "RECOGNIZES_KEYS" in one]
    assert words in line


@pytest.mark.parametrize(("lang", "words"), [("en", "`EffectUnknown`"), ("ja", "`EffectUnknown`")])
def test_the_readme_says_how_to_correct_a_record(lang: Lang, words: str, book: Book) -> None:
    readme = project(book, "sam", lang)["README.md"]
    assert words in readme
    assert 'delete-item --table-name "$(output PayEffectRecordsName)"' in readme


def test_the_readme_does_not_promise_that_other_calls_happen_once(book: Book) -> None:
    readme = project(book, "sam", duplicates=True)["README.md"]
    assert "`src/pay` repeats such a call with each delivery" in readme
    assert "repeats such a call" not in project(book, "sam", duplicates=True, uses_secrets=False)["README.md"]
    assert "repeats such a call" not in project(book, "sam")["README.md"]


@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_the_place_of_the_call_says_that_nothing_paces_it(target: str, book: Book) -> None:
    files = project(book, target, waits_for="rate-limit", most_at_once=5)
    (place,) = [text for path, text in files.items() if path.startswith("src/pay/partner.")]
    assert "up to 5 are made at the same time" in place
    assert "does not enforce the rate limit" in files["README.md"]
    (place,) = [text for path, text in project(book, target).items() if path.startswith("src/pay/partner.")]
    assert "paces" not in place


def test_the_permission_is_named_and_justified(book: Book) -> None:
    table = permissions_of(plan_for(advise(make_requirements(given()), book)))
    (row,) = [row for row in table if any("EffectRecords" in one.template for one in row.resources)]
    assert (
        row.resources[0].words.en == "the DynamoDB table that records the calls of AWS Lambda (pay) to another system"
    )
    assert row.why.en == "Records calls to another system, so that each takes effect once"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "no step is compensated"), ("ja", "補償処理（完了したステップの取り消し）は行われません")],
)
def test_the_readme_says_that_nothing_is_compensated_meanwhile(lang: Lang, words: str, book: Book) -> None:
    assert words in project(book, "sam", lang, steps=3, compensation=True)["README.md"]
    assert words not in project(book, "sam", lang, steps=3)["README.md"]
