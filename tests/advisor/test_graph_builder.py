"""Choices to graph: each story's design is a golden, and every connection is one that the book knows."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.report.decision_report import services
from advisor.requirements import make_requirements
from advisor.text import Text


def test_what_a_new_service_connects_to_is_drawn_and_not_denied(book: Book) -> None:
    """The book knows no connections of Lambda Web Functions, and so cannot say that a function URL cannot reach one."""
    web = {"id": "web", "trigger": "request", "language": "nodejs", "reads": ["orders"]}
    answers = {
        "workload": {"allow_emerging": True},
        "components": [{**web, "pins": {"compute": "lambda-web-functions"}}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    design = advise(make_requirements(answers), book)
    edges = {edge.verb: edge for edge in design.architecture.edges if edge.settings.get("unknown")}
    assert (edges["invoke"].sentence.en, edges["invoke"].flow) == (
        'The AWS Lambda function URL invokes the "web" function',
        "sync",
    )
    assert edges["read"].flow == "data"
    assert "no-connection" not in {one.id for one in design.decision.warnings}


def as_json(design: Design) -> str:
    """What a design comes to, without the sentences that explain it."""
    decision = design.decision
    held = {
        "services": services(design),
        "choices": {s.id: {c.role: c.service for c in s.choices} for s in decision.subjects},
        "warnings": [f"{w.subject}.{w.role}: {w.id}" for w in decision.warnings],
        "conflicts": [f"{c.subject}.{c.role}" for c in decision.conflicts],
        **asdict(design.architecture),
    }
    return json.dumps(held, ensure_ascii=False, indent=1, default=dict) + "\n"


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_comes_to_its_design(
    name: str, designs: dict[str, Design], golden: Callable[[str, str | bytes], None]
) -> None:
    golden(f"{name}/design.json", as_json(designs[name]))


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_holds_only_known_connections(name: str, designs: dict[str, Design], book: Book) -> None:
    architecture = designs[name].architecture
    unknown = [architecture.key(edge) for edge in architecture.edges if architecture.key(edge) not in book.connections]
    assert not unknown, f"state them in the files of their targets, rules/services/<id>.yaml: {unknown}"


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_is_told_in_steps_without_gaps(name: str, designs: dict[str, Design]) -> None:
    steps = [edge.step for edge in designs[name].architecture.edges if edge.step is not None]
    assert sorted(steps) == list(range(1, len(steps) + 1))


@pytest.mark.parametrize("name", rules.STORIES)
def test_no_node_of_a_story_stands_alone(name: str, designs: dict[str, Design]) -> None:
    architecture = designs[name].architecture
    joined = {end for edge in architecture.edges for end in (edge.source, edge.target)}
    alone = [node.id for node in architecture.nodes if node.id not in joined and node.service != "nat-gateway"]
    assert alone == []


@pytest.mark.parametrize(
    ("pins", "title", "icon"),
    [
        ({"compute": "batch", "engine": "ec2"}, Text("AWS Batch on Amazon EC2", "AWS Batch（Amazon EC2）"), "batch"),
        (
            {"compute": "batch", "engine": "fargate"},
            Text("AWS Batch on AWS Fargate", "AWS Batch（AWS Fargate）"),
            "batch",
        ),
        ({"compute": "ecs", "engine": "fargate"}, Text.same("AWS Fargate"), "fargate"),
    ],
)
def test_a_program_shows_its_service_unless_the_border_of_a_cluster_does(
    pins: dict[str, str], title: Text, icon: str, book: Book
) -> None:
    job = {"id": "job", "trigger": "schedule", "packaging": "container-image", "pins": pins}
    graph = advise(make_requirements({"schema": 2, "title": "Jobs", "components": [job]}), book).architecture
    assert (graph.node("job.compute").title, graph.node("job.compute").icon) == (title, icon)
    assert ("ecs-cluster" in {group.id for group in graph.groups}) == (pins["compute"] == "ecs")


def test_a_component_without_a_service_uses_nothing(book: Book) -> None:
    """Its schedule is not drawn to read the table."""
    raw = {
        "workload": {"budget_month_usd": 20},
        "components": [{"id": "sync", "trigger": "schedule", "reads": ["data"], "fixed_outgoing_ip": True}],
        "stores": [{"id": "data", "access": "key-value"}],
    }
    design = advise(make_requirements({"schema": 2, **raw}), book)
    assert [f"{c.subject}.{c.role}" for c in design.decision.conflicts] == ["sync.compute"]
    assert not design.architecture.edges


def test_iam_actions_are_written_out(book: Book) -> None:
    for connection in book.connections.values():
        assert not any("*" in action for action in connection.actions)


def wired(book: Book, **parts: Any) -> set[tuple[str, str, str]]:
    architecture = advise(make_requirements(parts), book).architecture
    return {architecture.key(edge) for edge in architecture.edges}


def test_an_application_on_kubernetes_can_publish_to_a_topic_with_two_queues(book: Book) -> None:
    """The second reading of the talk's business process integration: EKS, then SNS, then two queues."""
    pod = {"kubernetes": "on-premises", "packaging": "container-image", "trigger": "always-on"}
    keys = wired(
        book,
        components=[
            {"id": "orders", "publishes": ["accepted"], **pod},
            {"id": "a", "trigger": "message", "listens_to": "accepted", "longest_run_s": 20},
            {"id": "b", "trigger": "message", "listens_to": "accepted", "longest_run_s": 20, "writes": ["records"]},
        ],
        channels=[{"id": "accepted", "carries": "event"}],
        stores=[{"id": "records"}],
    )
    expected = {
        ("eks", "publish", "sns"),
        ("sns", "deliver", "sqs"),
        ("sqs", "consume", "lambda"),
        ("lambda", "write", "dynamodb"),
    }
    assert expected <= keys


