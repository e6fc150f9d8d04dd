"""How a program uses its stores, as its templates ask."""

from blueprints.project.programs.adapters import ItemSource, StoreAdapter
from blueprints.traits import aurora_serverless
from blueprints.traits.served_items import conditional_writes


class StoreUse:
    """The stores of a program, by what the program does with them."""

    stores: tuple[StoreAdapter, ...]
    items: ItemSource

    @property
    def reads(self) -> tuple[StoreAdapter, ...]:
        """Stores that are read."""
        return tuple(s for s in self.stores if s.readable)

    @property
    def writes(self) -> tuple[StoreAdapter, ...]:
        """Stores that are written, apart from a cache of copies."""
        return tuple(s for s in self.stores if s.writable and not s.aside)

    @property
    def connections(self) -> StoreAdapter | None:
        """The store with the open connections of its WebSocket API."""
        return next((s for s in self.stores if s.connections), None)

    @property
    def remembers(self) -> tuple[StoreAdapter, ...]:
        """Stores in which the messages of connections are items."""
        return tuple(s for s in self.writes if not s.connections)

    @property
    def cache(self) -> StoreAdapter | None:
        """The cache with copies of items of the primary store."""
        return next((s for s in self.stores if s.aside), None)

    @property
    def keeps(self) -> tuple[StoreAdapter, ...]:
        """Stores in which its results are items of their own."""
        return tuple(s for s in self.writes if not s.result and s not in (*self.archives, *self.histories))

    @property
    def archives(self) -> tuple[StoreAdapter, ...]:
        """Stores in which the results of a batch are one object."""
        return tuple(s for s in self.writes if s.has("put_batch"))

    @property
    def histories(self) -> tuple[StoreAdapter, ...]:
        """Stores in which each message has a result of its own, beside stores with the latest about each entity."""
        return tuple(s for s in self.writes if s.node.id in self.items.each and not (s.result or s in self.archives))

    @property
    def hides(self) -> bool:
        """Whether it keeps results among the items of callers, where no list shows them."""
        return any(s.hidden for s in self.writes)

    @property
    def shows_hidden(self) -> bool:
        """Whether callers get the results that no list shows, with the items that these are about."""
        return any(s.beside for s in self.writes)

    @property
    def completes(self) -> tuple[StoreAdapter, ...]:
        """Stores in which its results are attributes of the items of another program."""
        return tuple(s for s in self.writes if s.result)

    @property
    def deletes(self) -> tuple[StoreAdapter, ...]:
        """Stores whose items can be deleted: only read-write access includes deletion, and none does if one of them is locked."""
        return () if any(s.locked for s in self._changed) else self._changed

    @property
    def _changed(self) -> tuple[StoreAdapter, ...]:
        found = (s for s in self.stores if s.verb == "read-write" and not s.aside)
        return tuple(sorted(found, key=lambda store: store.client.checks_first))

    @property
    def writes_files(self) -> bool:
        """Whether it writes files and not only items."""
        return any(s.has("put_file") for s in self.stores)

    @property
    def primary(self) -> StoreAdapter | None:
        """The store that answers questions about items: read and written if there is one, else one that is read.

        Of several that are read and written, it is the first whose writes are conditional: the others follow it.
        """
        return next(iter((*self._changed, *(store for store in self.reads if not store.aside))), None)

    @property
    def related(self) -> tuple[StoreAdapter, ...]:
        """Stores that know more about an item of the primary store."""
        return tuple(s for s in self.reads if s is not self.primary and not s.writable)

    @property
    def pausing(self) -> tuple[StoreAdapter, ...]:
        """Stores that may be paused, so that their clients must retry."""
        return tuple(s for s in self.stores if s.service == aurora_serverless.TRAITS.service)

    @property
    def postgres(self) -> tuple[StoreAdapter, ...]:
        """Stores that a driver reaches by PostgreSQL's own protocol."""
        return tuple(s for s in self.stores if "lost_connection" in s.client.tests)

    @property
    def can_read(self) -> bool:
        """Whether callers can read items."""
        return self.primary is not None

    @property
    def conditional(self) -> bool:
        """Whether a change must name the version of the item that it is based on, because readers need strong consistency."""
        return any(conditional_writes(store.node) for store in self._changed)

    @property
    def can_change(self) -> bool:
        """Whether callers can replace and remove items."""
        return bool(self.deletes)
