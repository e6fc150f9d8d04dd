"""OpenAPI definitions as files of the project: a name stands for each value that only a deployment knows."""

import json
import re
from collections.abc import Mapping
from typing import Any

from blueprints.cdk.lifting.lifter import Lifter
from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.tree import Call, Own, ProjectFile
from blueprints.naming import snake
from blueprints.values import Att, Fn, Joined, Named, Ref
from blueprints.values.json_text import JsonText

FOLDER = "openapi"
#: What the project's own reader takes for a name.
_NAME = re.compile(r"\$\{\w+\}")


def definition(lifter: Lifter, id: str, tree: Mapping[str, Any]) -> Call:
    """Return the definition of an API: its file, and the values for the names in it."""
    named: dict[str, Any] = {}
    text = json.dumps(_plain(tree, named), indent=2, ensure_ascii=False) + "\n"
    file = ProjectFile(f"{FOLDER}/{snake(id).replace('_', '-')}.json", text)
    return Own("openapi", "definition_of")(file, {name: lifter.value(value) for name, value in named.items()})


def _plain(value: Any, named: dict[str, Any]) -> Any:
    """Return a tree of JSON, with names for values; `named` collects what they stand for."""
    if isinstance(value, Mapping):
        return {key: _plain(one, named) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, named) for one in value]
    if isinstance(value, JsonText):
        return _plain(value.text, named)
    if isinstance(value, Joined):
        return "".join(_plain(part, named) for part in value.parts)
    if isinstance(value, Ref | Att | Fn | Named):
        return _placeholder(value, named)
    if isinstance(value, str) and _NAME.search(value):
        raise NotLifted(f"{value!r} would be read as a name that stands for a value")
    if isinstance(value, str | bool | int | float):
        return value
    raise NotLifted(f"{value!r} has no place in an OpenAPI definition")


def _placeholder(value: Ref | Att | Fn | Named, named: dict[str, Any]) -> str:
    name = _called(value, named)
    if named.setdefault(name, value) != value:
        raise NotLifted(f"{name} would stand for {named[name]!r} and for {value!r}")
    return f"${{{name}}}"


def _called(value: Ref | Att | Fn | Named, named: Mapping[str, Any]) -> str:
    """Return what a value is called in a definition: `Region`, `WorkFunctionArn`; a function's value has a number."""
    if isinstance(value, Ref):
        return value.name.rsplit("::", 1)[-1]
    if isinstance(value, Att):
        return value.resource + value.attribute.replace(".", "")
    if isinstance(value, Named):
        return value.name
    known = [name for name, one in named.items() if one == value]
    return known[0] if known else f"Value{1 + sum(isinstance(one, Fn) for one in named.values())}"
