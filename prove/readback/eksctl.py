"""The cluster for eksctl held against the cluster of the stack: what the stack makes is said as eksctl says it.

Every key of the file has to be one that the stack explains, so that a misspelt one is found too. What is taken as the
same, and why: names of node groups and Fargate profiles are for people; who takes an add-on's usual permissions by
`useDefaultPodIdentityAssociations` names no role; the node groups of eksctl state the size of the disk, those of the
stack have it in their launch template. Who uses a cluster that exists has its name, and Fargate's profile, only.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from blueprints.plan import Plan, region_of
from prove.readback.compare import Difference
from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, canonical, leaves, references, shown

_PLACE = "cluster/eksctl.yaml"
#: Engine of the graph -> the section of eksctl that makes it.
_ENGINES = {"eks-auto-mode": "autoModeConfig", "eks-node-groups": "managedNodeGroups", "eks-fargate": "fargateProfiles"}
_LISTS = {"addons": "name", "managedNodeGroups": "instanceType"}
#: What a statement of the stack allows on one file system -> the policy of AWS that allows it on any.
_LIKE = {"elasticfilesystem:ClientWrite": "AmazonElasticFileSystemClientReadWriteAccess"}
_MANAGED = "arn:aws:iam::aws:policy/"


def cluster_differences(config: Mapping[str, Any], stack: Stack, plan: Plan) -> Iterator[Difference]:
    """Give everything that a cluster for eksctl says otherwise than the stack, or than the graph."""
    (engine,) = {str(node.settings["engine"]) for node in plan.architecture.of_service("eks")}
    sections = ", ".join(sorted(set(_ENGINES.values()) & config.keys()))
    if sections != _ENGINES[engine]:
        yield Difference(_PLACE, "setting", "what runs the pods", _ENGINES[engine], sections or None)
    told = dict(leaves(_spelled(canonical(config))))
    found = stack.of_type("AWS::EKS::Cluster")
    made = dict(leaves(canonical(_cluster(found[0], stack, plan) if found else _existing(stack, plan))))
    for path in sorted(made.keys() | told.keys() if found else made.keys()):
        if made.get(path) != told.get(path):
            yield Difference(_PLACE, "setting", path, made.get(path), told.get(path))


def _spelled(config: dict[str, Value]) -> dict[str, Value]:
    """Return what the file says without names for people, with its lists by what tells their entries apart."""
    made = {key: value for key, value in config.items() if key not in ("apiVersion", "kind")}
    for key, name in _LISTS.items():
        if key in made:
            made[key] = {one[name]: {k: v for k, v in one.items() if k not in (name, "name")} for one in made[key]}
    if "fargateProfiles" in made:
        made["fargateProfiles"] = {_namespaces(one["selectors"], "namespace"): "" for one in made["fargateProfiles"]}
    return made


def _existing(stack: Stack, plan: Plan) -> dict[str, Value]:
    name = stack.parameters.get("ClusterName", {}).get("Default")
    return {"metadata": {"name": name, "region": region_of(plan.design)}} if name else {}


def _cluster(cluster: Resource, stack: Stack, plan: Plan) -> dict[str, Value]:
    """Return what eksctl would have to be told to make the cluster of a stack."""
    given: Mapping[str, Any] = cluster.properties
    logs = [one["Type"] for one in given["Logging"]["ClusterLogging"]["EnabledTypes"]]
    said: dict[str, Value] = {
        # The cluster of the stack is called as the stack; this one stands beside it.
        "metadata": {
            "name": "platform",
            "region": region_of(plan.design),
            "version": _default(given["Version"], stack),
        },
        "accessConfig": {"authenticationMode": given["AccessConfig"]["AuthenticationMode"]},
        "cloudWatch": {"clusterLogging": {"enableTypes": logs}},
        "addons": {one.properties["AddonName"]: _addon(one, stack) for one in stack.of_type("AWS::EKS::Addon")},
        "managedNodeGroups": dict(_group(one, stack) for one in stack.of_type("AWS::EKS::Nodegroup")),
        "fargateProfiles": {
            _namespaces(one.properties["Selectors"], "Namespace"): ""
            for one in stack.of_type("AWS::EKS::FargateProfile")
        },
    }
    if "ComputeConfig" in given:
        said["autoModeConfig"] = {"enabled": given["ComputeConfig"]["Enabled"]}
    if stack.of_type("AWS::IAM::OIDCProvider"):
        said["iam"] = {"withOIDC": True}
    return {key: value for key, value in said.items() if value}


def _default(value: Value, stack: Stack) -> Value:
    """Return a value, or what the parameter is by default that it refers to."""
    named = [id for id, _ in references(value) if id in stack.parameters]
    return stack.parameters[named[0]]["Default"] if named else value


def _addon(addon: Resource, stack: Stack) -> dict[str, Value]:
    given: Mapping[str, Any] = addon.properties
    made = {"configurationValues": given["ConfigurationValues"]} if "ConfigurationValues" in given else {}
    for one in given.get("PodIdentityAssociations", ()):
        (role,) = (stack.resources[id] for id, _ in references(one["RoleArn"]))
        made |= _identity(addon.properties["AddonName"], one["ServiceAccount"], _managed(role))
    return made


def _managed(role: Resource) -> list[str]:
    """Return the policies of AWS that let a role do what it may; for its own statements those that say the like."""
    named = [policy.rpartition(":policy/")[2] for policy in role.properties.get("ManagedPolicyArns", ())]
    allowed = {action for one in role.properties.get("Statements", ()) for action in one["Action"]}
    return named + [policy for action, policy in _LIKE.items() if action in allowed]


def _identity(addon: str, account: str, policies: Sequence[str]) -> dict[str, Value]:
    """Return how the pods of an add-on get their role: by what eksctl knows of it, or written out."""
    if addon == "amazon-cloudwatch-observability":
        return {"useDefaultPodIdentityAssociations": True}
    arns = [_MANAGED + policy for policy in policies]
    named = {"namespace": "kube-system", "serviceAccountName": account, "permissionPolicyARNs": arns}
    return {"podIdentityAssociations": [named]}


def _group(group: Resource, stack: Stack) -> tuple[str, dict[str, Value]]:
    given: Mapping[str, Any] = group.properties
    (template,) = {id for id, _ in references(given["LaunchTemplate"]) if id in stack.resources}
    (disk,) = stack.resources[template].properties["LaunchTemplateData"]["BlockDeviceMappings"]
    subnets = [stack.resources[id] for id, _ in references(given["Subnets"]) if id in stack.resources]
    made = {
        "minSize": given["ScalingConfig"]["MinSize"],
        "maxSize": given["ScalingConfig"]["MaxSize"],
        "privateNetworking": not any(one.properties.get("MapPublicIpOnLaunch") == "true" for one in subnets),
        "volumeSize": disk["Ebs"]["VolumeSize"],
        "volumeEncrypted": disk["Ebs"]["Encrypted"],
    }
    if "Taints" in given:
        made["taints"] = [
            {"key": one["Key"], "value": one["Value"], "effect": one["Effect"].title().replace("_", "")}
            for one in given["Taints"]
        ]
    (size,) = given["InstanceTypes"]
    return size, made


def _namespaces(selectors: Sequence[Mapping[str, Value]], key: str) -> str:
    """Return whose pods a Fargate profile takes; a selector that says more than a namespace is none of ours."""
    return " ".join(sorted(one[key] if one.keys() == {key} else str(shown(dict(one))) for one in selectors))
