"""The fakes by which tests stand in for what a program reaches: which, and what each is made from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from blueprints.project.adapters import CHANNELS, STORES, StoreAdapter
from blueprints.project.composition import Code


@dataclass(frozen=True, slots=True)
class Fake:
    """What stands in for a neighbour: its name in the tests, its kind, what it is made from, and if it keeps an order."""

    name: str
    kind: str
    arguments: tuple[str, ...]
    fifo: bool = False


def fakes(code: Code) -> Iterator[Fake]:
    """Give a fake for each store, channel and secret that a program reaches, and for the queue that it takes from."""
    for store in code.stores:
        kind, arguments = _STORES[STORES[store.service]]
        yield Fake(store.module, kind, arguments(store))
    for channel in code.channels:
        kind, word = _CHANNELS[CHANNELS[channel.service]]
        yield Fake(channel.module, kind, (channel.env[word],), channel.fifo)
    for secret in code.secrets:
        yield Fake(secret.module, "Secret", (secret.env["secret"],))
    if code.door.shell == "container_queue":
        yield Fake("source", "Queue", (code.door.queue_env,), code.door.fifo)


#: The adapter of a store -> the kind of its fake, and what that is made from.
_STORES: Mapping[str, tuple[str, Callable[[StoreAdapter], tuple[str, ...]]]] = {
    "dynamodb": ("Table", lambda store: (store.env["table"], *([store.prefix] if store.prefix else []))),
    "s3": ("Bucket", lambda store: (store.env["bucket"], *([store.prefix] if store.prefix else []))),
    "efs": ("Files", lambda store: (store.env["directory"],)),
    "elasticache-serverless": ("Cache", lambda store: (store.env["user"].removesuffix("_USER"), store.subject)),
    "opensearch-serverless": ("Collection", lambda store: (store.env["endpoint"], store.subject)),
    "rds": ("Instance", lambda store: (store.env["endpoint"].removesuffix("_ENDPOINT"), store.table)),
    "aurora-dsql": (
        "Distributed",
        lambda store: (store.env["endpoint"].removesuffix("_ENDPOINT"), store.table, store.role),
    ),
    "aurora-serverless": ("Database", lambda store: (store.env["cluster"].removesuffix("_CLUSTER_ARN"), store.table)),
}
#: The adapter of a channel -> the kind of its fake, and the word for the variable that names the channel.
_CHANNELS: Mapping[str, tuple[str, str]] = {
    "sqs": ("Queue", "queue"),
    "sns": ("Topic", "topic"),
    "eventbridge-bus": ("Bus", "bus"),
    "kinesis": ("Stream", "stream"),
    "firehose": ("DeliveryStream", "stream"),
    "ses": ("Mailbox", "sender"),
}
