"""Facts of a subject: its answers, the defaults of unanswered questions, and facts derived from both.

A derived fact is written once, here; rules and limits compare it like an answer.
"""

from collections.abc import Callable, Mapping
from typing import Any

from advisor.requirements import Requirements, Subject
from advisor.requirements.answers import LINKS, AnsweredSubject, Answers, answers_of
from advisor.requirements.because import Because
from advisor.requirements.orchestration import (
    STEPS_CALLED,
    STEPS_TOGETHER,
    awaits_person,
    callers_of,
    is_one_step,
    orchestrates,
)
from advisor.requirements.pages import (
    authentication_of,
    called_by_pages,
    calls_from_pages,
    is_checked_elsewhere,
    page_callers,
)
from advisor.requirements.starts import ON_DEMAND, REQUESTS, exposure_of, start_of, starts
from advisor.text import Text
from advisor.verdict.arrivals import BURSTS, RATES, arrivals_at
from advisor.verdict.bucket_events import (
    EVENTS_BUCKET,
    NEW_OBJECTS,
    NOTIFIED,
    ONE_BUCKET,
    bucket_read,
    is_notified,
    is_shared,
    reads_notifications,
)
from advisor.verdict.direct_uploads import are_sized, request_beside_uploads, stated_at, uploaded_bytes, uploading
from advisor.verdict.known import Known, answered, fill, filled
from advisor.verdict.load import arrive, average, load
from advisor.verdict.needs import derive, is_coordinated
from advisor.verdict.page_requests import stated_of_sites
from advisor.verdict.reach import access_of, derive_delivery, out_of_reach
from advisor.verdict.run_times import (
    are_few_workers,
    derive_interruption,
    derive_needs,
    derive_waits,
    fill_bounded,
    fill_working,
    whole_run_s,
)
from advisor.vocabulary.channel import AWS_EVENTS, DIRECT
from advisor.vocabulary.demands import DEMAND_FACTS, DEMANDING, demands_on

#: Why a run time is assumed where a goal for the answers is stated.
OF_THE_GOAL = Because(Text("bounded by the p99 latency goal", "p99 レイテンシーの目標に基づく"))
# A message to a WebSocket client where the size of responses is not stated: as large as a request is assumed to be.
MESSAGE_BYTES = 65536.0
# Which other numbers follow an answer: each grows with it. Flip points through them are found here.
FOLLOWS: dict[str, dict[str, tuple[str, ...]]] = {
    "component": {
        "longest_run_s": ("typical_run_s", "response_s", "concurrency", "whole_run_s"),
        "typical_run_s": ("longest_run_s", "response_s", "concurrency", "whole_run_s"),
        "rate_average_rps": ("rate_peak_rps", "concurrency"),
        "rate_peak_rps": ("rate_average_rps", "concurrency"),
        "parallel_items": ("concurrency",),
        "latency_ms": ("typical_run_s", "longest_run_s", "response_s", "concurrency", "whole_run_s"),
        "wait_s": ("whole_run_s",),
        "whole_run_s": ("longest_run_s", "typical_run_s", "response_s", "concurrency", "wait_s"),
    },
    "channel": {
        "rate_average_rps": ("rate_peak_rps",),
        "rate_peak_rps": ("rate_average_rps",),
        "fan_out": ("destination_count",),
    },
    "store": {"item_bytes": ("access",)},
    "workload": {},
}
# Services of a channel whose messages wait in no queue of SQS.
_NO_QUEUES = ("kinesis", "msk", "amazon-mq")
# What starts a workflow without a program before it.
_STARTED_ALONE = frozenset(("schedule", "event", "on-demand"))
Computes = Mapping[str, str | None]


def known_workload(answers: Mapping[str, Any]) -> Known:
    """Return the workload-wide answers with their defaults."""
    return answered("workload", answers)


