"""Working time, waiting and the whole run: what follows from them, and which services each of them decides."""

import random
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book, dated
from advisor.budgets import broken
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.cells import cell_at, cells, field_of
from advisor.verdict import decide_workload, revised
from advisor.verdict.run_times import LARGEST_FUNCTION, LONGEST_MESSAGE_S

DAY_S = 86400.0
IMAGE = {"packaging": "container-image"}


def one(book: Book, **answers: Any) -> Design:
    return advise(make_requirements({"components": [{"id": "it", **answers}]}), book)


def facts(book: Book, **answers: Any) -> dict[str, Any]:
    made = decide_workload(answers_of(make_requirements({"components": [{"id": "it", **answers}]})), dated(book))
    return made.subjects["it"].known.values


def warned(design: Design) -> set[str]:
    return {warning.id for warning in design.decision.warnings}


def explained(design: Design) -> set[str]:
    choices = [choice for subject in design.decision.subjects for choice in subject.choices]
    return {reason.id for choice in choices for reason in choice.because}


CASES = {
    "a check that works for seconds and mostly waits for hours": (
        {"trigger": "event", "longest_run_s": "40 s", "steps": 3, "wait_s": "6 h"},
        {"compute": "lambda", "workflow": "step-functions-standard"},
    ),
    "the same as an image on a queue, and waiting must cost nothing": (
        {"trigger": "message", "longest_run_s": "40 s", "wait_s": "6 h", "waiting_free": True, **IMAGE},
        {"compute": "lambda", "workflow": "step-functions-standard"},
    ),
    "a partner calls back within three days": (
        {"trigger": "message", "longest_run_s": "20 s", "waits_for": ["callback"], "wait_s": "3 d"},
        {"compute": "lambda", "workflow": "step-functions-standard"},
    ),
    "a callback in plain code": (
        {"trigger": "event", "longest_run_s": "20 s", "waits_for": ["callback"], "language": "nodejs"},
        {"compute": "lambda-durable", "workflow": "lambda-durable"},
    ),
    "a callback that may come at once, at a high rate": (
        {
            "trigger": "event",
            "steps": 3,
            "longest_run_s": "5 s",
            "waits_for": ["callback"],
            "wait_s": 10,
            "rate_peak_rps": 500,
        },
        {"workflow": "step-functions-standard"},
    ),
    "short steps for thousands of items, hours in all": (
        {"trigger": "schedule", "longest_run_s": "20 s", "parallel_items": 50000, "whole_run_s": "4 h"},
        {"compute": "lambda", "workflow": "step-functions-distributed-map"},
    ),
    "a whole run of hours and nothing else said": (
        {"trigger": "schedule", "whole_run_s": "4 h"},
        {"compute": "ecs"},
    ),
    "steps that end within five minutes together": (
        {"trigger": "event", "steps": 4, "longest_run_s": "3 min", "whole_run_s": "4 min", "rate_peak_rps": 500},
        {"workflow": "step-functions-express"},
    ),
    "steps that do not": (
        {"trigger": "event", "steps": 4, "longest_run_s": "3 min", "whole_run_s": "10 min", "rate_peak_rps": 500},
        {"workflow": "step-functions-standard"},
    ),
    "two hours on a message that must never be cut off": (
        {"trigger": "message", "longest_run_s": "2 h", "interruption": "never", **IMAGE},
        {"compute": "ecs", "workflow": "step-functions-standard"},
    ),
    "two hours on a message that may start again": (
        {"trigger": "message", "longest_run_s": "2 h", "interruption": "restart", **IMAGE},
        {"compute": "ecs"},
    ),
    "two hours once a night that must never be cut off": (
        {"trigger": "schedule", "longest_run_s": "2 h", "interruption": "never", **IMAGE},
        {"compute": "ecs", "workflow": "step-functions-standard"},
    ),
    "a rate limit that is waited out within a minute": (
        {"trigger": "message", "longest_run_s": "5 s", "waits_for": ["rate-limit"], "wait_s": "1 min"},
        {"compute": "lambda"},
    ),
    "two hours of work, and then a callback": (
        {"trigger": "event", "longest_run_s": "2 h", "waits_for": ["callback"], "wait_s": "1 d"},
        {"compute": "ecs", "workflow": "step-functions-standard"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_time_decides_what_it_is_about(name: str, book: Book) -> None:
    answers, expected = CASES[name]
    workload = {"workload": {"priorities": ["simplicity"]}} if "lambda-durable" in expected.values() else {}
    design = advise(make_requirements({"components": [{"id": "it", **answers}], **workload}), book)
    chosen = {choice.role: choice.service for choice in design.decision.subject("it").choices}
    assert {role: chosen.get(role) for role in ("compute", "workflow") if role in expected} == expected
    assert ("workflow" in chosen) == ("workflow" in expected) or "compute" not in expected or chosen["compute"] == "ecs"
    assert design.decision.conflicts == ()
    assert [*broken(design.architecture)] == []


def test_a_queue_worker_is_no_workflow_unless_it_must_not_be_cut_off(book: Book) -> None:
    work = {"trigger": "message", "longest_run_s": "2 h", **IMAGE}
    for interruption, workflow in (("restart", False), ("checkpoint", False), ("never", True)):
        design = one(book, interruption=interruption, **work)
        assert any(c.role == "workflow" for c in design.decision.subject("it").choices) is workflow
        assert ("deployments-stop-tasks-after-two-minutes" in explained(design)) is not workflow
    assert "deployments-stop-tasks-after-two-minutes" in explained(one(book, **work))
    assert "fargate-retires-tasks" in warned(one(book, interruption="never", **work))


def test_a_worker_that_must_not_be_cut_off_only_starts_a_task_for_each_message(book: Book) -> None:
    nodes = {
        n.id: n
        for n in one(book, trigger="message", longest_run_s="2 h", interruption="never", **IMAGE).architecture.nodes
    }
    assert nodes["it.compute-starter"].settings["run"] == "worker"
    assert nodes["it.compute"].settings["run"] == "job"


FEW = {"trigger": "message", "must": ["nothing-while-idle"], **IMAGE}
LONG = {"longest_run_s": "10 min", "most_at_once": 8}


def test_a_few_workers_scale_to_zero_if_nothing_may_be_paid_while_idle(book: Book) -> None:
    for limited in (LONG, {"state_in_memory": True}, {"most_at_once": 1}, {**LONG, "state_in_memory": True}):
        answers = {**FEW, "listens_to": "work", **limited}
        work = {"components": [{"id": "it", **answers}], "channels": [{"id": "work", "carries": "work"}]}
        design = advise(make_requirements(work), book)
        node = next(n for n in design.architecture.nodes if n.id == "it.compute")
        assert (node.service, node.settings["run"], node.settings["desired_count"]) == ("ecs", "worker", 0)
        assert int(str(node.settings["most_tasks"])) >= 1
        assert int(str(node.settings["backlog_per_task"])) >= 1, "what starts and stops its tasks is the queue"
        assert "first-message-waits-for-a-task" in warned(design)
        assert ("state-is-lost-with-the-last-task" in warned(design)) == ("state_in_memory" in limited)
        assert not any(c.role == "workflow" for c in design.decision.subject("it").choices)


@pytest.mark.parametrize(
    ("more", "scales", "piped"),
    [
        (LONG, True, False),
        ({**LONG, "interruption": "never"}, False, True),
        ({**LONG, "must": []}, False, False),
        ({**LONG, "steps": 3}, False, True),
        ({**LONG, "waits_for": ["person"]}, False, True),
        ({**LONG, "longest_run_s": LONGEST_MESSAGE_S}, True, False),
        ({**LONG, "longest_run_s": LONGEST_MESSAGE_S + 1}, False, True),
        ({**LONG, "trigger": ["message", "on-demand"]}, True, False),
        ({**LONG, "trigger": ["message", "schedule"]}, False, True),
        ({**LONG, "trigger": ["message", "request"]}, False, False),
        ({"longest_run_s": "10 min"}, False, True),
        ({"longest_run_s": "90 s", "most_at_once": 8}, False, False),
        ({"longest_run_s": "90 s", "most_at_once": 1}, True, False),
        ({"longest_run_s": "90 s", "most_at_once": 8, "gpu": True}, True, False),
        ({"longest_run_s": "90 s", "state_in_memory": True}, True, False),
        ({**LONG, "trigger": "event"}, False, False),
    ],
)
def test_whether_workers_scale_to_zero_or_a_pipe_starts_tasks(
    more: dict[str, Any], scales: bool, piped: bool, book: Book
) -> None:
    known = facts(book, **{**FEW, **more})
    assert (known["scales_to_zero"], known["piped_tasks"]) == (scales, piped)


@pytest.mark.parametrize(
    ("more", "workflow", "events"),
    [({"state_in_memory": True}, None, None), ({}, "step-functions-standard", "eventbridge-pipes")],
)
def test_events_of_a_channel_wait_in_a_queue_as_messages_do(
    more: dict[str, Any], workflow: str | None, events: str | None, book: Book
) -> None:
    component = {"id": "it", **FEW, "trigger": "event", "listens_to": "news", "longest_run_s": "30 min", **more}
    sender = {"id": "from", "trigger": "on-demand", "publishes": ["news"]}
    channels = [{"id": "news", "carries": "event"}]
    design = advise(make_requirements({"components": [sender, component], "channels": channels}), book)
    chosen = {choice.role: choice.service for choice in design.decision.subject("it").choices}
    assert design.decision.conflicts == ()
    assert (chosen["compute"], chosen.get("workflow"), chosen.get("events")) == ("ecs", workflow, events)


@pytest.mark.parametrize("trigger", ["callback", "request"])
def test_a_service_that_waits_for_callers_is_paid_while_idle(trigger: str, book: Book) -> None:
    design = one(book, **{**FEW, "trigger": trigger, "state_in_memory": True, "longest_run_s": "5 s"})
    assert not any(c.service == "ecs" for c in design.decision.subject("it").choices)


def test_a_task_for_each_message_keeps_no_state(book: Book) -> None:
    work = {**FEW, "longest_run_s": "11 h", "state_in_memory": True}
    assert "tasks-for-each-message-keep-no-state" in warned(one(book, **work))


@pytest.mark.parametrize(
    "other",
    [
        {"carries": "records"},
        {"carries": "work", "migrates_from": "rabbitmq-jms"},
        {"carries": "event", "direct_delivery": True},
        {"carries": "work", "pins": {"messaging": "kinesis"}},
    ],
)
def test_only_a_queue_wakes_workers(other: dict[str, Any], book: Book) -> None:
    component = {"id": "it", **FEW, **LONG, "listens_to": "other"}
    requirements = make_requirements({"components": [component], "channels": [{"id": "other", **other}]})
    known = decide_workload(answers_of(requirements), dated(book)).subjects["it"].known.values
    assert not known["scales_to_zero"]
    assert known["piped_tasks"]


def test_one_time_is_enough_where_there_is_one_piece_of_work(book: Book) -> None:
    assert facts(book, whole_run_s=7200)["longest_run_s"] == 7200
    assert facts(book, whole_run_s=7200, steps=2)["longest_run_s"] == 10
    assert facts(book, whole_run_s=7200, parallel_items=5)["longest_run_s"] == 10
    assert facts(book, whole_run_s=7200, wait_s=60)["longest_run_s"] == 10
    assert facts(book, whole_run_s=4, steps=2)["longest_run_s"] == 4
    assert facts(book, whole_run_s=7200, steps=2, typical_run_s=90)["longest_run_s"] == 90
    assert facts(book, longest_run_s=60, wait_s=600)["whole_run_s"] == 660
    assert facts(book, longest_run_s=60, steps=8)["whole_run_s"] == 60
    assert facts(book, longest_run_s=60, waits_for=["callback"])["whole_run_s"] == 60 + 7 * DAY_S


def test_a_person_and_an_approval_are_one_thing(book: Book) -> None:
    asked, waited = (facts(book, trigger="event", **a) for a in ({"human_approval": True}, {"waits_for": ["person"]}))
    assert asked["human_approval"] is waited["human_approval"] is True
    assert asked["waits_for"] == waited["waits_for"] == ("person",)
    services = [
        one(book, trigger="event", **a).decision.services for a in ({"human_approval": True}, {"waits_for": ["person"]})
    ]
    assert services[0] == services[1]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            {"longest_run_s": "2 h", "whole_run_s": "1 h"},
            "it.longest_run_s: 2 h is more than the longest run time including waits of 1 h",
        ),
        (
            {"wait_s": "2 d", "whole_run_s": "1 d"},
            "it.wait_s: 2 days is more than the longest run time including waits of 1 day",
        ),
        (
            {"typical_run_s": "2 h", "whole_run_s": "1 h"},
            "it.typical_run_s: 2 h is more than the longest run time including waits of 1 h",
        ),
        (
            {"waits_for": ["person"], "human_approval": False},
            'it.waits_for: "A person" contradicts "Human approval: no"',
        ),
    ],
)
def test_times_that_contradict_each_other_are_refused(answers: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RequirementsError) as refused:
        make_requirements({"components": [{"id": "it", **answers}]})
    assert any(problem.en.startswith(sentence) for problem in refused.value.problems), refused.value


