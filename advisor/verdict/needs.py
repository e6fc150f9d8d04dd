"""Facts that depend on the roles decided so far: which further roles a component or a store needs."""

from collections.abc import Mapping
from typing import Any

from advisor.requirements.starts import starts

# Numbers above which an answer alone makes a workflow needed; below, they are nothing to coordinate.
WORKFLOW_ABOVE = {"steps": 1.0, "parallel_items": 0.0}
# Services that run a function, which is an image where its package is too large.
_FUNCTIONS = ("lambda", "lambda-durable", "lambda-managed-instances")


def derive(kind: str, values: dict[str, Any]) -> None:
    """Add, in place, the facts that depend on roles decided so far."""
    if kind == "component":
        _derive_component(values)
    elif kind == "store":
        bursts = values.get("store") == "rds" and "lambda" in values["user_computes"]
        values["needs_proxy"] = bursts or bool(values.get("connection_pool"))


def is_coordinated(values: Mapping[str, Any]) -> bool:
    """Return whether answers alone, on whatever it runs, make work need a workflow."""
    coordinated = any(values[flag] for flag in ("human_approval", "compensation", "waits_long"))
    return coordinated or any(values[number] > most for number, most in WORKFLOW_ABOVE.items())


def _derive_component(values: dict[str, Any]) -> None:
    compute = values.get("compute")
    needs_flow = is_coordinated(values) or (values["one_task_each"] and compute == "ecs")
    unheard = starts(values, "event") and values["listens_kind"] != "channel"
    started = unheard or starts(values, "schedule")
    handled = started and (values["retries"] or compute in ("ecs", "batch"))
    # A job reads no messages: a pipe takes each from its queue and starts the workflow that submits the job.
    submitted = starts(values, "message") and compute == "batch"
    # On Kubernetes and on bare instances the steps are the application's own.
    values["needs_workflow"] = compute not in (None, "none", "eks", "ec2") and bool(needs_flow or handled or submitted)
    # Without a program, the calls are the workflow.
    calls = values["calls_only"] or values["steps_called"]
    values["needs_workflow"] = values["needs_workflow"] or (compute == "none" and calls)
    values["needs_scheduler"] = starts(values, "schedule") and compute != "eks"
    heard = starts(values, "event") and not unheard
    piped = (
        (starts(values, "message", "stream") or heard) and values["needs_workflow"] and compute in ("lambda", "none")
    )
    piped = piped or submitted or (values["piped_tasks"] and compute == "ecs")
    values["needs_event_source"] = piped or unheard
    server_image = values["packaging"] == "container-image" or values.get("portability")
    values["web_adapter"] = bool(compute == "lambda" and values["web_server"] and server_image)
    values["runs_image"] = (
        values["packaging"] == "container-image"
        or values["web_adapter"]
        or compute in ("ecs", "eks", "batch")
        or (compute in _FUNCTIONS and values["large_package"])
    )
    values["needs_registry"] = values["runs_image"] and not values.get("other_registry")
