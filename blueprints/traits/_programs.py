"""The records of the clients of a service, and of the events with which it invokes programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

#: Kind of a client: a store, an index of vectors, a channel, a callee, or a secret.
ClientKind = Literal["store", "vectors", "channel", "call", "secret"]
#: How callers talk to an entry.
Protocol = Literal["", "http", "websocket", "graphql", "events", "tcp"]
#: What a fake is made from: the environment variable that names the dependency, the prefix of all its variables, the
#: prefix of the program's keys, the name of the dependency, the SQL table, the role in the database.
FakeArgument = Literal["variable", "variables", "prefix", "subject", "table", "role"]


@dataclass(frozen=True, slots=True)
class Client:
    """The client code for a service: its template, configuration and packages.

    `variable` is the word for the environment variable that names the neighbor. `tests` are the further tests of a
    program that reaches it, each with the functions of the client of which it needs one (none: it is always there).
    """

    kind: ClientKind
    template: str = ""
    variable: str = ""
    fake: str = ""
    fake_arguments: tuple[FakeArgument, ...] = ("variable",)
    tests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The package that it takes in Python besides the SDK.
    package: str = ""
    #: The class of the SDK for JavaScript that it sends with.
    sdk_class: str = ""
    #: Whether items can be kept under a prefix.
    prefixes: bool = False
    #: Whether a result is kept under a prefix beside its item, because no attribute of the item can be set alone.
    beside: bool = False
    #: Whether one attribute of an item can be set, and the rest left as it is.
    updates: bool = False
    #: Whether it tells whether an item was made from the same request, to programs that only write.
    compares: bool = False
    #: Whether a change is checked against the version of an item before it is written, and not by the write itself.
    checks_first: bool = False
    #: The function of the client that reads what is there, where no write itself compares versions of items.
    compares_by: str = ""
    #: Whether what is there is compared as a whole, because items are text.
    compares_text: bool = False
    #: Whether such an attribute is a column beside the item.
    columns: bool = False
    #: Whether it holds files, and not only items.
    files: bool = False
    #: Whether the items of a batch can be kept together, as one of its objects.
    batches: bool = False
    #: The most bytes of JSON that it takes as one item or message, where that is less than a request may have.
    largest_item: int = 0
    #: The largest stored item in bytes that it can return, with all attributes; 0 if there is no such limit.
    largest_row: int = 0
    #: The most bytes of JSON of all results beside such an item.
    largest_results: int = 0
    #: Whether the answer to a call is the result of all its work.
    awaited: bool = False
    #: Whether programs set when an item expires.
    expires: bool = False
    #: Whether items that are gone are deleted from it by whoever keeps copies of them there, so that no search finds these.
    searched: bool = False
    #: Whether it finds the items of an owner without reading those of others.
    by_owner: bool = False
    #: Whether its content can be seen from outside the network.
    open: bool = False


@dataclass(frozen=True, slots=True)
class Resolver:
    """The class of Powertools that reads the requests of an entry, and its name for the path to a request's id."""

    name: str
    correlation: str


@dataclass(frozen=True, slots=True)
class Records:
    """The class of Powertools for one record of a batch, the module that it is in, and the type of the batch's event.

    `sequence` names the sequence number of a record of a stream; a queue has none.
    """

    name: str
    module: str
    event_type: str
    sequence: str = ""
