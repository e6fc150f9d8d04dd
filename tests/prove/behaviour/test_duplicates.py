"""The check of duplicates: sound projects do their work once, and each way of doing it twice is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.repeats import id_of
from prove.behaviour.running.cloud import Sent
from prove.behaviour.running.system import System
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

Written = Callable[[str], WrittenProject]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write the project of a story or a supplement."""
    return lambda name: write_project(story(name), tmp_path / name)


def change(project: WrittenProject, file: str, old: str, new: str) -> None:
    """Change the one program file that has a text."""
    found = [path for path in project.evidence.folder.glob(f"src/*/{file}") if old in path.read_text("utf-8")]
    assert found, f"{file} has no {old}"
    for path in found:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "async-coupling",
        "business-process-integration",
        "container-web-service",
        "dynamic-web-api",
        "event-driven-job",
        "graphql-api",
        "mobile-backend",
        "order",
        "payouts",
        "relational-web-app",
        "scheduled-batch",
        "states-of-entities",
    ],
)
def test_a_sound_project_does_its_work_once(written: Written, name: str) -> None:
    assert written(name).rules_found_by("duplicates") == set()


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "rule"),
    [
        ("async-coupling", "service.py", '_id(key, owner), "owner"', '_id("", owner), "owner"', "repeat-keeps-more"),
        ("async-coupling", "service.py", '_id(key, owner), "owner"', '_id("", owner), "owner"', "repeat-answers-otherwise"),
        ("dynamic-web-api", "service.py", "_id(key, owner)", "_id(key)", "key-of-another"),
        ("dynamic-web-api", "service.py", "_without_added(kept) != _without_added(sent)", "False", "key-used-again"),
        ("scheduled-batch", "service.py", '"count": count', '"count": __import__("time").time_ns()', "repeat-keeps-more"),
        ("scheduled-batch", "service.py", 'summary["id"] = result_id(summary)', 'summary["per_day"] = {"x": __import__("time").time_ns()}', "repeat-changes"),
        ("business-process-integration", "once.py", ".not_exists() | failed", ".ne(1)", "repeat-tells-people"),
        ("payouts", "effects.py", ', ConditionExpression="attribute_not_exists(pk)"', "", "repeat-acts-again"),
        ("states-of-entities", "service.py", "message = arrivals.placed(message)", "_ = arrivals", "repeat-changes"),
        ("payouts", "effects.py", "except partner.NotDone:", "except Exception:", "unknown-effect-repeated"),
        ("payouts", "effects.py", 'if found.get("outcome") == "done":', 'if found.get("outcome") != "done":\n            return {}\n        if found:', "unknown-effect-passes"),
        ("payouts", "partner.py", "RECOGNIZES_KEYS: bool = False", "RECOGNIZES_KEYS: bool = True", "unknown-effect-repeated"),
        ("event-driven-job", "service.py", "store_outputs.put(result)", "store_outputs.put({**result, \"id\": str(id(result))})", "repeat-keeps-more"),
        ("scheduled-batch", "main.py", "return f\"aggregate-{service.local(given['time'])}\"", "pass", "repeat-keeps-more"),
    ],
)  # fmt: skip
def test_what_is_done_twice_is_found(written: Written, name: str, file: str, old: str, new: str, rule: str) -> None:
    project = written(name)
    change(project, file, old, new)
    assert rule in project.rules_found_by("duplicates")


#: A payout whose steps are undone if one of them fails.
PAY: dict[str, Any] = {
    "id": "pay",
    "title": "Payout",
    "trigger": "message",
    "listens_to": "payouts",
    "uses_secrets": True,
    "steps": 3,
    "retries": True,
    "compensation": True,
    "longest_run_s": "20 s",
    "writes": ["ledger"],
}


def compensated(**own: Any) -> dict[str, Any]:
    channel = {"id": "payouts", "title": "Payouts", "carries": "work", "duplicates_ok": False}
    stores = [{"id": "ledger", "title": "Ledger", "access": "key-value"}]
    return {"schema": 2, "title": "Payouts", "components": [{**PAY, **own}], "channels": [channel], "stores": stores}


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"retries": False},
        {"longest_run_s": "20 min"},
        {"human_approval": True, "steps_before_approval": 2},
    ],
)
def test_steps_are_not_undone_while_the_outcome_of_a_call_is_unknown(own: dict[str, Any], tmp_path: Path) -> None:
    project = write_project(compensated(**own), tmp_path / "payouts")
    assert project.rules_found_by("duplicates") == set()
    assert project.rules_found_by("workflows") == set()


