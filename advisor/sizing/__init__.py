"""Settings derived from the answers, each with the reason for its value: timeouts, memory, task sizes, queues.

A node's own settings are derived here; those that follow from connected nodes (a queue's visibility timeout from its
consumer, a state machine's timeout from its work) in `advisor.sizing.path_settings`, once everything is connected.
"""

from collections.abc import Callable

from advisor.book import DatedBook
from advisor.sizing import compute_settings, integration_settings
from advisor.sizing.compute_settings import run_kind
from advisor.sizing.durable import SERVICE, durable
from advisor.sizing.fargate import task_size
from advisor.sizing.sized import Sized, Values

__all__ = ["Sized", "Values", "run_kind", "settings", "task_size"]

_BY_ROLE: dict[str, Callable[[str, Values, frozenset[str], DatedBook], Sized]] = {
    "entry": lambda service, values, stated, dated: integration_settings.entry(service, values, stated, dated),
    "schedule": lambda service, values, stated, dated: integration_settings.schedule(values, stated, dated),
    "workflow": lambda service, values, stated, dated: integration_settings.workflow(values),
    "messaging": integration_settings.messaging,
    "buffer": integration_settings.messaging,
    "queue": lambda service, values, stated, dated: integration_settings.queue(values, dated),
    "store": lambda service, values, stated, dated: integration_settings.store(service, values),
    "proxy": lambda service, values, stated, dated: integration_settings.pool(values),
}


def settings(role: str, service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> Sized:
    """Return the settings of the node that fills a role.

    `values` is what is known about its subject, `stated` which of it was answered rather than assumed.
    """
    if role == "compute":
        if not service.startswith("lambda"):
            return compute_settings.container(values, stated, dated)
        sized = compute_settings.function(service, values, stated, dated)
        if service == SERVICE:
            durable(sized, values, stated, dated)
        return sized
    make = _BY_ROLE.get(role)
    return make(service, values, stated, dated) if make else Sized()
