"""Loads of an edge by size and number: payloads, rates, concurrency, connections."""

import math
from collections.abc import Callable

from advisor.architecture import Edge, Node
from advisor.budgets.destinations import calls_outside
from advisor.budgets.flow import Flow, rounded_up
from advisor.budgets.measurement import Load, phrase
from advisor.budgets.shared_items import item_bytes_of, writes_for_all
from advisor.sizing.items_at_once import items_at_once
from advisor.sizing.jobs import whole_s
from advisor.sizing.node_updates import number
from advisor.sizing.parallel_messages import at_once_of
from advisor.sizing.request_times import requests_of
from advisor.sizing.scaling import STARTER
from advisor.sizing.sized import count, rate, seconds, size
from advisor.sizing.waits import stated_whole_s
from advisor.text import Text
from advisor.vocabulary.units import words

_ONE_MESSAGE = Text("one message", "1 件のメッセージ")
#: One item of a batch; a record of a table's stream holds the item before and after.
_ONE_BY_VERB = {
    "stream": Text("one record, with the item before and after the change", "レコード 1 件（変更前後の項目）")
}
_BATCHES = {
    "records": ("{n} records × {each}", "レコード {n} 件 × {each}"),
    "messages": ("{n} messages × {each}", "メッセージ {n} 件 × {each}"),
}
_REQUESTS = Text("requests at the peak", "ピーク時のリクエスト")
_MESSAGES = Text("messages at the peak", "ピーク時のメッセージ")
_STARTS = Text("starts at the peak", "ピーク時の開始")
_WRITES = Text("runs that write at the peak", "ピーク時に書き込む処理")
#: What a store calls what it holds, where that is no item.
_ITEMS = {
    "s3": Text("the largest object", "最大のオブジェクト"),
    "efs": Text("the largest file", "最大のファイル"),
    "aurora-serverless": Text("the largest row", "最大の行"),
    "aurora-dsql": Text("the largest row", "最大の行"),
    "rds": Text("the largest row", "最大の行"),
    "opensearch-serverless": Text("the largest document", "最大のドキュメント"),
    "s3-vectors": Text("the largest metadata of a vector", "ベクトルの最大のメタデータ"),
}
#: What is counted at the peak, by the verb of the edge.
_AT_PEAK = {
    "request": _REQUESTS,
    "publish": _MESSAGES,
    "deliver": _MESSAGES,
    "start": _STARTS,
    "call": _STARTS,
    "run": _STARTS,
    "write": _WRITES,
    "read-write": _WRITES,
}


def _message(flow: Flow, edge: Edge) -> Load | None:
    payload = flow.payload(edge)
    return None if payload is None else Load(payload, "B", _ONE_MESSAGE, not flow.states_size(edge, payload))


def _exchange(flow: Flow, edge: Edge) -> Load | None:
    """The larger of request and response; the payload limit does not apply to a streamed response."""
    request, response = flow.request(edge), flow.component(edge).get("response_bytes")
    if request is None:
        return None
    if response is None or flow.component(edge).get("streaming") or float(response) <= request:
        return Load(request, "B", Text("the largest request", "最大のリクエスト"))
    return Load(float(response), "B", Text("the largest response", "最大のレスポンス"))


def _response(flow: Flow, edge: Edge) -> Load | None:
    response = flow.component(edge).get("response_bytes")
    return None if response is None else Load(float(response), "B", Text("the largest response", "最大のレスポンス"))


def _request(flow: Flow, edge: Edge) -> Load | None:
    request = flow.request(edge)
    return None if request is None else Load(request, "B", Text("the largest request", "最大のリクエスト"))


def _called(flow: Flow, edge: Edge) -> Load | None:
    """The larger of the request and response size of the called component."""
    facts = flow.facts.get(flow.target(edge).subject)
    sizes = [float(facts.values[f]) for f in ("request_bytes", "response_bytes") if facts and f in facts.values]
    return Load(max(sizes), "B", Text("the request and its response", "要求と応答")) if sizes else None


def _batch(flow: Flow, edge: Edge) -> Load | None:
    payload, batch = flow.payload(edge), number(flow.target(edge), "batch_size", 1)
    if payload is None:
        return None
    record_bytes = payload * (2 if edge.verb == "stream" else 1)
    of_records = edge.verb == "stream" or flow.source(edge).service == "kinesis"
    counted = phrase(*_BATCHES["records" if of_records else "messages"], n=count(batch), each=size(record_bytes))
    return Load(batch * record_bytes, "B", counted if batch > 1 else _ONE_BY_VERB.get(edge.verb, _ONE_MESSAGE))


