"""Processor seconds of a run: its own, and those of all child processes, also of those that still run."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def seconds_used() -> float:
    """Return the user and system seconds so far."""
    times = os.times()
    living = sum(ticks for _, ticks in _below(os.getpid()))
    return times.user + times.system + times.children_user + times.children_system + living * _TICK_S


def _below(top: int) -> Iterator[tuple[int, int]]:
    """Yield each descendant of a process, with its ticks and those of the children that it has waited for."""
    above = {process: (parent, ticks) for process, parent, ticks in _processes()}
    for process, (parent, ticks) in above.items():
        while parent in above and parent != top:
            parent = above[parent][0]
        if parent == top:
            yield process, ticks


def _processes() -> Iterator[tuple[int, int, int]]:
    """Yield the id, the parent and the ticks of every process; nothing on a system without /proc."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        # A process may end between the listing and the read.
        with suppress(OSError):
            fields = file.read_text("utf-8", "replace").rpartition(")")[2].split()
            yield int(file.parent.name), int(fields[1]), sum(map(int, fields[11:15]))
