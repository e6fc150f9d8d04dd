"""VPC links, by which APIs reach inner load balancers, and the integrations of HTTP APIs that go through them."""

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.compute.services import LISTENER
from blueprints.cdk.lifts.network.load_balancers import BALANCER
from blueprints.cdk.lifts.network.vpc import placement
from blueprints.cdk.modules import apigateway, apigatewayv2, integrations
from blueprints.cdk.tree import THIS, Expr, Let, Value

LINK = "AWS::ApiGatewayV2::VpcLink"
_OVERWRITE, _REMOVE = "overwrite:header.", "remove:header."


@lift("AWS::ApiGateway::VpcLink", ref="vpc_link_id", members={"VpcLinkId": "vpc_link_id"})
def link_of_rest_api(lifter: Lifter, resource: Resource) -> Statements:
    """The link of a REST API to network load balancers."""
    name = lifter.value(resource.take("Name"))
    targets = [lifter.construct(arn, BALANCER) for arn in resource.take("TargetArns")]
    construct = apigateway.VpcLink(THIS, resource.id, vpc_link_name=name, targets=list(targets))
    yield Let(lifter.name(resource), construct)


@lift(LINK, ref="vpc_link_id", members={"VpcLinkId": "vpc_link_id"})
def link_of_http_api(lifter: Lifter, resource: Resource) -> Statements:
    """The link of an HTTP API into the private subnets."""
    options = placement(lifter, resource, "SubnetIds", "SecurityGroupIds")
    construct = apigatewayv2.VpcLink(
        THIS,
        resource.id,
        vpc_link_name=lifter.value(resource.take("Name")),
        vpc=options["vpc"],
        subnets=options["vpc_subnets"],
        security_groups=options["security_groups"],
    )
    yield Let(lifter.name(resource), construct)


def is_private(integration: Resource) -> bool:
    """Return whether an integration of an HTTP API goes through a VPC link."""
    return integration.properties.get("ConnectionType") == "VPC_LINK"


def private_integration(lifter: Lifter, integration: Resource) -> Let:
    """Return the integration with an internal load balancer, which sets or removes the identity header of the caller."""
    integration.expect("IntegrationType", "HTTP_PROXY")
    integration.expect("IntegrationMethod", "ANY")
    integration.expect("ConnectionType", "VPC_LINK")
    integration.expect("PayloadFormatVersion", "1.0")
    seconds, milliseconds = divmod(integration.take("TimeoutInMillis"), 1000)
    if milliseconds:
        integration.refuse("TimeoutInMillis", milliseconds)
    construct = integrations.HttpNlbIntegration(
        integration.id,
        lifter.construct(integration.take("IntegrationUri"), LISTENER),
        vpc_link=lifter.construct(integration.take("ConnectionId"), LINK),
        parameter_mapping=_mapping(lifter, integration),
        timeout=duration(seconds),
    )
    return Let(lifter.name(integration), construct)


def _mapping(lifter: Lifter, integration: Resource) -> Expr:
    mapping: Expr = apigatewayv2.ParameterMapping()
    for name, value in integration.take("RequestParameters").items():
        if name.startswith(_OVERWRITE):
            written: Value = lifter.value(value)
            mapping = mapping.overwrite_header(name.removeprefix(_OVERWRITE), apigatewayv2.MappingValue.custom(written))
        elif name.startswith(_REMOVE) and value == "":
            mapping = mapping.remove_header(name.removeprefix(_REMOVE))
        else:
            integration.refuse(f"RequestParameters.{name}", value)
    return mapping
