"""cfn-lint over many templates on all cores: jobs are paths, each line is a path and what is said about it."""

import multiprocessing
import os
from collections.abc import Iterator
from typing import Any

from cfnlint.api import ManualArgs, lint

REGION = os.environ["AWS_REGION"]


def findings(path: str) -> tuple[str, list[dict[str, str]]]:
    """Return what cfn-lint says about a template, warnings too."""
    with open(path, encoding="utf-8") as file:
        found = lint(file.read(), config=ManualArgs(regions=[REGION]))
    return path, [{"rule": one.rule.id, "place": _place(one), "message": one.message} for one in found]


def _place(match: Any) -> str:
    """Return where in the template something is wrong; what is no template at all has no places."""
    return "/".join(map(str, getattr(match, "path", None) or ()))


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Lint every template."""
    if len(paths) == 1:
        yield findings(paths[0])
        return
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        yield from pool.imap(findings, paths, chunksize=1)
