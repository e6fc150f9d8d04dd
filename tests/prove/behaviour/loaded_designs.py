"""Designs with stated loads, for the check of capacity: what a project has to carry at its peak."""

from typing import Any

Answers = dict[str, Any]


def design(component: Answers, *, others: tuple[Answers, ...] = (), **parts: Any) -> Answers:
    """Return the answers of a workload with one component under load."""
    work: Answers = {"id": "work", "title": "Work", **component}
    return {"schema": 2, "title": "Loaded", "components": [work, *others], **parts}


def _queue(component: Answers, **load: Any) -> Answers:
    sender: Answers = {"id": "sender", "title": "Sender", "trigger": "on-demand", "publishes": ["orders"]}
    channel: Answers = {"id": "orders", "title": "Orders", "carries": "work", **load}
    return design({"trigger": "message", "listens_to": "orders", **component}, others=(sender,), channels=[channel])


def web(**answers: Any) -> Answers:
    """Hundreds of requests a second to a container that is always running."""
    load = {"rate_average_rps": "200/s", "rate_peak_rps": "600/s", "longest_run_s": "1 s", "typical_run_s": "0.5 s"}
    pinned = {"compute": "ecs", "entry": "alb"}
    return design({"trigger": "request", "packaging": "container-image", "pins": pinned, **load, **answers})


def long_messages(**answers: Any) -> Answers:
    """Ten long messages a second in a queue of a container."""
    times = {"typical_run_s": "150 s", "longest_run_s": "5 min", "pins": {"compute": "ecs"}}
    return _queue({"packaging": "container-image", **times, **answers}, rate_average_rps="10/s")


def waiting_messages(**answers: Any) -> Answers:
    """Hundreds of short messages a second, each of which waits for what it calls."""
    times = {"typical_run_s": "2 s", "longest_run_s": "20 s", "pins": {"compute": "ecs"}}
    load = {"rate_average_rps": "80/s", "rate_peak_rps": "300/s"}
    return _queue({"packaging": "container-image", **times, **answers}, **load)


def pods_of_a_queue(**answers: Any) -> Answers:
    """A thousand messages a second of half a second each, to pods that wait more than they compute."""
    times = {"typical_run_s": "500 ms", "longest_run_s": "2 min", "pins": {"compute": "eks"}}
    load = {"rate_average_rps": "200/s", "rate_peak_rps": "1000/s"}
    return _queue({"packaging": "container-image", "kubernetes": "house-standard", **times, **answers}, **load)


def jobs_over_objects(**answers: Any) -> Answers:
    """Tens of thousands of objects, a long job of two processors for each, done overnight."""
    shape = {"trigger": "schedule", "parallel_items": 50000, "retries": True, "reads": ["originals"]}
    times = {"typical_run_s": "20 min", "longest_run_s": "40 min", "whole_run_s": "30 h", "vcpu": 2}
    store = {"id": "originals", "title": "Originals", "access": "objects"}
    return design({**shape, **times, "pins": {"compute": "batch"}, **answers}, stores=[store])


def jobs_of_an_array(**answers: Any) -> Answers:
    """Five hundred parts of one hour, done in five hours."""
    shape = {"trigger": "schedule", "parallel_items": 500, "pins": {"compute": "batch"}}
    return design({**shape, "typical_run_s": "1 h", "longest_run_s": "2 h", "whole_run_s": "5 h", **answers})


def partner(service: str) -> Answers:
    """Events for a partner that accepts two calls a second, by a bus or a topic."""
    ends = [{"kind": "partner-http"}]
    channel = {
        "id": "orders",
        "title": "Orders",
        "carries": "event",
        "destinations": ends,
        "destination_max_rps": "2/s",
    }
    sender = {"trigger": "request", "publishes": ["orders"]}
    return design(sender, channels=[{**channel, "pins": {"messaging": service}}])


def short_messages(**answers: Any) -> Answers:
    """Hundreds of short messages a second in a queue of a function."""
    return _queue(
        {"typical_run_s": "1 s", "longest_run_s": "5 s", **answers}, rate_average_rps="50/s", rate_peak_rps="400/s"
    )


