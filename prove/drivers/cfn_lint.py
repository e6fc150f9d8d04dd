"""cfn-lint over many templates on all cores: jobs are paths, each line is a path and what is said about it."""

import json
import multiprocessing
import os
import sys
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


if __name__ == "__main__":
    jobs = json.load(sys.stdin)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for answer in pool.imap(findings, jobs, chunksize=1):
            print(json.dumps(answer), flush=True)
