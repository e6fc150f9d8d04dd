"""Where callers look up what work has made of an item, they get its end if people reject it or its steps are undone."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

DESK = {"id": "desk", "trigger": "request", "writes": ["contracts"], "publishes": ["submitted"]}
SIGN = {
    "id": "sign",
    "trigger": "message",
    "listens_to": "submitted",
    "steps": 2,
    "longest_run_s": "1 min",
    "wait_s": "3 days",
}
WORK = {**SIGN, "reads": ["contracts"], "writes": ["signatures"], "retries": True}
SHOWN = "From now on, this is shown with the item"


def _service(book: Book, target: str, reads: list[str], **work: Any) -> str:
    answers = {
        "components": [{**DESK, "reads": reads}, {**WORK, **work}],
        "channels": [{"id": "submitted", "carries": "work"}],
        "stores": [{"id": "contracts"}, {"id": "signatures"}],
    }
    return source(files_of(answers, book, target), target, "sign", "service")


@pytest.mark.parametrize("target", TARGETS)
def test_undone_and_rejected_work_is_shown_as_such(book: Book, target: str) -> None:
    both = {"human_approval": True, "compensation": True}
    service = _service(book, target, ["contracts", "signatures"], **both)
    assert service.count(SHOWN) == 2
    assert 'put({**note, "id": done})' in service or "put({ ...note, id: done })" in service
    # Who decided, and why, is no answer to callers.
    assert 'put({**shown, "id": id})' in service or "put({ status, message: message.id" in service
    assert "await storeSignatures.put(note)" in service or "store_signatures.put(note)" in service


@pytest.mark.parametrize("target", TARGETS)
def test_what_no_caller_looks_up_keeps_the_results_of_its_steps(book: Book, target: str) -> None:
    assert SHOWN not in _service(book, target, ["contracts"], human_approval=True, compensation=True)
