"""Sweeps: the reading order of a scene, changed where fewer lines cross, with what one border holds together.

Two siblings against their steps cost as much as a crossing, and are exchanged where that costs less. Everything starts from
the reading order and knows no chance, so that two scenes which are nearly the same come out nearly the same.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from renderers.layout.placing.order import backward, beside, reading_order
from renderers.layout.placing.siblings import Exchanges, Pair, siblings
from renderers.layout.scene import Scene

_SWEEPS = 8
#: How often all siblings are looked at; each time fewer of them stand against their steps.
_ROUNDS = 3
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
    pairs = siblings(scene, layers, aside)

    def cost(places: Mapping[str, int]) -> int:
        return _crossings(places, layers, lines) + len(_against(pairs, places))

    places = tree.order({id: float(place) for id, place in start.items()})
    best = (cost(places), 0, places)
    for sweep in range(1, _SWEEPS + 1):
        sides = (before, after) if sweep > _SWEEPS - 2 else (before,) if sweep % 2 else (after,)
        places = tree.order({id: _middle(id, places, sides) for id in places})
        best = min(best, (cost(places), sweep, places), key=lambda each: each[:2])
    return _in_step_order(best[2], pairs, cost, tree, Exchanges(scene, tree.leaves, after, before))


def _against(pairs: Sequence[Pair], places: Mapping[str, int]) -> list[Pair]:
    """Return the siblings that stand against their steps."""
    return [pair for pair in pairs if places[pair[0]] > places[pair[1]]]


def _in_step_order(
    places: dict[str, int], pairs: Sequence[Pair], cost: Callable[[Mapping[str, int]], int], tree: "_Tree",
    exchanges: Exchanges,
) -> dict[str, int]:  # fmt: skip
    """Return places with siblings exchanged wherever that costs less: the first way that does is taken."""
    least = cost(places)
    for _ in range(_ROUNDS):
        before = least
        for pair in pairs:
            ways = exchanges.of(pair, places) if _against((pair,), places) else ()
            tried = ((cost(order), order) for order in map(tree.order, ways))
            least, places = next((each for each in tried if each[0] < least), (least, places))
        if least == before:
            break
    return places


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
