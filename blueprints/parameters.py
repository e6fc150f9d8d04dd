"""Which parameters a deployment asks for: what differs per environment, what exists already, and who is outside."""

from collections.abc import Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints import clusters, express, jobs
from blueprints import parameter_list as known
from blueprints.authorizers import has_authorizers
from blueprints.durable import waits_for_people
from blueprints.firewall import at_the_edge
from blueprints.hosts import x86_only
from blueprints.mounts import driven
from blueprints.network import Network
from blueprints.parameter_list import ACCOUNT, Parameter
from blueprints.strangers import taken_from
from blueprints.traits import traits_of

__all__ = ["ACCOUNT", "Parameter", "parameters_of"]


def parameters_of(
    architecture: Architecture, names: Mapping[str, str], network: Network | None, existing: frozenset[str]
) -> tuple[Parameter, ...]:
    """Return the parameters of a deployment in the order in which they are asked for."""
    has = {node.service for node in architecture.nodes}
    containers = architecture.of_service("ecs", "eks", "ec2", "batch")
    staged = bool(has & {"api-gateway-rest", "api-gateway-websocket"})
    found = [*([known.ENVIRONMENT] * staged), known.ALARM_EMAIL]
    own_pods = "eks" in has and "cluster" not in existing
    on_fargate = any(clusters.engine(node) == clusters.FARGATE for node in architecture.of_service("eks"))
    made = network is not None and not network.existing
    logged = bool(has & known.LOGGING) or "data-lake" in has
    found += [known.LOG_RETENTION] * (made or own_pods or on_fargate or logged)
    replicated = any(node.settings.get("multi_region") is True for node in architecture.of_service("dynamodb"))
    found += [known.REPLICA_REGION] * replicated
    found += [known.APPROVER] * waits_for_people(architecture)
    found += [known.FUNCTION_ARCHITECTURE] * ("lambda" in has or has_authorizers(architecture))
    images = [node for node in containers if node.service in ("ecs", "batch")]
    found += [_task_architecture(images)] * any(not (jobs.on_batch_hosts(node) or x86_only(node)) for node in images)
    found += [known.IMAGE_TAG] * bool(images)
    found += [known.SENDER] * ("ses" in has)
    found += [known.DELETION_PROTECTION] * ("aurora-dsql" in has)
    paired = any(node.settings.get("multi_region") is True for node in architecture.of_service("aurora-dsql"))
    found += [known.WITNESS_REGION, known.PEER_CLUSTER] * paired
    found += [known.CACHE_DATA, known.CACHE_REQUESTS] * ("elasticache-serverless" in has)
    found += [known.ORIGIN] * (_browsers_call(architecture) and "cloudfront" not in has)
    found += list(known.OIDC) * ("oidc" in has)
    balanced = "nlb" in has or bool(_own_balancers(architecture))
    found += list(known.OIDC_SIGN_IN) * _signs_in(architecture)
    found += [known.CERTIFICATE] * (balanced or ("domain" in existing and "cloudfront" in has))
    found += [known.DOMAIN] * ("domain" in existing and ("cloudfront" in has or _named(architecture)))
    found += [known.EDGE_WEB_ACL] * any(at_the_edge(architecture))
    if network is not None and network.existing:
        placed = bool(network.private_apis) or any(
            _private(architecture, architecture.node(id)) for id in network.members
        )
        placed = placed or _balanced_inside(architecture)
        found += [
            known.VPC,
            *([known.PRIVATE_SUBNETS] * (placed or own_pods or on_fargate)),
            *([known.PUBLIC_SUBNETS] * network.public),
            *([known.VPC_RANGE] * any(passage.within for passage in network.passages)),
        ]
    found += [known.CALLERS] * (network is not None and bool(network.private_apis))
    clustered = bool(has & {"ecs", "eks"})
    asked = known.CLUSTER_OF_EXPRESS if any(map(express.express, architecture.nodes)) else known.CLUSTER
    found += [asked] * ("cluster" in existing and clustered)
    found += list(known.EKS) * own_pods
    found += [known.CLUSTER_PROVIDER] * ("cluster" in existing and on_fargate)
    found += list(known.MOUNTING) * ("cluster" in existing and driven(architecture))
    return (*found, *_outside(architecture, names))


def _task_architecture(images: list[Node]) -> Parameter:
    """Return the instruction set of the images, which are all built for one; hosts of Batch take x86."""
    if any(jobs.on_batch_hosts(node) for node in images):
        return replace(known.TASK_ARCHITECTURE, default="X86_64", values=("X86_64",))
    return known.TASK_ARCHITECTURE


def _browsers_call(architecture: Architecture) -> bool:
    apis = architecture.of_service("api-gateway-http", "api-gateway-rest")
    return any(node.settings.get("private") is not True for node in apis)


def _private(architecture: Architecture, node: Node) -> bool:
    """Whether a node is placed in the private subnets by the template, and not by Kubernetes."""
    if express.in_public(architecture, node):
        return False
    traits = traits_of(node.service)
    return not traits.pods and (not traits.load_balancer or node.settings.get("private") is True)


def _own_balancers(architecture: Architecture) -> list[Node]:
    """Return the load balancers that the project makes: they need a certificate, and may have a name."""
    return [node for node in architecture.of_service("alb") if express.behind(architecture, node.id) is None]


def _named(architecture: Architecture) -> bool:
    """Whether somebody is told the name of a load balancer: a caller of the workload, or a sign-in page."""
    balancers = _own_balancers(architecture)
    told = [e for n in balancers for e in architecture.entering(n.id, "call")]
    told += [e for n in balancers for e in architecture.leaving(n.id, "authorize")]
    return bool(told)


def _signs_in(architecture: Architecture) -> bool:
    """Whether a load balancer sends callers to the existing provider's sign-in page."""
    checked = [
        edge.target for node in architecture.of_service("alb") for edge in architecture.leaving(node.id, "authorize")
    ]
    return any(architecture.node(id).service == "oidc" for id in checked)


def _outside(architecture: Architecture, names: Mapping[str, str]) -> list[Parameter]:
    found = []
    for node in architecture.nodes:
        row = _row(architecture, node)
        if node.kind == "outside" and row is not None:
            end, default, description, pattern = row
            found.append(Parameter(f"{names[node.id]}{end}", "String", default, description, pattern, node=node.id))
        if node.service == "function" and taken_from(architecture, node):
            for end, default, description, pattern in known.TAKING_FUNCTION:
                found.append(Parameter(f"{names[node.id]}{end}", "String", default, description, pattern))
    return found


def _row(architecture: Architecture, node: Node) -> tuple[str, str, Text, str] | None:
    receives = bool(architecture.entering(node.id))
    emits = bool(architecture.leaving(node.id, "emit"))
    if node.service == "saas":
        return known.OUTSIDE["partner-http"] if receives else known.SAAS_SOURCE if emits else None
    if node.service == "aws-service":
        return known.AWS_SOURCE if emits else known.AWS_PRINCIPAL
    return known.OUTSIDE.get(node.service)


def _balanced_inside(architecture: Architecture) -> bool:
    """Return whether an API reaches pods through a load balancer of its own, which stands in the private subnets."""
    ends = (
        (architecture.node(e.source), architecture.node(e.target)) for e in architecture.edges if e.verb == "invoke"
    )
    return any(a.service in ("api-gateway-http", "api-gateway-rest") and b.service == "eks" for a, b in ends)
