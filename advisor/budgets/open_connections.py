"""Reads of the table with a WebSocket API's open connections: each message finds those of a user, or scans for all of them."""

from advisor.architecture import Edge, Node
from advisor.budgets.flow import Flow, rounded_up
from advisor.budgets.measurement import Allowed, Load, phrase
from advisor.sizing.batches import arrivals
from advisor.sizing.sized import count, rate
from advisor.sizing.warm_throughput import FIRST
from advisor.text import Text

#: No answer says how many connections are open. An entry has the ids of a connection and its user, and an expiry.
OPEN, ENTRY_BYTES = 1000, 128
#: What a new on-demand table reads at once: four partitions of 3,000 units.
NEW_TABLE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html"
#: Reads of an index and scans are eventually consistent, which takes half a unit.
_OF_A_UNIT = 0.5


def scanned(flow: Flow, edge: Edge) -> Load | None:
    """Return the read units of messages that go to all connections: each scans the whole table."""
    peak = _messages(flow, edge)
    if peak is None or for_users(flow, edge):
        return None
    unit = flow.dated.whole("ddb-read-unit", "B", 4096)
    units = max(1.0, rounded_up(OPEN * ENTRY_BYTES / unit)) * _OF_A_UNIT
    counted = phrase(
        "{peak}, each with a read of the table of open connections; {open} connections are assumed ({units})",
        "{peak}。1 件ごとに接続のテーブル全体を読み取ります（接続数は {open} 本と仮定し、{units}）",
        peak=rate(peak, "message"),
        open=count(OPEN),
        units=_units(units),
    )
    return Load(peak * units, "per_s", counted, is_assumed=True)


def queried(flow: Flow, edge: Edge) -> Load | None:
    """Return the read units of messages that go to the connections of one user, which an index finds."""
    peak = _messages(flow, edge)
    if peak is None or not for_users(flow, edge):
        return None
    counted = phrase(
        "{peak}, each with a query of an index for the connections of one user ({units})",
        "{peak}。1 件ごとにインデックスで 1 ユーザーの接続を検索（{units}）",
        peak=rate(peak, "message"),
        units=_units(_OF_A_UNIT),
    )
    return Load(peak * _OF_A_UNIT, "per_s", counted)


def _units(units: float) -> Text:
    return Text(f"{units:g} units each", f"1 件につき {units:g} ユニット")


def for_users(flow: Flow, push: Edge) -> bool:
    """Return whether messages go to the connections of one user: others send news by the program."""
    program = flow.source(push)
    called = bool(flow.architecture.entering(program.id, "call"))
    return called and bool(flow.architecture.leaving(push.target, "authorize"))


def at_once(_flow: Flow, _edge: Edge) -> Allowed:
    """Return what a new table reads at once."""
    return Allowed(float(FIRST["warm_reads"]), NEW_TABLE)


def _messages(flow: Flow, push: Edge) -> float | None:
    """Return the peak rate of the messages of a program: those of connections, and those of programs that call it."""
    rates = flow.rates(push)
    if rates is None:
        return None
    callers = (flow.source(edge) for edge in flow.architecture.entering(push.source, "call"))
    return rates[1] + sum(peak_of(flow, caller) for caller in callers)


def peak_of(flow: Flow, program: Node) -> float:
    """Return the stated peak rate of a program, otherwise that of its channel; 0 if neither is stated."""
    facts = flow.facts.get(program.subject)
    if facts is None:
        return 0.0
    channel = flow.facts.get(str(facts.values.get("listens_to")), facts)
    return arrivals(facts, channel)[1] if facts.rated or channel.rated else 0.0