def known(requirements: Requirements, kind: str, subject: Subject, computes: Computes) -> Known:
    """Return the facts of a subject with validated requirements before any role is decided.

    `computes` maps component ids to the compute service that was chosen for them.
    """
    answers = answers_of(requirements)
    return known_subject(answers, answers.subjects[subject.id], computes, known_workload(answers.workload))


def known_subject(answers: Answers, subject: AnsweredSubject, computes: Computes, workload: Known) -> Known:
    """Return the facts of a subject: answers, defaults, derived facts, and those of the workload as `workload.<id>`."""
    facts = _started(answers, subject) if subject.kind == "component" else answered(subject.kind, subject.answers)
    values, assumed = workload.as_workload_facts
    facts.values.update(values)
    facts.assumed.update(assumed)
    _demand(subject, workload, facts)
    _PREPARE[subject.kind](answers, subject, computes, facts)
    return facts


def _started(answers: Answers, subject: AnsweredSubject) -> Known:
    """Return the answers about a component with its triggers, which decide which other questions apply."""
    start = start_of(answers, subject)
    asked = {"human_approval": True} if awaits_person(subject) else {}
    facts = answered("component", {**subject.answers, **asked, "trigger": start.trigger})
    if start.because:
        facts.assumed.add("trigger")
        facts.because["trigger"] = start.because
    if "exposure" in facts.assumed and (derived := exposure_of(answers, subject)):
        facts.values["exposure"], facts.because["exposure"] = derived
    facts.values["checked_elsewhere"] = is_checked_elsewhere(answers, subject)
    facts.values["called_by_pages"] = bool(page_callers(answers, subject.id))
    if calls_from_pages(answers, subject):
        if "logic" in facts.assumed:
            facts.values["logic"], facts.because["logic"] = "none", (called_by_pages(subject),)
    elif "authentication" in facts.assumed and (checked := authentication_of(answers, subject)):
        facts.values["authentication"], facts.because["authentication"] = checked
    facts.values["sized_uploads"] = are_sized(answers, subject, facts.values)
    if uploaded := uploaded_bytes(answers, subject, facts.values):
        facts.values["request_bytes"], because = request_beside_uploads(uploaded)
        facts.assumed.add("request_bytes")
        facts.because["request_bytes"] = (because,)
    return facts


def _demand(subject: AnsweredSubject, workload: Known, facts: Known) -> None:
    """Apply the hard requirements of the workload to a subject, if they apply to its kind."""
    if workload.demanded or not DEMAND_FACTS.isdisjoint(subject.answers):
        facts.values[DEMANDING] = True
        facts.values |= {fact: True for fact in workload.demanded if fact in demands_on(subject.kind)}