def test_a_changed_time_takes_the_others_along() -> None:
    made = answers_of(
        make_requirements(
            {"components": [{"id": "it", "typical_run_s": 40, "longest_run_s": 50, "whole_run_s": 60, "wait_s": 5}]}
        )
    )
    times = ("typical_run_s", "longest_run_s", "whole_run_s", "wait_s")
    for change, expected in (
        ({"whole_run_s": 30.0}, (30, 30, 30, 5)),
        ({"typical_run_s": 100.0}, (100, 100, 100, 5)),
        ({"wait_s": 90.0}, (40, 50, 90, 90)),
        ({"longest_run_s": 20.0}, (20, 20, 60, 5)),
    ):
        changed = made.changed("it", change).of("it")
        assert tuple(changed[time] for time in times) == expected


def test_waits_and_the_whole_run_fit_into_the_timeouts(book: Book) -> None:
    waiting = one(book, trigger="event", longest_run_s=20, waits_for=["person"], wait_s="3 d")
    machine = next(n for n in waiting.architecture.nodes if n.id == "it.workflow")
    assert machine.settings["approval_s"] == 3 * DAY_S
    assert float(str(machine.settings["timeout_s"])) >= 3 * DAY_S + 20
    whole = one(book, trigger="schedule", longest_run_s=20, parallel_items=50000, whole_run_s="9 h")
    assert next(n for n in whole.architecture.nodes if n.id == "it.workflow").settings["timeout_s"] == 9 * 3600
    durable = make_requirements({
        "workload": {"priorities": ["simplicity"]},
        "components": [{"id": "it", "trigger": "event", "longest_run_s": 20, "waits_for": ["callback"], "wait_s": "9 d"}],
    })  # fmt: skip
    program = next(n for n in advise(durable, book).architecture.nodes if n.id == "it.compute")
    assert float(str(program.settings["execution_timeout_s"])) >= 9 * DAY_S + 20


