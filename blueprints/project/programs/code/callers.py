"""What callers of a program send, and what they get."""

from collections.abc import Mapping
from typing import Any

from blueprints.project.programs.adapters import (
    Adapter,
    StoreAdapter,
)
from blueprints.project.programs.code.program_values import ProgramValues
from blueprints.project.programs.entry_point import NOBODY
from blueprints.shared.openapi import item_schema, upload_schema, vector_schemas
from blueprints.traits import traits_of
from blueprints.traits.callbacks import LARGEST_ANSWER

#: The most bytes of an item as JSON where nothing that it is handed to holds less: what the web server takes.
LARGEST_ITEM = 1024 * 1024
#: The most bytes of a page of items: AWS Lambda responds with at most 6 MB, and with 1 MB through a load balancer.
LARGEST_PAGE, SMALL_PAGE = 5_000_000, 900_000


class Callers(ProgramValues):
    """The items that callers of a program send, and what they find."""

    @property
    def registering(self) -> tuple[Adapter, ...]:
        """The channels with which its callers register devices for push notifications; a sender of webhooks has no device."""
        if self.service != "items" or self.entry_point.webhook or not self.can_create:
            return ()
        return tuple(channel for channel in self.channels if channel.registers)

    @property
    def own_only(self) -> bool:
        """Whether a text from a connection goes to those of its user only: people in isolation, or who wait for news of theirs."""
        return self.entry_point.identity != NOBODY and self.called

    @property
    def takes_bodies(self) -> bool:
        """Whether callers send it items or messages, which a schema validates."""
        return self.service == "chat" or bool(
            self.service == "items" and (self.takes_items or self.uploads or self.vectors)
        )

    @property
    def finds(self) -> bool:
        """Whether callers ask for single items or vectors, which may not exist, or webhooks are about items."""
        return self.can_read or bool(self.reports) or (self.vectors is not None and self.vectors.reads)

    @property
    def reports(self) -> tuple[StoreAdapter, ...]:
        """Stores in which what a webhook says is an attribute of the item that it is about, which is that of another program."""
        return self.completes if self.service == "items" and self.entry_point.webhook else ()

    @property
    def identifies(self) -> bool:
        """Whether it asks who a caller is for at least one of its routes: not if everybody reads, and nobody writes."""
        writes = self.vectors is not None and self.vectors.writes
        return not self.entry_point.open_reads or bool(self.can_create or self.can_change or self.uploads or writes)

    @property
    def not_found(self) -> str:
        """The message to a caller that asks for something that does not exist."""
        found = ["item"] * (self.can_read or bool(self.reports)) + ["vector"] * (
            self.vectors is not None and self.vectors.reads
        )
        return f"{' or '.join(found).capitalize()} not found."

    @property
    def takes_items(self) -> bool:
        """Whether callers send it items, which the model of an item validates."""
        return self.can_create or self.can_change

    @property
    def described(self) -> Mapping[str, Any] | None:
        """The schema of an item in the description of its API, where that checks bodies; the service checks ordering keys."""
        return item_schema("") if self.entry_point.validated and not self.entry_point.webhook else None

    @property
    def described_upload(self) -> Mapping[str, Any] | None:
        """The schema of an upload in the description of its API, where that checks bodies."""
        if self.uploads is None or not self.entry_point.validated:
            return None
        return upload_schema(self.uploads.largest_bytes, of_item=self.uploads.of_item)

    @property
    def described_vectors(self) -> Mapping[str, Any] | None:
        """The schemas of a vector and of a query in the description of its API, where that checks bodies."""
        return vector_schemas() if self.vectors is not None and self.entry_point.validated else None

    @property
    def largest_item(self) -> int:
        """The largest item that callers can send, in bytes of JSON."""
        return self.downstream_limit or LARGEST_ITEM

    @property
    def largest_page(self) -> int:
        """The largest page of a list, in bytes of the response: below what the entry and AWS Lambda pass on."""
        return SMALL_PAGE if self._behind_balancer else LARGEST_PAGE

    @property
    def about_largest_page(self) -> str:
        """What limits a page, in a comment of the program."""
        if self._behind_balancer:
            return "a load balancer passes on at most 1 MB from a Lambda function"
        return (
            "a Lambda function responds with at most 6 MB"
            if self.runtime == "function"
            else "what a caller reads at once"
        )

    @property
    def largest_answer(self) -> int:
        """The most bytes of JSON that the answer to a callback hands to a run."""
        return LARGEST_ANSWER

    @property
    def _behind_balancer(self) -> bool:
        return self.runtime == "function" and bool(traits_of(self.entry_point.entry).load_balancer)

    @property
    def keeps_new(self) -> bool:
        """Whether a repeated create request returns the existing item."""
        return self.primary is not None and self.primary.has("put_new")

    @property
    def followers(self) -> tuple[StoreAdapter, ...]:
        """Stores with copies of the items of the primary store."""
        return tuple(store for store in self.writes if self.keeps_new and store is not self.primary)

    @property
    def digests(self) -> bool:
        """Whether a store that it only writes to tells whether a repeated create request is the same."""
        return not self.keeps_new and any(store.has("agrees") for store in self.writes)

    @property
    def added(self) -> tuple[str, ...]:
        """The attributes of a new item besides those of the request."""
        fields = sorted(call.field for call in self.calls)
        signed, addressed = ["signature"] if self.secrets else [], ["recipient"] if self.addressed else []
        own = (
            "id",
            "owner",
            "created_at",
            *(["etag"] if self.tags else []),
            *signed,
            *addressed,
            *(["request_digest"] if self.digests else []),
            *fields,
        )
        return (*own, *self.results, *self.marks)

    @property
    def tags(self) -> bool:
        """Whether its new items have a version, which each change of a caller replaces."""
        return self.service == "items" and bool(self.writes)

    @property
    def tags_by_request(self) -> bool:
        """Whether the version of a new item comes from its request: nobody reads the one of the first attempt for a retry."""
        return self.tags and not self.keeps_new

    @property
    def reserved(self) -> tuple[str, ...]:
        """The fields of an item that callers cannot set: its expiry, its keys, its recipient, and what is of the results of other programs."""
        # What follows the changes of an item sends messages in its order.
        named = ["ordering_key"] if self.orders and not self.keyed and self.entry_point.owned else []
        named += [*(["source_event"] if self.hands_over else []), *(["recipient"] if self.reserves_recipients else [])]
        named += ["request_digest"] if self.digests or self.digested else []
        return ("expires_at", "pk", *named, *self.results, *self.marks)

    @property
    def reserves_recipients(self) -> bool:
        """Whether its callers cannot name the recipient of emails: anybody but machines that sign their requests."""
        signs = self.entry_point.webhook or traits_of(self.entry_point.identity).identity == "credentials"
        return self.mails and self.service == "items" and not signs

    @property
    def concealed(self) -> tuple[str, ...]:
        """The fields of items that callers do not see."""
        recipient = ["recipient"] if self.reserves_recipients else []
        return (*recipient, *(["request_digest"] if self.digested else []))

    @property
    def addressed(self) -> bool:
        """Whether emails about its items go to the verified address of the person who sent them."""
        return self.reserves_recipients and self.takes_items and self.entry_point.people

    @property
    def hands_over(self) -> bool:
        """Whether it hands over items to other programs as they are, which take an event id in them for that of the event."""
        return any(not call.resumes for call in self.calls)

    @property
    def marks(self) -> tuple[str, ...]:
        """The attributes by which its stores know results from items: work on an item that had one would not start."""
        return tuple(sorted({store.reserves for store in self.writes if store.reserves}))

    @property
    def keyed(self) -> bool:
        """Whether it sends to a channel that keeps the order of messages with the same ordering key."""
        return any(channel.keyed for channel in self.channels)

    @property
    def asks_for_key(self) -> bool:
        """Whether callers must state the ordering key: no two messages have one item where items cannot be changed."""
        return self.keyed and self.service == "items" and not self.can_change and not self.entry_point.webhook

    @property
    def names_entities(self) -> bool:
        """Whether its messages have their ordering key as the key, the name of the entity whose latest state others keep."""
        return self.keyed and self.entities and self.service == "items"

    @property
    def binds_order(self) -> bool:
        """Whether the messages about the items of one owner have an order of their own, which no other caller enters."""
        return self.keyed and self.service == "items" and self.entry_point.owned and not self.entry_point.webhook

    @property
    def can_create(self) -> bool:
        """Whether callers can send new items."""
        return bool(self.writes or self.channels or self.calls) or not (self.stores or self.uploads or self.vectors)