def _component(answers: Answers, subject: AnsweredSubject, computes: Computes, facts: Known) -> None:
    values = facts.values
    derive_waits(values)
    if values["human_approval"]:
        facts.assumed.discard("human_approval")
    assumed = facts.assumed - {*_of_pages(answers, subject, facts)}
    if "longest_run_s" in assumed:
        fill_working(values)
    bounded = fill_bounded(values, assumed, calls=bool(subject.answers.get("calls")))
    facts.assumed |= {*bounded}
    facts.because |= dict.fromkeys(bounded, (OF_THE_GOAL,))
    target = answers.subjects.get(str(values.get("listens_to")))
    values["listens_kind"] = target.kind if target else "none"
    steps_s = _orchestrate(answers, subject, facts)
    derive_needs(values)
    existing = answers.workload.get("existing") or ()
    values |= {f"{one}_exists": one in existing for one in ("vpc", "cluster")}
    from_queue = target is None or _is_queue(target)
    values["limited_workers"] = from_queue and are_few_workers(values) and not is_coordinated(values)
    derive_interruption(values)
    fill(facts, "typical_run_s", values["longest_run_s"] / 2)
    fill(facts, "whole_run_s", max(whole_run_s(values), steps_s))
    load(answers, subject, facts)
    if "response_bytes" in facts.assumed and values.get("protocol") == "websocket":
        values["response_bytes"] = MESSAGE_BYTES
    called = starts(values, *REQUESTS)
    if called:
        fill(facts, "response_s", values["longest_run_s"])
    values["uses_stores"] = bool(subject.answers.get("reads") or subject.answers.get("writes"))
    values["only_publishes"] = {link for link in LINKS if subject.answers.get(link)} == {"publishes"}
    by_program = called and not values["steps_called"]
    values["out_of_reach"] = by_program and out_of_reach(answers, subject, values, filled)
    derive_delivery(answers, subject, values, filled)
    values["web_server"] = _is_web_server(answers, subject, values)
    image = values["packaging"] == "container-image"
    # To run outside AWS as well, a web server is an image on Lambda too, and so is what no zip package holds.
    values["function_image"] = image or (values["web_server"] and values["portability"]) or values["large_package"]
    linked = any(subject.answers.get(field) for field in LINKS) or target is not None
    stated = "trigger" not in facts.assumed and set(values["trigger"]) <= _STARTED_ALONE
    values["calls_only"] = values["logic"] == "none" and not linked and stated
    if "event_source" in facts.assumed and target and target.kind == "store":
        values["event_source"] = "s3-object" if target.answers.get("access") == "objects" else "table-change"
    # The stream of a table keeps the order of the changes of an item.
    changes = bool(target and target.kind == "store") and values.get("event_source") == "table-change"
    values["in_order"] = changes or bool(target and target.answers.get("ordering", "none") != "none")
    derive("component", values)


def _of_pages(answers: Answers, subject: AnsweredSubject, facts: Known) -> set[str]:
    """Add what is stated of the sites whose pages call a component and not of the component, and return its fields."""
    found = stated_of_sites(answers, subject)
    for id, (value, because) in found.items():
        facts.values[id], facts.because[id] = value, because
        facts.assumed.add(id)
    return {*found}


def _orchestrate(answers: Answers, subject: AnsweredSubject, facts: Known) -> float:
    """Add whether a workflow alone does the work of a component: it runs the components that are called as its steps.

    Returns how long these run together, in seconds; 0 where a program does the work.
    """
    values = facts.values
    called = [answers.subjects[id] for id in subject.answers.get("calls", ())]
    startable = all(start_of(answers, other).trigger == ON_DEMAND and is_one_step(other) for other in called)
    values["steps_called"] = orchestrates(subject) and startable and not starts(values, "always-on", "callback")
    if not values["steps_called"]:
        return 0.0
    values["steps"] = max(values["steps"], float(len(called)))
    values["logic"], facts.because["logic"] = "none", (STEPS_CALLED,)
    together = sum(float(filled(other)["longest_run_s"]) for other in called)
    if "longest_run_s" in facts.assumed:
        values["longest_run_s"], facts.because["longest_run_s"] = together, (STEPS_TOGETHER,)
    return together


def _is_queue(channel: AnsweredSubject) -> bool:
    """Return whether the messages of a channel wait in a queue of SQS, as far as its answers and a pin say."""
    stated, pinned = channel.answers, channel.pins.get("messaging")
    other = (
        stated.get("carries") == "records" or stated.get("migrates_from", "nothing") != "nothing" or stated.get(DIRECT)
    )
    return channel.kind == "channel" and not other and pinned not in _NO_QUEUES


def _is_web_server(answers: Answers, subject: AnsweredSubject, values: Mapping[str, Any]) -> bool:
    """Return whether a component only answers HTTP requests from outside, in one step."""
    called = any(not calls_from_pages(answers, caller) for caller in callers_of(answers, subject.id))
    only_requests = set(values["trigger"]) <= {*REQUESTS} and values.get("protocol") == "http"
    return only_requests and not called and not is_coordinated(values)


