"""The data plane of an EKS cluster by its engine: nodes or Fargate, add-ons, the load balancer controller."""

from blueprints.parts.eks_fargate import add_system_profile
from blueprints.parts.eks_node_groups import add_node_groups
from blueprints.shared.eks_cluster import GROUP, associate_pod_identity, pod_trust
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import efs, eks
from blueprints.values import Att, Ref, arn
from blueprints.values.json_text import JsonText


def add_data_plane(scope: Scope) -> None:
    """Add the data plane of the workload's engine."""
    engine = eks.engine_of(scope.architecture)
    nodes_by_engine = {eks.NODES: add_node_groups, eks.FARGATE: add_system_profile}
    for addon in eks.ADDONS[engine]:
        if not addon.late:
            add_addon(scope, addon)
    dependency = nodes_by_engine[engine](scope) if engine in nodes_by_engine else None
    for addon in eks.ADDONS[engine]:
        if addon.late:
            add_addon(scope, addon, dependency)
    if eks.controlled(scope.architecture):
        _controller(scope, engine)
    if queues := eks.scaled_queues(scope.architecture):
        _queue_scaler(scope, engine, queues)
    if efs.driven(scope.architecture):
        _file_driver(scope, dependency)


def add_addon(scope: Scope, addon: eks.Addon, dependency: str | None = None) -> None:
    """Add an add-on to the cluster."""
    properties: Json = {"ClusterName": Ref(eks.CLUSTER), "AddonName": addon.name, "ResolveConflicts": "OVERWRITE"}
    if addon.values:
        properties["ConfigurationValues"] = JsonText(addon.values)
    depends = [dependency] if dependency else []
    scope.add(f"{eks.CLUSTER}{addon.id}", "AWS::EKS::Addon", properties, group=GROUP, depends=depends)


def _controller(scope: Scope, engine: str) -> None:
    """Add the role of the load balancer controller, limited to target groups of this stack."""
    id = eks.CONTROLLER_ID
    changes = allow("ManageTargetGroups", eks.CONTROLLER_ACTIONS, [arn("elasticloadbalancing", "targetgroup/*")])
    changes["Condition"] = {"StringEquals": {eks.CONTROLLER_TAG: Ref(eks.CLUSTER)}}
    reads = allow("DescribeLoadBalancing", eks.CONTROLLER_READS, ["*"])
    assumed = pod_trust(scope, engine, eks.SYSTEM, eks.CONTROLLER)
    role(scope, f"{id}Role", assumed, [changes, reads], group=GROUP)
    if engine == eks.NODES:
        associate_pod_identity(scope, id, Ref(eks.CLUSTER), eks.SYSTEM, eks.CONTROLLER, group=GROUP)
    words = "Role of the AWS Load Balancer Controller"
    scope.output(f"{id}RoleArn", Att(f"{id}Role", "Arn"), words)


def _queue_scaler(scope: Scope, engine: str, queues: tuple[str, ...]) -> None:
    """Add the role under which KEDA reads the backlog of the queues that scale pods."""
    id = eks.SCALER_ID
    reads = allow("ReadBacklog", eks.SCALER_ACTIONS, [scope.of(queue, "arn") for queue in queues])
    role(scope, f"{id}Role", pod_trust(scope, engine, eks.SYSTEM, eks.SCALER_ACCOUNT), [reads], group=GROUP)
    if engine != eks.FARGATE:
        associate_pod_identity(scope, id, Ref(eks.CLUSTER), eks.SYSTEM, eks.SCALER_ACCOUNT, group=GROUP)
    scope.output(f"{id}RoleArn", Att(f"{id}Role", "Arn"), "Role of the KEDA operator")


def _file_driver(scope: Scope, dependency: str | None) -> None:
    """Add the EFS CSI driver, with a role that may mount the file systems of this stack."""
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
    scope.add(
        f"{eks.CLUSTER}EfsDriver", "AWS::EKS::Addon", addon, group=GROUP, depends=[dependency] if dependency else []
    )
