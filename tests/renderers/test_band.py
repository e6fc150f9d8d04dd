"""A queue between members of a VPC stands beside it, near both of them, and not behind a line around the VPC."""

from itertools import pairwise

import pytest

from advisor.architecture import Architecture
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.geometry import foreign_frames
from renderers.layout.measure import build
from renderers.layout.picture import Direction, Picture
from renderers.layout.placing.band import bands
from tests.renderers.samples import CLOUD, edge, group, node, text


def architecture(*, leaves: bool = False) -> Architecture:
    """Two services of a VPC with a queue between them; with `leaves`, somebody outside receives from it as well."""
    nodes = [
        node("users.client", "client", text("Users"), kind="outside"),
        node("shop.compute", "fargate", text("Shop"), group="private"),
        node("packing.compute", "fargate", text("Packing"), group="private"),
        node("sold.messaging", "sqs", text("Amazon SQS"), text("Sold items"), group="cloud"),
        node("sold.failed", "dead-letter-queue", text("Dead-letter queue"), group="cloud"),
        node("carts.store", "dynamodb", text("Amazon DynamoDB"), group="cloud"),
        *([node("mail.compute", "lambda", text("Mail"), group="cloud")] if leaves else []),
    ]
    edges = [
        edge("users.client", "call", "shop.compute", text("HTTPS"), step=1),
        edge("shop.compute", "send", "sold.messaging", text("send"), "async", 2),
        edge("packing.compute", "poll", "sold.messaging", text("poll"), "async", 3),
        edge("sold.messaging", "deliver", "packing.compute", text("batches"), "async", 4),
        edge("sold.messaging", "fail", "sold.failed", text("on failure"), "failure"),
        edge("packing.compute", "write", "carts.store", text("write"), "data", 5),
    ]
    if leaves:
        edges += [edge("sold.messaging", "deliver", "mail.compute", text("batches"), "async", 6),
                  edge("mail.compute", "write", "carts.store", text("write"), "data", 7)]  # fmt: skip
    vpc = group("vpc", "vpc", text("VPC"), "cloud")
    private = group("private", "private-subnet", text("Private subnets"), "vpc")
    return Architecture(tuple(nodes), tuple(edges), (CLOUD, vpc, private))


def _way(picture: Picture, id: str) -> float:
    points = next(line.points for line in picture.lines if line.id == id)
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


@pytest.mark.parametrize("direction", ["right", "down"])
def test_a_queue_between_members_of_a_vpc_stands_beside_it_with_its_dead_letters(direction: Direction) -> None:
    picture = arrange(architecture(), "Shop", direction=direction)
    assert violations(picture) == []
    assert list(foreign_frames(picture)) == []
    boxes = {one.id: one.box for one in picture.nodes}
    vpc = next(one.box for one in picture.groups if one.id == "vpc")
    queue, failed = boxes["sold.messaging"], boxes["sold.failed"]
    along, across = ("x", "y") if direction == "right" else ("y", "x")
    first, last = (getattr(boxes[id], along) for id in ("shop.compute", "packing.compute"))
    assert first < getattr(queue, along) < last
    assert not vpc.overlaps(queue)
    assert (getattr(queue, across) < getattr(vpc, across)) == (getattr(failed, across) < getattr(vpc, across))
    assert _way(picture, "shop.compute>send>sold.messaging") < vpc.w + vpc.h


def test_what_also_leads_elsewhere_is_laid_out_as_ever() -> None:
    assert [sorted(band.inside) for band in bands(build(architecture(), "en", "right"))] == [
        ["sold.failed", "sold.messaging"]
    ]
    assert bands(build(architecture(leaves=True), "en", "right")) == ()