def test_a_fan_out_draws_a_few_queues_and_counts_the_rest(book: Book) -> None:
    made = advise(make_requirements({"channels": [{"id": "news", "carries": "event", "fan_out": 12}]}), book)
    notes = [node.note.en for node in made.architecture.of_service("sqs")]
    assert notes[-1] == "9 more consumers"
    assert len(notes) == 4


@pytest.mark.parametrize("os", [{"host_control": True}, {"os": "windows"}])
@pytest.mark.parametrize(
    ("answers", "run", "hosts"),
    [
        ({"trigger": "request"}, "service", 2),
        ({"trigger": "always-on"}, "worker", 2),
        ({"trigger": "message", "listens_to": "orders"}, "worker", 2),
        ({"trigger": "event"}, "worker", 2),
        ({"trigger": "schedule"}, "job", 1),
    ],
)
def test_whatever_starts_work_on_a_host_is_known_and_finds_one(
    os: dict[str, Any], answers: dict[str, Any], run: str, hosts: int, book: Book
) -> None:
    raw = {"title": "Host", "channels": [{"id": "orders"}], "components": [{"id": "host", **os, **answers}]}
    design = advise(make_requirements(raw), book)
    (host,) = design.architecture.of_service("ec2")
    assert (host.settings["run"], host.settings["desired_count"]) == (run, hosts)
    assert [edge.id for edge in design.architecture.edges if edge.settings.get("unknown")] == []
    assert design.architecture.entering(host.id) or answers["trigger"] == "always-on"


def test_a_schedule_has_a_command_run_on_the_host(book: Book) -> None:
    host = {"id": "host", "trigger": "schedule", "host_control": True}
    design = advise(make_requirements({"title": "Host", "components": [host]}), book)
    (edge,) = design.architecture.entering("host.compute", "start")
    assert edge.actions == ("ssm:SendCommand",)


def test_a_firewall_stands_before_the_site_and_before_its_api(book: Book) -> None:
    shop = {"id": "shop", "trigger": "request", "static_site": True, "waf": True}
    graph = advise(make_requirements({"components": [shop]}), book).architecture
    guarded = {edge.source: edge.target for edge in graph.edges if edge.verb == "filter"}
    assert guarded == {"shop.delivery": "workload.waf-edge", "shop.entry": "workload.waf"}


def test_a_firewall_without_a_site_is_one(book: Book) -> None:
    shop = {"id": "shop", "trigger": "request", "waf": True}
    graph = advise(make_requirements({"components": [shop]}), book).architecture
    assert [node.id for node in graph.of_service("waf")] == ["workload.waf"]


