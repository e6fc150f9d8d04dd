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


@pytest.mark.parametrize(
    ("trigger", "words", "redriven"),
    [
        ("stream", "or the partition key of the record if it has neither. A record without a version", False),
        (
            "message",
            "or its `id` if it has no `key`. A message without a version (`etag`) is ordered by the time",
            True,
        ),
    ],
)
def test_the_readme_says_which_state_stays_under_which_key(
    book: Book, trigger: str, words: str, *, redriven: bool
) -> None:
    readme = files_of(_answers(trigger, keeps="latest"), book)["README.md"]
    assert "`src/latest` keeps the latest state of each entity in " in readme
    assert words in readme
    assert "A message that is processed late does not replace a newer state" in readme
    assert ("In `src/latest`, a message without a version (`etag`) therefore replaces a state" in readme) is redriven


def test_messages_without_an_order_of_arrival_are_said(book: Book) -> None:
    answers = _answers("message", keeps="latest")
    answers["components"][0]["trigger"] = "event"
    answers["channels"][0] |= {"carries": "event", "direct_delivery": True}
    readme = files_of(answers, book)["README.md"]
    assert "the one that is processed last stays, even if it is older" in readme
    assert "replaces a state that is newer" not in readme


def test_the_readme_names_programs_that_take_messages_in_order(book: Book) -> None:
    answers = _answers("message", keeps="latest")
    answers["channels"][0]["ordering"] = "per-key"
    readme = files_of(answers, book)["README.md"]
    assert "by the time at which it was sent to the queue, and then by its sequence number" in readme
    assert "This applies to `src/latest`: a message about an item that names no version" in readme


GATEWAY = {"id": "gateway", "trigger": "request", "publishes": ["readings"]}


def _requested(**gateway: Any) -> dict[str, Any]:
    answers = _answers("stream", keeps="latest")
    answers["channels"][0]["ordering"] = "per-key"
    answers["components"] = [{**GATEWAY, **gateway}, answers["components"][0]]
    return answers


@pytest.mark.parametrize("target", TARGETS)
def test_records_of_requests_are_about_the_entity_that_the_caller_names(book: Book, target: str) -> None:
    files = files_of(_requested(), book, target)
    service = source(files, target, "gateway", "service")
    assert '"key": item["ordering_key"]' in service or ", key: orderingKey," in service
    assert "gateway` have the `ordering_key` of the request as their `key`." in files["README.md"]


@pytest.mark.parametrize("gateway", [{"writes": ["requests"]}, {"writes": ["requests"], "reads": ["requests"]}])
def test_messages_about_items_that_are_kept_have_the_id_of_the_item(book: Book, gateway: dict[str, Any]) -> None:
    answers = _requested(**gateway)
    answers["stores"].append({"id": "requests"})
    files = files_of(answers, book, "sam")
    assert '"key": item["id"]' in source(files, "sam", "gateway", "service")
    assert "of the request as their `key`" not in files["README.md"]


def test_work_that_is_done_once_for_an_item_is_about_the_item(book: Book) -> None:
    answers = _requested()
    steps = {"id": "release", "trigger": "stream", "listens_to": "readings", "human_approval": True, "steps": 3}
    answers["components"].append(steps)
    assert '"key": item["id"]' in source(files_of(answers, book, "sam"), "sam", "gateway", "service")


COUNTS = {"id": "counter", "trigger": "stream", "listens_to": "readings", "longest_run_s": "5 s", "writes": ["counts"]}


def _beside_counts(*, language: str) -> dict[str, Any]:
    """Return answers of a stream from which one program keeps the latest state, and another one a result for each item."""
    answers = _requested()
    answers["components"][0]["language"] = answers["components"][1]["language"] = language
    answers["components"] += [COUNTS, {**CONSOLE, "reads": ["states", "counts"]}]
    answers["stores"].append({"id": "counts"})
    return answers


@pytest.mark.parametrize("target", TARGETS)
def test_the_latest_state_is_that_of_the_entity_where_another_program_works_on_each_item(
    book: Book, target: str
) -> None:
    language = "nodejs" if target == "cdk-typescript" else "python"
    files = files_of(_beside_counts(language=language), book, target)
    gateway = source(files, target, "gateway", "service")
    assert '"key": item["id"]' in gateway or "key: item.id" in gateway
    kept = source(files, target, "latest", "service")
    assert '"key": message["ordering_key"]' in kept or "key: message.ordering_key" in kept
    # A caller may repeat a request after a newer one here, too.
    assert "arrivals.placed(message)" in kept
    assert "ordering_key" not in source(files, target, "counter", "service")
    assert (
        "The key of a state is the field `ordering_key` of the message, which names its entity." in files["README.md"]
    )


@pytest.mark.parametrize("target", TARGETS)
def test_beside_the_state_of_an_entity_other_results_stay_for_each_item(book: Book, target: str) -> None:
    answers = _beside_counts(language="nodejs" if target == "cdk-typescript" else "python")
    answers["stores"][1] |= {"access": "objects"}
    answers["components"][-1] = {**CONSOLE, "reads": ["states", "counts", "history"]}
    kept = source(files_of(answers, book, target), target, "latest", "service").replace("storeHistory", "store_history")
    assert (
        'store_history.put({**result, "id": item_id})' in kept or "store_history.put({ ...result, id: itemId })" in kept
    )
