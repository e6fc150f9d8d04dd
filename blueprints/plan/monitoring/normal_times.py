"""What is normal below a limit: up to which time runs and responses take, and which setting stops them."""

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.design import Design
from advisor.sensitivity.analysis import FlipPoint
from advisor.sizing.integration_settings import endpoint_waits_s
from advisor.sizing.node_updates import number
from blueprints.plan.monitoring.message_limits import tightest
from blueprints.traits import Measure, near_limit

#: The questions about times that are taken by every run or response.
DURATIONS = ("longest_run_s", "response_s")


def limit_of(design: Design, node: Node, measure: Measure, at: float, normal: float) -> float | None:
    """Return the setting that keeps an answer below the alarm of its flip point, or None if there is none."""
    limit = None if measure.limit is None else measure.limit(design.architecture, node)
    return limit if limit is not None and limit <= (near_limit(at, normal) or at) else None


def base_of(design: Design, flip: FlipPoint, node: Node, measure: Measure) -> float:
    """Return the limit near which the alarm of a flip point goes off: a setting, what a connection carries, or the flip point."""
    assert isinstance(flip.at, float)
    carrier = tightest(design.architecture, flip.subject, flip.at) if flip.field == "message_bytes" else None
    if carrier is not None:
        return carrier.allowed
    limit = limit_of(design, node, measure, flip.at, normal_of(design, flip, node))
    return flip.at if limit is None else limit


def normal_of(design: Design, flip: FlipPoint, node: Node) -> float:
    """Return up to which time a run or a response takes in normal operation, in seconds; 0 for what is no such time."""
    if flip.field not in DURATIONS or not isinstance(flip.value, int | float):
        return 0
    values = design.verdict.subjects[flip.subject].known.values
    # A function works on the messages of a batch one after the other.
    whole = float(values.get("whole_run_s") or 0) if node.role == "workflow" else 0
    return max(float(flip.value) * number(node, "batch_size", 1), whole)


def awaited_s(architecture: Architecture, node: Node, dated: DatedBook) -> float | None:
    """Return how long the endpoint in front of a program waits for it, in seconds, or None if no endpoint waits."""
    fronts = (architecture.node(edge.source) for edge in architecture.entering(node.id, "invoke"))
    waits = [
        endpoint_waits_s(front, dated) for front in fronts if front.role == "entry" and "timeout_s" in front.settings
    ]
    return min(waits, default=None)
