"""Resources that must be in us-east-1: a small additional stack, identical in every target."""

from collections.abc import Iterator

from blueprints import settings
from blueprints.parameters.entries import ADDRESS_LIMIT, address_limit
from blueprints.plan import Plan
from blueprints.sam.printer import to_yaml
from blueprints.traits.waf import (
    AT_THE_EDGE,
    EDGE_KEPT_DAYS,
    EDGE_OUTPUT,
    EDGE_TEMPLATE,
    at_the_edge,
    log_name,
    logging,
    web_acl,
)
from blueprints.values import Att, Ref

_ACL, _LOGGING = "EdgeWebAcl", "AWS::WAFv2::LoggingConfiguration"
_DESCRIPTION = "Web ACL for CloudFront, deployed to us-east-1 by make edge; see README.md"
_OUTPUT = "ARN of the web ACL"


def edge_files(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Yield the template of the web ACL before CloudFront, if there is one."""
    if not any(at_the_edge(plan.architecture)):
        return
    name = log_name(_ACL)
    logs = {"LogGroupName": name, "RetentionInDays": EDGE_KEPT_DAYS}
    # A distribution that delivers files takes no bodies.
    guarded = [edge.source for edge in at_the_edge(plan.architecture)]
    bodies = any(plan.architecture.leaving(distribution, "forward") for distribution in guarded)
    acl = next(plan.architecture.node(edge.target) for edge in at_the_edge(plan.architecture))
    limit = address_limit(int(settings.number(acl, "requests_per_address")))
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": _DESCRIPTION,
        "Parameters": {
            ADDRESS_LIMIT: {"Type": limit.type, "Default": limit.default, "Description": limit.description.en}
        },
        "Resources": {
            _ACL: {
                "Type": "AWS::WAFv2::WebACL",
                "Properties": web_acl(AT_THE_EDGE, _ACL, bodies=bodies, limit=Ref(ADDRESS_LIMIT)),
            },
            f"{_ACL}Logs": {"Type": "AWS::Logs::LogGroup", "Properties": logs},
            f"{_ACL}Logging": {"Type": _LOGGING, "DependsOn": f"{_ACL}Logs", "Properties": logging(_ACL, name)},
        },
        "Outputs": {EDGE_OUTPUT: {"Description": _OUTPUT, "Value": Att(_ACL, "Arn")}},
    }
    yield EDGE_TEMPLATE, to_yaml(template).encode()