def many_messages(**answers: Any) -> Answers:
    """Thousands of messages a second, more than the functions of an account run at the same time by default."""
    return _queue(
        {"typical_run_s": "2 s", "longest_run_s": "5 s", "pins": {"compute": "lambda"}, **answers},
        rate_peak_rps="900/s",
    )


def messages_beside_callers(**answers: Any) -> Answers:
    """Functions that answer callers take half of an account, and what they publish would take all of it."""
    answers_callers = {"trigger": "request", "response_s": "1 s", "pins": {"compute": "lambda"}, **answers}
    load = {"rate_average_rps": "200/s", "rate_peak_rps": "1000/s"}
    made = many_messages()
    sender = {"id": "sender", "title": "Sender", "publishes": ["orders"], **answers_callers, **load}
    return {**made, "components": [made["components"][0], sender]}


def stream(**answers: Any) -> Answers:
    """A thousand records a second, each worked on for some time, in order."""
    shape = {"trigger": "stream", "listens_to": "readings", "typical_run_s": "0.05 s", "longest_run_s": "1 s"}
    channel = {"id": "readings", "title": "Readings", "carries": "records", "ordering": "per-key", "replay": True}
    load = {"message_bytes": "2 KiB", "rate_average_rps": "500/s", "rate_peak_rps": "1000/s"}
    sender: Answers = {"id": "sender", "title": "Sender", "trigger": "request", "publishes": ["readings"]}
    return design({**shape, **answers}, others=(sender,), channels=[{**channel, **load}])


def api(**answers: Any) -> Answers:
    """A public API with a table at thousands of requests a second."""
    load = {"rate_average_rps": "500/s", "rate_peak_rps": "6000/s", "typical_run_s": "0.1 s", "longest_run_s": "1 s"}
    store = {"id": "orders", "title": "Orders", "access": "key-value"}
    return design({"trigger": "request", "reads": ["orders"], "writes": ["orders"], **load, **answers}, stores=[store])


def relational(**answers: Any) -> Answers:
    """A web application with a relational database and a hundred requests a second."""
    load = {"rate_peak_rps": "300/s", "typical_run_s": "0.5 s", "longest_run_s": "2 s"}
    store = {"id": "orders", "title": "Orders", "access": "relational"}
    return design({"trigger": "request", "reads": ["orders"], "writes": ["orders"], **load, **answers}, stores=[store])


def never_cut(**answers: Any) -> Answers:
    """Requests of ten minutes that must never be cut off."""
    times = {"typical_run_s": "5 min", "longest_run_s": "10 min", "interruption": "never", "rate_peak_rps": "1/s"}
    pinned = {"compute": "ecs", "entry": "alb"}
    return design({"trigger": "request", "packaging": "container-image", "pins": pinned, **times, **answers})


def several_consumers(*ids: str, **load: Any) -> Answers:
    """Functions that each receive the events of one bus, two seconds each."""
    each: Answers = {"trigger": "message", "listens_to": "news", "typical_run_s": "2 s", "longest_run_s": "5 s"}
    consumers: list[Answers] = [{"id": id, "title": id.title(), "pins": {"compute": "lambda"}, **each} for id in ids]
    channel: Answers = {"id": "news", "title": "News", "carries": "event", "pins": {"messaging": "eventbridge-bus"}}
    return {"schema": 2, "title": "Loaded", "components": consumers, "channels": [{**channel, **load}]}


def consumers_of_events(**answers: Any) -> Answers:
    """Three consumers of so many events that the concurrency of an account is too little for their peaks."""
    return several_consumers("work", "other", "third", rate_peak_rps="300/s", **answers)


def messages_in_small_numbers(**answers: Any) -> Answers:
    """Messages of which only a few may be processed at once, which keeps up with the average and not with the peak."""
    return short_messages(most_at_once=100, **answers)


DESIGNS = (
    web, long_messages, waiting_messages, jobs_over_objects, jobs_of_an_array, short_messages, many_messages, stream, api, relational,
    never_cut, consumers_of_events, messages_in_small_numbers,
)  # fmt: skip
