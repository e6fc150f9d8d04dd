"""mypy over many folders in one process: jobs are {"cache": folder, "folders": […]}, each line a folder and its errors.

A folder's settings are those of the nearest pyproject.toml above it; the cache is shared, so that boto3 is read once.
"""

import json
import os
import re
import sys
from pathlib import Path

from mypy import api

LINE = re.compile(r"(?P<place>[^:]+:\d+): error: (?P<message>.*?)(?:  \[(?P<rule>[a-z-]+)\])?$")


def errors(folder: Path, cache: str) -> list[dict[str, str]]:
    """Return the errors of a folder, checked from inside as its owner would."""
    settings = next(up / "pyproject.toml" for up in folder.parents if (up / "pyproject.toml").exists())
    os.chdir(folder)
    out, err, code = api.run(["--config-file", str(settings), "--cache-dir", cache, "--no-error-summary", "."])
    found = [match.groupdict(default="mypy") for line in out.splitlines() if (match := LINE.match(line))]
    if code and not found:
        return [{"rule": "mypy", "place": "", "message": (err or out).strip()}]
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    for name in asked["folders"]:
        print(json.dumps([name, errors(Path(name), asked["cache"])]), flush=True)
