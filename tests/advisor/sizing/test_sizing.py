"""Settings: each says why it has its value, and together they hold what AWS asks of them, whatever is answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limited

import rules
from advisor.advise import advise
from advisor.architecture import Node
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.sizing import Dated, task_size
from advisor.sizing.fargate import pairs
from advisor.sizing.words import TITLES
from advisor.text import Text
from tests.advisor.strategies import raw_requirements

BOOK = rules.load_book()
DERIVED = {
    "timeout_s", "memory_mib", "disk_mib", "cpu_units", "task_memory_mib", "desired_count", "concurrency",
    "max_concurrency", "batch_size", "batch_window_s", "visibility_timeout_s", "max_receive_count", "retention_s",
    "shards", "retry_attempts", "retry_interval_s", "retry_backoff", "throttle_rate", "throttle_burst",
    "idle_timeout_s", "keepalive_s", "start_retries", "start_age_s", "async_retries", "async_age_s",
    "log_retention_days", "approval_s", "execution_timeout_s", "history_days",
}  # fmt: skip
#: Taken over from the answers where the setting is only handed on.
TAKEN = {("ecs", "memory_mib"), ("eks", "memory_mib"), ("batch", "memory_mib"), ("ec2", "memory_mib")}


def made(as_of: str | None = None, **parts: Any) -> Design:
    return advise(make_requirements(parts), BOOK, as_of)


def only(design: Design, id: str) -> Node:
    return design.architecture.node(id)


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_derived_setting_of_a_story_says_why(name: str, designs: dict[str, Design]) -> None:
    for node in designs[name].architecture.nodes:
        for key in DERIVED & set(node.settings):
            container = (node.service, key) in TAKEN or (key == "disk_mib" and not node.service.startswith("lambda"))
            assert container or key in node.grounds, f"{node.id}: {key} has no ground"


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_ground_is_worded_and_names_a_fact_or_a_page(name: str, designs: dict[str, Design]) -> None:
    for node in designs[name].architecture.nodes:
        for key, ground in node.grounds.items():
            assert key in node.settings
            for words in (ground.reason.en, ground.reason.ja):
                assert words
                assert "{" not in words, f"{node.id}: {key}: {words}"
            assert ground.source == "" or ground.source in BOOK.facts or ground.source.startswith("https://")


def test_a_reason_holds_the_users_own_numbers() -> None:
    design = made(
        components=[{"id": "job", "trigger": "message", "listens_to": "work", "longest_run_s": "20 s"}],
        channels=[{"id": "work", "message_bytes": "10 KiB"}],
    )
    assert only(design, "job.compute").grounds["batch_size"].reason == Text(
        "Each of 2 messages takes up to 20 s and 10 KiB: together no more than 1 min and 6 MiB.",
        "2 件それぞれに最長 20 秒・10 KiB かかるため、合計が 1 分と 6 MiB に収まる件数です。",
    )
    assert only(design, "job.compute").settings["timeout_s"] == 48
    assert only(design, "work.messaging").settings["visibility_timeout_s"] == 6 * 48 + 1


def test_a_function_runs_no_longer_than_its_front_end_waits() -> None:
    design = made(components=[{"id": "api", "trigger": "request", "longest_run_s": "3 s"}])
    assert only(design, "api.entry").settings["timeout_s"] == 3
    assert only(design, "api.compute").settings["timeout_s"] == 3


def test_cpu_that_was_asked_for_comes_with_memory() -> None:
    design = made(components=[{"id": "job", "trigger": "message", "listens_to": "q", "vcpu": 2, "longest_run_s": 5}],
                  channels=[{"id": "q"}])  # fmt: skip
    assert only(design, "job.compute").settings["memory_mib"] == 2 * 1769


def test_the_largest_fargate_pair_is_the_one_of_the_day() -> None:
    before, after = Dated(BOOK, "2026-08-17"), Dated(BOOK, "2026-08-18")
    assert task_size(20, 65536, after, "fargate", "linux") == (32768, 122880)
    assert task_size(20, 65536, before, "fargate", "linux") == (16384, 122880)
    assert task_size(32, 244 * 1024, after, "fargate", "linux") == (32768, 249856)
    assert max(pairs(after, "eks-fargate", "linux")) == (16384, 122880)
    assert {units for units, _ in pairs(after, "fargate", "windows")} == {1024, 2048, 4096}


def test_instances_are_not_held_to_the_pairs_of_fargate() -> None:
    assert task_size(96, 512 * 1024, Dated(BOOK, BOOK.newest), "ec2", "linux") == (96 * 1024, 512 * 1024)


def test_a_short_retention_leaves_fewer_receives() -> None:
    work = {"id": "job", "trigger": "message", "listens_to": "work", "longest_run_s": "30 s"}
    long = made(components=[work], channels=[{"id": "work", "retention_s": "1 d"}])
    short = made(components=[work], channels=[{"id": "work", "retention_s": "8 min"}])
    assert only(long, "work.messaging").settings["max_receive_count"] == 3
    assert only(short, "work.messaging").settings["max_receive_count"] == 2


def test_an_express_workflow_retries_only_within_its_five_minutes() -> None:
    design = made(components=[
        {"id": "job", "trigger": "event", "steps": 2, "longest_run_s": "60 s", "pins": {"workflow": "step-functions-express"}}
    ])  # fmt: skip
    machine = only(design, "job.workflow")
    assert (machine.settings["retry_attempts"], machine.settings["timeout_s"]) == (0, 144)


def test_a_caller_lasts_as_long_as_what_it_calls() -> None:
    design = made(
        components=[
            {"id": "job", "trigger": "message", "listens_to": "q", "longest_run_s": "1 s", "calls": ["api"]},
            {"id": "api", "trigger": "request", "longest_run_s": "25 s"},
        ],
        channels=[{"id": "q"}],
    )
    assert only(design, "job.compute").settings["timeout_s"] == 25
    assert only(design, "q.messaging").settings["visibility_timeout_s"] == 6 * 25 + 1


@given(raw_requirements())
@limited(max_examples=60)
def test_settings_hold_what_aws_asks_of_them(raw: dict[str, Any]) -> None:
    design = advise(make_requirements(raw), BOOK)
    dated, architecture = Dated(BOOK, design.as_of), design.architecture
    for node in architecture.nodes:
        assert set(node.grounds) <= set(node.settings)
        held = {key: float(str(node.settings[key])) for key in DERIVED & set(node.settings)}
        assert all(value >= 0 for value in held.values())
        if node.service == "lambda" and node.role == "compute":
            assert 1 <= held["timeout_s"] <= 900
            assert 128 <= held["memory_mib"] <= 10240
            assert 512 <= held["disk_mib"] <= 10240
        if node.settings.get("engine") == "fargate" and node.service in ("ecs", "batch"):
            pair = (held["cpu_units"], held["task_memory_mib"])
            assert pair in set(pairs(dated, "fargate", str(node.settings["os"])))
        if node.role in ("messaging", "buffer", "queue") and "retention_s" in held and node.service != "kinesis":
            assert 60 <= held["retention_s"] <= 1209600
    for edge in architecture.edges:
        source, target = architecture.node(edge.source), architecture.node(edge.target)
        if edge.verb == "consume" and source.service in ("sqs", "sqs-fifo") and target.service == "lambda":
            hidden, window = source.settings["visibility_timeout_s"], target.settings["batch_window_s"]
            assert 43200 >= float(str(hidden)) >= 6 * float(str(target.settings["timeout_s"])) + float(str(window))
            batch = float(str(target.settings["batch_size"]))
            assert batch == 1 or batch * float(str(source.settings["message_bytes"])) <= 6 * 2**20


def test_every_derived_setting_has_a_name() -> None:
    assert set(TITLES) == DERIVED


def test_a_person_has_a_week_and_the_state_machine_lasts_longer() -> None:
    design = made(components=[{"id": "job", "trigger": "schedule", "longest_run_s": "1 min", "human_approval": True}])
    machine = only(design, "job.workflow")
    assert machine.settings["approval_s"] == 7 * 86400
    assert float(str(machine.settings["timeout_s"])) > 7 * 86400
