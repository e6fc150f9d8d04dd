"""Tier lint: the source files of a project: templates, workflows, manifests, programs, images."""

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
        (
            "kubernetes-validate",
            lambda project: sorted(project.folder.glob("kubernetes/overlays/*")),
            linters.manifests,
        ),
        ("cloudformation-validate", _templates, linters.cloudformation_validate),
        ("statelint", lambda project: sorted(project.folder.rglob("*.asl.json")), linters.state_machines),
        ("pinned", _requirements, pinned.requirements),
        ("pinned", lambda project: sorted(project.folder.rglob("Dockerfile")), pinned.images),
        ("delivery", _workflows, delivery.workflows),
        ("zizmor", _workflows, linters.workflow_security),
        ("delivery", lambda project: sorted(project.folder.glob("Makefile")), delivery.makefiles),
        ("recipes", lambda project: sorted(project.folder.glob("Makefile")), makefile_checks.makefiles),
        ("claims", _tests, test_assertions.tests),
        ("hadolint", lambda project: sorted(project.folder.rglob("Dockerfile")), linters.dockerfiles),
        ("ruff", lambda project: [project.folder], linters.ruff),
    )
    return reports.results()


def _templates(project: Project) -> list[Path]:
    """Return the templates that need no translation or synthesis: that of SAM, and the stack of another Region."""
    template = [project.folder / "template.yaml"] if project.target == SAM else []
    return [*template, *sorted([*project.folder.glob("account/*.yaml"), *project.folder.glob("edge/*.yaml")])]


def _workflows(project: Project) -> list[Path]:
    return sorted(project.folder.glob(".github/workflows/*.yml"))


def _requirements(project: Project) -> list[Path]:
    return sorted([*project.folder.rglob("requirements*.txt"), *project.folder.rglob("package.json")])


def _tests(project: Project) -> list[Path]:
    return sorted(file for folder in ("tests", "integration") for file in (project.folder / folder).glob("*.py"))


def _typed(project: Project) -> list[Path]:
    """Return the folders that `make lint` of a project type-checks, each a root of its own."""
    folders = [*sorted(project.folder.glob("src/*/")), project.folder / "tests", project.folder / "scripts"]
    return [folder for folder in folders if any(folder.glob("*.py"))]


def _typescript(project: Project) -> list[Path]:
    return [project.folder] if (project.folder / "tsconfig.json").exists() else []
