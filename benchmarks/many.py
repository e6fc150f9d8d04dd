"""Many at once: ten visitors of one server, each of whom changes an answer every two seconds; nine clients and one browser.

`python benchmarks/many.py [WORKERS]` starts the page with so many processes and a headless browser, stops both, and prints
JSON. Every answer is one not given before, so that nothing comes from a cache. A change is counted from when it was due: who
waits for the answer before has his next one late, and that counts. `lost` are answers that the link afterwards does not hold.
"""

import json
import os
import statistics
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from websockets.exceptions import WebSocketException

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from advisor.requirements.reading import plain
from advisor_ui.state.link import unpack
from benchmarks.client import Client, at_pace
from benchmarks.page import children
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server, settle

CLIENTS, CHANGES, EVERY_S = 9, 20, 2.0
STORY, NODE = "mass-messages", "worker"
FIELD = "longest_run_s"


@dataclass
class Told:
    """What the visitors saw: seconds per change, answers that were lost, and errors."""

    picture_s: list[float] = field(default_factory=list)
    whole_s: list[float] = field(default_factory=list)
    browser_s: list[float] = field(default_factory=list)
    lost: int = 0
    errors: list[str] = field(default_factory=list)


def words(visitor: int, number: int) -> str:
    """Return an answer that no visitor gave before: on this and on that side of 15 minutes."""
    return f"{1000 + 60 * visitor + number} s" if number % 2 else f"{10 + 60 * visitor / 10 + number / 100:g} s"


def _takes_every_answer(name: str) -> bool:
    """Return whether a story decides on a run longer than 15 minutes in each component, and no typical run contradicts a short one."""
    raw, book = plain(rules.load_story(name)), rules.load_book()
    if any(part.get("typical_run_s") for part in raw["components"]):
        return False
    for part in raw["components"]:
        others = [other for other in raw["components"] if other is not part]
        asked = {**raw, "components": [{**part, FIELD: words(0, 1)}, *others]}
        if advise(make_requirements(asked), book).decision.conflicts:
            return False
    return True


@cache
def stories() -> tuple[str, ...]:
    """Return the stories that a visitor can give every answer, so that an error is one of the page."""
    return tuple(name for name in rules.STORIES if _takes_every_answer(name))


def kept(link: dict[str, str], id: str) -> str:
    """Return what a link holds as the answer of a part."""
    draft = unpack(link["r"]) if "r" in link else {}
    subjects = [*draft.get("components", []), *draft.get("channels", []), *draft.get("stores", [])]
    return next((str(part.get(FIELD)) for part in subjects if part.get("id") == id), "")


def visit(url: str, visitor: int, told: Told, ready: threading.Barrier) -> None:
    """Be one of the clients, and tell what ended it before its time."""
    try:
        answer_at_pace(url, visitor, told, ready)
    except (OSError, TimeoutError, WebSocketException) as error:
        told.errors.append(f"visitor {visitor} gave up: {error}")


def answer_at_pace(url: str, visitor: int, told: Told, ready: threading.Barrier) -> None:
    """Open a story, and change its answer at the pace."""
    story = stories()[visitor % len(stories())]
    with Client(f"{url}/?s={story}&lang=en") as client:
        id = client.link["at"].partition(".")[0]
        late: list[float] = []
        ready.wait()
        time.sleep(EVERY_S * visitor / (CLIENTS + 1))

        def change(number: int) -> None:
            answer = words(visitor, number)
            shown = client.fill(f"-q.en.{id}.{FIELD}", answer)
            told.picture_s.append(late[-1] + shown.picture_s)
            told.whole_s.append(late[-1] + shown.whole_s)
            told.lost += kept(shown.link, id) != answer

        at_pace(EVERY_S, CHANGES, change, late.append)
        told.errors += client.errors


def browse(page: Any, url: str, told: Told, ready: threading.Barrier) -> None:
    """Be the browser: the same, until the picture has changed and the page rests."""
    open_page(page, f"{url}/?s={STORY}&at={NODE}.compute&lang=en")
    late: list[float] = []
    ready.wait()

    def change(number: int) -> None:
        answer, shown = (f"{20 + number} min", "Fargate") if number % 2 == 0 else (f"{30 + number} s", "Lambda")
        box = page.locator(f'.st-key-q-en-{NODE}-{FIELD} input, input[aria-label^="Longest run"]').first
        box.fill(answer)
        start = time.perf_counter()
        box.press("Enter")
        page.locator(f'.diagram [data-node="{NODE}.compute"]', has_text=shown).wait_for(timeout=60_000)
        told.picture_s.append(late[-1] + time.perf_counter() - start)
        settle(page, rest_ms=0)
        told.browser_s.append(late[-1] + time.perf_counter() - start)
        told.lost += kept(dict(page.evaluate("[...new URLSearchParams(location.search)]")), NODE) != answer

    at_pace(EVERY_S, CHANGES, change, late.append)


def cpu_s(pid: int) -> float:
    """Return the processor seconds of the server until now, its start included: what does not depend on who else computes."""
    ticks = 0
    for id in [pid, *children(pid)]:
        fields = Path(f"/proc/{id}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def quantile(values: list[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measures(workers: int = 2) -> dict[str, float]:
    """Return every figure by name; the unit is the name's end."""
    told, ready, name = Told(), threading.Barrier(CLIENTS + 1), f"ten_users_{workers}_workers"
    with ExitStack() as held:
        url, pid = held.enter_context(running_server("--workers", str(workers)))
        browser = held.enter_context(running_browser(Path(which("chromium") or "chromium")))
        threads = [
            threading.Thread(target=visit, args=(url, visitor, told, ready), daemon=True) for visitor in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        browse(browser.new_context(viewport=WIDE).new_page(), url, told, ready)
        for thread in threads:
            thread.join()
        spent_s = cpu_s(pid)
    changes = told.whole_s + told.browser_s
    for error in told.errors:
        print(error, file=sys.stderr)
    return {
        f"{name}_picture_p50_s": statistics.median(told.picture_s),
        f"{name}_picture_p95_s": quantile(told.picture_s, 0.95),
        f"{name}_change_p50_s": statistics.median(changes),
        f"{name}_change_p95_s": quantile(changes, 0.95),
        f"{name}_browser_p95_s": quantile(told.browser_s, 0.95),
        f"{name}_lost": told.lost + (CLIENTS + 1) * CHANGES - len(changes),
        f"{name}_errors": len(told.errors),
        f"{name}_cpu_s_per_change": spent_s / len(changes),
        f"{name}_machine_load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps({name: round(value, 2) for name, value in measures(*map(int, sys.argv[1:])).items()}, indent=2))
