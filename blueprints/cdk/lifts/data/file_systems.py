"""EFS file systems with their mount targets and access points."""

from collections.abc import Mapping

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.network.vpc import VPC, group, subnets
from blueprints.cdk.lifts.security.identity import document
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import efs
from blueprints.cdk.tree import THIS, Let, Value
from blueprints.values import Ref

_FILE_SYSTEM, _MOUNT = "AWS::EFS::FileSystem", "AWS::EFS::MountTarget"
_PERFORMANCE = {"generalPurpose": efs.PerformanceMode.GENERAL_PURPOSE}
_THROUGHPUT = {"elastic": efs.ThroughputMode.ELASTIC}
_COLD = {"AFTER_30_DAYS": efs.LifecyclePolicy.AFTER_30_DAYS}
_BACKUP = {"ENABLED": True, "DISABLED": False}
_OWNER: Mapping[str, str] = {"OwnerUid": "owner_uid", "OwnerGid": "owner_gid", "Permissions": "permissions"}


@lift(
    _FILE_SYSTEM,
    ref="file_system_id",
    members={"Arn": "file_system_arn"},
    absorbs=(naming(_MOUNT, "FileSystemId"),),
)
def file_system(lifter: Lifter, resource: Resource) -> Statements:
    """A file system with a mount target in each private subnet; its clients depend on all of them."""
    cold = resource.only_part("LifecyclePolicies")
    options: dict[str, Value] = {
        **_mount_targets(lifter, resource),
        "encrypted": resource.take("Encrypted"),
        "enable_automatic_backups": resource.part("BackupPolicy").choose("Status", _BACKUP),
        "performance_mode": resource.choose("PerformanceMode", _PERFORMANCE),
        "throughput_mode": resource.choose("ThroughputMode", _THROUGHPUT),
        "lifecycle_policy": cold.choose("TransitionToIA", _COLD),
        "file_system_policy": document(lifter, resource.part("FileSystemPolicy")),
        **resource.removal(cdk_keeps=True),
    }
    if "KmsKeyId" in resource:
        options["kms_key"] = key(lifter, resource.take("KmsKeyId"))
    mount_dependency = lifter.ref(resource).mount_targets_available
    for target in resource.of_type(_MOUNT):
        lifter.publish(target.id, mount_dependency)
    yield Let(lifter.name(resource), efs.FileSystem(THIS, resource.id, **options))


def _mount_targets(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    """Return the subnets of the mount targets, which the construct creates."""
    targets = resource.of_type(_MOUNT)
    for target in targets:
        target.expect("FileSystemId", Ref(resource.id))
    selected = subnets(lifter, [target.take("SubnetId") for target in targets])
    groups = [target.take("SecurityGroups") for target in targets]
    if not groups or len(groups[0]) != 1 or any(ids != groups[0] for ids in groups):
        resource.refuse("MountTargets", groups)
    return {"vpc": VPC, "vpc_subnets": selected, "security_group": group(lifter, groups[0][0])}


@lift("AWS::EFS::AccessPoint", ref="access_point_id", members={"Arn": "access_point_arn"})
def access_point(lifter: Lifter, resource: Resource) -> Statements:
    """An access point: a directory of a file system with its POSIX user."""
    root = resource.part("RootDirectory")
    created, user = root.part("CreationInfo"), resource.part("PosixUser")
    construct = efs.AccessPoint(
        THIS,
        resource.id,
        file_system=lifter.construct(resource.take("FileSystemId"), _FILE_SYSTEM),
        path=root.take("Path"),
        create_acl=efs.Acl(**_take_options(created, _OWNER)),
        posix_user=efs.PosixUser(**_take_options(user, {"Uid": "uid", "Gid": "gid"})),
    )
    yield Let(lifter.name(resource), construct)


def _take_options(properties: Properties, names: Mapping[str, str]) -> dict[str, Value]:
    return {option: properties.take(name) for name, option in names.items()}
