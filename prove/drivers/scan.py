"""checkov over many templates in one process: jobs are paths, each line a path and the checks that failed there."""

import json
import logging
import os
import sys
from typing import Any

from checkov.cloudformation.runner import Runner
from checkov.runner_filter import RunnerFilter

FRAMEWORK = "cloudformation"


def failures(paths: list[str]) -> dict[str, list[dict[str, str]]]:
    """Return the failed checks of every template."""
    found: dict[str, list[dict[str, str]]] = {path: [] for path in paths}
    report: Any = Runner().run(root_folder=None, files=paths, runner_filter=RunnerFilter(framework=[FRAMEWORK]))
    for one in report.failed_checks:
        type, _, id = one.resource.rpartition(".")
        row = {"rule": one.check_id, "place": id, "type": type, "message": one.check_name}
        found[os.path.abspath(one.file_abs_path)].append(row)
    return found


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    for template, rows in failures(json.load(sys.stdin)).items():
        print(json.dumps([template, rows]))