def _channel(answers: Answers, subject: AnsweredSubject, computes: Computes, facts: Known) -> None:
    values = facts.values
    if {*RATES} & values.keys() <= facts.assumed and (arriving := arrivals_at(answers, subject)):
        arrive(facts, arriving)
    average(facts, BURSTS)
    fill(facts, "rate_peak_rps", values["rate_average_rps"] * BURSTS)
    consumers = [c.id for c in answers.of_kind("component") if c.answers.get("listens_to") == subject.id]
    producers = [c.id for c in answers.of_kind("component") if subject.id in c.answers.get("publishes", ())]
    outside = subject.answers.get("destinations", ())
    values["consumer_count"] = float(len(consumers))
    values.setdefault(DIRECT, False)
    counted = float(len(consumers) + len(outside))
    values["destination_count"] = max(values.get("fan_out") or 0.0, counted, 1.0)
    values["destination_kinds"] = outside
    values["consumer_computes"] = _chosen(consumers, computes)
    values["producer_computes"] = _chosen(producers, computes)
    _derive_notifications(answers, subject, computes, facts)


def _derive_notifications(answers: Answers, channel: AnsweredSubject, computes: Computes, facts: Known) -> None:
    """Add the bucket whose new objects a channel carries, and whether it notifies the queue.

    New objects are assumed where the links suggest it.
    """
    bucket = bucket_read(answers, channel, filled)
    heard = [c for c in answers.of_kind("component") if c.answers.get("listens_to") == channel.id]
    alone = reads_notifications(answers, channel, computes)
    direct = bucket is not None and alone and not _works_by_workflow(answers, heard[0], computes)
    if direct and AWS_EVENTS not in facts.values:
        fill(facts, AWS_EVENTS, NEW_OBJECTS)
        facts.because[AWS_EVENTS] = (ONE_BUCKET,)
    known = bucket is not None and facts.values.get(AWS_EVENTS) == NEW_OBJECTS
    facts.values[EVENTS_BUCKET] = bucket.id if bucket is not None and known else ""
    notified = direct and bucket is not None and not is_shared(answers, channel, bucket, filled)
    facts.values[NOTIFIED] = notified and is_notified(facts.values)


def _works_by_workflow(answers: Answers, component: AnsweredSubject, computes: Computes) -> bool:
    """Return whether a component, on the compute that was chosen for it, works by a workflow."""
    values = known_subject(answers, component, computes, known_workload(answers.workload)).values
    values["compute"] = computes.get(component.id)
    derive("component", values)
    return bool(values["needs_workflow"])


def _store(answers: Answers, subject: AnsweredSubject, computes: Computes, facts: Known) -> None:
    components = list(answers.of_kind("component"))
    users = [c.id for c in components for f in ("reads", "writes") if subject.id in c.answers.get(f, ())]
    listeners = [c for c in components if c.answers.get("listens_to") == subject.id]
    if "item_bytes" in facts.assumed:
        _take_uploads(answers, subject, facts)
    facts.values["access"] = access_of(subject, facts.values)
    facts.values["user_computes"] = _chosen(dict.fromkeys(users), computes)
    facts.values["change_listened"] = bool(listeners)
    facts.values["may_pause"] = not facts.values.get("always_awake") and not facts.values.get("connection_pool")


def _take_uploads(answers: Answers, store: AnsweredSubject, facts: Known) -> None:
    """Make the largest direct upload, where a component states its size, the maximum item size of the store."""
    for component in uploading(answers, store):
        size = uploaded_bytes(answers, component, _started(answers, component).values)
        if size is not None and size > facts.values["item_bytes"]:
            facts.values["item_bytes"] = size
            facts.because["item_bytes"] = (stated_at(component),)


def _chosen(ids: Any, computes: Computes) -> tuple[str, ...]:
    return tuple(sorted({str(computes[id]) for id in ids if computes.get(id)}))


_PREPARE: dict[str, Callable[[Answers, AnsweredSubject, Computes, Known], None]] = {
    "component": _component,
    "channel": _channel,
    "store": _store,
}
