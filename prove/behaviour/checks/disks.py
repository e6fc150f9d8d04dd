"""Temporary storage: the volume of a host holds the stated files of all tasks or jobs that run on it at once."""

import re
from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.held import held
from prove.behaviour.hosts import TEMPLATE
from prove.behaviour.loads import component_of
from prove.behaviour.references import named

_PROVIDER = "AWS::ECS::CapacityProvider"
#: What AWS gives the tasks of an instance where no size is stated.
_MANAGED_GIB = 80


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the hosts whose volume is smaller than the stated temporary storage of what runs on them."""
    yield from _managed(evidence)
    yield from _nodes(evidence)
    for template in evidence.stack.of_type(TEMPLATE):
        component = component_of(evidence.requirements, template.owner.node)
        stated = component.answer("disk_mib") if component else None
        volumes = re.findall(r"'VolumeSize': '?(\d+)", str(dict(template.properties)))
        if stated is None or not volumes:
            continue
        runs = max((runs for _, runs in held(evidence, template.owner.node)), default=1)
        if int(volumes[0]) * 1024 < float(str(stated)) * runs:
            message = f"Its volume has {volumes[0]} GiB, but {runs} runs at once write up to {stated} MiB each."
            yield Problem("small-volume", template.id, message, TEMPLATE)


def _managed(evidence: Evidence) -> Iterator[Problem]:
    """Yield the capacity providers of instances that ECS manages, whose volume does not hold the files of one task."""
    for provider in evidence.stack.of_type(_PROVIDER):
        component = component_of(evidence.requirements, provider.owner.node)
        stated = component.answer("disk_mib") if component else None
        launched = (provider.properties.get("ManagedInstancesProvider") or {}).get("InstanceLaunchTemplate")
        if stated is None or launched is None:
            continue
        gib = int(launched.get("StorageConfiguration", {}).get("StorageSizeGiB", _MANAGED_GIB))
        if gib * 1024 < float(str(stated)):
            message = f"Its instances have {gib} GiB for tasks, but one task writes up to {stated} MiB."
            yield Problem("small-volume", provider.id, message, _PROVIDER)


def _nodes(evidence: Evidence) -> Iterator[Problem]:
    """Yield the launch templates of node groups whose volume does not hold the files of one pod that may run there."""
    groups = evidence.stack.of_type("AWS::EKS::Nodegroup")
    ids = {id for group in groups for id in named(group.properties["LaunchTemplate"])}
    components = evidence.requirements.of_kind("component")
    stated = [
        float(str(one.answer("disk_mib"))) for one in components if one.answer("disk_mib") and one.answer("kubernetes")
    ]
    for template in evidence.stack.of_type(TEMPLATE):
        volumes = re.findall(r"'VolumeSize': '?(\d+)", str(dict(template.properties)))
        if template.id in ids and len(groups) == 1 and volumes and int(volumes[0]) * 1024 < max(stated, default=0):
            message = f"Its volume has {volumes[0]} GiB, but a pod writes up to {max(stated):g} MiB."
            yield Problem("small-volume", template.id, message, TEMPLATE)
