"""What a synthesised app uploads: the folder in the project, or the document, behind each key that its template names."""

import json
from pathlib import Path
from typing import Any


def assets_of(assembly: Path, project: Path) -> dict[str, Any]:
    """Return the assets of a cloud assembly by their keys, for `blueprints.readback.read`."""
    found: dict[str, Any] = {}
    for manifest in sorted(assembly.glob("*.assets.json")):
        for asset in json.loads(manifest.read_text("utf-8"))["files"].values():
            for to in asset["destinations"].values():
                found[to["objectKey"]] = _content(assembly / asset["source"]["path"], project)
    return found


def _content(path: Path, project: Path) -> Any:
    if path.is_relative_to(project):
        return str(path.relative_to(project))
    if path.is_file() and path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))
    return path.name
