"""The deployment parameters: settings per environment, existing resources, and external systems."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import verifies_tokens
from advisor.architecture.workflow_polling import polls
from advisor.text import Text
from advisor.vocabulary.store import IMMUTABLE
from blueprints import settings
from blueprints.parameters.clusters import (
    CLUSTER,
    CLUSTER_OF_EXPRESS,
    CLUSTER_OF_WORKERS,
    CLUSTER_PROVIDER,
    EKS,
    MOUNTING,
)
from blueprints.parameters.data import DELETION_PROTECTION, LOCK_MODE
from blueprints.parameters.deployment import (
    ALARM_EMAIL,
    APPROVER,
    ENVIRONMENT,
    FUNCTION_ARCHITECTURE,
    FUNCTION_ROLLOUT,
    IMAGE_TAG,
    LOG_RETENTION,
    OTHER_SYSTEM_CHECK,
    TASK_ARCHITECTURE,
    UNADDRESSED_MAIL,
)
from blueprints.parameters.domain_names import api_domains, distribution_domains
from blueprints.parameters.entries import (
    API_KEY_EXPIRY,
    CERTIFICATE,
    DOMAIN,
    EDGE_CERTIFICATE,
    EDGE_WEB_ACL,
    OIDC_KEYS,
    OIDC_SIGN_IN,
    ORIGIN,
    address_limit,
)
from blueprints.parameters.network import CALLERS, CLOUDFRONT_ADDRESSES, PRIVATE_SUBNETS, PUBLIC_SUBNETS, VPC, VPC_RANGE
from blueprints.parameters.order import place
from blueprints.parameters.outside import AWS_PRINCIPAL, AWS_SOURCE, OUTSIDE, SAAS_SOURCE, TAKING_FUNCTION
from blueprints.parameters.parameter import OutsideParameter, Parameter
from blueprints.plan.callers.authorizers import has_authorizers
from blueprints.plan.callers.sign_in import asks_provider
from blueprints.plan.cross_account import taken_from
from blueprints.plan.migrations import migrations_of
from blueprints.plan.network import Network
from blueprints.plan.routes import called_from_browsers
from blueprints.traits import batch, cloudfront, ecs_express, eks, ses, traits_of, waf
from blueprints.traits.ec2 import x86_only
from blueprints.traits.efs import driven
from blueprints.traits.function_releases import shifted
from blueprints.traits.lambda_durable import waits_for_people
from blueprints.traits.waf import at_the_edge


def parameters_of(
    architecture: Architecture, names: Mapping[str, str], network: Network | None, existing: frozenset[str]
) -> tuple[Parameter, ...]:
    """Return the parameters of a deployment in the order in which they are asked for."""
    own_cluster = "cluster" not in existing
    parameters = [ALARM_EMAIL, *_of_services(architecture, network, own_cluster=own_cluster)]
    parameters += [APPROVER] * waits_for_people(architecture)
    parameters += _of_programs(architecture)
    parameters += _of_entries(architecture, own_domain="domain" in existing)
    parameters += _of_network(architecture, network, own_cluster=own_cluster)
    parameters += _of_clusters(architecture, own_cluster=own_cluster)
    further = _balancer_domains(architecture, names, own_domain="domain" in existing)
    if "domain" in existing:
        further += distribution_domains(names[node.id] for node in _distributions(architecture))
        further += api_domains(names[node.id] for node in custom_domains(architecture))
    return (*sorted(parameters, key=place), *further, *_outside(architecture, names))


def _of_services(architecture: Architecture, network: Network | None, *, own_cluster: bool) -> list[Parameter]:
    """Return the parameters of the services in use, and the log retention."""
    parameters: dict[Parameter, None] = {}
    for node in architecture.nodes:
        traits = traits_of(node.service)
        regional = traits.parameters_of_regions if node.settings.get("multi_region") is True else ()
        staged = (ENVIRONMENT,) if traits.staged else ()
        parameters.update(dict.fromkeys((*staged, *traits.parameters, *regional)))
    if own_balancers(architecture):
        parameters[DELETION_PROTECTION] = None
    if any(settings.flag(node, IMMUTABLE) for node in architecture.nodes):
        parameters[LOCK_MODE] = None
    own_network = network is not None and not network.existing
    logged = any(traits_of(node.service).log_group or node.service == "data-lake" for node in architecture.nodes)
    pods = any(traits_of(node.service).pods for node in architecture.nodes)
    migrated = any(migrations.by_function for migrations in migrations_of(architecture))
    logged = (
        logged
        or migrated
        or any(not waf.is_elsewhere(architecture, node) for node in waf.TRAITS.nodes(architecture))
        or waits_for_people(architecture)
        or own_network
        or (pods and (own_cluster or _on_fargate(architecture)))
    )
    return [*parameters, *([LOG_RETENTION] * logged)]


def _of_programs(architecture: Architecture) -> list[Parameter]:
    """Return the CPU architecture of programs and the image version."""
    images = [node for node in architecture.nodes if traits_of(node.service).image_tag]
    functions = any(traits_of(node.service).compute == "function" for node in architecture.nodes)
    functions = functions or any(migrations.by_function for migrations in migrations_of(architecture))
    functions = functions or waits_for_people(architecture)
    parameters = [UNADDRESSED_MAIL] * any(_programs_mail(architecture))
    parameters += [OTHER_SYSTEM_CHECK] * any(polls(node.states) for node in architecture.nodes)
    parameters += [FUNCTION_ARCHITECTURE] * (functions or has_authorizers(architecture))
    gradual = any(map(shifted, architecture.nodes)) or waits_for_people(architecture) or has_authorizers(architecture)
    parameters += [FUNCTION_ROLLOUT] * gradual
    parameters += [_task_architecture(images)] * any(
        not (batch.on_batch_hosts(node) or x86_only(node)) for node in images
    )
    return [*parameters, *([IMAGE_TAG] * bool(images))]


def _programs_mail(architecture: Architecture) -> Iterator[bool]:
    """Yield whether each sender of mail to customers is a program, which reads the address from an item."""
    for mailbox in ses.TRAITS.nodes(architecture):
        for edge in architecture.entering(mailbox.id, "publish"):
            yield bool(traits_of(architecture.node(edge.source).service).compute)


def _of_entries(architecture: Architecture, *, own_domain: bool) -> list[Parameter]:
    """Return the allowed browser origin, and the domain names and certificates of entries."""
    distributed = len(cloudfront.TRAITS.nodes(architecture)) == 1
    acls = [node for node in waf.TRAITS.nodes(architecture) if not waf.is_elsewhere(architecture, node)]
    limits = [address_limit(int(settings.number(node, "requests_per_address"))) for node in acls[:1]]
    parameters = [*limits, *[ORIGIN] * (_browsers_call(architecture) and not cloudfront.sites(architecture))]
    parameters += [API_KEY_EXPIRY] * _asks_for_a_key(architecture)
    parameters += [OIDC_KEYS] * asks_provider(architecture, tokens=True)
    parameters += list(OIDC_SIGN_IN) * asks_provider(architecture, tokens=False)
    parameters += [CERTIFICATE] * bool(own_balancers(architecture))
    parameters += [EDGE_CERTIFICATE] * (own_domain and distributed)
    parameters += [DOMAIN] * (own_domain and (distributed or len(_named(architecture)) == 1))
    return parameters + [EDGE_WEB_ACL] * any(at_the_edge(architecture))


def _of_network(architecture: Architecture, network: Network | None, *, own_cluster: bool) -> list[Parameter]:
    """Return the parameters of an existing network, and the source addresses of private entries."""
    if network is None:
        return []
    balancers = own_balancers(architecture)
    behind = [node for node in balancers if cloudfront.delivered(architecture, node.id) is not None]
    private = [node for node in balancers if node.settings.get("private") is True and node not in behind]
    parameters = [CALLERS] * bool(network.private_apis or private)
    parameters += [CLOUDFRONT_ADDRESSES] * bool(behind)
    if not network.existing:
        return parameters
    members = [architecture.node(id) for id in network.members]
    placed = bool(network.private_apis) or any(_private(architecture, node) for node in members)
    pods = any(traits_of(node.service).pods for node in architecture.nodes)
    placed = placed or _balanced_inside(architecture) or (pods and (own_cluster or _on_fargate(architecture)))
    parameters += [VPC, *([PRIVATE_SUBNETS] * placed), *([PUBLIC_SUBNETS] * network.public)]
    return parameters + [VPC_RANGE] * any(passage.within for passage in network.passages)


def _of_clusters(architecture: Architecture, *, own_cluster: bool) -> list[Parameter]:
    """Return the parameters of an existing cluster, or of a new one."""
    services = [traits_of(node.service) for node in architecture.nodes]
    if own_cluster:
        return list(EKS) * any(traits.pods for traits in services)
    parameters = [_existing_cluster(architecture)] * any(traits.clustered for traits in services)
    parameters += [CLUSTER_PROVIDER] * _on_fargate(architecture)
    return parameters + list(MOUNTING) * driven(architecture)


def _existing_cluster(architecture: Architecture) -> Parameter:
    """Return the parameter that names an existing cluster, with what the cluster must have."""
    if any(map(ecs_express.express, architecture.nodes)):
        return CLUSTER_OF_EXPRESS
    scaled = [node for node in architecture.nodes if settings.number(node, "backlog_per_task")]
    return CLUSTER if all(traits_of(node.service).pods for node in scaled) else CLUSTER_OF_WORKERS


def _on_fargate(architecture: Architecture) -> bool:
    """Return whether pods run on Fargate."""
    pods = [node for node in architecture.nodes if traits_of(node.service).pods]
    return any(eks.engine(node) == eks.FARGATE for node in pods)


def _task_architecture(images: list[Node]) -> Parameter:
    """Return the instruction set of the images, which are all built for one; hosts of Batch take x86."""
    if any(batch.on_batch_hosts(node) for node in images):
        return replace(TASK_ARCHITECTURE, default="X86_64", values=("X86_64",))
    return TASK_ARCHITECTURE


def _browsers_call(architecture: Architecture) -> bool:
    return any(called_from_browsers(architecture, node) for node in architecture.nodes)


def _private(architecture: Architecture, node: Node) -> bool:
    """Whether a node is placed in the private subnets by the template, and not by Kubernetes."""
    if ecs_express.in_public(architecture, node):
        return False
    traits = traits_of(node.service)
    return not traits.pods and (not traits.load_balancer or node.settings.get("private") is True)


def own_balancers(architecture: Architecture) -> list[Node]:
    """Return the load balancers that the project makes: they need a certificate, and may have a name."""
    balancers = [node for node in architecture.nodes if traits_of(node.service).load_balancer]
    return [node for node in balancers if ecs_express.behind(architecture, node.id) is None]


def _named(architecture: Architecture) -> list[Node]:
    """Return the load balancers whose name a caller of the workload or a sign-in page has to know."""
    balancers = [node for node in own_balancers(architecture) if traits_of(node.service).load_balancer == "application"]
    return [
        node
        for node in balancers
        if architecture.entering(node.id, "call")
        or _signs_in_here(architecture, node)
        or cloudfront.delivered(architecture, node.id) is not None
    ]


def _signs_in_here(architecture: Architecture, node: Node) -> bool:
    """Whether the workload's own user pool sends people back to a load balancer after their sign-in."""
    checked = (architecture.node(edge.target) for edge in architecture.leaving(node.id, "authorize"))
    return not verifies_tokens(node) and any(traits_of(one.service).identity == "user-pool" for one in checked)


