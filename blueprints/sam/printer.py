"""The printer of templates: a tree of plain values and CloudFormation functions becomes YAML with short functions."""

import re
from functools import lru_cache
from io import StringIO
from typing import Any

import yaml
from yaml.emitter import Emitter, ScalarAnalysis

from blueprints.values import (
    Att,
    FileText,
    Fn,
    Image,
    Joined,
    MachineImage,
    ManagedPolicy,
    Named,
    Part,
    Ref,
    SecretValue,
    Value,
)
from blueprints.values.json_text import JsonText
from blueprints.values.spelling import in_place

WIDTH = 110
_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_BREAKS = re.compile("[\n\x85\u2028\u2029]")
_EMITTER = Emitter(StringIO(), allow_unicode=True)
_EMITTER.tag_prefixes = dict(Emitter.DEFAULT_TAG_PREFIXES)
_RESOLVER = yaml.resolver.Resolver()


@lru_cache(maxsize=20_000)
def _analysis(scalar: str) -> ScalarAnalysis:
    analysis: ScalarAnalysis = _EMITTER.analyze_scalar(scalar)
    return analysis


@lru_cache(maxsize=1_000)
def _tag(tag: str) -> str:
    return str(_EMITTER.prepare_tag(tag))


@lru_cache(maxsize=20_000)
def _implicit(tag: str, scalar: str) -> tuple[bool, bool]:
    """Return whether a text has a tag without stating it: as it is, and in quotes."""
    detected = _RESOLVER.resolve(yaml.ScalarNode, scalar, (True, False))  # type: ignore[no-untyped-call]
    return tag == detected, tag == _TEXT


class _Dumper(yaml.SafeDumper):
    """YAML dumper with block style, indented lists and no anchors.

    libyaml does not indent lists. Where this differs from PyYAML's in nothing but the time that it takes, its steps are
    shorter: a node without an anchor is written as it comes, and a text that is not broken is written at once.
    """

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def anchor_node(self, node: yaml.Node) -> None:
        """Do nothing: no node has an anchor."""

    def serialize_node(self, node: yaml.Node, parent: yaml.Node | None, index: Any) -> None:
        """Emit a node, which never stands for another."""
        if isinstance(node, yaml.ScalarNode):
            implicit = _implicit(node.tag, node.value)
            self.emit(yaml.ScalarEvent(None, node.tag, implicit, node.value, style=node.style))
        elif isinstance(node, yaml.SequenceNode):
            self.emit(yaml.SequenceStartEvent(None, node.tag, node.tag == _LIST, flow_style=node.flow_style))
            for item in node.value:
                self.serialize_node(item, node, None)
            self.emit(yaml.SequenceEndEvent())
        elif isinstance(node, yaml.MappingNode):
            self.emit(yaml.MappingStartEvent(None, node.tag, node.tag == _MAP, flow_style=node.flow_style))
            for key, value in node.value:
                self.serialize_node(key, node, None)
                self.serialize_node(value, node, key)
            self.emit(yaml.MappingEndEvent())

    def prepare_tag(self, tag: str) -> str:
        """Return a tag as it is written, cached because there are few."""
        return _tag(tag)

    def write_plain(self, text: str, split: bool = True) -> None:
        """Write a text without quotes: at once, unless a space in it may become a line break."""
        if not text or _BREAKS.search(text) or (split and " " in text and self.column + len(text) >= self.best_width):
            super().write_plain(text, split)
            return
        if self.root_context:
            self.open_ended = True
        written = text if self.whitespace else f" {text}"
        self.whitespace = self.indention = False
        self.column += len(written)
        self.stream.write(written)

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        """Return the style that a text permits, cached because templates repeat names and types."""
        return _analysis(scalar)

    def choose_scalar_style(self) -> str:
        """Omit quotes after a short function where YAML does not need them (PyYAML always writes them)."""
        event = self.event
        if isinstance(event, yaml.ScalarEvent) and (event.tag or "").startswith("!") and event.style is None:
            analysis = self.analysis = self.analyze_scalar(event.value)
            if event.value and analysis.allow_block_plain and not self.flow_level:
                return ""
        return str(super().choose_scalar_style())

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _ref(dumper: yaml.SafeDumper, value: Ref) -> yaml.Node:
    return dumper.represent_scalar("!Ref", value.name)


def _att(dumper: yaml.SafeDumper, value: Att) -> yaml.Node:
    return dumper.represent_scalar("!GetAtt", f"{value.resource}.{value.attribute}")


def _joined(dumper: yaml.SafeDumper, value: Joined) -> yaml.Node:
    text, substitutions = substituted(value)
    if substitutions:
        return dumper.represent_sequence("!Sub", [text, substitutions], flow_style=False)
    return dumper.represent_scalar("!Sub", text, style="|" if "\n" in text else None)


def substituted(value: Joined) -> tuple[str, dict[str, Value]]:
    """Return the text of a `!Sub`, and the values that it substitutes by name: those that cannot be written in place.

    ValueError when one name is given to two values.
    """
    substitutions: dict[str, Value] = {}
    return "".join(_in_place(part, substitutions) for part in value.parts), substitutions


def _in_place(part: Part, substitutions: dict[str, Value]) -> str:
    if isinstance(part, Fn):
        name = next((name for name, value in substitutions.items() if value == part), f"Value{len(substitutions) + 1}")
        part = Named(name, part)
    if isinstance(part, Named):
        if substitutions.setdefault(part.name, part.value) != part.value:
            raise ValueError(f"two values are named {part.name}")
        part = Ref(part.name)
    return in_place(part)


def _fn(dumper: yaml.SafeDumper, value: Fn) -> yaml.Node:
    tag = f"!{value.name}"
    if isinstance(value.arguments, list):
        return dumper.represent_sequence(tag, value.arguments, flow_style=False)
    if isinstance(value.arguments, str):
        return dumper.represent_scalar(tag, value.arguments)
    # YAML allows no tag behind a tag: a function of a function has its long form.
    return dumper.represent_mapping("tag:yaml.org,2002:map", {f"Fn::{value.name}": value.arguments})


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(Ref, _ref)
_Dumper.add_representer(Att, _att)
_Dumper.add_representer(Joined, _joined)
_Dumper.add_representer(ManagedPolicy, lambda dumper, value: dumper.represent_data(value.arn))
_Dumper.add_representer(Image, lambda dumper, value: dumper.represent_data(value.uri))
_Dumper.add_representer(SecretValue, lambda dumper, value: dumper.represent_data(value.reference))
_Dumper.add_representer(MachineImage, lambda dumper, value: dumper.represent_data(value.reference))
_Dumper.add_representer(FileText, lambda dumper, value: dumper.represent_data(value.text))
_Dumper.add_representer(JsonText, lambda dumper, value: dumper.represent_data(value.text))
_Dumper.add_representer(Fn, _fn)
_Dumper.add_representer(str, _text)


def to_yaml(value: Any) -> str:
    """Return a value as YAML, its keys in the order in which they were put."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
