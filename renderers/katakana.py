"""Where a compound of katakana may be divided: between its words, as far as they are known."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

#: The fewest letters of an unknown word: fewer between known words are part of one of them.
_FEWEST = 3
#: What an unknown word costs beyond its letters. A known word costs 1, a short one, which may be part of another, 2.
_UNKNOWN = 2
_SHORT = 2


@cache
def _words() -> frozenset[str]:
    """Return the words of which the compounds in the product's own texts consist, and a few of business that users write."""
    return frozenset(files("renderers").joinpath("katakana_words.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound: the places between its words, and those within words that are not known."""

    between: frozenset[int]
    unknown: frozenset[int]


@lru_cache(maxsize=1024)
def divided(compound: str) -> Compound:
    """Divide a compound so that known words cover most of it, and few are needed."""
    best: list[tuple[int, int] | None] = [(0, 0)]
    for end in range(1, len(compound) + 1):
        costs = ((before, start, _cost(compound, start, end)) for start, before in enumerate(best))
        best.append(min(((before[0] + cost, start) for before, start, cost in costs if before and cost), default=None))
    starts: list[int] = []
    at = len(compound)
    while at > 0:
        reached = best[at]
        at = reached[1] if reached else 0
        starts.insert(0, at)
    unknown = [
        at
        for start, end in zip(starts, (*starts[1:], len(compound)), strict=True)
        if compound[start:end] not in _words()
        for at in range(start + 1, end)
    ]
    return Compound(frozenset(starts[1:]), frozenset(unknown))


def _cost(compound: str, start: int, end: int) -> int:
    """Return what a word of a compound costs, or 0 where none can be."""
    if compound[start:end] in _words():
        return 1 if end - start > _SHORT else 2
    return _UNKNOWN + end - start if end - start >= _FEWEST else 0