def test_a_stated_whole_run_says_what_the_steps_take_together(book: Book) -> None:
    """Without it each step is given the time of the slowest."""
    flow = {"trigger": "event", "rate_peak_rps": 500, "longest_run_s": 60, "steps": 6}
    assert broken(one(book, **flow).architecture)
    assert not broken(one(book, whole_run_s=200, **flow).architecture)


NEW = ("waits_for", "wait_s", "waiting_free", "whole_run_s", "interruption", "longest_run_s", "typical_run_s", "steps",
       "parallel_items", "human_approval", "gpu", "privileged", "host_control", "os", "memory_mib", "vcpu", "disk_mib")  # fmt: skip
STARTS: tuple[dict[str, Any], ...] = (
    {"trigger": "event"},
    {"trigger": "event", "whole_run_s": 5000},
    {"trigger": "event", "whole_run_s": 5000, "longest_run_s": 300, "steps": 3},
    {"trigger": "message", "longest_run_s": 60, "wait_s": 400, **IMAGE},
    {"trigger": "message", "interruption": "never", "whole_run_s": 500, "typical_run_s": 50, **IMAGE},
    {"trigger": "event", "steps": 4, "longest_run_s": 100, "rate_peak_rps": 500, "wait_s": 0},
    {"trigger": "schedule", "waiting_free": True, "waits_for": ["rate-limit"], "parallel_items": 200},
    {"trigger": "message", "waits_for": ["person"], "human_approval": True, "longest_run_s": 700},
    {"trigger": "message", "must": ["nothing-while-idle"]},
    {"trigger": "message", "must": ["nothing-while-idle"], "gpu": True, "longest_run_s": 60},
    {"trigger": "message", "must": ["nothing-while-idle"], "memory_mib": 20000, **IMAGE},
)


