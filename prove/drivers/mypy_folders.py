"""mypy over many folders, a few in each process: jobs are {"cache": folder, "folders": […]}, each line a folder and its errors.

A folder's settings are those of the nearest pyproject.toml above it; the cache is shared, so that boto3 is read once. The
cache knows a file by path, size and second, and programs of many projects have the same names: each folder is given whole.
"""

import os
import re
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mypy import api

#: mypy keeps what it has read for as long as its process lives: some 300 MB a folder that imports the CDK.
_FOLDERS_OF_A_PROCESS = 8

LINE = re.compile(r"(?P<place>[^:]+:\d+): error: (?P<message>.*?)(?:  \[(?P<rule>[a-z-]+)\])?$")


def errors(folder: Path, *, cache: str) -> list[dict[str, str]]:
    """Return the errors of a folder, checked from inside as its owner would."""
    settings = next(up / "pyproject.toml" for up in folder.parents if (up / "pyproject.toml").exists())
    os.chdir(folder)
    out, err, code = api.run(["--config-file", str(settings), "--cache-dir", cache, "--no-error-summary", str(folder)])
    rows = [match.groupdict(default="mypy") for line in out.splitlines() if (match := LINE.match(line))]
    if code and not rows:
        return [{"rule": "mypy", "place": "", "message": (err or out).strip()}]
    return rows


def answers(jobs: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Check every folder."""
    names = jobs["folders"]
    with get_context("fork").Pool(1, maxtasksperchild=_FOLDERS_OF_A_PROCESS) as process:
        found = process.imap(partial(errors, cache=jobs["cache"]), [Path(name) for name in names])
        yield from zip(names, found, strict=True)
