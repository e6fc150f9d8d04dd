"""What stands around an EKS cluster that is not in Auto Mode: nodes or Fargate profiles, add-ons, how pods get roles."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import clusters, mounts
from blueprints.json_text import JsonText
from blueprints.plan import NAMESPACE
from blueprints.sam.roles import log_group, role, trust
from blueprints.scope import Json, Scope, allow
from blueprints.values import Att, Fn, Named, Ref, Value, arn

GROUP = "eks-cluster"


def add_nodes(scope: Scope) -> None:
    """Add what the engine of the workload takes besides its cluster."""
    engine = clusters.engine_of(scope.architecture)
    made = {clusters.NODES: _node_groups, clusters.FARGATE: _system_profile}
    for addon in clusters.ADDONS[engine]:
        if not addon.late:
            add_addon(scope, addon)
    after = made[engine](scope) if engine in made else None
    for addon in clusters.ADDONS[engine]:
        if addon.late:
            add_addon(scope, addon, after)
    if clusters.controlled(scope.architecture):
        _controller(scope, engine)
    if mounts.driven(scope.architecture):
        _file_driver(scope, after)


def add_addon(scope: Scope, addon: clusters.Addon, after: str | None = None) -> None:
    """Add an add-on to the cluster."""
    properties: Json = {"ClusterName": Ref(clusters.CLUSTER), "AddonName": addon.name, "ResolveConflicts": "OVERWRITE"}
    if addon.values:
        properties["ConfigurationValues"] = JsonText(addon.values)
    depends = [after] if after else []
    scope.add(f"{clusters.CLUSTER}{addon.id}", "AWS::EKS::Addon", properties, group=GROUP, depends=depends)


def _node_groups(scope: Scope) -> str:
    """Add the nodes, which wait for the network of their pods; return those that everything runs on."""
    general, *others = clusters.pools(scope.architecture)
    for pool in others:
        _node_group(scope, pool)
    return _node_group(scope, general)


def _node_group(scope: Scope, pool: clusters.Pool) -> str:
    id = f"{clusters.CLUSTER}{pool.id}"
    properties: Json = {
        "ClusterName": Ref(clusters.CLUSTER),
        "NodeRole": Att(f"{clusters.CLUSTER}NodeRole", "Arn"),
        "Subnets": scope.subnets(),
        "AmiType": pool.image,
        "InstanceTypes": [pool.size],
        "ScalingConfig": {
            "MinSize": pool.least,
            "MaxSize": pool.most,
            "DesiredSize": pool.least,
        },
        "UpdateConfig": {"MaxUnavailable": 1},
        "NodeRepairConfig": {"Enabled": True},
        "LaunchTemplate": {"Id": Ref(f"{id}Template"), "Version": Att(f"{id}Template", "LatestVersionNumber")},
    }
    disk = {"Encrypted": True, "VolumeType": "gp3", "VolumeSize": pool.disk_gib, "DeleteOnTermination": True}
    data = {
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": disk}],
    }
    if pool.taint:
        properties["Taints"] = [{"Key": pool.taint, "Value": "true", "Effect": "NO_SCHEDULE"}]
    scope.add(f"{id}Template", "AWS::EC2::LaunchTemplate", {"LaunchTemplateData": data}, group=GROUP)
    scope.add(id, "AWS::EKS::Nodegroup", properties, group=GROUP, depends=[f"{clusters.CLUSTER}VpcCni"])
    return id


def _system_profile(scope: Scope) -> str:
    """Add where the cluster's own pods run, and the provider by which pods get roles."""
    provider = {"Url": Att(clusters.CLUSTER, "OpenIdConnectIssuerUrl"), "ClientIdList": ["sts.amazonaws.com"]}
    scope.add(clusters.PROVIDER, "AWS::IAM::OIDCProvider", provider, group=GROUP)
    return _profile(scope, f"{clusters.CLUSTER}SystemProfile", Ref(clusters.CLUSTER), clusters.SYSTEM)


def add_profile(scope: Scope, cluster: Value) -> None:
    """Add the profile that runs the workload's pods on Fargate, once."""
    id = f"{clusters.CLUSTER}Profile"
    if id not in scope.resources:
        _profile(scope, id, cluster, NAMESPACE)
        words = Text("Fargate profile of the pods", "Pod の Fargate プロファイル")
        scope.output("KubernetesProfileName", Ref(id), words)
        scope.output("KubernetesLogGroup", Ref(clusters.POD_LOGS), Text("Log group of the pods", "Pod のロググループ"))
        scope.output("KubernetesRegion", Ref("AWS::Region"), Text("Region of the cluster", "クラスターのリージョン"))


