"""The template of a stack: sections in CloudFormation's order."""

from blueprints import settings
from blueprints.parameters.parameter import Parameter
from blueprints.plan.description import description
from blueprints.stack.scope import Json, Scope


def body(scope: Scope) -> Json:
    """Return the template as a tree."""
    sections: Json = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": description(scope.plan),
        "Parameters": {parameter.id: _parameter(parameter) for parameter in scope.plan.parameters},
    }
    if scope.conditions:
        sections["Conditions"] = scope.conditions
    return {**sections, "Resources": scope.resources, "Outputs": scope.outputs}


def _parameter(parameter: Parameter) -> Json:
    properties: Json = {"Type": parameter.type}
    if parameter.id == "LogRetentionDays":
        properties["Default"] = settings.DEFAULTS["log_retention_days"]
    elif parameter.default:
        properties["Default"] = parameter.default
    properties["Description"] = parameter.description.en
    if parameter.pattern:
        properties["AllowedPattern"] = parameter.pattern
    if parameter.values:
        properties["AllowedValues"] = (
            [int(v) for v in parameter.values] if parameter.type == "Number" else list(parameter.values)
        )
    return properties