def test_steps_that_are_undone_while_the_outcome_is_unknown_are_found(tmp_path: Path) -> None:
    project = write_project(compensated(), tmp_path / "payouts")
    change(project, "effects.py", 'if found.get("outcome") == "open":', 'if found.get("outcome") == "unclear":')
    assert "unknown-effect-undone" in project.rules_found_by("duplicates")


RELAY = {
    "schema": 2,
    "title": "Relay",
    "components": [
        {
            "id": "relay",
            "title": "Relay",
            "trigger": "schedule",
            "schedule_expression": "rate(1 minute)",
            "reads": ["ledger"],
            "publishes": ["booked"],
        }
    ],
    "channels": [{"id": "booked", "title": "Booked", "carries": "event", "destinations": [{"kind": "email"}]}],
    "stores": [{"id": "ledger", "title": "Ledger", "access": "key-value"}],
}


def test_starts_of_one_day_that_are_one_run_are_found(tmp_path: Path) -> None:
    project = write_project(RELAY, tmp_path / "relay")
    assert project.rules_found_by("duplicates") == set()
    change(project, "app.py", 'f"relay-{service.local(time)}"', "str(time)[:10]")
    assert project.rules_found_by("duplicates") == {"start-taken-for-another"}


def test_a_message_under_a_new_id_is_found(written: Written) -> None:
    project = written("order")
    change(project, "service.py", '"id": result["id"]', '"id": str(id(result))')
    assert "repeat-has-new-id" in project.rules_found_by("duplicates")


CALLING = {
    "schema": 2,
    "title": "Calling",
    "components": [
        {"id": "work", "title": "Work", "trigger": "message", "listens_to": "orders", "calls": ["other"]},
        {
            "id": "other",
            "title": "Other",
            "trigger": "request",
            "packaging": "container-image",
            "pins": {"compute": "ecs"},
        },
        {"id": "sender", "title": "Sender", "trigger": "on-demand", "publishes": ["orders"]},
    ],
    "channels": [{"id": "orders", "title": "Orders", "carries": "work"}],
}


def test_a_call_that_cannot_be_recognised_is_found(tmp_path: Path) -> None:
    project = write_project(CALLING, tmp_path / "calling")
    assert project.rules_found_by("duplicates") == set()
    change(project, "call_other.py", ', "idempotency-key": str(item["id"])', "")
    assert project.rules_found_by("duplicates") == {"repeat-calls-again"}


TRACK = {"id": "track", "title": "Track", "listens_to": "moves", "writes": ["places"], "publishes": ["tracked"]}
TRACKING: dict[str, Any] = {
    "schema": 2,
    "title": "Tracking",
    "components": [
        {"id": "audit", "title": "Audit", "trigger": "message", "listens_to": "tracked", "reads": ["places"],
         "writes": ["log"]},
        {"id": "api", "title": "API", "trigger": "request", "reads": ["items"], "writes": ["items"],
         "publishes": ["moves"]},
    ],
    "channels": [{"id": "tracked", "title": "Tracked", "carries": "work"}],
    "stores": [
        {"id": "places", "title": "Places", "access": "key-value"},
        {"id": "log", "title": "Log", "access": "objects"},
        {"id": "items", "title": "Items", "access": "key-value"},
    ],
}  # fmt: skip
MOVES = {"id": "moves", "title": "Moves", "carries": "records", "ordering": "per-key", "replay": True}


@pytest.mark.parametrize(("carries", "trigger"), [("records", "stream"), ("event", "event"), ("work", "message")])
def test_two_events_about_one_item_are_two_pieces_of_work(tmp_path: Path, carries: str, trigger: str) -> None:
    moves = MOVES if carries == "records" else {"id": "moves", "title": "Moves", "carries": carries}
    components = [{**TRACK, "trigger": trigger}, *TRACKING["components"]]
    given = {**TRACKING, "components": components, "channels": [moves, *TRACKING["channels"]]}
    project = write_project(given, tmp_path / "tracking")
    assert project.rules_found_by("duplicates") == set()
    change(project, "event_id.py", 'own or str(message["id"])', "made")
    assert project.rules_found_by("duplicates") == {"event-taken-for-another"}


