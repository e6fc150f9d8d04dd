"""What interviews of scripted architects came to: figures, a table for the terminal, and `docs/interview.md`."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from advisor.text import LANGS, Lang
from benchmarks.architects.pace import __doc__ as PACE
from benchmarks.architects.personas import Persona, personas
from benchmarks.architects.talk import Talk

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "interview.md"
HISTORY = ROOT / "benchmarks" / "interviews" / "history.yaml"
NAMES: dict[Lang, str] = {"en": "English", "ja": "Japanese"}
COLUMNS = {
    "right": "Same decision as the source", "questions": "Questions", "clicks": "Clicks", "minutes": "Minutes",
    "reasked": "Answers not understood", "unknown": "Don't know", "dead_ends": "Dead ends",
}  # fmt: skip


def is_right(talk: Talk) -> bool:
    """Return whether an interview came to what the source decided, and to its end."""
    return not talk.wrong and not talk.dead_ends


def figures(talks: Sequence[Talk]) -> dict[str, Any]:
    """Return the figures of interviews in one language: sums of what went wrong, medians of what it took."""
    return {
        "right": f"{sum(map(is_right, talks))} of {len(talks)}",
        "questions": statistics.median(talk.questions for talk in talks),
        "clicks": statistics.median(talk.clicks for talk in talks),
        "minutes": round(statistics.median(talk.minutes for talk in talks), 1),
        "reasked": sum(len(talk.reasked) for talk in talks),
        "unknown": f"{sum(talk.unknown for talk in talks)} of {sum(talk.questions for talk in talks)}",
        "dead_ends": sum(len(talk.dead_ends) for talk in talks),
    }


def as_json(talks: Sequence[Talk]) -> dict[str, Any]:
    """Return the figures by language, and every interview."""
    by_lang = {lang: [talk for talk in talks if talk.lang == lang] for lang in LANGS}
    return {
        "figures": {lang: figures(those) for lang, those in by_lang.items() if those},
        "interviews": [asdict(talk) for talk in talks],
    }


def table(talks: Sequence[Talk]) -> str:
    """Return a row for each interview, as Markdown."""
    known = {persona.id: persona for persona in personas()}
    head = (
        "| Architect | Language | Questions | Clicks | Minutes | Don't know | Roles that match the source | Problems |"
    )
    rows = [_row(talk, known[talk.persona]) for talk in talks]
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- | --- | --- |", *rows])


def _row(talk: Talk, persona: Persona) -> str:
    problems = [*talk.wrong, *talk.dead_ends, *(f"not understood: {place}" for place in talk.reasked)]
    cells = (
        f"[{persona.id}]({persona.source['url']})", NAMES[talk.lang], talk.questions, talk.clicks, talk.minutes,
        talk.unknown, f"{persona.roles - len(talk.wrong)} of {persona.roles}", "; ".join(problems) or "—",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def page(talks: Sequence[Talk]) -> str:
    """Return `docs/interview.md`: what is measured, the history of the figures, and the interviews of today."""
    measured = [("Current version", as_json(talks)["figures"])]
    measured = [(entry["when"], entry["figures"]) for entry in yaml.safe_load(HISTORY.read_text("utf-8"))] + measured
    rows = [
        f"| {when} | {NAMES[lang]} | {' | '.join(str(of_lang[lang][key]) for key in COLUMNS)} |"
        for when, of_lang in measured
        for lang in LANGS
        if lang in of_lang
    ]
    head = f"| | Language | {' | '.join(COLUMNS.values())} |"
    history = "\n".join([head, "| --- " * (len(COLUMNS) + 2) + "|", *rows])
    stories = "\n".join(f"- **{p.id}**: {p.story}" for p in personas())
    pace = "\n".join((PACE or "").splitlines()[2:]).strip()
    return _PAGE.format(count=len(personas()), history=history, table=table(talks), stories=stories, pace=pace)


_PAGE = """# Tests of the web UI with simulated users

`make interview` lets {count} simulated users operate the web UI in Chromium, in both languages
(`benchmarks/interviews/architects/`; `make interview ARGS=--write` writes this page). Their requirements come from published decisions in
`tests/blind`, from the half of `tests/decisions` that was not used to estimate the probabilities for the next question, and from two AWS
tutorials. A simulated user answers the questions on the first page, adds and names the parts of the workload, and then answers only the
questions that the page asks, in everyday words. It finds controls by their visible text. It stops when the page reports that the decision is
stable enough or has no more questions. Each role is then compared with the decision of the source.

- **Don't know**: a simulated user knows the answers that the source gives as the reason for its decision. One in four of the other answers is
  unknown (selected with a fixed seed). For these, and for questions on which the source is silent, the user accepts the assumption.
  Unknown answers in a list of assumptions are accepted with the list and not counted here. With `ARGS=--forget`, one in four of the reasons
  is unknown too.
- **Questions** include the answers on the first page, the questions on cards, each corrected assumption, and each accepted list.
- **Answers not understood** are answers that the page rejects. The user then skips the question.
- **Dead ends** are questions that cannot be answered as intended, repeated questions, interviews without a result after 40 steps, and
  conflicting requirements. An interview with a dead end counts as not decided.

The goal for each language is 11 of 12 correct decisions, a median of at most 15 questions and no dead ends.

## Figures

Questions, clicks and minutes are medians; the other figures are sums.

{history}

## Interviews

{table}

{stories}

## Time model

{pace}
"""
