"""What a program behind an API serves: the routes and fields that its API describes, and the ordering key of an item."""

from dataclasses import dataclass
from typing import Literal

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import WRITING
from advisor.sizing.integration_settings import CONDITIONAL
from advisor.vocabulary.store import IMMUTABLE
from blueprints.traits import elasticache_serverless, is_store
from blueprints.traits.callbacks import RESUME
from blueprints.traits.direct_uploads import ISSUE, UPLOAD, issuing, largest_bytes
from blueprints.traits.s3_vectors import reached
from blueprints.traits.sent_messages import NOTIFY, devices_register

#: Whether an item has an ordering key by which messages about one entity stay in order, and whether callers must state it.
OrderingKey = Literal["", "optional", "required"]


@dataclass(frozen=True, slots=True)
class Served:
    """Whether callers can read items, create them, replace and remove them, upload files, and use an index of vectors."""

    reads: bool = True
    creates: bool = True
    changes: bool = True
    ordering_key: OrderingKey = ""
    #: Whether a new item must have a name: the sender of webhooks decides on their bodies.
    named: bool = True
    #: The maximum size of a file that callers upload, or 0 if they upload none.
    upload_bytes: int = 0
    #: What callers do with vectors, of "read" and "write": they query and read what is read, and remove what is both read and written.
    vectors: frozenset[str] = frozenset()
    #: Whether a change must name the version of the item that its caller has read.
    conditional: bool = False
    #: Whether a device sends its token with a new item, to receive push notifications.
    registers: bool = False

    @property
    def upload_of_item(self) -> bool:
        """Whether a file that callers upload belongs to one of their items, whose id is in the key of the file."""
        return bool(self.upload_bytes) and self.changes


def served(architecture: Architecture, program: Node) -> Served:
    """Return what a program serves, by its connections: it changes what it both reads and writes, if nothing of that is locked."""
    verbs: dict[str, set[str]] = {}
    others: set[str] = set()
    for edge in architecture.leaving(program.id):
        if edge.verb in ("read", "write", "read-write") and is_store(architecture.node(edge.target)):
            verbs.setdefault(edge.target, set()).update(edge.verb.split("-"))
        others |= {edge.verb} & {"publish", "call", RESUME}
    sources = {
        id: found for id, found in verbs.items() if architecture.node(id).service != elasticache_serverless.CACHE
    }
    if any(found - {"write"} for found in sources.values()):
        # What a program writes to a cache are copies of items of the store that it reads.
        verbs = sources
    used = set().union(*verbs.values())
    both = [architecture.node(id) for id, found in verbs.items() if {"read", "write"} <= found]
    changes = bool(both) and not any(node.settings.get(IMMUTABLE) for node in both)
    issued = issuing(architecture, program.id)
    vectors = frozenset(word for edge in reached(architecture, program.id) for word in edge.verb.split("-"))
    creates = bool("write" in used or others) or not (verbs or issued or vectors)
    told = [architecture.node(edge.target) for edge in architecture.leaving(program.id, "publish")]
    keyed = any(node.settings.get("ordering") == "per-key" for node in told)
    named = not architecture.leaving(program.id, "verify")
    key: OrderingKey = "" if not keyed else "optional" if changes or not named else "required"
    conditional = changes and any(map(conditional_writes, both))
    upload_bytes = largest_bytes(issued) if issued else 0
    registers = bool(architecture.leaving(program.id, NOTIFY)) and devices_register(architecture, program.id)
    return Served("read" in used, creates, changes, key, named, upload_bytes, vectors, conditional, registers)


def conditional_writes(store: Node) -> bool:
    """Return whether callers change an item of a store only in the version that they have read."""
    return store.settings.get("consistency") in CONDITIONAL


def holds_files_of_items(architecture: Architecture, bucket: str) -> bool:
    """Return whether clients upload files of their items to a bucket."""
    issuers = (architecture.node(edge.source) for edge in architecture.entering(bucket, ISSUE))
    return any(served(architecture, issuer).upload_of_item for issuer in issuers)


def holds_named_files(architecture: Architecture, bucket: str) -> bool:
    """Return whether the key of a file that clients upload to a bucket contains the id by which they know it.

    It is the id of their item, or the one that they get with the URL of the upload.
    """
    written = any(edge.verb in WRITING for edge in architecture.entering(bucket))
    return holds_files_of_items(architecture, bucket) or (bool(architecture.entering(bucket, UPLOAD)) and not written)


def served_behind(architecture: Architecture, api: str) -> Served:
    """Return what an API serves: all where a service answers without a program."""
    programs = [architecture.node(edge.target) for edge in architecture.leaving(api, "invoke")]
    return served(architecture, programs[0]) if programs else Served()
