"""What programs that do work receive beside new work: messages about compensated work, and reports of webhooks about items."""

from collections.abc import Sequence
from dataclasses import replace

from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.project.programs.items import senders


def with_heard(plan: Plan, programs: Sequence[Code]) -> tuple[Code, ...]:
    """Return the code of programs with what each receives beside new work."""
    return tuple(
        replace(
            one,
            hears_undone=_hears_undone(plan, one, programs),
            hears_reports=_hears_reports(plan, one, programs),
        )
        for one in programs
    )


def _hears_undone(plan: Plan, code: Code, others: Sequence[Code]) -> bool:
    """Return whether a program that does work receives what others tell or keep of work that they have compensated."""
    telling = {
        (other.plan.node.id, adapter.node.id)
        for other in others
        if other.compensates
        for adapter in (*other.told, *other.keeps)
    }
    programs = {other.plan.node.id for other in others}
    return code.service == "work" and not telling.isdisjoint(senders(plan.architecture, code.plan.node, programs))


def _hears_reports(plan: Plan, code: Code, others: Sequence[Code]) -> bool:
    """Return whether a program that does the work of other senders also receives what webhooks report about their items.

    Where webhooks are its only messages, what they report is its work.
    """
    if code.service != "work":
        return False
    programs = {other.plan.node.id for other in others}
    sending = {id for id, _ in senders(plan.architecture, code.plan.node, programs)}
    reporting = {other.plan.node.id for other in others if other.reports and other.channels}
    return bool(sending & reporting) and bool(sending - reporting)
