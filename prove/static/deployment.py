"""A template as one environment deploys it: parameters and conditions filled in, texts put together if they are known."""

import re
from collections.abc import Mapping
from typing import Any

_PART = re.compile(r"\$\{([^}!]+)\}")
#: What CloudFormation knows of itself, as an environment might have it.
_PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "amazonaws.com",
}
_WORDS = {"true": True, "false": False}


def deployed(template: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the resources that a deployment makes; `values` are those of its parameters, others take their default."""
    parameters = {
        id: _typed(values.get(id) or str(parameter.get("Default", "")), parameter)
        for id, parameter in template.get("Parameters", {}).items()
    }
    filling = _Filling(template.get("Conditions", {}), parameters)
    resources = {
        id: filling.filled(resource)
        for id, resource in template["Resources"].items()
        if filling.holds(resource.get("Condition"))
    }
    return {"Resources": resources}


def _typed(value: str, parameter: Mapping[str, Any]) -> object:
    """Return a value as CloudFormation understands it: a number, a Boolean, a list or a text."""
    if parameter["Type"] == "Number" and value:
        return float(value) if "." in value else int(value)
    if "List" in parameter["Type"]:
        return [item.strip() for item in value.split(",")]
    return _WORDS.get(value, value)


class _Filling:
    """The conditions of a template and the values of its parameters, filled into what refers to them."""

    def __init__(self, conditions: Mapping[str, Any], parameters: Mapping[str, object]) -> None:
        self._conditions, self._parameters = conditions, parameters

    def holds(self, name: str | None) -> bool:
        """Return whether a condition holds; a resource without one is always made."""
        return name is None or self._truth(self._conditions[name])

    def filled(self, value: Any) -> Any:
        """Return a value with parameters and conditions resolved; a removed one is None."""
        if isinstance(value, list):
            return [item for item in map(self.filled, value) if item is not None]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref":
                return None if argument == "AWS::NoValue" else self._parameters.get(argument, value)
            if name == "Fn::If":
                condition, yes, no = argument
                return self.filled(yes if self.holds(condition) else no)
            if name == "Fn::Sub":
                return self._text(argument)
        items = {key: self.filled(item) for key, item in value.items()}
        return {key: item for key, item in items.items() if item is not None}

    def _text(self, argument: Any) -> Any:
        """Return a text; one that begins with an attribute of a resource joins the rest to it, as the CDK writes it."""
        text, own = (argument, {}) if isinstance(argument, str) else argument
        named = {**_PSEUDO, **self._parameters, **{key: self.filled(item) for key, item in own.items()}}
        whole = _PART.sub(lambda part: str(named.get(part[1], part[1])), text)
        first = _PART.match(text)
        if first is None or first[1] in named or "." not in first[1]:
            return whole
        return {"Fn::Join": ["", [{"Fn::GetAtt": first[1].split(".", 1)}, whole.removeprefix(first[1])]]}

    def _truth(self, value: Any) -> bool:
        ((name, argument),) = value.items()
        if name == "Condition":
            return self.holds(argument)
        if name == "Fn::Not":
            return not self._truth(argument[0])
        if name in ("Fn::And", "Fn::Or"):
            return (all if name == "Fn::And" else any)(map(self._truth, argument))
        if name == "Fn::Equals":
            one, other = (str(self.filled(item)).lower() for item in argument)
            return one == other
        raise ValueError(f"no condition is made with {name}")
