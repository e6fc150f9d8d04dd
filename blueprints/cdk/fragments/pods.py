"""Programs on Kubernetes: what their pods are given. A role by Pod Identity, a security group; manifests start them."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import ec2, eks
from blueprints.cdk.network import VPC
from blueprints.cdk.nodes import names_for, web_identity_role
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Do, Let, Ref, Statement, Value
from blueprints.network import APPLICATION_PORT
from blueprints.plan import NAMESPACE
from blueprints.traits import eks as eks_traits
from blueprints.traits.state_machine import SERVICES

_DNS_PORT = 53

granted(("eks",), ("observe",), ("cloudwatch",))
granted(("eks",), ("call",), ("lambda", *SERVICES, "alb", "api-gateway-http", "api-gateway-rest"))


@service("eks")
def workload(context: Context, node: Node) -> Iterator[Statement]:
    """Make the role, the identity and the traffic of a program's pods."""
    if eks_traits.engine(node) == eks_traits.FARGATE:
        statements = context.statements(node.id)
        made = web_identity_role(context, context.id(node.id, "Role"), NAMESPACE, node.subject, statements)
        yield Let(context.name(node.id, "Role"), made)
        words = Text("Role of the pods", "Pod のロール")
        yield output(context, context.id(node.id, "RoleArn"), context.ref(node.id, "Role").attr_arn, words)
        if node == context.architecture.of_service("eks")[0]:
            words = Text("Fargate profile of the pods", "Pod の Fargate プロファイル")
            yield output(context, "KubernetesProfileName", Ref("kubernetes_cluster_profile").ref, words)
    else:
        yield from _identity(context, node)
    yield from _traffic(context, node)
    words = Text("Security group of the pods", "Pod のセキュリティグループ")
    group = context.ref(node.id, "SecurityGroup").security_group_id
    yield output(context, context.id(node.id, "SecurityGroupId"), group, words)
    program = context.plan.program(node.id)
    for end, variable in program.outputs if program else ():
        words = Text("Environment variable for the pods", "Pod の環境変数")
        yield output(context, context.id(node.id, end), context.value(variable.value, node.id), words)


def _identity(context: Context, node: Node) -> Iterator[Statement]:
    """Make the role of a program's pods, which they get by Pod Identity."""
    yield context.role(node.id, eks_traits.PODS, context.statements(node.id), tagged=True)
    identity = eks.CfnPodIdentityAssociation(
        THIS,
        context.id(node.id, "Identity"),
        cluster_name=context.value_of(node.id, "cluster-name"),
        namespace=NAMESPACE,
        service_account=node.subject,
        role_arn=context.ref(node.id, "Role").role_arn,
    )
    yield Do(identity)


def _traffic(context: Context, node: Node) -> Iterator[Statement]:
    """Let pods ask the cluster's DNS, and the kubelet ask pods how they are."""
    group = context.ref(node.id, "SecurityGroup")
    for protocol in ("udp", "tcp"):
        yield Do(group.add_egress_rule(_inside(context), getattr(ec2.Port, protocol)(_DNS_PORT), "names"))
    if not context.has("ClusterName"):
        if eks_traits.engine(node) != eks_traits.AUTO:
            yield from names_for(context, node)
        nodes = Ref("kubernetes_cluster").attr_cluster_security_group_id
        peer = ec2.Peer.security_group_id(nodes)
        yield Do(group.add_ingress_rule(peer, ec2.Port.tcp(APPLICATION_PORT), "health checks of the nodes"))


def _inside(context: Context) -> Value:
    existing = context.plan.network is not None and context.plan.network.existing
    return ec2.Peer.ipv4("10.0.0.0/8" if existing else VPC.vpc_cidr_block)
