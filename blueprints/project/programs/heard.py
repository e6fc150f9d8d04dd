"""What programs that do work receive beside new work: messages about compensated work, reports of webhooks, and what others keep.

What others keep of the messages of a program comes back to it where it looks up what a message is about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.project.programs.items import senders
from blueprints.traits.item_results import sources


def with_heard(plan: Plan, programs: Sequence[Code]) -> tuple[Code, ...]:
    """Return the code of programs with what each receives beside new work."""
    return tuple(
        replace(
            one,
            hears_undone=_hears_undone(plan, one, programs),
            hears_reports=_hears_reports(plan, one, programs),
            returned=tuple(_returned(plan, one, programs)),
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


def _returned(plan: Plan, code: Code, others: Sequence[Code]) -> Iterator[str]:
    """Yield the fields with what a program looks up where others keep what they make of its messages, under the same id.

    Each of these results would contain the one before it: a repeated message would change it, and it would grow.
    """
    if code.service != "work" or not code.channels:
        return
    following = [
        other for other in others if other is not code and code.plan.node in sources(plan.architecture, other.plan.node)
    ]
    kept = {store.subject for other in following for store in other.keeps if not store.prefix}
    yield from (store.field for store in code.looks_up if store.subject in kept)
