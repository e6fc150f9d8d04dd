"""Runs of tiers: in parallel, each after its dependencies, with results in the order of the tiers."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from prove.projects import Project
from prove.results import Finding, Result
from prove.run import prove
from prove.tiers import ALL, TIERS, Tier


@dataclass(frozen=True, slots=True)
class Fake(Tier):
    """A tier that records when it starts and ends."""

    events: list[str] = field(default_factory=list)

    def run(self, projects: Sequence[Project]) -> Iterator[Result]:
        """Record the start, wait, record the end, and yield a finding."""
        self.events.append(f"{self.id} begins")
        time.sleep(self.seconds)
        self.events.append(f"{self.id} ends")
        yield Result(
            self.id, "a", "sam", seconds=0.0, findings=(Finding(self.id, "a", "sam", place="place", message="message"),)
        )


def test_a_tier_starts_after_its_dependencies() -> None:
    events: list[str] = []
    long = Fake("long", "", ALL, 0.4, events=events)
    short = Fake("short", "", ALL, 0.1, events=events)
    last = Fake("last", "", ALL, 0.1, after=("short", "not asked for"), events=events)
    run = prove([long, short, last], [])
    assert events == ["long begins", "short begins", "short ends", "last begins", "last ends", "long ends"]
    assert [result.tier for result in run.results] == ["long", "short", "last"]
    assert [wall_time.tier for wall_time in run.wall_times] == ["long", "short", "last"]
    assert not run.passed


def test_no_more_than_two_run_at_once() -> None:
    events: list[str] = []
    prove([Fake(name, "", ALL, 0.1, events=events) for name in "abc"], [])
    assert events.index("c begins") > min(events.index("a ends"), events.index("b ends"))


def test_tiers_depend_on_earlier_ones_and_live_tiers_on_each_other() -> None:
    order = [tier.id for tier in TIERS]
    for number, tier in enumerate(TIERS):
        assert set(tier.after) <= set(order[:number]), tier.id
    live = order[order.index("deploy") :]
    after = {tier.id: tier.after for tier in TIERS}
    assert all(before in after[following] for before, following in pairwise(live))


@pytest.mark.parametrize(("reader", "read"), [("security", "synth"), ("equality", "build"), ("deploy", "build")])
def test_a_tier_that_reads_output_depends_on_its_tier(reader: str, read: str) -> None:
    (reading_tier,) = (tier for tier in TIERS if tier.id == reader)
    assert read in reading_tier.after
