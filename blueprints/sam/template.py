"""The template of a stack: sections in CloudFormation's order."""

from advisor.text import Lang
from blueprints import settings
from blueprints.parameters.parameter import Parameter
from blueprints.plan.description import description
from blueprints.stack.scope import Json, Scope


def body(scope: Scope) -> Json:
    """Return the template as a tree."""
    sections: Json = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": description(scope.plan, scope.lang),
        "Parameters": {one.id: _parameter(one, scope.lang) for one in scope.plan.parameters},
    }
    if scope.conditions:
        sections["Conditions"] = scope.conditions
    return {**sections, "Resources": scope.resources, "Outputs": scope.outputs}


def _parameter(one: Parameter, lang: Lang) -> Json:
    made: Json = {"Type": one.type}
    if one.id == "LogRetentionDays":
        made["Default"] = settings.DEFAULTS["log_retention_days"]
    else:
        made["Default"] = one.default
    made["Description"] = one.description.in_(lang)
    if one.pattern:
        made["AllowedPattern"] = one.pattern
    if one.values:
        made["AllowedValues"] = [int(v) for v in one.values] if one.type == "Number" else list(one.values)
    return made
