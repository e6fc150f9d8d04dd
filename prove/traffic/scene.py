"""What a driver of traffic has at hand, and where it says what it saw."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from advisor.architecture import Architecture, Edge, Node
from blueprints.plan import Plan
from prove.live.deployment import Deployment

T = TypeVar("T")
#: What is asynchronous has arrived by then, or it does not arrive.
PATIENCE_S = 45.0
_numbers = count(1)


@dataclass
class Scene:
    """One deployed project on stage. `seen` maps an edge to what proved it; `left_out` to why nothing could."""

    deployment: Deployment
    seen: dict[str, list[str]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The plan of the project."""
        return self.deployment.project.case.plan

    @property
    def architecture(self) -> Architecture:
        """Its graph."""
        return self.plan.architecture

    def node(self, id: str) -> Node:
        """Return a node."""
        return self.architecture.node(id)

    def client(self, service: str) -> Any:
        """Return a client of a service of the account."""
        return self.deployment.client(service)

    def mark(self) -> str:
        """Return a word that nobody has sent before."""
        return f"mark-{next(_numbers):04d}-{self.deployment.project.case.name}"

    def saw(self, edge: Edge | str, what: str) -> None:
        """Note what proved a connection."""
        self.seen.setdefault(edge if isinstance(edge, str) else edge.id, []).append(what)

    def fault(self, place: Edge | Node | str, message: str) -> None:
        """Note what is wrong."""
        self.faults.append((place if isinstance(place, str) else place.id, message))

    def leave_out(self, edge: Edge, reason: str) -> None:
        """Note why a connection is not used."""
        self.left_out[edge.id] = reason

    def check(self, edge: Edge, holds: bool, what: str, instead: object = "") -> bool:
        """Note what was seen when it holds, and a fault that says what came instead when it does not."""
        if holds:
            self.saw(edge, what)
        else:
            self.fault(edge, f"expected: {what}" + (f"; got: {instead}" if instead != "" else ""))
        return holds

    def until(self, look: Callable[[], T | None], patience: float = PATIENCE_S) -> T | None:
        """Look until there is something, and return it; None when patience ends."""
        end = time.monotonic() + patience
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > end:
                return None
            time.sleep(0.15)
