"""Tables with the task tokens of waiting runs: whoever reads one completes its task."""

from collections.abc import Iterable, Iterator

from prove.behaviour.evidence import Problem
from prove.behaviour.references import allows, ids_in
from prove.readback import Stack
from prove.readback.policies import as_list
from prove.readback.stack import Resource

#: Actions that return an item; an update can return the one before it.
_READS = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem")


def kept_tokens(stack: Stack, table: Resource, endpoints: Iterable[Resource]) -> Iterator[Problem]:
    """Yield the problems of a table that keeps tokens forever or unencrypted, or lets others than its endpoints read them."""
    if str(table.properties.get("TimeToLiveSpecification", {}).get("Enabled", "")).lower() != "true":
        yield Problem("token-kept", table.id, "What completes a task stays after its time.", table.type)
    if str(table.properties.get("SSESpecification", {}).get("SSEEnabled", "")).lower() != "true":
        yield Problem("token-kept", table.id, "What completes a task is not encrypted with a key of KMS.", table.type)
    readers = {role.id for role in stack.of_type("AWS::IAM::Role") if _reads(role, table)}
    known = {id for endpoint in endpoints for id in ids_in(endpoint.properties.get("Role"))}
    if others := sorted(readers - known):
        yield Problem("token-readable", table.id, f"{', '.join(others)} may read what completes a task.", table.type)


def _reads(role: Resource, table: Resource) -> bool:
    own = [one for one in role.properties.get("Statements", ()) if one["Effect"] == "Allow"]
    return any(
        table.id in ids_in(one["Resource"]) or "*" in as_list(one["Resource"])
        for one in own
        if any(allows(one, action) for action in _READS)
    )
