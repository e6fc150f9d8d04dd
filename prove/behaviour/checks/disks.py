"""Temporary storage: the volume of a host holds the stated files of all tasks or jobs that run on it at once."""

import re
from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.held import held
from prove.behaviour.hosts import TEMPLATE
from prove.behaviour.loads import component_of


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the hosts whose volume is smaller than the stated temporary storage of what runs on them."""
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
