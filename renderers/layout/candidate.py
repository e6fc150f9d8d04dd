"""A layout that may become the picture, and the layouts of scenes that were drawn before."""

from collections.abc import Mapping
from typing import NamedTuple

from renderers.layout.bounded_cache import BoundedCache
from renderers.layout.picture import Box
from renderers.layout.placement import Placement

#: How many tries are kept, each with its candidates: those of some twenty pictures.
_MOST = 128


class Candidate(NamedTuple):
    """A placement with its lines, and the places that its tags had before lines between rows were drawn.

    `is_apart` marks one whose flows were laid out alone.
    """

    placement: Placement
    tags: Mapping[str, Box]
    is_apart: bool = False

    def copy(self) -> "Candidate":
        """Return a candidate that can be finished, moved and labeled without changing this one."""
        return Candidate(self.placement.copy(), dict(self.tags), self.is_apart)


#: The candidates of a try, and whether what has no lines may still be placed at any depth.
KEPT: BoundedCache[tuple[tuple[Candidate, ...], bool]] = BoundedCache(_MOST)
