"""A second release replaces the first: the image of a changed program is built, pushed and run under a tag of its own.

Tags of the repositories do not change (`ImageTagMutability: IMMUTABLE`), so a tag that stays the same is never pushed
again: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html> (2026-11-27). The rules are
read from what `make deploy` prints for two commits, from the template and from the overlays of Kubernetes.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.metric_math import on_single_metrics
from prove.behaviour.references import named
from prove.behaviour.releases import Release, releases
from prove.readback.stack import Resource
from prove.readback.values import references, texts

_RUNS = ("AWS::ECS::TaskDefinition", "AWS::Batch::JobDefinition", "AWS::ECS::ExpressGatewayService")
_REPOSITORY = "AWS::ECR::Repository"
_URI = ".RepositoryUri"
#: Metrics that count answers with an error of the server: of load balancers, of REST and of HTTP APIs.
_FAILED = re.compile("5xx", re.IGNORECASE)
#: A parameter that the README tells a user to give.
_ADVISED = re.compile(r'PARAMETERS="(?P<given>[^"]+)"')
_NAME = re.compile(r"(?<!\S)(?P<name>[A-Z]\w+)=")
#: The words in a sentence that stand for any parameter.
_ANY = {"Name", "Other"}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Compare two releases of a project, and the README with the template."""
    yield from _advised(evidence)
    for service in evidence.stack.of_type("AWS::ECS::Service"):
        yield from _rolled_back(evidence, service)
    if not (evidence.folder / "Makefile").exists():
        return
    first, second = releases(evidence.folder)
    if not first.built:
        return
    yield from _built(first, second)
    yield from _pushed(second)
    parameters = set[str]()
    for resource in evidence.stack.of_type(*_RUNS):
        yield from _image(evidence, resource, parameters)
    for name in sorted(parameters):
        yield from _deployed(name, second)
    if list(evidence.folder.glob("kubernetes/overlays/*")):
        yield from _applied(evidence.folder, second)


def _built(first: Release, second: Release) -> Iterator[Problem]:
    for component, tag in second.built.items():
        if first.built.get(component) == tag:
            message = f"A second version of {component} is built as {tag} again, which is in the repository: it is never pushed."
            yield Problem("same-tag", "Makefile", message)


def _pushed(release: Release) -> Iterator[Problem]:
    built = set(release.built.values())
    if built != {release.pushed}:
        yield Problem("not-pushed", "Makefile", f"Images are built as {sorted(built)}, and {release.pushed} is pushed.")
    elif not release.pushed_before:
        message = "Tasks of a new version start while its image is pushed: those that find none count as failed."
        yield Problem("pushed-late", "Makefile", message)


def _image(evidence: Evidence, resource: Resource, parameters: set[str]) -> Iterator[Problem]:
    """Check the images of a resource that come from a repository of the stack, and note the parameters in their tags."""
    for text in texts(resource.properties):
        used = list(references(text))
        if not any(attribute == _URI and _is_repository(evidence, id) for id, attribute in used):
            continue
        tags = {id for id, attribute in used if not attribute and id in evidence.stack.parameters}
        parameters |= tags
        if not tags:
            message = f"{text} is one image for good: no release of the stack runs another."
            yield Problem("fixed-image", resource.id, message, resource.type)


def _is_repository(evidence: Evidence, id: str) -> bool:
    return id in evidence.stack.resources and evidence.stack.resources[id].type == _REPOSITORY


def _deployed(name: str, release: Release) -> Iterator[Problem]:
    given = release.parameters.get(name)
    if {given} != set(release.built.values()):
        message = (
            f"The stack is deployed with {name}={given}, and the images of this release are {dict(release.built)}."
        )
        yield Problem("not-deployed", "Makefile", message)


def _applied(project: Path, release: Release) -> Iterator[Problem]:
    """Check that each overlay takes its image tag from the file that the release writes."""
    if {release.applied} != set(release.built.values()):
        message = (
            f"The overlay is told the tag {release.applied}, and the images of this release are {dict(release.built)}."
        )
        yield Problem("not-deployed", "kubernetes/overlays", message)
    for file in sorted(project.glob("kubernetes/overlays/*/kustomization.yaml")):
        overlay = yaml.safe_load(file.read_text("utf-8"))
        place = str(file.relative_to(project))
        for image in overlay.get("images", ()):
            if "newTag" in image:
                message = f"{image['name']} runs as {image['newTag']} whatever is released."
                yield Problem("fixed-image", place, message)
        replaced = [target for one in overlay.get("replacements", ()) for target in one["targets"]]
        images, tagged = _parts(replaced, 0), _parts(replaced, 1)
        for name in sorted(images - tagged):
            yield Problem("fixed-image", place, f"Nothing puts the tag of a release into the image of {name}.")


def _parts(targets: list[dict[str, Any]], index: int) -> set[str]:
    """Return the workloads of which a part of the image is replaced: 0 before the colon, 1 behind it."""
    return {
        f"{target['select']['kind']} {target['select']['name']}"
        for target in targets
        if target.get("options") == {"delimiter": ":", "index": index}
        and all(path.endswith(".image") for path in target["fieldPaths"])
    }


def _rolled_back(evidence: Evidence, service: Resource) -> Iterator[Problem]:
    """Check that a release whose tasks do not start, or answer with errors, is taken back."""
    deployment = service.properties.get("DeploymentConfiguration", {})
    breaker = deployment.get("DeploymentCircuitBreaker", {})
    if breaker.get("Enable") != "true" or breaker.get("Rollback") != "true":
        yield Problem("no-rollback", service.id, "A release whose tasks do not start stays.", service.type)
    alarms = deployment.get("Alarms", {})
    names = named(alarms.get("AlarmNames", []))
    rings = {alarm.id for alarm in evidence.stack.of_type("AWS::CloudWatch::Alarm")}
    enabled = alarms.get("Enable") == "true" and alarms.get("Rollback") == "true"
    if _answers_http(evidence, service) and _answers_watched(evidence) and not (names & rings and enabled):
        message = "A release that answers with errors stays: no alarm of its load balancer ends the deployment."
        yield Problem("no-rollback", service.id, message, service.type)


def _answers_http(evidence: Evidence, service: Resource) -> bool:
    """Whether an Application Load Balancer sends requests to a service."""
    joined = [balanced.get("TargetGroupArn") for balanced in service.properties.get("LoadBalancers", ())]
    groups = named(joined) & evidence.stack.resources.keys()
    return any(evidence.stack.resources[id].properties.get("Protocol") in ("HTTP", "HTTPS") for id in groups)


def _answers_watched(evidence: Evidence) -> bool:
    """Whether an alarm of the template counts the failed answers of load balancers or APIs."""
    alarms = evidence.stack.of_type("AWS::CloudWatch::Alarm")
    watched = (str(one.properties["MetricName"]) for alarm in alarms for one in on_single_metrics(alarm))
    return any(_FAILED.search(name) for name in watched)


def _advised(evidence: Evidence) -> Iterator[Problem]:
    """Check that the README names parameters that the template has."""
    file = evidence.folder / "README.md"
    text = file.read_text("utf-8") if file.exists() else ""
    for given in _ADVISED.finditer(text):
        for name in _NAME.findall(given["given"]):
            if name not in evidence.stack.parameters and name not in _ANY:
                yield Problem(
                    "no-parameter", "README.md", f"The README says {name}=…, which the template does not ask for."
                )
