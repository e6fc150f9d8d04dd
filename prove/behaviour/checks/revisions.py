"""Executions that go on over a release, or are redriven after it, find the tasks and jobs that they run.

* A release replaces a task definition, and the revision before it can start no task any more; CloudFormation deregisters that
  of a job definition too (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html,
  https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-batch-jobdefinition-resourceretentionpolicy.html,
  read 2026-11-30). An execution keeps the definition of its state machine, also when it is redriven
  (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html, read 2026-11-30). So a state names the family.
* AWS authorizes the revision that is run, whether or not it is named: a policy has to allow all of them
  (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html,
  https://docs.aws.amazon.com/batch/latest/userguide/iam-example-restrict-job-submission.html, read 2026-11-30).
* A family is there once in an account and a Region: another definition of the same name would be its next revision, and run
  instead. The name of a stack holds letters, digits and hyphens
  (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html, read 2026-11-30), so that only another
  character tells where it ends.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import MACHINE
from prove.behaviour.references import allows, statements_of_role
from prove.readback import Stack
from prove.readback.families import NAMES, by_family
from prove.readback.policies import as_list
from prove.readback.stack import Resource


@dataclass(frozen=True, slots=True)
class _Running:
    """How a state runs a definition: the parameter that names it, the action, and how the ARN of a revision begins."""

    parameter: str
    action: str
    arn: str


_OWN_NAME = re.compile(r"\$\{AWS::StackName\}[^A-Za-z0-9-].*")
_RUNNING = {
    "ecs:runTask": _Running("TaskDefinition", "ecs:RunTask", "ecs:${AWS::Region}:${AWS::AccountId}:task-definition/"),
    "batch:submitJob": _Running(
        "JobDefinition", "batch:SubmitJob", "batch:${AWS::Region}:${AWS::AccountId}:job-definition/"
    ),
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield tasks and jobs of state machines that a release makes unusable, and definitions that another stack replaces."""
    stack = evidence.stack
    families, run = by_family(stack.resources), set[str]()
    for machine in stack.of_type(MACHINE):
        for running, named in _run(machine.properties.get("Definition")):
            if named not in families:
                message = f"A state runs {named}: no family of the template, whose latest revision would be run."
                yield Problem("runs-a-revision", machine.id, message, machine.type)
                continue
            run.add(named)
            if not _is_allowed(stack, machine, running, named):
                message = f"Its role does not allow {running.action} on each revision of {named}."
                yield Problem("revision-not-allowed", machine.id, message, machine.type)
    yield from _shared(stack, run)


def _run(value: Any) -> Iterator[tuple[_Running, str]]:
    """Yield the tasks and jobs that the states of a definition run, those inside maps too."""
    if isinstance(value, Mapping):
        for service, running in _RUNNING.items():
            if f":{service}" in str(value.get("Resource", "")):
                yield running, str(value["Parameters"].get(running.parameter, "nothing"))
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _run(one)


def _is_allowed(stack: Stack, machine: Resource, running: _Running, family: str) -> bool:
    revision = f"arn:${{AWS::Partition}}:{running.arn}{family}:1"
    statements = statements_of_role(stack, machine.properties.get("RoleArn"))
    named = (one for statement in statements if allows(statement, running.action) for one in _resources(statement))
    return any(one.endswith("*") and fnmatchcase(revision, one.replace("[", "[[]")) for one in named)


def _resources(statement: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in as_list(statement.get("Resource", []))]


def _shared(stack: Stack, run: set[str]) -> Iterator[Problem]:
    """Yield definitions that are run by a name that another definition has, in this stack or in another."""
    names = Counter((one.type, str(one.properties.get(NAMES[one.type], ""))) for one in stack.of_type(*NAMES))
    for one in stack.of_type(*NAMES):
        name = str(one.properties.get(NAMES[one.type], ""))
        if name in run and (names[one.type, name] > 1 or not _OWN_NAME.fullmatch(name)):
            message = f"It is run as {name}, and another definition can have this name, and be the latest."
            yield Problem("family-of-others", one.id, message, one.type)
