"""`Fn::GetAtt` of attributes that the emulator's types lack: CIDR blocks of networks, the secret of a database."""

from typing import Any

from ministack.services import rds
from ministack.services.cloudformation import provisioners

PLAIN = {"AWS::EC2::VPC": ("CidrBlock",), "AWS::EC2::Subnet": ("CidrBlock",)}
DATABASE = "AWS::RDS::DBCluster"


def install() -> None:
    """Return the property of the template, or the value of the service."""
    for type, names in PLAIN.items():
        handler = provisioners._RESOURCE_HANDLERS[type]
        handler["create"] = _with(handler["create"], names)
    database = provisioners._RESOURCE_HANDLERS[DATABASE]
    database["create"] = _with_secret(database["create"])


def _with(make: Any, names: tuple[str, ...]) -> Any:
    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        physical_id, attributes = make(logical_id, properties, stack)
        return physical_id, {**{name: properties.get(name) for name in names}, **(attributes or {})}

    return create


def _with_secret(make: Any) -> Any:
    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        physical_id, attributes = make(logical_id, properties, stack)
        secret = (rds._clusters.get(physical_id) or {}).get("MasterUserSecret") or {}
        return physical_id, {**(attributes or {}), "MasterUserSecret.SecretArn": secret.get("SecretArn")}

    return create
