"""Answers that change the files of a project although the architecture does not show them."""

from collections.abc import Callable, Mapping

from advisor.architecture import Architecture
from advisor.design.opposites import Stated
from advisor.requirements import Requirements
from advisor.requirements.availability import (
    ONE_ZONE_PERCENT,
    READER_PERCENT,
    availability_percent,
    survives_zone_failure,
)

#: The setting of a service with the tasks that continue if a zone fails.
_LEAST_TASKS = "desired_count"
_Reads = Callable[[Architecture, Stated, Requirements], bool]


def read_by_project(architecture: Architecture, stated: Stated, requirements: Requirements) -> bool:
    """Return whether the project of a design has other files with another answer, although its architecture is the same."""
    reads = _READ.get((stated.kind, stated.field.id))
    return reads is not None and reads(architecture, stated, requirements)


def _always(_architecture: Architecture, _stated: Stated, _requirements: Requirements) -> bool:
    return True


def _existing(architecture: Architecture, stated: Stated, _requirements: Requirements) -> bool:
    """Whether the project has a parameter for an existing resource: a network, a cluster, or the domain of an entry."""
    if stated.item == "vpc":
        return any(node.settings.get("private") for node in architecture.of_service("api-gateway-rest"))
    if stated.item == "cluster":
        return bool(architecture.of_service("ecs", "eks"))
    return stated.item == "domain" and (
        bool(architecture.of_service("cloudfront")) or _named_balancer(architecture) or _public_api(architecture)
    )


def _public_api(architecture: Architecture) -> bool:
    """Whether an API of API Gateway gets the domain name: a private one keeps its own address."""
    apis = architecture.of_service("api-gateway-http", "api-gateway-rest", "api-gateway-websocket")
    return any(node.settings.get("private") is not True for node in apis)


def _named_balancer(architecture: Architecture) -> bool:
    """Whether callers inside the workload or its own sign-in page know a load balancer by its name; Express Mode names its own."""
    balancers = [
        node
        for node in architecture.of_service("alb")
        if not any(
            architecture.node(edge.target).settings.get("variant") == "ecs-express"
            for edge in architecture.leaving(node.id, "invoke")
        )
    ]
    own_pool = {node.id for node in architecture.of_service("cognito")}
    return any(
        architecture.entering(node.id, "call")
        or any(edge.target in own_pool for edge in architecture.leaving(node.id, "authorize"))
        for node in balancers
    )


def _standby(architecture: Architecture, _stated: Stated, requirements: Requirements) -> bool:
    kept = architecture.of_service("rds", "aurora-serverless", "opensearch-serverless")
    return bool(kept) and not survives_zone_failure(requirements)


def _zones(architecture: Architecture, _stated: Stated, requirements: Requirements) -> bool:
    """Whether a zone that fails, and nothing else, gives the project a reader, a standby, a second NAT gateway or words on its tasks."""
    if any(_LEAST_TASKS in node.grounds for node in architecture.nodes):
        return True
    stated = availability_percent(requirements)
    if architecture.of_service("aurora-serverless") and (stated is None or stated < READER_PERCENT):
        return True
    if architecture.of_service("rds", "opensearch-serverless") and stated is not None and stated <= ONE_ZONE_PERCENT:
        return True
    own_network = "vpc" not in (requirements.workload_answers.get("existing") or ())  # type: ignore[operator]
    return own_network and (bool(architecture.of_service("nat-gateway")) or _calls_an_api(architecture))


def _calls_an_api(architecture: Architecture) -> bool:
    """Whether a program in a private subnet calls an API that is reached by the internet."""
    apis = architecture.of_service("api-gateway-http", "api-gateway-rest", "api-gateway-websocket")
    callers = (architecture.node(edge.source) for api in apis for edge in architecture.entering(api.id))
    return any(caller.group in ("private-subnet", "ecs-cluster", "eks-cluster") for caller in callers)


def _storage(architecture: Architecture, stated: Stated, _requirements: Requirements) -> bool:
    sized = (*architecture.of_service("elasticache-serverless"), *architecture.of_service("rds"))
    return any(node.subject == stated.subject for node in sized)


_READ: Mapping[tuple[str, str], _Reads] = {
    ("workload", "region"): _always,
    ("workload", "customer_managed_keys"): _always,
    ("workload", "existing"): _existing,
    ("workload", "availability_percent"): _standby,
    ("workload", "zone_failure"): _zones,
    # Without it, what starts the component is missing, and its project is refused.
    ("component", "listens_to"): _always,
    ("store", "volume_bytes"): _storage,
}
