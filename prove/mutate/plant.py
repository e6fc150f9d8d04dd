"""Planting: a fresh copy of a generated project under the name of the fault, with what the fault does to it."""

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prove.cases import Case
from prove.mutate.faults import Edit, Fault, Useless
from prove.projects import Project, projects

#: The id of the one stack in a CDK app: two copies of a project are two stacks.
_STACK = re.compile(r'(?<=^    ")\w+(?=",$)', re.MULTILINE)


#: With which target a project is compared.
COMPARED = {"sam": "cdk-python", "cdk-python": "sam", "cdk-typescript": "cdk-python"}


@dataclass(frozen=True, slots=True, eq=False)
class Beside(Project):
    """A project that stays where it is, as one of another case: what the project with a fault is compared with."""

    of: Project

    @property
    def folder(self) -> Path:
        """The unpacked project."""
        return self.of.folder

    @property
    def template(self) -> Path:
        """Its template."""
        return self.of.template

    @property
    def built(self) -> Path:
        """What is handed to a deployment."""
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
        """What tells whether the targets are equal; a fault of all targets leaves nothing but itself to look at."""
        if self.fault.alike:
            return [self.project]
        return [Beside(self.project.case, self.other.target, self.other), self.project]


def plant(wanted: Sequence[Fault], cases: Iterable[Case]) -> list[Planted]:
    """Write the projects that the faults are for, and a copy with each fault; Useless names a fault that is none."""
    written = _written(wanted, cases)
    return [_planted(fault, written[fault.project], written[_compared(fault)]) for fault in wanted]


def _compared(fault: Fault) -> str:
    return f"{fault.story}/{COMPARED.get(fault.target, fault.target)}"


def _written(wanted: Sequence[Fault], cases: Iterable[Case]) -> dict[str, Project]:
    found: dict[str, Project] = {}
    named = {name for fault in wanted for name in (fault.project, _compared(fault))}
    for case in cases:
        targets = [name.partition("/")[2] for name in sorted(named) if name.partition("/")[0] == case.name]
        made, broken = projects([case], targets)
        if broken:
            raise RuntimeError("\n".join(str(finding) for one in broken for finding in one.findings))
        found |= {str(project): project for project in made}
    if missing := named - found.keys():
        raise Useless(f"there is no project {', '.join(sorted(missing))}")
    return found


def _planted(fault: Fault, control: Project, other: Project) -> Planted:
    project = Project(replace(control.case, name=fault.id), control.target)
    for left in (project.folder.parent, project.template.parent, project.built.parent):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(control.folder, project.folder)
    for edit in fault.edits:
        _change(fault, edit, project.folder / edit.file)
    _rename(project)
    return Planted(fault, project, control, other)


def _change(fault: Fault, edit: Edit, file: Path) -> None:
    if not file.is_file():
        raise Useless(f"{fault.id}: {fault.project} has no {edit.file}")
    try:
        file.write_text(edit.apply(file.read_text("utf-8")), "utf-8")
    except Useless as error:
        raise Useless(f"{fault.id}: {error}") from error


def _rename(project: Project) -> None:
    app = project.folder / "app.py"
    if app.exists():
        name = "".join(part.title() for part in project.case.name.split("-"))
        app.write_text(_STACK.sub(name, app.read_text("utf-8"), count=1), "utf-8")
