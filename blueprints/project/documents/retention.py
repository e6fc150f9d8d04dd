"""What README says of retention: how long each store with a stated retention keeps data, and what deletes it."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from advisor.architecture import Node
from advisor.text import Lang
from advisor.vocabulary.store import IMMUTABLE, KEPT
from advisor.vocabulary.units import words
from blueprints import settings
from blueprints.parameters.data import LOCK_MODE
from blueprints.plan import Plan
from blueprints.project.programs.adapters import client_of, is_store
from blueprints.project.programs.code import Code
from blueprints.shared.buckets import DAY_S, NONCURRENT_DAYS

#: What deletes: a lifecycle rule, the table by the expiry that programs set, the cache, or nothing.
Deletion = Literal["rule", "table", "cache", "nothing"]


class Retention(NamedTuple):
    """A store with a stated retention: its title, the time in words, what deletes, and its resource.

    `folders` are the programs that set the expiry. `restored` is for how many days deleted versions can be restored, and `mode`
    the parameter with the mode of a lock, or "".
    """

    title: str
    kept: str
    deletion: Deletion
    resource: str
    folders: tuple[str, ...] = ()
    restored: int = 0
    mode: str = ""


def retentions(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Retention]:
    """Return the stores whose requirements state a retention."""
    return list(_retentions(plan, codes, lang))


def _retentions(plan: Plan, codes: Sequence[Code], lang: Lang) -> Iterator[Retention]:
    for node in plan.architecture.nodes:
        subject = plan.design.verdict.subjects.get(node.subject)
        stated = None if subject is None or node.role != "store" else subject.known.values.get(KEPT)
        if stated is None:
            continue
        title, kept, name = node.note.in_(lang), words(float(stated), "s").in_(lang), plan.name(node.id)
        if not settings.number(node, KEPT):
            yield Retention(title, kept, "nothing", name)
        elif not _expires(node):
            restored = min(NONCURRENT_DAYS, settings.number(node, KEPT) // DAY_S)
            mode = LOCK_MODE.id if settings.flag(node, IMMUTABLE) else ""
            yield Retention(title, kept, "rule", name, restored=restored, mode=mode)
        else:
            folders = tuple(code.folder for code in codes if any(one.node.id == node.id for one in code.writes))
            yield Retention(title, kept, "table" if client_of(node).updates else "cache", name, folders)


def _expires(node: Node) -> bool:
    return is_store(node) and client_of(node).expires
