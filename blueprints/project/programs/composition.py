"""Derives the code of each component from its incoming and outgoing connections.

A program is an entry point (what starts it), a service (what it does) and an adapter for each neighbor that it reaches.
None of the three depends on the architecture, so any combination of them is a program.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.passing import READING, WRITING
from advisor.budgets.spread_owners import SPARSE
from advisor.vocabulary.schedule_expression import ZONE, time_zone
from advisor.vocabulary.store import KEPT
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import Plan, Program, region_of
from blueprints.plan.callers.owners import (
    ABOUT,
    found_by_owner,
    holds_shared,
    holds_uploads_only,
    is_history,
    isolated,
    kept_from_owners,
    looked_up,
)
from blueprints.plan.environment import reached_by
from blueprints.plan.kept_results import names_entities, records_arrivals, takes_entities
from blueprints.project.programs.adapters import (
    ItemSource,
    StoreAdapter,
    call_adapters,
    channel_adapters,
    client_of,
    secret_adapters,
    store_adapters,
)
from blueprints.project.programs.archives import with_archives
from blueprints.project.programs.code import REQUESTED, Code, Runtime
from blueprints.project.programs.connections import with_connections
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.project.programs.entry_points import entry_point_of
from blueprints.project.programs.heard import with_heard
from blueprints.project.programs.inside import with_inside
from blueprints.project.programs.items import (
    after_named_files,
    after_uploads,
    hears_removals,
    item_source,
    largest_item,
    meets_objects,
)
from blueprints.project.programs.schedules import starts
from blueprints.project.programs.store_functions import ServiceKind
from blueprints.project.programs.timeouts import timeouts_of
from blueprints.project.programs.uploads import uploads_of
from blueprints.project.programs.vectors import vectors_of
from blueprints.shared.results_apart import apart, holds_results, is_work, rows_without_work, taken_in, totals_among
from blueprints.traits import is_store, s3, traits_of
from blueprints.traits.checked_versions import checked_version
from blueprints.traits.direct_downloads import hands_out
from blueprints.traits.direct_uploads import takes_uploads
from blueprints.traits.dynamodb import RESULT_OF
from blueprints.traits.item_homes import tells_gone
from blueprints.traits.item_results import announced, kept_beside, other_writers, others_in, results_in, serves, sources
from blueprints.traits.recipients import mails, sent_with_owners, unnamed
from blueprints.traits.sent_messages import pushed_by
from blueprints.traits.served_items import holds_named_files
from blueprints.traits.workflow_outcomes import (
    checks_approved,
    decision_stores,
    ends_early,
    keeps_decision,
    seen_stores,
)


def codes(plan: Plan) -> tuple[Code, ...]:
    """Return the code of all programs of a plan. Raises Unsupported for those without an implementation."""
    made = [_with_starts(plan, _code(plan, program)) for program in plan.programs]
    found = with_archives(plan.architecture, with_heard(plan, made))
    inside = with_inside(
        plan, tuple(replace(one, beside=_beside(one, found), leavings=_leavings(one, found)) for one in found)
    )
    news = {store for one in inside for store in one.counted_news}
    return tuple(replace(one, skips_results=_skips_results(one, inside, news)) for one in inside)


def _with_starts(plan: Plan, code: Code) -> Code:
    """Return the code with the starts of its schedule, if that starts runs over parts of a bucket."""
    workflow, shared = code.entry_point.workflow, code.shared
    if workflow is None or shared is None or shared.service != s3.TRAITS.service:
        return code
    starting = [plan.architecture.node(edge.source) for edge in plan.architecture.entering(workflow.id, "start")]
    schedules = [node for node in starting if traits_of(node.service).timed]
    if not schedules:
        return code
    return replace(code, starts=starts(settings.schedule(schedules[0])), zone=settings.word(schedules[0], ZONE))


def _skips_results(code: Code, others: Sequence[Code], news: Collection[str]) -> bool:
    """Return whether a program that takes the items of a store finds results there that others keep beside or among them.

    `news`: the data stores in which others keep messages about totals.
    """
    shared = [code.shared] if code.shared is not None else []
    read = {store.subject for store in (code.reads if code.service == "summary" else shared)}
    kept = any(store.subject in read and store.others for other in others for store in other.completes) or any(
        store.subject in read and (store.beside or store.starts or store in other.shows_decisions)
        for other in others
        for store in other.keeps
    )
    totals = {store for other in others if other is not code for store in _totals_among(other, others)}
    return kept or bool(read & {*totals, *news})


def _totals_among(code: Code, others: Sequence[Code]) -> Iterator[str]:
    """Yield the data stores in which a program keeps totals among the items of which it makes them, or those of callers."""
    created = {store.subject for other in others if other.service == "items" for store in other.writes}
    for store in code.writes:
        if store.node.id in code.hidden_totals and (store.readable or store.subject in created):
            yield store.subject


def _beside(code: Code, others: Sequence[Code]) -> tuple[tuple[str, str, str], ...]:
    """Return the results beside the items that a program answers with: the name, and what is before and after an item's id."""
    if code.service != "items" or code.primary is None:
        return ()
    return tuple(
        (store.beside, store.prefix, other.shown_under(store))
        for other in others
        for store in other.keeps
        if store.beside and store.node.id == code.primary.node.id
    )


