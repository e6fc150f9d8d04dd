"""What README says of retention: how long each store with a stated retention keeps data, and what deletes it."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from advisor.architecture import Node
from advisor.architecture.passing import READING, WRITING
from advisor.text import Lang
from advisor.vocabulary.store import IMMUTABLE, KEPT
from advisor.vocabulary.units import words
from blueprints import settings
from blueprints.parameters.data import LOCK_MODE
from blueprints.plan import Plan
from blueprints.project.programs.adapters import client_of
from blueprints.project.programs.code import Code
from blueprints.shared.buckets import DAY_S, NONCURRENT_DAYS
from blueprints.traits import is_store, traits_of

#: The functions of a store that set when an item expires.
_WRITING = ("put", "replace", "put_once", "set_result")
#: What deletes: a lifecycle rule, the table by the expiry that programs set, the cache, or nothing.
Deletion = Literal["rule", "table", "cache", "nothing"]


class Retention(NamedTuple):
    """A store with a stated retention: its title, the time in words, what deletes, and its resource.

    `folders` are the programs that set the expiry. `apis` are the APIs that set it without a program, by a mapping template or by
    resolvers, and `showing` those that return an item until it is deleted. `copies` is the expiry, in words, of copies in a
    cache beside the primary store, and `copying` the programs with such copies. `ruled` is the time of a
    lifecycle rule in words, where whole days are more than stated. `restored` is for how many days deleted versions can be
    restored, and `mode` the parameter with the mode of a lock, or "". `others` says whether there are other data stores.
    """

    title: str
    kept: str
    deletion: Deletion
    resource: str
    folders: tuple[str, ...] = ()
    apis: tuple[str, ...] = ()
    showing: tuple[str, ...] = ()
    copies: str = ""
    copying: tuple[str, ...] = ()
    ruled: str = ""
    restored: int = 0
    mode: str = ""
    others: bool = True


def retentions(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Retention]:
    """Return the stores whose requirements state a retention."""
    stores = sum(node.role == "store" for node in plan.architecture.nodes)
    return [found._replace(others=stores > 1) for found in _retentions(plan, codes, lang)]


def _retentions(plan: Plan, codes: Sequence[Code], lang: Lang) -> Iterator[Retention]:
    for node in plan.architecture.nodes:
        subject = plan.design.verdict.subjects.get(node.subject)
        stated = None if subject is None or node.role != "store" else subject.known.values.get(KEPT)
        if stated is None:
            continue
        title, kept, name = node.note.in_(lang), words(float(stated), "s").in_(lang), plan.name(node.id)
        kept_s = settings.number(node, KEPT)
        if not kept_s:
            yield Retention(title, kept, "nothing", name)
        elif not _expires(node):
            restored = min(NONCURRENT_DAYS, kept_s // DAY_S)
            mode = LOCK_MODE.id if settings.flag(node, IMMUTABLE) else ""
            ruled = words(float(kept_s), "s").in_(lang) if kept_s != stated else ""
            yield Retention(title, kept, "rule", name, ruled=ruled, restored=restored, mode=mode)
        else:
            yield _expiring(plan, codes, node, Retention(title, kept, "cache", name), lang)


def _expiring(plan: Plan, codes: Sequence[Code], node: Node, found: Retention, lang: Lang) -> Retention:
    """Return the retention of a store whose items are written with their expiry, with what writes them."""
    used = [(code.folder, store) for code in codes for store in code.stores if store.node.id == node.id]
    writing = [(folder, store) for folder, store in used if store.expires_s and store.has(*_WRITING)]
    copies = [store for _, store in writing if store.aside]
    reached = [(edge.verb, plan.architecture.node(edge.source)) for edge in plan.architecture.entering(node.id)]
    direct = [(verb, source) for verb, source in reached if source.role == "entry"]
    return found._replace(
        deletion="table" if client_of(node).updates else "cache",
        folders=tuple(folder for folder, store in writing if not store.aside),
        apis=tuple(api.subject for verb, api in direct if verb in WRITING),
        showing=tuple(api.subject for verb, api in direct if verb in READING and not _filters(api)),
        copies=words(float(copies[0].copies_s), "s").in_(lang) if copies else "",
        copying=tuple(folder for folder, store in writing if store.aside),
    )


def _filters(api: Node) -> bool:
    """Whether an API leaves out expired items itself: resolvers of GraphQL do, and mapping templates do not."""
    return traits_of(api.service).protocol == "graphql"


def _expires(node: Node) -> bool:
    return is_store(node) and client_of(node).expires
