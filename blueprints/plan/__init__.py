"""The plan: names, programs, parameters, network and statements, which no target decides for itself."""

from blueprints.plan.plan import (
    CONTAINER,
    HANDLER,
    HEALTH_PATH,
    NAMESPACE,
    RESULTS_PREFIX,
    RUNTIME,
    TABLE_EXPIRY,
    TABLE_KEY,
    Plan,
    Program,
    plan_for,
    plan_to_draw,
    program_ids,
    region_of,
)

__all__ = [
    "CONTAINER",
    "HANDLER",
    "HEALTH_PATH",
    "NAMESPACE",
    "RESULTS_PREFIX",
    "RUNTIME",
    "TABLE_EXPIRY",
    "TABLE_KEY",
    "Plan",
    "Program",
    "plan_for",
    "plan_to_draw",
    "program_ids",
    "region_of",
]
