"""Borders inside borders: those that hold a part, by the parent of each border."""

from collections.abc import Iterator, Mapping


def holders(group: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    """Yield a group and those that hold it, the innermost first; `parents` has every group, the outermost without one."""
    seen: set[str] = set()
    while group is not None and group in parents and group not in seen:
        yield group
        seen.add(group)
        group = parents[group]
