"""Services scale by what they are; jobs and maps are as wide as the asked time needs."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.architecture import Node
from advisor.requirements import make_requirements
from tests.prove.behaviour import loaded_designs as designs

BOOK = rules.load_book()


def node(answers: dict[str, Any], id: str = "work.compute") -> Node:
    return advise(make_requirements(answers), BOOK).architecture.node(id)


def settings(answers: dict[str, Any], *keys: str, id: str = "work.compute") -> tuple[Any, ...]:
    return tuple(node(answers, id).settings.get(key) for key in keys)


BOUNDS = ("desired_count", "most_tasks")
TARGETS = ("requests_per_task", "backlog_per_task", "cpu_percent")


def test_a_service_behind_a_load_balancer_follows_its_requests() -> None:
    # 600 a second of half a second, eight at a time in a task that is kept at 70 %.
    assert settings(designs.web(), *BOUNDS, *TARGETS) == (2, 54, 672, None, None)


def test_a_service_whose_run_time_nobody_stated_follows_its_cpu() -> None:
    answers = designs.web()
    del answers["components"][0]["typical_run_s"]
    assert settings(answers, *TARGETS) == (None, None, 60)
    assert "State the typical run time" in node(answers).grounds["cpu_percent"].reason.en


def test_without_a_rate_there_is_a_ceiling_for_costs() -> None:
    answers = designs.web()
    for key in ("rate_average_rps", "rate_peak_rps"):
        del answers["components"][0][key]
    assert settings(answers, *BOUNDS) == (2, 10)


def test_the_worker_of_a_queue_follows_its_backlog_and_no_fleet_stands() -> None:
    assert settings(designs.long_messages(), *BOUNDS, *TARGETS) == (2, 3600, None, 1, None)
    computing = designs.long_messages(typical_run_s="5 s", longest_run_s="5 s", vcpu=1)
    assert settings(computing, "backlog_per_task") == (12,)


AT_ONCE = ("messages_per_task", "desired_count", "most_tasks", "backlog_per_task")


def test_a_worker_whose_work_waits_processes_several_messages_at_once() -> None:
    # 300 a second of 2 s are 600 at once and 720 with what is spared: 90 tasks of eight, with 240 in a minute each.
    assert settings(designs.waiting_messages(), *AT_ONCE) == (8, 2, 90, 240)
    assert "state its CPU" in node(designs.waiting_messages()).grounds["messages_per_task"].reason.en
    assert "8 messages at a time" in node(designs.waiting_messages()).grounds["most_tasks"].reason.en


@pytest.mark.parametrize(
    "own",
    [
        {"vcpu": 1},
        {"memory_mib": "1 GiB"},
        {"interruption": "never"},
        {"longest_run_s": "61 s"},
        {"gpu": True},
        {"state_in_memory": True},
    ],
)
def test_what_computes_takes_long_or_must_be_alone_has_one_message_at_a_time(own: dict[str, Any]) -> None:
    assert settings(designs.waiting_messages(**own), "messages_per_task") == (None,)


def test_one_order_for_all_messages_and_large_items_have_one_message_at_a_time() -> None:
    answers = designs.waiting_messages()
    ordered = answers | {"channels": [answers["channels"][0] | {"ordering": "global", "rate_peak_rps": "100/s"}]}
    assert settings(ordered, "messages_per_task") == (None,)
    grouped = answers | {"channels": [answers["channels"][0] | {"ordering": "per-key"}]}
    assert settings(grouped, "messages_per_task", "batch_size") == (8, 1)
    large = designs.waiting_messages(writes=["files"])
    large["stores"] = [{"id": "files", "access": "objects", "item_bytes": "50 MiB"}]
    assert settings(large, "messages_per_task") == (None,)


def test_a_small_load_is_spread_over_the_least_tasks() -> None:
    answers = designs.waiting_messages()
    answers["channels"][0] |= {"rate_average_rps": "1/s", "rate_peak_rps": "2/s"}
    assert settings(answers, *AT_ONCE) == (3, 2, 4, 90)
    answers["channels"][0] |= {"rate_average_rps": "0.1/s", "rate_peak_rps": "0.5/s"}
    assert settings(answers, *AT_ONCE) == (None, 2, 4, 30)


@pytest.mark.parametrize(
    ("limit", "each", "tasks"),
    [(200, 8, 25), (100, 8, 12), (101, 8, 12), (44, 7, 6), (4, 2, 2), (3, 1, 3), (2, 1, 2), (1, 1, 1)],
)
def test_a_limit_on_messages_is_used_but_for_a_small_rest(limit: int, each: int, tasks: int) -> None:
    found = settings(designs.waiting_messages(most_at_once=limit), "messages_per_task", "most_tasks")
    assert (found[0] or 1, found[1]) == (each, tasks)


def test_the_oldest_message_waits_for_what_all_tasks_process_at_once() -> None:
    # 600 messages are to be processed at once, and 200 are: they wait for two hours.
    capped = node(designs.waiting_messages(most_at_once=200), "orders.messaging").settings["peak_wait_s"]
    assert capped == 300 + 2 * 3600


def test_pods_of_a_queue_follow_its_backlog_too() -> None:
    assert settings(designs.pods_of_a_queue(), *BOUNDS, *TARGETS) == (2, 600, None, 120, None)
    assert "starts more pods" in node(designs.pods_of_a_queue()).grounds["backlog_per_task"].reason.en


def test_a_stated_peak_of_a_queue_is_not_doubled() -> None:
    answers = designs.long_messages()
    answers["channels"][0] |= {"rate_average_rps": "1/s", "rate_peak_rps": "4/s"}
    assert settings(answers, *BOUNDS) == (2, 720)


def test_no_more_tasks_than_a_service_may_have() -> None:
    answers = designs.long_messages()
    answers["channels"][0]["rate_peak_rps"] = "1000/s"
    assert settings(answers, "most_tasks") == (5000,)


@pytest.mark.parametrize(
    ("peak", "bounds", "said"),
    [
        ("600/s", (108, 108), "needs 54 tasks, so the minimum is twice as many"),
        ("1/s", (2, 4), "needs 1, so the remaining tasks are sufficient"),
        ("30000/s", (2, 2679), "half of the tasks cannot process this load"),
        (None, (2, 10), "twice the number of tasks that your peak load needs"),
    ],
)
def test_half_of_the_minimum_carries_the_peak_where_a_zone_may_fail(
    peak: str | None, bounds: tuple[int, int], said: str
) -> None:
    answers = designs.web()
    service = answers["components"][0]
    del service["rate_average_rps"], service["rate_peak_rps"]
    assert "If a zone fails" not in node(answers).grounds["desired_count"].reason.en
    answers["workload"] = {**answers.get("workload", {}), "zone_failure": True}
    sized = answers | {"components": [service | ({"rate_peak_rps": peak} if peak else {})]}
    reason = node(sized).grounds["desired_count"].reason
    assert settings(sized, *BOUNDS) == bounds
    assert f"({bounds[0] // 2} of the minimum of {bounds[0]})" in reason.en
    assert said in reason.en
    assert reason.ja


def test_messages_wait_for_the_other_zone() -> None:
    answers = designs.long_messages() | {"workload": {"zone_failure": True}}
    assert settings(answers, "desired_count") == (2,)
    assert "Until then, messages wait in the queue" in node(answers).grounds["desired_count"].reason.en


def test_a_limit_below_the_peak_is_said_to_cause_a_backlog() -> None:
    answers = designs.long_messages(most_at_once=20)
    reason = node(answers).grounds["most_tasks"].reason
    assert "messages wait in the queue at peak" in reason.en
    assert "ピーク時はメッセージがキューで待ちます" in reason.ja
    enough = node(designs.long_messages(most_at_once=9000)).grounds["most_tasks"].reason
    assert "wait in the queue at peak" not in enough.en


@pytest.mark.parametrize(("longest", "batch"), [("0.1 s", 10), ("1 s", 10), ("2 s", 5), ("5 min", 1)])
def test_a_task_takes_no_more_messages_than_it_works_off_at_once(longest: str, batch: int) -> None:
    answers = designs.long_messages(typical_run_s="0.1 s", longest_run_s=longest)
    assert settings(answers, "batch_size") == (batch,)


@pytest.mark.parametrize("own", [{}, {"single_instance": True}, {"state_in_memory": True}])
def test_a_task_takes_one_message_of_a_fifo_queue_at_a_time(own: dict[str, Any]) -> None:
    answers = designs.long_messages(typical_run_s="0.1 s", longest_run_s="1 s")
    (queue,) = answers["channels"]
    (worker,) = [one for one in answers["components"] if one.get("listens_to")]
    answers["components"] = [worker | own if one is worker else one for one in answers["components"]]
    answers["channels"] = [queue | {"ordering": "per-key"}]
    assert settings(answers, "batch_size") == (1,)


def test_state_in_memory_is_sticky_behind_an_application_load_balancer_and_alone_elsewhere() -> None:
    assert settings(designs.web(state_in_memory=True), *BOUNDS, "stickiness_s") == (2, 54, 86400)
    stream = designs.web(state_in_memory=True, protocol="tcp-udp", pins={"compute": "ecs"})
    assert settings(stream, *BOUNDS, "stickiness_s") == (1, 1, None)


def test_jobs_at_once_end_in_the_stated_time() -> None:
    (at_once,) = settings(designs.jobs_of_an_array(), "jobs_at_once")
    assert at_once == 120  # 500 of an hour in five hours, with a fifth to spare
    daily = designs.jobs_over_objects(whole_run_s="10 h")
    assert settings(daily, "jobs_at_once") == (2000,)
    assert settings(daily, "map_concurrency", id="work.workflow") == (2000,)


def test_jobs_without_a_stated_time_end_within_the_hour() -> None:
    answers = designs.jobs_of_an_array()
    del answers["components"][0]["whole_run_s"]
    assert settings(answers, "jobs_at_once") == (500,)
    assert settings(designs.design({"trigger": "schedule", "pins": {"compute": "batch"}}), "jobs_at_once") == (1,)


def test_a_mapping_leaves_other_functions_of_the_account_some_concurrency() -> None:
    assert settings(designs.short_messages(), "concurrency", "max_concurrency") == (400, 480)
    assert settings(designs.many_messages(), "concurrency", "max_concurrency") == (1800, 900)


def test_functions_that_answer_callers_keep_what_they_need_of_the_account() -> None:
    assert settings(designs.messages_beside_callers(), "max_concurrency") == (400,)
    short = node(designs.messages_beside_callers()).grounds["max_concurrency"].reason
    assert "request a higher quota" in short.en
    assert "クォータの引き上げ" in short.ja
    assert settings(designs.messages_beside_callers(typical_run_s="0.1 s"), "max_concurrency") == (800,)


def test_a_stated_limit_is_served_before_the_peaks_of_other_functions() -> None:
    """The rate of a WebSocket API is not that of the messages that its component passes on."""
    exports = {"rate_average_rps": "1/s", "rate_peak_rps": "20/s"}
    live = {"id": "live", "trigger": ["request", "message"], "listens_to": "changes", "protocol": "websocket"}
    answers = {
        "components": [
            {
                "id": "work",
                "listens_to": "exports",
                "typical_run_s": "15 s",
                "most_at_once": 20,
                "publishes": ["changes"],
            },
            {**live, "rate_average_rps": "100/s", "rate_peak_rps": "500/s", "typical_run_s": "1 s"},
            {"id": "mass", "listens_to": "many", "typical_run_s": "1 s", "longest_run_s": "5 s"},
        ],
        "channels": [
            {"id": "exports", **exports},
            {"id": "changes", **exports},
            {"id": "many", "rate_average_rps": "500/s", "rate_peak_rps": "1000/s"},
        ],
    }
    assert settings(answers, "max_concurrency") == (20,)
    # The functions of callers keep 500 and the rest of the account 100: 380 remain for peaks of 24 and 1,200.
    assert settings(answers, "max_concurrency", id="live.compute-messages") == (7,)
    assert settings(answers, "max_concurrency", id="mass.compute") == (372,)


def test_functions_that_read_queues_share_the_concurrency_of_the_account() -> None:
    """Three consumers of the events of one bus may not together take what the account has for all functions."""
    answers = designs.several_consumers("work", "other", "third", rate_peak_rps="300/s")
    assert [settings(answers, "max_concurrency", id=f"{id}.compute") for id in ("work", "other", "third")] == [
        (300,)
    ] * 3
    assert "share 900 of the 1,000 concurrent executions" in node(answers).grounds["max_concurrency"].reason.en
    fewer = designs.several_consumers("work", "other", "third", rate_peak_rps="100/s")
    assert settings(fewer, "max_concurrency") == (240,)


def test_a_stream_has_as_many_readers_as_its_records_take() -> None:
    assert settings(designs.stream(typical_run_s="0.02 s"), "parallelization") == (6,)
    assert settings(designs.stream(typical_run_s="0.003 s"), "parallelization") == (None,)
    unstated = designs.stream()
    del unstated["components"][0]["typical_run_s"]
    assert settings(unstated, "parallelization") == (10,)
    assert settings(unstated, "provisioned", id="readings.messaging") == (None,)
    assert "calculated from the typical run time" in node(unstated, "work.compute").grounds["parallelization"].reason.en
    unstated["components"][0]["longest_run_s"] = "0.02 s"
    assert settings(unstated, "parallelization") == (6,)
    assert "calculated from the typical run" not in node(unstated, "work.compute").grounds["parallelization"].reason.en
    del unstated["components"][0]["longest_run_s"]
    assert settings(unstated, "parallelization") == (None,)


def test_a_stream_has_its_own_shards_where_an_on_demand_one_has_too_few() -> None:
    assert settings(designs.stream(), "parallelization") == (10,)
    assert settings(designs.stream(), "shards", "provisioned", id="readings.messaging") == (6, True)
    assert settings(designs.stream(typical_run_s="0.02 s"), "provisioned", id="readings.messaging") == (None,)


def test_a_stream_begins_with_the_shards_of_its_peak_and_of_all_that_read_it() -> None:
    many = designs.stream(typical_run_s="0.001 s")
    many["channels"][0] |= {"rate_average_rps": "1500/s", "rate_peak_rps": "4000/s", "message_bytes": "2 KiB"}
    assert settings(many, "shards", "provisioned", id="readings.messaging") == (11, True)
    many["components"] += [{**many["components"][0], "id": name} for name in ("second", "third")]
    assert settings(many, "shards", "provisioned", id="readings.messaging") == (12, True)
    # 4,000 records of 2 KiB and 300 bytes are 8.96 MiB per second, and a fifth more are 11 shards.
    assert "3 consumers share" in node(many, "readings.messaging").grounds["shards"].reason.en


def test_the_maximum_of_a_database_follows_the_connections_of_its_programs() -> None:
    aurora = {"pins": {"compute": "lambda"}}
    design = designs.relational(**aurora)
    design["stores"][0]["pins"] = {"store": "aurora-serverless"}
    assert settings(design, "most_capacity_acu", id="orders.store") == (4,)
    many = designs.relational(rate_peak_rps="1500/s", typical_run_s="0.9 s", **aurora)
    many["stores"][0]["pins"] = {"store": "aurora-serverless"}
    # 1,500 a second of 0.9 s each are 1,350 at once, and 1,620 with what is spared.
    assert settings(many, "most_capacity_acu", id="orders.store") == (8,)
    assert "1,620 connections" in node(many, "orders.store").grounds["most_capacity_acu"].reason.en
    del many["components"][0]["rate_peak_rps"]  # and with it the load
    assert settings(many, "most_capacity_acu", id="orders.store") == (4,)
    assert "assumption" in node(many, "orders.store").grounds["most_capacity_acu"].reason.en


def test_the_maximum_of_a_database_follows_the_rate_of_a_stream_and_the_parts_of_a_run() -> None:
    feed = {
        "id": "feed",
        "trigger": "stream",
        "listens_to": "readings",
        "longest_run_s": "30 s",
        "typical_run_s": "300 ms",
        "writes": ["hourly"],
    }
    stream = {"id": "readings", "carries": "records", "ordering": "per-key", "message_bytes": "4 KiB"}
    rates = {"rate_average_rps": "800/s", "rate_peak_rps": "2500/s"}
    store = {"id": "hourly", "access": "relational", "pins": {"store": "aurora-serverless"}}
    low = {"components": [feed], "channels": [stream], "stores": [store]}
    assert settings(low, "most_capacity_acu", id="hourly.store") == (4,)
    high = {**low, "channels": [{**stream, **rates}]}
    (most,) = settings(high, "most_capacity_acu", id="hourly.store")
    assert most is not None
    assert int(str(most)) > 4
    assert "2,500 per second" in node(high, "hourly.store").grounds["most_capacity_acu"].reason.en
    export = {
        "id": "export", "trigger": "schedule", "longest_run_s": "4 min", "parallel_items": 3000, "reads": ["hourly"],
        "pins": {"compute": "lambda"}, "whole_run_s": "15 min",
    }  # fmt: skip
    (divided,) = settings({**high, "components": [feed, export]}, "most_capacity_acu", id="hourly.store")
    assert int(str(divided)) > int(str(most))


def test_a_table_is_warm_for_a_stated_peak_above_that_of_a_new_one() -> None:
    assert settings(designs.api(), "warm_writes", "warm_reads", id="orders.store") == (6000, None)
    assert settings(designs.api(rate_peak_rps="4000/s"), "warm_writes", id="orders.store") == (None,)
    large = designs.api()
    large["stores"][0]["item_bytes"] = "10 KiB"
    assert settings(large, "warm_writes", "warm_reads", id="orders.store") == (40_000, 18_000)


def test_a_task_is_protected_while_it_works_on_what_must_not_be_cut() -> None:
    assert settings(designs.never_cut(), "protected_s") == (720,)
    assert settings(designs.never_cut(interruption="restart"), "protected_s") == (None,)
    assert settings(designs.never_cut(longest_run_s="60 s", typical_run_s="50 s"), "protected_s") == (None,)
    # A long message is protected as well.
    # One protection of a worker covers many messages; whatever begins before its renewal at half ends in time.
    assert settings(designs.long_messages(), "protected_s") == (720,)
    # A stop counts as a receive: a message that may start again would still reach the dead-letter queue.
    assert settings(designs.long_messages(interruption="restart"), "protected_s") == (720,)
    assert settings(designs.long_messages(interruption="checkpoint"), "protected_s") == (720,)
    # A task on a host has the time to finish its message.
    on_hosts = designs.long_messages(interruption="restart", pins={"compute": "ecs", "engine": "ec2"})
    assert settings(on_hosts, "protected_s") == (None,)


def test_work_that_arrives_piece_by_piece_has_a_job_for_each() -> None:
    jobs = {"trigger": "on-demand", "pins": {"compute": "batch"}, "typical_run_s": "10 min", "longest_run_s": "20 min"}
    assert settings(designs.design({**jobs, "rate_peak_rps": "0.1/s"}), "jobs_at_once") == (72,)


@pytest.mark.parametrize(("whole", "state"), [("2 h", "broken"), ("10 h", "kept")])
def test_a_map_that_cannot_do_all_in_time_is_said(whole: str, state: str) -> None:
    shape = {"trigger": "schedule", "parallel_items": 1000, "pins": {"compute": "lambda"}, "whole_run_s": whole}
    answers = designs.design({**shape, "typical_run_s": "5 min", "longest_run_s": "10 min"})
    architecture = advise(make_requirements(answers), BOOK).architecture
    (edge,) = architecture.leaving("work.workflow", "run")
    assert [b.state for b in edge.budgets if b.allowed == 40] == [state]


@pytest.mark.parametrize(
    ("worker", "expected"),
    [
        ({}, {"max_concurrency": 5}),
        ({"rate_average_rps": "500/s", "typical_run_s": "1 s"}, {"max_concurrency": 5}),
        ({"packaging": "container-image"}, {"desired_count": 2, "most_tasks": 5}),
        ({"packaging": "container-image", "most_at_once": 1}, {"desired_count": 1, "most_tasks": 1}),
    ],
)
def test_no_more_messages_are_processed_at_once_than_is_answered(
    worker: dict[str, Any], expected: dict[str, int]
) -> None:
    answers = {
        "schema": 2,
        "components": [{"id": "w", "trigger": "message", "listens_to": "q", "most_at_once": 5, **worker}],
        "channels": [{"id": "q"}],
    }
    sized = node(answers, "w.compute").settings
    assert {key: sized[key] for key in expected} == expected


def test_a_message_of_a_lost_task_comes_back_when_its_work_could_have_ended() -> None:
    queue = ("visibility_timeout_s", "max_receive_count")
    assert settings(designs.long_messages(), *queue, id="orders.messaging") == (390, 5)
    assert settings(designs.pods_of_a_queue(), *queue, id="orders.messaging") == (174, 5)


def test_a_table_is_warm_for_the_consumers_of_a_channel_too() -> None:
    design = designs.api()
    alone = settings(design, "warm_writes", id="orders.store")
    design["channels"] = [{"id": "tasks", "rate_peak_rps": "2000/s", "rate_average_rps": "100/s"}]
    consumer = {"id": "fulfil", "trigger": "message", "listens_to": "tasks", "writes": ["orders"]}
    design["components"].append(consumer)
    (together,) = settings(design, "warm_writes", id="orders.store")
    assert alone == (6000,)
    assert together == 8000
    del design["channels"][0]["rate_peak_rps"], design["channels"][0]["rate_average_rps"]
    assert settings(design, "warm_writes", id="orders.store") == alone


@pytest.mark.parametrize(
    ("items", "whole", "times", "width"),
    [
        (5000, "2 h", {}, 50),  # 1 min each at the most, with a fifth to spare
        (5000, "2 h", {"typical_run_s": "10 s"}, 40),
        (5000, "", {}, 42),  # within an hour, half of the longest each
        (50_000, "", {}, 417),
        (500_000, "", {}, 900),  # a day is enough
        (500_000, "10 h", {}, 900),
        (500_000, "2 h", {}, 2500),  # nothing less ends in time
    ],
)
def test_a_map_of_functions_is_as_wide_as_its_time_needs(
    items: int, whole: str, times: dict[str, str], width: int
) -> None:
    work = {"trigger": "schedule", "schedule_expression": "cron(0 2 * * ? *)", "parallel_items": items} | times
    answers = designs.design({**work, "longest_run_s": "1 min"} | ({"whole_run_s": whole} if whole else {}))
    assert settings(answers, "map_concurrency", id="work.workflow") == (width,)
    assert settings(answers, "concurrency") == (width,)
    (timeout,) = settings(answers, "timeout_s", id="work.workflow")
    assert timeout is not None
    assert timeout >= items / width * 60 or whole == "2 h"
    assert node(answers, id="work.workflow").grounds["map_concurrency"].reason.ja


@pytest.mark.parametrize(
    ("own", "most"),
    [({"response_s": "1 s"}, 54), ({"latency_ms": "100 ms"}, 11), ({"response_s": "1 s", "latency_ms": "100 ms"}, 11)],
)
def test_a_request_takes_no_longer_than_its_stated_response_time(own: dict[str, Any], most: int) -> None:
    answers = designs.web()
    component = answers["components"][0]
    del component["typical_run_s"], component["longest_run_s"]
    component |= own
    assert settings(answers, "most_tasks") == (most,)
    assert "stated response time" in node(answers).grounds["most_tasks"].reason.en


def test_an_assumed_run_time_raises_no_minimum() -> None:
    answers = designs.web()
    answers["workload"] = answers.get("workload", {}) | {"zone_failure": True}
    assert settings(answers, "desired_count") == (108,)
    del answers["components"][0]["typical_run_s"]
    answers["components"][0].pop("longest_run_s", None)
    assert settings(answers, "desired_count") == (2,)


@pytest.mark.parametrize("own", [{"vcpu": 2}, {"memory_mib": "4 GiB"}])
def test_a_task_that_is_sized_for_one_run_answers_one_request_at_a_time(own: dict[str, Any]) -> None:
    answers = designs.web()
    answers["components"][0] |= own
    assert settings(answers, "requests_at_once", "requests_per_task", "most_tasks") == (1, 84, 429)
