"""Kubernetes on EKS: one cluster per workload, and a role, a security group and an identity per program."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.parts.eks_addons import add_data_plane
from blueprints.parts.eks_fargate import add_profile
from blueprints.plan import NAMESPACE
from blueprints.plan.callers.authorizers import knows_callers
from blueprints.plan.network import APPLICATION_PORT
from blueprints.settings import CONTROL_PLANE_LOGS
from blueprints.shared.arrivals import ARRIVAL_ATTRIBUTES
from blueprints.shared.eks_cluster import GROUP, associate_pod_identity, cluster_name, pod_trust
from blueprints.shared.keys import key
from blueprints.shared.load_balancing import TARGET_ATTRIBUTES
from blueprints.shared.logs import log_group
from blueprints.shared.network import VPC_RANGE
from blueprints.shared.outside_effects import EFFECT_ATTRIBUTES
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import eks
from blueprints.values import STACK, Att, Ref, arn, joined

_OWN_LOGS = Text(
    "Created before the cluster: EKS would otherwise create a log group without retention.",
    "クラスターより先に作成します。先に作成しないと、EKS が保持期間のないロググループを作成します。",
)


@service(
    "eks",
    arn=lambda scope, node: Att(f"{scope.name(node.id)}Role", "Arn"),
    name=lambda _scope, node: node.subject,
    namespace=lambda _scope, _node: NAMESPACE,
    cluster_name=lambda scope, _node: cluster_name(scope),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
    **TARGET_ATTRIBUTES,
    **EFFECT_ATTRIBUTES,
    **ARRIVAL_ATTRIBUTES,
)
def workload(scope: Scope, node: Node) -> None:
    """A role by Pod Identity and a security group for a program's pods; manifests start them."""
    engine = eks.engine(node)
    if not scope.has("ClusterName") and eks.CLUSTER not in scope.resources:
        _cluster(scope)
    id = scope.name(node.id)
    scope.mains[node.id] = f"{id}Role"
    assumed = pod_trust(scope, engine, NAMESPACE, node.subject)
    role(scope, f"{id}Role", assumed, scope.statements(node.id), node=node.id)
    if engine == eks.FARGATE:
        add_profile(scope, cluster_name(scope))
        scope.output(f"{id}RoleArn", Att(f"{id}Role", "Arn"), "Role of the pods")
    else:
        associate_pod_identity(scope, id, cluster_name(scope), NAMESPACE, node.subject, node=node.id)
    _pod_traffic(scope, node)
    if eks.by_backlog(node):
        scope.output("KubernetesRegion", Ref("AWS::Region"), "Region of the cluster")
    words = "Security group of the pods"
    scope.output(f"{id}SecurityGroupId", Ref(f"{id}SecurityGroup"), words)
    program = scope.plan.program(node.id)
    for end, variable in program.outputs if program else ():
        words = "Environment variable for the pods"
        scope.output(f"{id}{end}", scope.value(variable.value, node.id), words)


def _pod_traffic(scope: Scope, node: Node) -> None:
    """Pods use the cluster's DNS, and the kubelet probes pods.

    What knows its callers is probed from inside: every pod without a group of its own has that of the cluster.
    """
    group = scope.properties(f"{scope.name(node.id)}SecurityGroup")
    for protocol in ("udp", "tcp"):
        rule = {"IpProtocol": protocol, "FromPort": eks.DNS_PORT, "ToPort": eks.DNS_PORT, "CidrIp": VPC_RANGE}
        if scope.plan.network is not None and scope.plan.network.existing:
            rule["CidrIp"] = "10.0.0.0/8"
        group["SecurityGroupEgress"].append({**rule, "Description": "DNS"})
    if eks.CLUSTER in scope.resources and eks.engine(node) != eks.AUTO:
        allow_dns(scope, node)
    if eks.CLUSTER in scope.resources and not knows_callers(scope.architecture, node.id):
        probe = {
            "IpProtocol": "tcp",
            "FromPort": APPLICATION_PORT,
            "ToPort": APPLICATION_PORT,
            "SourceSecurityGroupId": Att(eks.CLUSTER, "ClusterSecurityGroupId"),
            "Description": "Health checks from the nodes",
        }
        group.setdefault("SecurityGroupIngress", []).append(probe)


def allow_dns(scope: Scope, node: Node) -> None:
    """Allow pods with their own security group to reach the DNS pods, which use that of the cluster."""
    for protocol in ("udp", "tcp"):
        properties = {
            "GroupId": Att(eks.CLUSTER, "ClusterSecurityGroupId"),
            "IpProtocol": protocol,
            "FromPort": eks.DNS_PORT,
            "ToPort": eks.DNS_PORT,
            "SourceSecurityGroupId": Att(f"{scope.name(node.id)}SecurityGroup", "GroupId"),
            "Description": f"DNS for {scope.name(node.id)}",
        }
        id = f"{scope.name(node.id)}Names{protocol.title()}"
        scope.add(id, "AWS::EC2::SecurityGroupIngress", properties, node=node.id)


