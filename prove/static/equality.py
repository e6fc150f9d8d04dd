"""Tier equality: what a case makes is the same in every target, and is what its diagram shows.

Reads the templates that the tiers translate and synth leave. The first target of a case is held against the graph,
and every other one against the first, so that each difference is said once. What a project brings for Kubernetes is
held against its own stack and the graph.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import yaml

import blueprints
from prove.projects import SAM, Project
from prove.readback import Difference, Stack, differences, normal, read
from prove.readback.assets import assets_of
from prove.readback.diagram import missing_from
from prove.readback.eksctl import cluster_differences
from prove.readback.languages import in_any_language
from prove.readback.manifests import manifest_differences
from prove.readback.monitoring import watching_differences
from prove.results import Finding, Result
from prove.static.makefile_checks import stack_tags
from prove.static.overlays import Manifests, overlays
from prove.static.synth import TYPESCRIPT

TIER = "equality"
#: Targets that have to make, or to refuse, the same designs; programs in TypeScript are fewer, and it says which.
_ALIKE = (SAM, "cdk-python")
_STACK = "aws:cloudformation:stack"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Compare the targets of every case."""
    cases: dict[str, list[Project]] = {}
    for project in projects:
        cases.setdefault(project.case.name, []).append(project)
    for own in cases.values():
        yield from _compared(own)


def _compared(own: Sequence[Project]) -> Iterator[Result]:
    first = own[0]
    stacks = {project.target: stack_of(project) for project in own if project.template.exists()}
    pods = overlays(own)
    for project in own:
        stack, mine = stacks.get(project.target), stacks.get(first.target)
        if stack is None or mine is None:
            message = "there is no template to read back: the tiers before this one make it"
            found = [Finding(TIER, project.case.name, project.target, project.template.name, message)]
        elif project is first:
            found = [_finding(project, one, "the diagram") for one in missing_from(stack, project.case.plan)]
            found += [_finding(project, one, "what watches it") for one in watching_differences(stack)]
            found += _refused(own)
        else:
            found = [_finding(project, one, first.target) for one in _between(mine, stack, project)]
            found += _tagged(first, project)
        if stack is not None:
            found += [_finding(project, one, "the stack") for one in _on_kubernetes(project, stack, pods[project])]
        yield Result(TIER, project.case.name, project.target, findings=tuple(found))


def stack_of(project: Project) -> Stack:
    """Return the template of a project, read back."""
    template = json.loads(project.template.read_text("utf-8"))
    return normal(read(template, assets_of(project.built, project.folder)))


def _between(mine: Stack, other: Stack, project: Project) -> Iterator[Difference]:
    if project.target == TYPESCRIPT:
        return differences(in_any_language(mine), in_any_language(other))
    return differences(mine, other)


def _tagged(first: Project, project: Project) -> Iterator[Finding]:
    tags, wanted = _tags(project), _tags(first)
    if tags != wanted:
        message = f"tags of the stack: {first.target} gives {wanted}, {project.target} gives {tags}"
        yield Finding(TIER, project.case.name, project.target, "stack", message, rule="setting")


def _tags(project: Project) -> Mapping[str, str]:
    """Return the tags of a deployed stack: those of `make deploy` in SAM, of the app in CDK."""
    if project.target == SAM:
        return stack_tags(project.folder)
    manifest = project.built / "manifest.json"
    artifacts = json.loads(manifest.read_text("utf-8"))["artifacts"] if manifest.exists() else {}
    found = (one["properties"].get("tags", {}) for one in artifacts.values() if one["type"] == _STACK)
    return next(found, {})


def _on_kubernetes(project: Project, stack: Stack, pods: Mapping[str, Manifests]) -> Iterator[Difference]:
    """Give what differs between a project's stack and what it brings for Kubernetes."""
    plan = project.case.plan
    if plan.architecture.of_service("eks"):
        config = yaml.safe_load((project.folder / "cluster" / "eksctl.yaml").read_text("utf-8"))
        yield from cluster_differences(config, stack, plan)
        for environment, manifests in pods.items():
            yield from manifest_differences(manifests, stack, plan, environment)


def _finding(project: Project, one: Difference, mine: str) -> Finding:
    message = one.between(mine, project.target)
    return Finding(TIER, project.case.name, project.target, one.place, message, rule=one.part)


def _refused(own: Sequence[Project]) -> list[Finding]:
    """Say where one of two targets refuses what the other makes."""
    case, made = own[0].case, {project.target for project in own}
    if not made & set(_ALIKE):
        return []
    return [
        Finding(TIER, case.name, target, one.where, f"{target} refuses what another target makes: {one.reason.en}")
        for target in set(_ALIKE) - made
        for one in blueprints.check(case.design, target)
    ]
