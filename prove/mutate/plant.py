"""Planting: a fresh copy of a generated project under the name of the fault, with the edits of the fault."""

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prove.cases import Case
from prove.mutate.faults import Edit, Fault, InvalidFault
from prove.projects import Project, projects

#: The id of the one stack in a CDK app: two copies of a project are two stacks.
_STACK = re.compile(r'(?<=^    ")\w+(?=",$)', re.MULTILINE)


#: With which target a project is compared.
COMPARED = {"sam": "cdk-python", "cdk-python": "sam", "cdk-typescript": "cdk-python"}


@dataclass(frozen=True, slots=True, eq=False)
class ComparedProject(Project):
    """The project that a project with a fault is compared with: the files of `of`, under the case of the fault."""

    of: Project

    @property
    def folder(self) -> Path:
        """The unpacked project."""
        return self.of.folder

    @property
    def template(self) -> Path:
        """The template of the project."""
        return self.of.template

    @property
    def built(self) -> Path:
        """The deployment artifacts."""
        return self.of.built


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault, the project with it, the same project without it, and that in another target."""

    fault: Fault
    project: Project
    control: Project
    other: Project

    @property
    def compared(self) -> list[Project]:
        """The projects that the tier equality compares; only the project itself for a fault of all targets."""
        if self.fault.alike:
            return [self.project]
        return [ComparedProject(self.project.case, self.other.target, self.other), self.project]


def plant(faults: Sequence[Fault], cases: Iterable[Case]) -> list[Planted]:
    """Write the projects of the faults, and a copy with each fault; raises InvalidFault for a fault without an effect."""
    written = _written(faults, cases)
    return [_planted(fault, written[fault.project], written[_compared(fault)]) for fault in faults]


def _compared(fault: Fault) -> str:
    return f"{fault.story}/{COMPARED.get(fault.target, fault.target)}"


def _written(faults: Sequence[Fault], cases: Iterable[Case]) -> dict[str, Project]:
    written: dict[str, Project] = {}
    named = {name for fault in faults for name in (fault.project, _compared(fault))}
    for case in cases:
        targets = [name.partition("/")[2] for name in sorted(named) if name.partition("/")[0] == case.name]
        generated, broken = projects([case], targets)
        if broken:
            raise RuntimeError("\n".join(str(finding) for result in broken for finding in result.findings))
        written |= {str(project): project for project in generated}
    if missing := named - written.keys():
        raise InvalidFault(f"there is no project {', '.join(sorted(missing))}")
    return written


def _planted(fault: Fault, control: Project, other: Project) -> Planted:
    project = Project(replace(control.case, name=fault.id), control.target)
    for folder in (project.folder.parent, project.template.parent, project.built.parent):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(control.folder, project.folder)
    for edit in fault.edits:
        _change(fault, edit, project.folder / edit.file)
    _rename(project)
    return Planted(fault, project, control=control, other=other)


def _change(fault: Fault, edit: Edit, file: Path) -> None:
    if not file.is_file():
        raise InvalidFault(f"{fault.id}: {fault.project} has no {edit.file}")
    try:
        file.write_text(edit.apply(file.read_text("utf-8")), "utf-8")
    except InvalidFault as error:
        raise InvalidFault(f"{fault.id}: {error}") from error


def _rename(project: Project) -> None:
    app = project.folder / "app.py"
    if app.exists():
        name = "".join(part.title() for part in project.case.name.split("-"))
        app.write_text(_STACK.sub(name, app.read_text("utf-8"), count=1), "utf-8")
