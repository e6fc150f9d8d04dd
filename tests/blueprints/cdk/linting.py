"""Which templates cfn-lint has to read: those that hold something that no template it read before holds."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")


def holding_more(templates: Mapping[str, Json], linted: Iterable[Json]) -> list[str]:
    """Return the names of the templates with a type, property or kind of value that neither `linted` nor one before has."""
    seen, names = {feature for template in linted for feature in features(template)}, list[str]()
    for name, template in templates.items():
        held = set(features(template))
        if not held <= seen:
            names.append(name)
            seen |= held
    return names


def features(template: Json) -> Iterator[tuple[str, str]]:
    """Yield the path of each property of each resource from its type on, with the kind of its value."""
    for resource in template["Resources"].values():
        body = {name: value for name, value in resource.items() if name not in ("Type", "Metadata")}
        yield from _kinds(resource["Type"], body)


def _kinds(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith(("Fn::", "Ref")):
        yield path, next(iter(value))
    elif isinstance(value, dict):
        for name, child in value.items():
            # The keys of a map are the user's, and say nothing about a type.
            yield from _kinds(f"{path}.{name if _NAME.fullmatch(name) else '*'}", child)
    elif isinstance(value, list):
        for child in value:
            yield from _kinds(f"{path}[]", child)
    else:
        yield path, type(value).__name__
