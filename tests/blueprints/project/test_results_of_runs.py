"""What a run makes of kept messages is shown with them: both have the id of what the messages are about."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

RUN = {"id": "match", "trigger": "schedule", "parallel_items": 4, "longest_run_s": "60 s", "reads": ["ledger"]}
MATCHING = {**RUN, "writes": ["matches"]}
#: Programs that make the matches of the items of the ledger, and the channels between them.
MAKERS: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "parts": ([MATCHING], []),
    "array": ([{**MATCHING, "packaging": "container-image", "job_queue": True, "longest_run_s": "40 min"}], []),
    "messages": (
        [
            {**RUN, "publishes": ["matching"]},
            {
                "id": "keep",
                "trigger": "message",
                "longest_run_s": "5 s",
                "listens_to": "matching",
                "writes": ["matches"],
            },
        ],
        [{"id": "matching", "carries": "work"}],
    ),
    "reminders": (
        [
            {
                "id": "match",
                "trigger": "schedule",
                "longest_run_s": "60 s",
                "reads": ["ledger"],
                "publishes": ["matching"],
            },
            {
                "id": "keep",
                "trigger": "message",
                "longest_run_s": "5 s",
                "listens_to": "matching",
                "writes": ["matches"],
            },
        ],
        [{"id": "matching", "carries": "work", "rate_average_rps": "5/s"}],
    ),
}


def answers(makers: str, shown: tuple[str, ...] = ("ledger", "matches")) -> dict[str, Any]:
    programs, channels = MAKERS[makers]
    return {
        "components": [
            {"id": "till", "trigger": "request", "authentication": "aws-iam", "publishes": ["payments"]},
            {
                "id": "post",
                "trigger": "message",
                "longest_run_s": "5 s",
                "listens_to": "payments",
                "writes": ["ledger"],
            },
            *programs,
            {"id": "desk", "trigger": "request", "authentication": "aws-iam", "reads": list(shown)},
        ],
        "channels": [{"id": "payments", "carries": "work"}, *channels],
        "stores": [{"id": "ledger"}, {"id": "matches"}],
    }


def kept_under_key(files: dict[str, str], target: str, program: str) -> bool:
    text = source(files, target, program, "service")
    return 'result = {**message, "id": about}' in text or "{ ...message, id: about }" in text


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("makers", MAKERS)
def test_a_message_is_kept_under_the_id_by_which_what_a_run_makes_of_it_is_looked_up(
    book: Book, makers: str, target: str
) -> None:
    programs = answers(makers)["components"]
    if target == "cdk-typescript":
        programs = [{**one, "language": "nodejs"} for one in programs]
    files = files_of({**answers(makers), "components": programs}, book, target)
    assert kept_under_key(files, target, "post")


@pytest.mark.parametrize("makers", MAKERS)
def test_a_message_that_is_shown_alone_is_kept_under_its_own_id(book: Book, makers: str) -> None:
    files = files_of(answers(makers, ("ledger",)), book)
    assert not kept_under_key(files, "sam", "post")
