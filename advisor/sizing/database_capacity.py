"""The maximum capacity of a database that scales by itself: it follows the connections that its programs open at their peak.

These follow from the rates at which requests, messages and records arrive that the programs read and write rows for.

How much work an Aurora capacity unit (ACU) does depends on the queries, which no answer describes: that is to be measured.
"""

import math

from advisor.architecture import Edge, Node
from advisor.architecture.passing import WRITING
from advisor.sizing.items_at_once import items_at_once
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.paused_databases import PAUSING, VERBS
from advisor.sizing.sized import SPARE, Sized, count, rate
from advisor.sizing.stream_readers import FIRST_SHARDS

CAPACITY = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html"
#: Maximum capacity in ACU -> connections of PostgreSQL, and the most where the minimum is 0 or 0.5 ACU (read 2026-11-27).
CONNECTIONS = {4: 823, 8: 1669, 16: 3360, 32: 5000}
MOST_WHERE_SMALL, SMALL_ACU = 2000, 0.5
LARGER_MINIMUM = 1
STREAM = "kinesis"
LEAST_MAXIMUM = min(CONNECTIONS)
#: What bounds how many copies of a program work at once, where it is set.
_BOUNDS = ("max_concurrency", "jobs_at_once")


def connections(most_acu: float, least_acu: float) -> int:
    """Return how many connections a database takes at a maximum and a minimum capacity."""
    found = CONNECTIONS[max(acu for acu in CONNECTIONS if acu <= max(most_acu, LEAST_MAXIMUM))]
    return min(found, MOST_WHERE_SMALL) if least_acu <= SMALL_ACU else found


def set_most_capacity(updates: NodeUpdates, edge: Edge, _source: Node, target: Node) -> None:
    """Set the maximum capacity of a database: 4 ACU, or more where the stated load of its programs needs more connections."""
    if target.service != PAUSING or edge.verb not in VERBS:
        return
    users = {e.source for e in updates.edges if e.target == target.id and e.verb in VERBS}
    at_once = [_at_once(updates, updates.nodes[id]) for id in sorted(users)]
    sized, known = Sized(), sum(one or 0 for one in at_once)
    needed = math.ceil(round(known * SPARE, 6))
    most = next((acu for acu, taken in CONNECTIONS.items() if taken >= needed), max(CONNECTIONS))
    least = number(target, "least_capacity_acu")
    if least and needed > MOST_WHERE_SMALL:
        least = LARGER_MINIMUM
        sized.put(
            "least_capacity_acu", least, unit="count", source=CAPACITY, needed=count(needed), few=count(MOST_WHERE_SMALL),
            en="The programs open up to {needed} connections; with a minimum of 0.5 ACU, the database accepts only {few}.",
            ja="プログラムが開く接続は最大 {needed} 件ですが、最小キャパシティーが 0.5 ACU の場合、{few} 件までしか受け付けません。",
        )  # fmt: skip
    taken = connections(most, least)
    writes = _writes_per_s(updates, target)
    en, ja = _known(unstated=None in at_once, known=known > 0, short=needed > taken, writes=writes > 0)
    sized.put(
        "most_capacity_acu", most, unit="count", en=en, ja=ja, source=CAPACITY,
        needed=count(needed), taken=count(taken), most=count(most), writes=rate(writes),
    )  # fmt: skip
    updates.change(target, sized)


def _at_once(updates: NodeUpdates, program: Node) -> int | None:
    """Return how many copies of a program use a database at once at its peak, or None where no answer says it.

    Where the typical run is not stated, each run is taken to last as long as the longest. A consumer that states no rate
    runs for each message of its channel, and the parts of a divided run at the same time.
    """
    bounds = [int(number(program, key)) for key in _BOUNDS if number(program, key)]
    sources = [(e.verb, updates.nodes[e.source]) for e in updates.edges if e.target == program.id]
    bounds += [
        _batches_at_once(stream, program) for verb, stream in sources if verb == "consume" and stream.service == STREAM
    ]
    maps = [one for verb, one in sources if verb == "run" and any(state.kind == "map" for state in one.states)]
    if maps:
        return min([int(number(maps[0], "parallel_items")), items_at_once(maps[0], program), *bounds])
    facts, peak = updates.facts_of(program), updates.stated_peak(program)
    time = next((key for key in ("typical_run_s", "longest_run_s") if key not in facts.assumed), None)
    if peak is None or time is None:
        return min(bounds, default=None)
    return min([math.ceil(peak * float(facts.values[time])), *bounds])


def _batches_at_once(stream: Node, program: Node) -> int:
    """Return how many batches of a stream a function reads at once."""
    return int(number(stream, "shards", FIRST_SHARDS) * number(program, "parallelization", 1))


def _writes_per_s(updates: NodeUpdates, store: Node) -> float:
    """Return the stated peak rate at which programs write to a database."""
    writers = {e.source for e in updates.edges if e.target == store.id and e.verb in WRITING}
    return sum(updates.stated_peak(updates.nodes[id]) or 0 for id in writers)


def _known(*, unstated: bool, known: bool, short: bool, writes: bool) -> tuple[str, str]:
    """Return why a database has its maximum capacity, in English and Japanese, with the placeholders of the amounts."""
    en, ja = [], []
    if known:
        en.append(
            "At their peak, the programs, or the RDS Data API for them, use up to {needed} connections; at {most} ACUs, the database takes {taken}."
        )
        ja.append(
            "ピーク時にプログラム（または代わりに接続する RDS Data API）が使う接続は最大 {needed} 件で、{most} ACU のデータベースは {taken} 件まで受け付けます。"
        )
    if short:
        en.append(
            "That is too few: keep the database awake, with a minimum of at least 1 ACU, or limit how many programs work at once."
        )
        ja.append(
            "これでは不足するため、一時停止させずに最小キャパシティーを 1 ACU 以上にするか、プログラムの同時実行数を制限してください。"
        )
    if writes:
        en.append("The programs that write to it have a peak of {writes} (runs or messages).")
        ja.append("書き込むプログラムのピーク時の処理数は{writes}です。")
    if unstated:
        en.append("The load of a program is not stated, so the maximum is an assumption.")
        ja.append("負荷が回答されていないプログラムがあるため、この上限は仮定です。")
    en.append("How many queries an ACU handles is to be measured: raise the maximum if ACUUtilization stays near 100%.")
    ja.append(
        "1 ACU で処理できるクエリの量は測定して確認し、ACUUtilization が 100% 近くで推移する場合は上限を引き上げてください。"
    )
    return " ".join(en), "".join(ja)
