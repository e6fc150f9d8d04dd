"""Databases that pause while nobody uses them: they do not, where a caller cannot wait for them to resume."""

from advisor.architecture import Edge, Node
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.sized import Sized, seconds
from advisor.vocabulary.demands import MUST

PAUSING = ("aurora-serverless",)
#: How long a database that was paused for more than a day takes to resume, or longer, and the least capacity without a
#: pause, in ACU. AWS's page on the automatic pause (read 2026-11-27).
RESUMES_S, LEAST_ACU = 30, 0.5
AUTO_PAUSE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html"
_USED = ("read", "write", "read-write")
_DEMAND = f"{MUST}.nothing-while-idle"


def set_least_capacity(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Keep a database from pausing where an entry gives up before it has resumed, unless nothing may be paid while idle."""
    if target.service not in PAUSING or edge.verb not in _USED or updates.facts_of(target).values.get(_DEMAND):
        return
    waits = [
        number(updates.nodes[front.source], "timeout_s", RESUMES_S)
        for front in updates.edges
        if front.verb == "invoke" and front.target == source.id
    ]
    if not waits or min(waits) > RESUMES_S:
        return
    sized = Sized()
    sized.put(
        "min_capacity_acu", LEAST_ACU, unit="count",
        en="A paused database takes {resumes} or longer to resume, and a caller waits {waits}: it does not pause.",
        ja="一時停止したデータベースの再開には{resumes}以上かかり、呼び出し元が待つのは{waits}です。そのため一時停止させません。",
        source=AUTO_PAUSE, resumes=seconds(RESUMES_S), waits=seconds(min(waits)),
    )  # fmt: skip
    updates.change(target, sized)
