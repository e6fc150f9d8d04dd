"""cfn-lint over many templates on all cores: jobs are paths, each line is a path and its matches."""

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
#: AWS's own rules for serverless applications, a package beside cfn-lint.
SERVERLESS_RULES = "cfn_lint_serverless.rules"


@cache
def _linter() -> Runner:
    """Return one runner for all templates, as the command does: loading the rules takes as long as linting."""
    return Runner(ConfigMixIn(**ManualArgs(regions=[REGION], append_rules=[SERVERLESS_RULES])))


def findings(path: str) -> tuple[str, list[dict[str, str]]]:
    """Return the matches of cfn-lint in a template, warnings included."""
    with open(path, encoding="utf-8") as file:
        tree, wrong = decode_str(file.read())
    matches = wrong or _linter().validate_template(tree)
    return path, [{"rule": match.rule.id, "place": _place(match), "message": match.message} for match in matches]


def _place(match: Any) -> str:
    """Return the path of a match in the template; a file that is no template has no paths."""
    return "/".join(map(str, getattr(match, "path", None) or ()))


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Lint every template."""
    if len(paths) == 1:
        yield findings(paths[0])
        return
    _linter()
    gc.freeze()  # the loaded rules are shared by the forked processes
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        yield from pool.imap(findings, paths, chunksize=1)
