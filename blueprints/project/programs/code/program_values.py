"""What composition knows of a program; everything else follows from it."""

from dataclasses import dataclass, field
from typing import Literal

from blueprints.plan import Program
from blueprints.project.programs.adapters import (
    Adapter,
    ItemSource,
    StoreAdapter,
)
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.project.programs.schedules import Starts
from blueprints.project.programs.store_functions import ServiceKind
from blueprints.project.programs.store_use import StoreUse
from blueprints.project.programs.timeouts import Timeouts
from blueprints.project.programs.uploads import Uploads
from blueprints.project.programs.vectors import Vectors

Runtime = Literal["function", "container"]


@dataclass(frozen=True)
class ProgramValues(StoreUse):
    """The values of one program: its entry point, service and adapters. `plan` is its part of the plan."""

    plan: Program
    runtime: Runtime
    entry_point: EntryPoint
    service: ServiceKind
    stores: tuple[StoreAdapter, ...] = ()
    channels: tuple[Adapter, ...] = ()
    secrets: tuple[Adapter, ...] = ()
    calls: tuple[Adapter, ...] = ()
    #: The prefixes of rows that are no work although their store starts the program, and those of such rows that are work.
    skipped_rows: tuple[str, ...] = ()
    taken_rows: tuple[str, ...] = ()
    called: bool = False
    items: ItemSource = field(default_factory=ItemSource)
    #: The attributes that other programs set in its items.
    results: tuple[str, ...] = ()
    #: The uploads for which it issues URLs.
    uploads: Uploads | None = None
    #: The vector index that it uses for its callers.
    vectors: Vectors | None = None
    #: Whether uploads to a bucket start it, so that what it works on belongs to whoever uploaded it.
    after_uploads: bool = False
    #: Whether these uploads are files of items, whose ids are in their keys.
    after_named_files: bool = False
    #: Whether its messages are about the entities that its callers name, whose latest states others keep, or, of messages that
    #: it receives about items, it keeps the latest state of the entity that each names.
    entities: bool = False
    #: Whether callers may repeat the requests of its messages after newer ones, so that it records the first arrival of each.
    records_arrivals: bool = False
    #: Whether events of a bucket get to it as they are: nothing else that it receives is taken for one.
    meets_objects: bool = False
    #: Whether rows with an expiry start it, which is not that of its results.
    drops_expiry: bool = False
    #: Whether rows of a table that starts it may have no owner, as its index leaves shared items out.
    restores_owner: bool = False
    #: Whether it receives events about items that callers have removed.
    hears_removals: bool = False
    #: The stores in which it sees that the item of a message is gone; empty if a message can be about none of their items.
    gone_in: frozenset[str] = frozenset()
    #: Whether it receives messages about compensated work, directly from the programs that compensate.
    hears_undone: bool = False
    #: Whether it receives what webhooks report about items, beside the messages of other senders about new work.
    hears_reports: bool = False
    #: The fields with what it looks up where others keep what they make of its messages, which do not contain it.
    returned: tuple[str, ...] = ()
    #: The stores in which it records that its work was rejected or that nobody decided in time.
    decided_in: frozenset[str] = frozenset()
    #: Whether a run of its workflow ends with the step that finds its item deleted.
    ends_early: bool = False
    #: Whether what it passes on can hold the signature of a result or an item.
    meets_signatures: bool = False
    #: Whether its steps after an approval check that the items that they look up are still the approved ones.
    checks_approved: bool = False
    #: The attributes that programs record in these items.
    recorded: tuple[str, ...] = ()
    #: Whether callers who have items of their own find what becomes of the webhooks that it receives, which name no owner.
    names_owners: bool = False
    #: The time zone of its schedule.
    zone: str = "UTC"
    #: The starts of its schedule, if a run takes the objects of a bucket that were stored since the run before it.
    starts: Starts | None = None
    #: The smallest limit, in bytes of JSON, of all that an item of its callers is passed to; 0 if nothing has one.
    downstream_limit: int = 0
    #: The results that other programs keep beside its items: the name, and what is before and after the id of an item.
    beside: tuple[tuple[str, str, str], ...] = ()
    #: What other programs keep beside its items: what is before the id of an item, and all that may be after it.
    leavings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Whether others keep results in a store whose items it reads, which are no items: beside an item, or totals over all.
    skips_results: bool = False
    #: The fields of an item of its callers that may contain an item as another program received or found it; of work, of its results.
    handed: tuple[str, ...] = ()
    #: The attributes that programs set in the items that it goes over: no message about these has them.
    inside: tuple[str, ...] = ()
    #: The attributes in which other programs record who rejected their work, and why.
    decided: tuple[str, ...] = ()
    #: The results in its items by which people have approved a version of them.
    approvals: tuple[str, ...] = ()
    #: The results after which its callers change no item, each with the statuses that allow a change.
    settling: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Whether another program records digests of requests in the items that it reads.
    digested: bool = False
    #: The data stores in which no caller finds its totals over the items of all owners.
    hidden_totals: frozenset[str] = frozenset()
    #: Whether what it sends gets to a data store in which callers must not find these totals, or others count the items.
    hides_news: bool = False
    #: The data stores in which others keep what it sends of its totals, among items that are counted.
    counted_news: frozenset[str] = frozenset()
    #: Whether a channel of the project keeps the order of messages with the same ordering key.
    orders: bool = False
    #: Whether its project sends emails to the recipients that items name.
    mails: bool = False
    #: The fields that it does not take from what an API puts into its channel as callers have sent it.
    unnamed: tuple[str, ...] = ()
    #: Whether such messages have an internal owner, as programs send to the channel too, and callers could pose as others.
    hides_owner: bool = False
    #: The timeouts of its calls to AWS services.
    timeouts: Timeouts = field(kw_only=True)
