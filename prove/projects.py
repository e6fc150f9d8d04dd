"""Projects on disk, complete as `advisor blueprint` writes them, and the paths of the tiers' output."""

import io
import shutil
import traceback
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

import blueprints
from advisor_bundle import project_zip
from prove.cases import Case
from prove.results import Finding, Result
from prove.tools import OUT
from prove.tools.forked import mapped

SAM = "sam"
TIER = "generate"
#: The targets whose projects are written, and the results of those that failed.
Outcome: TypeAlias = tuple[list[str], list[Result]]


@dataclass(frozen=True, slots=True)
class Project:
    """A case compiled for a target. `folder` holds the project as its user unpacks it."""

    case: Case
    target: str

    @property
    def folder(self) -> Path:
        """The unpacked project."""
        return OUT / "projects" / self.case.name / self.target

    @property
    def template(self) -> Path:
        """The template that CloudFormation would get: translated from SAM, or synthesized by CDK."""
        return OUT / "templates" / self.case.name / f"{self.target}.template.json"

    @property
    def built(self) -> Path:
        """The output of `sam build`, or the cloud assembly of a CDK app: the deployment artifacts."""
        return OUT / "built" / self.case.name / self.target

    def __str__(self) -> str:
        return f"{self.case.name}/{self.target}"


def projects(cases: Iterable[Case], targets: Iterable[str]) -> tuple[list[Project], list[Result]]:
    """Write the project of each case for each target that can express it; return projects, and results of failures."""
    cases, written, failed = list(cases), list[Project](), list[Result]()
    outcomes = mapped(partial(_outcome, targets=tuple(targets)), cases)
    for case, (targets_written, results) in zip(cases, outcomes, strict=True):
        written.extend(Project(case, target) for target in targets_written)
        failed.extend(results)
    return written, failed


def _outcome(case: Case, targets: tuple[str, ...]) -> Outcome:
    written, failed = list[str](), list[Result]()
    for target in targets:
        try:
            if not blueprints.check(case.design, target):
                _write(Project(case, target))
                written.append(target)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            place, message = f"{Path(where.filename).name}:{where.lineno}", f"{type(error).__name__}: {error}"
            findings = (Finding(TIER, case.name, target, place=place, message=message),)
            failed.append(Result(TIER, case.name, target, findings=findings))
    return written, failed


def _write(project: Project) -> None:
    shutil.rmtree(project.folder, ignore_errors=True)
    for path in (project.template, project.built):
        _remove(path)
    content = project_zip(project.case.design, project.target, "en")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(project.folder)


def _remove(path: Path) -> None:
    """Remove the output of an earlier run, so that no tier passes on it."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
