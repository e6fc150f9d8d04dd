"""Loads of runs that read a whole store: scheduled runs, alone or divided into parts, within their stated longest run."""

import math
from collections.abc import Callable
from typing import NamedTuple

from advisor.architecture import Edge, Node
from advisor.budgets.flow import Flow, rounded_up
from advisor.budgets.measurement import Allowed, Load, phrase
from advisor.sizing.database_instances import MEMORY_GIB
from advisor.sizing.items_at_once import JOBS, items_at_once, runs_array
from advisor.sizing.node_updates import number
from advisor.sizing.sized import count, seconds, size

#: The most parts that a list of numbers in a workflow divides a run into.
MOST_PARTS = 1000
#: A page of a scan, and how long the generated program is assumed to take for one: the call, and decoding up to 1 MiB of items,
#: for which half of this time was measured. Pages come one after another, because each begins at the last key of the one before.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html (read 2026-12-01)
PAGE_BYTES, PAGE_S = 1024**2, 0.1
#: How long the generated program is assumed to take for a row of a database, in pages of 1,000 in the order of the ids: the call and
#: decoding. Measured were 27,000 to 47,000 rows of 1 KiB per second with PostgreSQL 15 on the same machine, all in memory (2026-12-01).
ROW_S, ROW_BYTES = 1 / 20_000, 1024
#: An answer of the Data API: as many rows as fit, and how long the call is assumed to take, as that of a scan.
ANSWER_BYTES = 500_000
#: Reads per second of one gp3 volume. Ids are in no order of the disk, so that each row of a table that is not in memory is one.
#: https://docs.aws.amazon.com/whitepapers/latest/optimizing-postgresql-on-ec2-using-ebs/ebs-volume-types.html (read 2026-12-01)
VOLUME_READS = 3000
#: The size from which gp3 storage of RDS for PostgreSQL consists of several volumes.
LARGE_STORAGE = 400 * 1024**3


class Scan(NamedTuple):
    """A read of a whole store: its volume, how many parts it has, how many are read at once, and the time of each."""

    volume_bytes: float
    parts: int
    at_once: int
    longest_s: float


def _scan(flow: Flow, edge: Edge) -> Scan | None:
    """Return the read of a whole store by a run without items; None if its volume or its longest run is not stated."""
    program, store = flow.source(edge), flow.target(edge)
    if not (flow.stated(program, "longest_run_s") and flow.stated(store, "volume_bytes")):
        return None
    facts = flow.facts[program.subject].values
    divided = _parts(flow, program, store)
    if divided is None or "schedule" not in facts.get("trigger", ()):
        return None
    return Scan(float(flow.facts[store.subject].values["volume_bytes"]), *divided, float(facts["longest_run_s"]))


def _parts(flow: Flow, program: Node, store: Node) -> tuple[int, int] | None:
    """Return into how many parts a run is divided, and how many are processed at once; None if a part is one item."""
    starting = [flow.source(edge) for edge in flow.architecture.entering(program.id, "run")]
    maps = [one for one in starting if any(state.kind == "map" for state in one.states)]
    if not maps:
        return None if float(flow.facts[program.subject].values.get("parallel_items") or 0) > 1 else (1, 1)
    # A distributed map lists the objects of a bucket, and each item is one of them.
    if maps[0].service == "step-functions-distributed-map" and store.service == "s3":
        return None
    items = max(1, int(number(maps[0], "parallel_items")))
    if runs_array(maps[0], program):
        return items, min(items, int(number(program, JOBS)))
    parts = min(MOST_PARTS, items)
    return parts, min(parts, items_at_once(maps[0], program))


def _units(*, all_readers: bool) -> Callable[[Flow, Edge], Load | None]:
    """Return the measure of read units, of which an eventually consistent read takes half of one for each block."""

    def measure(flow: Flow, edge: Edge) -> Load | None:
        scan = _scan(flow, edge)
        # What one reader alone needs is held against the lower limit of a partition.
        if scan is None or (all_readers and scan.at_once == 1):
            return None
        unit = 2 * flow.dated.whole("ddb-read-unit", "B", 4096)
        readers = scan.at_once if all_readers else 1
        units = rounded_up(scan.volume_bytes / scan.parts * readers / unit / scan.longest_s)
        counted = phrase(
            _WORDS[all_readers][0] + ", {unit} per unit", _WORDS[all_readers][1] + "、1 ユニットで {unit}",
            volume=size(scan.volume_bytes / scan.parts), longest=seconds(scan.longest_s), readers=count(readers),
            unit=size(unit),
        )  # fmt: skip
        return Load(units, "per_s", counted, is_assumed=True)

    return measure


#: Whether all readers are counted -> the words of what is read.
_WORDS = {
    False: ("{volume} within {longest} by one reader", "1 つの処理が {volume}を{longest}以内に読み取る場合"),
    True: ("{readers} readers at once with {volume} each within {longest}", "同時に {readers} 個の処理がそれぞれ {volume}を{longest}以内に読み取る場合"),
}  # fmt: skip


