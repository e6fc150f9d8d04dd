"""The manifests of Kubernetes in a project, as its base has them before an overlay fills them in."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from prove.behaviour.evidence import Evidence


def manifests(evidence: Evidence) -> Iterator[Mapping[str, Any]]:
    """Yield the manifests of the base, in the order of their files."""
    for file in sorted(evidence.folder.glob("kubernetes/base/*.yaml")):
        for manifest in yaml.safe_load_all(file.read_text("utf-8")):
            if isinstance(manifest, dict) and "metadata" in manifest:
                yield manifest
