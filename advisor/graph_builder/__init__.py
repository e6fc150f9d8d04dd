"""Choices to graph: every service becomes a node, every link a connection keyed (source, verb, target).

What a connection means (words, IAM actions) comes from the rule book; no pattern has code of its own. A connection
that the book does not know is kept and marked with the setting `unknown`, so that it can be reported before a download.
"""

from advisor.architecture import Architecture
from advisor.architecture.groups import groups_for
from advisor.architecture.numbering import numbered
from advisor.book import DatedBook
from advisor.budgets import with_budgets
from advisor.budgets.spread_owners import with_sparse_owners
from advisor.graph_builder.channels import add_channel
from advisor.graph_builder.components import add_component
from advisor.graph_builder.counts import counted
from advisor.graph_builder.dead_letters import add_dead_letters
from advisor.graph_builder.devices import notify_devices
from advisor.graph_builder.draft import FAMILIES, GraphDraft
from advisor.graph_builder.large_answers import with_direct_downloads
from advisor.graph_builder.shared_balancers import share_balancers
from advisor.graph_builder.stores import add_store, connect_dependencies
from advisor.requirements import Requirements
from advisor.sizing.path_settings import with_path_settings
from advisor.verdict import Verdict

__all__ = ["FAMILIES", "connect"]


def connect(requirements: Requirements, verdict: Verdict, dated: DatedBook) -> Architecture:
    """Return the architecture of a verdict, with settings and budgets by the limits of the book."""
    draft = GraphDraft(requirements, verdict, dated)
    for subject in requirements.of_kind("store"):
        add_store(draft, subject)
    for subject in requirements.of_kind("component"):
        add_component(draft, subject)
    for subject in requirements.of_kind("channel"):
        add_channel(draft, subject)
    for subject in requirements.of_kind("component"):
        connect_dependencies(draft, subject)
    notify_devices(draft)
    _remove_unused_firewall(draft)
    add_dead_letters(draft)
    edges = tuple(draft.edges.values())
    sized = with_path_settings(counted(draft), edges, draft.facts, dated)
    nodes, groups = groups_for(sized, edges, requirements)
    built = with_direct_downloads(Architecture(nodes, numbered(nodes, edges), groups), draft.facts, dated)
    budgeted = with_budgets(with_sparse_owners(built, draft.facts, dated), draft.facts, dated)
    return share_balancers(budgeted, draft.facts)


def _remove_unused_firewall(draft: GraphDraft) -> None:
    """Remove the web ACL of the Region where content delivery, which has one of its own, takes all requests."""
    used = {edge.target for edge in draft.edges.values() if edge.verb == "filter"}
    draft.nodes = {id: node for id, node in draft.nodes.items() if node.role != "firewall" or id in used}