def _bytes(*, all_readers: bool) -> Callable[[Flow, Edge], Load | None]:
    """Return the measure of the bytes that readers of a whole store read per second."""

    def measure(flow: Flow, edge: Edge) -> Load | None:
        scan = _scan(flow, edge)
        if scan is None:
            return None
        volume, readers = scan.volume_bytes / scan.parts, scan.at_once if all_readers else 1
        counted = phrase(
            *_WORDS[readers > 1], volume=size(volume), longest=seconds(scan.longest_s), readers=count(readers)
        )
        return Load(rounded_up(volume * readers / scan.longest_s), "B", counted, is_assumed=True)

    return measure


def _one_after_another(most_bytes: int, words: tuple[str, str]) -> Callable[[Flow, Edge], Load | None]:
    """Return what measures how long one reader takes for its part in answers of at most `most_bytes`, one after another."""

    def measure(flow: Flow, edge: Edge) -> Load | None:
        scan = _scan(flow, edge)
        if scan is None:
            return None
        answers = math.ceil(scan.volume_bytes / scan.parts / most_bytes)
        volume = size(scan.volume_bytes / scan.parts)
        counted = phrase(*words, volume=volume, n=count(answers), size=size(most_bytes), each=seconds(PAGE_S))
        return Load(answers * PAGE_S, "s", counted, is_assumed=True)

    return measure


_pages = _one_after_another(
    PAGE_BYTES,
    (
        "{volume} in {n} pages of at most {size}, read one after another; {each} per page is assumed",
        "{volume}を 1 ページ最大 {size}の {n} ページに分けて順に読み取り、1 ページ{each}と仮定",
    ),
)


def _rows(flow: Flow, edge: Edge) -> Load | None:
    """Return how long one reader takes for the rows of its part of a database, in the order of their ids.

    A row takes a read of the disk where the table is larger than the memory of the instance; all readers share these reads.
    """
    scan, store = _scan(flow, edge), flow.target(edge)
    if scan is None:
        return None
    each = float(flow.facts[store.subject].values["item_bytes"]) if flow.stated(store, "item_bytes") else ROW_BYTES
    rows, instance = math.ceil(scan.volume_bytes / scan.parts / each), store.service in _INSTANCES
    reads = _reads_per_s(flow, edge)
    from_disk = instance and scan.volume_bytes > MEMORY_GIB * 2**30 and scan.at_once / reads > ROW_S
    per_s = reads / scan.at_once if from_disk else 1 / ROW_S
    counted = phrase(*_READ_BY[from_disk], rows=count(rows), each=size(each), n=count(math.floor(per_s)))
    return Load(rounded_up(rows / per_s), "s", counted, is_assumed=True)


#: What runs on an instance with a volume of its own.
_INSTANCES = ("rds", "rds-proxy")
#: Whether the disk limits a read -> how its rows are read, in words.
_READ_BY = {
    False: ("{rows} rows of {each} in the order of their IDs, an assumed {n} per second", "{each}の行 {rows} 件を ID の順に読み取り、毎秒 {n} 件と仮定"),
    True: (
        "{rows} rows of {each} in the order of their IDs, each a random read of the disk, {n} per second",
        "{each}の行 {rows} 件を ID の順に読み取り、ディスクのランダム読み取りで毎秒 {n} 件",
    ),
}  # fmt: skip


def _reads_per_s(flow: Flow, edge: Edge) -> float:
    """Return the reads per second of the storage of an instance: a large one has several volumes, as its throughput tells."""
    volumes = 1.0
    if float(flow.facts[flow.target(edge).subject].values["volume_bytes"]) >= LARGE_STORAGE:
        volumes = flow.dated.most("rds-gp3-throughput-large", "B") / flow.dated.most("rds-gp3-throughput", "B")
    return VOLUME_READS * volumes


#: The answers of the Data API.
_answers = _one_after_another(
    ANSWER_BYTES,
    (
        "{volume} in {n} responses of at most {size}, received one after another; {each} per response is assumed",
        "{volume}を 1 回最大 {size}ずつ {n} 回に分けて順に読み取り、1 回{each}と仮定",
    ),
)


def longest_scan(flow: Flow, edge: Edge) -> Allowed:
    """Return the longest run of a reader as stated."""
    subject = flow.source(edge).subject
    return Allowed(float(flow.facts[subject].values["longest_run_s"]), f"{subject}.longest_run_s")


def storage_throughput(flow: Flow, edge: Edge) -> Allowed | None:
    """Return the throughput of the gp3 storage of an RDS instance, which is higher for a large volume."""
    store = flow.facts.get(flow.target(edge).subject)
    if store is None:
        return None
    large = float(store.values["volume_bytes"]) >= LARGE_STORAGE
    fact = "rds-gp3-throughput-large" if large else "rds-gp3-throughput"
    return Allowed(flow.dated.most(fact, "B"), fact)


SCANS: dict[str, Callable[[Flow, Edge], Load | None]] = {
    "pages by one reader": _pages,
    "rows by one reader": _rows,
    "answers by one reader": _answers,
    "scan by one reader": _units(all_readers=False),
    "scan by all readers": _units(all_readers=True),
    "bytes by one reader": _bytes(all_readers=False),
    "bytes by all readers": _bytes(all_readers=True),
}
