"""NAT gateways: internet access of programs in a VPC."""

from blueprints.traits import Traits

TRAITS = Traits(service="nat-gateway", noun="NatGateway")
