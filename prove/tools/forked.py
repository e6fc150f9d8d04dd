"""Maps a function over items in a process for each processor, for items that cannot be pickled fast."""

import os
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def mapped(function: Callable[[Item], Outcome], items: Sequence[Item]) -> list[Outcome]:
    """Return the outcome of each item, in their order; outcomes are pickled, items and the function are not."""
    if len(items) < 2:
        return [function(item) for item in items]
    with get_context("fork").Pool(os.cpu_count(), _Worker.begin, (function, items)) as pool:
        return pool.map(_Worker.outcome, range(len(items)), chunksize=1)


class _Worker:
    """What a process of the pool has in common with its parent, and no task carries."""

    function: Callable[[Any], Any]
    items: Sequence[Any]

    @classmethod
    def begin(cls, function: Callable[[Any], Any], items: Sequence[Any]) -> None:
        cls.function, cls.items = staticmethod(function), items

    @classmethod
    def outcome(cls, number: int) -> Any:
        return cls.function(cls.items[number])
