"""Adapters: one client module per dependency of a program, derived from its outgoing edges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default_of
from types import MappingProxyType

from advisor.architecture import Edge, Node
from advisor.architecture.passing import READING, WRITING
from advisor.budgets.spread_owners import SPARSE
from advisor.text import Text
from advisor.vocabulary.store import IMMUTABLE, KEPT
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import RESULTS_PREFIX
from blueprints.plan.environment import variable_name
from blueprints.project.programs.caches import cache_aside
from blueprints.project.programs.store_functions import ServiceKind, store_functions
from blueprints.traits import Client, ClientKind, has_client, traits_of, traits_of_node
from blueprints.traits.callbacks import RESUME, TABLE_VARIABLE
from blueprints.traits.database_roles import role_name
from blueprints.traits.direct_downloads import EXPIRES_S, hands_out
from blueprints.traits.direct_downloads import PREFIX as DOWNLOADS_PREFIX
from blueprints.traits.direct_uploads import PREFIX as UPLOADS_PREFIX
from blueprints.traits.elasticache_serverless import CACHE, COPIES_S
from blueprints.traits.item_messages import is_for_items
from blueprints.traits.s3_vectors import holds_vectors

#: The most items and bytes of a page, and the setting with the size of the largest item.
PAGE_ROWS, PAGE_BYTES, ITEM_BYTES = 1000, 16 * 1024**2, "item_bytes"
#: The bytes that a message has besides its item.
ROOM_FOR_IDS = 10_000


@dataclass(frozen=True)
class Adapter:
    """A client module for one dependency. `env` maps short names to environment variables."""

    module: str
    subject: str
    field: str
    node: Node
    verb: str
    env: Mapping[str, str]
    #: Of a channel: whether a message is work to be done, and not an event.
    work: bool = default_of(default=False, kw_only=True)
    #: Of a channel: whether its messages leave without their items, because only outside parties receive them.
    brief: bool = default_of(default=False, kw_only=True)
    #: Of a channel: whether its messages are sent twice, with their items to components and without them to outside parties.
    apart: bool = default_of(default=False, kw_only=True)
    #: Of a channel: whether the program notifies the devices of the owner of an item.
    pushes: bool = default_of(default=False, kw_only=True)

    @property
    def service(self) -> str:
        """The catalogue id of the dependency."""
        return self.node.service

    @property
    def client(self) -> Client:
        """The template of the client."""
        return client_of(self.node)

    @property
    def call(self) -> str:
        """The way in which a dependency is called."""
        return "callback" if self.resumes else self.client.template

    @property
    def resumes(self) -> bool:
        """Whether it completes steps that wait for a callback."""
        return self.verb == RESUME

    @property
    def fifo(self) -> bool:
        """Whether order is kept."""
        return traits_of(self.node.service).fifo

    @property
    def registers(self) -> bool:
        """Whether callers of the program register their devices for mobile push."""
        return "platform" in self.env

    @property
    def recorded(self) -> bool:
        """Whether people receive the messages, so that they are recorded."""
        return "sent" in self.env

    @property
    def addressed(self) -> bool:
        """Whether it sends each message to the recipient that its item names."""
        return "addressed" in self.client.tests

    @property
    def ordering(self) -> str:
        """The order that the channel keeps."""
        return str(self.node.settings.get("ordering", "none"))

    @property
    def keyed(self) -> bool:
        """Whether the channel keeps the order of messages with the same ordering key."""
        return self.ordering == "per-key"

    @property
    def for_items(self) -> bool:
        """Whether it carries a message for each item of a run; people get one for each run."""
        return is_for_items(self.node) and not self.recorded

    @property
    def largest_message(self) -> int:
        """The most bytes of a message: the largest item, with its ids and types; 0 if no item is too large."""
        return self.client.largest_item + ROOM_FOR_IDS if self.client.largest_item else 0

    @property
    def batched(self) -> str:
        """The template of the client if its service takes several messages in a request, otherwise ""."""
        return self.client.template if "refused_in_batch" in self.client.tests and not self.recorded else ""


def client_of(node: Node) -> Client:
    """Return the code by which programs reach a node. Raises KeyError if there is no entry."""
    client = traits_of_node(node).client
    if client is None:
        raise KeyError(node.service)
    return client


@dataclass(frozen=True)
class StoreAdapter(Adapter):
    """The client of a store: functions that are used, and database role. `aside`: it is a cache beside the primary store."""

    functions: frozenset[str] = frozenset()
    prefix: str = ""
    role: str = ""
    listed: bool = False
    holds_shared: bool = False
    #: The attribute for the result, where the items belong to another program; "" where results are items.
    result: str = ""
    aside: bool = False
    #: The attributes that other programs set in the items that this one keeps for its callers.
    results: tuple[str, ...] = default_of(default=(), kw_only=True)
    #: The name of its results in items of callers beside which they are kept; "" where they are not.
    beside: str = default_of(default="", kw_only=True)
    #: Whether callers get with an item what is under its id there.
    shown: bool = default_of(default=False, kw_only=True)
    #: Whether it has the items of callers, and the results are rows of their own there.
    among_items: bool = default_of(default=False, kw_only=True)
    #: How ids begin that are no ends of its keys as they are, because the keys of another program begin like this.
    taken: tuple[str, ...] = default_of(default=(), kw_only=True)
    #: Whether what messages are about is looked up in it by ids, and not by keys that it has told.
    sought: bool = default_of(default=False, kw_only=True)
    #: The attribute by which a change of its results is known for no change of an item; "" where they are items, or nothing hears of changes.
    marker: str = default_of(default="", kw_only=True)
    #: Whether what it keeps apart from items there starts the programs that listen to changes, as items do.
    heard: bool = default_of(default=False, kw_only=True)
    #: The attribute that no item may have, because changes of what has it start nothing; "" where changes of all start it.
    reserves: str = default_of(default="", kw_only=True)
    #: The components whose messages are about none of its items; what is made of these has rows of its own, which no caller finds.
    others: tuple[str, ...] = default_of(default=(), kw_only=True)
    #: The columns beside the items, with what programs set in these.
    columns: tuple[str, ...] = default_of(default=(), kw_only=True)
    #: Whether it contains the open connections of a WebSocket API, and nothing else.
    connections: bool = False
    #: Whether clients upload files to it, and whether these belong to items, whose ids are in their keys.
    uploaded: bool = False
    named_files: bool = False
    #: Whether it contains nothing but uploads, each in the folder of its owner.
    uploads_only: bool = False
    #: Whether the program reads the versions that events name.
    versioned: bool = False
    #: Whether messages are about its items.
    told: bool = False
    #: How the owners of its records begin, if callers get these with the items that they are about; otherwise "".
    about: str = default_of(default="", kw_only=True)
    #: Whether it has objects with the items of a batch, which the program reads with the others.
    in_batches: bool = False

    def has(self, *names: str) -> bool:
        """Whether the program uses one of these store functions."""
        return not self.functions.isdisjoint(names)

    @property
    def readable(self) -> bool:
        """Whether the program is allowed to read."""
        return self.verb in READING

    @property
    def writable(self) -> bool:
        """Whether the program is allowed to write."""
        return self.verb in WRITING

    @property
    def hidden(self) -> bool:
        """Whether no caller finds the results in it as items, of which it has those of callers."""
        return bool(self.beside) or self.among_items

    @property
    def starts(self) -> bool:
        """Whether writes to it trigger the program again."""
        return self.prefix.startswith(RESULTS_PREFIX)

    @property
    def expires_s(self) -> int:
        """After how many seconds an item expires that the program writes; 0 if none does. Connections have an end of their own."""
        return settings.number(self.node, KEPT) if self.client.expires and not self.connections else 0

    @property
    def sparse(self) -> bool:
        """Whether the index by owner leaves shared items out: one of its keys could not take their writes."""
        return settings.flag(self.node, SPARSE) and not self.connections

    @property
    def unowned(self) -> bool:
        """Whether shared items may have no owner in the table: this release or another one leaves them out of the index."""
        return SPARSE in self.node.settings and not self.connections

    @property
    def copies_s(self) -> int:
        """After how many seconds a copy expires in a cache beside the primary store: soon, as a stale one is served until then."""
        return min(COPIES_S, self.expires_s or COPIES_S)

    @property
    def locked(self) -> bool:
        """Whether nobody may change or delete what is in it before its retention ends."""
        return settings.flag(self.node, IMMUTABLE)

    @property
    def linked(self) -> bool:
        """Whether callers download its objects with URLs: each is in the folder of its owner, and no program reads its content."""
        return hands_out(self.node)

    @property
    def by_owner(self) -> bool:
        """Whether the program asks for an object with the owner, whose folder contains it."""
        return self.uploads_only or (self.linked and self.readable)

    @property
    def downloads_prefix(self) -> str:
        """The prefix of the keys of objects that callers download."""
        return DOWNLOADS_PREFIX

    @property
    def link_s(self) -> int:
        """For how many seconds the URL of a download is valid."""
        return EXPIRES_S

    @property
    def uploads_prefix(self) -> str:
        """The prefix of the keys of uploads."""
        return UPLOADS_PREFIX

    @property
    def consistent(self) -> bool:
        """Whether reads by id must see the newest value.

        A caller reads what the program has just written for it, and a message may be about what was just written.
        """
        return self.writable or self.told or self.node.settings.get("consistency") in ("strong", "transactions")

    @property
    def largest_result(self) -> int:
        """The most bytes of JSON of one of its columns with results, or 0 if there is no such limit."""
        return self.client.largest_results // max(1, len(self.columns))

    @property
    def page_rows(self) -> int:
        """How many items one query of a whole store returns: fewer of large ones, which the memory holds at the same time."""
        item_bytes = settings.number(self.node, ITEM_BYTES)
        return max(1, min(PAGE_ROWS, PAGE_BYTES // item_bytes)) if item_bytes else PAGE_ROWS

    @property
    def table(self) -> str:
        """The SQL table's name."""
        return f"{self.subject.replace('-', '_')}_items"


