"""Parameters of Parameter Store."""

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.tree import THIS, Let, Module

_ssm = Module("aws_ssm", "ssm")


@lift("AWS::SSM::Parameter", ref="parameter_name")
def parameter(lifter: Lifter, resource: Resource) -> Statements:
    """A parameter that holds a text."""
    resource.expect("Type", "String")
    made = _ssm.StringParameter(
        THIS, resource.id, description=resource.take("Description"), string_value=resource.take("Value")
    )
    yield Let(lifter.name(resource), made)
