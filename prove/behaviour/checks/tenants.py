"""Isolated tenants are isolated: their function has an environment for each, and its API names the tenant of every request.

The mode is set when a function is created. The tenant of an authenticated request is what the API has verified: a value that
the client sends would let it choose its tenant
(https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html, read 2026-12-02).
"""

from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import ids_in
from prove.readback.stack import Resource

FUNCTION, REST = "AWS::Lambda::Function", "AWS::ApiGateway::RestApi"
_HEADER = "integration.request.header.X-Amz-Tenant-Id"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield functions of isolated components that mix tenants, and methods that name no tenant, or one of the client's choice."""
    isolated = {
        str(one.id) for one in evidence.requirements.of_kind("component") if one.answer("isolation") == "per-tenant"
    }
    for function in evidence.stack.of_type(FUNCTION):
        subject, _, role = function.owner.node.partition(".")
        if subject not in isolated or not role.startswith("compute"):
            continue
        if (function.properties.get("TenancyConfig") or {}).get("TenantIsolationMode") != "PER_TENANT":
            yield Problem("tenants-share-environments", function.id, "Tenants share execution environments.", FUNCTION)
        for api in evidence.stack.of_type(REST):
            yield from _methods(api, function)


def _methods(api: Resource, function: Resource) -> Iterator[Problem]:
    for name, method in api.properties.get("Methods", {}).items():
        integration = method.get("Integration", {}) if isinstance(method, dict) else {}
        if function.id not in ids_in(str(integration.get("Uri", ""))):
            continue
        open_to_all = str(method.get("Authorization", {}).get("Type", "NONE")) == "NONE"
        tenant = str((integration.get("RequestParameters") or {}).get(_HEADER, ""))
        verified = tenant.startswith(("context.authorizer.", "context.identity."))
        if not (verified or (open_to_all and tenant.startswith("'"))):
            yield Problem("tenant-not-verified", api.id, f"{name} names no tenant that the API has verified.", REST)
