"""Siblings: what one element leads to in one layer, and the ways to exchange two of them that stand against their steps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from renderers.layout.nesting import holders
from renderers.layout.scene import Scene

Pair = tuple[str, str]


def siblings(scene: Scene, layers: Mapping[str, int], aside: Collection[str]) -> list[Pair]:
    """Return the pairs of targets of one element that share a layer, each in the order of their steps.

    `aside` has the links that are no part of the flow.
    """
    leaving: dict[str, dict[str, None]] = {}
    numbered = [(link.step, link) for link in scene.links if link.step is not None and link.id not in aside]
    for _, link in sorted(numbered, key=lambda each: each[0]):
        leaving.setdefault(link.source, {})[link.target] = None
    pairs = (pair for targets in leaving.values() for pair in combinations(targets, 2))
    return [(first, second) for first, second in pairs if layers[first] == layers[second]]


class Exchanges:
    """The ways to exchange two siblings: alone, with all that only they lead to, or with the borders around them."""

    def __init__(
        self, scene: Scene, leaves: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]],
        before: Mapping[str, Sequence[str]],
    ) -> None:  # fmt: skip
        parents = {frame.id: frame.parent for frame in scene.frames} | {item.id: item.parent for item in scene.items}
        self._homes = {id: [id, *holders(parent, parents)] for id, parent in parents.items()}
        self._leaves, self._after, self._before = leaves, after, before

    def of(self, pair: Pair, places: Mapping[str, int]) -> Iterator[dict[str, float]]:
        """Yield where everything is wanted with the first of a pair, which stands behind the second, before it."""
        first, second = pair
        away = places[first] - places[second]
        for ups, downs in self._groups(first, second):
            for up, down in ((away, away), (away + 0.5, 0.0), (0.0, away + 0.5)):
                wanted: dict[str, float] = dict(places)
                wanted |= {id: places[id] - up for id in ups} | {id: places[id] + down for id in downs}
                yield wanted

    def _groups(self, first: str, second: str) -> Iterator[tuple[Collection[str], Collection[str]]]:
        yield (first,), (second,)
        ways = (self._followers(first), self._followers(second))
        if not ways[0] & ways[1]:
            yield ways
        around = [self._homes[id] for id in (first, second)]
        tops = [[id for id in own if id not in other][-1:] for own, other in (around, around[::-1])]
        if all(tops) and [*tops[0], *tops[1]] != [first, second]:
            yield tuple(set(self._leaves.get(top[0], top)) for top in tops)  # type: ignore[misc]

    def _followers(self, id: str) -> set[str]:
        """Return an element with all that is reached only through it."""
        found = {id}
        todo = [id]
        while todo:
            for other in self._after.get(todo.pop(), ()):
                if other not in found and found.issuperset(self._before[other]):
                    found.add(other)
                    todo.append(other)
        return found