def test_a_field_of_the_sender_that_stands_for_the_event_is_found(tmp_path: Path) -> None:
    """Two messages about one item may have the same `event`, such as "click"."""
    given = {**TRACKING, "components": [{**TRACK, "trigger": "message"}, *TRACKING["components"]]}
    given["channels"] = [{"id": "moves", "title": "Moves", "carries": "work"}, *TRACKING["channels"]]
    project = write_project(given, tmp_path / "tracking")
    assert project.rules_found_by("duplicates") == set()
    change(project, "event_id.py", '"source_event"', '"event"')
    assert project.rules_found_by("duplicates") == {"event-taken-for-another"}


@pytest.mark.parametrize(("carries", "trigger"), [("records", "stream"), ("event", "event"), ("work", "message")])
def test_an_event_id_that_is_taken_from_the_sender_is_found(tmp_path: Path, carries: str, trigger: str) -> None:
    moves = MOVES if carries == "records" else {"id": "moves", "title": "Moves", "carries": carries}
    components = [{**TRACK, "trigger": trigger}, *TRACKING["components"]]
    given = {**TRACKING, "components": components, "channels": [moves, *TRACKING["channels"]]}
    project = write_project(given, tmp_path / "tracking")
    assert project.rules_found_by("duplicates") == set()
    change(project, "message.py", 'if name != "source_event"', "if name")
    assert project.rules_found_by("duplicates") == {"event-taken-for-another"}


def test_records_without_a_key_are_told_apart_by_the_stream(tmp_path: Path) -> None:
    components = [{**TRACK, "trigger": "stream"}, *TRACKING["components"]]
    given = {**TRACKING, "components": components, "channels": [MOVES, *TRACKING["channels"]]}
    told = records_told(write_project(given, tmp_path / "tracking"))
    # Each record is read twice, as after a batch that failed.
    assert len(told) == 4
    assert len(set(told)) == 2


def records_told(project: WrittenProject) -> list[str]:
    """Return the ids of what is told about two records of one item, each of which is read twice."""
    system = System(project.evidence)
    (stream,) = project.evidence.stack.of_type("AWS::Kinesis::Stream")
    for text in ('{"id": "truck-1", "speed": 1}', '{"id": "truck-1", "speed": 2}'):
        for _ in range(2):
            system.cloud.sent.append(Sent("outside", stream.id, text))
            system.settle()
    assert not system.refused
    return [id_of(sent.text) for sent in system.cloud.told]


FOLLOWING = {
    "schema": 2,
    "title": "Following",
    "components": [
        {"id": "follow", "title": "Follow", "trigger": "event", "event_source": "table-change", "listens_to": "places",
         "calls": ["flow"]},
        {"id": "flow", "title": "Flow", "trigger": "on-demand", "steps": 3, "retries": True, "writes": ["log"]},
    ],
    "stores": [
        {"id": "places", "title": "Places", "access": "key-value"},
        {"id": "log", "title": "Log", "access": "objects"},
    ],
}  # fmt: skip


def test_two_changes_of_a_row_start_two_executions(tmp_path: Path) -> None:
    project = write_project(FOLLOWING, tmp_path / "following")
    assert project.rules_found_by("duplicates") == set()
    change(project, "call_flow.py", "event_id.of(item)", 'str(item["id"])')
    assert project.rules_found_by("duplicates") == {"event-taken-for-another"}


COPYING = {
    "schema": 2,
    "title": "Copying",
    "components": [
        {"id": "api", "title": "API", "trigger": "request", "reads": ["items", "copies"], "writes": ["items", "copies"],
         "publishes": ["created"]},
        {"id": "work", "title": "Work", "trigger": "message", "listens_to": "created", "writes": ["items", "copies"]},
    ],
    "channels": [{"id": "created", "title": "Created", "carries": "event"}],
    "stores": [{"id": "items", "title": "Items"}, {"id": "copies", "title": "Copies"}],
}  # fmt: skip


