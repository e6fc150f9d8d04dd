"""Capacity: the bounds that follow from the stated load, each with its reason, as the README lists them."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.budgets.words import sentence
from advisor.sizing.words import setting_value, title
from advisor.text import Lang, Text

#: Settings that say how much a part carries, in the order of the list.
BOUNDS = (
    "desired_count", "most_tasks", "requests_per_task", "requests_at_once", "messages_per_task", "backlog_per_task", "cpu_percent", "stickiness_s",
    "protected_s", "jobs_at_once", "map_concurrency", "max_concurrency", "parallelization", "warm_writes", "warm_reads", "calls_per_s",
    "call_age_s",
)  # fmt: skip


def bounds(architecture: Architecture, lang: Lang) -> list[tuple[str, str, str]]:
    """Return each limit: its subject, the setting with its value, and the reason, with the warning where the load exceeds it."""
    return [bound for node in architecture.nodes if node.kind != "outside" for bound in _of(architecture, node, lang)]


def _of(architecture: Architecture, node: Node, lang: Lang) -> Iterator[tuple[str, str, str]]:
    for key in BOUNDS:
        if key in node.grounds:
            value = setting_value(node, key).in_(lang)
            named = f"{title(node, key).in_(lang)}: {value}"
            said = [node.grounds[key].reason, *_exceeded(architecture, f"{node.id}.{key}")]
            reason = {"en": " ", "ja": ""}[lang].join(text.in_(lang) for text in said)
            yield node.note.in_(lang) or node.title.in_(lang), named, reason


def _exceeded(architecture: Architecture, setting: str) -> Iterator[Text]:
    """Yield the warnings of the decision about loads that exceed a setting."""
    for edge in architecture.edges:
        for budget in edge.budgets:
            if budget.source == setting and not budget.ok:
                yield sentence(architecture, budget)
