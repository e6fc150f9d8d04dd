"""What works as drawn and seldom as meant is said with the decision: loops, mail for each item, databases that resume."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

MAIL = {"id": "news", "title": "News", "carries": "event", "destinations": [{"kind": "email"}]}


def warned(book: Book, components: list[dict[str, Any]], **rest: Any) -> dict[str, str]:
    """Return the sentences of the warnings, by their ids, in both languages."""
    design = advise(make_requirements({"schema": 2, "title": "T", "components": components, **rest}), book)
    assert all(warning.sentence.en and warning.sentence.ja for warning in design.decision.warnings)
    return {warning.id: warning.sentence.en for warning in design.decision.warnings}


def test_messages_that_come_back_make_a_loop(book: Book) -> None:
    one = {"id": "one", "listens_to": "back", "publishes": ["forth"]}
    other = {"id": "other", "listens_to": "forth", "publishes": ["back"]}
    channels = [{"id": "forth"}, {"id": "back"}]
    assert "infinite loop" in warned(book, [one, other], channels=channels)["messages-return"]
    straight = warned(book, [{"id": "one", "publishes": ["forth"]}, other], channels=channels)
    assert "messages-return" not in straight


@pytest.mark.parametrize(
    ("work", "queue", "many"),
    [
        ({"listens_to": "queue"}, {"rate_average_rps": "0.5/s"}, "43,200 a day"),
        ({"listens_to": "queue"}, {"rate_average_rps": "10/day"}, ""),
        ({"listens_to": "queue"}, {}, ""),  # nobody stated how many there are
        ({"trigger": "on-demand", "parallel_items": 40, "kubernetes": "ecosystem"}, {}, "40 in each run"),
        ({"trigger": "schedule", "parallel_items": 40}, {}, ""),  # the workflow sends one message for the whole run
    ],
)
def test_people_do_not_get_a_message_for_each_item(
    work: dict[str, Any], queue: dict[str, Any], many: str, book: Book
) -> None:
    components = [
        {"id": "work", "publishes": ["news"], **work},
        {"id": "intake", "trigger": "request", "publishes": ["queue"]},
    ]
    channels = [MAIL, {"id": "queue", **queue}]
    sentence = warned(book, components, channels=channels).get("a-message-for-each-item", "")
    assert many in sentence
    assert bool(many) is bool(sentence)


@pytest.mark.parametrize("access", ["relational", "search"])
@pytest.mark.parametrize(("must", "due", "said"), [(True, "2 s", True), (True, "60 s", False), (False, "2 s", False)])
def test_a_store_that_pauses_misses_answers_that_are_due_at_once(
    must: bool, due: str, said: bool, access: str, book: Book
) -> None:
    store: dict[str, Any] = {"id": "data", "access": access} | ({"must": ["nothing-while-idle"]} if must else {})
    api = {"id": "api", "trigger": "request", "response_s": due, "longest_run_s": "1 s", "reads": ["data"]}
    assert ("answers-before-resuming" in warned(book, [api], stores=[store])) is said


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"response_s": "1 s", "longest_run_s": "1 s"}, "idle-functions-start-cold"),
        ({"latency_ms": "300 ms"}, "idle-functions-miss-a-latency-goal"),
    ],
)
def test_functions_that_cost_nothing_while_idle_answer_the_first_caller_late(
    answers: dict[str, Any], rule: str, book: Book
) -> None:
    api = {"id": "api", "trigger": "request", **answers}
    assert rule in warned(book, [api], workload={"must": ["nothing-while-idle"]})
    assert rule not in warned(book, [api])


def test_a_loop_whose_turns_all_fail_is_said_to_ring_no_alarm(book: Book) -> None:
    rule, image = "failing-turns-of-a-loop-ring-no-alarm", {"id": "loop", "packaging": "container-image"}
    assert rule in warned(book, [{**image, "trigger": "always-on"}])
    assert rule not in warned(book, [{**image, "trigger": "schedule"}])


def test_an_ordered_message_only_starts_the_workflow_that_waits_for_days(book: Book) -> None:
    work = {"id": "work", "listens_to": "queue", "human_approval": True, "wait_s": "5 days"}
    raw = {"schema": 2, "title": "T", "components": [work, {"id": "intake", "trigger": "request", "publishes": ["queue"]}],
           "channels": [{"id": "queue", "ordering": "per-key"}]}  # fmt: skip
    design = advise(make_requirements(raw), book)
    assert [e.target for e in design.architecture.edges if e.verb == "consume"] == ["work.events"]
    assert design.architecture.node("work.workflow").service == "step-functions-standard"
    assert "runs-started-in-order-may-overlap" in {warning.id for warning in design.decision.warnings}


def test_a_function_that_starts_durable_executions_leaves_no_undoing_to_the_program(book: Book) -> None:
    work = {"id": "work", "trigger": "message", "listens_to": "queue", "steps": 3, "compensation": True,
            "pins": {"compute": "lambda-durable"}}  # fmt: skip
    raw = {"schema": 2, "title": "T", "components": [work, {"id": "intake", "trigger": "request", "publishes": ["queue"]}],
           "channels": [{"id": "queue", "ordering": "per-key"}]}  # fmt: skip
    design = advise(make_requirements(raw), book)
    assert any(node.note.en.endswith(": start") for node in design.architecture.nodes)
    assert "undoing-is-left-to-the-program" not in {warning.id for warning in design.decision.warnings}


@pytest.mark.parametrize(
    ("work", "rule", "said"),
    [
        ({"compensation": True, "kubernetes": "ecosystem"}, "undoing-is-left-to-the-program", True),
        ({"compensation": True}, "undoing-is-left-to-the-program", False),  # the workflow undoes them
        ({"retries": True}, "callers-retry-what-fails", True),
        ({"retries": True, "steps": 3}, "callers-retry-what-fails", False),  # the workflow retries each step
        ({"retries": True, "trigger": "schedule"}, "callers-retry-what-fails", False),
    ],
)
def test_what_a_workflow_would_do_is_said_where_there_is_none(
    work: dict[str, Any], rule: str, said: bool, book: Book
) -> None:
    assert (rule in warned(book, [{"id": "work", "trigger": "request", **work}])) is said


@pytest.mark.parametrize(
    ("sender", "reader", "said"),
    [
        ("signature", "sign-up", False),
        ("aws-iam", "existing-provider", True),
        ("api-key", "existing-provider", True),
        ("none", "existing-provider", False),
        ("sign-up", "sign-up", False),
        ("signature", "none", False),
        ("aws-iam", "aws-iam", False),
    ],
)
@pytest.mark.parametrize("through", [False, True])
def test_items_of_machines_are_said_to_be_read_by_everyone_who_signs_in(
    sender: str, reader: str, said: bool, through: bool, book: Book
) -> None:
    sent = {"api_keys": True} if sender == "api-key" else {"authentication": sender}
    hook: dict[str, Any] = {"id": "hook", "title": "Hook", "trigger": "request", **sent}
    desk = {"id": "desk", "title": "Desk", "trigger": "request", "authentication": reader, "reads": ["rows"]}
    work = {"id": "work", "title": "Work", "trigger": "message", "listens_to": "tasks", "writes": ["rows"]}
    hook |= {"publishes": ["tasks"]} if through else {"writes": ["rows"]}
    stores = [{"id": "rows", "title": "Rows", "access": "key-value"}]
    components = [hook, desk, *([work] if through else [])]
    channels = [{"id": "tasks", "title": "Tasks"}] if through else []
    sentence = warned(book, components, stores=stores, channels=channels).get("people-read-what-machines-send", "")
    assert bool(sentence) is said
    assert not said or all(name in sentence for name in ('"Hook"', '"Desk"', '"Rows"'))


SHARED, HIDDEN = "readers-share-no-identity-with-senders", "readers-find-no-items-of-others"


@pytest.mark.parametrize(
    ("sender", "reader", "reads", "said"),
    [
        ("existing-provider", "aws-iam", False, SHARED),
        ("existing-provider", "sign-up", False, SHARED),
        ("signature", "aws-iam", False, HIDDEN),
        ("signature", "sign-up", False, HIDDEN),
        ("signature", "none", False, ""),
        ("sign-up", "aws-iam", True, HIDDEN),
        ("sign-up", "none", False, HIDDEN),
        ("sign-up", "sign-up", False, ""),
        ("none", "aws-iam", False, ""),
    ],
)
@pytest.mark.parametrize("through", [False, True])
def test_readers_with_another_kind_of_identity_are_said_to_see_all_items_or_none(
    sender: str, reader: str, reads: bool, said: str, through: bool, book: Book
) -> None:
    gate: dict[str, Any] = {"id": "gate", "title": "Gate", "trigger": "request", "authentication": sender}
    desk = {"id": "desk", "title": "Desk", "trigger": "request", "authentication": reader, "reads": ["rows"]}
    work = {"id": "work", "title": "Work", "trigger": "message", "listens_to": "tasks", "writes": ["rows"]}
    gate |= {"publishes": ["tasks"]} if through else {"writes": ["rows"]}
    gate |= {"reads": ["rows"]} if reads else {}
    found = warned(
        book,
        [gate, desk, *([work] if through else [])],
        stores=[{"id": "rows", "title": "Rows", "access": "key-value"}],
        channels=[{"id": "tasks", "title": "Tasks"}] if through else [],
    )
    assert {SHARED, HIDDEN} & found.keys() == ({said} if said else set())
    assert not said or all(name in found[said] for name in ('"Gate"', '"Desk"', '"Rows"'))


@pytest.mark.parametrize(
    ("work", "news", "figures"),
    [
        (
            "2500/s",
            {"rate_average_rps": "1/min", "rate_peak_rps": "5/s"},
            ("2,500 per second", "5 per second", "10 per second"),
        ),
        ("8/s", {"rate_average_rps": "1/min", "rate_peak_rps": "5/s"}, ("8 per second", "5 per second")),
        ("2500/s", {}, ("2,500 per second", "10 per second")),
        ("5/s", {"rate_average_rps": "1/min", "rate_peak_rps": "5/s"}, ()),
        ("5/s", {}, ()),
        (None, {"rate_average_rps": "1/min", "rate_peak_rps": "5/s"}, ()),
    ],
)
def test_a_producer_that_is_faster_than_its_channel_to_people_is_said_with_both_rates(
    work: str | None, news: dict[str, Any], figures: tuple[str, ...], book: Book
) -> None:
    components = [{"id": "work", "trigger": "message", "listens_to": "queue", "publishes": ["news"]}]
    rates = {"rate_average_rps": "1/min", "rate_peak_rps": work} if work else {}
    channels = [{**MAIL, **news}, {"id": "queue", **rates}]
    sentence = warned(book, components, channels=channels).get("faster-than-people-hear", "")
    assert bool(sentence) is bool(figures)
    assert all(figure in sentence for figure in figures)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"trigger": "message", "protocol": "websocket"}, True),
        ({"trigger": ["message", "request"], "protocol": "websocket"}, False),
        ({"protocol": "websocket"}, False),  # who connects is derived where no trigger is stated
        ({"trigger": "message", "protocol": "http"}, False),
    ],
)
def test_a_protocol_for_callers_is_said_to_be_unused_where_no_request_starts_the_work(
    answers: dict[str, Any], said: bool, book: Book
) -> None:
    live = {"id": "live", "listens_to": "news", "exposure": "private", **answers}
    sentence = warned(book, [live], channels=[{"id": "news"}]).get("no-client-can-connect", "")
    assert ("WebSocket" in sentence) is said


@pytest.mark.parametrize(
    ("more", "consistency", "said"),
    [({}, "eventual", True), ({"writes": ["cache", "table"]}, "eventual", False), ({"writes": []}, "eventual", False),
     ({"publishes": ["news"]}, "eventual", False), ({}, "strong", False),
     ({"reads": ["cache", "table"]}, "eventual", False), ({"calls": ["other"]}, "eventual", False)],
)  # fmt: skip
def test_a_cache_is_no_system_of_record(more: dict[str, Any], consistency: str, said: bool, book: Book) -> None:
    api = {"id": "api", "trigger": "request", "reads": ["cache"], "writes": ["cache"], **more}
    stores = [{"id": "cache", "access": "cache", "consistency": consistency}, {"id": "table", "access": "key-value"}]
    other = {"id": "other", "trigger": "request", "exposure": "private"}
    warnings = warned(book, [api, other], stores=stores, channels=[{"id": "news"}])
    assert ("only-a-cache-keeps-it" in warnings) is said
    assert said or consistency == "eventual" or "caches-forget" in warnings


@pytest.mark.parametrize(
    ("answers", "left", "words"),
    [
        ({}, False, ""),
        ({"compute": "ecs"}, True, "Add it to the program, with a time limit"),
        ({"parallel_items": 20}, True, "with a time limit"),
        ({"compute": "lambda-durable"}, True, "wait_for_condition"),
        ({"compute": "ecs", "waits_for": ["rate-limit"]}, False, ""),
    ],
)
def test_polling_for_which_no_loop_is_generated_is_said(
    book: Book, answers: dict[str, Any], left: bool, words: str
) -> None:
    pins = {"pins": {"compute": answers["compute"]}} if "compute" in answers else {}
    stated = {key: value for key, value in answers.items() if key != "compute"}
    work = {"id": "work", "trigger": "event", "steps": 2, "retries": True, "longest_run_s": "20 s"}
    found = warned(book, [{**work, "waits_for": ["other-system"], "wait_s": "2 h", **stated, **pins}])
    assert ("polling-is-left-to-the-program" in found) is left
    assert words in found.get("polling-is-left-to-the-program", "")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"rate_average_rps": "100/s"}, True),
        ({"rate_peak_rps": "500/day"}, True),
        ({"rate_average_rps": "1/day"}, False),
        ({}, False),
        ({"rate_average_rps": "24/day", "schedule_expression": "rate(1 hour)"}, False),
        ({"rate_average_rps": "100/s", "trigger": ["schedule", "request"]}, False),
    ],
)
def test_starts_that_a_program_sets_are_said_instead_of_an_assumed_time(
    book: Book, answers: dict[str, Any], said: bool
) -> None:
    release = {"id": "release", "trigger": "schedule", "reads": ["seats"], **answers}
    raw = {"components": [release], "stores": [{"id": "seats", "access": "key-value"}]}
    design = advise(make_requirements(raw), book)
    assert ("starts-are-set-by-a-program" in [warning.id for warning in design.decision.warnings]) is said
    (schedule,) = (node for node in design.architecture.nodes if node.role == "schedule")
    assert (schedule.note.en == "a program creates one schedule for each item") is said
    assumed = [one.field for one in design.decision.assumptions if one.subject == "release"]
    stated = "schedule_expression" in answers
    assert ("schedule_expression" in assumed, "time_zone" in assumed) == ((not said and not stated,) * 2)


@pytest.mark.parametrize(
    ("answers", "en", "ja"),
    [
        ({"rate_average_rps": "500/day"}, "state starts (500 per day) but no schedule", "1 日 500 件"),
        ({"rate_peak_rps": "2/s"}, "state starts (at most 2 per second) but no schedule", "最大で毎秒 2 件"),
        (
            {"rate_average_rps": "2/day", "rate_peak_rps": "2/s"},
            "state starts (2 per day) but no schedule",
            "1 日 2 件",
        ),
    ],
)
def test_the_rate_of_starts_is_the_stated_one(book: Book, answers: dict[str, Any], en: str, ja: str) -> None:
    design = advise(make_requirements({"components": [{"id": "release", "trigger": "schedule", **answers}]}), book)
    (said,) = (one.sentence for one in design.decision.warnings if one.id == "starts-are-set-by-a-program")
    assert (en in said.en, ja in said.ja) == (True, True)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"interruption": "checkpoint"}, "repeats the work from the beginning"),
        ({"interruption": "checkpoint", "retries": True}, "repeats the interrupted step from the beginning"),
        ({"interruption": "checkpoint", "pins": {"compute": "lambda-durable"}, "steps": 3}, ""),
        ({"interruption": "checkpoint", "trigger": "request"}, ""),
        ({"interruption": "restart"}, ""),
        ({}, ""),
    ],
)
def test_checkpoints_that_no_program_keeps_are_said(book: Book, answers: dict[str, Any], words: str) -> None:
    found = warned(book, [{"id": "extract", "trigger": "schedule", "longest_run_s": "10 min", **answers}])
    assert ("checkpoints-are-left-to-the-program" in found) is bool(words)
    assert words in found.get("checkpoints-are-left-to-the-program", "")


@pytest.mark.parametrize(("access", "said"), [("key-value", True), ("objects", False)])
def test_executions_that_the_changes_of_a_table_start_are_said_to_overlap(access: str, said: bool, book: Book) -> None:
    work = {"id": "work", "trigger": "event", "listens_to": "rows", "steps": 3, "retries": True}
    found = warned(book, [work], stores=[{"id": "rows", "access": access}])
    assert ("runs-started-in-order-may-overlap" in found) is said


@pytest.mark.parametrize(
    ("flow", "step", "words"),
    [
        ({}, {"parallel_items": 100}, ("step, Items processed in parallel by a run: 100.", 'workflow of "step"')),
        ({}, {"trigger": "request"}, ("step, Trigger: A request.",)),
        ({}, {"human_approval": True}, ("step, Human approval: yes", "does not wait")),
        ({"uses_secrets": True}, {}, ("flow, Secrets: yes",)),
        ({}, {}, ()),
        ({"logic": "code"}, {"parallel_items": 100}, ()),
        ({"parallel_items": 100}, {}, ()),
    ],
)
def test_a_flow_without_code_that_gets_a_program_is_said(
    book: Book, flow: dict[str, Any], step: dict[str, Any], words: tuple[str, ...]
) -> None:
    components = [
        {"id": "flow", "trigger": "schedule", "logic": "none", "calls": ["step"], **flow},
        {"id": "step", "longest_run_s": "2 min", **step},
    ]
    found = warned(book, components)
    assert ("a-flow-without-code-has-a-program" in found) is bool(words)
    assert all(one in found["a-flow-without-code-has-a-program"] for one in words)


TENANTS: dict[str, Any] = {
    "id": "tenants", "trigger": "request", "authentication": "sign-up", "isolation": "per-tenant", "reads": ["orders"],
    "writes": ["orders"],
}  # fmt: skip
OPEN: dict[str, Any] = {"id": "open", "trigger": "request", "authentication": "none", "writes": ["orders"]}


@pytest.mark.parametrize(
    ("components", "said"),
    [
        ([TENANTS], set()),
        ([{**TENANTS, "authentication": "none"}], {"tenants-without-sign-in"}),
        ([{**TENANTS, "isolation": "shared"}, OPEN], set()),
        ([TENANTS, OPEN], {"tenants-find-no-items-of-callers-without-sign-in"}),
        ([TENANTS, {**OPEN, "writes": [], "reads": ["orders"]}], {"readers-find-no-items-of-others"}),
    ],
)
def test_isolated_tenants_beside_callers_without_sign_in_are_said(
    book: Book, components: list[dict[str, Any]], said: set[str]
) -> None:
    found = warned(book, components, stores=[{"id": "orders"}])
    about = {
        "tenants-without-sign-in",
        "tenants-find-no-items-of-callers-without-sign-in",
        "readers-find-no-items-of-others",
    }
    assert about & found.keys() == said


@pytest.mark.parametrize(
    ("channel", "access", "said"),
    [
        ({"carries": "work", "rate_average_rps": 1000, "rate_peak_rps": 3000}, "objects", True),
        ({"carries": "work", "rate_average_rps": 50, "rate_peak_rps": 3000}, "objects", False),
        ({"carries": "work"}, "objects", False),
        ({"carries": "work", "rate_average_rps": 1000, "rate_peak_rps": 3000}, "key-value", False),
        ({"carries": "records", "rate_average_rps": 1000, "rate_peak_rps": 3000}, "objects", False),
    ],
)
def test_many_requests_for_single_objects_are_said(
    book: Book, channel: dict[str, Any], access: str, said: bool
) -> None:
    archiver = {"id": "archiver", "listens_to": "events", "longest_run_s": "1 s", "writes": ["archive"]}
    stores = [{"id": "archive", "access": access}]
    found = warned(book, [archiver], channels=[{"id": "events", **channel}], stores=stores)
    assert ("an-object-for-each-message" in found) is said
    assert not said or "1,000 per second, these are about 2,592 million PUT" in found["an-object-for-each-message"]


@pytest.mark.parametrize(
    ("store", "desk", "said"),
    [
        # Callers who only read get links (ADR 0145); those who also write objects do not.
        ({"item_bytes": "1 GiB"}, {}, False),
        ({"item_bytes": "1 GiB"}, {"writes": ["exports"]}, True),
        ({"item_bytes": "6 MiB"}, {"writes": ["exports"]}, False),
        ({}, {}, False),
        ({"item_bytes": "1 GiB"}, {"pins": {"compute": "ecs"}}, False),
        ({"item_bytes": "1 GiB"}, {"reads": []}, False),
    ],
)
def test_objects_that_no_response_can_contain_are_said(
    book: Book, store: dict[str, Any], desk: dict[str, Any], said: bool
) -> None:
    reader = {"id": "desk", "title": "Desk", "trigger": "request", "authentication": "sign-up", "reads": ["exports"]}
    reader |= desk
    writer = {"id": "export", "listens_to": "work", "longest_run_s": "5 min", "writes": ["exports"]}
    stores = [{"id": "exports", "title": "Exports", "access": "objects", **store}]
    found = warned(book, [reader, writer], channels=[{"id": "work"}], stores=stores)
    assert ("objects-exceed-the-response" in found) is said
    assert not said or all(word in found["objects-exceed-the-response"] for word in ('"Exports"', "1 GiB", "6 MiB"))


@pytest.mark.parametrize(
    ("store", "trigger", "reads", "said"),
    [
        ({}, "stream", ["states"], True),
        ({"keeps": "latest"}, "stream", ["states"], False),
        ({"keeps": "all"}, "stream", ["states"], False),
        ({"access": "objects"}, "stream", ["states"], False),
        ({}, "message", ["states"], False),
        ({}, "stream", [], False),
    ],
)
def test_records_of_which_only_the_first_stays_are_said(
    book: Book, store: dict[str, Any], trigger: str, reads: list[str], said: bool
) -> None:
    carries = "records" if trigger == "stream" else "work"
    latest = {"id": "latest", "trigger": trigger, "listens_to": "readings", "writes": ["states"]}
    console = {"id": "console", "trigger": "request", "reads": reads}
    channels, stores = [{"id": "readings", "carries": carries}], [{"id": "states", **store}]
    found = warned(book, [latest, console], channels=channels, stores=stores)
    assert ("first-record-stays" in found) is said
    assert not said or "keeps: latest)" in found["first-record-stays"]
