"""What one more service takes: five new files, and no file is edited. It is decided on, drawn and generated for all targets."""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import rules
from prove.tools.worker import ask
from tests.blueprints.templates import identity_statements, of_type, spelled
from tests.blueprints.translation import findings, parsed

ROOT = Path(__file__).parents[1]
NEW = Path(__file__).with_name("new_service")
FILES = {
    "rules/services/parameter-store.yaml",
    "renderers/icons/parameter-store.yaml",
    "blueprints/traits/parameter_store.py",
    "blueprints/parts/parameter_store.py",
    "blueprints/cdk/lifts/parameter_store.py",
}
PACKAGES = ("advisor", "rules", "renderers", "blueprints", "advisor_bundle", "prove")
HOUSE = ("tests/conftest.py", "tests/distribution.py", "tests/test_house.py", "pyproject.toml")
#: It compares the catalogue with `tests/rules/promised.yaml`, in which the imaginary service has no line.
PROMISED = "tests/test_house.py::test_the_catalogue_is_the_promised_one"
_TYPE = "AWS::SSM::Parameter"


@dataclass(frozen=True)
class Made:
    """What came of the tree: the facts of the rule book, the drawings, and the files of each target's project."""

    facts: Mapping[str, Any]
    drawn: Mapping[str, str]
    projects: Mapping[str, Mapping[str, str]]


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(tree: Path, *arguments: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(tree)}
    command = [sys.executable, *arguments]
    ended = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def before() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, before: dict[str, str]) -> Path:
    """A copy of the packages with the files of one more service."""
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package)
    for file in HOUSE:
        (folder / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, folder / file)
    before |= digests(folder)
    for file in FILES:
        shutil.copy(NEW / file, folder / file)
    return folder


@pytest.fixture(scope="module")
def made(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    run(tree, str(NEW / "generate.py"), str(NEW / "requirements.yaml"), str(folder))
    projects = {}
    for file in folder.glob("*.zip"):
        with ZipFile(file) as archive:
            projects[file.stem] = {name: archive.read(name).decode() for name in archive.namelist()}
    drawn = {file.suffix: file.read_text("utf-8") for file in folder.glob("drawn.*")}
    return Made(json.loads((folder / "facts.json").read_text("utf-8")), drawn, projects)


def own(project: Mapping[str, str], path: str) -> str:
    """Return a file of a project, whatever folder the zip puts it into."""
    (found,) = [text for name, text in project.items() if name.endswith(path)]
    return found


def test_no_file_is_edited(tree: Path, made: Made, before: dict[str, str]) -> None:
    assert made.facts["package"].startswith(str(tree)), "another package was asked than that of the tree"
    after = digests(tree)
    assert {path: after[path] for path in before} == before
    assert after.keys() - before.keys() == FILES


def test_it_is_a_candidate_at_its_rank(made: Made) -> None:
    first, *rest = rules.load_book().role("store").candidates
    assert made.facts["candidates"] == [first, "parameter-store", *rest]
    assert made.facts["bands"]["cost"] == 1
    assert made.facts["never_better"] == ["item_bytes"]


def test_it_is_weighed_where_nothing_is_pinned_and_chosen_where_it_is(made: Made) -> None:
    assert made.facts["chosen"] == "parameter-store"
    assert "parameter-store" in made.facts["weighed"]


def test_its_connection_has_the_words_and_actions_of_its_file(made: Made) -> None:
    assert made.facts["actions"] == ["ssm:PutParameter"]
    assert made.facts["label"] == "パラメータの更新"
    assert made.facts["sentence"].endswith("writes straight to the parameter")


@pytest.mark.parametrize("suffix", [".svg", ".mmd", ".py"])
def test_it_is_drawn(made: Made, suffix: str) -> None:
    assert "Parameter Store" in made.drawn[suffix]


def test_its_icon_is_in_the_drawing_of_each_project(made: Made) -> None:
    assert made.projects.keys() == {"sam", "cdk-python", "cdk-typescript"}
    for project in made.projects.values():
        assert own(project, "ARCHITECTURE.svg") == made.drawn[".svg"]
    assert 'id="advisor-icon-architecture-service-AWSSecretsManager"' in made.drawn[".svg"]


def test_sam_makes_its_resource_and_the_permission_of_its_connection(made: Made) -> None:
    written = own(made.projects["sam"], "template.yaml")
    template = parsed({"template.yaml": written.encode()})
    assert [id for id, _ in of_type(template, _TYPE)] == ["LatestParameter"]
    (statement,) = [one for _, one in identity_statements(template) if one["Action"] == "ssm:PutParameter"]
    assert spelled(statement["Resource"]).endswith(":parameter/${LatestParameter}")
    assert findings(written) == []


def test_cdk_in_python_makes_its_l2_construct(made: Made) -> None:
    module = ast.parse(own(made.projects["cdk-python"], "components/stores.py"))
    called = {ast.unparse(node.func) for node in ast.walk(module) if isinstance(node, ast.Call)}
    assert "ssm.StringParameter" in called
    assert '"ssm:PutParameter"' in "".join(made.projects["cdk-python"].values())


def test_cdk_in_typescript_makes_its_l2_construct(made: Made) -> None:
    stores = own(made.projects["cdk-typescript"], "components/stores.ts")
    assert "import * as ssm from 'aws-cdk-lib/aws-ssm';" in stores
    assert "new ssm.StringParameter(this, 'LatestParameter', {" in stores
    whole = "".join(made.projects["cdk-typescript"].values())
    assert "actions: ['ssm:PutParameter']" in whole


@pytest.mark.usefixtures("cdk_python")
def test_cdk_synthesises_it(made: Made, tmp_path: Path) -> None:
    app, output = tmp_path / "app", tmp_path / "output"
    for name, text in made.projects["cdk-python"].items():
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text(text, "utf-8")
    ((_, error),) = ask("cdk", "synth", {"nag": False, "bundle": False, "apps": [[str(app), str(output)]]})
    assert error is None, error
    (template,) = output.glob("*.template.json")
    assert [one["Type"] for one in json.loads(template.read_text())["Resources"].values()].count(_TYPE) == 1


def test_it_is_refused_in_several_regions_like_every_store_that_knows_no_second_one(made: Made) -> None:
    (reason,) = made.facts["refused_in_several_regions"]
    assert reason.endswith("Parameter Store in several Regions is not supported.")


def test_its_projects_are_not_said_to_be_proven(made: Made) -> None:
    for project in made.projects.values():
        said = json.loads(own(project, "VERIFICATION.json"))
        assert (said["status"], said["proven_up_to"]) == ("unknown", None)
        assert "Not verified." in own(project, "VERIFICATION.md")


def test_it_is_all_that_the_house_asks_of_a_service(tree: Path) -> None:
    run(tree, "-m", "pytest", "-p", "no:cacheprovider", "-n0", "tests/test_house.py", "--deselect", PROMISED)
