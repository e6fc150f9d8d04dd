"""Whether the memory of the server stays flat: visitors come, change answers and go, for so many minutes.

`python benchmarks/soak.py [--minutes 60]` starts the page, stops it, and prints JSON: memory when the caches
are full and at the end, the growth between them by the line through all samples (in an hour, and for 1,000 answers), and how
often it answered. What grows after the caches are full is lost.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from statistics import linear_regression

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.client import Client
from benchmarks.many import STORIES
from benchmarks.page import memory_mib
from tests.advisor_ui.server import running_server

ANSWERS = 12
#: After so many answers the largest cache of the page, and the one of the layouts, are full.
WARM_ANSWERS = 260


def visit(url: str, number: int) -> int:
    """Open a story, change its answer several times, each time to one not given before, and go; return how often."""
    story, lang = STORIES[number % len(STORIES)], ("en", "ja")[number % 2]
    with Client(f"{url}/?s={story}&lang={lang}") as client:
        id = client.link["at"].partition(".")[0]
        for answer in range(ANSWERS):
            client.fill(f"-q.{lang}.{id}.longest_run_s", f"{20 + answer + number / 1000:g} s")
        if client.errors:
            raise RuntimeError(client.errors[0])
    return ANSWERS


def measures(minutes: float = 60.0) -> dict[str, float]:
    """Return every figure by name; the unit is the name's end."""
    with running_server() as (url, pid):
        samples, answers, number, start = [], 0, 0, time.monotonic()
        while (spent := time.monotonic() - start) < minutes * 60:
            answers += visit(url, number)
            number += 1
            if answers > WARM_ANSWERS:
                samples.append((spent / 3600, answers / 1000, memory_mib(pid)))
    if len(samples) < 3:
        raise SystemExit(f"{answers} answers do not fill the caches; take more minutes.")
    hours, thousands, sizes = zip(*samples, strict=True)
    return {
        "soak_minutes": minutes,
        "soak_answers": answers,
        "soak_warm_mib": sizes[0],
        "soak_end_mib": sizes[-1],
        "soak_most_mib": max(sizes),
        "soak_growth_mib_per_hour": linear_regression(hours, sizes).slope,
        "soak_growth_mib_per_1000_answers": linear_regression(thousands, sizes).slope,
        "soak_machine_load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60.0)
    found = measures(parser.parse_args().minutes)
    print(json.dumps({name: round(value, 1) for name, value in found.items()}, indent=2))
