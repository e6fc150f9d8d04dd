"""Parameters for existing domain names of APIs and of several distributions: a name leads to one of them."""

from collections.abc import Iterable
from dataclasses import replace

from advisor.text import Text
from blueprints.parameters.entries import CERTIFICATE, DOMAIN, EDGE_CERTIFICATE
from blueprints.parameters.parameter import Parameter


def distribution_domains(names: Iterable[str]) -> list[Parameter]:
    """Return a domain name and its certificate for each distribution, by the names of the distributions."""
    parameters = []
    for name in names:
        domain = Text(
            f"Existing domain name of the CloudFront distribution {name}",
            f"CloudFront ディストリビューション {name} の既存のドメイン名",
        )
        certificate = Text(
            f"ARN of the ACM certificate for the domain name of the distribution {name}, in us-east-1 (required by CloudFront)",
            f"ディストリビューション {name} のドメイン名の ACM 証明書の ARN（CloudFront で使用できるのは us-east-1 の証明書だけです）",
        )
        parameters += [
            replace(DOMAIN, id=f"{name}{DOMAIN.id}", description=domain),
            replace(EDGE_CERTIFICATE, id=f"{name}{EDGE_CERTIFICATE.id}", description=certificate),
        ]
    return parameters


def api_domains(names: Iterable[str]) -> list[Parameter]:
    """Return a domain name and its certificate for each API: a name leads to one API, its certificate is of its Region."""
    parameters = []
    for name in names:
        domain = Text(f"Existing domain name of the API {name}", f"API {name} の既存のドメイン名")
        certificate = Text(
            f"ARN of the ACM certificate for the domain name of the API {name}, in the Region of the stack",
            f"API {name} のドメイン名の ACM 証明書の ARN（スタックと同じリージョン）",
        )
        parameters += [
            replace(DOMAIN, id=f"{name}{DOMAIN.id}", example="api.example.com", description=domain),
            replace(CERTIFICATE, id=f"{name}{CERTIFICATE.id}", description=certificate),
        ]
    return parameters
