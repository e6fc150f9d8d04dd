"""Compaction: moves placed, routed and labeled elements closer together, one axis at a time, and keeps their order.

A layered layout reserves space for the widest element of each layer, and a router leaves the space that it did not need.
"""

from renderers.layout.compacting.axis import Axis
from renderers.layout.compacting.distances import constraints
from renderers.layout.compacting.snapping import snap
from renderers.layout.compacting.solving import solve
from renderers.layout.placement import Placement

__all__ = ["compact"]

#: Where things stand beside each other after one pass they may pass each other in the next.
_PASSES = (0, 1, 0, 1)


def compact(placement: Placement) -> None:
    """Move everything as close together as its distances allow; lines keep their bends, straight ones stay straight."""
    for along in _PASSES:
        axis = Axis(placement, along)
        axis.move(solve(axis, constraints(axis)))
    snap(placement)
