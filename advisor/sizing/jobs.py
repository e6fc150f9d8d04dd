"""The number of parallel jobs, and of items of a map at once, that finishes a map or the messages in time."""

import math

from advisor.architecture import Edge, Node
from advisor.architecture.workflow_states import runs_of
from advisor.sizing.items_at_once import DISTRIBUTED, DISTRIBUTED_CONCURRENCY, INLINE_CONCURRENCY
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.sized import SPARE, Sized, Values, count, rate, seconds
from advisor.sizing.waits import stated_whole_s, waits_of
from advisor.verdict.known import Known

#: Where nobody stated how long the whole may take: an hour, at a cost that is the same as in ten.
UNSTATED_WHOLE_S = 3600.0
DAY_S = 86400.0
#: Jobs at once where nothing is stated that says otherwise: fewer are rarely worth a map.
LEAST_AT_ONCE, MOST_UNSTATED = 40, DISTRIBUTED_CONCURRENCY
#: The most child executions of a distributed map.
MOST_CHILDREN = 10_000
_SCALING = "https://docs.aws.amazon.com/batch/latest/userguide/compute_environment_parameters.html"
MAP_PAGE = "https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html"


def set_map_width(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Set how many items a distributed map works on at once, by what the component that it runs is asked for."""
    if edge.verb != "run" or source.service != DISTRIBUTED:
        return
    maps = [state for state in source.states if state.kind == "map" and target.id in (runs_of(state) or (target.id,))]
    items = number(source, "parallel_items")
    if not maps or not items:
        return
    steps = max(int(str(state.settings.get("steps", 1))) for state in maps)
    sized = _width(updates.facts_of(target), items, steps)
    if int(str(sized.settings["map_concurrency"])) > number(source, "map_concurrency"):
        updates.change(source, sized)


def distributed_width(facts: Known, items: float, steps: int = 1) -> int:
    """Return how many of so many items, each with so many steps, a distributed map works on at once.

    More than finish in time take concurrency from all other functions of the account. Where the typical run is not stated,
    each may last as long as the longest, as far as a map leaves other functions some concurrency.
    """
    needed = needed_at_once(facts, items * steps)
    values, whole = facts.values, whole_s(facts)
    if not stated_whole_s(facts):
        hourly = math.ceil(round(items * steps * float(values["typical_run_s"]) / UNSTATED_WHOLE_S, 6))
        return min(MOST_CHILDREN, max(LEAST_AT_ONCE, needed, min(MOST_UNSTATED, hourly)))
    longest = float(values["longest_run_s" if "typical_run_s" in facts.assumed else "typical_run_s"])
    surely = math.ceil(round(items * steps * longest * SPARE / whole, 6))
    return min(MOST_CHILDREN, max(LEAST_AT_ONCE, needed, min(DISTRIBUTED_CONCURRENCY, surely)))


def width_of(values: Values, stated: frozenset[str]) -> int:
    """Return how many items the map of a component's workflow works on at once."""
    if values.get("workflow") != DISTRIBUTED:
        return INLINE_CONCURRENCY
    facts = Known(dict(values), {id for id in values if id not in stated})
    return distributed_width(facts, values["parallel_items"], max(1, int(values["steps"])))


def set_jobs(updates: NodeUpdates, node: Node) -> None:
    """Set how many jobs of AWS Batch run at once."""
    if node.service != "batch":
        return
    machines = [updates.nodes[edge.source] for edge in updates.edges if edge.target == node.id and edge.verb == "run"]
    facts = updates.facts_of(node)
    items = max([number(machine, "parallel_items") for machine in machines if _maps(machine)], default=0.0)
    arriving = _single(facts, updates.stated_peak(node))
    split = _items(facts, items) if items >= 2 else arriving
    updates.change(node, max(split, arriving, key=lambda sized: int(str(sized.settings["jobs_at_once"]))))


def needed_at_once(facts: Known, items: float) -> int:
    """Return how many items are worked on at once, so that all are done within the whole time, with a fifth to spare."""
    typical = float(facts.values["typical_run_s"])
    return max(1, math.ceil(round(items * typical * SPARE / whole_s(facts), 6)))


def lasting_s(facts: Known, items: float, at_once: float) -> float:
    """Return how long a map takes for so many items, each with its steps, of which so many run at once."""
    return math.ceil(items / at_once) * float(facts.values["typical_run_s"])


def _maps(machine: Node) -> bool:
    return any(state.kind == "map" for state in machine.states)


def whole_s(facts: Known) -> float:
    """Return the time in which a run has to be done: as stated, before its next start, or within a day."""
    stated = stated_whole_s(facts)
    bounds = [max(1.0, stated - waits_of(facts))] if stated else [DAY_S]
    starts = starts_every_s(facts)
    return min([*bounds, *([starts] if starts is not None else [])])


def starts_every_s(facts: Known) -> float | None:
    """Return the average time between two starts by a schedule, in seconds, or None without a schedule."""
    timed = "schedule" in facts.values["trigger"] and float(facts.values["rate_average_rps"])
    return 1 / timed if timed else None


def _items(facts: Known, items: float) -> Sized:
    sized, needed = Sized(), needed_at_once(facts, items)
    typical = float(facts.values["typical_run_s"])
    amounts = {"items": count(items), "typical": seconds(typical), "whole": seconds(whole_s(facts))}
    if stated_whole_s(facts):
        sized.put(
            "jobs_at_once", int(min(items, max(2, needed))), unit="count",
            en="Enough to complete {items} items of {typical} each within {whole}, plus 20%.",
            ja=(
            "{items} 件（1 件あたり{typical}）を{whole}以内に処理できる数に、20% の余裕を加えた値です"
            "。"), source=_SCALING, **amounts,
        )  # fmt: skip
        return sized
    hourly = min(MOST_UNSTATED, math.ceil(items * typical / UNSTATED_WHOLE_S))
    en = (
        "The requirements do not state how long an end-to-end run may take. So many jobs run at once that all {items} items of "
        "{typical} each finish within {whole}"
    )
    ja = (
        "待機を含む最長の所要時間が未回答のため、ジョブの同時実行数は、{items} 件（1 件あたり{typical}）を 1 時間で処理できる値とし、"
        "{least}～{most} の範囲に収めます。{most} でも 1 時間で終わらない場合は、{whole}以内に終わります。"
    )
    if needed > MOST_UNSTATED:
        en += "."
        ja = "待機を含む最長の所要時間が未回答のため、ジョブの同時実行数は、{items} 件（1 件あたり{typical}）を{whole}以内に処理できる値とします。"
    else:
        en += ", or within an hour if at most {most} items at a time suffice for this (at least {least})."
    sized.put(
        "jobs_at_once", int(min(items, max(LEAST_AT_ONCE, hourly, needed))), unit="count", en=en, ja=ja, source=_SCALING, least=count(LEAST_AT_ONCE), most=count(MOST_UNSTATED), **amounts,
    )  # fmt: skip
    return sized


def _single(facts: Known, stated: float | None) -> Sized:
    """Return the jobs at once of work that arrives piece by piece: the rate × the time of each, if it is stated."""
    sized, typical, peak = Sized(), float(facts.values["typical_run_s"]), stated or 0.0
    sized.put(
        "jobs_at_once", max(1, math.ceil(round(peak * typical * SPARE, 6))), unit="count",
        en="The peak rate of {peak} at {typical} per item, plus 20%." if stated is not None else
        (
            "The requirements state no rate. Jobs run one after the other, and waiting jobs stay in "
            "the queue."),
        ja="ピーク時の{peak}、1 件あたり{typical}から算出し、20% の余裕を加えた値です。" if stated is not None else
        "レートが未回答のため、ジョブは 1 件ずつ実行し、残りはキューで待ちます。", source=_SCALING, peak=rate(peak), typical=seconds(typical),
    )  # fmt: skip
    return sized


def _width(facts: Known, items: float, steps: int) -> Sized:
    """Return the width of a distributed map, with its reason."""
    sized, width, stated = Sized(), distributed_width(facts, items, steps), stated_whole_s(facts)
    amounts = {
        "items": count(items), "whole": seconds(whole_s(facts)), "least": count(LEAST_AT_ONCE),
        "most": count(MOST_CHILDREN), "width": count(width), "broad": count(MOST_UNSTATED),
    }  # fmt: skip
    needed = needed_at_once(facts, items * steps)
    if needed > MOST_CHILDREN:
        amounts |= {"needed": count(needed), "lasting": seconds(lasting_s(facts, items * steps, width))}
        en = (
            "{needed} items would have to run at once to complete within {whole}. A distributed map runs up to {most} child "
            "executions at once, with which {items} items take {lasting}."
        )
        ja = (
            "{whole}以内に完了するには {needed} 件を並列に処理する必要があります。分散マップが並列に実行できる子実行は最大 {most} 個で、"
            "{items} 件の処理に{lasting}かかります。"
        )
    elif needed > DISTRIBUTED_CONCURRENCY:
        en = (
            "{width} items must run at once to complete in time. A distributed map runs up to "
            "{most} child executions at once."
        )
        ja = "時間内に完了するには {width} 件を並列に処理する必要があります。分散マップが並列に実行できる子実行は最大 {most} 個です。"
    elif stated:
        en = (
            "Enough to complete {items} items within {whole}, plus 20%, but at least {least}. A higher value would take capacity, such as "
            "concurrency or vCPUs, from other programs of the account."
        )
        ja = (
            "{items} 件を{whole}以内に処理できる数に 20% の余裕を加えた値です（最小 {least}）。これより多くすると、アカウント内の"
            "他のプログラムが使えるキャパシティー（同時実行数や vCPU 数）が減ります。"
        )
    else:
        en = (
            "The requirements do not state how long an end-to-end run may take. All {items} items finish within "
            "an hour, with at least {least} and at most {broad} items at a time. If {broad} are too few for this, they finish within {whole}. "
            "A higher value would take capacity, such as concurrency or vCPUs, from other programs of the account."
        )
        ja = (
            "待機を含む最長の所要時間が未回答のため、並列処理数は、{items} 件を 1 時間で処理できる値とし、{least}～{broad} の範囲に収めます。"
            "{broad} でも 1 時間で終わらない場合は、{whole}以内に終わります。これより多くすると、アカウント内の他のプログラムが使えるキャパシティー"
            "（同時実行数や vCPU 数）が減ります。"
        )
    sized.put("map_concurrency", width, unit="count", en=en, ja=ja, source=MAP_PAGE, **amounts)
    return sized
