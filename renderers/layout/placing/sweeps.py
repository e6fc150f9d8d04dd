"""Sweeps: the reading order of a scene, changed where fewer lines cross, with what one border holds together.

They start from the reading order and know no chance, so that two scenes which are nearly the same come out nearly the same.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from renderers.layout.placing.order import backward, beside, reading_order
from renderers.layout.scene import Scene

_SWEEPS = 8
#: How much a thing is drawn to where it stood before.
_STAY = 0.3
Line = tuple[str, str]


def swept_order(scene: Scene) -> dict[str, int]:
    """Return the place of each item and frame, of one layer and across layers; the best of some sweeps."""
    against, aside = backward(scene), beside(scene)
    lines = [
        (link.target, link.source) if link.id in against else (link.source, link.target)
        for link in scene.links
        if link.id not in aside
    ]
    start = reading_order(scene)
    tree = _Tree(scene)
    layers = _layers(start, lines)
    before, after = _neighbours(lines)
    places = tree.order({id: float(place) for id, place in start.items()})
    best = (_crossings(places, layers, lines), 0, places)
    for sweep in range(1, _SWEEPS + 1):
        sides = (before, after) if sweep > _SWEEPS - 2 else (before,) if sweep % 2 else (after,)
        places = tree.order({id: _middle(id, places, sides) for id in places})
        best = min(best, (_crossings(places, layers, lines), sweep, places), key=lambda each: each[:2])
    return best[2]


class _Tree:
    """The content of each border, within which frames and ends of lines are ordered."""

    def __init__(self, scene: Scene) -> None:
        frames = [frame.id for frame in scene.frames]
        self.inside: dict[str | None, list[str]] = {None: [], **{id: [] for id in frames}}
        homes = [(frame.id, frame.parent) for frame in scene.frames] + [(item.id, item.parent) for item in scene.items]
        for id, parent in homes:
            self.inside[parent].append(id)
        self.leaves: dict[str, list[str]] = {}
        for id in reversed(frames):
            self.leaves[id] = [leaf for each in self.inside[id] for leaf in self.leaves.get(each, [each])]

    def order(self, wanted: Mapping[str, float]) -> dict[str, int]:
        """Return the places of all items and frames where each border has its things as near as can be to where they are wanted."""

        def middle(id: str) -> float:
            leaves = self.leaves.get(id, [id])
            return sum(wanted[leaf] for leaf in leaves) / max(1, len(leaves))

        found: list[str] = []
        todo: list[str] = sorted(self.inside[None], key=middle, reverse=True)
        while todo:
            at = todo.pop()
            found.append(at)
            todo += sorted(self.inside.get(at, ()), key=middle, reverse=True)
        return {id: place for place, id in enumerate(found)}


def _layers(ids: Mapping[str, int], lines: Sequence[Line]) -> dict[str, int]:
    """Return how many lines at most lead to each end."""
    layers = dict.fromkeys(ids, 0)
    for _ in layers:
        moved = False
        for source, target in lines:
            if layers[target] <= layers[source]:
                layers[target], moved = layers[source] + 1, True
        if not moved:
            break
    return layers


def _neighbours(lines: Sequence[Line]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for source, target in lines:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    return before, after


def _middle(id: str, places: Mapping[str, int], sides: Sequence[Mapping[str, Sequence[str]]]) -> float:
    """Return where a thing is wanted: between its neighbors, and near where it is."""
    near = [places[other] for side in sides for other in side.get(id, ())]
    return (sum(near) / len(near) + _STAY * places[id]) / (1 + _STAY) if near else float(places[id])


def _crossings(places: Mapping[str, int], layers: Mapping[str, int], lines: Sequence[Line]) -> int:
    """Count the straight lines between layers that cross."""
    spans = []
    for source, target in lines:
        start, length = layers[source], layers[target] - layers[source]
        spans.append((start, layers[target], places[source], (places[target] - places[source]) / length))
    found = 0
    for (start, end, place, slope), (other_start, other_end, other_place, other_slope) in combinations(spans, 2):
        low, high = max(start, other_start), min(end, other_end)
        if low < high:
            left = place + slope * (low - start) - other_place - other_slope * (low - other_start)
            right = place + slope * (high - start) - other_place - other_slope * (high - other_start)
            found += left * right < 0
    return found
