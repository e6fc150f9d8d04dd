"""Traits of services: the properties besides their resources, one module per service, named after its id.

Each states `TRAITS`, and beside it what else is to be known in order to build the service: names, sizes, policies.
Nothing lists the modules: a service has traits when its module exists. Code that several services share is in modules
without traits (`state_machine`, `work_partitions`). All of them are below the plan, and do not depend on it.
"""

from functools import cache

from advisor.architecture import Node
from blueprints.discovery import modules_of
from blueprints.traits._aspects import ClusterCosts, NamedResource, Port, Retained
from blueprints.traits._monitoring import (
    LONGEST_RUN,
    MINUTE_S,
    MS,
    NEAR,
    AlarmRule,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Statistic,
    Total,
    late_answers,
    near_limit,
    rates,
    setting,
    sums,
)
from blueprints.traits._programs import Client, ClientKind, Records, Resolver
from blueprints.traits._record import Table, Traits

__all__ = [
    "LONGEST_RUN",
    "MINUTE_S",
    "MS",
    "NEAR",
    "AlarmRule",
    "Client",
    "ClientKind",
    "ClusterCosts",
    "Curve",
    "Measure",
    "Metrics",
    "NamedResource",
    "NodeAttribute",
    "Port",
    "Records",
    "Resolver",
    "Retained",
    "Statistic",
    "Total",
    "Traits",
    "all_traits",
    "has_client",
    "is_store",
    "late_answers",
    "near_limit",
    "rates",
    "setting",
    "sums",
    "traits_of",
    "traits_of_engine",
    "traits_of_form",
    "traits_of_node",
    "with_trait",
]  # fmt: skip


@cache
def all_traits() -> Table:
    """Return the traits of every service that has any, by its id. Raises ValueError if two modules define the same service."""
    traits_by_service: dict[str, Traits] = {}
    for module in modules_of(__name__):
        traits = getattr(module, "TRAITS", None)
        if traits is not None:
            if traits.service in traits_by_service:
                raise ValueError(f"Two modules state the traits of {traits.service}.")
            traits_by_service[traits.service] = traits
    return traits_by_service


def traits_of(service: str) -> Traits:
    """Return the traits of a service; what has no module (a client, a partner) has none of them."""
    return all_traits().get(service) or Traits(service=service)


def traits_of_node(node: Node) -> Traits:
    """Return the traits of a node: those of the form that its service takes here, where that has some of its own."""
    form = all_traits().get(str(node.settings.get("variant")))
    return form or traits_of(node.service)


def has_client(node: Node, kind: ClientKind) -> bool:
    """Return whether programs reach a node by code of this kind that is written for it."""
    client = traits_of_node(node).client
    return client is not None and client.kind == kind


def is_store(node: Node) -> bool:
    """Return whether programs keep things in a node, by code that is written for it."""
    return has_client(node, "store")


def with_trait(name: str) -> tuple[str, ...]:
    """Return the services that have a trait, by the name of its field."""
    return tuple(service for service, traits in all_traits().items() if getattr(traits, name))


def traits_of_engine(node: Node) -> Traits:
    """Return the traits of the host of a node's containers, or none if it has none."""
    return traits_of(str(node.settings.get("engine")))


def traits_of_form(node: Node) -> Traits:
    """Return the traits of the form that a node's service takes, or none if it takes no form of its own."""
    return traits_of(str(node.settings.get("variant")))
