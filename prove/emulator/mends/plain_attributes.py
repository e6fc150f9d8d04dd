"""`Fn::GetAtt` of a VPC's or a subnet's address range, which CDK apps ask for; the emulator does not know it."""

from typing import Any

from ministack.services.cloudformation import provisioners

PLAIN = {"AWS::EC2::VPC": ("CidrBlock",), "AWS::EC2::Subnet": ("CidrBlock",)}


def install() -> None:
    """Answer with the property that was given."""
    for type, names in PLAIN.items():
        handler = provisioners._RESOURCE_HANDLERS[type]
        handler["create"] = _with(handler["create"], names)


def _with(make: Any, names: tuple[str, ...]) -> Any:
    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        physical_id, attributes = make(logical_id, properties, stack)
        return physical_id, {**{name: properties.get(name) for name in names}, **(attributes or {})}

    return create
