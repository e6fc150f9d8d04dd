"""Reads settings of nodes: the value of the design, or the default defined here."""

import re
from collections.abc import Mapping

from advisor.architecture import Node, Value

#: What a Kubernetes control plane logs: all that EKS offers.
CONTROL_PLANE_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")
#: Used where a design does not say. Units are in the keys.
DEFAULTS: Mapping[str, Value] = {
    "timeout_s": 30,
    "memory_mib": 512,
    "disk_mib": 512,
    "visibility_timeout_s": 180,
    "max_receive_count": 3,
    "retention_s": 345600,
    "delay_s": 0,
    "kept_s": 0,
    "calls_per_s": 0,
    "call_age_s": 3600,
    "batch_size": 10,
    "batch_window_s": 1,
    "cpu_units": 512,
    "task_memory_mib": 1024,
    "desired_count": 2,
    "most_tasks": 0,
    "wake_s": 0,
    "peak_wait_s": 0,
    "requests_per_task": 0,
    "requests_at_once": 8,
    "messages_per_task": 1,
    "backlog_per_task": 0,
    "cpu_percent": 60,
    "stickiness_s": 0,
    "protected_s": 0,
    "run": "job",
    "engine": "fargate",
    "os": "linux",
    "schedule": "cron(0 2 * * ? *)",
    "time_zone": "UTC",
    "throttle_rate": 50,
    "throttle_burst": 100,
    "requests_per_address": 2000,
    "retry_attempts": 3,
    "steps_before_approval": 0,
    "retry_interval_s": 30,
    "retry_backoff": 2.0,
    "shards": 1,
    "warm_writes": 0,
    "warm_reads": 0,
    "parallel_items": 0,
    "item_bytes": 0,
    "jobs_at_once": 1,
    "map_items": 0,
    "map_concurrency": 0,
    "authentication": "none",
    "log_retention_days": 30,
    "idle_timeout_s": 60,
    "approval_s": 604800,
    "callback_s": 604800,
    "poll_interval_s": 10,
    "poll_within_s": 300,
    "start_retries": 3,
    "start_age_s": 3600,
    "max_concurrency": 0,
    "parallelization": 1,
    "variant": "",
    "least_capacity_acu": 0,
    "least_capacity_ocu": 1,
    "most_capacity_acu": 4,
}


def scales_to_zero(node: Node) -> bool:
    """Return whether a worker has no task while its queue is empty."""
    return word(node, "run") == "worker" and not number(node, "desired_count")


#: What a loop may take beside one run: it waits for messages, and deletes or releases them.
_BESIDE_A_RUN_S, LEAST_HUNG_S = 120, 300


def hung_s(node: Node) -> int:
    """Return after how many seconds without a new run a worker is taken for hung: its longest run, with time to spare."""
    return max(LEAST_HUNG_S, number(node, "timeout_s") + _BESIDE_A_RUN_S)


#: How long any API can wait for its integration; an HTTP API one second more.
MOST_WAITED_S = 29


def number(node: Node, key: str) -> int:
    """Return a setting as an integer."""
    return int(float(str(_read(node, key))))


def decimal(node: Node, key: str) -> float:
    """Return a setting as a floating-point number."""
    return float(str(_read(node, key)))


def word(node: Node, key: str) -> str:
    """Return a setting as text."""
    return str(_read(node, key))


def flag(node: Node, key: str) -> bool:
    """Return whether a setting is true; a missing one is false."""
    return bool(node.settings.get(key, False))


def schedule(node: Node) -> str:
    """Return a schedule expression: the stated one, or every night at two."""
    stated = str(_read(node, "schedule"))
    return stated if re.match(r"(cron|rate|at)\(", stated) else str(DEFAULTS["schedule"])


def by_hand(node: Node) -> bool:
    """Return whether an operator, a pipeline or another system starts a program on demand."""
    trigger = node.settings.get("trigger", ())
    return "on-demand" in (trigger if isinstance(trigger, tuple) else (trigger,))


def _read(node: Node, key: str) -> Value:
    stated = node.settings.get(key)
    return DEFAULTS[key] if stated is None else stated
