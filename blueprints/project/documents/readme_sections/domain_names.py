"""What has to be done outside the stack before callers reach it under a domain name: DNS records, redirect URIs of a sign-in.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (read 2026-12-01)
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from advisor.architecture import Node
from advisor.architecture.balancing import verifies_tokens
from advisor.text import Lang
from blueprints.parameters.entries import CERTIFICATE, DOMAIN
from blueprints.plan import Plan
from blueprints.plan.deployment_parameters import custom_domains, own_balancers
from blueprints.traits import cloudfront, traits_of


class Record(NamedTuple):
    """A DNS record: what it leads to in words, the parameter with its name ("" if only a certificate says it), and the output with its target.

    `private`: whether only a VPC reaches the target. `sign_in`: whether an existing identity provider sends users back there.
    """

    title: str
    parameter: str
    output: str
    private: bool = False
    sign_in: bool = False


def domain_names(plan: Plan, lang: Lang) -> dict[str, Any]:
    """Return the DNS records, and the parameter of the certificate that has the names of load balancers."""
    return {
        "records": [*_balancers(plan, lang), *_distributions(plan, lang), *_apis(plan, lang)],
        "certificate": CERTIFICATE.id,
    }


def _balancers(plan: Plan, lang: Lang) -> Iterator[Record]:
    graph = plan.architecture
    for node in own_balancers(graph):
        if cloudfront.delivered(graph, node.id) is not None:
            continue
        checks = (traits_of(graph.node(edge.target).service).identity for edge in graph.leaving(node.id, "authorize"))
        yield Record(
            node.title.in_(lang),
            _parameter(plan, node),
            f"{plan.name(node.id)}DnsName",
            private=node.settings.get("private") is True,
            sign_in="provider" in checks and not verifies_tokens(node),
        )


def _distributions(plan: Plan, lang: Lang) -> Iterator[Record]:
    for node in cloudfront.TRAITS.nodes(plan.architecture):
        if parameter := _parameter(plan, node):
            site = bool(plan.architecture.leaving(node.id, "fetch"))
            yield Record(node.title.in_(lang), parameter, f"{plan.name(node.id)}{'Domain' if site else 'Url'}")


def _apis(plan: Plan, lang: Lang) -> Iterator[Record]:
    for node in custom_domains(plan.architecture):
        if (parameter := _parameter(plan, node)) and parameter != DOMAIN.id:
            yield Record(node.title.in_(lang), parameter, f"{plan.name(node.id)}DomainTarget")


def _parameter(plan: Plan, node: Node) -> str:
    """Return the parameter with the domain name of a node: its own, or else that of the workload; "" if there is none."""
    stated = {parameter.id for parameter in plan.parameters}
    return next((one for one in (f"{plan.name(node.id)}{DOMAIN.id}", DOMAIN.id) if one in stated), "")
