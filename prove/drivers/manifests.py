"""kubernetes-validate over overlays that kubectl builds: jobs are {"kubectl": …, "version": …, "own": kinds, "paths": …}.

Kinds without a schema fail as well, but for those named in `own`, which AWS's controllers bring. What no schema holds is
asked of the manifests as a whole: whether what they name is there, and whether their own namespace would let the pods in.
"""

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import yaml

#: What serves a node runs in a namespace of the system and may do what pods may not.
DAEMON = "DaemonSet"
_LEVEL = "pod-security.kubernetes.io/enforce"


def problems(path: str, jobs: dict[str, Any]) -> list[dict[str, str]]:
    """Return what is wrong with the manifests that an overlay builds."""
    built = subprocess.run([jobs["kubectl"], "kustomize", path], capture_output=True, text=True, check=False)
    if built.returncode:
        return [{"rule": "kustomize", "place": "", "message": built.stderr.strip()}]
    manifests = list(yaml.safe_load_all(built.stdout))
    found = [{"rule": rule, "place": place, "message": message} for rule, place, message in unfit(manifests)]
    for manifest in manifests:
        place = f"{manifest['kind']}/{manifest['metadata']['name']}"
        try:
            kubernetes_validate.validate(manifest, jobs["version"], strict=True)
        except kubernetes_validate.SchemaNotFoundError as error:
            if manifest["kind"] not in jobs["own"]:
                found.append({"rule": "unknown-kind", "place": place, "message": str(error)})
        except kubernetes_validate.ValidationError as error:
            found.append({"rule": "schema", "place": place, "message": str(error).splitlines()[0]})
    return found


def unfit(manifests: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Give what does not fit together: rule, place and sentence."""
    pods = [(one, pod) for one in manifests if (pod := _pod(one))]
    labels = [pod["metadata"].get("labels", {}) for one in manifests if (pod := _pod(one, DAEMON))]
    accounts = {one["metadata"]["name"] for one in manifests if one["kind"] == "ServiceAccount"}
    for one, pod in pods:
        place = f"{one['kind']}/{one['metadata']['name']}"
        account = pod["spec"].get("serviceAccountName", "default")
        if account not in accounts:
            yield "service-account", place, f"there is no service account {account} here, and so no role"
        for container in pod["spec"]["containers"]:
            yield from ((*row[:1], place, row[1]) for row in _loose(container, pod["spec"]))
    homes = {one["metadata"].get("namespace") for one, _ in pods}
    for one in manifests:
        yield from ((rule, f"{one['kind']}/{one['metadata']['name']}", words) for rule, words in _loosened(one, homes))
        for wanted in _selected(one):
            if not any(wanted.items() <= own.items() for own in labels):
                yield "selector", f"{one['kind']}/{one['metadata']['name']}", f"no pod has the labels {wanted}"


def _loosened(manifest: dict[str, Any], homes: set[str | None]) -> Iterator[tuple[str, str]]:
    """Give what starts nothing, and what lets in or out what the namespaces of pods keep away."""
    spec = manifest.get("spec") or {}
    if manifest["kind"] == "CronJob" and spec.get("suspend"):
        yield "suspended", "the schedule starts nothing"
    if manifest["kind"] == "Namespace" and manifest["metadata"]["name"] in homes:
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


def _loose(container: dict[str, Any], pod: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what the pod security level "restricted" refuses, and memory without a limit."""
    if not re.search(r"(@sha256:|:v?\d)", container["image"].rpartition("/")[2]):
        yield "unpinned", f"{container['image']} is whatever image is the newest"
    own, all_of_them = container.get("securityContext", {}), pod.get("securityContext", {})
    if "memory" not in container.get("resources", {}).get("limits", {}):
        yield "memory-limit", "a container may take all the memory of its node"
    if pod.get("os", {}).get("name") == "windows":
        return
    if own.get("allowPrivilegeEscalation") is not False:
        yield "restricted", "a container may gain the rights of root"
    if not own.get("runAsNonRoot", all_of_them.get("runAsNonRoot")):
        yield "restricted", "a container may run as root"
    if "ALL" not in own.get("capabilities", {}).get("drop", ()):
        yield "restricted", "a container keeps capabilities of root"


def _selected(manifest: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Give the labels by which a manifest selects pods; an empty selector selects all of them."""
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
