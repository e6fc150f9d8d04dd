"""What stands around an EKS cluster that is not in Auto Mode: nodes or Fargate profiles, add-ons, how pods get roles."""

from typing import Any

from advisor.architecture import Node
from advisor.text import Text
from blueprints.json_text import JsonText
from blueprints.plan import NAMESPACE
from blueprints.sam.roles import log_group, role, trust
from blueprints.scope import Json, Scope, allow
from blueprints.traits import efs, eks
from blueprints.values import Att, Fn, Named, Ref, Value, arn

GROUP = "eks-cluster"


def add_nodes(scope: Scope) -> None:
    """Add what the engine of the workload takes besides its cluster."""
    engine = eks.engine_of(scope.architecture)
    made = {eks.NODES: _node_groups, eks.FARGATE: _system_profile}
    for addon in eks.ADDONS[engine]:
        if not addon.late:
            add_addon(scope, addon)
    after = made[engine](scope) if engine in made else None
    for addon in eks.ADDONS[engine]:
        if addon.late:
            add_addon(scope, addon, after)
    if eks.controlled(scope.architecture):
        _controller(scope, engine)
    if efs.driven(scope.architecture):
        _file_driver(scope, after)


def add_addon(scope: Scope, addon: eks.Addon, after: str | None = None) -> None:
    """Add an add-on to the cluster."""
    properties: Json = {"ClusterName": Ref(eks.CLUSTER), "AddonName": addon.name, "ResolveConflicts": "OVERWRITE"}
    if addon.values:
        properties["ConfigurationValues"] = JsonText(addon.values)
    depends = [after] if after else []
    scope.add(f"{eks.CLUSTER}{addon.id}", "AWS::EKS::Addon", properties, group=GROUP, depends=depends)


def _node_groups(scope: Scope) -> str:
    """Add the nodes, which wait for the network of their pods; return those that everything runs on."""
    general, *others = eks.pools(scope.architecture)
    for pool in others:
        _node_group(scope, pool)
    return _node_group(scope, general)


def _node_group(scope: Scope, pool: eks.Pool) -> str:
    id = f"{eks.CLUSTER}{pool.id}"
    properties: Json = {
        "ClusterName": Ref(eks.CLUSTER),
        "NodeRole": Att(f"{eks.CLUSTER}NodeRole", "Arn"),
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
    scope.add(id, "AWS::EKS::Nodegroup", properties, group=GROUP, depends=[f"{eks.CLUSTER}VpcCni"])
    return id


def _system_profile(scope: Scope) -> str:
    """Add where the cluster's own pods run, and the provider by which pods get roles."""
    provider = {"Url": Att(eks.CLUSTER, "OpenIdConnectIssuerUrl"), "ClientIdList": ["sts.amazonaws.com"]}
    scope.add(eks.PROVIDER, "AWS::IAM::OIDCProvider", provider, group=GROUP)
    return _profile(scope, f"{eks.CLUSTER}SystemProfile", Ref(eks.CLUSTER), eks.SYSTEM)


def add_profile(scope: Scope, cluster: Value) -> None:
    """Add the profile that runs the workload's pods on Fargate, once."""
    id = f"{eks.CLUSTER}Profile"
    if id not in scope.resources:
        _profile(scope, id, cluster, NAMESPACE)
        words = Text("Fargate profile of the pods", "Pod の Fargate プロファイル")
        scope.output("KubernetesProfileName", Ref(id), words)
        scope.output("KubernetesLogGroup", Ref(eks.POD_LOGS), Text("Log group of the pods", "Pod のロググループ"))
        scope.output("KubernetesRegion", Ref("AWS::Region"), Text("Region of the cluster", "クラスターのリージョン"))


def _profile(scope: Scope, id: str, cluster: Value, namespace: str) -> str:
    execution = eks.POD_EXECUTION_ROLE
    if execution not in scope.resources:
        logs = log_group(scope, eks.POD_LOGS, group=GROUP)
        writes = allow("WriteLogsOfPods", eks.LOG_ACTIONS, [Att(logs.name, "Arn")])
        assumed, policies = trust(eks.PODS_ON_FARGATE, confined=True), [eks.POD_EXECUTION_POLICY]
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
    return Ref("ClusterOidcProviderArn") if scope.has("ClusterOidcProviderArn") else Ref(eks.PROVIDER)


def assumed_by(scope: Scope, engine: str, namespace: str, account: str) -> Value:
    """Return who may assume the role of a service account."""
    if engine != eks.FARGATE:
        return trust(eks.PODS, tagged=True)
    provider = provider_arn(scope)
    issuer = Fn("Select", [1, Fn("Split", ["oidc-provider/", provider])])
    provided, issued = Named("Provider", provider), Named("Issuer", issuer)
    # A text, because no function of CloudFormation can stand in the name of a condition.
    return JsonText(eks.web_identity_policy(provided, issued, namespace, account))


def identify(scope: Scope, id: str, cluster: Value, namespace: str, account: str, **owner: Any) -> None:
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
    id = eks.CONTROLLER_ID
    changes = allow("FillTargetGroups", eks.CONTROLLER_ACTIONS, [arn("elasticloadbalancing", "targetgroup/*")])
    changes["Condition"] = {"StringEquals": {eks.CONTROLLER_TAG: Ref(eks.CLUSTER)}}
    reads = allow("LookAround", eks.CONTROLLER_READS, ["*"])
    assumed = assumed_by(scope, engine, eks.SYSTEM, eks.CONTROLLER)
    role(scope, f"{id}Role", assumed, [changes, reads], group=GROUP)
    if engine == eks.NODES:
        identify(scope, id, Ref(eks.CLUSTER), eks.SYSTEM, eks.CONTROLLER, group=GROUP)
    words = Text("Role of the load balancer controller", "ロードバランサーコントローラーのロール")
    scope.output(f"{id}RoleArn", Att(f"{id}Role", "Arn"), words)


def _file_driver(scope: Scope, after: str | None) -> None:
    """Add what mounts file systems on the nodes, with a role that may mount those of this stack."""
    statements = [
        allow(f"Mount{scope.name(store)}", actions, [scope.of(store, "arn")])
        for store, actions in efs.driver_rights(scope.architecture).items()
    ]
    role(scope, efs.DRIVER_ROLE, trust(eks.PODS, tagged=True), statements, group=GROUP)
    addon = {
        "ClusterName": Ref(eks.CLUSTER),
        "AddonName": efs.DRIVER,
        "ResolveConflicts": "OVERWRITE",
        "PodIdentityAssociations": [{"RoleArn": Att(efs.DRIVER_ROLE, "Arn"), "ServiceAccount": efs.DRIVER_ACCOUNT}],
    }
    scope.add(f"{eks.CLUSTER}EfsDriver", "AWS::EKS::Addon", addon, group=GROUP, depends=[after] if after else [])


def let_ask_names(scope: Scope, node: Node) -> None:
    """Let pods with a security group of their own ask the DNS, whose pods have the cluster's."""
    for protocol in ("udp", "tcp"):
        properties = {
            "GroupId": Att(eks.CLUSTER, "ClusterSecurityGroupId"),
            "IpProtocol": protocol,
            "FromPort": eks.DNS_PORT,
            "ToPort": eks.DNS_PORT,
            "SourceSecurityGroupId": Att(f"{scope.name(node.id)}SecurityGroup", "GroupId"),
            "Description": f"names for {scope.name(node.id)}",
        }
        id = f"{scope.name(node.id)}Names{protocol.title()}"
        scope.add(id, "AWS::EC2::SecurityGroupIngress", properties, node=node.id)
