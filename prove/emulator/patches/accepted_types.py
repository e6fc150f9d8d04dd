"""CloudFormation types that the emulator has nothing for: they are accepted, and do nothing.

So a template is deployed as it is, rather than with parts cut out. What they would do is not proven by the deployment:
`prove.live.deploy` says of each project which of these it has.
"""

import hashlib

from prove.emulator.accepted import ACCEPTED
from prove.emulator.patches.types import Made, Properties, add


def _nothing(properties: Properties, name: str) -> Made:
    id = f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return id, {"Arn": id, "Id": id}


def install() -> None:
    """Add what the emulator does not know, and only that."""
    from ministack.services.cloudformation import provisioners

    for name in ACCEPTED:
        if name not in provisioners._RESOURCE_HANDLERS:
            add(name, _nothing, lambda id, _: None)
