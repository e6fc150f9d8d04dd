"""What generated projects run on is not near its end: besides the list of stale facts, the only test that reads the clock.

When it fails, choose the next version where this one is named; the dates are facts of the rule book.
"""

import re
from datetime import date, timedelta
from pathlib import Path

from advisor.book import Book

ROOT = Path(__file__).parents[2]
NEAR = timedelta(days=183)
#: How a version is named in fragments and templates -> the fact that says when it ends.
NAMED = {
    r"\bpython(3\.\d+)\b": "lambda-runtime-python{}",
    r"(?<!lambda/)\bpython:(3\.\d+)": "lambda-runtime-python{}",
    r"\blambda/python:(3\.\d+)": "lambda-runtime-python{}",
    r"\bnodejs(\d+)\.x\b": "lambda-runtime-nodejs{}-x",
    r"\bNODEJS_(\d+)_X\b": "lambda-runtime-nodejs{}-x",
    r"\"(1\.3\d)\"": "eks-version-{}",
}


def _named() -> dict[str, set[str]]:
    """Return each fact that a version in a fragment or template leads to, with the files that name the version."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "blueprints").rglob("*")):
        if not path.is_file() or path.suffix == ".pyc":
            continue
        text = path.read_text("utf-8")
        for pattern, fact in NAMED.items():
            for version in re.findall(pattern, text):
                found.setdefault(fact.format(version.replace(".", "-")), set()).add(str(path.relative_to(ROOT)))
    return found


def test_no_runtime_and_no_kubernetes_version_ends_within_six_months(book: Book) -> None:
    named = _named()
    for kind in ("lambda-runtime-python", "lambda-runtime-nodejs", "eks-version"):
        assert any(fact.startswith(kind) for fact in named), f"no file names one of {kind}"
    unknown = {fact: files for fact, files in named.items() if fact not in book.facts}
    assert not unknown, f"the rule book does not know when these end: {unknown}"
    ends = {fact: date.fromisoformat(str(book.facts[fact].series[-1][1])) for fact in named}
    near = {fact: (day.isoformat(), sorted(named[fact])) for fact, day in ends.items() if day - date.today() < NEAR}
    assert not near, f"these end within six months: {near}"
