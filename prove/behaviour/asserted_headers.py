"""Checks that every proxy in front of a program overwrites the identity header of the caller."""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.evidence import Problem
from prove.behaviour.programs import ContainerProgram
from prove.behaviour.reachability import (
    BALANCER,
    HTTP_LINK,
    REST_LINK,
    forwarding,
    private_link_is_checked,
    ways_to_balancer,
)
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

_SIGNS_IN = {
    "authenticate-cognito": "AuthenticateCognitoConfig",
    "authenticate-oidc": "AuthenticateOidcConfig",
}
#: What an Application Load Balancer says of a caller whom it has signed in, and what it passes on of one whose token it has verified.
_OF_A_BALANCER, TOKEN = "x-amzn-oidc-", "authorization"
#: An action that verifies tokens sets no header: what a caller says in those about a signed-in user passes it.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html (read 2026-12-01)
_VERIFIES = "jwt-validation"
#: What an API knows of its caller by itself; all else in a request may be the caller's own words.
_KNOWN = ("context.authorizer.", "context.identity.", "$context.authorizer.", "$context.identity.")


def asserted(stack: Stack, program: ContainerProgram, header: str, holder: Resource) -> Iterator[Problem]:
    """Yield the reasons why a header from the members of a security group cannot be trusted."""
    if holder.type == BALANCER and holder.properties.get("Type", "application") == "application":
        yield from _by_sign_in(stack, program, header, holder)
    elif holder.type == BALANCER:
        yield from _by_an_api(stack, program, header, holder)
    elif holder.type == HTTP_LINK:
        # An HTTP API reaches the balancer; that its link also reaches the program lets nobody else in.
        yield from _by_integrations(stack, program, header, holder)
    else:
        message = f"{holder.id} reaches {program.folder.name} and can name any caller in {header}."
        yield Problem("forged-header", holder.id, message, holder.type)


def _by_sign_in(stack: Stack, program: ContainerProgram, header: str, balancer: Resource) -> Iterator[Problem]:
    for group in program.target_groups:
        for listener, statement, actions in forwarding(stack, group):
            if balancer.id not in ids_in(listener.properties.get("LoadBalancerArn", "")):
                continue
            if not any(_vouches(action, header) for action in actions):
                message = f"{statement.id} forwards requests without a sign-in: their {header} is the caller's own."
                yield Problem("forged-header", statement.id, message, statement.type)


def _vouches(action: dict[str, Any], header: str) -> bool:
    """Return whether after an action of a listener a header is no longer the caller's own."""
    if header == TOKEN:
        config = action.get("JwtValidationConfig", {})
        return action.get("Type") == _VERIFIES and bool(config.get("Issuer") and config.get("JwksEndpoint"))
    return header.startswith(_OF_A_BALANCER) and _signs_in(action)


def _signs_in(action: dict[str, Any]) -> bool:
    settings = action.get(_SIGNS_IN.get(str(action.get("Type")), ""), {})
    return action.get("Type") in _SIGNS_IN and settings.get("OnUnauthenticatedRequest", "authenticate") != "allow"


def _by_an_api(stack: Stack, program: ContainerProgram, header: str, balancer: Resource) -> Iterator[Problem]:
    """Every way to a Network Load Balancer has to be a link of an API that sets the header."""
    ports = [
        int(listener.properties["Port"])
        for group in program.target_groups
        for listener, _, _ in forwarding(stack, group)
        if balancer.id in ids_in(listener.properties.get("LoadBalancerArn", ""))
    ]
    for way in (way for port in ports for way in ways_to_balancer(stack, balancer, port)):
        if way.holder is not None and way.holder.type in (REST_LINK, HTTP_LINK):
            yield from _by_integrations(stack, program, header, way.holder)
        else:
            message = f"{program.folder.name} believes the header {header}, and {way.source} reaches {balancer.id}."
            yield Problem("forged-header", way.place, message, balancer.type)
    yield from _out_of_reach(stack, balancer, ports)


def _out_of_reach(stack: Stack, balancer: Resource, ports: list[int]) -> Iterator[Problem]:
    """Yield links of APIs that the rules of the load balancer do not let in: a blocked path is not a trusted one either."""
    for port in ports:
        ways = list(ways_to_balancer(stack, balancer, port))
        for link in stack.of_type(REST_LINK):
            aimed = balancer.id in ids_in(link.properties.get("TargetArns", []))
            if aimed and private_link_is_checked(balancer) and not any(way.kind == "addresses" for way in ways):
                yield Problem("out-of-reach", link.id, f"{balancer.id} lets nothing of PrivateLink in.", link.type)


def _by_integrations(stack: Stack, program: ContainerProgram, header: str, link: Resource) -> Iterator[Problem]:
    for place, mapped in _mappings(stack, link):
        targets = {key.lower(): str(value) for key, value in mapped.items()}
        keys = (f"integration.request.header.{header}", f"overwrite:header.{header}", f"remove:header.{header}")
        said = [targets[key] for key in keys if key in targets]
        if not said:
            yield Problem(
                "forged-header", place, f"The API passes a caller's own {header} on to {program.folder.name}."
            )
        elif not all(value in ("", "''") or value.startswith(_KNOWN) for value in said):
            yield Problem("forged-header", place, f"The API fills {header} with {said[0]}, which its caller chooses.")
        if any(
            key.startswith(("overwrite:header.x-amz", "append:header.x-amz", "remove:header.x-amz")) for key in targets
        ):
            yield Problem("reserved-header", place, f"An HTTP API refuses a mapping of {header}: x-amzn-* is reserved.")


def _mappings(stack: Stack, link: Resource) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the place and the mapped parameters of each integration that goes through a link."""
    for api in stack.of_type("AWS::ApiGateway::RestApi"):
        for name, method in api.properties.get("Methods", {}).items():
            integration = method.get("Integration", {}) if isinstance(method, dict) else {}
            if link.id in ids_in(str(integration.get("ConnectionId", ""))):
                yield f"{api.id} {name}", integration.get("RequestParameters", {})
    for integration in stack.of_type("AWS::ApiGatewayV2::Integration"):
        if link.id in ids_in(str(integration.properties.get("ConnectionId", ""))):
            yield integration.id, integration.properties.get("RequestParameters", {})
