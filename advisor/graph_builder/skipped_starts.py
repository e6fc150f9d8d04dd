"""A warning about schedules with a time that does not exist on the day on which the clocks go forward."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.decision import Source, Warning
from advisor.text import Text, spaced
from advisor.vocabulary.clock_changes import Skipped, skipped_start
from advisor.vocabulary.formats import date

_SKIPPING = Source("https://repost.aws/knowledge-center/eventbridge-scheduler-adjust-dst", "2026-11-30")


def skipped(architecture: Architecture, node: Node, dated: DatedBook) -> Iterator[Warning]:
    """Warn once if the time of a schedule is left out on a day from the date of the book on; a disabled example starts nothing."""
    timed = [one for one in architecture.nodes if one.subject == node.subject and one.settings.get("time_zone")]
    if not timed or node.id != timed[0].id or any(one.settings.get("set_by_program") for one in timed):
        return
    zone = str(node.settings.get("time_zone", ""))
    found = skipped_start(str(node.settings.get("schedule", "")), zone)
    day = next((day for day in found.days if day >= dated.as_of), None) if found else None
    if found is not None and day is not None:
        yield Warning(
            node.subject,
            node.role,
            "clocks-skip-a-start",
            skipped_words(_name(architecture, node), zone, found, day),
            _SKIPPING,
        )


def _name(architecture: Architecture, node: Node) -> Text:
    """Return the name of what a schedule starts: the schedule itself is named by its times."""
    started = (one for one in architecture.nodes if one.subject == node.subject and one.role == "compute")
    return next(started, node).note


def skipped_words(name: Text, zone: str, found: Skipped, day: str) -> Text:
    """Return the sentence on a start that does not happen, with the next day of it and the times that always exist."""
    return spaced(
        Text(
            f'"{name.en}" starts at {found.time} in the time zone {zone}. On the day on which daylight saving time begins (next on '
            f"{day}), this time does not exist, and EventBridge Scheduler skips the start. Choose a time before {found.before}, a "
            f"time from {found.after} on, or a time zone without daylight saving time.",
            f"「{name.ja}」は {zone} の {found.time} に開始します。夏時間が始まる日（次回は {date(day).ja}）にはこの時刻が存在しないため、"
            f"EventBridge Scheduler はこの開始をスキップします。{found.before} より前か {found.after} 以降の時刻、または夏時間のない"
            "タイムゾーンを選んでください。",
        )
    )
