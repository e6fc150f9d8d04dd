"""cfn-lint over many templates on all cores: jobs are paths, each line is a path and what is said about it."""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

from cfnlint.config import ConfigMixIn, ManualArgs
from cfnlint.decode.decode import decode_str
from cfnlint.runner import Runner

REGION = os.environ["AWS_REGION"]


@cache
def _linter() -> Runner:
    """One for all templates, as for the command: to load its rules takes as long as to lint by them."""
    return Runner(ConfigMixIn(**ManualArgs(regions=[REGION])))


def findings(path: str) -> tuple[str, list[dict[str, str]]]:
    """Return what cfn-lint says about a template, warnings too."""
    with open(path, encoding="utf-8") as file:
        tree, wrong = decode_str(file.read())
    found = wrong or _linter().validate_template(tree)
    return path, [{"rule": one.rule.id, "place": _place(one), "message": one.message} for one in found]


def _place(match: Any) -> str:
    """Return where in the template something is wrong; what is no template at all has no places."""
    return "/".join(map(str, getattr(match, "path", None) or ()))


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Lint every template."""
    if len(paths) == 1:
        yield findings(paths[0])
        return
    _linter()
    gc.freeze()  # what is loaded by now is no process's to free
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        yield from pool.imap(findings, paths, chunksize=1)
