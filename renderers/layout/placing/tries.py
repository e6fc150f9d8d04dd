"""Layout candidates of a scene, and the choice of the most readable one.

How many are tried follows from the scene alone, never from a clock, so that the same design gives the same bytes.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import inf, log2

from renderers.layout.crossings import line_crossings
from renderers.layout.pages import A4, Page, text_scale
from renderers.layout.placement import Placement
from renderers.layout.routing.foreign import entered

#: What a point of the score is: one crossing. A line through a foreign border is never worth what is gained by it.
_FOREIGN, _BEND, _DETOUR, _OUT_OF_ORDER = 25.0, 0.12, 0.25, 0.3
#: So many pixels more than the shortest way cost as much as a crossing: a line around half the picture is hard to follow.
_AROUND = 400.0
#: Halving the size of the text on a page costs as much as so many crossings; a shape outside 1:2 to 3:1 is a last resort.
_HALVED_TEXT, _SHAPELESS = 14.0, 200.0
#: So many more crossings are worth it that what is added to a scene leaves the order of the rest.
IN_ORDER = 0.7
#: Up to so many crossings the first layout is kept: no other is looked for.
GOOD_ENOUGH = 1
#: Most work (links times items and frames) of a small scene, for which more is tried, and of one that is not so large that one layout has to do.
SMALL, MEDIUM = 1500, 3000
#: Most work of a scene for which each layout is tried, in rows and as it is: beyond it hardly any of the others reads better.
EVERY = 600


@dataclass(frozen=True, slots=True)
class Try:
    """One way to place a scene: options of the engine that differ from the usual ones.

    In an ordered one things of one layer keep the order in which the scene is read; in a banded one queues between members of
    a VPC stand beside it (`band`).
    """

    options: Mapping[str, str] = field(default_factory=dict)
    is_ordered: bool = False
    is_banded: bool = True

    @property
    def key(self) -> Hashable:
        """What tells it from other tries in a cache."""
        return (*self.options.items(), self.is_ordered, self.is_banded)


USUAL = Try()
#: For a page on which the text would be too small: things stand closer together.
CLOSE = Try(
    {
        "elk.layered.spacing.nodeNodeBetweenLayers": "20",
        "elk.layered.spacing.edgeNodeBetweenLayers": "12",
        "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
        "elk.spacing.nodeNode": "20",
        "elk.spacing.edgeNode": "14",
        "elk.spacing.edgeEdge": "12",
        "elk.spacing.componentComponent": "20",
    }
)
_PLACED = {"elk.layered.nodePlacement.strategy": "BRANDES_KOEPF"}
_SHORT = {"elk.layered.layering.strategy": "NETWORK_SIMPLEX", **_PLACED}
_ORDERED = {"elk.layered.crossingMinimization.semiInteractive": "true", "elk.layered.thoroughness": "8"}


def planned(work: int, first: Try = USUAL, *, is_trial: bool = False) -> tuple[tuple[Try, ...], ...]:
    """Return the layouts that are tried, given the size of the scene: in reading order, and freely where lines still cross.

    A trial is content with the first.
    """
    free = (first, Try({**first.options, **_SHORT}, is_banded=False))
    if work > MEDIUM:
        return (free,)
    ordered = tuple(Try({**first.options, **_ORDERED, **more}, is_ordered=True) for more in ({}, _SHORT))
    if is_trial:
        return (ordered[:1],)
    if work > EVERY:
        return ordered[:1], free
    return ordered, (*free, Try({**first.options, "elk.randomSeed": "3", **_PLACED}))


def score(placement: Placement, pages: Sequence[Page] = (A4,), size: tuple[float, float] | None = None) -> float:
    """Return how badly a routed placement reads on pages, in a picture of a size: 0 would be a picture of nothing."""
    bounds = placement.bounds()
    wide, tall = size or (bounds.w, bounds.h)
    shapeless = pages[0].h < inf and not 0.5 <= wide / max(tall, 1.0) <= 3.0
    bends = sum(max(0, len(points) - 2) for points in placement.routes.values())
    return (
        crossings(placement)
        + _FOREIGN * len(entered(placement))
        + _BEND * bends
        + _detours(placement)
        + _OUT_OF_ORDER * out_of_order(placement)
        - _HALVED_TEXT * log2(text_scale(wide, tall, pages))
        + _SHAPELESS * shapeless
    )


def crossings(placement: Placement) -> int:
    """Return how often lines cross."""
    return len(line_crossings(placement.routes))


def _detours(placement: Placement) -> float:
    """Return what the detours of lines cost: how many times longer each is than the shortest way, and by how much."""
    total = 0.0
    for points in placement.routes.values():
        length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))
        direct = abs(points[0][0] - points[-1][0]) + abs(points[0][1] - points[-1][1]) if points else 0.0
        if length > direct:
            total += _DETOUR * min(4.0, length / max(direct, 40.0) - 1.0) + (length - direct) / _AROUND
    return total


def out_of_order(placement: Placement) -> int:
    """Return the number of pairs of numbered lines from one element whose targets are in the opposite order of their steps."""
    leaving: dict[str, list[tuple[int, float]]] = {}
    for link in placement.scene.links:
        if link.step is not None:
            box = placement.end_box(link.target)
            leaving.setdefault(link.source, []).append(
                (link.step, box.cy if placement.direction == "right" else box.cx)
            )
    pairs = (pair for steps in leaving.values() for pair in combinations(sorted(steps), 2))
    return sum(first[0] < second[0] and first[1] > second[1] + 1 for first, second in pairs)
