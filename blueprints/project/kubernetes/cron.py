"""Schedules: EventBridge's expressions as Kubernetes spells them."""

import re
from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.traits import traits_of

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
#: Last day, nearest weekday and nth weekday: EventBridge knows them, cron does not. (JUL and WED are names.)
_SPECIAL = re.compile(r"#|\bL|\d[LW]|\bLW\b")
_DAYS = {"1": "0", "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": "6"}


def cron(node: Node) -> str:
    """Return a node's schedule as five cron fields. Raises Unsupported if Kubernetes has no such schedule."""
    expression = settings.schedule(node)
    fields = _of_rate(expression) if expression.startswith("rate(") else _of_cron(expression)
    if fields is None:
        reason = Text(
            f"Kubernetes cannot express the schedule {expression}.",
            f"Kubernetes ではスケジュール {expression} を表現できません。",
        )
        raise Unsupported(node.id, reason)
    return fields


def unscheduled(plan: Plan) -> Iterator[Unsupported]:
    """Yield the programs whose schedule Kubernetes cannot express."""
    for program in plan.programs:
        if traits_of(program.node.service).pods and program.run == "cronjob":
            try:
                cron(program.node)
            except Unsupported as refused:
                yield refused


def _of_rate(expression: str) -> str | None:
    match = _RATE.fullmatch(expression)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    # Cron starts counting again each hour or day, so only what divides it evenly keeps its rhythm.
    if unit == "minute" and 0 < count < 60 and 60 % count == 0:
        return f"*/{count} * * * *"
    if unit == "hour" and 0 < count < 24 and 24 % count == 0:
        return f"0 */{count} * * *"
    return "0 0 * * *" if (unit, count) in (("day", 1), ("hour", 24)) else None


def _of_cron(expression: str) -> str | None:
    fields = expression.removeprefix("cron(").removesuffix(")").split()
    if len(fields) != 6 or fields[5] != "*" or _SPECIAL.search(f"{fields[2]} {fields[4]}"):
        return None
    minute, hour, day, month, weekday, _ = ("*" if field == "?" else field for field in fields)
    # EventBridge counts days from Sunday = 1, cron from Sunday = 0.
    weekday = re.sub(r"(?<![/\d])[1-7](?!\d)", lambda found: _DAYS[found[0]], weekday)
    return " ".join((minute, hour, day, month, weekday))
