"""What a synthesised app uploads: what in the project, or which document, is behind each key that its template names.

That is the folder of a function in Python, and the file that a function in TypeScript is bundled from, which the driver
of the proof notes in `entries.json` beside the assembly.
"""

import json
from pathlib import Path
from typing import Any

ENTRIES = "entries.json"


def assets_of(assembly: Path, project: Path) -> dict[str, Any]:
    """Return the assets of a cloud assembly by their keys, for `prove.readback.read`."""
    found: dict[str, Any] = {}
    noted = assembly / ENTRIES
    entries = json.loads(noted.read_text("utf-8")) if noted.exists() else {}
    for manifest in sorted(assembly.glob("*.assets.json")):
        for asset in json.loads(manifest.read_text("utf-8"))["files"].values():
            for to in asset["destinations"].values():
                path = Path(entries.get(asset.get("displayName"), assembly / asset["source"]["path"]))
                found[to["objectKey"]] = _content(path, project)
    return found


def _content(path: Path, project: Path) -> Any:
    if path.is_relative_to(project):
        return str(path.relative_to(project))
    if path.is_file() and path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))
    return path.name
