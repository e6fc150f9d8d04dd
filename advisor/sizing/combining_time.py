"""Time for a program to make one result of all items of a run."""

import math

from advisor.architecture import Edge, Node
from advisor.architecture.workflow_states import combines
from advisor.sizing.compute_settings import longest_function_s
from advisor.sizing.items_at_once import DISTRIBUTED
from advisor.sizing.node_updates import NodeUpdates, number, variant
from advisor.sizing.sized import Sized, count

#: How many results of items a program reads in a second while it makes one of them. The generated Python program parses some
#: 165,000 lines of 0.8 KiB in a second of processor time (measured 2026-11-30); the smallest functions get a fourteenth of a
#: vCPU, and the work for each result comes on top.
COMBINED_PER_S = 1000


def outlast_combining(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Extend the timeout of a program that makes one result of many items: it reads what came of each.

    A distributed map writes the results to a bucket, of which the program reads every line; other maps hand them over.
    """
    if edge.verb != "run" or source.service != DISTRIBUTED or not combines(source.states):
        return
    items = number(source, "parallel_items")
    fact = longest_function_s(variant(target)) if target.service == "lambda" else "fargate-no-timeout"
    most = updates.dated.most(fact, "s")
    needed = math.ceil(min(items / COMBINED_PER_S, most))
    if needed <= number(target, "timeout_s"):
        return
    sized, capped = Sized(), items / COMBINED_PER_S > most
    sized.put(
        "timeout_s", needed, unit="s",
        en=(
            "The maximum. The last step reads the results of {items} items, and has to read {each} of them per second."
            if capped else
            "The last step reads the results of {items} items. The time allows for {each} of them per second (assumption)."),
        ja=(
            "上限の値です。最後のステップは {items} 件の結果を読み取るため、毎秒 {each} 件を読み取る必要があります。"
            if capped else
            "最後のステップは {items} 件の結果を読み取ります。毎秒 {each} 件を読み取れる時間です（想定値）。"),
        source=fact, items=count(items), each=count(math.ceil(items / needed)),
    )  # fmt: skip
    updates.change(target, sized)
