"""kubernetes-validate over overlays that kubectl builds: jobs are {"kubectl": …, "version": …, "own": kinds, "paths": …}.

Kinds without a schema fail as well, except those in `own`, which AWS's controllers define. Checks across manifests
follow: whether referenced resources exist, and whether the namespace would admit the pods.
"""

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import yaml

#: A DaemonSet runs in a system namespace, which the pod security level "restricted" does not cover.
DAEMON = "DaemonSet"
_LEVEL = "pod-security.kubernetes.io/enforce"


def problems(path: str, jobs: dict[str, Any]) -> list[dict[str, str]]:
    """Return the problems of the manifests that an overlay builds."""
    built = subprocess.run([jobs["kubectl"], "kustomize", path], capture_output=True, text=True, check=False)
    if built.returncode:
        return [{"rule": "kustomize", "place": "", "message": built.stderr.strip()}]
    manifests = list(yaml.safe_load_all(built.stdout))
    rows = [{"rule": rule, "place": place, "message": message} for rule, place, message in manifest_problems(manifests)]
    for manifest in manifests:
        place = f"{manifest['kind']}/{manifest['metadata']['name']}"
        try:
            kubernetes_validate.validate(manifest, jobs["version"], strict=True)
        except kubernetes_validate.SchemaNotFoundError as error:
            if manifest["kind"] not in jobs["own"]:
                rows.append({"rule": "unknown-kind", "place": place, "message": str(error)})
        except kubernetes_validate.ValidationError as error:
            rows.append({"rule": "schema", "place": place, "message": str(error).splitlines()[0]})
    return rows


def manifest_problems(manifests: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield problems across manifests: rule, place and message."""
    pods = [(manifest, pod) for manifest in manifests if (pod := _pod(manifest))]
    labels = [pod["metadata"].get("labels", {}) for manifest in manifests if (pod := _pod(manifest, DAEMON))]
    accounts = {manifest["metadata"]["name"] for manifest in manifests if manifest["kind"] == "ServiceAccount"}
    for manifest, pod in pods:
        place = f"{manifest['kind']}/{manifest['metadata']['name']}"
        account = pod["spec"].get("serviceAccountName", "default")
        if account not in accounts:
            yield "service-account", place, f"there is no service account {account} here, and so no role"
        for container in pod["spec"]["containers"]:
            yield from ((*row[:1], place, row[1]) for row in _container_problems(container, pod["spec"]))
    namespaces = {manifest["metadata"].get("namespace") for manifest, _ in pods}
    for manifest in manifests:
        yield from (
            (rule, f"{manifest['kind']}/{manifest['metadata']['name']}", words)
            for rule, words in _namespace_problems(manifest, namespaces)
        )
        for selector in _selected(manifest):
            if not any(selector.items() <= pod_labels.items() for pod_labels in labels):
                yield (
                    "selector",
                    f"{manifest['kind']}/{manifest['metadata']['name']}",
                    f"no pod has the labels {selector}",
                )


def _namespace_problems(manifest: dict[str, Any], namespaces: set[str | None]) -> Iterator[tuple[str, str]]:
    """Yield suspended schedules, namespaces below the level "restricted", and incomplete default-deny policies."""
    spec = manifest.get("spec") or {}
    if manifest["kind"] == "CronJob" and spec.get("suspend"):
        yield "suspended", "the schedule starts nothing"
    if manifest["kind"] == "Namespace" and manifest["metadata"]["name"] in namespaces:
        level = manifest["metadata"].get("labels", {}).get(_LEVEL)
        if level != "restricted":
            yield "restricted", f"the namespace lets in pods that are {level or 'of any kind'}"
    closes = manifest["kind"] == "NetworkPolicy" and not any(
        spec.get(key) for key in ("podSelector", "ingress", "egress")
    )
    if closes and set(spec["policyTypes"]) != {"Ingress", "Egress"}:
        yield "open", f"what has no policy of its own is closed for {' '.join(spec['policyTypes'])} only"


def _pod(manifest: dict[str, Any], *more: str) -> dict[str, Any] | None:
    spec = manifest.get("spec") or {}
    if manifest["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec.get("template") if manifest["kind"] in ("CronJob", "Job", "Deployment", *more) else None


def _container_problems(container: dict[str, Any], pod: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield violations of the pod security level "restricted", unpinned images, and missing memory limits."""
    if not re.search(r"(@sha256:|:v?\d)", container["image"].rpartition("/")[2]):
        yield "unpinned", f"{container['image']} is whatever image is the newest"
    context, pod_context = container.get("securityContext", {}), pod.get("securityContext", {})
    if "memory" not in container.get("resources", {}).get("limits", {}):
        yield "memory-limit", "a container may take all the memory of its node"
    if pod.get("os", {}).get("name") == "windows":
        return
    if context.get("allowPrivilegeEscalation") is not False:
        yield "restricted", "a container may gain the rights of root"
    if not context.get("runAsNonRoot", pod_context.get("runAsNonRoot")):
        yield "restricted", "a container may run as root"
    if "ALL" not in context.get("capabilities", {}).get("drop", ()):
        yield "restricted", "a container keeps capabilities of root"


def _selected(manifest: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the labels by which a manifest selects pods; an empty selector selects all of them."""
    spec = manifest.get("spec") or {}
    for key in ("podSelector", "selector"):
        selector = spec.get(key) or {}
        labels = selector if manifest["kind"] == "Service" else selector.get("matchLabels", {})
        if labels:
            yield labels


def answers(jobs: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Build and validate every overlay."""
    for overlay in jobs["paths"]:
        yield overlay, problems(overlay, jobs)
