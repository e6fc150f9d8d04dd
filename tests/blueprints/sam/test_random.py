"""Random requirements: whatever is decided, the SAM target builds it or says what it cannot express."""

from typing import Any

from hypothesis import given, settings

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.targets import target
from tests.advisor.strategies import raw_requirements
from tests.blueprints.translation import parsed

BOOK = rules.load_book()


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(raw_requirements())
def test_every_design_is_built_whole_or_refused_by_name(raw: dict[str, Any]) -> None:
    plan = plan_for(advise(make_requirements(raw), BOOK))
    refused = target("sam").check(plan)
    graph = plan.architecture
    assert all(
        graph.find(refusal.where) or any(edge.id == refusal.where for edge in graph.edges) for refusal in refused
    )
    if refused or plan.design.decision.conflicts:  # where nothing fits, no command gets as far as a project
        return
    template = parsed(sam.files(plan, "ja"))
    marks = [resource["Metadata"]["Advisor"] for resource in template["Resources"].values()]
    assert {edge.id for edge in graph.edges} == {edge for mark in marks for edge in mark.get("edges", ())}
    nodes = {mark.get("node") for mark in marks} | {node for mark in marks for node in mark.get("nodes", ())}
    assert {node.id for node in graph.nodes if node.kind != "outside"} <= nodes
