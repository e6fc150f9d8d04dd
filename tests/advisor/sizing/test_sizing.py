"""Settings: each says why it has its value, and together they hold what AWS asks of them, whatever is answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limited

import rules
from advisor.advise import advise
from advisor.architecture import Node
from advisor.book import dated
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.sizing import task_size, worker_retries
from advisor.sizing.fargate import pairs
from advisor.sizing.service_settings import SETTINGS, has_setting
from advisor.sizing.words import TITLES, title
from advisor.text import Text
from tests.advisor.strategies import raw_requirements

BOOK = rules.load_book()
DERIVED = {
    "kept_s",
    "timeout_s", "memory_mib", "disk_mib", "cpu_units", "task_memory_mib", "desired_count", "concurrency",
    "requests_per_address", "max_concurrency", "batch_size", "batch_window_s", "visibility_timeout_s", "max_receive_count", "retention_s",
    "shards", "calls_per_s", "call_age_s", "retry_attempts", "retry_interval_s", "retry_backoff", "throttle_rate", "throttle_burst",
    "idle_timeout_s", "keepalive_s", "start_retries", "start_age_s", "async_retries", "async_age_s",
    "log_retention_days", "approval_s", "execution_timeout_s", "history_days", "vcpu", "most_tasks",
    "requests_per_task", "requests_at_once", "messages_per_task", "backlog_per_task", "cpu_percent", "stickiness_s", "jobs_at_once",
    "map_concurrency", "map_items", "parallelization", "warm_writes", "warm_reads", "protected_s", "least_capacity_acu",
    "least_capacity_ocu", "most_capacity_acu",
    "callback_s", "poll_interval_s", "poll_within_s",
}  # fmt: skip


def made(as_of: str | None = None, **parts: Any) -> Design:
    return advise(make_requirements(parts), dated(BOOK, as_of))


def only(design: Design, id: str) -> Node:
    return design.architecture.node(id)


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_derived_setting_of_a_story_says_why(name: str, designs: dict[str, Design]) -> None:
    for node in designs[name].architecture.nodes:
        for key in DERIVED & set(node.settings):
            assert (key in node.grounds) == has_setting(node, key), f"{node.id}: {key}"


QUEUE = {"visibility_timeout_s", "retention_s", "max_receive_count"}
POD = {"vcpu", "memory_mib", "log_retention_days"}
TASK = {"cpu_units", "task_memory_mib", "log_retention_days"}
JOB = {"vcpu", "task_memory_mib", "jobs_at_once", "log_retention_days"}
#: What is shown of a channel, a front end and a container, by its service.
SHOWN: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("sqs", "c.messaging", {}, QUEUE),
    ("sqs-fifo", "c.messaging", {"ordering": "per-key"}, QUEUE),
    ("sns", "c.messaging", {"carries": "event", "fan_out": 3}, set()),
    ("eventbridge-bus", "c.messaging", {"carries": "event", "fan_out": 3, "routing": True}, set()),
    ("kinesis", "c.messaging", {"carries": "records"}, {"retention_s", "shards"}),
    ("msk", "c.messaging", {"carries": "records", "migrates_from": "kafka"}, set()),
    ("api-gateway-http", "api.entry", {}, {"timeout_s", "throttle_rate", "throttle_burst"}),
    ("appsync", "api.entry", {"protocol": "graphql"}, set()),
    ("alb", "api.entry", {"compute": "ecs"}, {"idle_timeout_s"}),
    ("ecs", "api.compute", {"compute": "ecs"}, TASK | {"desired_count", "most_tasks", "cpu_percent"}),
    ("eks", "api.compute", {"compute": "eks"}, POD | {"desired_count", "most_tasks"}),
    ("ec2", "api.compute", {"compute": "ec2"}, {"desired_count", "log_retention_days"}),
    ("ecs", "job.compute", {"compute": "ecs"}, TASK | {"timeout_s"}),
    ("eks", "job.compute", {"compute": "eks"}, POD | {"timeout_s"}),
    ("batch", "job.compute", {"compute": "batch"}, JOB | {"timeout_s"}),
]


@pytest.mark.parametrize(("service", "id", "asked", "keys"), SHOWN)
def test_only_settings_that_the_service_has_are_shown(
    service: str, id: str, asked: dict[str, Any], keys: set[str]
) -> None:
    pins = {"pins": {"compute": asked["compute"]}} if "compute" in asked else {}
    answers = {key: value for key, value in asked.items() if key != "compute"}
    subject = id.split(".")[0]
    trigger = {"api": "request", "job": "schedule"}.get(subject, "message")
    component = {"id": "w" if subject == "c" else subject, "trigger": trigger, **pins}
    if subject == "c":
        design = made(components=[component | {"listens_to": "c"}], channels=[{"id": "c", **answers}])
    else:
        design = made(components=[component | answers])
    node = only(design, id)
    assert node.service == service
    assert set(node.grounds) == keys


def test_sizes_of_one_service_do_not_stand_at_another() -> None:
    topic = made(components=[{"id": "w", "trigger": "message", "listens_to": "c"}],
                 channels=[{"id": "c", "carries": "event", "fan_out": 3}])  # fmt: skip
    assert not DERIVED & set(only(topic, "c.messaging").settings)
    assert "shards" not in only(topic, "c.buffer-w").settings


def test_a_setting_is_called_as_its_service_calls_it() -> None:
    pods = only(made(components=[{"id": "api", "trigger": "request", "pins": {"compute": "eks"}}]), "api.compute")
    assert title(pods, "desired_count") == Text("Minimum replicas", "最小レプリカ数")
    assert title(pods, "vcpu") == Text("CPU request", "CPU 要求")
    tasks = only(made(components=[{"id": "api", "trigger": "request", "pins": {"compute": "ecs"}}]), "api.compute")
    assert title(tasks, "desired_count") == Text("Minimum tasks", "最小タスク数")
    assert title(tasks, "cpu_units") == Text("CPU units", "CPU ユニット")


def test_every_service_that_is_sized_has_a_row() -> None:
    sized = {"compute", "entry", "schedule", "workflow", "queue", "buffer"}
    listed = {service for role in BOOK.roles if role.id in sized for service in role.candidates} - {"none"}
    assert listed - set(SETTINGS) == {"appsync", "appsync-events", "lambda-function-url"}
    assert set(SETTINGS) <= set(BOOK.services) | {"dead-letter-queue"}


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
        "This design processes a batch within 1 min, and one invocation accepts 6 MiB. Processing a message takes up to 20 s, "
        "and its size is up to 10 KiB, so a batch contains 2 messages.",
        "本設計では 1 個のバッチを 1 分以内に処理し、1 回の呼び出しで渡せるデータは最大 6 MiB です。メッセージ 1 件は最長 20 秒、最大 "
        "10 KiB のため、1 回に 2 件を処理します。",
    )
    assert only(design, "job.compute").settings["timeout_s"] == 48
    assert only(design, "work.messaging").settings["visibility_timeout_s"] == 6 * 48 + 1


@pytest.mark.parametrize(("answer", "timeout"), [("1 s", 10), ("3 s", 10), ("5 s", 15), ("12 s", 29), ("29 s", 29)])
def test_a_target_time_is_no_kill_time(answer: str, timeout: int) -> None:
    design = made(components=[{"id": "api", "trigger": "request", "response_s": answer}])
    assert only(design, "api.entry").settings["timeout_s"] == timeout
    # A function runs no longer than its front end waits.
    assert only(design, "api.compute").settings["timeout_s"] == timeout


def test_cpu_that_was_asked_for_comes_with_memory() -> None:
    design = made(components=[{"id": "job", "trigger": "message", "listens_to": "q", "vcpu": 2, "longest_run_s": 5}],
                  channels=[{"id": "q"}])  # fmt: skip
    assert only(design, "job.compute").settings["memory_mib"] == 2 * 1769


def test_the_largest_fargate_pair_is_the_one_of_the_day() -> None:
    before, after = dated(BOOK, "2026-08-17"), dated(BOOK, "2026-08-18")
    assert task_size(20, 65536, after, "fargate", "linux") == (32768, 122880)
    assert task_size(20, 65536, before, "fargate", "linux") == (16384, 122880)
    assert task_size(32, 244 * 1024, after, "fargate", "linux") == (32768, 249856)
    assert max(pairs(after, "eks-fargate", "linux")) == (16384, 122880)
    assert {units for units, _ in pairs(after, "fargate", "windows")} == {1024, 2048, 4096}


def test_instances_are_not_held_to_the_pairs_of_fargate() -> None:
    assert task_size(96, 512 * 1024, dated(BOOK), "ec2", "linux") == (96 * 1024, 512 * 1024)


def test_a_short_retention_leaves_fewer_receives() -> None:
    work = {"id": "job", "trigger": "message", "listens_to": "work", "longest_run_s": "30 s"}
    long = made(components=[work], channels=[{"id": "work", "retention_s": "1 d"}])
    short = made(components=[work], channels=[{"id": "work", "retention_s": "8 min"}])
    assert only(long, "work.messaging").settings["max_receive_count"] == 5
    assert only(short, "work.messaging").settings["max_receive_count"] == 2


def test_an_outage_of_another_system_does_not_set_all_messages_aside() -> None:
    work = {"id": "job", "trigger": "message", "listens_to": "work", "longest_run_s": "5 s", "fixed_outgoing_ip": True}
    kept = made(components=[work], channels=[{"id": "work", "retention_s": "4 d"}])
    queue = only(kept, "work.messaging").settings
    lasts_s = int(str(queue["max_receive_count"])) * int(str(queue["visibility_timeout_s"]))
    assert 0.9 * 86400 < lasts_s <= 86400
    short = only(made(components=[work], channels=[{"id": "work", "retention_s": "4 h"}]), "work.messaging").settings
    assert int(str(short["max_receive_count"])) * int(str(short["visibility_timeout_s"])) <= 2 * 3600
    unstated = only(made(components=[work], channels=[{"id": "work"}]), "work.messaging").settings
    assert unstated["max_receive_count"] == 5


def test_the_wait_after_a_failure_is_the_one_that_the_receive_count_allows_for() -> None:
    def visible(**own: Any) -> Node:
        component: dict[str, Any] = {"id": "job", "trigger": "message", "listens_to": "work"}
        component |= {"packaging": "container-image"}
        component |= {"pins": {"compute": "ecs"}, "longest_run_s": "2 h", **own}
        return only(made(components=[component], channels=[{"id": "work", "retention_s": "4 d"}]), "work.messaging")

    few, many = visible(), visible(uses_secrets=True)
    assert few.settings["max_receive_count"] == 5
    assert "after 1 min at most" in few.grounds["visibility_timeout_s"].reason.en
    assert int(str(many.settings["max_receive_count"])) > 5
    assert "after 2 h 24 min 30 s at most" in many.grounds["visibility_timeout_s"].reason.en
    assert "最長 2 時間 24 分" in many.grounds["visibility_timeout_s"].reason.ja


def test_an_outage_of_another_system_does_not_set_the_messages_of_containers_aside() -> None:
    work = {
        "id": "job",
        "trigger": "message",
        "listens_to": "work",
        "packaging": "container-image",
        "pins": {"compute": "ecs"},
    }
    calling = {**work, "waits_for": ["other-system"], "typical_run_s": "1 s"}

    def queue(component: dict[str, Any], **channel: Any) -> tuple[int, int]:
        node = only(made(components=[component], channels=[{"id": "work", **channel}]), "work.messaging")
        return int(str(node.settings["max_receive_count"])), int(str(node.settings["visibility_timeout_s"]))

    for run, kept, least_s, most_s in (
        ("5 s", "4 d", 16 * 3600, 86400),
        ("10 min", "4 d", 22 * 3600, 86400),
        ("30 s", "4 h", 6000, 7200),
    ):
        receives, visible_s = queue({**calling, "longest_run_s": run}, retention_s=kept)
        assert least_s < worker_retries.lasts_s(receives, visible_s) <= most_s
        # Also a message whose container is ended each time is set aside within a day.
        assert receives * visible_s <= most_s
    for component, channel in ((calling, {}), ({**work, "longest_run_s": "5 s"}, {"retention_s": "4 d"})):
        assert queue({"longest_run_s": "5 s", **component}, **channel)[0] == worker_retries.FEW_RECEIVES


def test_a_container_waits_for_longer_after_each_failure() -> None:
    assert [worker_retries.wait_s(failures, worker_retries.longest_s(5, 600)) for failures in (1, 2, 3, 4)] == [
        5,
        20,
        60,
        60,
    ]
    assert [worker_retries.wait_s(failures, worker_retries.longest_s(6, 600)) for failures in (1, 3, 4, 5)] == [
        5,
        80,
        320,
        600,
    ]


def test_a_bound_on_parallel_messages_is_not_said_to_keep_a_rate_limit() -> None:
    work = {"id": "job", "trigger": "message", "listens_to": "work", "longest_run_s": "5 s", "most_at_once": 5}
    limited = made(
        components=[{**work, "typical_run_s": "100 ms", "waits_for": ["rate-limit"]}], channels=[{"id": "work"}]
    )
    said = only(limited, "job.compute").grounds["max_concurrency"].reason
    assert "does not enforce the rate limit: if a message takes 100 ms, up to 50 messages per second" in said.en
    assert "レート制限を守るものではありません" in said.ja
    free = only(made(components=[work], channels=[{"id": "work"}]), "job.compute").grounds["max_concurrency"].reason
    assert "rate limit" not in free.en


def test_a_bound_on_tasks_is_not_said_to_keep_a_rate_limit_either() -> None:
    work = {
        "id": "job",
        "trigger": "message",
        "listens_to": "work",
        "longest_run_s": "5 s",
        "packaging": "container-image",
    }
    pinned = {**work, "most_at_once": 5, "typical_run_s": "100 ms", "pins": {"compute": "ecs"}}
    limited = made(components=[{**pinned, "waits_for": ["rate-limit"]}], channels=[{"id": "work"}])
    said = only(limited, "job.compute").grounds["most_tasks"].reason
    assert "does not enforce the rate limit: if a message takes 100 ms, up to 50 messages per second" in said.en
    assert "レート制限を守るものではありません" in said.ja
    free = only(made(components=[pinned], channels=[{"id": "work"}]), "job.compute").grounds["most_tasks"].reason
    assert "rate limit" not in free.en


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
    assert only(design, "job.compute").settings["timeout_s"] == 29
    assert only(design, "q.messaging").settings["visibility_timeout_s"] == 6 * 29 + 1


@given(raw_requirements())
@limited(max_examples=60)
def test_settings_hold_what_aws_asks_of_them(raw: dict[str, Any]) -> None:
    design = advise(make_requirements(raw), BOOK)
    architecture = design.architecture
    for node in architecture.nodes:
        assert set(node.grounds) <= set(node.settings)
        assert all(has_setting(node, key) for key in node.grounds)
        held = {key: float(str(node.settings[key])) for key in DERIVED & set(node.settings)}
        assert all(value >= 0 for value in held.values())
        if node.service == "lambda" and node.role == "compute":
            assert 1 <= held["timeout_s"] <= 900
            assert 128 <= held["memory_mib"] <= 10240
            assert 512 <= held["disk_mib"] <= 10240
        if node.settings.get("engine") == "fargate" and node.service in ("ecs", "batch"):
            pair = (held["cpu_units"], held["task_memory_mib"])
            assert pair in set(pairs(design.dated, "fargate", str(node.settings["os"])))
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


@pytest.mark.parametrize(
    ("answers", "runs", "words"),
    [
        (
            {},
            1,
            "Each start by the schedule begins one run (1 per day, 5 min each); the default quota of an account is 1,000 concurrent executions.",
        ),
        ({"parallel_items": 12}, 12, "(1 per day, 5 min each), processing 12 items at once;"),
        ({"parallel_items": 100}, 40, "(1 per day, 5 min each), processing 40 items at once;"),
        ({"schedule_expression": "rate(1 minute)"}, 5, "(1 per minute, 5 min each);"),
        ({"schedule_expression": "at(2027-01-01T00:00:00)"}, 1, "(once, 5 min each);"),
        (
            {"rate_average_rps": 2, "shape": "steady"},
            600,
            "Peak rate (2 per second) times run time (5 min).",
        ),
    ],
)
def test_a_schedule_starts_one_run_each_time(answers: dict[str, Any], runs: int, words: str) -> None:
    job = {"id": "job", "trigger": "schedule", "longest_run_s": "10 min", "pins": {"compute": "lambda"}, **answers}
    design = made(components=[job])
    assert only(design, "job.compute").settings["concurrency"] == runs
    assert words in only(design, "job.compute").grounds["concurrency"].reason.en
    warned = {warning.id for warning in design.decision.warnings}
    assert "concurrency-exceeds-the-account-quota" not in warned


@pytest.mark.parametrize(("trigger", "carries"), [("message", "work"), ("stream", "records")])
def test_a_bounded_consumer_is_not_said_to_exceed_the_quota(trigger: str, carries: str) -> None:
    work = {
        "id": "job",
        "trigger": trigger,
        "listens_to": "work",
        "longest_run_s": "5 s",
        "pins": {"compute": "lambda"},
    }
    channel = {"id": "work", "carries": carries, "rate_average_rps": 3000, "rate_peak_rps": 6000}

    def warned(**more: Any) -> set[str]:
        return {one.id for one in made(components=[{**work, **more}], channels=[channel]).decision.warnings}

    # What reads a stream is bounded by its shards, which here are more than a tenth of the quota.
    exceeding = {"functions-share-the-account-quota"} if trigger == "stream" else set()
    assert {one for one in warned() if one.endswith("-the-account-quota")} == exceeding
    request = {
        "id": "api",
        "trigger": "request",
        "rate_peak_rps": 6000,
        "longest_run_s": "1 s",
        "pins": {"compute": "lambda"},
    }
    asked = {one.id for one in made(components=[request]).decision.warnings}
    assert "concurrency-exceeds-the-account-quota" in asked


def test_what_is_assumed_of_requests_is_not_assumed_of_a_schedule() -> None:
    job = {"id": "job", "trigger": "schedule", "longest_run_s": "40 min", "packaging": "container-image"}
    assumed = {one.field: one.sentence.en for one in made(components=[job]).decision.assumptions}
    assert assumed["rate_average_rps"] == "Average rate: 1 per day"
    assert assumed["rate_peak_rps"] == "Peak rate: 1 per day"


def test_a_person_has_a_week_and_the_state_machine_lasts_longer() -> None:
    design = made(components=[{"id": "job", "trigger": "schedule", "longest_run_s": "1 min", "human_approval": True}])
    machine = only(design, "job.workflow")
    assert machine.settings["approval_s"] == 7 * 86400
    assert float(str(machine.settings["timeout_s"])) > 7 * 86400
    runs = design.architecture.leaving(machine.id, "run")
    limited = [one for edge in runs for one in edge.budgets if one.source == f"{machine.id}.timeout_s"]
    # The load has the wait that the limit allows for, so that the limit leaves no false headroom.
    assert limited
    assert all(7 * 86400 < one.have <= one.allowed for one in limited)


def test_a_run_lasts_for_the_failed_requests_and_the_whole_wait_for_a_callback() -> None:
    waiting = {"trigger": "event", "longest_run_s": 20, "steps": 2, "waits_for": ["callback"], "wait_s": "1 d"}
    design = made(components=[{"id": "job", **waiting}])
    machine, once = only(design, "job.workflow"), int(str(only(design, "job.compute").settings["timeout_s"]))
    steps, requests = 2 * (4 * once + 30 + 60 + 120), 3 * once + 30 + 60 + 120
    assert machine.settings["timeout_s"] == steps + requests + int(str(machine.settings["callback_s"]))
    assert "for retries of the request" in machine.grounds["timeout_s"].reason.en


def test_a_run_lasts_for_the_failed_requests_and_the_whole_wait_for_a_person() -> None:
    waiting = {"trigger": "event", "longest_run_s": 20, "steps": 2, "human_approval": True, "wait_s": "1 d"}
    design = made(components=[{"id": "job", **waiting}])
    once = int(str(only(design, "job.compute").settings["timeout_s"]))
    requests, steps = 3 * 10 + 30 + 60 + 120, 2 * (4 * once + 30 + 60 + 120)
    assert only(design, "job.workflow").settings["timeout_s"] == steps + requests + 86400
    both = only(made(components=[{"id": "job", **waiting, "waits_for": ["callback"]}]), "job.workflow")
    calls = 3 * once + 30 + 60 + 120
    # The stated time is that of both waits together.
    assert both.settings["timeout_s"] == steps + requests + calls + 86400
    assert (both.settings["approval_s"], both.settings["callback_s"]) == (43200, 43200)
    assert "share its stated waiting time equally" in both.grounds["approval_s"].reason.en


def test_a_run_that_undoes_and_asks_again_has_time_for_every_request() -> None:
    waiting = {"trigger": "event", "longest_run_s": 20, "steps": 2, "human_approval": True, "wait_s": "1 d"}
    between = {**waiting, "steps_before_approval": 1}
    once = only(made(components=[{"id": "job", **between}]), "job.workflow")
    undoing = only(made(components=[{"id": "job", **between, "compensation": True}]), "job.workflow")
    assert int(str(undoing.settings["timeout_s"])) >= 3 * int(str(once.settings["timeout_s"]))
    assert "The sum is multiplied by 3" in undoing.grounds["timeout_s"].reason.en
    assert undoing.settings["approval_s"] == once.settings["approval_s"] == 86400


def test_only_messages_of_a_queue_keep_their_age_in_a_dead_letter_queue() -> None:
    queued = advise(rules.load_story("mass-messages"), BOOK).architecture
    streamed = advise(rules.load_story("data-processing"), BOOK).architecture
    for graph, aged in ((queued, True), (streamed, False)):
        grounds = [n.grounds["retention_s"].reason for n in graph.nodes if n.service == "dead-letter-queue"]
        assert grounds
        assert all(("source queue" in ground.en) == aged for ground in grounds)
        assert all(("元のキューに送信された時点" in ground.ja) == aged for ground in grounds)


@pytest.mark.parametrize(
    ("items", "combined", "timeout_s"),
    [(20000, True, 24), (200000, True, 200), (200000, False, 24), (5000000, True, 900)],
)
def test_a_program_has_time_to_read_the_results_of_all_items(items: int, combined: bool, timeout_s: int) -> None:
    bill = {
        "id": "bill", "trigger": "schedule", "longest_run_s": 20, "retries": True, "parallel_items": items,
        "combined_result": combined, "reads": ["readings"], "writes": ["bills"],
    }  # fmt: skip
    stores = [{"id": "readings", "access": "objects"}, {"id": "bills", "access": "key-value"}]
    design = made(components=[bill], stores=stores)
    assert only(design, "bill.compute").settings["timeout_s"] == timeout_s
    assert int(str(only(design, "bill.workflow").settings["timeout_s"])) > timeout_s * 4