def test_the_order_of_the_attributes_of_a_row_is_no_change(tmp_path: Path) -> None:
    """A repeated request copies its item again: the result of another program moves before the key."""
    project = write_project(COPYING, tmp_path / "copying")
    assert project.rules_found_by("duplicates") == set()
    put, timed = '"pk": item["id"]}, ConditionExpression=unchanged', '"at": __import__("time").time_ns(), '
    change(project, "store_copies.py", put, timed + put)
    assert project.rules_found_by("duplicates") == {"repeat-changes"}


AUDITED = {
    "schema": 2,
    "title": "Audited",
    "components": [
        {"id": "api", "title": "API", "trigger": "request", "writes": ["entries"], "publishes": ["made"]},
        {"id": "work", "title": "Work", "trigger": "message", "listens_to": "made", "writes": ["entries"]},
    ],
    "channels": [{"id": "made", "title": "Made", "carries": "work"}],
    "stores": [{"id": "entries", "title": "Entries"}],
}


def test_a_retry_has_the_version_of_an_item_that_nobody_reads(tmp_path: Path) -> None:
    """The API cannot read the version of the first attempt: it comes from the request."""
    project = write_project(AUDITED, tmp_path / "audited")
    assert project.rules_found_by("duplicates") == set()
    change(project, "service.py", "first(_id(key, owner))", 'first(str(__import__("time").time_ns()))')
    assert project.rules_found_by("duplicates") == {"repeat-changes"}


RETURNING = {
    "schema": 2,
    "title": "Returning",
    "components": [
        {"id": "decide", "title": "Decide", "trigger": "message", "listens_to": "orders", "reads": ["states"],
         "publishes": ["decided"]},
        {"id": "keep", "title": "Keep", "trigger": "message", "listens_to": "decided", "writes": ["states"]},
    ],
    "channels": [
        {"id": "orders", "title": "Orders", "carries": "event", "ordering": "global"},
        {"id": "decided", "title": "Decided"},
    ],
    "stores": [{"id": "states", "title": "States"}],
}  # fmt: skip


def test_what_is_kept_of_a_message_is_not_in_the_next_one(tmp_path: Path) -> None:
    """A program looks up what another one has kept of its earlier messages: a result must not contain the one before it."""
    project = write_project(RETURNING, tmp_path / "returning")
    assert project.rules_found_by("duplicates") == set()
    change(project, "service.py", 'if name != "states"', "if name")
    assert project.rules_found_by("duplicates") == {"repeat-changes"}


def test_messages_of_a_fifo_queue_have_numbers_in_the_order_of_their_requests(tmp_path: Path) -> None:
    answers = story("states-of-entities")
    answers["components"][1]["trigger"] = "message"
    answers["channels"][0]["carries"] = "work"
    project = write_project(answers, tmp_path / "fifo")
    assert project.rules_found_by("duplicates") == set()
    change(project, "service.py", "message = arrivals.placed(message)", "_ = arrivals")
    assert project.rules_found_by("duplicates") == {"repeat-changes"}


#: A scheduled program totals a data store in which others keep the messages about its totals, the second over the first.
TOTALS_KEPT: dict[str, Any] = {
    "schema": 2,
    "title": "Totals",
    "components": [
        {"id": "nightly", "title": "Nightly", "trigger": "schedule", "reads": ["orders"], "publishes": ["totalled"]},
        {
            "id": "note",
            "title": "Note",
            "trigger": "message",
            "listens_to": "totalled",
            "writes": ["orders"],
            "publishes": ["noted"],
        },
        {"id": "file", "title": "File", "trigger": "message", "listens_to": "noted", "writes": ["orders"]},
    ],
    "channels": [
        {"id": "totalled", "title": "Totalled", "carries": "work"},
        {"id": "noted", "title": "Noted", "carries": "event"},
    ],
    "stores": [{"id": "orders", "title": "Orders", "access": "relational"}],
}


@pytest.mark.parametrize("writes", [[], ["orders"]], ids=["reads", "reads-and-writes"])
def test_totals_do_not_count_the_messages_about_them(tmp_path: Path, writes: list[str]) -> None:
    nightly, *others = TOTALS_KEPT["components"]
    project = write_project(
        {**TOTALS_KEPT, "components": [{**nightly, "writes": writes}, *others]}, tmp_path / "totals"
    )
    assert project.rules_found_by("duplicates") == set()
    change(project, "service.py", 'if about is not item and "created_at" not in about', "if False")
    assert "repeat-keeps-more" in project.rules_found_by("duplicates")
