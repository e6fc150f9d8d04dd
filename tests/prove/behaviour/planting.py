"""Faults planted in one project after another test's: the template is as before when the check has looked."""

import json
from collections.abc import Callable
from typing import Any

from tests.prove.behaviour.sam_projects import WrittenProject

Resources = dict[str, Any]
Fault = Callable[[Resources], None]


def rules_with(project: WrittenProject, check: str, fault: Fault) -> set[str]:
    """Return the rules of what a check finds in a project with a fault."""
    file = project.evidence.template_file
    before = file.read_text("utf-8")
    project.plant(fault)
    try:
        return project.rules_found_by(check)
    finally:
        file.write_text(before, "utf-8")


def one_of(resources: Resources, type: str, part: str = "") -> Any:
    """Return the properties of the one resource of a type, or of the first whose id holds a text."""
    return next(r["Properties"] for id, r in resources.items() if r["Type"] == type and part in id)


def id_of(resources: Resources, type: str, part: str = "") -> str:
    """Return the id of the one resource of a type, or of the first whose id holds a text."""
    return next(id for id, resource in resources.items() if resource["Type"] == type and part in id)


def redefined(find: str, put: str) -> Fault:
    """Return the fault of a state machine whose definition has other words."""

    def plant(resources: Resources) -> None:
        machine = one_of(resources, "AWS::StepFunctions::StateMachine")
        text = json.dumps(machine["DefinitionString"])
        before, after = (json.dumps(words)[1:-1] for words in (find, put))
        assert before in text
        machine["DefinitionString"] = json.loads(text.replace(before, after))

    return plant


def rules_after(project: WrittenProject, check: str, path: str, find: str, put: str) -> set[str]:
    """Return the rules of what a check finds in a project whose file has other words; the file is as before then."""
    file = project.evidence.folder / path
    before = file.read_text("utf-8")
    assert find in before
    file.write_text(before.replace(find, put, 1), "utf-8")
    try:
        return project.rules_found_by(check)
    finally:
        file.write_text(before, "utf-8")
