"""How fast subjects are decided: verdict, proof, sweep, and a whole table as a process of its own.

What is measured inside this process is its processor time, and the best of several rounds: other work on the machine
can only add to it.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import rules
from advisor.book import Book, dated
from advisor.explanation.engine import explain, verdict_on
from advisor.requirements.answers import answers_of
from advisor.sensitivity.next_question import first_question
from advisor.sensitivity.sweep import stability, sweep
from advisor.verdict import decide_workload
from advisor.verdict.proof import prove
from benchmarks.samples import subjects, table

ROOT = Path(__file__).parents[1]
VERDICTS, ROWS = 5000, 100_000


def measures(book: Book, folder: str) -> dict[str, float]:
    """Return every figure by name; the unit is the name's end. Files go into a folder."""
    gc.disable()  # as the command line does
    return {
        "verdict_subjects_per_s": verdicts_per_s(book),
        "proof_ms_per_subject": proof_ms(book),
        **sweep_ms(book),
        **question_ms(book),
        **assessed(Path(folder)),
    }


def verdicts_per_s(book: Book) -> float:
    """Return how many subjects a second get their verdict; none of them was seen before."""
    then = dated(book)
    for answers in subjects(200, seed=2):
        decide_workload(answers, then)
    drawn = subjects(VERDICTS, seed=3)
    start = time.process_time()
    for answers in drawn:
        decide_workload(answers, then)
    return len(drawn) / (time.process_time() - start)


def proof_ms(book: Book) -> float:
    """Return the milliseconds that a subject's decision with its full proof takes, over all stories."""
    stories = [rules.load_story(name) for name in rules.STORIES]
    count = sum(len(list(story.subjects())) for story in stories)
    taken = []
    for _ in range(7):
        start = time.process_time()
        for story in stories:
            made = verdict_on(story, dated(book))
            explain(story, made, dated(book))
            for subject in made.subjects.values():
                for chosen in subject.chosen:
                    prove(book, subject, chosen)
        taken.append((time.process_time() - start) * 1000 / count)
    return min(taken)


def sweep_ms(book: Book) -> dict[str, float]:
    """Return the milliseconds that all flips and the stability of a story take: the median story and the slowest."""
    taken = []
    for name in rules.STORIES:
        made = decide_workload(answers_of(rules.load_story(name)), dated(book))
        rounds = []
        for _ in range(5):
            start = time.process_time()
            stability(sweep(dated(book), made))
            rounds.append((time.process_time() - start) * 1000)
        taken.append(min(rounds))
    return {"sweep_ms_median_story": statistics.median(taken), "sweep_ms_slowest_story": max(taken)}


def question_ms(book: Book) -> dict[str, float]:
    """Return the milliseconds until the next question of a story is known: the median story and the slowest."""
    taken = []
    for name in rules.STORIES:
        answers = answers_of(rules.load_story(name))
        rounds = []
        for _ in range(5):
            start = time.process_time()
            first_question(dated(book), decide_workload(answers, dated(book)))
            rounds.append((time.process_time() - start) * 1000)
        taken.append(min(rounds))
    return {"next_question_ms_median_story": statistics.median(taken), "next_question_ms_slowest_story": max(taken)}


def assessed(folder: Path) -> dict[str, float]:
    """Return the seconds and the peak of memory of `advisor assess` as a process of its own."""
    source, target = folder / "in.csv", folder / "out.csv"
    source.write_text(table(subjects(ROWS, seed=4)), "utf-8")
    command = [sys.executable, "-m", "advisor", "assess", str(source), "-o", str(target)]
    start = time.perf_counter()
    started = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if started.returncode or sum(1 for _ in target.open(encoding="utf-8")) != ROWS + 1:
        raise RuntimeError(f"advisor assess ended with {started.returncode}")
    # Linux counts in KiB, macOS in bytes.
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {f"assess_{ROWS}_rows_s": seconds, f"assess_{ROWS}_rows_peak_mb": peak}