def _item(flow: Flow, edge: Edge) -> Load | None:
    facts = flow.facts.get(flow.target(edge).subject)
    if facts is None or "item_bytes" not in facts.values:
        return None
    item = _ITEMS.get(flow.target(edge).service, Text("the largest item", "最大の項目"))
    return Load(float(facts.values["item_bytes"]), "B", item)


def _of_sender(flow: Flow, edge: Edge) -> Load | None:
    """The size of an item as stated, or else of the message that the program keeps as an item; else the least that a write counts."""
    found = item_bytes_of(flow, edge)
    return Load(1.0 if found is None else found, "B", _ONE_MESSAGE, found is None)


def _peak(flow: Flow, edge: Edge) -> Load | None:
    """The peak rate of an edge; that each run writes to a store once is an assumption."""
    rates, counted = flow.rates(edge), _AT_PEAK[edge.verb]
    return None if rates is None else Load(rates[1], "per_s", counted, counted is _WRITES)


def _calls(flow: Flow, edge: Edge) -> Load | None:
    """Calls to a queue at the peak: generated programs and APIs send messages one by one."""
    rates = flow.rates(edge)
    if rates is None:
        return None
    counted = phrase("{peak}, one message per call", "{peak}、1 回に 1 件", peak=rate(rates[1], "message"))
    return Load(rates[1], "per_s", counted)


def _one_order(flow: Flow, edge: Edge) -> Load | None:
    return _calls(flow, edge) if flow.target(edge).settings.get("ordering") == "global" else None


def _many_orders(flow: Flow, edge: Edge) -> Load | None:
    return None if flow.target(edge).settings.get("ordering") == "global" else _calls(flow, edge)


def _fan_out(flow: Flow, edge: Edge) -> Load | None:
    rates = flow.rates(edge)
    if rates is None:
        return None
    targets = [e for e in flow.architecture.leaving(edge.source) if e.verb in ("deliver", "start", "consume")]
    each = "{n} target" if len(targets) == 1 else "{n} targets"
    counted = phrase("{peak} × " + each, "{peak} × 宛先 {n} 件", peak=rate(rates[1], "event"), n=count(len(targets)))
    return Load(rates[1] * len(targets), "per_s", counted)


def _units(fact: str, size_of: Callable[[Flow, Edge], Load | None] = _item) -> Callable[[Flow, Edge], Load | None]:
    def measure(flow: Flow, edge: Edge) -> Load | None:
        rates, item = flow.rates(edge), size_of(flow, edge)
        if rates is None or item is None:
            return None
        units = max(1, math.ceil(item.value / flow.dated.whole(fact, "B", 1024)))
        counted = phrase(
            "{peak}, one item of {n} capacity unit" + ("" if units == 1 else "s") + " each",
            "{peak} × {n} ユニット",
            peak=rate(rates[1]),
            n=count(units),
        )
        return Load(rates[1] * units, "per_s", counted)

    return measure


def _shared_writes(flow: Flow, edge: Edge) -> Load | None:
    """The write units of items with the same owner, unless the index by owner leaves these out."""
    return None if flow.target(edge).settings.get("sparse_owners") else shared_units(flow, edge)


def shared_units(flow: Flow, edge: Edge) -> Load | None:
    """Return the write units of items with the same owner: their entries in the index by owner are in one partition."""
    if not writes_for_all(flow.architecture, flow.facts, flow.source(edge), flow.target(edge)):
        return None
    load = _units("ddb-write-unit", _of_sender)(flow, edge)
    return load and load._replace(is_assumed=True)


def _running(flow: Flow, edge: Edge) -> Load | None:
    """Concurrency of a function at the peak, or of the map that invokes it."""
    rates, target = flow.rates(edge), flow.target(edge)
    facts = flow.facts.get(target.subject)
    if facts is None or "typical_run_s" not in facts.values or flow.is_suspended(target):
        return None
    typical = float(facts.values["typical_run_s"])
    at_once = _mapped(flow.source(edge), target)
    if rates is None or rates[1] * typical < at_once:
        return (
            Load(at_once, "count", Text("items that the map processes at once", "マップの同時処理数"))
            if at_once
            else None
        )
    counted = phrase("{peak} × {each}", "{peak} × {each}", peak=rate(rates[1]), each=seconds(typical))
    return Load(rounded_up(rates[1] * typical), "count", counted)


def _mapped(machine: Node, worker: Node) -> float:
    if not any(state.kind == "map" for state in machine.states):
        return 0.0
    return min(number(machine, "parallel_items"), float(items_at_once(machine, worker)))


