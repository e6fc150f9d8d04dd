"""AWS WAF web ACLs and their rules."""

from advisor.architecture import Edge, Node
from blueprints.parameters.entries import ADDRESS_LIMIT
from blueprints.shared.logs import log_group
from blueprints.stack.registry import connection, own, service
from blueprints.stack.scope import Scope
from blueprints.traits.waf import BODIES, REGIONAL, is_elsewhere, log_name, logging, web_acl
from blueprints.values import Att, Ref


@service("waf", arn=own("Arn"))
def add_web_acl(scope: Scope, node: Node) -> None:
    """A web ACL of AWS's rule groups and a limit per address; that of CloudFront has a stack of its own."""
    if is_elsewhere(scope.architecture, node):
        return
    id = scope.name(node.id)
    scope.add(
        id, "AWS::WAFv2::WebACL", web_acl(REGIONAL, id, bodies=True, limit=Ref(ADDRESS_LIMIT)), node=node.id, why=BODIES
    )
    name = log_name(id)
    log_group(scope, f"{id}Logs", node=node.id, name=name)
    scope.add(
        f"{id}Logging", "AWS::WAFv2::LoggingConfiguration", logging(id, name), node=node.id, depends=[f"{id}Logs"]
    )
    scope.output(f"{id}Arn", Att(id, "Arn"), "ARN of the web ACL")


@connection(["alb", "appsync"], "filter", ["waf"])
def associates_web_acl(scope: Scope, edge: Edge) -> None:
    """Associate the web ACL."""
    properties = {"ResourceArn": scope.of(edge.source, "arn"), "WebACLArn": scope.of(edge.target, "arn")}
    scope.add(f"{scope.name(edge.source)}WebAcl", "AWS::WAFv2::WebACLAssociation", properties, edge=edge.id)
