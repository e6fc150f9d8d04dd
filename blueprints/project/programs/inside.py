"""What programs keep in items and records, and callers do not see."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from blueprints.plan import Plan
from blueprints.plan.callers.owners import passed_to, reached_by_news, totals_stay_inside
from blueprints.project.programs.adapters import Adapter
from blueprints.project.programs.code import Code
from blueprints.shared.notices import leaves_items_out, sent_apart

#: The statuses of work that was not approved or was undone, of work whose steps find a change, and of what was not confirmed.
_OPEN, _IN_WORK, _UNCONFIRMED = (
    ("expired", "rejected", "undone"),
    ("running", "undoing"),
    ("expired", "failed", "rejected"),
)


def with_inside(plan: Plan, codes: Sequence[Code]) -> tuple[Code, ...]:
    """Return the code of all programs, each with what it leaves out of its answers, and who reads its totals."""
    made = (_with_inside(plan, one, codes) for one in codes)
    return tuple(replace(one, channels=tuple(_with_notices(plan, channel) for channel in one.channels)) for one in made)


def _with_notices(plan: Plan, channel: Adapter) -> Adapter:
    id = channel.node.id
    return replace(channel, brief=leaves_items_out(plan, id), apart=sent_apart(plan, id))


def _with_inside(plan: Plan, code: Code, codes: Sequence[Code]) -> Code:
    signed = any(one.signs or (one.service == "items" and one.secrets) for one in codes)
    if code.service == "summary":
        hidden, inside = frozenset(_hidden(plan, code)), tuple(sorted(_kept_inside(code, codes, signed=signed)))
        counted = frozenset(_counted_news(plan, code, codes))
        hides = passed_to(plan.architecture, code.plan.node) or bool(counted)
        return replace(code, hidden_totals=hidden, hides_news=hides, counted_news=counted, inside=inside)
    if code.service != "items":
        found = tuple(sorted({*_handed(code, codes)})) if signed else ()
        inside = tuple(sorted(_kept_inside(code, codes, signed=signed))) if code.shared is not None else ()
        return replace(code, meets_signatures=signed, handed=found, inside=inside)
    read = {store.subject for store in code.reads}
    digested = any(
        one.digests and store.has("agrees") and store.subject in read
        for one in codes
        for store in one.writes
        if one is not code
    )
    telling = [one for one in codes if one.decided_in or one.effects_env]
    decided = {store.result for one in telling for store in one.completes if store.subject in read}
    return replace(
        code, handed=tuple(sorted({*_handed(code, codes)})), digested=digested, decided=tuple(sorted(decided)),
        approvals=tuple(sorted({*_approvals(codes, read)})), settling=tuple(sorted(_settling(code, codes))),
    )  # fmt: skip


def _approvals(codes: Sequence[Code], read: Collection[str]) -> Iterator[str]:
    """Yield the results by which people have approved the items of some stores: attributes of these, or kept beside them."""
    for one in codes:
        if one.service == "work" and one.asks_people:
            yield from (store.result for store in one.completes if store.subject in read)
            yield from (store.beside for store in one.keeps if store.beside and store.subject in read)


def _settling(code: Code, codes: Sequence[Code]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the results after which callers change no item of a program, each with the statuses that allow a change.

    A step that finds a change after the approval has a person asked again. Changes of a store that starts the work
    have a person asked, too: their results are kept beside the items.
    """
    if not code.can_change or code.primary is None:
        return
    for one in codes:
        for store in one.completes:
            if store.subject == code.primary.subject and one is not code:
                if one.service == "work" and one.asks_people:
                    yield store.result, (*_OPEN, *(_IN_WORK if one.approved_items else ()))
                elif one.reports:
                    yield store.result, _UNCONFIRMED


def _kept_inside(code: Code, codes: Sequence[Code], *, signed: bool) -> set[str]:
    """Return the attributes that programs set in items of the stores that one goes over, which are in no message about these."""
    gone_over = {store.subject for store in ([code.shared] if code.shared is not None else code.reads)}
    results = {one.result for other in codes for one in other.completes if one.subject in gone_over}
    digested = any(other.digests and one.subject in gone_over for other in codes for one in other.writes)
    return results | ({"signature"} if signed else set()) | ({"request_digest"} if digested else set())


def _handed(code: Code, codes: Sequence[Code]) -> Iterator[str]:
    """Yield the fields that may contain an item as another program received or found it."""
    yield from {call.field for one in codes for call in one.calls}
    yield from {store.field for one in codes if one.service == "work" for store in (*one.looks_up, *one.approved_items)}
    yield from {store.field for store in code.related} | {name for name, _, _ in code.beside}
    yield from {store.result for one in codes for store in one.completes}


def _hidden(plan: Plan, code: Code) -> Iterator[str]:
    """Yield the data stores in which no caller finds the totals of a program."""
    for store in code.writes:
        mixed = store.readable or totals_stay_inside(plan.architecture, store.node.id)
        if mixed or _isolated(plan, code, store.subject):
            yield store.node.id


def _counted_news(plan: Plan, code: Code, codes: Sequence[Code]) -> set[str]:
    """Return the data stores in which others keep what a scheduled program sends of its totals, among items that are counted."""
    if not code.told_of_runs:
        return set()
    reached = reached_by_news(plan.architecture, code.plan.node)
    counted = (store.node for one in codes if one.service == "summary" for store in one.reads)
    return {node.subject for node in counted if node.id in reached}


def _isolated(plan: Plan, code: Code, store: str) -> bool:
    """Return whether the totals are about tenants that are isolated, or tenants that are isolated read them."""
    reading = {
        one.node.subject
        for one in plan.programs
        for edge in one.uses
        if plan.architecture.node(edge.target).subject == store
    }
    about = {code.plan.node.subject} | reading
    components = plan.design.requirements.of_kind("component")
    return any(one.id in about and one.answers.get("isolation") == "per-tenant" for one in components)
