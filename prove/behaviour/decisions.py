"""Decisions tried on the approvals endpoint of a project in either language; equal programs are tried once."""

import json
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from prove.static.typescript import modules
from prove.tools import OUT, ROOT, run, tool
from prove.tools.worker import ask


def wrongs(endpoint: Path, asker: Path | None, payload: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return what is wrong with how an endpoint decides.

    `asker` is the folder of a program that asks by itself, `payload` what a state machine hands the endpoint.
    """
    folders = (endpoint, *([asker] if asker else []))
    content = tuple(file.read_bytes() for folder in folders for file in sorted(folder.iterdir()) if file.is_file())
    return _once(content, _Job((str(endpoint), str(asker or ""), payload)))


class _Job:
    """A job that does not tell two tries apart: the content of its folders does."""

    def __init__(self, job: tuple[Any, ...]) -> None:
        self.job = job

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Job) and other.job[2] == self.job[2]

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _once(content: tuple[bytes, ...], job: _Job) -> tuple[str, ...]:
    return tuple(_answer(job.job))


def _answer(job: tuple[Any, ...]) -> list[str]:
    if not any(Path(job[0]).glob("*.ts")):
        answer: list[str] = ask("project", "decide", [job])[0]
        return answer
    modules()
    driver = shutil.copy(ROOT / "prove" / "drivers" / "decide.mjs", OUT)
    done = run([tool("node", "tsx"), driver], cwd=OUT, stdin=json.dumps([job]))
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    if len(lines) != 1:
        raise RuntimeError(f"{job[0]}: {done.stderr[-2000:]}")
    answer = json.loads(lines[0])
    return answer
