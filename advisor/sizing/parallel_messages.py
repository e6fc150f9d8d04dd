"""How many messages one container processes at the same time: several where the work is short and mostly waits.

No question asks whether work waits or computes. A run that is stated to need a number of vCPUs, memory or a GPU is taken to
compute or to fill its memory, and shares its container with no other ([ADR 0120](../../docs/adr/0120-workers-whose-work-waits-take-several-messages-at-once.md)).
"""

import math

from advisor.architecture import Node
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.sized import Sized, count
from advisor.text import Text
from advisor.verdict.known import Known

#: Requests that a task answers at the same time, and messages that it processes: the threads of its program.
REQUESTS_AT_ONCE = 8
#: Work of this length always ends between the stop signal and the end of a container.
MOST_RUN_S = 60
#: The largest item of which a program may hold several in the memory of one run.
MOST_ITEM_BYTES = 1024**2
#: Share of a stated limit that may stay unused, so that containers process several messages under an odd limit as well.
UNUSED = 0.05
KEY = "messages_per_task"
#: Answers about one run of which several do not fit into a container that is sized for one.
_OF_ONE_RUN = ("vcpu", "memory_mib")
#: Answers that keep messages apart.
_ALONE = ("gpu", "state_in_memory", "host_control", "privileged")
_WHY = Text(
    "The load needs {busy} messages at once. A message takes {longest} at most, and no CPU, memory or GPU is stated for it, so it is "
    "assumed to wait most of the time for what it calls. If the work computes, state its CPU: a {copy} then processes one message "
    "at a time.",
    "負荷に対して同時に {busy} 件の処理が必要です。1 件は最長{longest}で、CPU・メモリ・GPU の指定がないため、処理時間の大半は呼び出し先の応答待ちと"
    "仮定しています。計算が中心の場合は CPU を回答すると、1 {copy} 1 件ずつの処理になります。",
)


def messages_at_once(updates: NodeUpdates, node: Node, queue: Known, busy: float) -> int:
    """Return how many messages a container processes at the same time.

    `queue` is what is known of the queue, and `busy` how many messages all containers process at once at the peak. No more than
    are needed, so that the work spreads over the least number of containers.
    """
    facts = updates.facts_of(node)
    if not _waits(facts) or queue.values.get("ordering") == "global" or _holds_large_items(updates, node):
        return 1
    least = max(1, int(number(node, "desired_count", 2)))
    wanted = max(1, min(REQUESTS_AT_ONCE, math.ceil(round(busy / least, 6))))
    capped = int(facts.values.get("most_at_once") or 0)
    if not capped:
        return wanted
    # A limit is used but for a small rest, and by two containers where it allows more than one message.
    return max(n for n in range(1, max(1, min(wanted, capped // 2)) + 1) if capped % n <= capped * UNUSED)


def say_at_once(sized: Sized, at_once: int, busy: float, longest: Text, copy: Text) -> None:
    """Set how many messages a container processes at the same time, if there are several."""
    if at_once > 1:
        sized.put(
            KEY, at_once, unit="count", en=_WHY.en, ja=_WHY.ja, source="", busy=count(math.ceil(round(busy, 6))),
            longest=longest, copy=copy,
        )  # fmt: skip


def at_once_of(node: Node) -> int:
    """Return how many messages a container of a node processes at the same time, as its sizing has set it."""
    return int(number(node, KEY, 1))


def _waits(facts: Known) -> bool:
    """Return whether the work is short, is stated to be so, and nothing says that it computes or must be alone."""
    values, assumed = facts.values, facts.assumed
    stated = not {"typical_run_s", "longest_run_s"} & assumed
    alone = any(values.get(key) and key not in assumed for key in (*_OF_ONE_RUN, *_ALONE))
    short = float(values["longest_run_s"]) <= MOST_RUN_S
    return stated and short and not alone and values.get("interruption") != "never"


def _holds_large_items(updates: NodeUpdates, node: Node) -> bool:
    """Return whether a store beside a program has items of which several would not fit into its memory."""
    beside = {edge.target for edge in updates.edges if edge.source == node.id}
    known = [updates.facts[updates.nodes[id].subject] for id in beside if updates.nodes[id].subject in updates.facts]
    return any(float(facts.values.get("item_bytes") or 0) > MOST_ITEM_BYTES for facts in known)
