"""What the tests of the CDK target share: projects of all stories, synthesised once in one process."""

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from advisor.book import Book
from advisor.design import Design
from advisor.text import Lang
from blueprints import cdk, sam
from blueprints.cdk import typescript
from blueprints.plan import Plan, plan_for
from blueprints.project.migrations import migration_values
from blueprints.refusals import unmade
from blueprints.stack.registry import connections
from prove.tools.worker import ask
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.cdk.triples import design_of
from tests.blueprints.translation import translated

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
Json = dict[str, Any]
MOST_TOGETHER = 9
EXISTING: tuple[tuple[str, ...], ...] = ((), ("vpc",), ("domain",), ("vpc", "cluster"))


@pytest.fixture(scope="session")
def plans(designs: Mapping[str, Design]) -> dict[str, Plan]:
    return {name: plan_for(design) for name, design in designs.items()}


@pytest.fixture(scope="session")
def sources(plans: Mapping[str, Plan], python_files: dict[str, dict[str, bytes]]) -> dict[str, dict[str, bytes]]:
    """The app of every story, in Python."""
    return {name: python_files[name] for name in plans}


def write(folder: Path, plan: Plan, files: Mapping[str, bytes]) -> None:
    """Write a project's infrastructure, with a stand-in for each program's code."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    migrations = [database.folder for database in migration_values(plan, ())["invoked"]]
    approvals = [plan.approvals.directory] if plan.approvals is not None else []
    directories = (program.directory for program in (*plan.programs, *plan.authorizers))
    for directory in (*directories, *approvals, *migrations):
        code = folder / directory
        code.mkdir(parents=True, exist_ok=True)
        (code / "app.py").write_text(f'"""Stand-in of {directory}."""\n')
        (code / "Dockerfile").write_text("FROM scratch\n")


def synthesise(projects: Path, outputs: Path) -> dict[str, Json]:
    """Synthesise every project of a folder; what one comes to, or the error that it ended with."""
    apps = [[str(project), str(outputs / project.name)] for project in sorted(projects.iterdir())]
    templates: dict[str, Json] = {}
    for folder, error in ask("cdk", "synth", {"nag": False, "bundle": False, "apps": apps}):
        name = Path(folder).name
        assert error is None, f"{name}: {error[-3000:]}"
        (template,) = (outputs / name).glob("*.template.json")
        templates[name] = json.loads(template.read_text())
    return templates


@pytest.fixture(scope="session")
def connection_plans(designs: Mapping[str, Design], book: Book) -> dict[str, Plan]:
    """Plans of designs that together hold every connection that makes something, in a VPC and cluster made or given."""
    with_resources = [key for key, parts in connections().items() if parts and key in book.connections]
    groups = [with_resources[start : start + MOST_TOGETHER] for start in range(0, len(with_resources), MOST_TOGETHER)]
    template = designs["dynamic-web-api"]
    plans = {}
    for number, (group, existing) in enumerate(zip(groups, cycle(EXISTING), strict=False)):
        design = design_of(template, book, f"Made up {number}", group, existing)
        plans[f"made-up-{number}"] = plan_for(design)
    return plans


@pytest.fixture(scope="session")
def own_keys(designs: Mapping[str, Design]) -> dict[str, Plan]:
    """Plans of stories that ask for keys of the customer's own."""
    plans = {}
    for story in ("business-process-integration", "relational-web-app", "data-processing"):
        requirements = designs[story].requirements
        workload = requirements.workload.model_copy(update={"customer_managed_keys": True})  # type: ignore[attr-defined]
        asking = requirements.model_copy(update={"workload": workload})
        plans[f"own-keys-{story}"] = plan_for(replace(designs[story], requirements=asking))
    return plans


@pytest.fixture(scope="session")
def answer_plans(book: Book) -> dict[str, Plan]:
    """Plans of requirements that lead to services which no story holds."""
    return {f"answers-{name}": plan_for(design_from(name, book)) for name in NAMES}


@pytest.fixture(scope="session")
def plans_to_synthesise(
    plans: Mapping[str, Plan],
    connection_plans: Mapping[str, Plan],
    own_keys: Mapping[str, Plan],
    answer_plans: Mapping[str, Plan],
) -> dict[str, tuple[Plan, Lang]]:
    """Every plan that is synthesised, by its name, and the language that its project is written in."""
    plans_and_languages: dict[str, tuple[Plan, Lang]] = {name: (plan, "en") for name, plan in plans.items()}
    return plans_and_languages | {
        name: (plan, "ja") for name, plan in {**connection_plans, **own_keys, **answer_plans}.items()
    }


@pytest.fixture(scope="session")
def python_files(plans_to_synthesise: Mapping[str, tuple[Plan, Lang]]) -> dict[str, dict[str, bytes]]:
    """The app of every plan that is synthesised, in Python."""
    return {name: cdk.files(plan, lang) for name, (plan, lang) in plans_to_synthesise.items()}


@pytest.fixture(scope="session")
def typescript_files(plans_to_synthesise: Mapping[str, tuple[Plan, Lang]]) -> dict[str, dict[str, bytes]]:
    """The same apps in TypeScript."""
    return {name: typescript.files(plan, lang) for name, (plan, lang) in plans_to_synthesise.items()}


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where projects are written (`projects`) and synthesised (`out`)."""
    return tmp_path_factory.mktemp("cdk")


@pytest.fixture(scope="session")
def synthesised(
    cdk_python: Path,
    workshop: Path,
    plans_to_synthesise: Mapping[str, tuple[Plan, Lang]],
    python_files: Mapping[str, dict[str, bytes]],
) -> dict[str, Json]:
    """The templates of all stories and of all designs that are made up: one start of Node for all."""
    folder = workshop
    for name, (plan, _) in plans_to_synthesise.items():
        write(folder / "projects" / name, plan, python_files[name])
    return synthesise(folder / "projects", folder / "out")


@pytest.fixture(scope="session")
def stacks(synthesised: Mapping[str, Json], plans: Mapping[str, Plan]) -> dict[str, Json]:
    """The template of every story."""
    return {name: synthesised[name] for name in plans}


@pytest.fixture(scope="session")
def sam_templates(plans_to_synthesise: Mapping[str, tuple[Plan, Lang]]) -> dict[str, Json]:
    """The SAM project of every plan that SAM can express, translated."""
    return {
        name: translated(sam.files(plan, lang))
        for name, (plan, lang) in plans_to_synthesise.items()
        if not unmade(plan)
    }
