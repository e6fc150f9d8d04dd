"""Tries of a project's programs by a driver of `prove/drivers/` in the language of the programs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from prove.static.typescript import modules, placed
from prove.tools import OUT, run, tool
from prove.tools.worker import ask

T = TypeVar("T")


class Same(Generic[T]):
    """A value that is ignored in the cache key of a function, because its effect is passed separately."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same)

    def __hash__(self) -> int:
        return 0


def tried(driver: str, folder: Path, job: Sequence[Any]) -> list[Any]:
    """Return the result of a job on the program in a folder. Raises RuntimeError if the driver failed."""
    if not any(folder.glob("*.ts")):
        answer: list[Any] = ask("project", driver, [job])[0]
        return answer
    modules()
    for shared in ("stand_in.mjs", "tabled.mjs", "awaiting.mjs"):
        placed(shared)  # Drivers import it from their own folder.
    done = run([tool("node", "tsx"), placed(f"{driver}.mjs")], cwd=OUT, stdin=json.dumps([job]))
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    if len(lines) != 1:
        raise RuntimeError(f"{folder}: {done.stderr[-2000:]}")
    answer = json.loads(lines[0])
    return answer