@dataclass(frozen=True, slots=True)
class ItemSource:
    """The location of the items that a program processes, and whether each result is written again.

    `listed` is the bucket whose objects a map hands over one by one, `shared` the store whose items are divided among
    numbered parts; each is the id of a node. `keyed`: what comes of a message goes under the id of what it is about, by
    which another program looks it up. `latest` are the stores that state to keep the latest of each key, and `each` those
    beside them in which every message has a result of its own.
    """

    listed: str = ""
    shared: str = ""
    renewed: bool = False
    keyed: bool = False
    compared: bool = False
    latest: frozenset[str] = frozenset()
    each: frozenset[str] = frozenset()

    def functions(self, store: str, names: frozenset[str]) -> frozenset[str]:
        """Return the store functions that the work uses, given those that it would use without an item source."""
        if self.renewed and store not in self.each and "put_once" in names:
            names = names - {"put_once"} | {"put"}
        if store and store == self.shared:
            names = names - {"get"} | {"read_part"}
        return names | {"get"} if store and store == self.listed else names


def store_adapters(
    reached: Sequence[tuple[Edge, Node]],
    kind: ServiceKind,
    names: list[str],
    prefixes: Mapping[str, str],
    items: ItemSource,
    whose: Callable[[str], tuple[bool, bool]],
    *,
    called: bool = False,
    results: Mapping[str, str] = MappingProxyType({}),
) -> Iterable[StoreAdapter]:
    """Yield the adapters of a program's stores. Raises Unsupported for one without an implementation.

    `results` names, by store, the attribute for the result in items of another program; `prefixes` says, by store, under what a program keeps its items apart from those of others; `whose`, whether callers
    list what is theirs in a store, and whether it holds what belongs to everyone; `called`, whether other programs call this
    one past its entry.
    """
    verbs: dict[str, set[str]] = {}
    stores: dict[str, tuple[Edge, Node]] = {}
    for edge, node in reached:
        if edge.verb in ("read", "write", "read-write") and not holds_vectors(node) and _known(edge, node, "store"):
            verbs.setdefault(node.id, set()).add(edge.verb)
            stores.setdefault(node.id, (edge, node))
    joined = {id: stores[id][0].verb if len(verbs[id]) == 1 else "read-write" for id in stores}
    services = {id: node.service for id, (_, node) in stores.items()}
    first = sorted(joined, key=lambda id: services[id] == CACHE)
    sources = first
    if kind == "items":
        # Whatever a program writes to a cache are copies where it reads another store.
        asked = [id for id in first if services[id] != CACHE and joined[id] != "write"] or first
        # Two changes at the same time exclude each other in the store that decides about the version of an item.
        sources = sorted(asked, key=lambda id: joined[id] == "read-write" and client_of(stores[id][1]).checks_first)
    primary = next((id for verb in ("read-write", "read") for id in sources if joined[id] == verb), None)
    aside = cache_aside(joined, services, primary) if kind == "items" else None
    subjects = [node.subject for _, node in reached]
    follows = "read-write" in joined.values()
    locked = any(settings.flag(stores[id][1], IMMUTABLE) for id, verb in joined.items() if verb == "read-write")
    for id, (edge, node) in stores.items():
        verb = joined[id]
        adapter = _adapter("store", edge, node, names, subjects)
        functions: frozenset[str] = store_functions(
            kind, verb, id == primary, files=client_of(node).files, follows=follows, compares=client_of(node).compares
        )
        if hands_out(node) and "get" in functions:
            functions = functions - {"get"} | {"find"}
        if locked and kind == "items":
            functions -= {"replace", "remove", "delete"}
        if called and kind == "items" and verb in WRITING:
            functions |= {"put"}
        if id == aside:
            functions = frozenset(("get", "put", *(("delete",) if primary and joined[primary] == "read-write" else ())))
        own = prefixes.get(node.id, "") if verb in WRITING and client_of(node).prefixes else ""
        result = results.get(node.id, "")
        if result and kind == "items":
            functions |= {"set_result"}
        elif result and own:
            functions = items.functions(id, functions) | {"set_result"}
        elif result:
            functions = functions - {"put", "put_once"} | {"set_result"}
        if not result:
            functions = items.functions(id, functions)
        if items.compared and "put" in functions and (reading := client_of(node).compares_by):
            functions |= {reading}
        yield StoreAdapter(
            adapter.module, adapter.subject, adapter.field, node, verb, adapter.env, functions, own,
            role_name(edge.source.partition(".")[0], node.subject), *whose(node.id), result, id == aside,
        )  # fmt: skip


