"""The longest run that callers wait for, as a setting of what they call, from which the alarms on late answers follow."""

from dataclasses import replace

from advisor.architecture import Architecture
from advisor.design import Design
from blueprints.traits import LONGEST_RUN


def with_longest_runs(design: Design) -> Architecture:
    """Return the architecture of a design with the longest run as a setting of each entry and of its connections to programs."""
    architecture = design.architecture
    runs = {
        edge.id: _run_s(design, architecture.node(edge.target).subject)
        for edge in architecture.edges
        if edge.verb == "invoke"
    }
    longest = {
        node.id: max(
            (runs[edge.id] for edge in architecture.leaving(node.id, "invoke")), default=_run_s(design, node.subject)
        )
        for node in architecture.nodes
        if node.role == "entry" and not architecture.leaving(node.id, "start")  # a workflow may answer before it ends
    }
    nodes = tuple(
        replace(node, settings={**node.settings, LONGEST_RUN: run}) if (run := longest.get(node.id)) else node
        for node in architecture.nodes
    )
    edges = tuple(
        replace(edge, settings={**edge.settings, LONGEST_RUN: run}) if (run := runs.get(edge.id)) else edge
        for edge in architecture.edges
    )
    return replace(architecture, nodes=nodes, edges=edges)


def _run_s(design: Design, component: str) -> float:
    """Return the longest run of a component that callers wait for, in seconds; 0 if they do not wait for its end."""
    if component not in design.verdict.subjects:
        return 0
    known = design.verdict.subjects[component].known
    run, answer = (float(known.values.get(name) or 0) for name in (LONGEST_RUN, "response_s"))
    # A stated time in which an answer is required, and a run beyond it: the answer comes before the end of the run.
    return 0 if "response_s" not in known.assumed and answer <= run else run
