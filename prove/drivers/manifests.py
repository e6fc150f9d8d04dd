"""kubernetes-validate over overlays that kubectl builds: jobs are {"kubectl": …, "version": …, "own": kinds, "paths": …}.

Kinds without a schema fail as well, but for those named in `own`, which AWS's controllers bring.
"""

import json
import subprocess
import sys
from typing import Any

import kubernetes_validate
import yaml


def problems(path: str, jobs: dict[str, Any]) -> list[dict[str, str]]:
    """Return what is wrong with the manifests that an overlay builds."""
    built = subprocess.run([jobs["kubectl"], "kustomize", path], capture_output=True, text=True, check=False)
    if built.returncode:
        return [{"rule": "kustomize", "place": "", "message": built.stderr.strip()}]
    found = []
    for manifest in yaml.safe_load_all(built.stdout):
        place = f"{manifest['kind']}/{manifest['metadata']['name']}"
        try:
            kubernetes_validate.validate(manifest, jobs["version"], strict=True)
        except kubernetes_validate.SchemaNotFoundError as error:
            if manifest["kind"] not in jobs["own"]:
                found.append({"rule": "unknown-kind", "place": place, "message": str(error)})
        except kubernetes_validate.ValidationError as error:
            found.append({"rule": "schema", "place": place, "message": str(error).splitlines()[0]})
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    for overlay in asked["paths"]:
        print(json.dumps([overlay, problems(overlay, asked)]), flush=True)
