"""Resolves function aliases in a template to their functions.

Checks of who calls whom, and of who may, ask about functions. Only statements about releases keep the alias:
versions, groups of deployments, and the alarms of a version.
"""

from collections.abc import Mapping
from dataclasses import replace

from prove.readback import Stack
from prove.readback.stack import Resource
from prove.readback.values import Value, references, renamed

ALIAS, VERSION, GROUP = "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::CodeDeploy::DeploymentGroup"
_OF_RELEASES = (ALIAS, VERSION, GROUP, "AWS::CloudWatch::Alarm")
#: Types that name a function by its name.
_BY_NAME = ("AWS::Lambda::Permission", "AWS::Lambda::EventSourceMapping")


def functions_by_alias(stack: Stack) -> Mapping[str, str]:
    """Return the function of each alias, by logical ids."""
    return {
        alias.id: id for alias in stack.of_type(ALIAS) for id, _ in references(alias.properties.get("FunctionName"))
    }


def through_aliases(stack: Stack) -> Stack:
    """Return a stack in which every alias reference refers to its function."""
    functions = functions_by_alias(stack)
    ends = {
        f"${{{function}}}:{stack.resources[alias].properties['Name']}": f"${{{function}}}"
        for alias, function in functions.items()
    }
    resources = {
        id: resource if resource.type in _OF_RELEASES else _read_through(resource, functions, ends)
        for id, resource in stack.resources.items()
    }
    return replace(stack, resources=resources) if functions else stack


def _read_through(resource: Resource, functions: Mapping[str, str], ends: Mapping[str, str]) -> Resource:
    attribute = "" if resource.type in _BY_NAME else ".Arn"

    def name(id: str, of: str) -> str:
        return f"${{{functions[id]}{attribute}}}" if id in functions and not of else f"${{{id}{of}}}"

    properties = {key: _unqualified(renamed(value, name), ends) for key, value in resource.properties.items()}
    return replace(resource, properties=properties)


def _unqualified(value: Value, ends: Mapping[str, str]) -> Value:
    """Return a value with functions by their names if it has the names of their aliases behind them."""
    if isinstance(value, str):
        return ends.get(value, value)
    if isinstance(value, list):
        return [_unqualified(item, ends) for item in value]
    return {key: _unqualified(item, ends) for key, item in value.items()} if isinstance(value, dict) else value
