"""statelint over many state machines: jobs are paths, each line is a path and its problems."""

from collections.abc import Iterator

from statelint.linter import Linter

#: A field of the state language that statelint does not know:
#: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html (read 2026-11-30).
_KNOWN = 'Field "WriterConfig" not allowed in'


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Lint every state machine."""
    for path in paths:
        problems = (problem for problem in Linter.validate(path) if not problem.startswith(_KNOWN))
        yield path, [{"rule": "statelint", "place": "", "message": problem} for problem in problems]
