"""A function that answers over a WebSocket API finds it: the address of connections is one of AWS in its environment."""

import os
import re
from typing import Any

from ministack.services.cloudformation import provisioners

ADDRESS = re.compile(r"https://([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com")
FUNCTION = "AWS::Lambda::Function"


def install() -> None:
    """Change the address where the template sets it, and nothing that comes after the name of the API."""
    here = rf"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/_aws/execute-api/\1"
    handler = provisioners._RESOURCE_HANDLERS[FUNCTION]
    make = handler["create"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        given = properties.get("Environment", {}).get("Variables", {})
        told = {key: ADDRESS.sub(here, value) if isinstance(value, str) else value for key, value in given.items()}
        changed = {**properties, "Environment": {"Variables": told}} if given else properties
        return make(logical_id, changed, stack)

    handler["create"] = create
