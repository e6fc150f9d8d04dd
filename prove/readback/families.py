"""Task and job definitions by the name that their revisions share.

A state machine that runs the latest revision names it, and so refers to no resource of the template
(https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html,
https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html, read 2026-11-30). A rule on the tasks of all revisions
names how their ARNs begin.
"""

from collections.abc import Iterator, Mapping

from prove.readback.stack import Resource
from prove.readback.values import Value, references, texts

TASK, JOB = "AWS::ECS::TaskDefinition", "AWS::Batch::JobDefinition"
#: Type -> the property with the name.
NAMES: Mapping[str, str] = {TASK: "Family", JOB: "JobDefinitionName"}


def by_family(resources: Mapping[str, Resource]) -> Mapping[str, str]:
    """Return the logical ids of task and job definitions by the names of their families, in the normal form."""
    named = ((str(one.properties.get(NAMES[one.type], "")), one.id) for one in resources.values() if one.type in NAMES)
    return {name: id for name, id in named if name}


def named_in(value: Value, families: Mapping[str, str]) -> Iterator[str]:
    """Yield the logical ids of the definitions whose families a value names."""
    named = (_family(text) for text in texts(value))
    return (families[name] for name in named if name in families)


def _family(text: str) -> str:
    """Return the family in the beginning of the ARNs of its revisions, else the text."""
    before, _, name = text.partition(":task-definition/")
    return name.removesuffix(":") if before.startswith("arn:") else text


def referred(resource: Resource, families: Mapping[str, str]) -> Iterator[str]:
    """Yield the logical ids that a resource refers to, and those of the definitions whose families it names."""
    properties = dict(resource.properties)
    yield from (id for id, _ in references(properties))
    yield from (id for id in named_in(properties, families) if id != resource.id)
