"""Checks of workflows, Makefiles and environments: generated files pass, and each weakening is found."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor.design import Design
from blueprints import build
from prove.static import delivery

TARGETS = ("sam", "cdk-python", "cdk-typescript")
WORKFLOW, DEPLOYMENT = ".github/workflows/delivery.yml", ".github/workflows/deploy.yml"


@pytest.fixture(scope="module")
def files(designs: Mapping[str, Design]) -> Mapping[str, str]:
    generated = build(designs["web-application"], "sam", lang="en", extras={})
    return {
        name: generated[name].decode()
        for name in (WORKFLOW, DEPLOYMENT, "Makefile", "environments/prod.env", "template.yaml")
    }


def rules(check: object, file: Path, text: str) -> set[str]:
    file.write_text(text, "utf-8")
    ((_, rows),) = check([str(file)])  # type: ignore[operator]
    return {row["rule"] for row in rows}


@pytest.mark.parametrize("target", TARGETS)
def test_generated_workflows_and_makefiles_pass(target: str, designs: Mapping[str, Design], tmp_path: Path) -> None:
    generated = build(designs["kubernetes-jobs"], target, lang="en", extras={})
    for path in (WORKFLOW, DEPLOYMENT):
        assert rules(delivery.workflows, tmp_path / "workflow.yml", generated[path].decode()) == set()
    assert rules(delivery.makefiles, tmp_path / "Makefile", generated["Makefile"].decode()) == set()


@pytest.mark.parametrize(
    ("find", "put", "rule"),
    [
        ("actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "actions/checkout@v6", "unpinned"),
        ("aws-sam-cli==1.170.0", "aws-sam-cli", "unpinned"),
        ("permissions:\n  contents: read", "permissions: write-all", "permissions"),
        ("      id-token: write", "      id-token: write\n      packages: write", "permissions"),
        ("  pull_request:", "  pull_request_target:", "foreign-code"),
        ("- run: make test", '- run: echo "${{ github.head_ref }}"', "foreign-text"),
        ("      - run: make lint\n", "", "unchecked"),
        ("    needs: check\n", "", "unchecked"),
        ("      - run: make validate\n", "", "unchecked"),
        ("github.event_name == 'push' && ", "", "unguarded"),
        ("github.ref == 'refs/heads/main' &&", "github.ref == 'refs/heads/main' ||", "unguarded"),
        ("- run: make test", "- run: make test\n        continue-on-error: true", "failure-ignored"),
    ],
)
def test_a_weakened_workflow_is_found(find: str, put: str, rule: str, files: Mapping[str, str], tmp_path: Path) -> None:
    assert find in files[WORKFLOW]
    assert rule in rules(delivery.workflows, tmp_path / "delivery.yml", files[WORKFLOW].replace(find, put, 1))


@pytest.mark.parametrize(
    ("find", "put", "rule"),
    [
        ("role-to-assume:", "aws-access-key-id:", "stored-key"),
        ("      id-token: write", "      id-token: write\n      packages: write", "permissions"),
        ("aws-sam-cli==1.170.0", "aws-sam-cli", "unpinned"),
    ],
)
def test_a_weakened_deployment_is_found(
    find: str, put: str, rule: str, files: Mapping[str, str], tmp_path: Path
) -> None:
    assert find in files[DEPLOYMENT]
    assert rule in rules(delivery.workflows, tmp_path / "deploy.yml", files[DEPLOYMENT].replace(find, put, 1))


@pytest.mark.parametrize(("find", "put"), [("ruff check .", "ruff check . || true"), ("\tsam build", "\t-sam build")])
def test_an_ignored_failure_is_found(find: str, put: str, files: Mapping[str, str], tmp_path: Path) -> None:
    assert find in files["Makefile"]
    rule_ids = rules(delivery.makefiles, tmp_path / "Makefile", files["Makefile"].replace(find, put, 1))
    assert rule_ids == {"failure-ignored"}


def test_a_deletion_may_ignore_failures(tmp_path: Path) -> None:
    assert rules(delivery.makefiles, tmp_path / "Makefile", "delete:\n\t-kubectl delete\n") == set()
    assert rules(delivery.makefiles, tmp_path / "Makefile", "deploy:\n\t-kubectl apply\n") == {"failure-ignored"}


@pytest.mark.parametrize(
    ("line", "rule_ids"),
    [
        ("Days=30", []),
        ("Day=30", ["no-parameter"]),
        ("Days=31", ["not-allowed"]),
        ("Email=ops@example.com", []),
        ("Email=nobody", ["not-allowed"]),
        ("Email=", ["not-allowed"]),
        ("Owner=", []),
        ("Owner=nobody", ["not-allowed"]),
        ("# Days=31", []),
    ],
)
def test_an_environment_matches_the_parameters_of_the_template(line: str, rule_ids: list[str], tmp_path: Path) -> None:
    template, file = tmp_path / "t.json", tmp_path / "prod.env"
    parameters = {
        "Days": {"Type": "Number", "AllowedValues": [7, 30], "Default": 30},
        "Email": {"AllowedPattern": "^[^@]+@[^@]+$", "Default": "ops@example.com"},
    }
    if line.startswith("Owner"):
        parameters["Owner"] = {"AllowedPattern": "^[^@]+@[^@]+$"}
    template.write_text(json.dumps({"Parameters": parameters}), "utf-8")
    file.write_text(f"{line}\n", "utf-8")
    ((_, rows),) = delivery.environments([str(file)], {str(file): template})
    assert [row["rule"] for row in rows] == rule_ids


@pytest.mark.parametrize(("makefile", "rule_ids"), [("", ["not-asked"]), ("GIVEN = ImageTag=$(TAG)\n", [])])
def test_a_parameter_without_a_default_is_asked_for(makefile: str, rule_ids: list[str], tmp_path: Path) -> None:
    template, file = tmp_path / "t.json", tmp_path / "environments" / "dev.env"
    file.parent.mkdir()
    file.write_text("", "utf-8")
    (tmp_path / "Makefile").write_text(makefile, "utf-8")
    template.write_text(json.dumps({"Parameters": {"ImageTag": {"Type": "String"}}}), "utf-8")
    ((_, rows),) = delivery.environments([str(file)], {str(file): template})
    assert [row["rule"] for row in rows] == rule_ids


@pytest.mark.parametrize(("production", "rule_ids"), [(365, []), (30, []), (7, ["less-than-trial"])])
def test_production_values_are_no_smaller_than_trial_values(
    production: int, rule_ids: list[str], tmp_path: Path
) -> None:
    template, file = tmp_path / "t.json", tmp_path / "prod.env"
    template.write_text(json.dumps({"Parameters": {"Days": {"Type": "Number", "Default": 30}}}), "utf-8")
    file.write_text(f"# Days\nDays={production}\n", "utf-8")
    (tmp_path / "dev.env").write_text("Days=30\n", "utf-8")
    ((_, rows),) = delivery.environments([str(file)], {str(file): template})
    assert [row["rule"] for row in rows] == rule_ids
