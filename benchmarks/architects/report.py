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
    "right": "Decided as the source", "questions": "Questions", "clicks": "Clicks", "minutes": "Minutes",
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
        "| Architect | Language | Questions | Clicks | Minutes | Don't know | Roles as the source | What went wrong |"
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
    measured = [("Today", as_json(talks)["figures"])]
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


_PAGE = """# Interviews of scripted architects

`make interview` lets {count} scripted architects use the real page in Chromium, in both languages
(`benchmarks/interviews/architects/`; `make interview ARGS=--write` writes this page). Their requirements are
published decisions of the half of `tests/decisions` that the likelihoods of the next question were not counted from, decisions of
`tests/blind`, and two of AWS's own tutorials. An architect answers the questions of the first page, adds and names his parts, and answers only what he is
asked, in his own words. He finds everything by the words that the page shows. He stops when the page calls the verdict good enough or has no
more questions; then each role is compared with what the source decided.

- **Don't know**: an architect knows what his source names as the reason of its decision. Of his other answers he does not know one in
  four, by a seed. He accepts what is assumed there, and where his source says nothing.
  What he does not know within a list is accepted with it and not counted here. With `ARGS=--forget` one in four of the reasons
  are not known either.
- **Questions** are those answered on the first page, the questions of the card, each correction of an assumption, and each list that is accepted.
- **Answers not understood** are those that the page refuses. He gives the question up then.
- **Dead ends**: a question that cannot be answered as he wants, one that comes again and again, no end after 40 turns, requirements in
  conflict. An interview with a dead end does not count as decided.

The goal is 11 of 12, a median of at most 15 questions and no dead end, in both languages.

## Figures

Medians of questions, clicks and minutes; sums of the others.

{history}

## Interviews

{table}

{stories}

## How long a person takes

{pace}
"""
