"""The Kubernetes cluster of a workload: EKS in Auto Mode, its administrator, and Container Insights.

Plain resources throughout: the constructs for EKS bring functions of their own, or a network of their own.
"""

from collections.abc import Iterator, Sequence

from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import cdk, eks, iam
from blueprints.cdk.nodes import nodes
from blueprints.cdk.observability import log_group_named
from blueprints.cdk.outputs import output
from blueprints.cdk.tree import THIS, Do, Item, Let, Own, Ref, Statement, Value, Words
from blueprints.settings import CONTROL_PLANE_LOGS
from blueprints.traits import eks as eks_traits

_EKS = eks.CfnCluster


def kubernetes_cluster(context: Context) -> Iterator[Statement]:
    """Make the cluster with its roles, its key and its log, who administers it, and what watches it."""
    engine = eks_traits.engine_of(context.architecture)
    yield _role(f"{eks_traits.CLUSTER}Role", "eks.amazonaws.com", eks_traits.CLUSTER_POLICIES[engine], tagged=True)
    if engine in eks_traits.NODE_POLICIES:
        yield _role(f"{eks_traits.CLUSTER}NodeRole", "ec2.amazonaws.com", eks_traits.NODE_POLICIES[engine])
    key = Own("keys", "AdministeredKey")(
        THIS,
        f"{eks_traits.CLUSTER}Key",
        description=eks_traits.KEY_WORDS,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    yield Let("kubernetes_cluster_key", key)
    yield log_group_named(context, f"{eks_traits.CLUSTER}Logs", Words("/aws/eks/", cdk.Aws.STACK_NAME, "/cluster"))
    yield Let("kubernetes_cluster", _EKS(THIS, eks_traits.CLUSTER, **_cluster(context)))
    why = Text("EKS would make its log group itself, and keep it for ever.", "EKS に任せるとログが無期限に残る。")
    yield Do(Ref("kubernetes_cluster").add_resource_dependency(Ref("kubernetes_cluster_logs").node.default_child), why)
    yield from _administrator(context)
    yield from nodes(context)
    if engine != eks_traits.FARGATE:
        yield from _insights()
    if engine == eks_traits.NODES:
        why = Text("It needs nodes to run on.", "実行にはノードが必要。")
        yield Do(Ref("container_insights").add_resource_dependency(Ref("kubernetes_cluster_nodes")), why)
    words = Text("Name of the EKS cluster", "EKS クラスター名")
    yield output(context, "EksClusterName", Ref("kubernetes_cluster").ref, words)


def _role(id: str, principal: str, policies: Sequence[str], *, tagged: bool = False) -> Let:
    managed = [iam.ManagedPolicy.from_aws_managed_policy_name(policy) for policy in policies]
    trusted: Value = iam.ServicePrincipal(principal)
    if tagged:
        trusted = iam.SessionTagsPrincipal(iam.ServicePrincipal(principal))
    name = {
        f"{eks_traits.CLUSTER}Role": "kubernetes_cluster_role",
        f"{eks_traits.CLUSTER}NodeRole": "kubernetes_node_role",
    }
    made = iam.Role(THIS, id, assumed_by=trusted, managed_policies=list(managed))
    return Let(name.get(id, "container_insights_role"), made)


def _cluster(context: Context) -> dict[str, Value]:
    types = [_EKS.LoggingTypeConfigProperty(type=kind) for kind in CONTROL_PLANE_LOGS]
    provider = _EKS.ProviderProperty(key_arn=Ref("kubernetes_cluster_key").key_arn)
    subnets = Ref("subnet_ids")
    return {
        "name": cdk.Aws.STACK_NAME,
        "version": context.parameter("KubernetesVersion"),
        "role_arn": Ref("kubernetes_cluster_role").role_arn,
        "access_config": _EKS.AccessConfigProperty(
            authentication_mode="API", bootstrap_cluster_creator_admin_permissions=False
        ),
        "bootstrap_self_managed_addons": False,
        **(_auto_mode() if eks_traits.engine_of(context.architecture) == eks_traits.AUTO else {}),
        "encryption_config": [_EKS.EncryptionConfigProperty(provider=provider, resources=["secrets"])],
        "logging": _EKS.LoggingProperty(
            cluster_logging=_EKS.ClusterLoggingProperty(enabled_types=list(types)),
        ),
        "resources_vpc_config": _EKS.ResourcesVpcConfigProperty(
            subnet_ids=[Item(subnets, 0), Item(subnets, 1)],
            endpoint_private_access=True,
            endpoint_public_access=True,
            public_access_cidrs=[context.parameter("ApiAccessCidr")],
        ),
    }


def _auto_mode() -> dict[str, Value]:
    """Return what lets EKS bring nodes, load balancers and disks."""
    compute = _EKS.ComputeConfigProperty(
        enabled=True,
        node_pools=list(eks_traits.AUTO_POOLS),
        node_role_arn=Ref("kubernetes_node_role").role_arn,
    )
    balancing = _EKS.ElasticLoadBalancingProperty(enabled=True)
    return {
        "compute_config": compute,
        "kubernetes_network_config": _EKS.KubernetesNetworkConfigProperty(elastic_load_balancing=balancing),
        "storage_config": _EKS.StorageConfigProperty(block_storage=_EKS.BlockStorageProperty(enabled=True)),
    }


def _administrator(context: Context) -> Iterator[Statement]:
    policy = Words("arn:", cdk.Aws.PARTITION, f":eks::aws:cluster-access-policy/{eks_traits.ADMIN_POLICY}")
    access = eks.CfnAccessEntry.AccessPolicyProperty(
        policy_arn=policy, access_scope=eks.CfnAccessEntry.AccessScopeProperty(type="cluster")
    )
    entry = eks.CfnAccessEntry(
        THIS,
        f"{eks_traits.CLUSTER}Admin",
        cluster_name=Ref("kubernetes_cluster").ref,
        principal_arn=context.parameter("AdminRoleArn"),
        access_policies=[access],
    )
    yield Do(entry)


def _insights() -> Iterator[Statement]:
    yield _role(f"{eks_traits.INSIGHTS}Role", eks_traits.PODS, eks_traits.INSIGHTS_POLICIES, tagged=True)
    identity = eks.CfnAddon.PodIdentityAssociationProperty(
        role_arn=Ref("container_insights_role").role_arn, service_account=eks_traits.INSIGHTS_ACCOUNT
    )
    addon = eks.CfnAddon(
        THIS,
        eks_traits.INSIGHTS,
        cluster_name=Ref("kubernetes_cluster").ref,
        addon_name=eks_traits.INSIGHTS_ADDON,
        resolve_conflicts="OVERWRITE",
        pod_identity_associations=[identity],
    )
    yield Let("container_insights", addon)
