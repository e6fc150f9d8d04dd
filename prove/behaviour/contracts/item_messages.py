"""Messages about items: a scheduled run sends one for each item to a channel whose stated rate is far above that of runs."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from advisor.requirements.model import Subject
from advisor.vocabulary.schedule_expression import SCHEDULE, starts_per_s
from prove.behaviour.contracts.seeding import seeded
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.routes import CHANNELS, SCHEDULED_TIME, logical
from prove.behaviour.running.system import System

#: The items of a run, and the times of a run, of its repetition and of the next one.
ITEMS = ("item-1", "item-2", "item-3")
TIMES = ("2026-11-27T03:00:00Z", "2026-11-27T03:00:00Z", "2026-11-28T03:00:00Z")
#: How many messages for each start are about items, and not about the run.
MANY = 10
_RATES = ("rate_average_rps", "rate_peak_rps")
_SCHEDULED, _NIGHTLY = ("schedule", "('schedule',)"), "cron(0 2 * * ? *)"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield channels that get no message for each item, or of which the next run repeats the ids."""
    channels = channels_for_items(evidence)
    if not channels:
        return
    sent: list[dict[str, set[str]]] = []
    for time in TIMES:
        system = _seeded(evidence, time)
        start_at(system, time)
        system.settle()
        told = [one for one in system.cloud.told if one.channel in channels and not system.routes.people(one.channel)]
        found = defaultdict[str, set[str]](set)
        for one in told:
            found[one.channel].add(json.loads(one.text).get("id", ""))
        sent.append(found)
    for channel, (first, again, following) in {c: tuple(one[c] for one in sent) for c in sent[0]}.items():
        if len(first) < len(ITEMS):
            yield Problem("items-not-told", channel, f"Of {len(ITEMS)} items it gets the messages {sorted(first)}.")
        elif first != again:
            yield Problem("run-not-repeated", channel, f"A repeated run sends {sorted(first ^ again)[:3]} as well.")
        elif first & following:
            yield Problem(
                "run-taken-for-another", channel, f"The next run has the ids {sorted(first & following)[:3]}."
            )


def channels_for_items(evidence: Evidence) -> set[str]:
    """Return the channels that are stated to carry far more messages than their publishers start runs."""
    expected = {channel.id for channel in evidence.requirements.of_kind("channel") if _for_items(evidence, channel)}
    return {one.id for one in evidence.stack.of_type(*CHANNELS) if one.owner.node.partition(".")[0] in expected}


def _for_items(evidence: Evidence, channel: Subject) -> bool:
    """Return whether a channel is stated to carry more messages than its publishers, which schedules alone start, can start."""
    stated: dict[str, Any] = channel.answers
    components: list[dict[str, Any]] = [one.answers for one in evidence.requirements.of_kind("component")]
    publishers = [answers for answers in components if channel.id in answers.get("publishes", ())]
    if not publishers or any(str(answers.get("trigger")) not in _SCHEDULED for answers in publishers):
        return False
    if any(answers.get(name) for answers in publishers for name in _RATES):
        return False
    average, peak = (stated.get(name) for name in _RATES)
    starts = sum(starts_per_s(str(answers.get(SCHEDULE, _NIGHTLY))) for answers in publishers)
    return float(average or (peak or 0) / 10) >= MANY * starts


def _seeded(evidence: Evidence, time: str) -> System:
    """Return a system with the same items in each store before each run; objects come in the hour before it."""
    system, at = seeded(evidence, *ITEMS), datetime.fromisoformat(time).astimezone(UTC).replace(hour=2)
    for bucket in system.cloud.buckets.values():
        bucket.update({id: replace(stored, at=at) for id, stored in bucket.items()})
    return system


def start_at(system: System, time: str) -> None:
    """Have each schedule start its target at a time."""
    for schedule in system.evidence.stack.of_type("AWS::Scheduler::Schedule"):
        target: Any = schedule.properties["Target"]
        given = target.get("Input") or {}
        text = given if isinstance(given, str) else json.dumps(given)
        system.cloud.started.append((logical(target["Arn"]), json.loads(text.replace(SCHEDULED_TIME, time))))
