"""Functions whose cold starts are not tolerated: which resume from a snapshot, and what the README says of the others."""

from typing import Any

import pytest
import yaml

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.generation import build
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from prove.readback.languages import in_any_language
from prove.readback.stack import Owner, Resource, Stack

COLD = {"cold_start_ok": False}
CHARGED, CONFIGURED = "snapshot of each published version", "Before you go live, set it on the alias `live`"


def raw(*, access: str = "key-value", region: str = "eu-west-1", **answers: Any) -> dict[str, Any]:
    shop = {"id": "shop", "trigger": "request", "reads": ["orders"], "pins": {"compute": "lambda"}, **answers}
    store = {"id": "orders", "access": access}
    return {"workload": {"region": region}, "components": [shop], "stores": [store]}


def snapshot_of(book: Book, requirements: dict[str, Any]) -> Any:
    """Return the snapshot setting of the only function of a stack; None without one."""
    scope = stack_of(plan_for(advise(make_requirements(requirements), book)), "en")
    (function,) = [r for r in scope.resources.values() if r["Type"] == "AWS::Serverless::Function"]
    return function["Properties"].get("SnapStart")


def files_of(book: Book, requirements: dict[str, Any], target: str, lang: Lang = "en") -> dict[str, str]:
    built = build(advise(make_requirements(requirements), book), target, lang=lang, extras={})
    return {path: content.decode() for path, content in built.items() if path.endswith((".md", ".yaml", ".py", ".ts"))}


@pytest.mark.parametrize("answers", [{}, {"language": "java"}, {"disk_mib": 512.0}])
def test_a_function_that_must_not_start_cold_resumes_from_a_snapshot(book: Book, answers: dict[str, Any]) -> None:
    assert snapshot_of(book, raw(**COLD, **answers)) == {"ApplyOn": "PublishedVersions"}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {**COLD, "language": "nodejs"},
        {**COLD, "packaging": "container-image"},
        {**COLD, "disk_mib": 513.0},
        {**COLD, "isolation": "per-tenant"},
        {**COLD, "access": "files"},
        {**COLD, "region": "ap-east-2"},
        {**COLD, "region": "ap-southeast-6"},
    ],
)
def test_a_function_without_snapshots_gets_none(book: Book, answers: dict[str, Any]) -> None:
    assert snapshot_of(book, raw(**answers)) is None


def test_projects_in_python_state_the_charge_and_those_in_typescript_what_to_configure(book: Book) -> None:
    requirements = raw(**COLD)
    sam, python, typescript = (files_of(book, requirements, id) for id in ("sam", "cdk-python", "cdk-typescript"))
    template = yaml.load(sam["template.yaml"], yaml.BaseLoader)
    assert template["Resources"]["ShopFunction"]["Properties"]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert "snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS" in python["stacks/components/shop.py"]
    assert not [path for path, text in typescript.items() if "snapStart" in text]
    for files, charged in ((sam, True), (python, True), (typescript, False)):
        assert (CHARGED in files["README.md"], CONFIGURED in files["README.md"]) == (charged, not charged)
    assert "does not support functions in TypeScript" in typescript["README.md"]
    assert "TypeScript の関数に対応せず" in files_of(book, requirements, "cdk-typescript", "ja")["README.md"]


STEPS = {"steps": 3, "pins": {"compute": "lambda-durable", "workflow": "lambda-durable"}}


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
@pytest.mark.parametrize(
    ("answers", "words", "words_ja"),
    [
        (
            {"isolation": "per-tenant", "authentication": "sign-up"},
            "first request of each tenant",
            "各テナントの最初のリクエスト",
        ),
        (STEPS, "for a durable function", "durable 関数に SnapStart も"),
    ],
)
def test_the_readme_says_why_functions_of_tenants_and_durable_ones_start_cold(
    book: Book, target: str, answers: dict[str, Any], words: str, words_ja: str
) -> None:
    readme = files_of(book, raw(**COLD, **answers), target)["README.md"]
    assert words in readme
    # In TypeScript, the function that accepts the requests of a durable one has no snapshot either.
    assert (CONFIGURED in readme) is (answers is STEPS and target == "cdk-typescript")
    assert words_ja in files_of(book, raw(**COLD, **answers), target, "ja")["README.md"]
    assert "do not tolerate cold starts of `src/shop`" not in files_of(book, raw(**answers), target)["README.md"]


@pytest.mark.parametrize("answers", [{}, {"language": "nodejs"}, {"packaging": "container-image"}])
def test_environments_of_tenants_are_not_said_to_be_kept_warm(book: Book, answers: dict[str, Any]) -> None:
    requirements = raw(**COLD, isolation="per-tenant", **answers)
    warned = {one.id for one in advise(make_requirements(requirements), book).decision.warnings}
    assert [id for id in warned if "cold" in id] == ["environments-of-tenants-start-cold"]


def test_the_function_that_accepts_the_requests_of_a_durable_one_resumes_from_a_snapshot(book: Book) -> None:
    resources = yaml.load(files_of(book, raw(**COLD, **STEPS), "sam")["template.yaml"], yaml.BaseLoader)["Resources"]
    functions = {id: one["Properties"] for id, one in resources.items() if one["Type"] == "AWS::Serverless::Function"}
    assert [id for id, properties in functions.items() if "SnapStart" in properties] == ["ShopStarterFunction"]


def test_a_durable_function_is_warned_about(book: Book) -> None:
    warned = {one.id for one in advise(make_requirements(raw(**COLD, **STEPS)), book).decision.warnings}
    assert "durable-functions-start-cold" in warned
    calm = {one.id for one in advise(make_requirements(raw(**STEPS)), book).decision.warnings}
    assert "durable-functions-start-cold" not in calm


def test_a_function_that_snapstart_does_not_support_is_named(book: Book) -> None:
    readme = files_of(book, raw(**COLD, disk_mib=1024.0), "sam")["README.md"]
    assert CONFIGURED in readme
    assert "does not support this function" in readme
    assert CHARGED not in readme
    assert CONFIGURED not in files_of(book, raw(), "sam")["README.md"]


def test_stacks_in_two_languages_are_compared_without_snapshots() -> None:
    properties = {"Handler": "app.handler", "Runtime": "python3.13", "Code": "src/shop", "SnapStart": {"ApplyOn": "x"}}
    function = Resource("F", "AWS::Lambda::Function", properties, Owner())
    (neutral,) = in_any_language(Stack({"F": function})).resources.values()
    assert "SnapStart" not in neutral.properties