@pytest.mark.parametrize("number", range(len(STARTS)))
def test_cells_of_the_times_are_those_of_brute_force(number: int, book: Book) -> None:
    """Every value of a question comes to the verdict of its cell."""
    made = decide_workload(answers_of(make_requirements({"components": [{"id": "it", **STARTS[number]}]})), dated(book))
    drawn = random.Random(number)
    edges = (
        0.0,
        6,
        6.01,
        9.99,
        10,
        29,
        30,
        60,
        120,
        121,
        300,
        301,
        400,
        500,
        700,
        900,
        901,
        1800,
        5000,
        10240,
        10241,
        43200,
        43201,
        31536000,
    )
    for id in NEW:
        field = field_of("component", id)
        found = cells(dated(book), made, "it", field)
        least = found[0].low.value if found[0].low else field.minimum
        most = found[-1].high.value if found[-1].high else field.maximum
        values = [*edges, *(10 ** drawn.uniform(-2, 7.4) for _ in range(60))] if field.kind == "quantity" else []
        for value in values:
            value = float(round(value)) if field.unit == "count" else float(value)
            at = cell_at(found, value)
            if least <= value <= most and at is not None:
                there, same = (revised(made, "it", {id: v}, dated(book)).services for v in (value, found[at].sample))
                assert there == same, (id, value, found[at])


