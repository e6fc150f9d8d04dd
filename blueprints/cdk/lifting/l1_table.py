"""The L1 classes of resource types without an L2 mapping, in Python and TypeScript.

`l1.json` is made from the jsii assembly of the pinned library by `python -m prove.l1_table`; a test compares it with
the library. It has one line for each type: the class, its properties and what their objects are called, the classes
of those objects, and the attributes, all as TypeScript names them; Python's names follow from them by rule.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from keyword import iskeyword
from typing import Any

from blueprints.cdk.lifting.resource import NotLifted

FILE = "l1.json"
#: Before the name of an object's class: the property is a mapping from free keys to such objects.
MAP = "*"
#: In place of the name of a class: a list of plain values; a plain value that may be one which only exists once deployed
#: (the library lets no text stand for a boolean).
LIST = "[]"
RESOLVABLE = "?"
Shapes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Type:
    """One resource type: `properties` and each of `structs` map a TypeScript name to the struct it takes, or ""."""

    name: str
    module: str
    kind: str
    properties: Shapes
    structs: Mapping[str, Shapes]
    attributes: tuple[str, ...]

    def property(self, key: str, struct: str = "") -> tuple[str, str]:
        """Return how TypeScript names a property of CloudFormation, and its struct. Raises NotLifted for an unknown one."""
        shapes = self.structs[struct] if struct else self.properties
        for name, inner in shapes.items():
            if name.lower() == key.lower():
                return name, inner
        raise NotLifted(f"aws-cdk-lib knows no {key} of {self.name} {struct}".rstrip() + _AGAIN)

    def attribute(self, name: str) -> str:
        """Return the member that holds an attribute, as TypeScript names it. Raises NotLifted for an unknown one."""
        lower_name = "attr" + name.replace(".", "").lower()
        for member in self.attributes:
            if member.lower() == lower_name:
                return member
        raise NotLifted(f"aws-cdk-lib knows no attribute {name} of {self.name}{_AGAIN}")


_AGAIN = "; `python -m prove.l1_table` makes the table of types anew"


@cache
def types() -> Mapping[str, Type]:
    """Return the table by the names of types."""
    rows = json.loads(files("blueprints.cdk.lifting").joinpath(FILE).read_text("utf-8"))
    return {name: _row(name, row) for name, row in rows.items()}


def type_of(name: str) -> Type:
    """Return a type. Raises NotLifted if the table does not have it."""
    if name not in types():
        raise NotLifted(f"{name} has no lift, and is not in the table of L1 classes{_AGAIN}")
    return types()[name]


def _row(name: str, row: Mapping[str, Any]) -> Type:
    module, kind = row["class"].rsplit(".", 1)
    return Type(name, module, kind, row["properties"], row.get("structs", {}), tuple(row.get("attributes", ())))


def python_name(name: str) -> str:
    """Return the Python name of a jsii member: `visibilityTimeout` becomes `visibility_timeout`."""
    words = re.sub(r"([KMG])iB(?![a-z])", r"\1ib", name)
    words = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", words)
    snake = re.sub(r"([a-z\d])([A-Z])", r"\1_\2", words).lower()
    return f"{snake}_" if iskeyword(snake) else snake


@cache
def spellings() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return the TypeScript option names of each L1 class and struct: (module, class) -> Python -> TypeScript."""
    options: dict[tuple[str, str], Mapping[str, str]] = {}
    for type in types().values():
        options[type.module, type.kind] = {python_name(name): name for name in type.properties}
        for struct, shapes in type.structs.items():
            options[type.module, f"{type.kind}.{struct}"] = {python_name(name): name for name in shapes}
    return options


@cache
def attributes() -> Mapping[str, str]:
    """Return the TypeScript attribute names of L1 classes by their Python names."""
    return {python_name(name): name for type in types().values() for name in type.attributes}
