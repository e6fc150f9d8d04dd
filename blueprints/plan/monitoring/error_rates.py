"""Failed requests under a high load: single ones are expected there, so alarms go off for a share of the requests.

AWS promises that 99.95% of the invocations of a function succeed, measured over intervals of five minutes
(https://www.amazonaws.cn/en/lambda/sla/historical/ningxia, read 2026-12-01). A load is high where this lets a request fail in
each such interval. One failure in a hundred is the share that the alarms on late answers have, too.
"""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.budgets.flow import FORWARDING_VERBS, Flow
from advisor.design import Design
from advisor.sizing.node_updates import number
from blueprints.traits import Total

#: The share of failed requests above which an alarm goes off.
MOST_PERCENT = 1
SHARE = f"{MOST_PERCENT}%"
#: The share of requests that fail without a fault of the workload, and the interval over which it is measured.
_EXPECTED, _INTERVAL_S = 0.0005, 300
_CARRYING = (*FORWARDING_VERBS, "request")
#: How the expression of an alarm calls the failed requests and all of them.
FAILED, ALL = "errors", "requests"


def loads_of(design: Design) -> dict[str, float]:
    """Return by node the requests, invocations or messages per second on average; only those that follow from stated rates."""
    facts = {id: subject.known for id, subject in design.verdict.subjects.items()}
    flow = Flow(design.architecture, facts, design.dated)
    own = {node.id: max(_arriving(flow, node), default=0.0) for node in design.architecture.nodes}
    behind = {
        node.id: sum(own[edge.target] for edge in design.architecture.leaving(node.id, "invoke"))
        for node in design.architecture.nodes
    }
    return {id: max(load, behind[id]) for id, load in own.items()}


def _arriving(flow: Flow, node: Node) -> Iterator[float]:
    """Yield the average rate of each connection to a node; a function that reads batches is invoked once for each of them."""
    for edge in flow.architecture.entering(node.id):
        rates = flow.rates(edge) if edge.verb in _CARRYING else None
        if rates is not None:
            batch = number(node, "batch_size", 1) if edge.verb in ("consume", "stream") else 1
            yield rates[0] / batch


def is_high(load: float) -> bool:
    """Return whether single failures are expected under a load, in requests per second."""
    return load * _INTERVAL_S * _EXPECTED >= 1


def failed_share(total: Total) -> str:
    """Return the expression of the share of failed requests, in percent.

    One failure is no share: in an hour with few requests it would be one of less than a hundred.
    """
    requests = f"({FAILED} + FILL({ALL}, 0))" if total.apart else ALL
    return f"IF({FAILED} > 1, 100 * {FAILED} / {requests}, 0)"