@pytest.mark.parametrize(
    "answers", [{"logic": "none", "static_site": True}, {"cdn": True, "rate_average_rps": 1, "workload": ["cost"]}]
)
def test_a_site_or_function_url_behind_a_cdn_has_the_firewall_of_the_cdn_only(
    answers: dict[str, Any], book: Book
) -> None:
    component = {"id": "web", "trigger": "request", "waf": True, **answers}
    workload = {"priorities": component.pop("workload", [])}
    design = advise(make_requirements({"schema": 2, "workload": workload, "components": [component]}), book)
    assert design.verdict.services["web"].get("entry") in (None, "lambda-function-url")
    nodes = design.architecture.nodes
    assert [node.id for node in nodes if node.role == "firewall"] == ["workload.waf-edge"]


@pytest.mark.parametrize("asked", [{"longest_run_s": "8 h"}, {"kubernetes": "on-premises"}, {"gpu": True}])
def test_a_container_polls_the_events_of_its_channel(asked: dict[str, Any], book: Book) -> None:
    work = {"id": "work", "trigger": "event", "listens_to": "orders", **asked}
    raw = {"title": "Events", "channels": [{"id": "orders"}], "components": [work]}
    design = advise(make_requirements(raw), book)
    (edge,) = design.architecture.entering("work.compute")
    assert edge.verb == "consume"
    assert design.architecture.node("work.compute").settings["run"] == "worker"


#: Functions that nobody waits for, a topic with two readers, and a bus whose rule puts events into a queue.
UNATTENDED: dict[str, Any] = {
    "components": [
        {
            "id": "resize",
            "trigger": "event",
            "event_source": "s3-object",
            "longest_run_s": "10 s",
            "listens_to": "files",
        },
        {
            "id": "audit",
            "trigger": "event",
            "event_source": "table-change",
            "longest_run_s": "10 s",
            "listens_to": "rows",
        },
        {"id": "nightly", "trigger": "schedule", "longest_run_s": "10 s", "publishes": ["done"]},
        {"id": "mail", "trigger": "message", "longest_run_s": "10 s", "listens_to": "done"},
        {"id": "bill", "trigger": "message", "longest_run_s": "10 s", "listens_to": "done"},
    ],
    "stores": [{"id": "files", "access": "objects"}, {"id": "rows", "access": "key-value"}],
    "channels": [{"id": "done"}],
}


@pytest.mark.parametrize(
    "sender",
    ["resize.compute", "resize.events", "audit.compute", "nightly.compute", "nightly.schedule", "done.messaging"],
)
def test_what_nobody_waits_for_has_a_dead_letter_queue(sender: str, book: Book) -> None:
    architecture = advise(make_requirements(UNATTENDED), book).architecture
    (edge,) = architecture.leaving(sender, "dead-letter")
    assert architecture.node(edge.target).service == "dead-letter-queue"


@pytest.mark.parametrize("buffer", ["sqs", "sqs-fifo"])
def test_a_topic_that_keeps_the_order_has_a_dead_letter_queue_of_its_kind(buffer: str, book: Book) -> None:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html (read 2026-12-02): the subscription decides, not its queue."""
    components = [
        {"id": "gauge", "trigger": "request", "publishes": ["readings"]},
        {"id": "check", "trigger": "message", "listens_to": "readings"},
    ]
    channels = [{"id": "readings", "pins": {"messaging": "sns-fifo", "buffer": buffer}}]
    graph = advise(make_requirements({"components": components, "channels": channels}), book).architecture
    (edge,) = graph.leaving("readings.messaging", "dead-letter")
    assert graph.node(edge.target).settings["fifo"] is True


def test_a_function_that_is_waited_for_has_no_dead_letter_queue(book: Book) -> None:
    architecture = advise(make_requirements(UNATTENDED), book).architecture
    assert not architecture.leaving("mail.compute", "dead-letter")
    assert architecture.leaving("done.buffer-mail", "dead-letter")


def test_a_pipe_that_reads_a_stream_keeps_what_it_gives_up(book: Book) -> None:
    components = [
        {"id": "gauge", "trigger": "request", "publishes": ["readings"]},
        {"id": "check", "trigger": "stream", "listens_to": "readings", "steps": 3},
    ]
    channels = [{"id": "readings", "carries": "records", "replay": True}]
    raw = {"components": components, "channels": channels}
    graph = advise(make_requirements(raw), book).architecture
    (reading,) = graph.leaving("readings.messaging", "consume")
    assert graph.node(reading.target).service == "eventbridge-pipes"
    assert [edge.source for edge in graph.edges if edge.verb == "dead-letter"] == [reading.target]
