"""Tier equality: the resources of a case are the same in every target, and match its diagram and its picture.

Reads the templates that the tiers translate and synth leave. The first target of a case is compared with the graph,
and every other target with the first, so that each difference is reported once. The Kubernetes manifests of a project
are compared with its stack and the graph.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import yaml

import blueprints
from blueprints.refusals.stack_size import resource_count
from blueprints.stack.assembly import stack_of as assembled
from prove.projects import SAM, Project
from prove.readback import Difference, Stack, differences, normal, read
from prove.readback.assets import assets_of
from prove.readback.diagram import missing_from
from prove.readback.eksctl import cluster_differences
from prove.readback.languages import in_any_language
from prove.readback.manifests import manifest_differences
from prove.readback.monitoring import monitoring_differences
from prove.readback.picture import picture_differences
from prove.results import Finding, Result
from prove.static.makefile_checks import stack_tags
from prove.static.overlays import Manifests, overlays
from prove.static.synth import TYPESCRIPT
from renderers.drawn import drawn

TIER = "equality"
#: Targets that have to support the same designs; the TypeScript target supports fewer and lists its refusals.
_EQUAL_TARGETS = (SAM, "cdk-python")
_STACK = "aws:cloudformation:stack"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Compare the targets of every case."""
    cases: dict[str, list[Project]] = {}
    for project in projects:
        cases.setdefault(project.case.name, []).append(project)
    for case_projects in cases.values():
        yield from _compared(case_projects)


def _compared(projects: Sequence[Project]) -> Iterator[Result]:
    first = projects[0]
    stacks = {project.target: stack_of(project) for project in projects if project.template.exists()}
    pods = overlays(projects)
    for project in projects:
        stack, first_stack = stacks.get(project.target), stacks.get(first.target)
        if stack is None or first_stack is None:
            message = "there is no template to read back: the tiers before this one make it"
            findings = [Finding(TIER, project.case.name, project.target, place=project.template.name, message=message)]
        elif project is first:
            findings = [
                _finding(project, difference, "the diagram") for difference in missing_from(stack, project.case.plan)
            ]
            findings += [_finding(project, difference, "the picture") for difference in _drawn(project, stack)]
            findings += [
                _finding(project, difference, "what watches it") for difference in monitoring_differences(stack)
            ]
            findings += _refused(projects)
        else:
            findings = [
                _finding(project, difference, first.target) for difference in _between(first_stack, stack, project)
            ]
            findings += _tagged(first, project)
        if stack is not None:
            findings += _miscounted(project)
            findings += [
                _finding(project, difference, "the stack")
                for difference in _on_kubernetes(project, stack, pods[project])
            ]
        yield Result(TIER, project.case.name, project.target, findings=tuple(findings))


def _drawn(project: Project, stack: Stack) -> Iterator[Difference]:
    """Yield the differences between a project's stack and its picture."""
    case = project.case
    yield from picture_differences(stack, case.plan.architecture, drawn(case.design).architecture)


def stack_of(project: Project) -> Stack:
    """Return the template of a project, read back."""
    template = json.loads(project.template.read_text("utf-8"))
    return normal(read(template, assets_of(project.built, project.folder)))


def _between(first: Stack, other: Stack, project: Project) -> Iterator[Difference]:
    if project.target == TYPESCRIPT:
        return differences(in_any_language(first), in_any_language(other))
    return differences(first, other)


def _tagged(first: Project, project: Project) -> Iterator[Finding]:
    tags, expected = _tags(project), _tags(first)
    if tags != expected:
        message = f"tags of the stack: {first.target} gives {expected}, {project.target} gives {tags}"
        yield Finding(TIER, project.case.name, project.target, place="stack", message=message, rule="setting")


def _tags(project: Project) -> Mapping[str, str]:
    """Return the tags of a deployed stack: those of `make deploy` in SAM, of the app in CDK."""
    if project.target == SAM:
        return stack_tags(project.folder)
    manifest = project.built / "manifest.json"
    artifacts = json.loads(manifest.read_text("utf-8"))["artifacts"] if manifest.exists() else {}
    tags_of_stacks = (
        artifact["properties"].get("tags", {}) for artifact in artifacts.values() if artifact["type"] == _STACK
    )
    return next(tags_of_stacks, {})


def _on_kubernetes(project: Project, stack: Stack, pods: Mapping[str, Manifests]) -> Iterator[Difference]:
    """Yield the differences between a project's stack and its Kubernetes manifests."""
    plan = project.case.plan
    if plan.architecture.of_service("eks"):
        config = yaml.safe_load((project.folder / "cluster" / "eksctl.yaml").read_text("utf-8"))
        yield from cluster_differences(config, stack, plan)
        for environment, manifests in pods.items():
            yield from manifest_differences(manifests, stack, plan, environment)


def _miscounted(project: Project) -> Iterator[Finding]:
    """Yield a finding where the template has another number of resources than is compared with the quota."""
    counted = resource_count(assembled(project.case.plan, "en"), project.target)
    found = len(json.loads(project.template.read_text("utf-8"))["Resources"])
    if found != counted:
        message = f"the template has {found} resources, and {counted} are compared with the quota"
        yield Finding(TIER, project.case.name, project.target, place="stack", message=message, rule="resource-count")


def _finding(project: Project, difference: Difference, origin: str) -> Finding:
    message = difference.between(origin, project.target)
    return Finding(
        TIER, project.case.name, project.target, place=difference.place, message=message, rule=difference.part
    )


def _refused(projects: Sequence[Project]) -> list[Finding]:
    """Return a finding where one of two targets refuses a design that the other supports."""
    case, targets = projects[0].case, {project.target for project in projects}
    if not targets & set(_EQUAL_TARGETS):
        return []
    return [
        Finding(
            TIER,
            case.name,
            target,
            place=refusal.where,
            message=f"{target} refuses what another target makes: {refusal.reason.en}",
        )
        for target in set(_EQUAL_TARGETS) - targets
        for refusal in blueprints.check(case.design, target)
    ]
