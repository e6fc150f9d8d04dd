"""Phrases of the pages of a decision record: how options are compared, and which alarm warns of a condition."""

from collections.abc import Collection, Sequence

from advisor.verdict.fact_words import describe
from renderers.adr.writer import Writer
from renderers.record import Watch


def legend(writer: Writer, axes: Collection[str]) -> str:
    """Return how options are compared: by rules, by the priorities, if any are stated, and by points."""
    stated = writer.design.requirements.workload_stated.get("priorities")
    names = writer.text(describe("workload", "priorities", stated)[1]) if stated else ""
    priorities = writer.words["by_priorities"].format(names=names) if names else ""
    fit = writer.words["fit"] if "suitability" in axes else ""
    return writer.words["legend"].format(priorities=priorities, fit=fit)


def signal(writer: Writer, watches: Sequence[Watch], *, either: bool) -> str:
    """Return the alarm that warns of a condition, with the number of further ones.

    With `either`, its metric does not tell requests from responses.
    """
    if not watches:
        return writer.words["no_alarm"]
    first, rest = watches[0], len(watches) - 1
    at, limit = writer.text(first.at), writer.text(first.limit)
    metric = writer.words["either"].format(metric=first.metric) if either else first.metric
    if first.batch > 1:
        metric = writer.said("batch", metric=metric, count=first.batch)
    alarm = writer.said("alarm", alarm=first.alarm, metric=metric, at=at, limit=limit)
    return writer.words["alarms" if rest > 1 else "alarm_more"].format(alarm=alarm, count=rest) if rest else alarm