def module_of(kind: str, subject: str, subjects: Iterable[str]) -> str:
    """Return the module by which a program reaches a subject: `store_orders` of `orders`, `store_1` of `store-1`.

    `subjects` are all that the program reaches: beside a store `1`, the module of `store-1` is `store_store_1`.
    """
    word = subject.replace("-", "_")
    unprefixed = subject.removeprefix(f"{kind}-")
    has_prefix = word == kind or (unprefixed != subject and unprefixed not in subjects)
    return word if has_prefix else f"{kind}_{word}"


#: What items, messages and what is kept of connections hold already: no neighbor's answer may take its place.
_TAKEN = frozenset(
    ("id", "pk", "name", "owner", "created_at", "expires_at", "signature", "key", "type", "item", "items", "who", "text",
     "from", "message", "event", "index", "size", "price", "count", "amount", "bucket", "object", "device_token",
     "ordering_key", "source_event", "effect")
)  # fmt: skip


def _adapter(kind: str, edge: Edge, node: Node, names: list[str], subjects: Iterable[str]) -> Adapter:
    word, module = node.subject.replace("-", "_"), module_of(kind, node.subject, subjects)
    return Adapter(module, node.subject, module if word in _TAKEN else word, node, edge.verb, _env(node, names))


#: The end of an environment variable's name -> the word by which templates ask for it.
_WORDS = (
    ("TABLE_NAME", "table"), ("BUCKET_NAME", "bucket"), ("CLUSTER_ARN", "cluster"), ("SECRET_ARN", "secret"),
    ("ENDPOINT", "endpoint"), ("CACHE_NAME", "cache"), ("USER", "user"), ("SENDER", "sender"),
    ("CONFIGURATION_SET", "configuration"), ("UNADDRESSED", "unaddressed"), ("DIRECTORY", "directory"), ("DATABASE", "database"), ("QUEUE_URL", "queue"),
    ("TOPIC_ARN", "topic"), ("SENT_TABLE_NAME", "sent"), ("BUS_NAME", "bus"), ("STREAM_NAME", "stream"), ("PLATFORM_APPLICATION_ARN", "platform"),
    ("FUNCTION_NAME", "function"), ("FUNCTION_ARN", "function"), ("STATE_MACHINE_ARN", "state_machine"),
    ("BASE_URL", "url"), (TABLE_VARIABLE, "callbacks"),
)  # fmt: skip


