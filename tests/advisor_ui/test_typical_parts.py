"""Typical parts: each is added with its structure answered and linked, and nothing of it is left dangling."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.requirements.dangling import dangling
from advisor.sensitivity.next_question import first_question
from advisor_ui.state import draft as drafts
from advisor_ui.state.typical_parts import TYPICAL_PARTS, with_typical_part
from advisor_ui.words_proof import PART_TITLES


def new() -> dict[str, Any]:
    return {"schema": 2, "components": [{"id": "component-1", "title": "Site", "trigger": ["request"]}]}


@pytest.mark.parametrize("part", TYPICAL_PARTS)
def test_a_part_is_added_with_its_structure_and_its_links(part: str) -> None:
    draft, id = with_typical_part(new(), part, "component-1")
    typical = TYPICAL_PARTS[part]
    assert drafts.kind_of(draft, id) == typical.kind
    assert drafts.name(draft, id, "en") == PART_TITLES[part].en
    assert drafts.name(draft, id, "ja") == PART_TITLES[part].ja
    assert {field: drafts.answer(draft, id, field) for field in typical.answers} == typical.answers
    unused = {other.subject for other in dangling(answers_of(make_requirements(draft)))}
    assert unused <= ({id} if typical.kind == "channel" else set()), "a channel still waits for its consumer"


def test_a_worker_takes_the_queue_that_waits_for_a_consumer() -> None:
    draft, queue = with_typical_part(new(), "queue", "component-1")
    draft, worker = with_typical_part(draft, "worker", queue)
    assert drafts.answer(draft, worker, "listens_to") == queue
    draft, second = with_typical_part(draft, "worker", "component-1")
    own = drafts.answer(draft, second, "listens_to")
    assert own != queue
    assert own in drafts.answer(draft, "component-1", "publishes")
    assert drafts.name(draft, second, "en") == "Worker 2"
    assert dangling(answers_of(make_requirements(draft))) == ()


def test_a_shop_of_typical_parts_is_decided_and_nothing_asks_what_starts_it(book: Book) -> None:
    draft, selected = new(), "component-1"
    for part in ("api", "database", "files", "worker", "job"):
        draft, _ = with_typical_part(draft, part, selected)
    design = advise(make_requirements(draft), book)
    assert not design.decision.conflicts
    question = first_question(design.dated, design.verdict)
    assert question is not None
    assert question.because not in ("unstarted", "unlinked")


def test_no_more_parts_are_added_than_are_allowed() -> None:
    draft = new()
    for _ in range(80):
        draft, _id = with_typical_part(draft, "files", "workload")
    assert len(drafts.ids(draft, ("store",))) == 60
