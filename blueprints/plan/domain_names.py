"""Parameters for existing domain names of APIs and of several distributions: a name leads to one of them."""

from collections.abc import Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.parameters.entries import CERTIFICATE, DOMAIN, EDGE_CERTIFICATE
from blueprints.parameters.parameter import Parameter
from blueprints.traits import cloudfront, traits_of


def custom_domains(architecture: Architecture) -> list[Node]:
    """Return the APIs that can answer under an existing domain name: a private one would need more than a mapping.

    One behind CloudFront answers under the domain name of the distribution.
    """
    apis = [node for node in architecture.nodes if traits_of(node.service).custom_domain]
    named = [node for node in apis if cloudfront.delivered(architecture, node.id) is None]
    return [node for node in named if node.settings.get("private") is not True]


def distribution_domains(architecture: Architecture, names: Mapping[str, str]) -> list[Parameter]:
    """Return a domain name and its certificate for each of several distributions: a name leads to one of them."""
    distributions = cloudfront.TRAITS.nodes(architecture)
    parameters = []
    for name in [names[node.id] for node in distributions] * (len(distributions) > 1):
        domain = Text(
            f"Existing domain name of the CloudFront distribution {name}",
            f"CloudFront ディストリビューション {name} の既存のドメイン名",
        )
        certificate = Text(
            f"Certificate for the domain name of the distribution {name}, in us-east-1 (required by CloudFront)",
            f"ディストリビューション {name} のドメイン名の証明書（CloudFront で使用できるのは us-east-1 の証明書だけです）",
        )
        parameters += [
            replace(DOMAIN, id=f"{name}{DOMAIN.id}", description=domain),
            replace(EDGE_CERTIFICATE, id=f"{name}{EDGE_CERTIFICATE.id}", description=certificate),
        ]
    return parameters


def api_domains(architecture: Architecture, names: Mapping[str, str]) -> list[Parameter]:
    """Return a domain name and its certificate for each API: a name leads to one API, its certificate is of its Region."""
    parameters = []
    for node in custom_domains(architecture):
        name = names[node.id]
        domain = Text(f"Existing domain name of the API {name}", f"API {name} の既存のドメイン名")
        certificate = Text(
            f"Certificate for the domain name of the API {name}, in the Region of the stack",
            f"API {name} のドメイン名の証明書（スタックと同じリージョン）",
        )
        parameters += [
            replace(DOMAIN, id=f"{name}{DOMAIN.id}", example="api.example.com", description=domain),
            replace(CERTIFICATE, id=f"{name}{CERTIFICATE.id}", description=certificate),
        ]
    return parameters
