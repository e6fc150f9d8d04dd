"""`ecs:runTask.sync` waits while the task runs, and fails when a container exits with a code other than 0.

The emulator polls a fixed number of times, and continues the state machine regardless of the result.
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
        description: dict[str, Any] = json.loads(ecs._describe_tasks({"cluster": cluster, "tasks": arns})[2])
        tasks = description.get("tasks", ())
        if tasks and all(task.get("lastStatus") == "STOPPED" for task in tasks):
            return description
        time.sleep(EVERY_S)


def install() -> None:
    """Poll the tasks in place of the state machine."""

    def checked(cluster: str, arns: list[str]) -> dict[str, Any]:
        description = _wait(cluster, arns)
        for task in description["tasks"]:
            if _failed(task):
                raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(upper_camel(task), default=str))
        return description

    stepfunctions._poll_ecs_tasks = checked
