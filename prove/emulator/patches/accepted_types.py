"""CloudFormation types that the emulator does not implement: they are accepted without effect.

So a template is deployed unchanged. The deployment does not prove their behavior: `prove.live.deploy` notes for each
project which of these types it has.
"""

import hashlib

from prove.emulator.accepted import ACCEPTED
from prove.emulator.patches.types import Created, Properties, add


def _no_effect(properties: Properties, name: str) -> Created:
    id = f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return id, {"Arn": id, "Id": id}


def install() -> None:
    """Add the types that the emulator lacks."""
    from ministack.services.cloudformation import provisioners

    for name in ACCEPTED:
        if name not in provisioners._RESOURCE_HANDLERS:
            add(name, _no_effect, lambda id, _: None)