def _leavings(code: Code, others: Sequence[Code]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return all that others keep beside the items that a program deletes: what is before and after an item's id."""
    if code.service != "items" or code.primary is None:
        return ()
    return tuple(
        (store.prefix, tuple(_endings(other, store)))
        for other in others
        for store in other.keeps
        if store.beside and store.node.id == code.primary.node.id
    )


def _endings(code: Code, store: StoreAdapter) -> Iterator[str]:
    """Yield what is after the id of an item in the ids of what a program keeps about it: of each step, and notes."""
    for step in range(1, code.last_step + 1):
        result = f".{step}" if step > 1 else ""
        yield result
        if code.compensates:
            yield f"{result}.undone"
    if code.combines:
        yield ".combined"
    if store in code.keeps_decisions:
        yield from (".rejected", ".expired")


def missing(plan: Plan) -> Iterator[Unsupported]:
    """Yield, per program, the first entry point or dependency without an implementation."""
    for program in plan.programs:
        try:
            _code(plan, program)
        except Unsupported as refused:
            yield refused


def _code(plan: Plan, program: Program) -> Code:
    architecture, node = plan.architecture, program.node
    runtime: Runtime = "container" if program.kind == "container" or _is_adapted(program) else "function"
    entry_point = _entry_point(architecture, node, runtime)
    reached = [(edge, node) for edge in program.uses for node in reached_by(architecture, edge)]
    reading = any(e.verb in READING and is_store(n) for e, n in reached)
    kind = _service_kind(entry_point, reading)
    names = [v.name for v in program.env]
    items = item_source(architecture, node, entry_point, reached) if kind == "work" else ItemSource()
    called = _called(architecture, node, entry_point)
    reporting = kind == "items" and entry_point.webhook
    results = results_in(architecture, node) if reporting or (kind == "work" and not items.shared) else {}
    prefixes = apart(architecture, node, keyed=items.keyed, results=results) if kind == "work" else {}
    started_by = {source.id for source in sources(architecture, node)} if kind == "work" else set[str]()
    skipped, taken = next((rows_without_work(architecture, id) for id in prefixes if id in started_by), ((), ()))

    def whose(store: str) -> tuple[bool, bool]:
        listed = found_by_owner(architecture, store) or hands_out(architecture.node(store))
        return listed, holds_shared(architecture, store, isolated(plan.design))

    asker = entry_point.workflow or node
    decides = kind == "work" and keeps_decision(architecture, asker, node)
    runs = entry_point.workflow is not None or entry_point.flow is not None
    meets = kind == "work" and meets_objects(architecture, node)
    early = kind == "work" and runs and ends_early(architecture, asker, node)
    checks = kind == "work" and runs and checks_approved(architecture, asker, node)
    decided_in = decision_stores(architecture, node) if decides else frozenset[str]()
    stores = store_adapters(reached, kind, names, prefixes, items, whose, called=called, results=results)
    others = _results_of_others(plan, node)
    if checks:
        stores = _with_seen(stores, seen_stores(architecture, node))
    stores = list(stores)
    if kind == "work":
        told = started_by | announced(architecture, node) | {items.listed, items.shared}
        stores = [_with_taken(architecture, node, one, told) for one in stores]
    if kind == "chat":
        stores = with_connections(architecture, node, stores)
    code = Code(
        program, runtime, entry_point, kind, tuple(replace(_with_contents(architecture, node, one, others, results_set_in(plan, one.subject)), told=kind == "work") for one in stores),
        tuple(channel_adapters(reached, names, _working(plan), pushed_by(architecture, node.id))), tuple(secret_adapters(reached, names)),
        tuple(call_adapters(reached, names)), skipped, taken, called, items, tuple(sorted({name for names in others.values() for name in names})),
        uploads_of(architecture, node), vectors_of(reached), meets and after_uploads(architecture, node), meets and after_named_files(architecture, node),
        meets_objects=meets, entities=(kind == "items" and names_entities(architecture, node)) or (kind == "work" and takes_entities(architecture, node)), records_arrivals=records_arrivals(architecture, node),
        restores_owner=any(SPARSE in one.settings for one in sources(architecture, node)), drops_expiry=kind == "work" and any(settings.number(one, KEPT) for one in sources(architecture, node) if is_store(one) and client_of(one).expires), mails=mails(architecture), unnamed=unnamed(architecture, node), hides_owner=sent_with_owners(architecture, node), hears_removals=kind == "work" and hears_removals(architecture, node, _working(plan)), gone_in=tells_gone(architecture, node) if kind == "work" else frozenset(), decided_in=decided_in, ends_early=early, checks_approved=checks, recorded=_recorded(plan, node) if checks else (), names_owners=reporting and kept_from_owners(architecture, node), zone=_zone(plan, node, entry_point), downstream_limit=largest_item(architecture, node), orders=any(one.settings.get("ordering") == "per-key" for one in architecture.nodes), timeouts=timeouts_of(architecture, node, entry_point, list(_awaited(reached))),
    )  # fmt: skip
    return replace(code, stores=tuple(_deleting(store) if store in code.forgets else store for store in code.stores))


def _deleting(store: StoreAdapter) -> StoreAdapter:
    return replace(store, functions=store.functions | {"delete"})


def _entry_point(architecture: Architecture, node: Node, runtime: Runtime) -> EntryPoint:
    """Return the entry point of a program, with whether programs of the project call it or its workflow."""
    entry_point = entry_point_of(architecture, node, runtime)
    called = entry_point.workflow or node
    return replace(entry_point, handed=bool(architecture.entering(called.id, "call")))


def _with_seen(stores: Iterable[StoreAdapter], seen: frozenset[str]) -> Iterator[StoreAdapter]:
    """Yield the adapters of a program, which also reads the items that people approve where it sets their attributes."""
    for one in stores:
        yield replace(one, functions=one.functions | {"get"}) if one.result and one.node.id in seen else one


def _with_taken(architecture: Architecture, program: Node, store: StoreAdapter, told: Collection[str]) -> StoreAdapter:
    """Return the adapter of a store with the beginnings of ids that keys of other programs have, and whether ids are sought in it.

    The stores that lead to a program have told it their keys.
    """
    if not store.client.prefixes:
        return store
    sought = store.has("get") and not store.writable and store.node.id not in told
    if not (sought or (store.writable and store.has("put", "replace", "put_once"))):
        return store
    taken = taken_in(architecture, program, store.node.id, store.prefix)
    return replace(store, taken=taken, sought=sought and bool(taken))


def _with_contents(
    architecture: Architecture,
    program: Node,
    store: StoreAdapter,
    results: Mapping[str, tuple[str, ...]],
    columns: tuple[str, ...],
) -> StoreAdapter:
    """Return the adapter of a store with what clients upload to it, what other programs set in its items, and whether events name the versions that a program reads."""
    uploaded, named = takes_uploads(architecture, store.node.id), holds_named_files(architecture, store.node.id)
    only = holds_uploads_only(architecture, store.node.id)
    versioned = store.has("get") and checked_version(architecture, program, store.node)
    reserves = RESULT_OF if holds_results(architecture, store.node.id) else ""
    # What has a prefix, and totals among items, are no items: others set no results there, and do no work on them.
    totals = totals_among(architecture, program, store.node.id)
    aside = bool(store.prefix) or totals
    unheard = totals or (bool(store.prefix) and not is_work(architecture, program, store.node.id))
    served = any(serves(architecture, id) for id in other_writers(architecture, program, store.node.id))
    if is_history(architecture, store.node.id):
        # Its readers are programs of callers, which ask for the records about an item.
        store = replace(
            store, about=ABOUT, functions=store.functions - {"get"} | ({"owned_by"} if store.readable else set())
        )
    return replace(
        store, uploaded=uploaded, named_files=named, uploads_only=only, versioned=versioned,
        results=() if aside else results.get(store.node.id, ()), columns=columns if store.client.columns else (),
        beside=kept_beside(architecture, program).get(store.node.id, ""), marker=reserves if unheard else "",
        shown=not is_history(architecture, store.node.id) and looked_up(architecture, store.node.id),
        heard=aside and not unheard and bool(architecture.leaving(store.node.id, "stream")),
        among_items=store.starts and served, reserves=reserves, others=others_in(architecture, program).get(store.node.id, ()) if store.result and store.prefix else (),
    )  # fmt: skip


def _is_adapted(program: Program) -> bool:
    """Return whether the Lambda Web Adapter passes requests to a program, which is a web server then."""
    requested = any(edge.verb == "invoke" for edge in program.invoked)
    return program.kind == "image-function" and requested and settings.flag(program.node, "web_adapter")


def _zone(plan: Plan, node: Node, entry_point: EntryPoint) -> str:
    """Return the time zone of the schedule that starts a program; UTC if none does."""
    schedules = [n for n in plan.architecture.nodes if n.subject == node.subject and traits_of(n.service).timed]
    if schedules:
        return settings.word(schedules[0], ZONE)
    return str(node.settings.get(ZONE) or time_zone(region_of(plan.design))) if entry_point.timed else "UTC"


def _awaited(reached: Sequence[tuple[Edge, Node]]) -> Iterator[Node]:
    """Yield the functions and workflows whose results a program waits for."""
    for edge, node in reached:
        if edge.verb == "call" and client_of(node).awaited:
            yield node


def _recorded(plan: Plan, node: Node) -> tuple[str, ...]:
    """Return the attributes that programs set in the items that this one reads."""
    read = seen_stores(plan.architecture, node)
    found = [results_in(plan.architecture, one.node) for one in plan.programs]
    return tuple(sorted({name for one in found for store, name in one.items() if store in read}))


def _results_of_others(plan: Plan, node: Node) -> dict[str, tuple[str, ...]]:
    """Return, by store, the attributes that other programs set in the items of this one."""
    kept = {edge.target for edge in plan.architecture.leaving(node.id) if edge.verb in WRITING}
    subjects = {store: plan.architecture.node(store).subject for store in kept}
    return {store: results_set_in(plan, subject, besides=node.id) for store, subject in subjects.items()}


def results_set_in(plan: Plan, subject: str, *, besides: str = "") -> tuple[str, ...]:
    """Return the attributes that programs, but for one, set in the items of a store, which some reach through a pool."""
    architecture = plan.architecture
    found = (results_in(architecture, one.node) for one in plan.programs if one.node.id != besides)
    pairs = (pair for one in found for pair in one.items())
    return tuple(sorted({name for store, name in pairs if architecture.node(store).subject == subject}))


def _working(plan: Plan) -> frozenset[str]:
    """Return the channels whose messages are work to be done, as a channel is where nothing else is answered."""
    channels = plan.design.requirements.of_kind("channel")
    return frozenset(channel.id for channel in channels if channel.answers.get("carries", "work") == "work")


def _called(architecture: Architecture, node: Node, entry_point: EntryPoint) -> bool:
    """Whether other programs call a function that has an entry, past that entry: no request is around such a call."""
    return entry_point.shell in REQUESTED and bool(architecture.entering(node.id, "call"))


def _service_kind(entry_point: EntryPoint, reading: bool) -> ServiceKind:
    if entry_point.shell in ("lambda_http", "container_web", "lambda_graphql"):
        return "items"
    if entry_point.shell == "lambda_websocket":
        return "chat"
    return "summary" if entry_point.timed and reading else "work"
