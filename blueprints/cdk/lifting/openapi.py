"""OpenAPI definitions as files of the project, with placeholders for values that are known only at deployment."""

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
    """Return the definition of an API: its file, and the values of its placeholders."""
    placeholders: dict[str, Any] = {}
    text = json.dumps(_plain(tree, placeholders), indent=2, ensure_ascii=False) + "\n"
    file = ProjectFile(f"{FOLDER}/{snake(id).replace('_', '-')}.json", text)
    return Own("openapi", "definition_of")(file, {name: lifter.value(value) for name, value in placeholders.items()})


def _plain(value: Any, placeholders: dict[str, Any]) -> Any:
    """Return a JSON tree with placeholders for values; `named` collects them."""
    if isinstance(value, Mapping):
        return {key: _plain(item, placeholders) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, placeholders) for item in value]
    if isinstance(value, JsonText):
        return _plain(value.text, placeholders)
    if isinstance(value, Joined):
        return "".join(_plain(part, placeholders) for part in value.parts)
    if isinstance(value, Ref | Att | Fn | Named):
        return _placeholder(value, placeholders)
    if isinstance(value, str) and _NAME.search(value):
        raise NotLifted(f"{value!r} would be read as a name that stands for a value")
    if isinstance(value, str | bool | int | float):
        return value
    raise NotLifted(f"{value!r} has no place in an OpenAPI definition")


def _placeholder(value: Ref | Att | Fn | Named, placeholders: dict[str, Any]) -> str:
    name = _placeholder_name(value, placeholders)
    if placeholders.setdefault(name, value) != value:
        raise NotLifted(f"{name} would stand for {placeholders[name]!r} and for {value!r}")
    return f"${{{name}}}"


def _placeholder_name(value: Ref | Att | Fn | Named, placeholders: Mapping[str, Any]) -> str:
    """Return the placeholder name of a value: `Region`, `WorkFunctionArn`; values of functions are numbered."""
    if isinstance(value, Ref):
        return value.name.rsplit("::", 1)[-1]
    if isinstance(value, Att):
        return value.resource + value.attribute.replace(".", "")
    if isinstance(value, Named):
        return value.name
    names = [name for name, named_value in placeholders.items() if named_value == value]
    return (
        names[0] if names else f"Value{1 + sum(isinstance(named_value, Fn) for named_value in placeholders.values())}"
    )
