"""Components that are started in several ways which no project serves all of: refused rather than dropping one."""

from collections.abc import Iterator

from advisor.graph_builder.starters import ways_to_start
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.project.programs.entry_point import started_in_several_ways


def unserved(plan: Plan) -> Iterator[Unsupported]:
    """Give the components of which some way to start has neither a program nor a workflow of its own."""
    nodes = {node.id: node for node in plan.architecture.nodes}
    for subject in plan.design.verdict.subjects.values():
        compute = nodes.get(f"{subject.subject.id}.compute")
        if subject.subject.kind != "component" or compute is None or f"{subject.subject.id}.workflow" in nodes:
            continue
        ways = len(ways_to_start(subject.known.values))
        programs = sum(n.subject == subject.subject.id and n.id.startswith(f"{compute.id}-") for n in nodes.values())
        if ways > 1 and (programs + 1 < ways or compute.settings.get("variant") == "lambda-durable"):
            yield Unsupported(compute.id, started_in_several_ways(compute))