@pytest.mark.parametrize("number", range(len(STARTS)))
def test_a_verdict_that_holds_over_the_times_is_the_same_for_random_answers_to_them(number: int, book: Book) -> None:
    requirements = make_requirements({"components": [{"id": "it", **STARTS[number]}]})
    made = decide_workload(answers_of(requirements), dated(book))
    found = analyse_verdict(made, dated(book))
    drawn = random.Random(number)
    still = [s for s in found.swept if s.field.id in NEW and not s.stated and not s.changing]
    for swept in still:
        for cell in swept.cells:
            assert revised(made, "it", {swept.field.id: cell.sample}, dated(book)).services == made.services
    if found.holds:
        for _ in range(50):
            changed = made.answers
            for swept in drawn.sample(still, drawn.randint(0, len(still))):
                changed = changed.changed("it", {swept.field.id: drawn.choice(swept.cells).sample})
            assert decide_workload(changed, dated(book)).services == made.services


def test_tasks_for_which_nothing_is_paid_while_idle_are_started_by_a_pipe(book: Book) -> None:
    design = one(book, trigger="message", longest_run_s="2 h", must=["nothing-while-idle"], **IMAGE)
    chosen = {choice.role: choice.service for choice in design.decision.subject("it").choices}
    assert (chosen["compute"], chosen["events"]) == ("ecs", "eventbridge-pipes")
    assert {n.id: n for n in design.architecture.nodes}["it.compute"].settings["run"] == "job"
    edges = {(edge.source, edge.verb, edge.target) for edge in design.architecture.edges}
    assert {("it.events", "start", "it.workflow"), ("it.workflow", "run", "it.compute")} <= edges
    assert "idle-tasks-stand-in-a-vpc" in warned(design)
    kept_up = one(book, trigger=["message", "always-on"], longest_run_s="2 h", must=["nothing-while-idle"], **IMAGE)
    assert kept_up.decision.conflicts


@pytest.mark.parametrize(
    ("needs", "engine"), [({"gpu": True}, "ec2"), ({"memory_mib": "11 GiB"}, "fargate"), ({"privileged": True}, "ec2")]
)
def test_short_work_beyond_functions_is_started_by_a_pipe_too(book: Book, needs: dict[str, Any], engine: str) -> None:
    design = one(book, trigger="message", must=["nothing-while-idle"], **needs)
    assert not design.decision.conflicts
    chosen = {choice.role: choice.service for choice in design.decision.subject("it").choices}
    assert (chosen["compute"], chosen["engine"], chosen["events"]) == ("ecs", engine, "eventbridge-pipes")
    assert ("gpu-tasks-load-their-models-again" in warned(design)) == ("gpu" in needs)


def test_short_work_that_functions_can_do_stays_with_them(book: Book) -> None:
    design = one(book, trigger="message", must=["nothing-while-idle"], memory_mib="10 GiB")
    chosen = {choice.role: choice.service for choice in design.decision.subject("it").choices}
    assert chosen["compute"] == "lambda"
    denied = one(book, trigger="message", must=["nothing-while-idle", "no-functions"])
    assert denied.decision.conflicts


def test_the_largest_function_is_that_of_the_book(book: Book) -> None:
    units = {"memory_mib": "MiB", "vcpu": "vcpu", "disk_mib": "MiB"}
    limits = [limit for limit in book.services["lambda"].limits if limit.role == "compute" and limit.field in units]
    assert {limit.field: dated(book).most(limit.fact, units[limit.field]) for limit in limits} == LARGEST_FUNCTION
