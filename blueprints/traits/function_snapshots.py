"""Functions whose new execution environments resume from a snapshot of the initialized program (Lambda SnapStart).

Lambda takes the snapshot of a published version, and supports neither container images, file systems, more than 512 MiB of
ephemeral storage nor, among the programs of projects, those in TypeScript
(https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html, read 2026-12-01). The programs keep no random state from their
initialization, which all environments would share (https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html,
read 2026-12-01).
"""

from collections.abc import MutableMapping
from typing import Any, Literal

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints import settings
from blueprints.traits.efs import EFS
from blueprints.traits.function_releases import DURABLE, published

#: Why a function has cold starts although these are not tolerated.
Reason = Literal["tenants", "durable", "typescript", "unsupported"]
PROPERTY = "SnapStart"
RESTORED = {PROPERTY: {"ApplyOn": "PublishedVersions"}}
#: The ephemeral storage of a function that sets none.
_LARGEST_DISK_MIB = 512
#: Asia Pacific (Taipei) and Asia Pacific (New Zealand).
WITHOUT = ("ap-east-2", "ap-southeast-6")
COST = Text(
    "Lambda SnapStart: for the snapshot of each published version as long as the version is active, by the memory of the function, and "
    "for each restore. Deployments keep the earlier versions, which are charged too: delete those to which you no longer roll back",
    "Lambda SnapStart: 公開したバージョンがアクティブな間のスナップショットの保持（関数のメモリに応じた料金）と、復元 1 回ごとの料金。"
    "デプロイ後も残る古いバージョンも課金されるため、ロールバックに使わないものは削除",
)


def restored(architecture: Architecture, node: Node, region: str) -> bool:
    """Return whether the versions of a function are published with a snapshot, if its program is in Python."""
    plain = published(node) and settings.word(node, "variant") != DURABLE
    mounted = any(architecture.node(edge.target).service == EFS for edge in architecture.leaving(node.id))
    small = settings.number(node, "disk_mib") <= _LARGEST_DISK_MIB
    return plain and settings.flag(node, "snapshots") and small and not mounted and region not in WITHOUT


def left_cold(architecture: Architecture, node: Node, region: str, *, typescript: bool) -> bool:
    """Return whether a function has cold starts that the requirements do not tolerate."""
    return node.settings.get("cold_starts") is False and (typescript or not restored(architecture, node, region))


def why_cold(node: Node, *, tenants: bool, typescript: bool) -> Reason:
    """Return why a function has cold starts: it is durable, each tenant has environments of its own, or SnapStart lacks support.

    Tenant isolation supports neither SnapStart nor provisioned concurrency
    (https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html, read 2026-12-01).
    """
    if tenants:
        return "tenants"
    if settings.word(node, "variant") == DURABLE:
        return "durable"
    return "typescript" if typescript else "unsupported"


def without_snapshots(resources: MutableMapping[str, Any]) -> None:
    """Remove, in place, the snapshots of functions from the resources of a stack whose programs are in TypeScript."""
    for resource in resources.values():
        resource.get("Properties", {}).pop(PROPERTY, None)