def ending(word: str) -> str:
    """Return the suffix of the environment variable for a name that templates use."""
    return next(suffix for suffix, known in _WORDS if known == word)


def _env(node: Node, names: list[str]) -> dict[str, str]:
    known = ((variable_name(node.subject, suffix), word) for suffix, word in _WORDS)
    return {word: name for name, word in known if name in names}


def _known(edge: Edge, node: Node, kind: ClientKind) -> bool:
    if has_client(node, kind):
        return True
    reason = Text(
        f"The project generator does not support program access to {node.title.en} yet ({edge.verb}).",
        f"プログラムから{node.title.ja}への接続（{edge.verb}）は、まだ生成に対応していません。",
    )
    raise Unsupported(edge.id, reason)


def channel_adapters(
    reached: Sequence[tuple[Edge, Node]], names: list[str], working: frozenset[str], pushed: frozenset[str]
) -> Iterable[Adapter]:
    """Yield the adapters of the channels that a program sends to.

    `working` are the channels that carry work, `pushed` those of which it notifies devices.
    """
    subjects = [node.subject for _, node in reached]
    for edge, node in reached:
        if edge.verb == "publish" and _known(edge, node, "channel"):
            adapter = _adapter("channel", edge, node, names, subjects)
            yield replace(adapter, work=node.subject in working, pushes=node.subject in pushed)


def secret_adapters(reached: Sequence[tuple[Edge, Node]], names: list[str]) -> Iterable[Adapter]:
    """Yield the adapters of the secrets that a program reads."""
    subjects = [node.subject for _, node in reached]
    for edge, node in reached:
        if edge.verb == "get-secret":
            yield _adapter("secret", edge, node, names, subjects)


def call_adapters(reached: Sequence[tuple[Edge, Node]], names: list[str]) -> Iterable[Adapter]:
    """Yield the adapters of the targets that a program calls synchronously, starts or resumes.

    An answer to a callback comes first: one that is refused has no other effect.
    """
    subjects = [node.subject for _, node in reached]
    for edge, node in sorted(reached, key=lambda one: one[0].verb != RESUME):
        if edge.verb in ("call", RESUME) and _known(edge, node, "call"):
            yield _adapter("call", edge, node, names, subjects)
