"""`Ref` of a secret is its ARN, which policies name; the emulator answers with its name."""

from typing import Any

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

SECRET = "AWS::SecretsManager::Secret"


def install() -> None:
    """Know a secret by its ARN while its stack has it."""
    handler = provisioners._RESOURCE_HANDLERS[SECRET]
    make, delete = handler["create"], handler["delete"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        _, attributes = make(logical_id, properties, stack)
        return attributes["Arn"], attributes

    def remove(physical_id: str, properties: dict[str, Any]) -> None:
        name, _ = secretsmanager._resolve(physical_id)
        delete(name or physical_id, properties)

    handler["create"], handler["delete"] = create, remove
