"""Print what is measured of the product's speed and size, as JSON. Times are medians, where `speed` does not say otherwise.

`python benchmarks/bench.py [--check] [--quick]`: `--check` exits with 1 when a budget is broken, `--quick` leaves out the
page, which takes a browser and four minutes. `budget` holds the most that a figure may be, `least` the least. Figures of the
page are those of the whole machine: `load` says how many other processes computed meanwhile.
`python benchmarks/soak.py --minutes 60` says whether the server's memory stays flat.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: The files that are taken away in a measured visit (`visits.py`).
DOWNLOADS = ("svg", "pdf", "mermaid", "record", "yaml", "sam", "cdk_python", "cdk_typescript")
BUDGET = {
    "decide_process_s": 0.5,
    "decide_ms_per_subject": 5.0,
    "adr_ms": 100.0,
    "proof_ms_per_subject": 1.0,
    "sweep_ms_slowest_story": 50.0,
    "next_question_ms_slowest_story": 50.0,
    "assess_100000_rows_s": 40.0,
    "assess_100000_rows_peak_mb": 500.0,
    "zip_sam_s": 1.0,
    "zip_cdk_python_s": 1.0,
}
PAGE_BUDGET = {
    "answer_to_picture_median_ms": 250.0,
    "answer_to_picture_sent_median_story_ms": 250.0,
    "answer_to_picture_25_parts_median_ms": 400.0,
    "cold_server_to_picture_s": 2.5,
    **{f"download_{name}_s": 0.5 for name in DOWNLOADS},
    "download_png_s": 1.0,
    "memory_50_sessions_mib": 286.1,  # 300 MB
    **{f"ten_users_{workers}_workers_change_p95_s": 2.0 for workers in (1, 2)},
    **{f"ten_users_{workers}_workers_{what}": 0.0 for workers in (1, 2) for what in ("lost", "errors")},
}
LEAST = {"verdict_subjects_per_s": 5000.0}

STORY = "web-application"


def median_s(work: Callable[[], object], times: int) -> float:
    """Return the median of the seconds that some work takes, after one run that does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def process_s(name: str, *options: str) -> float:
    """Return the seconds of a command of `advisor` as a process of its own."""
    story = ROOT / "rules" / "stories" / f"{STORY}.yaml"
    command = [sys.executable, "-m", "advisor", name, str(story), *options]
    return median_s(lambda: subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True), 9)


def measures(folder: str) -> dict[str, float]:
    """Return every figure by name; the unit is the name's end. Files go into a folder."""
    import blueprints
    import renderers
    import rules
    from advisor.advise import advise
    from advisor_bundle import project_zip
    from advisor_bundle.record import decision_record
    from benchmarks import pictures, rival, speed

    book, stories = rules.load_book(), [rules.load_story(name) for name in rules.STORIES]
    subjects = sum(len(list(story.subjects())) for story in stories)
    design = advise(rules.load_story(STORY), book)
    found = {
        "decide_process_s": process_s("decide"),
        "draw_svg_process_s": process_s("draw", "-o", os.path.join(folder, "x.svg")),
        "decide_ms_per_subject": median_s(lambda: [advise(s, book) for s in stories], 5) * 1000 / subjects,
        "adr_ms": median_s(lambda: decision_record(replace(design), "ja"), 5) * 1000,
    }
    for suffix in (".svg", ".png", ".pdf"):
        found[f"draw_{suffix[1:]}_ms"] = median_s(partial(renderers.draw, design, suffix, lang="ja"), 3) * 1000
    for target in (t.id for t in blueprints.TARGETS):
        found[f"zip_{target.replace('-', '_')}_s"] = median_s(partial(project_zip, design, target, "ja"), 3)
    found |= speed.measures(book, folder) | rival.measures(book) | pictures.measures(book)
    return {name: round(value, 3) for name, value in found.items()}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        found = measures(folder)
    if "--quick" not in sys.argv:
        from benchmarks import many, page, visits

        found |= visits.measures() | page.measures() | many.measures(1) | many.measures(2)
    budget = BUDGET | PAGE_BUDGET
    broken = [name for name, most in budget.items() if name in found and found[name] > most]
    broken += [name for name, least in LEAST.items() if found[name] < least]
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    print(json.dumps({**machine, **found, "budget": budget, "least": LEAST, "broken": broken}, indent=2))
    sys.exit(1 if broken and "--check" in sys.argv else 0)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
