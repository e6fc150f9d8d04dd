"""Amazon EFS: mount paths, the POSIX user, and how pods mount file systems.

Pods mount by the EFS driver of their nodes, or by Fargate itself, which brings one along. The driver mounts as itself,
so the rights to a file system are those of its role and not of the pods'. On Fargate, mounts are not signed: only the
network controls access, as for a file system without a policy.
"""

from collections.abc import Mapping

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints.traits import Client, NodeAttribute, Port, Retained, Traits, eks, traits_of

EFS = "efs"
#: The POSIX user of the access point, which is the user of the generated images.
USER_ID = "10001"
PERMISSIONS = "0750"
ROOT = "/data"
COLD_AFTER = "AFTER_30_DAYS"
DRIVER = "aws-efs-csi-driver"
#: Service account of the driver's pods that run once per node, which are those that mount.
DRIVER_ACCOUNT = "efs-csi-node-sa"
PORT = 2049
DRIVER_ROLE = "EfsDriverRole"
CLIENT_ACTIONS = ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")
ALL_CLIENT_ACTIONS = (*CLIENT_ACTIONS, "elasticfilesystem:ClientRootAccess")


def directory(node: Node) -> str:
    """Return the mount path of a file system; Lambda takes paths below /mnt only."""
    return f"/mnt/{node.subject}"


def mounts(architecture: Architecture) -> tuple[Edge, ...]:
    """Return the connections by which pods mount file systems."""
    pods = {node.id for node in architecture.nodes if traits_of(node.service).pods}
    stores = {node.id for node in architecture.of_service(EFS)}
    return tuple(edge for edge in architecture.edges if edge.source in pods and edge.target in stores)


def driven(architecture: Architecture) -> bool:
    """Return whether the driver has to be installed: pods mount something, and have nodes."""
    return bool(mounts(architecture)) and eks.engine_of(architecture) != eks.FARGATE


def by_network(architecture: Architecture, store: Node) -> bool:
    """Return whether pods on Fargate mount a file system."""
    mounted = any(edge.target == store.id for edge in mounts(architecture))
    return mounted and eks.engine_of(architecture) == eks.FARGATE


def driver_rights(architecture: Architecture) -> Mapping[str, tuple[str, ...]]:
    """Return the IAM actions of the driver on each file system: those of all pods."""
    directories: dict[str, set[str]] = {}
    for edge in mounts(architecture):
        directories.setdefault(edge.target, set()).update(edge.actions)
    return {store: tuple(sorted(actions)) for store, actions in directories.items()}


def first_mount(architecture: Architecture, edge: Edge) -> bool:
    """Return whether a connection is the first by which pods mount its file system."""
    return edge == next(mount for mount in mounts(architecture) if mount.target == edge.target)


TRAITS = Traits(
    service=EFS,
    client=Client(
        "store",
        "efs",
        "directory",
        "Files",
        ("variable", "prefix"),
        {"null_files": ("get", "read_all", "read_part")},
        prefixes=True,
        beside=True,
        checks_first=True,
        compares_by="get",
    ),
    variables=(NodeAttribute("DIRECTORY", "directory"),),
    placement="vpc",
    ports=(Port(PORT),),
    only_answers=True,
    mounted=True,
    standing_cost=Text("File system: storage", "ファイルシステム: ストレージ"),
    retained=Retained(
        Text("File system", "ファイルシステム"), "Id", 'aws efs delete-file-system --file-system-id "${output}"'
    ),
)