def _cluster(scope: Scope) -> None:
    group, engine = GROUP, eks.engine_of(scope.architecture)
    assumed = trust("eks.amazonaws.com", tagged=True)
    role(scope, f"{eks.CLUSTER}Role", assumed, [], group=group, policies=eks.CLUSTER_POLICIES[engine])
    if engine in eks.NODE_POLICIES:
        policies = eks.NODE_POLICIES[engine]
        role(scope, f"{eks.CLUSTER}NodeRole", trust("ec2.amazonaws.com"), [], group=group, policies=policies)
    key(scope, f"{eks.CLUSTER}Key", eks.KEY_WORDS, [], group=group, deletion_policy="Delete")
    log_group(scope, f"{eks.CLUSTER}Logs", group=group, name=joined("/aws/eks/", STACK, "/cluster"))
    scope.add(
        eks.CLUSTER,
        "AWS::EKS::Cluster",
        _cluster_properties(scope),
        group=group,
        depends=[f"{eks.CLUSTER}Logs"],
        why=_OWN_LOGS,
    )
    admin = {
        "ClusterName": Ref(eks.CLUSTER),
        "PrincipalArn": Ref("AdminRoleArn"),
        "AccessPolicies": [
            {
                "AccessScope": {"Type": "cluster"},
                "PolicyArn": arn("eks", f"cluster-access-policy/{eks.ADMIN_POLICY}", region="", account="aws"),
            }
        ],
    }
    scope.add(f"{eks.CLUSTER}Admin", "AWS::EKS::AccessEntry", admin, group=group)
    add_data_plane(scope)
    if engine != eks.FARGATE:
        _insights(scope, f"{eks.CLUSTER}Nodes" if engine == eks.NODES else None)
    scope.output("EksClusterName", Ref(eks.CLUSTER), "Name of the EKS cluster")


def _insights(scope: Scope, dependency: str | None) -> None:
    """Add Container Insights to the cluster, after its nodes."""
    role(
        scope,
        f"{eks.INSIGHTS}Role",
        trust(eks.PODS, tagged=True),
        [],
        group=GROUP,
        policies=eks.INSIGHTS_POLICIES,
    )
    addon = {
        "ClusterName": Ref(eks.CLUSTER),
        "AddonName": eks.INSIGHTS_ADDON,
        "ResolveConflicts": "OVERWRITE",
        "PodIdentityAssociations": [
            {"RoleArn": Att(f"{eks.INSIGHTS}Role", "Arn"), "ServiceAccount": eks.INSIGHTS_ACCOUNT}
        ],
    }
    scope.add(eks.INSIGHTS, "AWS::EKS::Addon", addon, group=GROUP, depends=[dependency] if dependency else [])


def _cluster_properties(scope: Scope) -> Json:
    return {
        "Name": Ref("AWS::StackName"),
        "Version": Ref("KubernetesVersion"),
        "RoleArn": Att(f"{eks.CLUSTER}Role", "Arn"),
        "AccessConfig": {"AuthenticationMode": "API", "BootstrapClusterCreatorAdminPermissions": False},
        "BootstrapSelfManagedAddons": False,
        **(_auto_mode() if eks.engine_of(scope.architecture) == eks.AUTO else {}),
        "EncryptionConfig": [{"Provider": {"KeyArn": Att(f"{eks.CLUSTER}Key", "Arn")}, "Resources": ["secrets"]}],
        "Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": kind} for kind in CONTROL_PLANE_LOGS]}},
        "ResourcesVpcConfig": {
            "SubnetIds": scope.subnets(),
            "EndpointPrivateAccess": True,
            "EndpointPublicAccess": True,
            "PublicAccessCidrs": [Ref("ApiAccessCidr")],
        },
    }


def _auto_mode() -> Json:
    """Auto Mode: compute, load balancing and block storage."""
    return {
        "ComputeConfig": {
            "Enabled": True,
            "NodePools": list(eks.AUTO_POOLS),
            "NodeRoleArn": Att(f"{eks.CLUSTER}NodeRole", "Arn"),
        },
        "KubernetesNetworkConfig": {"ElasticLoadBalancing": {"Enabled": True}},
        "StorageConfig": {"BlockStorage": {"Enabled": True}},
    }


def bind_target_group(scope: Scope, group: str) -> None:
    """Allow EKS Auto Mode to register targets: only in target groups with the tag of its cluster."""
    scope.whys[group] = Text(
        "EKS Auto Mode can modify only target groups that are tagged with the name of its cluster.",
        "EKS Auto Mode が変更できるのは、クラスター名のタグが付いたターゲットグループだけです。",
    )
    scope.properties(group)["Tags"] = [{"Key": "eks:eks-cluster-name", "Value": cluster_name(scope)}]
    words = "Target group in which the pods are registered"
    scope.output(f"{group}Arn", Ref(group), words)
