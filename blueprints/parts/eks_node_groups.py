"""Managed node groups of the EKS cluster."""

from blueprints.shared.eks_cluster import GROUP
from blueprints.stack.scope import Json, Scope
from blueprints.traits import eks
from blueprints.values import Att, Ref


def add_node_groups(scope: Scope) -> str:
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
        "Monitoring": {"Enabled": True},
    }
    if pool.taint:
        properties["Taints"] = [{"Key": pool.taint, "Value": "true", "Effect": "NO_SCHEDULE"}]
    scope.add(f"{id}Template", "AWS::EC2::LaunchTemplate", {"LaunchTemplateData": data}, group=GROUP)
    scope.add(id, "AWS::EKS::Nodegroup", properties, group=GROUP, depends=[f"{eks.CLUSTER}VpcCni"])
    return id
