"""Origins of facts: for each derived fact, the facts from which it follows directly.

A conflict names the stated answers behind a fact, "why not" changes one of them, and the search over open questions splits
at one. `behind` walks the steps, so that each is written once, beside nothing but its own inputs.
"""

from collections.abc import Collection, Iterator
from itertools import chain

from advisor.requirements.orchestration import ORCHESTRATED_BY
from advisor.requirements.pages import NO_PAGES_BY, PAGES_BY
from advisor.requirements.starts import OUTSIDE_ANSWERS, STARTED_BY
from advisor.verdict.run_times import INPUTS, WAITED_BY, WORKING_BY

#: The question that a number which nobody stated comes from, as the reference says it.
ORIGIN = {"response_s": "longest_run_s", "typical_run_s": "longest_run_s", "rate_peak_rps": "rate_average_rps"}
_SCHEDULED = ("trigger", "schedule_expression", "granularity_s")
# What stands in for an answer that nobody gave. A stated answer follows from nothing.
_FILLED: dict[str, tuple[str, ...]] = {
    "response_s": ("longest_run_s",),
    "typical_run_s": ("longest_run_s",),
    "longest_run_s": WORKING_BY,
    "whole_run_s": ("longest_run_s", *WAITED_BY),
    "rate_peak_rps": ("rate_average_rps", "shape", "listens_to"),
    "rate_average_rps": ("rate_peak_rps", *_SCHEDULED, "shape", "listens_to"),
    "trigger": STARTED_BY,
    "exposure": OUTSIDE_ANSWERS,
    "logic": PAGES_BY,
    "event_source": ("listens_to",),
    "access": ("item_bytes",),
    "aws_events": ("source",),
}
#: Answers that make a flag false at most: where it is true, it is so in spite of them.
HINDERING: dict[str, tuple[str, ...]] = {
    "edge_only": ("authentication", "caching", "validation", "throttling", "api_keys"),
}
# Answers of which some speak against what is filled in: only open ones could change it.
_AGAINST: dict[str, tuple[str, ...]] = {"logic": NO_PAGES_BY}
# What follows from whether an answer is stated, and not from its value.
_BY_STATED = ("trigger", "exposure")
# What is derived from answers, whatever is stated.
_DERIVED: dict[str, tuple[str, ...]] = {
    **INPUTS,
    "request_bytes": ("direct_uploads",),
    "sized_uploads": ("direct_uploads", "writes"),
    "concurrency": ("rate_peak_rps", "rate_average_rps", "typical_run_s", "longest_run_s", *_SCHEDULED, "parallel_items"),
    "listens_kind": ("listens_to",),
    "in_order": ("listens_to",),
    "uses_stores": ("reads", "writes"),
    "only_publishes": ("publishes", "reads", "writes", "calls"),
    "out_of_reach": (
        "trigger", "protocol", "reads", "writes", "publishes", "calls", "exposure", "static_site", "steps_called",
        "authentication", "isolation",
    ),
    "calls_only": ("logic", "trigger", "reads", "writes", "publishes", "calls", "listens_to"),
    "steps_called": ORCHESTRATED_BY,
    "hosts_site": ("trigger", "logic", "exposure", "static_site"),
    "at_edge": ("trigger", "logic", "exposure", "static_site", "cdn"),
    "edge_only": (
        "logic", "trigger", "protocol", "exposure", "static_site", "cdn", "reads", "writes", "publishes", "calls", "authentication",
        "caching", "validation", "throttling", "api_keys", "checked_elsewhere",
    ),
    "checked_elsewhere": ("logic", "authentication", "static_site", "calls"),
    "called_by_pages": ("trigger", "protocol", "exposure", "authentication"),
    "destination_count": ("fan_out", "destinations"),
    "destination_kinds": ("destinations",),
    "bucket_notifies": (
        "source", "aws_events", "carries", "ordering", "duplicates_ok", "routing", "replay", "other_teams", "direct_delivery",
        "destination_count",
    ),
    "needs_workflow": (
        "steps", "human_approval", "compensation", "parallel_items", "trigger", "listens_kind", "retries", "packaging",
        "waits_long", "one_task_each", "compute", "calls_only",
        "steps_called",
    ),
    "needs_event_source": ("trigger", "listens_kind", "needs_workflow", "compute"),
    "needs_scheduler": ("trigger", "compute"),
    "web_server": ("trigger", "protocol", "calls", "human_approval", "compensation", "waits_long", "steps", "parallel_items"),
    "vpc_exists": ("workload.existing",),
    "cluster_exists": ("workload.existing",),
    "function_image": ("web_server", "packaging", "portability", "package_bytes"),
    "web_adapter": ("web_server", "packaging", "portability", "compute"),
    "runs_image": ("packaging", "compute", "web_adapter", "package_bytes"),
    "needs_registry": ("runs_image", "other_registry"),
    "needs_proxy": ("access", "shape", "store", "connection_pool"),
    "may_pause": ("always_awake", "connection_pool"),
}  # fmt: skip


def behind(fact: str, stated: Collection[str]) -> Iterator[str]:
    """Yield a fact and every fact from which it follows, over any number of steps, the nearest first.

    What a stated answer would otherwise be filled in from is not behind it. What starts a component, or where its callers
    are, follows from answers only as far as they are stated: what would fill in for them is not behind it either.
    """
    yielded, followed = {fact}, {fact}
    last = [fact]
    yield fact
    while last:
        steps = [(one, _step(one, stated)) for one in last]
        against = [other for one in last if one not in stated for other in _AGAINST.get(one, ()) if other not in stated]
        new = dict.fromkeys(chain.from_iterable(facts for _, facts in steps))
        yield from (one for one in new if one not in yielded)
        yield from (one for one in dict.fromkeys(against) if one not in yielded and one not in new)
        yielded |= {*new, *against}
        further = chain.from_iterable(facts for one, facts in steps if one not in _BY_STATED)
        last = [one for one in dict.fromkeys(further) if one not in followed]
        followed |= {*last}


def _step(fact: str, stated: Collection[str]) -> tuple[str, ...]:
    derived = _DERIVED.get(fact, ())
    return derived if fact in stated else (*derived, *_FILLED.get(fact, ()))
