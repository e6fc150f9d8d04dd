"""What is watched: every part that works has an alarm, and every decision that growth can end says so in time."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.sensitivity.analysis import FlipPoint, analyse
from advisor.text import LANGS, Lang, spaced
from blueprints import sam
from blueprints.plan import Plan, plan_for
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.plan.monitoring.expiry_alarms import QUESTIONS
from blueprints.traits import traits_of_node
from tests.blueprints.translation import parsed

STORIES = tuple(rules.STORIES)
#: What works by itself; the rest is a door to it, a rule about it, or outside.
WORKING = (
    "lambda", "sqs", "sqs-fifo", "dead-letter-queue", "sns", "sns-fifo", "kinesis", "eventbridge-pipes",
    "step-functions-standard", "step-functions-express", "step-functions-distributed-map",
    "api-gateway-http", "api-gateway-rest", "api-gateway-websocket", "appsync", "alb",
    "ecs", "eks", "batch", "dynamodb", "aurora-serverless",
)  # fmt: skip


@pytest.fixture(scope="module")
def plans(designs: Mapping[str, Design]) -> dict[str, Plan]:
    return {name: plan_for(design) for name, design in designs.items()}


@pytest.mark.parametrize("story", STORIES)
def test_everything_that_works_has_an_alarm(story: str, plans: Mapping[str, Plan]) -> None:
    plan = plans[story]
    watched = {alarm.node for alarm in plan.alarms if not alarm.expires}
    for node in plan.architecture.of_service(*WORKING):
        # A task that ends has no metric of its own: what starts it says that it failed.
        starting = {e.source for e in plan.architecture.entering(node.id) if e.verb in ("run", "start")}
        assert node.id in watched or starting & watched, node.id
    for one in plan.authorizers:
        checked = [a for a in plan.alarms if [ref.attribute for _, ref in a.dimensions] == ["authorizer-name"]]
        assert {alarm.metric for alarm in checked if alarm.node == one.entry} == {"Errors", "Throttles"}


@pytest.mark.parametrize("lang", LANGS)
def test_an_alarm_says_which_part_it_speaks_of(plans: Mapping[str, Plan], lang: Lang) -> None:
    """Two APIs in a stack are two endpoints: whoever is woken at night has to know which."""
    for plan in plans.values():
        titles = {subject.id: {subject.name.en} for _, subject in plan.design.requirements.subjects()}
        for alarm in plan.alarms:
            node = plan.architecture.node(alarm.node)
            if node.role in ("entry", "workflow", "events") and not alarm.expires:
                assert spaced(subject_title(plan.architecture, node.subject)).in_(lang) in alarm.description.in_(lang)
                assert subject_title(plan.architecture, node.subject).en in titles[node.subject] | {node.subject}
    assert plans["mobile-backend"].alarms


def _growing(flip: FlipPoint) -> bool:
    ends = flip.relation in ("above", "at_least") and isinstance(flip.at, float)
    return ends and flip.field in QUESTIONS and (flip.field != "parallel_items" or bool(flip.value))


@pytest.mark.parametrize("story", STORIES)
def test_each_flip_point_has_an_alarm_at_eighty_percent_of_what_is_reached_first(
    story: str, plans: Mapping[str, Plan], book: Book
) -> None:
    plan = plans[story]
    expiring = [alarm for alarm in plan.alarms if alarm.expires]
    reached = set()
    for flip in filter(_growing, analyse(plan.design.requirements, book).flips):
        nodes = [node for node in plan.architecture.nodes if node.subject == flip.subject]
        shown = [(n, m) for n in nodes if (m := traits_of_node(n).measures.get(flip.field)) is not None]
        if not shown:
            continue
        node, measure = min(shown, key=lambda one: one[1].rank)
        assert isinstance(flip.at, float)
        limit = None if measure.limit is None else measure.limit(plan.architecture, node)
        if flip.field == "retention_s" and limit is not None and limit > flip.at:
            continue  # kept longer than the topic before it tries to deliver
        normal = float(str(flip.value or 0)) * int(str(node.settings.get("batch_size", 1)))
        if flip.field not in ("longest_run_s", "response_s") or normal <= 0.6 * min(flip.at, limit or flip.at):
            first = 0.8 * (flip.at if limit is None or limit > 0.8 * flip.at else limit)
        elif normal >= min(flip.at, limit or flip.at):
            assert not [a for a in expiring if a.metric == measure.metric and a.node == node.id], flip
            continue
        else:  # a run that takes as long as was stated reports nothing
            first = (normal + min(flip.at, limit or flip.at)) / 2
        expected = first * measure.scale
        found = [a for a in expiring if a.metric == measure.metric and a.above == pytest.approx(expected)]
        # Where a late answer is told of at the same time, nothing is told twice.
        late = [a for a in plan.alarms if a.metric == measure.metric and a.above == pytest.approx(expected)]
        assert found or late, flip
        reached |= {alarm.name for alarm in found}
        move = next((move for move in flip.moves if move.before), flip.moves[0])
        name = book.services[str(move.before or move.after)].name
        assert not found or any(name.en in a.description.en and name.ja in a.description.ja for a in found)
    assert {alarm.name for alarm in expiring} == reached


def test_the_alarm_of_a_function_says_which_decision_expires(plans: Mapping[str, Plan]) -> None:
    (alarm,) = [a for a in plans["dynamic-web-api"].alarms if a.expires and a.metric == "Duration"]
    assert (alarm.metric, alarm.statistic, alarm.above) == ("Duration", "Maximum", 8_000)
    assert "has reached 8 s, which is 80% of the timeout configured in this stack (10 s)." in alarm.description.en
    late = (
        "This timeout can be raised to 5 min, but callers receive no result after the timeout of their endpoint (10 s)."
    )
    assert late in alarm.description.en
    assert "Above 5 min, the design needs a service other than Amazon API Gateway (REST API)" in alarm.description.en
    assert (
        "8 秒を超えたことを通知します。このスタックに設定したタイムアウト（10 秒）の 80% です" in alarm.description.ja
    )
    assert "このタイムアウトは、最大 5 分に設定できます" in alarm.description.ja


def test_an_alarm_names_the_quota_that_a_longer_timeout_needs(plans: Mapping[str, Plan]) -> None:
    described = [
        a.description.en for p in plans.values() for a in p.alarms if a.expires and "response time" in a.description.en
    ]
    assert any("can be raised to 29 s, and to 5 min after an increase of the quota" in one for one in described)


def test_an_alarm_names_the_services_that_are_no_longer_needed(book: Book) -> None:
    work = {
        "id": "work",
        "trigger": "message",
        "listens_to": "orders",
        "longest_run_s": "40 s",
        "steps": 3,
        "retries": True,
    }
    raw = {"components": [work], "channels": [{"id": "orders", "carries": "work"}]}
    plan = plan_for(advise(make_requirements(raw), book))
    (alarm,) = [a for a in plan.alarms if a.expires and a.metric == "Duration"]
    assert alarm.description.en.endswith("instead of AWS Lambda and no longer needs Amazon EventBridge Pipes.")
    assert alarm.description.ja.endswith("Amazon EventBridge Pipes は不要になります。")


def test_a_queue_that_keeps_longer_than_its_topic_delivers_is_no_reason_for_another_service(
    plans: Mapping[str, Plan],
) -> None:
    """SNS tries to deliver to endpoints outside AWS for an hour; the queue behind it keeps messages for days."""
    plan = plans["async-coupling"]
    done = {node.id for node in plan.architecture.nodes if node.subject == "done"}
    assert done
    assert [
        a.name for a in plan.alarms if a.expires and a.metric == "ApproximateAgeOfOldestMessage" and a.node in done
    ] == []


def test_a_limit_that_is_raised_moves_the_alarm_up_to_the_flip_point(designs: Mapping[str, Design]) -> None:
    design = designs["dynamic-web-api"]
    graph = design.architecture

    def alarm_at(timeout_s: int) -> tuple[float, str]:
        nodes = tuple(
            replace(n, settings={**n.settings, "timeout_s": timeout_s}) if n.service == "lambda" else n
            for n in graph.nodes
        )
        alarms = plan_for(replace(design, architecture=replace(graph, nodes=nodes))).alarms
        (alarm,) = [a for a in alarms if a.expires and a.metric == "Duration"]
        return alarm.above, alarm.description.en

    assert alarm_at(200)[0] == 160_000
    above, words = alarm_at(300)
    assert above == 240_000
    assert "has reached 4 min, which is 80% of the limit of 5 min" in words
    assert "configured in this stack" not in words


def test_the_number_follows_the_fact(book: Book) -> None:
    """An older book, in which another limit was in force, gives another number."""
    before = plan_for(advise(rules.load_story("mass-messages"), dated(book, "2025-01-15")))
    now = plan_for(advise(rules.load_story("mass-messages"), book))
    sizes = [[a.above for a in plan.alarms if a.metric == "SentMessageSize"] for plan in (before, now)]
    assert sizes == [[0.8 * 256 * 1024], [0.8 * 1024 * 1024]]


@pytest.mark.parametrize(
    ("worker", "bytes_", "said"),
    [
        ({}, 1024 * 1024, "the limit of 1 MiB"),
        ({"steps": 4, "longest_run_s": "5 min"}, 256 * 1024, "can pass to AWS Step Functions"),
        (
            {"steps": 4, "longest_run_s": "2 h"},
            8 * 1024,
            "can pass to AWS Fargate (8 KiB). Larger messages fail there.",
        ),
    ],
)
def test_an_alarm_rings_before_messages_are_too_large_for_what_consumes_them(
    worker: dict[str, Any], bytes_: int, said: str, book: Book
) -> None:
    component = {"id": "work", "trigger": "message", "listens_to": "jobs", "language": "python", **worker}
    raw = {"schema": 2, "title": "T", "components": [component], "channels": [{"id": "jobs"}]}
    alarms = plan_for(advise(make_requirements(raw), book)).alarms
    (alarm,) = [a for a in alarms if a.metric == "SentMessageSize"]
    assert alarm.above == 0.8 * bytes_
    assert said in alarm.description.en
    assert alarm.description.ja


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_every_consumer_of_a_topic_counts_for_the_alarm_of_its_messages(order: tuple[int, int], book: Book) -> None:
    work = {"trigger": "message", "listens_to": "news", "language": "python"}
    flow = {"id": "flow", "steps": 4, "longest_run_s": "2 h", **work}
    both = [{"id": "plain", **work}, flow]
    raw = {"schema": 2, "title": "T", "components": [both[i] for i in order], "channels": [{"id": "news"}]}
    alarms = plan_for(advise(make_requirements(raw), book)).alarms
    assert [a.above for a in alarms if a.metric == "SentMessageSize"] == [0.8 * 8 * 1024]


@pytest.mark.parametrize("story", STORIES)
def test_the_dashboard_shows_everything_that_is_watched(story: str, plans: Mapping[str, Plan]) -> None:
    plan = plans[story]
    assert {widget.node for widget in plan.widgets} == {alarm.node for alarm in plan.alarms}
    assert all(widget.title.en and widget.title.ja and widget.lines for widget in plan.widgets)


def test_words_of_the_user_are_words_on_the_dashboard(designs: Mapping[str, Design]) -> None:
    design = designs["dynamic-web-api"]
    evil = 'Costs ${AWS::AccountId} "x" \\ ${Nobody}'
    graph = design.architecture
    nodes = tuple(replace(n, note=replace(n.note, en=evil)) if n.service == "lambda" else n for n in graph.nodes)
    plan = plan_for(replace(design, architecture=replace(graph, nodes=nodes)))
    body = parsed(sam.files(plan, "en"))["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    titles = [widget["properties"]["title"] for widget in json.loads(body)["widgets"]]
    assert f"AWS Lambda · {evil}".replace("${", "${!") in titles


def test_every_target_group_with_health_checks_is_watched(book: Book) -> None:
    """Behind a load balancer of the project's own, one of both kinds, and one that an API reaches containers by."""
    answers = {
        "components": [
            {
                "id": "web",
                "trigger": "request",
                "packaging": "container-image",
                "pins": {"compute": "ecs", "entry": "alb"},
            },
            {"id": "socket", "trigger": "request", "packaging": "container-image", "protocol": "tcp-udp"},
            {
                "id": "inner",
                "trigger": "request",
                "packaging": "container-image",
                "pins": {"compute": "ecs", "entry": "api-gateway-rest"},
            },
            {"id": "small", "trigger": "request", "longest_run_s": "2 s"},
        ]
    }
    plan = plan_for(advise(make_requirements(answers), book))
    unhealthy = {a.name: (a.namespace, a.dimensions) for a in plan.alarms if a.metric == "UnHealthyHostCount"}
    spaces = {name: namespace for name, (namespace, _) in unhealthy.items()}
    assert spaces == {
        "WebTaskUnhealthyAlarm": "AWS/ApplicationELB",
        "SocketTaskUnhealthyAlarm": "AWS/NetworkELB",
        "SocketTaskDatagramUnhealthyAlarm": "AWS/NetworkELB",
        "InnerTaskUnhealthyAlarm": "AWS/NetworkELB",
    }
    assert dict(unhealthy["InnerTaskUnhealthyAlarm"][1])["LoadBalancer"].attribute == "inner-balancer"
    assert all(
        [name for name, _ in dimensions] == ["LoadBalancer", "TargetGroup"] for _, dimensions in unhealthy.values()
    )