def _profile(scope: Scope, id: str, cluster: Value, namespace: str) -> str:
    execution = clusters.POD_EXECUTION_ROLE
    if execution not in scope.resources:
        logs = log_group(scope, clusters.POD_LOGS, group=GROUP)
        writes = allow("WriteLogsOfPods", clusters.LOG_ACTIONS, [Att(logs.name, "Arn")])
        assumed, policies = trust(clusters.PODS_ON_FARGATE, confined=True), [clusters.POD_EXECUTION_POLICY]
        role(scope, execution, assumed, [writes], group=GROUP, policies=policies)
    properties = {
        "ClusterName": cluster,
        "PodExecutionRoleArn": Att(execution, "Arn"),
        "Selectors": [{"Namespace": namespace}],
        "Subnets": scope.subnets(),
    }
    scope.add(id, "AWS::EKS::FargateProfile", properties, group=GROUP)
    return id


def provider_arn(scope: Scope) -> Value:
    """Return the provider by which pods on Fargate get roles: made here, or of the cluster that exists."""
    return Ref("ClusterOidcProviderArn") if scope.has("ClusterOidcProviderArn") else Ref(clusters.PROVIDER)


def assumed_by(scope: Scope, engine: str, namespace: str, account: str) -> Value:
    """Return who may assume the role of a service account."""
    if engine != clusters.FARGATE:
        return trust(clusters.PODS, tagged=True)
    provider = provider_arn(scope)
    issuer = Fn("Select", [1, Fn("Split", ["oidc-provider/", provider])])
    provided, issued = Named("Provider", provider), Named("Issuer", issuer)
    # A text, because no function of CloudFormation can stand in the name of a condition.
    return JsonText(clusters.web_identity_policy(provided, issued, namespace, account))


def identify(scope: Scope, id: str, cluster: Value, namespace: str, account: str, **owner: str) -> None:
    """Give the role of a service account to its pods by Pod Identity."""
    association = {
        "ClusterName": cluster,
        "Namespace": namespace,
        "ServiceAccount": account,
        "RoleArn": Att(f"{id}Role", "Arn"),
    }
    scope.add(f"{id}Identity", "AWS::EKS::PodIdentityAssociation", association, **owner)


def _controller(scope: Scope, engine: str) -> None:
    """Add the role of what puts pods into target groups: into those of this stack only."""
    id = clusters.CONTROLLER_ID
    changes = allow("FillTargetGroups", clusters.CONTROLLER_ACTIONS, [arn("elasticloadbalancing", "targetgroup/*")])
    changes["Condition"] = {"StringEquals": {clusters.CONTROLLER_TAG: Ref(clusters.CLUSTER)}}
    reads = allow("LookAround", clusters.CONTROLLER_READS, ["*"])
    assumed = assumed_by(scope, engine, clusters.SYSTEM, clusters.CONTROLLER)
    role(scope, f"{id}Role", assumed, [changes, reads], group=GROUP)
    if engine == clusters.NODES:
        identify(scope, id, Ref(clusters.CLUSTER), clusters.SYSTEM, clusters.CONTROLLER, group=GROUP)
    words = Text("Role of the load balancer controller", "ロードバランサーコントローラーのロール")
    scope.output(f"{id}RoleArn", Att(f"{id}Role", "Arn"), words)


def _file_driver(scope: Scope, after: str | None) -> None:
    """Add what mounts file systems on the nodes, with a role that may mount those of this stack."""
    statements = [
        allow(f"Mount{scope.name(store)}", actions, [scope.of(store, "arn")])
        for store, actions in mounts.driver_rights(scope.architecture).items()
    ]
    role(scope, mounts.ROLE, trust(clusters.PODS, tagged=True), statements, group=GROUP)
    addon = {
        "ClusterName": Ref(clusters.CLUSTER),
        "AddonName": mounts.DRIVER,
        "ResolveConflicts": "OVERWRITE",
        "PodIdentityAssociations": [{"RoleArn": Att(mounts.ROLE, "Arn"), "ServiceAccount": mounts.ACCOUNT}],
    }
    scope.add(f"{clusters.CLUSTER}EfsDriver", "AWS::EKS::Addon", addon, group=GROUP, depends=[after] if after else [])


def let_ask_names(scope: Scope, node: Node) -> None:
    """Let pods with a security group of their own ask the DNS, whose pods have the cluster's."""
    for protocol in ("udp", "tcp"):
        properties = {
            "GroupId": Att(clusters.CLUSTER, "ClusterSecurityGroupId"),
            "IpProtocol": protocol,
            "FromPort": clusters.DNS_PORT,
            "ToPort": clusters.DNS_PORT,
            "SourceSecurityGroupId": Att(f"{scope.name(node.id)}SecurityGroup", "GroupId"),
            "Description": f"names for {scope.name(node.id)}",
        }
        id = f"{scope.name(node.id)}Names{protocol.title()}"
        scope.add(id, "AWS::EC2::SecurityGroupIngress", properties, node=node.id)
