"""Capacity: the bounds that follow from the stated load, each with its reason, as the README lists them."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.sizing.words import setting_value, title
from advisor.text import Lang

#: Settings that say how much a part carries, in the order of the list.
BOUNDS = (
    "desired_count", "most_tasks", "requests_per_task", "backlog_per_task", "cpu_percent", "stickiness_s", "protected_s",
    "jobs_at_once", "map_concurrency", "max_concurrency", "parallelization", "warm_writes", "warm_reads",
)  # fmt: skip


def bounds(architecture: Architecture, lang: Lang) -> list[tuple[str, str, str]]:
    """Return each limit: its subject, the setting with its value, and the reason."""
    return [bound for node in architecture.nodes if node.kind != "outside" for bound in _of(node, lang)]


def _of(node: Node, lang: Lang) -> Iterator[tuple[str, str, str]]:
    for key in BOUNDS:
        if key in node.grounds:
            value = setting_value(node, key).in_(lang)
            named = f"{title(node, key).in_(lang)}: {value}"
            yield node.note.in_(lang) or node.title.in_(lang), named, node.grounds[key].reason.in_(lang)