def _steady(flow: Flow, edge: Edge) -> Load | None:
    """The average concurrency that keeps a queue from growing without bound."""
    rates, facts = flow.rates(edge), flow.facts.get(flow.target(edge).subject)
    suspended = flow.is_suspended(flow.target(edge))
    if rates is None or facts is None or "typical_run_s" not in facts.values or suspended:
        return None
    typical = float(facts.values["typical_run_s"])
    counted = phrase(
        "{average} on average × {each}; the queue holds peaks", "平均{average} × {each}。ピーク時の超過分はキューで待機",
        average=rate(rates[0]), each=seconds(typical),
    )  # fmt: skip
    return Load(rounded_up(rates[0] * typical), "count", counted)


def _busy_tasks(flow: Flow, edge: Edge) -> Load | None:
    """The tasks that answer the peak, each as many requests at a time as its server has threads."""
    rates, target = flow.rates(edge), flow.target(edge)
    facts = flow.facts.get(target.subject)
    if rates is None or facts is None or "typical_run_s" in facts.assumed or target.id.endswith(STARTER):
        return None
    typical = float(facts.values["typical_run_s"])
    counted = phrase(
        "{peak} × {each} ÷ {n} requests at a time", "{peak} × {each} ÷ 同時 {n} 件", peak=rate(rates[1], "request"), each=seconds(typical),
        n=count(requests_of(target)),
    )  # fmt: skip
    return Load(rounded_up(rates[1] * typical / requests_of(target)), "count", counted)


def _items_at_once(flow: Flow, edge: Edge) -> Load | None:
    """The map items that are processed in parallel so that all finish within the stated time."""
    machine, facts = flow.source(edge), flow.facts.get(flow.target(edge).subject)
    if facts is None or not _mapped(machine, flow.target(edge)) or not stated_whole_s(facts):
        return None
    items, typical, whole = number(machine, "parallel_items"), float(facts.values["typical_run_s"]), whole_s(facts)
    counted = phrase(
        "{n} × {each} within {whole}", "{n} 件 × {each}を{whole}以内", n=count(items), each=seconds(typical),
        whole=seconds(whole),
    )  # fmt: skip
    return Load(rounded_up(items * typical / whole), "count", counted)


def _in_flight(flow: Flow, edge: Edge) -> Load | None:
    target = flow.target(edge)
    if "max_concurrency" not in target.settings:
        return None
    most, batch = number(target, "max_concurrency"), number(target, "batch_size", 1)
    counted = phrase(
        "{most} concurrent executions × {batch} message" + ("" if batch == 1 else "s"),
        "同時実行 {most} 件 × メッセージ {batch} 件",
        most=count(most),
        batch=count(batch),
    )
    return Load(most * batch, "count", counted)


def _vcpus(flow: Flow, edge: Edge) -> Load | None:
    target = flow.target(edge)
    running = _running(flow, edge)
    if running is None or target.settings.get("engine") != "fargate":
        return None
    vcpus = number(target, "cpu_units") / 1024
    tasks = "{n} task" if running.value == 1 else "{n} tasks"
    counted = phrase(tasks + " × {each}", "タスク {n} 個 × {each}", n=count(running.value), each=words(vcpus, "vcpu"))
    return Load(running.value * vcpus, "vcpu", counted)


def _steady_tasks(flow: Flow, edge: Edge) -> Load | None:
    """The tasks that keep a queue from growing without bound, each with as many messages as it processes at once."""
    load, each = _steady(flow, edge), at_once_of(flow.target(edge))
    if load is None or each == 1:
        return load
    rates, typical = flow.rates(edge), float(flow.facts[flow.target(edge).subject].values["typical_run_s"])
    assert rates is not None
    counted = phrase(
        "{average} on average × {each} ÷ {n} messages at a time; the queue holds peaks",
        "平均{average} × {each} ÷ 同時 {n} 件。ピーク時の超過分はキューで待機",
        average=rate(rates[0]), each=seconds(typical), n=count(each),
    )  # fmt: skip
    return Load(rounded_up(rates[0] * typical / each), "count", counted)


LOADS: dict[str, Callable[[Flow, Edge], Load | None]] = {
    "message": _message,
    "exchange": _exchange,
    "response": _response,
    "request": _request,
    "asked": _called,
    "batch": _batch,
    "item": _item,
    "peak": _peak,
    "calls outside": calls_outside,
    "one order": _one_order,
    "many orders": _many_orders,
    "fan-out": _fan_out,
    "write units": _units("ddb-write-unit"),
    "read units": _units("ddb-read-unit"),
    "writes of shared items": _shared_writes,
    "running": _running,
    "steady": _steady,
    "steady tasks": _steady_tasks,
    "busy tasks": _busy_tasks,
    "items at once": _items_at_once,
    "in flight": _in_flight,
    "vcpus": _vcpus,
}
