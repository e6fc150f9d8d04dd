"""What a visit of the page takes: a server's start until the first picture, answers of every story and of 25 parts, downloads.

`python benchmarks/visits.py` starts servers of the page and a headless browser, stops all, and prints JSON.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path
from shutil import which
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import rules
from advisor_ui.state.link import pack
from benchmarks.client import Client
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server, settle

STORY, PARTS, ANSWERS = "mass-messages", 25, 6
DOWNLOADS = {
    "svg": "SVG", "png": "PNG", "pdf": "PDF", "mermaid": "Mermaid", "record": "Decision record", "yaml": "Requirements file",
    "sam": "AWS SAM", "cdk_python": "AWS CDK (Python)", "cdk_typescript": "AWS CDK (TypeScript)",
}  # fmt: skip


def workload(parts: int = PARTS) -> dict[str, Any]:
    """Return a workload of so many parts: an API, workers one after the other with a queue before each, and their stores."""
    workers = range((parts - 1) // 3)
    components: list[dict[str, Any]] = [
        {"id": "api", "trigger": "request", "longest_run_s": "1 s", "publishes": ["queue-0"]}
    ]
    for number in workers:
        worker = {
            "id": f"worker-{number}",
            "trigger": "message",
            "listens_to": f"queue-{number}",
            "longest_run_s": "20 s",
        }
        components.append({**worker, "writes": [f"store-{number}"]})
        if number + 1 < len(workers):
            components[-1]["publishes"] = [f"queue-{number + 1}"]
    channels = [{"id": f"queue-{number}", "carries": "work"} for number in workers]
    return {"components": components, "channels": channels, "stores": [{"id": f"store-{number}"} for number in workers]}


def answers_ms(page: Any, address: str, node: str) -> list[float]:
    """Return the milliseconds from each answer until the picture that it leads to; every answer is one not given before."""
    open_page(page, address)
    taken = []
    for number in range(ANSWERS):
        answer, shown = (f"{20 + number} min", "Fargate") if number % 2 == 0 else (f"{30 + number} s", "Lambda")
        box = page.locator('input[aria-label^="Longest run"]').first
        box.fill(answer)
        start = time.perf_counter()
        box.press("Enter")
        page.locator(f'.diagram [data-node="{node}.compute"]', has_text=shown).wait_for(timeout=60_000)
        taken.append((time.perf_counter() - start) * 1000)
        settle(page)
    return taken


def stories_ms(url: str) -> float:
    """Return the median over all stories and several answers each of the milliseconds until the server has sent the picture."""
    taken = []
    for story in rules.STORIES:
        with Client(f"{url}/?s={story}&lang=en") as client:
            id = client.link["at"].partition(".")[0]
            for number in range(ANSWERS):
                answer = f"{1000 + number} s" if number % 2 else f"{20 + number} s"
                taken.append(client.fill(f"-q.en.{id}.longest_run_s", answer).picture_s * 1000)
    return statistics.median(taken)


def downloads_s(page: Any, url: str) -> dict[str, float]:
    """Return the seconds from a click until each file is there, none of them made before."""
    open_page(page, f"{url}/?s={STORY}&lang=en")
    page.locator(".st-key-tab").get_by_text("Downloads").first.click()
    settle(page)
    found = {}
    for name, label in DOWNLOADS.items():
        start = time.perf_counter()
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name=label).first.click()
        download.value.path()
        found[f"download_{name}_s"] = time.perf_counter() - start
    return found


def cold_s(page: Any, begun: float, url: str) -> float:
    """Return the seconds since a server was started until the first picture is shown."""
    page.goto(f"{url}/?s={STORY}&lang=en")
    page.wait_for_selector(".diagram svg [data-node]", timeout=60_000)
    return time.perf_counter() - begun


def measures() -> dict[str, float]:
    """Return every figure by name; the unit is the name's end."""
    with running_browser(Path(which("chromium") or "chromium")) as browser:
        page = browser.new_context(viewport=WIDE, accept_downloads=True).new_page()
        begun = time.perf_counter()
        with running_server() as (url, _):
            found = {"cold_server_to_picture_s": cold_s(page, begun, url)}
            story = f"{url}/?s={STORY}&at=worker.compute&lang=en"
            taken = answers_ms(page, story, "worker")
            found |= {"answer_to_picture_median_ms": statistics.median(taken), "answer_to_picture_worst_ms": max(taken)}
            found["answer_to_picture_sent_median_story_ms"] = stories_ms(url)
            many_parts = f"{url}/?r={pack(workload())}&at=worker-3.compute&lang=en"
            found[f"answer_to_picture_{PARTS}_parts_median_ms"] = statistics.median(
                answers_ms(page, many_parts, "worker-3")
            )
            found |= downloads_s(page, url)
    return {**{name: round(value, 3) for name, value in found.items()}, "visits_machine_load": os.getloadavg()[0]}


if __name__ == "__main__":
    print(json.dumps(measures(), indent=2))
