"""A function that sends over a WebSocket API reaches the emulator: the URL in its environment is that of AWS."""

import os
import re
from typing import Any

from ministack.services.cloudformation import provisioners

ADDRESS = re.compile(r"https://([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com")
FUNCTION = "AWS::Lambda::Function"


def install() -> None:
    """Replace the host of the URL in the template, up to the name of the API."""
    local_address = rf"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/_aws/execute-api/\1"
    handler = provisioners._RESOURCE_HANDLERS[FUNCTION]
    make = handler["create"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        variables = properties.get("Environment", {}).get("Variables", {})
        rewritten = {
            key: ADDRESS.sub(local_address, value) if isinstance(value, str) else value
            for key, value in variables.items()
        }
        changed = {**properties, "Environment": {"Variables": rewritten}} if variables else properties
        return make(logical_id, changed, stack)

    handler["create"] = create