API = {"id": "api", "trigger": "request", "language": "python"}


@pytest.mark.parametrize(
    ("answers", "above", "said"),
    [
        # Only the run is stated: what takes longer than it is reported, before the timeout of 29 s.
        ({"longest_run_s": "10 s"}, 11_000, "above the longest expected run"),
        ({"longest_run_s": "27 s"}, 28_000, "above the longest expected run"),
        ({"longest_run_s": "10 s", "response_s": "20 s"}, 16_000, "near the required response time"),
        ({"longest_run_s": "18 s", "response_s": "20 s"}, 19_000, "near the required response time"),
        ({"longest_run_s": "10 s", "latency_ms": 500}, 500, "above the target"),
    ],
)
def test_late_answers_ring_above_the_longest_run_and_before_the_caller_gives_up(
    answers: dict[str, Any], above: float, said: str, book: Book
) -> None:
    plan = plan_for(advise(make_requirements({"components": [{**API, **answers}]}), book))
    (late,) = [alarm for alarm in plan.alarms if alarm.statistic == "p99"]
    assert late.above == above
    assert above < 1000 * float(str(plan.node(late.node).settings["timeout_s"]))
    assert said in late.description.en
    assert "p99" in late.description.ja


@pytest.mark.parametrize(
    ("run", "batch", "above"), [("60 s", 1, 66_000), ("5 s", 10, 55_000), ("0.1 s", 10, 8_000), ("15 min", 1, None)]
)
def test_a_run_that_takes_as_long_as_was_stated_rings_no_alarm(
    run: str, batch: int, above: float | None, book: Book
) -> None:
    """A function works on the messages of a batch one after the other; at the limit of Lambda there is no room for an alarm."""
    work = {"id": "work", "trigger": "message", "listens_to": "jobs", "longest_run_s": run, "language": "python"}
    raw = {"schema": 2, "title": "T", "components": [work], "channels": [{"id": "jobs"}]}
    plan = plan_for(advise(make_requirements(raw), book))
    (node,) = plan.architecture.of_service("lambda")
    assert node.settings["batch_size"] == batch
    assert [alarm.above for alarm in plan.alarms if alarm.metric == "Duration"] == ([] if above is None else [above])


def test_the_alarm_of_an_old_message_names_the_loss_and_the_cause_before_another_service(
    plans: Mapping[str, Plan],
) -> None:
    """Whoever receives it must look at the consumer first: another service is only for messages that wait by design."""
    alarms = [
        alarm
        for plan in plans.values()
        for alarm in plan.alarms
        if alarm.expires and alarm.metric == "ApproximateAgeOfOldestMessage"
    ]
    assert alarms
    for alarm in alarms:
        assert "are deleted: find out why they are not processed. " in alarm.description.en
        assert "To retain messages for " in alarm.description.en
        assert "処理されない原因を調べてください。" in alarm.description.ja
