"""checkov over many templates in one process: jobs are paths, each line a path and the checks that failed there."""

import json
import logging
import os
import sys
from typing import Any

logging.disable(logging.CRITICAL)
os.environ["LOG_LEVEL"] = "CRITICAL"

from checkov.cloudformation.runner import Runner
from checkov.runner_filter import RunnerFilter


def failures(paths: list[str]) -> tuple[dict[str, list[dict[str, str]]], int]:
    """Return the failed checks of every template, and how many passed in all."""
    found: dict[str, list[dict[str, str]]] = {path: [] for path in paths}
    report: Any = Runner().run(root_folder=None, files=paths, runner_filter=RunnerFilter(framework=["cloudformation"]))
    for one in report.failed_checks:
        type, _, id = one.resource.rpartition(".")
        row = {"rule": one.check_id, "place": id, "type": type, "message": one.check_name}
        found[os.path.abspath(one.file_abs_path)].append(row)
    return found, len(report.passed_checks)


if __name__ == "__main__":
    said, passed = failures(json.load(sys.stdin))
    for path, rows in said.items():
        print(json.dumps([path, rows]))
