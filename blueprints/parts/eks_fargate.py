"""Fargate profiles of the EKS cluster."""

from blueprints.plan import NAMESPACE
from blueprints.shared.eks_cluster import GROUP
from blueprints.shared.logs import log_group
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Scope, allow
from blueprints.traits import eks
from blueprints.values import Att, Ref, Value


def add_system_profile(scope: Scope) -> str:
    """Add the Fargate profile of the system pods, and the OIDC provider of the cluster."""
    provider = {"Url": Att(eks.CLUSTER, "OpenIdConnectIssuerUrl"), "ClientIdList": ["sts.amazonaws.com"]}
    scope.add(eks.PROVIDER, "AWS::IAM::OIDCProvider", provider, group=GROUP)
    return _profile(scope, f"{eks.CLUSTER}SystemProfile", Ref(eks.CLUSTER), eks.SYSTEM)


def add_profile(scope: Scope, cluster: Value) -> None:
    """Add the profile that runs the workload's pods on Fargate, once."""
    id = f"{eks.CLUSTER}Profile"
    if id not in scope.resources:
        _profile(scope, id, cluster, NAMESPACE)
        words = "Fargate profile of the pods"
        scope.output("KubernetesProfileName", Ref(id), words)
        scope.output("KubernetesLogGroup", Ref(eks.POD_LOGS), "Log group of the pods")
        scope.output("KubernetesRegion", Ref("AWS::Region"), "Region of the cluster")


def _profile(scope: Scope, id: str, cluster: Value, namespace: str) -> str:
    execution = eks.POD_EXECUTION_ROLE
    if execution not in scope.resources:
        logs = log_group(scope, eks.POD_LOGS, group=GROUP)
        writes = allow("WritePodLogs", eks.LOG_ACTIONS, [Att(logs.name, "Arn")])
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
