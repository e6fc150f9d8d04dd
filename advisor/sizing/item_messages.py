"""Channels that carry a message for each item of a run, and not one for each run."""

from advisor.architecture import Node
from advisor.requirements.starts import RUNS
from advisor.sizing.node_updates import NodeUpdates
from advisor.sizing.sized import Sized
from advisor.verdict.arrivals import RATES
from advisor.verdict.known import Known

#: The setting of a channel that carries a message for each item of the runs of its publishers.
ITEM_MESSAGES = "item_messages"
#: How many messages a run has on average at least, from which on they cannot be about the run as a whole.
MANY = 10
_CHANNELS = ("messaging", "buffer")
_AVERAGE = RATES[0]


def set_item_messages(updates: NodeUpdates, node: Node) -> None:
    """Mark a channel of which the stated rate is at least `MANY` times that of all starts of its publishers.

    A channel is not marked if its rate is not stated, if none of its publishers goes over items, or if nobody knows how often
    one of them starts.
    """
    if node.role not in _CHANNELS:
        return
    channel = updates.facts_of(node)
    sources = [
        updates.nodes[edge.source] for edge in updates.edges if edge.target == node.id and edge.verb == "publish"
    ]
    subjects = sorted({source.subject for source in sources} - {node.subject})
    publishers = [updates.facts[subject] for subject in subjects]
    if (
        not any(map(_goes_over_items, publishers))
        or not _states_rate(channel)
        or not all(map(_starts_are_known, publishers))
    ):
        return
    if float(channel.values[_AVERAGE]) >= MANY * sum(float(known.values[_AVERAGE]) for known in publishers):
        sized = Sized()
        sized.settings[ITEM_MESSAGES] = True
        updates.change(node, sized)


def _states_rate(known: Known) -> bool:
    return bool({*RATES} & known.values.keys() - known.assumed)


def _starts_are_known(known: Known) -> bool:
    """Return whether it is stated, or follows from answers, how often a component starts."""
    return _is_timed(known) or _states_rate(known) or _AVERAGE in known.because


def _goes_over_items(known: Known) -> bool:
    return _is_timed(known) or bool(known.values.get("parallel_items"))


def _is_timed(known: Known) -> bool:
    """Return whether a clock alone starts a component."""
    triggers = known.values.get("trigger", ())
    return "schedule" in triggers and set(triggers) <= {*RUNS}
