"""Addition of types to the emulator's CloudFormation: functions that create and delete them in its services."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
#: The physical id of a created resource, and its attributes for `Fn::GetAtt`.
Created = tuple[str, dict[str, Any]]


def add(name: str, create: Callable[[Properties, str], Created], delete: Callable[[str, Properties], object]) -> None:
    """Add a type. `create` gets the properties and a name that is unique in the account."""

    def create_resource(logical_id: str, properties: Properties, stack: str) -> Created:
        return create(properties, f"{stack}-{logical_id}")

    provisioners._RESOURCE_HANDLERS[name] = {"create": create_resource, "delete": delete}


def answer(response: tuple[int, Mapping[str, str], bytes | str]) -> str:
    """Return the body of a response of the emulator. Raises ValueError for an error response."""
    status, _, body = response
    text = body.decode() if isinstance(body, bytes) else body
    if status >= 400:
        raise ValueError(text)
    return text


def fields(response: tuple[int, Mapping[str, str], bytes | str], key: str) -> dict[str, Any]:
    """Return one object of a JSON response."""
    entry: dict[str, Any] = json.loads(answer(response))[key]
    return entry


def lower_camel(value: Any) -> Any:
    """Return properties with the keys of the services' APIs."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: lower_camel(item) for key, item in value.items()}
    return [lower_camel(item) for item in value] if isinstance(value, list) else value


def upper_camel(value: Any) -> Any:
    """Return a response with the keys of state machines."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: upper_camel(item) for key, item in value.items()}
    return [upper_camel(item) for item in value] if isinstance(value, list) else value


def tags(properties: Properties) -> dict[str, str]:
    """Return the tags of a resource as a map, as EKS expects them."""
    declared = properties.get("Tags") or ()
    return dict(declared) if isinstance(declared, dict) else {tag["Key"]: tag["Value"] for tag in declared}
