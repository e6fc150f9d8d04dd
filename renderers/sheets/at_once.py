"""Several pictures at once: while one waits for the layout engine, another is finished here."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
#: One picture that is finished here, one in the layout engine, and one that waits for it.
_MOST = 3


def at_once(work: Callable[[Given], Result], of: Iterable[Given]) -> list[Result]:
    """Return the results of some work in the order of what it is for; none of it may depend on another.

    Raises what the first work that fails raises.
    """
    given = list(of)
    if len(given) < 2:
        return [work(each) for each in given]
    with ThreadPoolExecutor(min(_MOST, len(given))) as pool:
        return list(pool.map(work, given))
