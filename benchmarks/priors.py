"""`python -m benchmarks.priors [--write]`: count the answers of published decisions, the priors of the next question.

Counted is the half of `tests/decisions` whose ids have an even SHA-256; the other half stays for `python -m benchmarks.interview`.
A record holds what one decision answers about a subject; `--write` writes `advisor/sensitivity/priors.json`.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from advisor.requirements import make_requirements
from advisor.requirements.answers import Answers, answers_of
from advisor.requirements.starts import start_of
from advisor.vocabulary import ENGINE_FIELDS
from advisor.vocabulary.many import COUNT

ROOT = Path(__file__).parent.parent
DECISIONS = ROOT / "tests" / "decisions"
TABLE = ROOT / "advisor" / "sensitivity" / "priors.json"
#: What of the workload is known of each of its subjects as well.
OF_THE_WORKLOAD = ("estate", "operations")


def is_counted(id: str) -> bool:
    """Return whether a decision is in the half that is counted."""
    return hashlib.sha256(id.encode()).digest()[-1] % 2 == 0


def is_askable(kind: str, field: str) -> bool:
    """Return whether a field of a kind of subject can be the next question: no link, no demand, no free text but the Region."""
    asked = next(f for f in ENGINE_FIELDS[kind] if f.id == field)
    return not asked.demand and (asked.kind in ("choice", "choices", "flag", "quantity") or field == "region")


def table() -> dict[str, Any]:
    """Return the table of priors: where it was counted and when, and the records of each kind of subject."""
    records: dict[str, list[dict[str, Any]]] = {"workload": [], "component": [], "channel": [], "store": []}
    decisions, newest = 0, ""
    for path in sorted(DECISIONS.glob("*/*.yaml"), key=lambda path: path.stem):
        if not is_counted(path.stem):
            continue
        raw = yaml.safe_load(path.read_text("utf-8"))
        decisions, newest = decisions + 1, max(newest, str(raw["source"]["checked"]))
        for kind, record in _records(answers_of(make_requirements(raw["requirements"]))):
            records[kind].append(record)
    source = f"{decisions} published decisions of tests/decisions whose ids have an even SHA-256"
    return {"source": source, "checked": newest, "records": records}


def _records(answers: Answers) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "workload", _record("workload", answers.workload)
    of_all = {f"workload.{id}": answers.workload[id] for id in OF_THE_WORKLOAD if id in answers.workload}
    for subject in answers.subjects.values():
        record = _record(subject.kind, subject.answers)
        if subject.kind == "component":
            record["trigger"] = list(start_of(answers, subject).trigger)
        yield subject.kind, record | of_all


def _record(kind: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    stated = {id: value for id, value in sorted(answers.items()) if id != COUNT and is_askable(kind, id)}
    return {id: sorted(value) if isinstance(value, tuple) else value for id, value in stated.items()}


def text() -> str:
    """Return the file of the table, a line for each record."""
    found = table()
    kinds = []
    for kind, records in found["records"].items():
        lines = ",\n".join(f"   {json.dumps(record, ensure_ascii=False)}" for record in records)
        kinds.append(f'  "{kind}": [\n{lines}\n  ]')
    head = "".join(f" {json.dumps(key)}: {json.dumps(found[key])},\n" for key in ("source", "checked"))
    return "{\n" + head + ' "records": {\n' + ",\n".join(kinds) + "\n }\n}\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        TABLE.write_text(text(), "utf-8")
    else:
        print(text(), end="")
