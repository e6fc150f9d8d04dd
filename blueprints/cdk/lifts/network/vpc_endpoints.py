"""VPC endpoints that belong to a service of the workload: to a private API, to a database."""

from typing import Any

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.network.vpc import groups, subnets, vpc
from blueprints.cdk.modules import ec2
from blueprints.cdk.tree import THIS, Expr, Let, Value
from blueprints.shared.network import endpoint_service
from blueprints.traits.aurora_dsql import PORT
from blueprints.values import Att

ENDPOINT = "AWS::EC2::VPCEndpoint"
_API_GATEWAY = endpoint_service("execute-api")
_DATABASE = "AWS::DSQL::Cluster"


@lift(ENDPOINT, ref="vpc_endpoint_id", members={"Id": "vpc_endpoint_id"})
def vpc_endpoint(lifter: Lifter, resource: Resource) -> Statements:
    """An interface endpoint in the private subnets, with the security group that the stack gives it."""
    resource.expect("VpcEndpointType", "Interface")
    options: dict[str, Value] = {
        "vpc": vpc(lifter, resource.take("VpcId")),
        "subnets": subnets(lifter, resource.take("SubnetIds")),
        "service": _service(lifter, resource, resource.take("ServiceName")),
        "private_dns_enabled": resource.take("PrivateDnsEnabled"),
        "security_groups": groups(lifter, resource.take("SecurityGroupIds")),
        "open": False,
    }
    yield Let(lifter.name(resource), ec2.InterfaceVpcEndpoint(THIS, resource.id, **options))


def _service(lifter: Lifter, resource: Resource, name: Any) -> Expr:
    if name == _API_GATEWAY:
        return ec2.InterfaceVpcEndpointAwsService.APIGATEWAY
    if not (isinstance(name, Att) and lifter.is_of_type(name, _DATABASE)):
        resource.refuse("ServiceName", name)
    endpoint_service: Expr = ec2.InterfaceVpcEndpointService(lifter.value(name), PORT)
    return endpoint_service
