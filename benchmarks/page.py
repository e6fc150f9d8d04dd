"""What is measured of the page: memory with one session, and with many.

`python benchmarks/page.py [SESSIONS]` starts a server of the page and a headless browser, stops both, and prints JSON. All
sessions but the first are clients without a browser (`client.py`): the server holds the same of them.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from shutil import which

sys.path.insert(0, str(Path(__file__).parents[1]))

import rules
from benchmarks.client import Client
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server

STORY, SESSIONS = "mass-messages", 50


def memory_mib(pid: int) -> float:
    """Return the proportional set size of a process and all that it started."""
    total = 0.0
    for id in [pid, *children(pid)]:
        rollup = Path(f"/proc/{id}/smaps_rollup")
        lines = rollup.read_text().splitlines() if rollup.exists() else []
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def children(pid: int) -> list[int]:
    """Return the ids of all that a process has started, directly or not."""
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in tasks.read_text().split():
            found += [int(child), *children(int(child))]
    return found


def measures(sessions: int = SESSIONS) -> dict[str, float]:
    """Return every figure by name; the unit is the name's end."""
    with ExitStack() as held:
        url, pid = held.enter_context(running_server())
        browser = held.enter_context(running_browser(Path(which("chromium") or "chromium")))
        open_page(browser.new_context(viewport=WIDE).new_page(), f"{url}/?s={STORY}&lang=en")
        found = {"memory_1_session_mib": memory_mib(pid)}
        for number in range(1, sessions):
            story = rules.STORIES[number % len(rules.STORIES)]
            held.enter_context(Client(f"{url}/?s={story}&lang=ja"))
        found[f"memory_{sessions}_sessions_mib"] = memory_mib(pid)
    return {name: round(value, 1) for name, value in found.items()}


if __name__ == "__main__":
    print(json.dumps(measures(*map(int, sys.argv[1:])), indent=2))
