"""Settings derived from the answers: timeouts, memory, task sizes, queues. Units are in the keys.

Sources: AWS's "visibility timeout at least six times the function timeout" (docs.aws.amazon.com/lambda/latest/dg/
services-sqs-configure.html) and Fargate's table of vCPU and memory pairs (docs.aws.amazon.com/AmazonECS/latest/
developerguide/fargate-tasks-services.html), both read 2026-11-25.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from advisor.architecture import Value

LAMBDA_TIMEOUT_S = 900
LAMBDA_MEMORY_MIB = (128, 10240)
VISIBILITY_FACTOR = 6
FARGATE_PAIRS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (256, (512, 1024, 2048)),
    (512, tuple(range(1024, 4097, 1024))),
    (1024, tuple(range(2048, 8193, 1024))),
    (2048, tuple(range(4096, 16385, 1024))),
    (4096, tuple(range(8192, 30721, 1024))),
    (8192, tuple(range(16384, 61441, 4096))),
    (16384, tuple(range(32768, 122881, 8192))),
)
Values = Mapping[str, Any]


def function_timeout_s(values: Values) -> int:
    """Return a function's timeout: a fifth above the longest run, at least 10 s, at most what Lambda allows."""
    wanted: int = max(10, math.ceil(float(values["longest_run_s"]) * 1.2))
    if values["trigger"] == "request":
        wanted = min(wanted, max(29, math.ceil(float(values["longest_run_s"]))))
    return min(LAMBDA_TIMEOUT_S, wanted)


def function_memory_mib(values: Values) -> int:
    """Return a function's memory: what one run needs, within Lambda's bounds."""
    low, high = LAMBDA_MEMORY_MIB
    return min(high, max(low, math.ceil(float(values["memory_mib"]))))


def task_size(values: Values) -> tuple[int, int]:
    """Return the smallest Fargate pair (CPU units, MiB) that holds the work; the largest when none does."""
    cpu, memory = values["vcpu"] * 1024, values["memory_mib"]
    for units, sizes in FARGATE_PAIRS:
        for size in sizes:
            if units >= cpu and size >= memory:
                return units, size
    return FARGATE_PAIRS[-1][0], FARGATE_PAIRS[-1][1][-1]


def visibility_timeout_s(function_timeout: int) -> int:
    """Return a queue's visibility timeout for a consumer with this timeout (at most SQS's 12 hours)."""
    return min(43200, max(30, VISIBILITY_FACTOR * function_timeout))


def run_kind(values: Values) -> str:
    """Return how a container runs: service (answers callers), worker (always on or polls), cronjob or job."""
    trigger = values["trigger"]
    if trigger == "request":
        return "service"
    if trigger in ("always-on", "message", "stream"):
        return "worker"
    return "cronjob" if trigger == "schedule" and values.get("compute") == "eks" else "job"


def time_zone(region: str) -> str:
    """Return the time zone in which a Region's users think of a schedule."""
    zones = {"ap-northeast-1": "Asia/Tokyo", "ap-northeast-3": "Asia/Tokyo"}
    return zones.get(region, "UTC")


def _lambda(values: Values) -> dict[str, Value]:
    return {
        "timeout_s": function_timeout_s(values),
        "memory_mib": function_memory_mib(values),
        "disk_mib": min(10240, max(512, math.ceil(values["disk_mib"]))),
        "image": values["packaging"] == "container-image",
        **_work(values),
    }


def _container(values: Values) -> dict[str, Value]:
    cpu, memory = task_size(values)
    kind = run_kind(values)
    return {
        "cpu_units": cpu,
        "task_memory_mib": memory,
        "vcpu": values["vcpu"],
        "memory_mib": math.ceil(values["memory_mib"]),
        "disk_mib": math.ceil(values["disk_mib"]),
        "desired_count": 2 if kind in ("service", "worker") else 0,
        "timeout_s": math.ceil(values["longest_run_s"] * 1.2),
        "run": kind,
        "engine": str(values.get("engine") or values.get("compute")),
        **_work(values),
    }


_WORK = ("trigger", "os", "gpu", "privileged", "pod_access", "exposure", "language", "shape")


def _work(values: Values) -> dict[str, Value]:
    found: dict[str, Value] = {key: values[key] for key in _WORK if key in values}
    if values["trigger"] == "schedule":
        found["schedule"] = values["schedule_expression"]
    return found


def _entry(values: Values) -> dict[str, Value]:
    peak = values["rate_peak_rps"]
    return {
        "caching": values["caching"],
        "validation": values["validation"],
        "throttling": values["throttling"],
        "throttle_rate": max(10, math.ceil(peak * 2)),
        "throttle_burst": max(20, math.ceil(peak * 4)),
        "api_keys": values["api_keys"],
        "private": values["exposure"] == "private",
        "authentication": values["authentication"],
        "protocol": values["protocol"],
        "streaming": values["streaming"],
        "timeout_s": min(29, max(1, math.ceil(values["response_s"]))),
    }


def _schedule(values: Values) -> dict[str, Value]:
    return {"schedule": values["schedule_expression"], "time_zone": time_zone(values["workload.region"])}


def _workflow(values: Values) -> dict[str, Value]:
    return {
        "retry_attempts": 3,
        "retry_interval_s": 30,
        "retry_backoff": 2.0,
        "timeout_s": math.ceil(values["longest_run_s"] * 4 + (7 * 86400 if values["human_approval"] else 0)),
        "parallel_items": int(values["parallel_items"]),
        "human_approval": values["human_approval"],
    }


def _messaging(values: Values) -> dict[str, Value]:
    found: dict[str, Value] = {
        "max_receive_count": 3,
        "retention_s": int(values.get("retention_s") or 345600),
        "delay_s": int(values.get("delay_s") or 0),
        "message_bytes": int(values["message_bytes"]),
        "replay": values["replay"],
        "routing": values["routing"],
        "ordering": values["ordering"],
        "shards": max(1, math.ceil(values["rate_peak_rps"] * values["message_bytes"] / 2**20)),
    }
    return found


def _queue(values: Values) -> dict[str, Value]:
    timeout = math.ceil(float(values["longest_run_s"]))
    return {"max_receive_count": 3, "retention_s": 345600, "visibility_timeout_s": visibility_timeout_s(timeout)}


def _store(values: Values) -> dict[str, Value]:
    return {
        "access": values["access"],
        "stream": values["change_listened"],
        "multi_region": values["multi_region"],
        "consistency": values["consistency"],
        "retained": True,
    }


_BY_ROLE: dict[str, Callable[[Values], dict[str, Value]]] = {
    "entry": _entry,
    "schedule": _schedule,
    "workflow": _workflow,
    "messaging": _messaging,
    "buffer": _messaging,
    "queue": _queue,
    "store": _store,
}


def settings(role: str, service: str, values: Values) -> dict[str, Value]:
    """Return the settings of the node that fills a role, from what is known about its subject."""
    if role == "compute":
        return _lambda(values) if service.startswith("lambda") else _container(values)
    make = _BY_ROLE.get(role)
    return make(values) if make else {}
