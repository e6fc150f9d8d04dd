"""The functions that run each tenant in an execution environment of its own, for the README."""

from collections.abc import Iterable

from blueprints.plan import Plan
from blueprints.plan.callers.tenants import has_tenants
from blueprints.plan.routes import open_reads
from blueprints.project.programs.code import Code
from blueprints.traits import traits_of


def tenants(plan: Plan, codes: Iterable[Code]) -> list[tuple[str, bool, bool]]:
    """Return the folders of such functions, whether callers sign with AWS credentials, and whether everybody may read."""
    found = []
    for code in codes:
        node = code.plan.node
        if has_tenants(plan, node):
            entries = [plan.node(edge.source) for edge in plan.architecture.entering(node.id, "invoke")]
            callers = [edge.target for entry in entries for edge in plan.architecture.leaving(entry.id, "authorize")]
            credentials = any(traits_of(plan.node(id).service).identity == "credentials" for id in callers)
            found.append((code.folder, credentials, any(map(open_reads, entries))))
    return found
