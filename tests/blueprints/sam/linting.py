"""What cfn-lint has to read of templates: the resources that hold something that no template it read before holds.

The proof lints the templates of all stories in full, so that the parts that other designs share with them are read there.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.blueprints.templates import walk
from tests.blueprints.translation import ROLLOUT, findings

Json = dict[str, Any]
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
#: A number, a switch, or a word of those that a property can be: no sentence and no name with variables.
_CHOSEN = re.compile(r"[\w.:/-]{1,40}", re.ASCII)
#: Properties that say what something is called, and members of maps.
_NAMES = (".DependsOn", ".Name", ".PolicyName", ".S3Key", ".Sid", ".*")
_WORD = re.compile(r"\w+")
#: The sections of a template whose entries others refer to.
_SECTIONS = ("Resources", "Parameters", "Conditions", "Mappings", "Rules")


class Linter:
    """Lints templates one after the other, of each only what is new."""

    def __init__(self, read: Iterable[Json] = ()) -> None:
        """Begin with templates that something else lints."""
        self._seen = {feature for template in read for feature in features(template)}

    def findings(self, template: Json, without: tuple[str, ...] = ()) -> list[str]:
        """Return what cfn-lint says about the new part of a template, except by the rules that are left out."""
        part = new_part(template, self._seen)
        self._seen |= set(features(template))
        return findings(json.dumps(part, ensure_ascii=False), without=without) if part else []


def new_part(template: Json, seen: set[tuple[str, str]]) -> Json:
    """Return the resources with a type, property or value that is not in `seen`, and all that they refer to.

    A parameter or condition that nothing refers to stays, so that cfn-lint finds it.
    """
    entries = [(id, entry) for section in _SECTIONS for id, entry in template.get(section, {}).items()]
    words: dict[str, set[str]] = {}
    for id, entry in entries:
        words[id] = words.get(id, set()) | _words(entry)
    outputs = {id: _words(output) & words.keys() for id, output in template.get("Outputs", {}).items()}
    types = _types(template)
    new = {id for id, body in template["Resources"].items() if not seen.issuperset(_features(body, types))}
    for id, output in template.get("Outputs", {}).items():
        new |= outputs[id] if not seen.issuperset(_kinds("Outputs", output, types)) else set()
    used = set().union(*words.values(), *outputs.values())
    if any(body["Type"] == "AWS::CodeDeploy::DeploymentGroup" for body in template["Resources"].values()):
        used.add(ROLLOUT)  # SAM's transform put its value there
    unused = words.keys() - template["Resources"].keys() - used
    if not new | unused:
        return {}
    kept, reached = set[str](), new | unused
    while reached:
        kept |= reached
        reached = {word for id in reached for word in words[id] & words.keys()} - kept
    sections = {
        section: {id: entry for id, entry in template[section].items() if id in kept}
        for section in _SECTIONS
        if section in template
    }
    shown = {id: template["Outputs"][id] for id, named in outputs.items() if named <= kept}
    return {**template, **sections, "Outputs": shown}


def _words(value: Any) -> set[str]:
    """Return the words of all texts in a value: names that it refers to are among them."""
    return {word for text in walk(value) if isinstance(text, str) for word in _WORD.findall(text)}


def features(template: Json) -> Iterator[tuple[str, str]]:
    """Yield the path of each property of each resource and output, with its value, or the kind of it for sentences."""
    types = _types(template)
    for resource in template["Resources"].values():
        yield from _features(resource, types)
    for output in template.get("Outputs", {}).values():
        yield from _kinds("Outputs", output, types)


def _types(template: Json) -> dict[str, str]:
    """Return the type of each resource and parameter."""
    entries = {**template.get("Parameters", {}), **template["Resources"]}
    return {id: str(entry["Type"]) for id, entry in entries.items()}


def _features(resource: Json, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    body = {name: value for name, value in resource.items() if name not in ("Type", "Metadata")}
    kinds = list(_kinds(resource["Type"], body, types))
    yield from kinds
    # What is right by itself can be wrong together, such as the CPU units and the memory of a task.
    yield (
        f"{resource['Type']} together",
        " ".join(sorted(f"{path}={value}" for path, value in kinds if value.isdigit())),
    )


def _kinds(path: str, value: Any, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith(("Fn::", "Ref")):
        yield path, _reference(value, types)
    elif isinstance(value, dict):
        for name, child in value.items():
            # The keys of a map are the user's, and say nothing about a type.
            yield from _kinds(f"{path}.{name if _NAME.fullmatch(name) else '*'}", child, types)
    elif isinstance(value, list):
        for child in value:
            yield from _kinds(f"{path}[]", child, types)
    else:
        chosen = _CHOSEN.fullmatch(f"{value}") and not path.removesuffix("[]").endswith(_NAMES)
        yield path, f"{value}" if chosen else type(value).__name__


def _reference(value: Json, types: Mapping[str, str]) -> str:
    """Return what a reference reads: the function, the type of what it refers to, and the attribute."""
    ((function, argument),) = value.items()
    id, *attribute = argument if isinstance(argument, list) and function == "Fn::GetAtt" else (argument,)
    return " ".join([function, types.get(id, "") if isinstance(id, str) else "", *(f"{name}" for name in attribute)])