def _balancer_domains(architecture: Architecture, names: Mapping[str, str], *, own_domain: bool) -> list[Parameter]:
    """Return the domain names of load balancers, unless the workload's own domain name leads to the only one.

    A certificate is never for the host name that AWS gives a load balancer, so programs could not verify it there.
    """
    named = _named(architecture)
    # The workload's own domain name leads to the distribution before a load balancer.
    further = len(named) > 1 or any(cloudfront.delivered(architecture, node.id) is not None for node in named)
    return [
        replace(
            DOMAIN,
            id=f"{names[node.id]}{DOMAIN.id}",
            description=_name_of_balancer(architecture, node, names[node.id]),
        )
        for node in named * (further or not own_domain)
    ]


def _name_of_balancer(architecture: Architecture, node: Node, name: str) -> Text:
    if cloudfront.delivered(architecture, node.id) is not None and not architecture.entering(node.id, "call"):
        return Text(
            f"Domain name of the certificate of the load balancer {name}, by which CloudFront verifies the load balancer; it needs no DNS record",
            f"ロードバランサー {name} の証明書のドメイン名（CloudFront がロードバランサーの検証に使います。DNS レコードは不要です）",
        )
    return Text(
        f"Domain name of the load balancer {name}, which the certificate covers and a DNS record points to the load balancer",
        f"ロードバランサー {name} のドメイン名（証明書に含まれ、DNS レコードがロードバランサーを指すもの）",
    )


