"""The fakes that replace a program's dependencies in tests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from blueprints.plan.migrations import RELATIONAL
from blueprints.project.programs.adapters import StoreAdapter, ending
from blueprints.project.programs.code import Code
from blueprints.traits import dynamodb, rds_proxy, s3, s3_vectors, signing_secret


@dataclass(frozen=True, slots=True)
class Fake:
    """A fake of a dependency: its name in tests, its kind, its arguments, and whether it keeps an order.

    `results` is the prefix of the rows in which a program keeps its results in a relational database.
    """

    name: str
    kind: str
    arguments: tuple[str, ...]
    fifo: bool = False
    results: str = ""


#: The fake of a table that keeps shared items without an owner, so that they are not in its index.
SPARSE_TABLE = "SparseTable"
#: The fake of a bucket with a folder for each owner.
OWNERS_BUCKET = "OwnersBucket"


def faked_services(codes: Iterable[Code]) -> set[str]:
    """Return the services that the tests of programs have fakes of."""
    services: set[str] = set()
    for code in codes:
        services |= {a.service for a in (*code.stores, *code.channels, *code.secrets, *code.calls)}
        if code.entry_point.webhook:
            services.add(signing_secret.TRAITS.service)
        if code.entry_point.shell == "container_queue" and code.entry_point.source:
            services.add(code.entry_point.source.service)
        if code.effects_env or code.arrivals_env or any(channel.recorded for channel in code.channels):
            services.add(dynamodb.TRAITS.service)
        if code.uploads is not None:
            services.add(s3.TRAITS.service)
        if code.vectors is not None:
            services.add(s3_vectors.TRAITS.service)
    return services


def reads_parts_of_tables(codes: Iterable[Code]) -> bool:
    """Whether a program reads a relational table partition by partition."""
    stores = (store for code in codes for store in code.stores)
    return any(store.has("read_part") and store.service in (*RELATIONAL, rds_proxy.TRAITS.service) for store in stores)


def has_sparse(codes: Iterable[Code]) -> bool:
    """Whether the index by owner of a table leaves shared items out."""
    return any(store.sparse for code in codes for store in code.stores)


def has_unowned(codes: Iterable[Code]) -> bool:
    """Whether shared items may have no owner in a table."""
    return any(store.unowned for code in codes for store in code.stores)


def has_linked(codes: Iterable[Code]) -> bool:
    """Whether callers download the objects of a bucket, each of which is in the folder of its owner."""
    return any(store.linked for code in codes for store in code.stores)


def has_columns(codes: Iterable[Code]) -> bool:
    """Whether results of programs are columns of a relational table."""
    return any(store.columns for code in codes for store in code.stores)


def registers_devices(codes: Iterable[Code]) -> bool:
    """Whether programs send push notifications to devices."""
    return any(channel.pushes for code in codes for channel in code.channels)


def fakes(code: Code) -> Iterator[Fake]:
    """Yield a fake for each store, channel and secret that a program reaches, and for the queue that it takes from."""
    for store in code.stores:
        kind = SPARSE_TABLE if store.sparse else OWNERS_BUCKET if store.linked else store.client.fake
        yield Fake(store.module, kind, tuple(_arguments(store)), results=_table_prefix(store))
    if code.uploads is not None and code.uploads.store not in {store.node.id for store in code.stores}:
        yield Fake("uploads", "Bucket", (code.uploads.variable,))
    if code.vectors is not None:
        yield Fake("vectors", "VectorIndex", (code.vectors.variable, code.vectors.dimension))
    for channel in code.channels:
        name = channel.env[channel.client.variable]
        yield Fake(channel.module, channel.client.fake, (name,), channel.fifo)
        if channel.recorded:
            yield Fake(f"{channel.module}_records", "Table", (channel.env["sent"],))
    if code.effects_env:
        yield Fake("effect_records", "Table", (code.effects_env,))
    if code.arrivals_env:
        yield Fake("arrival_records", "Table", (code.arrivals_env,))
    for secret in code.secrets:
        yield Fake(secret.module, secret.client.fake, (secret.env[secret.client.variable],))
    if code.entry_point.webhook:
        yield Fake("signing_secret", "SigningSecret", (code.entry_point.signing_env,))
    if code.entry_point.shell == "container_queue":
        yield Fake("source", "Queue", (code.entry_point.queue_env,), code.entry_point.fifo)


def _arguments(store: StoreAdapter) -> Iterator[str]:
    """Yield the arguments of the fake of a store."""
    variable = store.env[store.client.variable]
    values = {
        "variable": variable,
        "variables": variable.removesuffix(f"_{ending(store.client.variable)}"),
        "prefix": store.prefix,
        "subject": store.subject,
        "table": store.table,
        "role": store.role,
    }
    # What is kept under no prefix has no such argument.
    prefixed = bool(_prefix(store))
    yield from (values[argument] for argument in store.client.fake_arguments if argument != "prefix" or prefixed)
    yield from store.columns


def _prefix(store: StoreAdapter) -> str:
    """Return the prefix of what a program keeps in a store; most messages are about items, which have none."""
    return "" if store.others else store.prefix


def _table_prefix(store: StoreAdapter) -> str:
    """Return the same of a relational database, whose fake has columns as its last arguments."""
    return _prefix(store) if "table" in store.client.fake_arguments else ""
