"""The programs of pods: their environment variables, as an overlay fills them in from the outputs of the stack."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from prove.behaviour.evidence import Evidence
from prove.behaviour.manifests import manifests
from prove.behaviour.running.routes import logical

_WORKLOADS = ("Deployment", "StatefulSet", "CronJob", "Job")


def environments(evidence: Evidence) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the name of each workload with its variables; values from the stack are logical ids."""
    overlays = sorted(evidence.folder.glob("kubernetes/overlays/*/kustomization.yaml"))
    if not overlays:
        return
    filled = dict(_filled(evidence, yaml.safe_load(overlays[-1].read_text("utf-8"))))
    found = list(manifests(evidence))
    stated = {one["metadata"]["name"]: one.get("data", {}) for one in found if one["kind"] == "ConfigMap"}
    for workload in (one for one in found if one["kind"] in _WORKLOADS):
        name = str(workload["metadata"]["name"])
        own = {key: str(value) for key, value in stated.get(name, {}).items()}
        yield name, own | {key: value for (of, key), value in filled.items() if of == name}


def _filled(evidence: Evidence, overlay: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the variables that an overlay sets for each workload."""
    for replacement in overlay.get("replacements", ()):
        output = evidence.stack.outputs.get(replacement["source"]["fieldPath"].removeprefix("data."), {})
        for target in replacement["targets"]:
            if target["select"]["kind"] == "ConfigMap":
                for path in target["fieldPaths"]:
                    yield (target["select"]["name"], path.removeprefix("data.")), logical(output.get("Value", ""))