def _asks_for_a_key(architecture: Architecture) -> bool:
    """Whether an API without anonymous access requires a key, which expires, from its anonymous callers."""
    apis = [node for node in architecture.nodes if traits_of(node.service).expiring_key]
    return any(not architecture.leaving(node.id, "authorize") for node in apis)


def custom_domains(architecture: Architecture) -> list[Node]:
    """Return the APIs that can answer under an existing domain name: a private one would need more than a mapping.

    One behind CloudFront answers under the domain name of the distribution.
    """
    apis = [node for node in architecture.nodes if traits_of(node.service).custom_domain]
    named = [node for node in apis if cloudfront.delivered(architecture, node.id) is None]
    return [node for node in named if node.settings.get("private") is not True]


def _distributions(architecture: Architecture) -> tuple[Node, ...]:
    """Return the distributions that need domain names of their own: several, because a name leads to one of them."""
    distributions = cloudfront.TRAITS.nodes(architecture)
    return distributions if len(distributions) > 1 else ()


def _outside(architecture: Architecture, names: Mapping[str, str]) -> list[Parameter]:
    parameters = []
    for node in architecture.nodes:
        identity = _identity(architecture, node)
        if node.kind == "outside" and identity is not None:
            parameters.append(identity.of(names[node.id], node.id))
        if node.service == "function" and taken_from(architecture, node):
            parameters += [parameter.of(names[node.id]) for parameter in TAKING_FUNCTION]
    return parameters


def _identity(architecture: Architecture, node: Node) -> OutsideParameter | None:
    """Return the parameter that identifies an external node: its address, account, bucket or event source."""
    receives = bool(architecture.entering(node.id))
    emits = bool(architecture.leaving(node.id, "emit"))
    if node.service == "saas":
        return OUTSIDE["partner-http"] if receives else SAAS_SOURCE if emits else None
    if node.service == "aws-service":
        return AWS_SOURCE if emits else AWS_PRINCIPAL
    return OUTSIDE.get(node.service)


def _balanced_inside(architecture: Architecture) -> bool:
    """Return whether an API reaches pods through an internal load balancer in the private subnets."""
    ends = (
        (traits_of(architecture.node(edge.source).service), traits_of(architecture.node(edge.target).service))
        for edge in architecture.edges
        if edge.verb == "invoke"
    )
    return any(a.public_api and b.pods for a, b in ends)
