"""Function permissions, and API routes that reach a program without authentication."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from advisor.requirements.model import Subject
from prove.behaviour import forgeries
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import ids_in
from prove.readback import Stack

_PERMISSION = "AWS::Lambda::Permission"
#: Routes that answer everybody: the health check, and the question of a browser before its request.
_FOR_EVERYBODY = re.compile(r"^(OPTIONS .*|GET /health)$")
#: Routes by which nothing is changed; a query sends its vector in a body.
_READING = re.compile(r"^((GET|HEAD) |POST /queries$)")
_PSEUDO = "AWS::"


def invoked_by_anybody(stack: Stack) -> Iterator[Problem]:
    """Yield function permissions for a service without a source resource."""
    for permission in stack.of_type(_PERMISSION):
        properties = permission.properties
        principal, source = str(properties.get("Principal", "")), str(properties.get("SourceArn", ""))
        if properties.get("FunctionUrlAuthType") or properties.get("InvokedViaFunctionUrl"):
            continue
        named = [id for id in ids_in(source) if not id.startswith(_PSEUDO)]
        if principal == "*" or not (named or _names_one(source)):
            message = f"{principal} may invoke the function for any {source or 'resource'}, of this stack or another."
            yield Problem("invoked-by-anybody", permission.id, message, _PERMISSION)


def _names_one(source: str) -> bool:
    """Return whether an ARN names one resource by a name that only this stack gives."""
    return "${AWS::StackName}" in source or "${AWS::StackId}" in source


def unauthorised_routes(evidence: Evidence) -> Iterator[Problem]:
    """Yield unauthenticated routes of components that require authentication.

    If all callers are allowed to read, routes that read are open; a route that authenticates its readers is reported too.
    """
    components: Sequence[Subject] = evidence.requirements.components
    asking = {str(one.id): one for one in components if one.answer("authentication") not in (None, "none")}
    asking = {id: one for id, one in asking.items() if not verifies_signatures(evidence, one)}
    for place, type, name, authorization, node in _routes(evidence.stack):
        if node not in asking or _FOR_EVERYBODY.match(name):
            continue
        asks, reads = authorization not in ("", "NONE"), bool(_READING.match(name)) and reads_openly(asking[node])
        if not asks and not reads:
            yield Problem("unauthorised-route", place, f"{name} of {node} asks nobody who they are.", type)
        if asks and reads:
            yield Problem("asked-reader", place, f"{name} of {node} asks who reads, and everybody may.", type)


def verifies_signatures(evidence: Evidence, component: Subject) -> bool:
    """Return whether a program of a component accepts webhooks of their sender only, tried with forgeries."""
    if component.answer("authentication") != "signature":
        return False
    folders = [folder for folder in (evidence.folder / "src").glob("*") if folder.name == component.id]
    return bool(folders) and all(not forgeries.signature_faults(folder) for folder in folders)


def reads_openly(component: Subject) -> bool:
    """Return whether the entry of a component permits anonymous reads and authenticates writes only."""
    return component.answer("open_reads") is True and component.answer("authentication") not in (None, "none")


def _routes(stack: Stack) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each route: its place, its type, its method and path, its authorization, and its component."""
    owners = {id: resource.owner.node.partition(".")[0] for id, resource in stack.resources.items()}
    for api in stack.of_type("AWS::ApiGateway::RestApi"):
        for name, method in api.properties.get("Methods", {}).items():
            if isinstance(method, dict) and "Integration" in method:
                kind = str(method.get("Authorization", {}).get("Type", ""))
                yield api.id, api.type, name, kind, owners[api.id]
    for route in stack.of_type("AWS::ApiGatewayV2::Route"):
        key, api_id = str(route.properties.get("RouteKey", "")), next(iter(ids_in(route.properties["ApiId"])), "")
        kind = str(route.properties.get("AuthorizationType", ""))
        # A WebSocket API asks when a connection is made, and only then.
        if _asked_later(stack, api_id, key):
            continue
        yield route.id, route.type, key, kind, owners.get(api_id, "")
    for url in stack.of_type("AWS::Lambda::Url"):
        kind = str(url.properties.get("AuthType", ""))
        yield url.id, url.type, "any request", kind, owners[url.id]


def _asked_later(stack: Stack, api: str, key: str) -> bool:
    properties: Any = stack.resources[api].properties if api in stack.resources else {}
    return properties.get("ProtocolType") == "WEBSOCKET" and key != "$connect"
