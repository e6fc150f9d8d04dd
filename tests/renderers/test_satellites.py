"""A firewall stands at the entry that it protects, and a dead-letter queue at its queue, each with a short line."""

from dataclasses import replace
from itertools import pairwise

import pytest

from advisor.architecture import Architecture
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.picture import Box, Direction, Picture
from tests.renderers.samples import CLOUD, edge, group, node, text

VPC = group("vpc", "vpc", text("VPC"), "cloud")
DIRECTIONS: tuple[Direction, ...] = ("right", "down")


def picture(direction: Direction, entry: str, queue: str = "cloud") -> Picture:
    """A client calls an entry with a firewall, behind which a function in a VPC reads a queue and uses a store beyond."""
    nodes = (
        node("u.client", "client", text("Users"), kind="outside"),
        node("a.entry", "alb", text("Entry"), text("load balancer"), group=entry),
        replace(node("a.waf", "waf", text("AWS WAF"), text("web firewall"), group="cloud"), role="firewall"),
        node("a.compute", "lambda", text("Function"), group="vpc"),
        node("q.channel", "sqs", text("Queue"), group=queue),
        node("q.dlq", "dead-letter-queue", text("Dead-letter queue"), kind="part", group=queue),
        node("s.store", "dynamodb", text("Store"), group="cloud"),
    )
    edges = (
        edge("u.client", "request", "a.entry", text("HTTPS"), "sync", 1),
        edge("a.entry", "filter", "a.waf", text("filter"), "identity", 2),
        edge("a.entry", "invoke", "a.compute", text("invoke"), "sync", 3),
        edge("a.compute", "write", "s.store", text("write"), "data", 4),
        edge("q.channel", "consume", "a.compute", text("batches"), "async", 5),
        edge("q.channel", "dead-letter", "q.dlq", text("on failure"), "failure"),
    )
    return arrange(Architecture(nodes, edges, (CLOUD, VPC)), "Shop", direction=direction)


def boxes(drawn: Picture) -> dict[str, Box]:
    return {one.id: one.box for one in drawn.nodes}


def length(drawn: Picture, verb: str) -> float:
    points = next(line.points for line in drawn.lines if f">{verb}>" in line.id)
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("entry", ["cloud", "vpc"])
def test_the_pictures_are_sound(direction: Direction, entry: str) -> None:
    assert violations(picture(direction, entry)) == []


def test_a_firewall_stands_below_its_entry_or_in_a_picture_that_runs_down_beside_it() -> None:
    right, down = picture("right", "cloud"), picture("down", "cloud")
    assert boxes(right)["a.waf"].cx == boxes(right)["a.entry"].cx
    assert boxes(down)["a.waf"].cy == boxes(down)["a.entry"].cy
    assert length(right, "filter") < 60
    assert length(down, "filter") < 130


def test_a_firewall_stands_before_the_vpc_that_its_entry_is_in() -> None:
    drawn = picture("right", "vpc")
    vpc = next(one.box for one in drawn.groups if one.id == "vpc")
    assert boxes(drawn)["a.waf"].right < vpc.x
    assert length(drawn, "filter") < 200


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_dead_letter_queue_stands_at_the_queue_that_leads_into_a_vpc(direction: Direction) -> None:
    assert length(picture(direction, "cloud"), "dead-letter") < 130
