"""Stores that keep the latest about an entity: programs of messages replace its state, and another store keeps its history."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

LATEST = {"id": "latest", "longest_run_s": "5 s", "writes": ["states", "history"], "publishes": ["alarms"]}
CONSOLE = {"id": "console", "trigger": "request", "reads": ["states"]}
CHANNELS = {"stream": "records", "message": "work"}


def _answers(trigger: str, **states: Any) -> dict[str, Any]:
    return {
        "components": [{**LATEST, "trigger": trigger, "listens_to": "readings"}, CONSOLE],
        "channels": [{"id": "readings", "carries": CHANNELS[trigger]}, {"id": "alarms", "carries": "event"}],
        "stores": [{"id": "states", **states}, {"id": "history"}],
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("trigger", CHANNELS)
def test_the_state_of_an_entity_is_replaced_by_later_messages_only(book: Book, target: str, trigger: str) -> None:
    files = files_of(_answers(trigger, keeps="latest"), book, target)
    service = source(files, target, "latest", "service")
    assert "store_states.put(result)" in service or "storeStates.put(result)" in service
    assert "arrived(" in source(files, target, "latest", "message")
    # Beside the state, each message is in the history, under an id of its own.
    assert "store_history.put_once({**result, " in service or "storeHistory.putOnce({ ...result, " in service


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("states", [{}, {"keeps": "all"}])
def test_without_such_a_store_each_message_has_a_result_of_its_own(
    book: Book, target: str, states: dict[str, str]
) -> None:
    files = files_of(_answers("stream", **states), book, target)
    service = source(files, target, "latest", "service")
    assert "store_states.put_once(result)" in service or "storeStates.putOnce(result)" in service
    assert "arrived(" not in source(files, target, "latest", "message")


def test_what_other_systems_send_has_the_key_of_the_entity(book: Book) -> None:
    # Both programs write the store; the one that callers send to is listed first.
    command = {"id": "command", "trigger": "message", "listens_to": "commands", "writes": ["states"]}
    answers = _answers("stream", keeps="latest")
    answers["components"] = [command, *answers["components"]]
    answers["components"][-1] = {**CONSOLE, "publishes": ["commands"]}
    answers["channels"].append({"id": "commands", "carries": "work"})
    files = files_of(answers, book, "sam")
    assert "PREFIX" not in source(files, "sam", "latest", "store_states")
    assert 'PREFIX = "command/"' in source(files, "sam", "command", "store_states")
