"""Load balancers: HTTPS with the deployment's certificate, and a redirect for plain HTTP."""

from collections.abc import Mapping

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.registry import own, service
from blueprints.sam.services.express import balancer_arn, balancer_full_name, say_address, url
from blueprints.scope import Json, Scope
from blueprints.traits import ecs_express
from blueprints.values import Att, Ref, Value, joined

#: AWS's policy for TLS 1.3 and 1.2 with the smaller, stronger set of ciphers.
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


def listener_id(scope: Scope, node: str) -> str:
    """Return the logical id of the HTTPS listener."""
    return f"{scope.name(node)}Listener"


def _url(scope: Scope, node: Node) -> Value:
    served = ecs_express.behind(scope.architecture, node.id)
    if served is not None:
        return url(scope, served)
    host = Ref("DomainName") if scope.has("DomainName") else Att(scope.name(node.id), "DNSName")
    return joined("https://", host)


def _arn(scope: Scope, node: Node) -> Value:
    served = ecs_express.behind(scope.architecture, node.id)
    return Ref(scope.name(node.id)) if served is None else balancer_arn(scope, served)


def _full_name(scope: Scope, node: Node) -> Value:
    served = ecs_express.behind(scope.architecture, node.id)
    return Att(scope.name(node.id), "LoadBalancerFullName") if served is None else balancer_full_name(scope, served)


@service(
    "alb",
    arn=lambda scope, node: _arn(scope, node),
    name=own("LoadBalancerName"),
    full_name=lambda scope, node: _full_name(scope, node),
    url=_url,
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def load_balancer(scope: Scope, node: Node) -> None:
    """A load balancer; where it sends requests is put in by its connections. ECS Express Mode makes its own."""
    served = ecs_express.behind(scope.architecture, node.id)
    if served is not None:
        say_address(scope, node, served)
        return
    id = scope.name(node.id)
    attributes = {
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "idle_timeout.timeout_seconds": str(settings.number(node, "idle_timeout_s")),
        "deletion_protection.enabled": "false",
    }
    balancer(scope, node, "application", attributes)
    scope.add(listener_id(scope, node.id), "AWS::ElasticLoadBalancingV2::Listener", _https(id), node=node.id)
    scope.add(f"{id}Redirect", "AWS::ElasticLoadBalancingV2::Listener", _redirect(id), node=node.id)
    scope.output(
        f"{id}DnsName", Att(id, "DNSName"), Text("Host name of the load balancer", "ロードバランサーのホスト名")
    )


def balancer(scope: Scope, node: Node, kind: str, attributes: Mapping[str, str]) -> None:
    """Add a load balancer of a kind (application, network) to the subnets of its callers."""
    id, inner = scope.name(node.id), settings.flag(node, "private")
    properties: Json = {
        "Type": kind,
        "Scheme": "internal" if inner else "internet-facing",
        "Subnets": scope.subnets(public=not inner),
        "SecurityGroups": [Ref(f"{id}SecurityGroup")],
        "LoadBalancerAttributes": [{"Key": key, "Value": value} for key, value in attributes.items()],
    }
    outward = not inner and "PublicDefaultRoute" in scope.resources
    depends = ["PublicDefaultRoute"] if outward else []
    scope.add(id, "AWS::ElasticLoadBalancingV2::LoadBalancer", properties, node=node.id, depends=depends)


def _https(id: str) -> Json:
    return {
        "LoadBalancerArn": Ref(id),
        "Port": 443,
        "Protocol": "HTTPS",
        "SslPolicy": TLS_POLICY,
        "Certificates": [{"CertificateArn": Ref("CertificateArn")}],
        "DefaultActions": [],
    }


def _redirect(id: str) -> Json:
    action = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    return {
        "LoadBalancerArn": Ref(id),
        "Port": 80,
        "Protocol": "HTTP",
        "DefaultActions": [{"Type": "redirect", "RedirectConfig": action}],
    }
