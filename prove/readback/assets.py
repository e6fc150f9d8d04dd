"""Assets of a synthesized app: the path in the project, or the document, of each object key in its template.

The path is the folder of a function in Python, and the entry file of a function in TypeScript, which the driver of the
proof writes to `entries.json` in the assembly.
"""

import json
from pathlib import Path
from typing import Any

ENTRIES = "entries.json"


def assets_of(assembly: Path, project: Path) -> dict[str, Any]:
    """Return the assets of a cloud assembly by their keys, for `prove.readback.read`."""
    assets: dict[str, Any] = {}
    entries_file = assembly / ENTRIES
    entries = json.loads(entries_file.read_text("utf-8")) if entries_file.exists() else {}
    for manifest in sorted(assembly.glob("*.assets.json")):
        for asset in json.loads(manifest.read_text("utf-8"))["files"].values():
            for destination in asset["destinations"].values():
                path = Path(entries.get(asset.get("displayName"), assembly / asset["source"]["path"]))
                assets[destination["objectKey"]] = _content(path, project)
    return assets


def _content(path: Path, project: Path) -> Any:
    if path.is_relative_to(project):
        return str(path.relative_to(project))
    if path.is_file() and path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))
    return path.name
