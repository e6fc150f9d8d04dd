"""The traffic over each edge of an architecture: rates, sizes, durations and attempts."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from advisor.architecture import Architecture, Edge, Node
from advisor.book import DatedBook
from advisor.sizing.node_updates import QUEUES, is_durable, number
from advisor.verdict.known import Known

#: Verbs that pass the same piece of work to the target.
FORWARDING_VERBS = ("invoke", "consume", "start", "run", "deliver", "stream", "call", "emit")
#: Workflows of which a call starts an execution and does not wait for its end.
_STARTED = ("step-functions-standard", "step-functions-distributed-map")
_CHANNEL_ROLES = ("messaging", "buffer")


@dataclass(frozen=True)
class Flow:
    """An architecture with the facts of its subjects."""

    architecture: Architecture
    facts: Mapping[str, Known]
    dated: DatedBook

    def source(self, edge: Edge) -> Node:
        """Return the node at which an edge starts."""
        return self.architecture.node(edge.source)

    def target(self, edge: Edge) -> Node:
        """Return the node at which an edge ends."""
        return self.architecture.node(edge.target)

    def component(self, edge: Edge) -> Mapping[str, Any]:
        """Return the facts of the component that an edge belongs to: its source, otherwise its target."""
        for node in (self.source(edge), self.target(edge)):
            facts = self.facts.get(node.subject)
            if facts is not None and "trigger" in facts.values:
                return facts.values
        return {}

    def channel(self, edge: Edge) -> Known | None:
        """Return the facts of the channel that an edge belongs to, or None."""
        for node in (self.source(edge), self.target(edge)):
            if node.role in _CHANNEL_ROLES:
                return self.facts.get(node.subject)
        return None

    def rates(self, edge: Edge) -> tuple[float, float] | None:
        """Return the average and peak rate of an edge, or None if neither is stated, nor follows from a stated one."""
        for facts in self._rate_facts(edge):
            if facts.rated:
                return float(facts.values["rate_average_rps"]), float(facts.values["rate_peak_rps"])
        return None

    def _rate_facts(self, edge: Edge) -> Iterator[Known]:
        """Yield the facts that state the rate of an edge: those of a consumer, else of its channel; else of the component."""
        nodes = [self.source(edge), self.target(edge)]
        nodes = nodes[::-1] if edge.verb in ("consume", "invoke", "start", "run", "stream", "call") else nodes
        channels = [node for node in nodes if node.role in _CHANNEL_ROLES]
        others = [node for node in nodes if node.role not in _CHANNEL_ROLES]
        ordered = others + channels if edge.verb == "consume" else channels + others
        for node in ordered:
            facts = self.facts.get(node.subject)
            if facts is not None and "rate_average_rps" in facts.values:
                yield facts
                if node.role == "compute" and node.kind == "service":
                    channel_facts = self.facts.get(str(facts.values.get("listens_to")))
                    if channel_facts is not None and "rate_average_rps" in channel_facts.values:
                        yield channel_facts

    def is_suspended(self, node: Node) -> bool:
        """Return whether a node is suspended for most of the duration of its component's work.

        A durable function is suspended between its steps; its starter only passes the work to it.
        """
        started = (self.target(edge) for edge in self.architecture.leaving(node.id, "call"))
        return any(is_durable(function) and function.subject == node.subject for function in (node, *started))

    def worker(self, consumer: Node) -> Node | None:
        """Return the node that processes a message in flight; None for a pipe that starts an asynchronous target."""
        if consumer.service != "eventbridge-pipes":
            return consumer
        started = [self.target(edge) for edge in self.architecture.leaving(consumer.id, "start")]
        waited = (target for target in started if target.service.startswith("lambda") and not is_durable(target))
        return next(waited, None)

    def payload(self, edge: Edge, path: tuple[str, ...] = ()) -> float | None:
        """Return the payload of an edge, in bytes, or None if it is not known.

        `path` are the edges followed so far.
        """
        channel = self.channel(edge)
        source = self.source(edge)
        if source.role == "entry" and (channel is None or self.stated(source, "request_bytes")):
            return self.request(edge)
        if channel is not None:
            return float(channel.values["message_bytes"])
        if edge.verb == "stream":
            return float(self.facts[source.subject].values["item_bytes"])
        # The starter of a component hands the message that it received to the workflow.
        is_handed_on = edge.verb == "call" and source.subject == self.target(edge).subject
        if is_handed_on or edge.verb in ("start", "run"):
            sizes = [
                self.payload(before, (*path, edge.id))
                for before in self.architecture.entering(source.id)
                if before.verb in FORWARDING_VERBS and before.id not in path
            ]
            return max((size for size in sizes if size is not None), default=None)
        return None

    def states_size(self, edge: Edge, payload: float) -> bool:
        """Return whether the payload of an edge is an answer about its component or channel rather than an assumption."""
        work = self.component(edge)
        subjects = (node.subject for node in (self.source(edge), self.target(edge)))
        known = (self.facts.get(str(subject)) for subject in (*subjects, work.get("listens_to")))
        return any(
            facts.values.get(field) == payload and field not in facts.assumed
            for facts in known
            if facts is not None
            for field in ("message_bytes", "request_bytes", "item_bytes")
        )

    def stated(self, node: Node, field: str) -> bool:
        """Return whether an answer about a node's subject was given rather than assumed."""
        facts = self.facts.get(node.subject)
        return facts is not None and field in facts.values and field not in facts.assumed

    def request(self, edge: Edge) -> float | None:
        """Return the size of the largest request of the component that an edge belongs to, in bytes."""
        size = self.component(edge).get("request_bytes")
        return None if size is None else float(size)

    @cached_property
    def _executions(self) -> dict[str, float]:
        return {}

    def executions(self, edge: Edge, path: tuple[str, ...] = ()) -> float:
        """Return how often one message may be processed at the end of an edge, the retries before it multiplied.

        `path` are the edges followed so far.
        """
        if edge.id not in self._executions:
            before = [
                self.executions(upstream, (*path, edge.id))
                for upstream in self.architecture.entering(edge.source)
                if upstream.verb in FORWARDING_VERBS and upstream.id not in path
            ]
            total = max(before, default=1.0) * self.attempts(edge)
            if path:
                return total
            self._executions[edge.id] = total
        return self._executions[edge.id]

    @property
    def _receives_at_once(self) -> float:
        return float(self.dated.whole("lambda-sqs-receives", "count", 5))

    def outlasts(self, edge: Edge) -> bool:
        """Return whether a queue delivers a message again and again until an outage of another system is over."""
        return edge.verb == "consume" and number(self.source(edge), "max_receive_count", 1) > self._receives_at_once

    def attempts(self, edge: Edge) -> float:
        """Return how often an edge alone may pass the same piece of work."""
        source, target = self.source(edge), self.target(edge)
        if edge.verb == "consume" and source.service in QUEUES:
            # Further receives last through an outage: each waits for the visibility timeout, so they add no burst of retries.
            return max(1.0, min(number(source, "max_receive_count", 1), self._receives_at_once))
        if edge.verb == "run":
            return 1 + number(source, "retry_attempts")
        if edge.verb == "call":
            # Generated programs try the start of an execution again. A call that waits for an answer is made once: a second one
            # would do the work again.
            starts = target.service in _STARTED or is_durable(target)
            return float(self.dated.whole("sdk-attempts", "count", 3)) if starts else 1.0
        if "async_retries" in target.settings and source.service in ("eventbridge-bus", "sns", "eventbridge-scheduler"):
            return 1 + number(target, "async_retries")
        return 1.0


def rounded_up(value: float) -> float:
    """Return a count rounded up."""
    return float(math.ceil(round(value, 6)))
