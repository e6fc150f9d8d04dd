"""EFS file systems: mounted over TLS with IAM authorization, through an access point with one POSIX user."""

from dataclasses import dataclass

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints.plan.customer_key import FOR_FILES, KeyUse
from blueprints.shared.programs import STORE_VERBS
from blueprints.shared.roles import policy
from blueprints.stack.registry import connection, encrypted_by, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import efs
from blueprints.traits.eks import CLUSTER
from blueprints.values import Att, Ref, joined

encrypted_by("AWS::EFS::FileSystem", "KmsKeyId", KeyUse("elasticfilesystem", FOR_FILES, grants=True))
_BY_ROLES = Text(
    "The file system policy has no Allow statement, so a client can mount the file system only if its own IAM role allows it.",
    "ファイルシステムポリシーには Allow ステートメントがないため、マウントにはクライアント自身の IAM ロールの許可が必要です。",
)


@service(
    "efs",
    arn=own("Arn"),
    name=itself,
    directory=lambda _scope, node: efs.directory(node),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def file_system(scope: Scope, node: Node) -> None:
    """A file system with daily backups and a lifecycle policy to Infrequent Access."""
    id = scope.name(node.id)
    properties: Json = {
        "Encrypted": True,
        "BackupPolicy": {"Status": "ENABLED"},
        "PerformanceMode": "generalPurpose",
        "ThroughputMode": "elastic",
        "LifecyclePolicies": [{"TransitionToIA": efs.COLD_AFTER}],
        "FileSystemPolicy": policy([_tls_only(), *_by_pods(scope, node)]),
    }
    why = _BY_ROLES if len(properties["FileSystemPolicy"]["Statement"]) == 1 else EMPTY
    scope.add(id, "AWS::EFS::FileSystem", properties, node=node.id, kept="Retain", why=why)
    for letter, subnet in zip("AB", scope.subnets(), strict=True):
        target = {"FileSystemId": Ref(id), "SubnetId": subnet, "SecurityGroups": [Ref(f"{id}SecurityGroup")]}
        scope.add(f"{id}Mount{letter}", "AWS::EFS::MountTarget", target, node=node.id)
    user = {"Uid": efs.USER_ID, "Gid": efs.USER_ID}
    created = {"OwnerUid": efs.USER_ID, "OwnerGid": efs.USER_ID, "Permissions": efs.PERMISSIONS}
    point = {
        "FileSystemId": Ref(id),
        "PosixUser": user,
        "RootDirectory": {"Path": efs.ROOT, "CreationInfo": created},
    }
    scope.add(f"{id}AccessPoint", "AWS::EFS::AccessPoint", point, node=node.id)
    scope.output(f"{id}Id", Ref(id), "ID of the file system")


def _tls_only() -> Json:
    """A file system policy without an Allow statement: only identity policies allow mounts, so anonymous mounts fail."""
    return {
        "Sid": "DenyInsecureTransport",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": list(efs.ALL_CLIENT_ACTIONS),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _by_pods(scope: Scope, node: Node) -> list[Json]:
    """Grant mount access without a role of this stack: for the driver of an existing cluster, or Fargate."""
    allowed: Json = {"Effect": "Allow", "Action": list(efs.CLIENT_ACTIONS)}
    if efs.by_network(scope.architecture, node):
        through = {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
        return [{"Sid": "AllowPodsMount", **allowed, "Principal": {"AWS": "*"}, "Condition": through}]
    if scope.has("EfsDriverRoleArn"):
        return [{"Sid": "AllowDriverMount", **allowed, "Principal": {"AWS": Ref("EfsDriverRoleArn")}}]
    return []


def mounted_in_pod(scope: Scope, edge: Edge) -> None:
    """Output the id under which pods mount the file system; the manifests mount it by the CSI driver."""
    store = scope.main(edge.target)
    scope.carry(scope.main(edge.source), edge.id)
    if not efs.first_mount(scope.architecture, edge):
        return
    handle = joined("", Ref(store), "::", Ref(f"{store}AccessPoint"))
    words = "File system and access point, in the format of Kubernetes volume handles"
    scope.output(f"{store}VolumeHandle", handle, words)
    if efs.driven(scope.architecture):
        existing = scope.has("ClusterSecurityGroupId")
        nodes = Ref("ClusterSecurityGroupId") if existing else Att(CLUSTER, "ClusterSecurityGroupId")
        rule = {"IpProtocol": "tcp", "FromPort": efs.PORT, "ToPort": efs.PORT, "SourceSecurityGroupId": nodes}
        group = scope.properties(f"{store}SecurityGroup")
        group.setdefault("SecurityGroupIngress", []).append({**rule, "Description": "From the nodes of the cluster"})


def _after_mounts(scope: Scope, id: str, edge: Edge) -> None:
    """Make a resource depend on the mount targets of a connection's file system."""
    store = scope.main(edge.target)
    scope.wait(id, [f"{store}MountA", f"{store}MountB"])


def mounted_in_function(scope: Scope, edge: Edge) -> None:
    """Mount the file system into the function."""
    id, store = scope.main(edge.source), scope.main(edge.target)
    mount = {"Arn": Att(f"{store}AccessPoint", "Arn"), "LocalMountPath": scope.of(edge.target, "directory")}
    scope.properties(id)["FileSystemConfigs"] = [mount]
    _after_mounts(scope, id, edge)
    scope.carry(id, edge.id)


@dataclass(frozen=True, slots=True)
class _VolumeProperties:
    """The property names of an EFS volume for a resource type."""

    configuration: str
    file_system: str
    iam: str
    access_point: str


_OF_TASK = _VolumeProperties(
    configuration="EFSVolumeConfiguration", file_system="FilesystemId", iam="IAM", access_point="AccessPointId"
)
_OF_JOB = _VolumeProperties(
    configuration="EfsVolumeConfiguration", file_system="FileSystemId", iam="Iam", access_point="AccessPointId"
)


def _volume(scope: Scope, edge: Edge, names: _VolumeProperties) -> Json:
    store = scope.main(edge.target)
    return {
        "Name": scope.architecture.node(edge.target).subject,
        names.configuration: {
            names.file_system: Ref(store),
            "TransitEncryption": "ENABLED",
            "AuthorizationConfig": {names.access_point: Ref(f"{store}AccessPoint"), names.iam: "ENABLED"},
        },
    }


def _mount_point(scope: Scope, edge: Edge) -> Json:
    return {
        "SourceVolume": scope.architecture.node(edge.target).subject,
        "ContainerPath": scope.of(edge.target, "directory"),
        "ReadOnly": edge.verb == "read",
    }


def mounted_in_task(scope: Scope, edge: Edge) -> None:
    """Mount the file system into the task's container."""
    id = scope.main(edge.source)
    properties = scope.properties(id)
    properties["Volumes"].append(_volume(scope, edge, _OF_TASK))
    properties["ContainerDefinitions"][0]["MountPoints"].append(_mount_point(scope, edge))
    _after_mounts(scope, id, edge)
    scope.carry(id, edge.id)


def mounted_in_job(scope: Scope, edge: Edge) -> None:
    """Mount the file system in the job container."""
    id = scope.main(edge.source)
    container = scope.properties(id)["ContainerProperties"]
    container.setdefault("Volumes", []).append(_volume(scope, edge, _OF_JOB))
    container.setdefault("MountPoints", []).append(_mount_point(scope, edge))
    _after_mounts(scope, id, edge)
    scope.carry(id, edge.id)


for _verb in STORE_VERBS:
    connection(["lambda"], _verb, ["efs"])(mounted_in_function)
    connection(["ecs"], _verb, ["efs"])(mounted_in_task)
    connection(["batch"], _verb, ["efs"])(mounted_in_job)
    connection(["eks"], _verb, ["efs"])(mounted_in_pod)
