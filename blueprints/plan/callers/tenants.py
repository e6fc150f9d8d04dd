"""Functions whose tenants have execution environments of their own (Lambda tenant isolation mode), and who their tenants are.

The tenant of a request is its authenticated caller: the user of a user pool, or who signs with AWS credentials. An API sets
the header with the tenant ID on every request, so that no caller can bring one along. A header that a client sends is not
trusted: https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html (read 2026-12-02).
"""

from advisor.architecture import Edge, Node
from blueprints.plan.callers.authorizers import caller_of
from blueprints.plan.callers.owners import isolated
from blueprints.plan.plan import Plan
from blueprints.traits import lambda_, traits_of

#: The header of Lambda's API with the tenant ID, and the mode of a function, which can be set only when it is created.
TENANT_HEADER = "X-Amz-Tenant-Id"
TENANCY, PER_TENANT = "TenancyConfig", {"TenantIsolationMode": "PER_TENANT"}
#: The tenant of requests without authentication, which reach shared items and the health check only.
ANYONE = "anyone"
#: Identities whose IDs Lambda accepts as tenant IDs. Those of other providers may contain any character, such as "|".
#: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (read 2026-12-02)
_KNOWN = ("user-pool", "credentials")


def has_tenants(plan: Plan, node: Node) -> bool:
    """Return whether a node is a function whose tenants have execution environments of their own."""
    return node.service == lambda_.TRAITS.service and node.subject in isolated(plan.design)


def passes_tenant(plan: Plan, edge: Edge) -> bool:
    """Return whether a connection invokes a function for an authenticated caller whose ID can be its tenant ID."""
    entry = plan.node(edge.source)
    if edge.verb != "invoke" or not traits_of(entry.service).sets_tenants:
        return False
    callers = [plan.node(one.target).service for one in plan.architecture.leaving(entry.id, "authorize")]
    return bool(callers) and all(traits_of(service).identity in _KNOWN for service in callers)


def tenant_of(plan: Plan, entry: str, *, authenticated: bool) -> str:
    """Return the mapping of a request of an entry to its tenant ID."""
    caller = caller_of(plan.architecture, entry) if authenticated else None
    return f"'{ANYONE}'" if caller is None else f"context.{caller}"
