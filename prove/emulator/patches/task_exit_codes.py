"""`ecs:runTask.sync` waits for as long as the task runs, and fails when a container leaves with another code than 0.

The emulator asks a fixed number of times, and lets the state machine go on whatever came of the task.
"""

import json
import time
from typing import Any

from ministack.services import ecs, stepfunctions

from prove.emulator.patches.types import upper_camel

EVERY_S = 0.2


def _failed(task: dict[str, Any]) -> bool:
    codes = [container.get("exitCode") for container in task.get("containers", ())]
    return task.get("stopCode") == "TaskFailedToStart" or any(code not in (0, "0") for code in codes)


def _wait(cluster: str, arns: list[str]) -> dict[str, Any]:
    while True:
        found: dict[str, Any] = json.loads(ecs._describe_tasks({"cluster": cluster, "tasks": arns})[2])
        tasks = found.get("tasks", ())
        if tasks and all(task.get("lastStatus") == "STOPPED" for task in tasks):
            return found
        time.sleep(EVERY_S)


def install() -> None:
    """Look at the tasks before the state machine does."""

    def checked(cluster: str, arns: list[str]) -> dict[str, Any]:
        found = _wait(cluster, arns)
        for task in found["tasks"]:
            if _failed(task):
                raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(upper_camel(task), default=str))
        return found

    stepfunctions._poll_ecs_tasks = checked
