"""CloudFormation types that the emulator does not implement, and alarms of metric math: they are accepted without effect.

So a template is deployed unchanged. The deployment does not prove their behavior: `prove.live.deploy` notes for each
project which of these types it has.
"""

import hashlib
from typing import Any

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
    handlers = provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"]
    handlers |= {step: _unless_math(step, handlers[step]) for step in ("create", "update", "delete")}


def _unless_math(step: str, implemented: Any) -> Any:
    """Return a step of the type of alarms that accepts alarms of metric math, which only scaling has, without effect."""

    def take(*given: Any, **named: Any) -> Any:
        # The properties: second on creation and deletion, third on updates, behind those before.
        properties = given[2 if step == "update" else 1]
        if not (properties or {}).get("Metrics"):
            return implemented(*given, **named)
        return None if step == "delete" else _no_effect(properties, given[0])

    return take
