"""statelint over many state machines: jobs are paths, each line is a path and its problems."""

from collections.abc import Iterator

from statelint.linter import Linter


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Lint every state machine."""
    for path in paths:
        yield path, [{"rule": "statelint", "place": "", "message": problem} for problem in Linter.validate(path)]
