"""How a type is added to the emulator's CloudFormation: by what creates and deletes it in the emulator's own services."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
#: The physical id of what was made, and what `Fn::GetAtt` may ask of it.
Made = tuple[str, dict[str, Any]]


def add(name: str, create: Callable[[Properties, str], Made], delete: Callable[[str, Properties], object]) -> None:
    """Add a type. `create` gets its properties and a name for it that is unique in the account."""

    def made(logical_id: str, properties: Properties, stack: str) -> Made:
        return create(properties, f"{stack}-{logical_id}")

    provisioners._RESOURCE_HANDLERS[name] = {"create": made, "delete": delete}


def answer(response: tuple[int, Mapping[str, str], bytes | str]) -> str:
    """Return the body of what a service of the emulator answered; ValueError when it refused."""
    status, _, body = response
    text = body.decode() if isinstance(body, bytes) else body
    if status >= 400:
        raise ValueError(text)
    return text


def fields(response: tuple[int, Mapping[str, str], bytes | str], key: str) -> dict[str, Any]:
    """Return one object of a JSON answer."""
    found: dict[str, Any] = json.loads(answer(response))[key]
    return found


def lower_camel(value: Any) -> Any:
    """Return properties as the services' own interfaces spell them."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: lower_camel(one) for key, one in value.items()}
    return [lower_camel(one) for one in value] if isinstance(value, list) else value


def upper_camel(value: Any) -> Any:
    """Return an answer as state machines spell it."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: upper_camel(one) for key, one in value.items()}
    return [upper_camel(one) for one in value] if isinstance(value, list) else value


def tags(properties: Properties) -> dict[str, str]:
    """Return the tags of a resource as a map, which is what EKS takes."""
    found = properties.get("Tags") or ()
    return dict(found) if isinstance(found, dict) else {one["Key"]: one["Value"] for one in found}
