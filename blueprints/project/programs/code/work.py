"""The work of a program on messages and items: what it looks up, keeps and passes on."""

from advisor.sizing.rate_limits import UNPACED
from blueprints import settings
from blueprints.plan.environment import variable_name
from blueprints.project.programs.adapters import (
    Adapter,
    StoreAdapter,
)
from blueprints.project.programs.code.steps import Steps
from blueprints.project.programs.entry_point import LOOP
from blueprints.traits import dynamodb, kinesis, sqs
from blueprints.traits.arrivals import TABLE_VARIABLE as ARRIVALS_VARIABLE
from blueprints.traits.outside_effects import TABLE_VARIABLE as EFFECTS_VARIABLE
from blueprints.traits.outside_effects import acts_once, requires_ids

#: The most bytes of JSON of all objects in an item of DynamoDB, which may be larger there than as text.
MOST_CONTENT = 190_000


class Work(Steps):
    """What a program does with a message or an item, and with the results."""

    @property
    def told(self) -> tuple[Adapter, ...]:
        """The channels to which it sends a message about each message or item that it works on.

        A run with one result for all of its items sends that alone, unless a channel carries a message for each item.
        """
        if self.combines or self.service == "summary":
            return tuple(channel for channel in self.channels if channel.for_items)
        return self.channels

    @property
    def told_of_runs(self) -> tuple[Adapter, ...]:
        """The channels to which it sends one message for all items of a run."""
        return tuple(channel for channel in self.channels if channel not in self.told)

    @property
    def collects(self) -> bool:
        """Whether it sends the messages about the items that it goes over in batches."""
        return bool(self.told) and (self.service == "summary" or self.shared is not None)

    @property
    def takes_rows(self) -> bool:
        """Whether rows of a data store, or items that programs hand over, become messages in it."""
        entry_point = self.entry_point
        if self.service != "work" or entry_point.shell == LOOP:
            return self.service == "summary" and self.collects
        changes = dynamodb.TRAITS.service in (entry_point.kind, entry_point.records)
        return self.shared is not None or changes or entry_point.handed

    @property
    def unheard(self) -> tuple[str, ...]:
        """The events about items of callers that start no work: removals, and changes where the work is done only once.

        That is work that people approve or are told of, that is compensated, or that other programs do when called.
        """
        if not self.hears_removals:
            return ()
        told = any(channel.recorded for channel in self.channels)
        once = bool(self.asks_people or self.compensates or told or self.calls)
        return ("replaced", "removed") if once else ("removed",)

    @property
    def forgets(self) -> tuple[StoreAdapter, ...]:
        """Search indexes from which it deletes an item that was deleted: it hears of that, and keeps one document per item."""
        changes = self.entry_point.kind == dynamodb.TRAITS.service
        # A person is asked, and work is undone, before the program itself hears of anything.
        ends = self.asks_people or self.compensates
        hears = changes or ("removed" in self.unheard and self.items.keyed and not ends)
        if self.service != "work" or not self.items.renewed or self.shared is not None or self.steps or not hears:
            return ()
        if self.unnamed:  # who may send such messages may not be who deleted the item
            return ()
        return tuple(store for store in self.keeps if store.client.searched)

    @property
    def refreshes(self) -> tuple[StoreAdapter, ...]:
        """Search indexes in which it replaces an item that was changed, while its other work on the item is done once."""
        return self.forgets if "replaced" in self.unheard else ()

    @property
    def keeps_decisions(self) -> tuple[StoreAdapter, ...]:
        """The stores in which a decision against its work is an item of its own."""
        return tuple(store for store in self.keeps if store.node.id in self.decided_in)

    @property
    def shows_decisions(self) -> tuple[StoreAdapter, ...]:
        """Those of them that callers list: who decided, and why, is a record apart there, which they do not find."""
        return tuple(store for store in self.keeps_decisions if store.listed and not store.hidden)

    @property
    def replaces_at_end(self) -> tuple[StoreAdapter, ...]:
        """The stores of which callers get a result with its item: they get its end instead if work is undone or not approved."""
        shown = [s for s in self.keeps if s.shown and not (s.listed or s.node.id in self.items.latest)]
        return tuple(s for s in self.keeps if self.items.renewed and (s.beside or s in shown))

    def shown_under(self, store: StoreAdapter) -> str:
        """Return what is after the id of an item in the id of the result that callers get with the item."""
        return f".{self.last_step}" if store.beside and self.steps else ""

    @property
    def retracts(self) -> tuple[Adapter, ...]:
        """The channels that tell of compensated work: people get no email about it."""
        return tuple(channel for channel in self.told if not channel.addressed)

    @property
    def renews(self) -> bool:
        """Whether its work on an item is done for each event about it; otherwise, it is done once for the id of a message."""
        return self.service == "work" and self.items.renewed

    @property
    def orders_results(self) -> bool:
        """Whether results that it keeps under the id of an item are replaced by those of the same or later versions only."""
        return self.renews and bool(self.keeps)

    @property
    def orders_arrivals(self) -> bool:
        """Whether messages without a version are ordered by their arrival: it keeps the latest about each entity, as stated."""
        numbered = {sqs.TRAITS.service, kinesis.TRAITS.service} & {self.entry_point.kind, self.entry_point.records}
        received = bool(numbered) or self.entry_point.shell == "container_queue"
        return self.orders_results and bool(self.items.latest) and received

    @property
    def versions_results(self) -> bool:
        """Whether its results name the version of the item that they are about, which orders them."""
        return self.service == "work" and (self.orders_results or bool(self.completes))

    def compares_versions(self, store: StoreAdapter) -> bool:
        """Whether it leaves what is in a store if that is about a later version of an item."""
        reading = store.client.compares_by
        puts = self.renews and store.has("put") and (not reading or store.has(reading))
        return puts or (self.service == "work" and store.has("set_result"))

    @property
    def reads_results(self) -> bool:
        """Whether it reads results that it is about to replace, as no write of their store compares versions."""
        return any(
            self.compares_versions(store) and (store.client.compares_by or store.client.compares_text)
            for store in self.stores
        )

    @property
    def names_news(self) -> bool:
        """Whether what it sends about an item has the id of the event, as there may be several about one item."""
        if self.renews:
            return bool(self.channels)
        return self.combines and bool(self.completes and self.told_of_runs)

    @property
    def effects_env(self) -> str:
        """The environment variable with the table of its effects on another system, or "" if it records none."""
        node = self.plan.node
        return variable_name(node.subject, EFFECTS_VARIABLE) if acts_once(node) else ""

    @property
    def arrivals_env(self) -> str:
        """The environment variable with the table of first arrivals of its messages, or "" if it records none."""
        recorded = self.records_arrivals and self.orders_arrivals
        return variable_name(self.plan.node.subject, ARRIVALS_VARIABLE) if recorded else ""

    @property
    def unpaced_at_once(self) -> int:
        """How many calls of a system with a rate limit it makes at the same time; 0 if no rate limit is stated."""
        return settings.number(self.plan.node, UNPACED) if UNPACED in self.plan.node.settings else 0

    @property
    def needs_ids(self) -> bool:
        """Whether each message must have an id of its sender: SQS gives another one to a message that it delivers anew."""
        entry_point = self.entry_point
        polled = sqs.TRAITS.service in (entry_point.kind, entry_point.records) or entry_point.shell == "container_queue"
        return polled and requires_ids(self.plan.node)

    @property
    def identifies_events(self) -> bool:
        """Whether its service asks for the id of the event that a message is about."""
        return self.names_news or (self.renews and bool(self.effects_env or self.histories))

    @property
    def looks_up(self) -> tuple[StoreAdapter, ...]:
        """Stores in which the item that a message is about is looked up."""
        return tuple(s for s in self.reads if s.has("get") and (not s.writable or s is self.listed))

    @property
    def gone_without(self) -> tuple[StoreAdapter, ...]:
        """Stores in which it looks up the item itself, and without which in any of them it is gone: nothing is done for it."""
        if self.service != "work" or self.shared is not None or self.listed is not None:
            return ()
        return tuple(store for store in self.looks_up if store.subject in self.gone_in)

    @property
    def approved_items(self) -> tuple[StoreAdapter, ...]:
        """Stores with the items of another program that people approve, of which it also sets an attribute."""
        return tuple(s for s in self.completes if s.has("get")) if self.checks_approved else ()

    @property
    def largest_content(self) -> int:
        """The most bytes of JSON that it takes of a file into a result that a store with small items keeps; 0 if none does.

        The result also has the message.
        """
        files = sum(store.client.files for store in self.looks_up)
        small = any(0 < store.client.largest_item < 2 * MOST_CONTENT for store in self.keeps)
        return MOST_CONTENT // files if files and small and self.service == "work" else 0

    @property
    def gives_owners(self) -> bool:
        """Whether callers list its results, so that items need an owner."""
        return self.service in ("work", "summary") and any(
            s.listed for s in (*self.keeps, *self.histories) if not (s.hidden or s.about)
        )

    @property
    def takes_entities(self) -> bool:
        """Whether it keeps the latest state under the ordering key of a message, and everything else under the id of its item."""
        return self.entities and self.service == "work" and not self.completes

    @property
    def states_beside(self) -> tuple[StoreAdapter, ...]:
        """The stores in which it keeps a result for each item, beside the latest states of the entities that messages name."""
        return tuple(s for s in self.keeps if s.node.id not in self.items.latest) if self.takes_entities else ()
