"""The session of a traffic test: the deployment, helpers for drivers, and the results."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from advisor.architecture import Architecture, Edge, Node
from blueprints.plan import Plan
from prove.live.deployment import Deployment

T = TypeVar("T")
#: The longest wait for an asynchronous result.
TIMEOUT_S = 45.0
_numbers = count(1)


@dataclass
class Session:
    """The traffic test of one deployed project. `evidence` and `omitted` map an edge to its proof or to its reason."""

    deployment: Deployment
    evidence: dict[str, list[str]] = field(default_factory=dict)
    omitted: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The plan of the project."""
        return self.deployment.project.case.plan

    @property
    def architecture(self) -> Architecture:
        """The graph of the project."""
        return self.plan.architecture

    def node(self, id: str) -> Node:
        """Return a node."""
        return self.architecture.node(id)

    def client(self, service: str) -> Any:
        """Return a client of a service of the account."""
        return self.deployment.client(service)

    def mark(self) -> str:
        """Return a unique marker for a message or an item."""
        return f"mark-{next(_numbers):04d}-{self.deployment.project.case.name}"

    def record(self, edge: Edge | str, evidence: str) -> None:
        """Record the evidence of a connection."""
        self.evidence.setdefault(edge if isinstance(edge, str) else edge.id, []).append(evidence)

    def fault(self, place: Edge | Node | str, message: str) -> None:
        """Record a fault."""
        self.faults.append((place if isinstance(place, str) else place.id, message))

    def omit(self, edge: Edge, reason: str) -> None:
        """Record the reason why a connection is not used."""
        self.omitted[edge.id] = reason

    def check(self, edge: Edge, holds: bool, expected: str, actual: object = "") -> bool:
        """Record the expectation as evidence when it holds, and as a fault with the actual value when it does not."""
        if holds:
            self.record(edge, expected)
        else:
            self.fault(edge, f"expected: {expected}" + (f"; got: {actual}" if actual != "" else ""))
        return holds

    def wait_for(self, condition: Callable[[], T | None], timeout: float = TIMEOUT_S) -> T | None:
        """Poll a condition until it returns a value, and return it; None after the timeout."""
        end = time.monotonic() + timeout
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                return None
            time.sleep(0.15)
