"""How many items of a map are worked on at once: by a state machine itself, or by one array job."""

from advisor.architecture import Node
from advisor.architecture.workflow_states import runs_of
from advisor.sizing.node_updates import number
from advisor.verdict.run_times import MOST_ITEMS_AT_ONCE

#: The setting of AWS Batch that limits its jobs at once.
JOBS = "jobs_at_once"
INLINE_CONCURRENCY, DISTRIBUTED_CONCURRENCY = 40, MOST_ITEMS_AT_ONCE
DISTRIBUTED = "step-functions-distributed-map"


def items_at_once(machine: Node, worker: Node) -> int:
    """Return how many items a state machine and what it runs work on at once.

    Where the worker has a limit of jobs, as AWS Batch by the vCPUs of its compute environment, the others wait in its queue. An array
    job knows no other limit.
    https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html (read 2026-12-02)
    """
    jobs = int(number(worker, JOBS))
    if runs_array(machine, worker):
        return jobs
    return min(map_width(machine), jobs) if jobs else map_width(machine)


def runs_array(machine: Node, worker: Node) -> bool:
    """Return whether a state machine has its items done by one array job.

    An array has at least two jobs. A distributed map passes one item after the other and needs none, and neither has an item that
    several components process.
    """
    shared = any(len(runs_of(state)) > 1 for state in machine.states)
    return (
        number(worker, JOBS) > 0
        and machine.service != DISTRIBUTED
        and not shared
        and number(machine, "parallel_items") >= 2
    )


def map_width(machine: Node) -> int:
    """Return how many items the map of a state machine works on at once."""
    return int(number(machine, "map_concurrency")) or map_concurrency(machine.service)


def map_concurrency(service: str) -> int:
    """Return how many items the map of a state machine works on at once, where nothing is set, by the service of the machine."""
    return DISTRIBUTED_CONCURRENCY if service == DISTRIBUTED else INLINE_CONCURRENCY
