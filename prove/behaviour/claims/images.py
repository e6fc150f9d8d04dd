"""Claims about images and pods: user, health checks, base images."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.references import ids_in

_ARGUMENT = re.compile(r"^ARG (\w+)=(\S+)$", re.MULTILINE)
_VERSION = re.compile(r"(:(?!latest$)[\w.-]+|@sha256:\w+)$")
_FROM = re.compile(r"^FROM (\S+)", re.MULTILINE)
_USER = re.compile(r"^USER (\S+)$", re.MULTILINE)
_DEVICE_PLUGIN = "nvidia-device-plugin"


def _dockerfiles(evidence: Evidence) -> Iterator[tuple[str, str, Path]]:
    for file in sorted(evidence.folder.glob("src/*/Dockerfile")):
        yield str(file.relative_to(evidence.folder)), file.read_text("utf-8"), file


@claim("windows-images-have-a-named-user")
def windows(evidence: Evidence) -> Iterator[Untrue]:
    """An image whose user is a name and no number is one of Windows."""
    for path, text, _ in _dockerfiles(evidence):
        for user in _USER.findall(text):
            if not user.isdigit() and "windows" not in text:
                yield path, f"{user} is a name, and the image is no one of Windows."


@claim("images-name-their-user")
def users(evidence: Evidence) -> Iterator[Untrue]:
    """An image that names no user is run by Lambda."""
    for path, text, _ in _dockerfiles(evidence):
        if not _USER.search(text) and "/lambda/" not in text:
            yield path, "It names no user, and Lambda does not run it."


@claim("base-has-a-version")
def bases(evidence: Evidence) -> Iterator[Untrue]:
    """Each base of an image is an argument, whose default has a version or a digest."""
    for path, text, _ in _dockerfiles(evidence):
        named = {f"${{{name}}}" for name, default in _ARGUMENT.findall(text) if _VERSION.search(default)}
        if "${BASE}" not in named or not named.issuperset(_FROM.findall(text)):
            yield path, "Its base has no version."


@claim("health-is-checked-from-outside")
def health(evidence: Evidence) -> Iterator[Untrue]:
    """A long-running container has a health check of the load balancer, ECS or Kubernetes."""
    stack = evidence.stack
    for service in stack.of_type("AWS::ECS::Service"):
        definitions = [stack.resources[id] for id in ids_in(str(service.properties.get("TaskDefinition", "")))]
        containers = [
            one for definition in definitions for one in definition.properties.get("ContainerDefinitions", ())
        ]
        if not service.properties.get("LoadBalancers") and not any(
            container.get("HealthCheck", {}).get("Command", ["NONE"])[0] != "NONE" for container in containers
        ):
            yield service.id, "Nothing checks whether its tasks are well."
    for path, name, pod in _pods(evidence, "Deployment"):
        if not any("livenessProbe" in container for container in pod["containers"]):
            yield f"{path} {name}", "Kubernetes does not check whether it is well."


def _pods(evidence: Evidence, *kinds: str) -> Iterator[tuple[str, str, Any]]:
    """Yield the pods of manifests, with their file and their name."""
    for file in sorted(evidence.folder.glob("kubernetes/base/*.yaml")):
        for document in yaml.safe_load_all(file.read_text("utf-8")):
            kind = document.get("kind", "") if isinstance(document, dict) else ""
            spec = document.get("spec", {}) if kind in ("Deployment", "Job", "CronJob", "DaemonSet") else {}
            spec = spec.get("jobTemplate", {}).get("spec", spec)
            if "template" in spec and kind in (kinds or (kind,)):
                yield str(file.relative_to(evidence.folder)), document["metadata"]["name"], spec["template"]["spec"]


@claim("only-the-device-plugin-is-root")
def plugin(evidence: Evidence) -> Iterator[Untrue]:
    """Only the pod of the NVIDIA device plugin is allowed to run as root."""
    for path, name, pod in _pods(evidence):
        if not name.startswith(_DEVICE_PLUGIN) and pod.get("securityContext", {}).get("runAsNonRoot") is not True:
            yield f"{path} {name}", "It may run as root."


@claim("pods-without-readiness-take-no-requests")
def readiness(evidence: Evidence) -> Iterator[Untrue]:
    """A pod that is never asked whether it is ready has no port."""
    for path, name, pod in _pods(evidence):
        for container in pod["containers"]:
            if "readinessProbe" not in container and container.get("ports"):
                yield f"{path} {name}", "It takes requests, and is not asked whether it is ready."


@claim("memory-of-pods-is-limited")
def memory(evidence: Evidence) -> Iterator[Untrue]:
    """A pod has a CPU request and a memory limit."""
    for path, name, pod in _pods(evidence):
        if name.startswith(_DEVICE_PLUGIN):
            continue
        for container in pod["containers"]:
            resources = container.get("resources", {})
            if "memory" not in resources.get("limits", {}) or "cpu" not in resources.get("requests", {}):
                yield f"{path} {name}", "Its memory has no limit, or it asks for no share of the processor."


@claim("tags-are-immutable")
def tags(evidence: Evidence) -> Iterator[Untrue]:
    """No tag of a repository can be moved to another image."""
    for repository in evidence.stack.of_type("AWS::ECR::Repository"):
        if repository.properties.get("ImageTagMutability") != "IMMUTABLE":
            yield repository.id, "Its tags can be moved."
