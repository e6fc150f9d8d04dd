"""NAT gateways: how programs in a VPC call what is outside AWS."""

from blueprints.traits import Traits

TRAITS = Traits(service="nat-gateway", noun="NatGateway")
