"""Checks of Makefiles: generated Makefiles pass, and each missing argument is found."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor.design import Design
from blueprints import build
from prove.static import makefile_checks

#: Commands of npm are found beside those of the CDK.
pytestmark = pytest.mark.usefixtures("cdk_python")
TARGETS = ("sam", "cdk-python", "cdk-typescript")
STORY = "web-application"


def written(design: Design, target: str, folder: Path) -> Path:
    generated = build(design, target, lang="en", extras={})
    for name in ("Makefile", "template.yaml", "environments/dev.env", "environments/prod.env"):
        if name in generated:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(generated[name])
    return folder / "Makefile"


def rule_ids(makefile: Path) -> list[str]:
    ((_, rows),) = makefile_checks.makefiles([str(makefile)])
    return [row["rule"] for row in rows]


@pytest.mark.parametrize("target", TARGETS)
def test_generated_makefiles_pass(target: str, designs: Mapping[str, Design], tmp_path: Path) -> None:
    assert rule_ids(written(designs[STORY], target, tmp_path)) == []


@pytest.mark.parametrize(
    ("target", "find", "put", "rule"),
    [
        ("sam", ' owner="$(OWNER)"', "", "untold"),
        ("sam", "sam deploy --stack-name $(STACK)", "sam deploy --stack-name fixed", "untold"),
        ("sam", "environments/$(ENVIRONMENT).env", "environments/dev.env", "untold"),
        ("sam", "--capabilities CAPABILITY_IAM ", "", "capability"),
        ("sam", "\tsam build", "    sam build", "broken"),
        ("sam", "-m pytest integration", "-m pytest integration -k nothing", "narrowed"),
        ("sam", "READ_ONLY=$(if $(filter prod,$(ENVIRONMENT)),1)", "READ_ONLY=", "writes"),
        ("cdk-python", "READ_ONLY=$(if $(filter prod,$(ENVIRONMENT)),1)", "READ_ONLY=1", "narrowed"),
        ("cdk-python", ' -c environment="$(ENVIRONMENT)"', "", "untold"),
        ("cdk-python", "$(PYTHON) -m pytest\n", "$(PYTHON) -m pytest tests/test_api.py\n", "narrowed"),
        ("cdk-typescript", "npm test", "npm test -- one", "narrowed"),
        ("cdk-typescript", "npx cdk deploy", "npx cdk diff", "no-deployment"),
    ],
)
def test_a_missing_argument_is_found(
    target: str, find: str, put: str, rule: str, designs: Mapping[str, Design], tmp_path: Path
) -> None:
    makefile = written(designs[STORY], target, tmp_path)
    text = makefile.read_text("utf-8")
    assert find in text
    makefile.write_text(text.replace(find, put, 1), "utf-8")
    assert set(rule_ids(makefile)) == {rule}


def test_the_tags_of_a_stack_are_read(designs: Mapping[str, Design], tmp_path: Path) -> None:
    tags = makefile_checks.stack_tags(written(designs[STORY], "sam", tmp_path).parent)
    assert set(tags) == {"application", "decision", "environment", "owner", "cost-centre"}
    assert (tags["environment"], tags["owner"]) == ("dev", "unknown")
