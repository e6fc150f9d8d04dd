"""Tier lint: what is written, before anything is made of it: templates, workflows, manifests, programs, images."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from prove.projects import SAM, Project
from prove.results import Result
from prove.static import delivery, linters, makefile_checks, pinned, test_assertions, typescript
from prove.static.reports import Reports

TIER = "lint"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Lint every file of every project that a linter reads; warnings count as errors do."""
    reports = Reports(TIER, projects)
    # The longest first, so that no core is idle at the end.
    reports.gather_all(
        ("tsc and eslint", _typescript, typescript.linted),
        ("cfn-lint", _templates, linters.cfn_lint),
        ("mypy", _typed, linters.types),
        ("kubernetes-validate", lambda one: sorted(one.folder.glob("kubernetes/overlays/*")), linters.manifests),
        ("cloudformation-validate", _templates, linters.cloudformation_validate),
        ("statelint", lambda one: sorted(one.folder.rglob("*.asl.json")), linters.state_machines),
        ("pinned", _requirements, pinned.requirements),
        ("pinned", lambda one: sorted(one.folder.rglob("Dockerfile")), pinned.images),
        ("delivery", lambda one: sorted(one.folder.glob(".github/workflows/*.yml")), delivery.workflows),
        ("delivery", lambda one: sorted(one.folder.glob("Makefile")), delivery.makefiles),
        ("recipes", lambda one: sorted(one.folder.glob("Makefile")), makefile_checks.makefiles),
        ("claims", _tests, test_assertions.tests),
        ("hadolint", lambda one: sorted(one.folder.rglob("Dockerfile")), linters.dockerfiles),
        ("ruff", lambda one: [one.folder], linters.ruff),
    )
    return reports.results()


def _templates(project: Project) -> list[Path]:
    """The templates that are written as they are: that of SAM, and what stands in another Region."""
    own = [project.folder / "template.yaml"] if project.target == SAM else []
    return [*own, *sorted(project.folder.glob("edge/*.yaml"))]


def _requirements(project: Project) -> list[Path]:
    return sorted([*project.folder.rglob("requirements*.txt"), *project.folder.rglob("package.json")])


def _tests(project: Project) -> list[Path]:
    return sorted(file for folder in ("tests", "integration") for file in (project.folder / folder).glob("*.py"))


def _typed(project: Project) -> list[Path]:
    """The folders that `make lint` of a project checks, each a root of its own."""
    found = [*sorted(project.folder.glob("src/*/")), project.folder / "tests", project.folder / "scripts"]
    return [folder for folder in found if any(folder.glob("*.py"))]


def _typescript(project: Project) -> list[Path]:
    return [project.folder] if (project.folder / "tsconfig.json").exists() else []
