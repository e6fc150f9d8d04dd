"""The capacity in the README: where the load exceeds a setting, it warns in the words of the decision record."""

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files

WORKER: Mapping[str, Any] = {"id": "poster", "trigger": "message", "listens_to": "payments", "longest_run_s": "20 s"}
LOST = {
    "en": "The backlog of the queue grows until messages expire.",
    "ja": "キューのバックログが増え続け、メッセージはやがて保持期間を過ぎて失われます。",
}


def designed(book: Book, most_at_once: int) -> Design:
    channel = {"id": "payments", "carries": "work", "rate_average_rps": "40/s", "rate_peak_rps": "250/s"}
    return advise(
        make_requirements({"components": [{**WORKER, "most_at_once": most_at_once}], "channels": [channel]}), book
    )


def capacity(design: Design, lang: Lang) -> str:
    plan = plan_for(design)
    readme = project_files(plan, "sam", lang, permissions_of(plan))["README.md"].decode()
    heading, following = {"en": ("## Capacity", "## Fixed costs"), "ja": ("## 処理能力", "## 固定費")}[lang]
    return readme.partition(heading)[2].partition(following)[0]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(("most_at_once", "short"), [(20, True), (900, False)])
def test_a_consumer_below_the_average_load_loses_messages(
    book: Book, most_at_once: int, short: bool, lang: Lang
) -> None:
    design = designed(book, most_at_once)
    warned = [
        warning.sentence.in_(lang) for warning in design.decision.warnings if LOST[lang] in warning.sentence.in_(lang)
    ]
    said = capacity(design, lang)
    assert bool(warned) == short
    assert (LOST[lang] in said) == short
    assert all(text in said for text in warned)
