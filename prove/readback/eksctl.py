"""Differences between the cluster for eksctl and the cluster of the stack, expressed as an eksctl configuration.

Every key of the file has to follow from the stack, so that a misspelt one is found too. Treated as equal, and why:
names of node groups and Fargate profiles are not compared; an add-on with `useDefaultPodIdentityAssociations` names no
role; the node groups of eksctl state the size of the disk, those of the stack have it in their launch template. A file
for an existing cluster has its name and the Fargate profile only.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from blueprints.plan import Plan, region_of
from prove.readback.compare import Difference
from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, canonical, leaves, readable, references

#: What the cluster of the file is called; the name of one that exists is a parameter.
_NAME = "platform"
_PLACE = "cluster/eksctl.yaml"
#: Engine of the graph -> the section of eksctl that creates it.
_ENGINES = {"eks-auto-mode": "autoModeConfig", "eks-node-groups": "managedNodeGroups", "eks-fargate": "fargateProfiles"}
_LISTS = {"addons": "name", "managedNodeGroups": "instanceType"}
#: Action on one file system in a statement of the stack -> the AWS managed policy that allows it on any.
_EQUIVALENT = {"elasticfilesystem:ClientWrite": "AmazonElasticFileSystemClientReadWriteAccess"}
_MANAGED = "arn:aws:iam::aws:policy/"


def cluster_differences(config: Mapping[str, Any], stack: Stack, plan: Plan) -> Iterator[Difference]:
    """Yield the differences of a cluster for eksctl from the stack, or from the graph."""
    (engine,) = {str(node.settings["engine"]) for node in plan.architecture.of_service("eks")}
    sections = ", ".join(sorted(set(_ENGINES.values()) & config.keys()))
    if sections != _ENGINES[engine]:
        yield Difference(_PLACE, "setting", "what runs the pods", first=_ENGINES[engine], second=sections or None)
    actual = dict(leaves(_by_key(canonical(config))))
    clusters = stack.of_type("AWS::EKS::Cluster")
    expected = dict(leaves(canonical(_cluster(clusters[0], stack, plan) if clusters else _existing(stack, plan))))
    for path in sorted(expected.keys() | actual.keys() if clusters else expected.keys()):
        if expected.get(path) != actual.get(path):
            yield Difference(_PLACE, "setting", path, first=expected.get(path), second=actual.get(path))


def _by_key(config: dict[str, Value]) -> dict[str, Value]:
    """Return the file without the names that are not compared, with lists as mappings by the key of their entries."""
    sections = {key: value for key, value in config.items() if key not in ("apiVersion", "kind")}
    for key, name in _LISTS.items():
        if key in sections:
            sections[key] = {
                entry[name]: {k: v for k, v in entry.items() if k not in (name, "name")} for entry in sections[key]
            }
    if "fargateProfiles" in sections:
        sections["fargateProfiles"] = {
            _namespaces(profile["selectors"], "namespace"): "" for profile in sections["fargateProfiles"]
        }
    return sections


def _existing(stack: Stack, plan: Plan) -> dict[str, Value]:
    exists = "ClusterName" in stack.parameters
    return {"metadata": {"name": _NAME, "region": region_of(plan.design)}} if exists else {}


def _cluster(cluster: Resource, stack: Stack, plan: Plan) -> dict[str, Value]:
    """Return the eksctl configuration for the cluster of a stack."""
    properties: Mapping[str, Any] = cluster.properties
    logs = [log_type["Type"] for log_type in properties["Logging"]["ClusterLogging"]["EnabledTypes"]]
    config: dict[str, Value] = {
        # The cluster of the stack has the name of the stack; this one is a second cluster.
        "metadata": {
            "name": _NAME,
            "region": region_of(plan.design),
            "version": _default(properties["Version"], stack),
        },
        "accessConfig": {"authenticationMode": properties["AccessConfig"]["AuthenticationMode"]},
        "cloudWatch": {"clusterLogging": {"enableTypes": logs}},
        "addons": {addon.properties["AddonName"]: _addon(addon, stack) for addon in stack.of_type("AWS::EKS::Addon")},
        "managedNodeGroups": dict(_group(group, stack) for group in stack.of_type("AWS::EKS::Nodegroup")),
        "fargateProfiles": {
            _namespaces(profile.properties["Selectors"], "Namespace"): ""
            for profile in stack.of_type("AWS::EKS::FargateProfile")
        },
    }
    if "ComputeConfig" in properties:
        config["autoModeConfig"] = {"enabled": properties["ComputeConfig"]["Enabled"]}
    if stack.of_type("AWS::IAM::OIDCProvider"):
        config["iam"] = {"withOIDC": True}
    return {key: value for key, value in config.items() if value}


def _default(value: Value, stack: Stack) -> Value:
    """Return a value, or the default of the parameter that it refers to."""
    named = [id for id, _ in references(value) if id in stack.parameters]
    return stack.parameters[named[0]]["Default"] if named else value


def _addon(addon: Resource, stack: Stack) -> dict[str, Value]:
    properties: Mapping[str, Any] = addon.properties
    config = {"configurationValues": properties["ConfigurationValues"]} if "ConfigurationValues" in properties else {}
    for association in properties.get("PodIdentityAssociations", ()):
        (role,) = (stack.resources[id] for id, _ in references(association["RoleArn"]))
        config |= _identity(addon.properties["AddonName"], association["ServiceAccount"], _managed(role))
    return config


def _managed(role: Resource) -> list[str]:
    """Return the AWS managed policies of a role; for its own statements the equivalent managed policies."""
    named = [policy.rpartition(":policy/")[2] for policy in role.properties.get("ManagedPolicyArns", ())]
    allowed = {action for statement in role.properties.get("Statements", ()) for action in statement["Action"]}
    return named + [policy for action, policy in _EQUIVALENT.items() if action in allowed]


def _identity(addon: str, account: str, policies: Sequence[str]) -> dict[str, Value]:
    """Return the pod identity of an add-on: by the defaults of eksctl, or written out."""
    if addon == "amazon-cloudwatch-observability":
        return {"useDefaultPodIdentityAssociations": True}
    arns = [_MANAGED + policy for policy in policies]
    named = {"namespace": "kube-system", "serviceAccountName": account, "permissionPolicyARNs": arns}
    return {"podIdentityAssociations": [named]}


def _group(group: Resource, stack: Stack) -> tuple[str, dict[str, Value]]:
    properties: Mapping[str, Any] = group.properties
    (template,) = {id for id, _ in references(properties["LaunchTemplate"]) if id in stack.resources}
    (disk,) = stack.resources[template].properties["LaunchTemplateData"]["BlockDeviceMappings"]
    subnets = [stack.resources[id] for id, _ in references(properties["Subnets"]) if id in stack.resources]
    config = {
        "minSize": properties["ScalingConfig"]["MinSize"],
        "maxSize": properties["ScalingConfig"]["MaxSize"],
        "privateNetworking": not any(subnet.properties.get("MapPublicIpOnLaunch") == "true" for subnet in subnets),
        "volumeSize": disk["Ebs"]["VolumeSize"],
        "volumeEncrypted": disk["Ebs"]["Encrypted"],
    }
    if "Taints" in properties:
        config["taints"] = [
            {"key": taint["Key"], "value": taint["Value"], "effect": taint["Effect"].title().replace("_", "")}
            for taint in properties["Taints"]
        ]
    (size,) = properties["InstanceTypes"]
    return size, config


def _namespaces(selectors: Sequence[Mapping[str, Value]], key: str) -> str:
    """Return the namespaces of a Fargate profile; a selector with more than a namespace is readable in full."""
    return " ".join(
        sorted(selector[key] if selector.keys() == {key} else str(readable(dict(selector))) for selector in selectors)
    )
