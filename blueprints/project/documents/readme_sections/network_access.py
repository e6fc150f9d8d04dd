"""What the README says of the ways into and out of a project: content delivery, services, existing VPCs and addresses."""

from collections.abc import Iterator
from typing import Any

from advisor.architecture.balancing import path_of
from blueprints import settings
from blueprints.plan import Plan
from blueprints.plan.callers.sign_in import asks_provider
from blueprints.plan.network import ways_out
from blueprints.plan.routes import paths_of
from blueprints.project.programs.code import Code
from blueprints.shared.network import nat_zones, outgoing_address
from blueprints.traits import (
    cloudfront,
    lambda_function_url,
    traits_of,
)
from blueprints.traits.ecs_express import express, in_public


def content_delivery(plan: Plan, codes: tuple[Code, ...]) -> dict[str, Any]:
    """Return the programs and the buckets before which CloudFront is, with the outputs that callers need.

    Responses are told apart by headers, a function URL is closed to all but CloudFront, some responses are stored nowhere, and
    the paths of an API lead to it where its site has the others. A load balancer is inside the VPC. The last value is whether
    the API or its program checks who calls.
    """
    graph, programs = plan.architecture, []
    for entry in graph.nodes:
        distribution = cloudfront.delivered(graph, entry.id)
        behind = [code for code in codes if any(edge.source == entry.id for edge in code.plan.invoked)]
        if distribution is not None:
            headers = ["Authorization"] * bool(graph.leaving(entry.id, "authorize"))
            headers += ["x-api-key"] * settings.flag(entry, "api_keys")
            private = any(code.entry_point.delivered for code in behind)
            public = any(code.entry_point.cached and code.can_read for code in behind)
            folder = behind[0].folder if behind else entry.subject
            closed = entry.service == lambda_function_url.TRAITS.service
            paths = paths_of(graph, entry) if cloudfront.with_its_pages(graph, entry.id) else ()
            inside = bool(traits_of(entry.service).load_balancer)
            checked = bool(headers) or any(code.entry_point.webhook for code in behind)
            output = f"{plan.name(distribution.id)}Url"
            programs.append(
                (
                    folder,
                    output,
                    closed,
                    headers,
                    "public" if public else "private" if private else "",
                    paths,
                    inside,
                    checked,
                )
            )
    buckets = [
        (plan.name(bucket.id), f"{plan.name(distribution.id)}Url", f"{plan.name(distribution.id)}Id")
        for bucket, distribution in cloudfront.stores(graph)
    ]
    return {"delivered": programs, "delivered_buckets": buckets}


def has_ecs_services(plan: Plan) -> bool:
    """Whether the stack has services of Amazon ECS, which start tasks from the images."""
    running = [program for program in plan.programs if program.run in ("service", "worker")]
    return any(traits_of(one.node.service).state == "task" for one in running)


def express_placement(plan: Plan) -> str:
    """Return the placement of ECS Express Mode services, public before private, or none if there are none."""
    services = [node for node in plan.architecture.nodes if express(node)]
    return "public" if any(in_public(plan.architecture, node) for node in services) else "private" if services else ""


def existing_vpc(plan: Plan) -> dict[str, Any] | None:
    """Return the endpoints that an existing VPC must provide, or None if the project creates the VPC.

    `provider`: an internal load balancer signs users in at an existing identity provider, whose token and user info endpoints it
    calls over IPv4: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html and
    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html (both read 2026-12-01).
    """
    if plan.network is None or not plan.network.existing:
        return None
    services, internet = ways_out(plan.architecture, plan.network.own)
    fixed = any(one.answers.get("fixed_outgoing_ip") for _, one in plan.design.requirements.subjects())
    public = plan.network.public
    provider = not public and asks_provider(plan.architecture, tokens=False)
    return {"services": services, "internet": internet or fixed, "public": public, "fixed": fixed, "provider": provider}


def outgoing_addresses(plan: Plan) -> list[str]:
    """Return the outputs with the addresses from which programs call other systems, if they are fixed."""
    network = plan.network
    if network is None or not network.fixed_address or network.existing:
        return []
    return [outgoing_address(zone) for zone in nat_zones(network)]


def behind_shared(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield each service that shares a load balancer: its component, its path, and the output with its URL."""
    for edge in plan.architecture.edges:
        if path := path_of(edge):
            yield plan.node(edge.target).subject, path, f"{plan.name(edge.target)}Url"
