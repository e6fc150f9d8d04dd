"""`Ref` of a secret is its ARN, which policies name; the emulator returns its name."""

from typing import Any

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

SECRET = "AWS::SecretsManager::Secret"


def install() -> None:
    """Use the ARN as the physical id of a secret."""
    handler = provisioners._RESOURCE_HANDLERS[SECRET]
    make, delete = handler["create"], handler["delete"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        _, attributes = make(logical_id, properties, stack)
        return attributes["Arn"], attributes

    def remove(physical_id: str, properties: dict[str, Any]) -> None:
        name, _ = secretsmanager._resolve(physical_id)
        delete(name or physical_id, properties)

    handler["create"], handler["delete"] = create, remove
