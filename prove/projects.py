"""Projects on disk, complete as `advisor blueprint` writes them, and the paths of the tiers' output."""

import io
import os
import shutil
import traceback
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import blueprints
from advisor_bundle import project_zip
from prove.cases import Case
from prove.results import Finding, Result
from prove.tools import OUT

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
    for case, (targets_written, results) in zip(cases, _outcomes(cases, tuple(targets)), strict=True):
        written.extend(Project(case, target) for target in targets_written)
        failed.extend(results)
    return written, failed


def _outcomes(cases: list[Case], targets: tuple[str, ...]) -> list[Outcome]:
    """Return the outcome of each case, from a process for each processor where there are several cases."""
    if len(cases) == 1:
        return [_outcome(cases[0], targets)]
    with get_context("fork").Pool(os.cpu_count(), _Worker.begin, (cases, targets)) as pool:
        return pool.map(_Worker.outcome, range(len(cases)), chunksize=1)


class _Worker:
    """What a process of the pool has in common with its parent, and no task carries: cases cannot be pickled fast."""

    cases: list[Case]
    targets: tuple[str, ...]

    @classmethod
    def begin(cls, cases: list[Case], targets: tuple[str, ...]) -> None:
        cls.cases, cls.targets = cases, targets

    @classmethod
    def outcome(cls, number: int) -> Outcome:
        return _outcome(cls.cases[number], cls.targets)


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
