"""How tiers are run: beside each other, each after what it needs, with what they find in their own order."""

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
    """A tier that takes a while and tells when it began and ended."""

    told: list[str] = field(default_factory=list)

    def run(self, projects: Sequence[Project]) -> Iterator[Result]:
        """Tell, wait, and find something, or break."""
        self.told.append(f"{self.id} begins")
        time.sleep(self.seconds)
        self.told.append(f"{self.id} ends")
        yield Result(
            self.id, "a", "sam", seconds=0.0, findings=(Finding(self.id, "a", "sam", place="place", message="message"),)
        )


def test_a_tier_begins_when_those_that_it_comes_after_have_ended() -> None:
    told: list[str] = []
    long = Fake("long", "", ALL, 0.4, told=told)
    short = Fake("short", "", ALL, 0.1, told=told)
    last = Fake("last", "", ALL, 0.1, after=("short", "not asked for"), told=told)
    run = prove([long, short, last], [])
    assert told == ["long begins", "short begins", "short ends", "last begins", "last ends", "long ends"]
    assert [one.tier for one in run.results] == ["long", "short", "last"]
    assert [wall.tier for wall in run.walls] == ["long", "short", "last"]
    assert not run.passed


def test_no_more_than_two_run_at_once() -> None:
    told: list[str] = []
    prove([Fake(name, "", ALL, 0.1, told=told) for name in "abc"], [])
    assert told.index("c begins") > min(told.index("a ends"), told.index("b ends"))


def test_every_tier_comes_after_earlier_ones_and_live_ones_after_each_other() -> None:
    order = [tier.id for tier in TIERS]
    for number, tier in enumerate(TIERS):
        assert set(tier.after) <= set(order[:number]), tier.id
    live = order[order.index("deploy") :]
    after = {tier.id: tier.after for tier in TIERS}
    assert all(before in after[one] for before, one in pairwise(live))


@pytest.mark.parametrize(("reader", "read"), [("security", "synth"), ("equality", "build"), ("deploy", "build")])
def test_what_reads_the_work_of_a_tier_comes_after_it(reader: str, read: str) -> None:
    (found,) = (tier for tier in TIERS if tier.id == reader)
    assert read in found.after
