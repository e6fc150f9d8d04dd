"""The resources of statements: as text, and as in the template."""

from collections.abc import Iterator
from functools import cached_property

from advisor.architecture import Node
from advisor.text import EMPTY, Text, quoted, spaced
from blueprints.errors import Unsupported
from blueprints.naming import pascal
from blueprints.permissions.record import Resource, title_of
from blueprints.stack.scope import Scope
from blueprints.traits import NamedResource, traits_of
from blueprints.values import Att, Fn, Value
from blueprints.values.reference import OF_CONNECTIONS
from blueprints.values.reference import Ref as NodeValue
from blueprints.values.spelling import spelled

_ITSELF = NamedResource("arn")


class Resources:
    """The resources of a stack, found by their references and by their values."""

    def __init__(self, stack: Scope) -> None:
        self._stack, self._graph = stack, stack.architecture
        self._edges = {edge.id: edge for edge in self._graph.edges}

    def of_reference(self, ref: NodeValue, holder: str | None, value: Value = None) -> Resource:
        """Return the resource of a reference of the plan, as in the statement of the stack (`value`)."""
        node = self._graph.node(self._edges[ref.node].target if ref.attribute in OF_CONNECTIONS else ref.node)
        named = (
            kind
            for kind in _kinds(node)
            if kind.attribute == ref.attribute and (kind.of_user or kind.suffix == ref.suffix)
        )
        return Resource(_words(next(named, _ITSELF), node), self._spelled(ref, holder, value))

    def of_value(self, value: Value, words: Text = EMPTY) -> Resource:
        """Return the resource of a value of the stack, with the given text or that of its node."""
        text = _text(value)
        known = self._known.get(text)
        return Resource(words if words != EMPTY else known[1] if known else Text.same(text), text)

    def node_of(self, value: Value) -> str:
        """Return the node that a value of the stack names. Raises KeyError if it belongs to no node."""
        return self._known[spelled(value)][0]

    @cached_property
    def _known(self) -> dict[str, tuple[str, Text]]:
        """The nodes of statements by their spelling in the template: the node, and its text."""
        known: dict[str, tuple[str, Text]] = {}
        for node in self._graph.nodes:
            for kind in (_ITSELF, *_kinds(node)):
                try:
                    text = spelled(self._stack.of(node.id, kind.attribute, kind.suffix))
                except (KeyError, TypeError, Unsupported):
                    continue  # the node has no such attribute, or none that has a form inside a text
                known.setdefault(text, (node.id, _words(kind, node)))
        return known

    def _spelled(self, ref: NodeValue, holder: str | None, value: Value) -> str:
        """Return a reference as in the template; without a part, the text of the plan."""
        try:
            return spelled(self._stack.value(ref, holder) if value is None else value)
        except (KeyError, TypeError, Unsupported):
            return spelled(Att(self._stack.name(ref.node), pascal(ref.attribute))) + ref.suffix


def _text(value: Value) -> str:
    """Return a value as a template spells it inside a text, or the name of the function that it is made by."""
    return f"!{value.name}" if isinstance(value, Fn) else spelled(value)


def _kinds(node: Node) -> Iterator[NamedResource]:
    traits = traits_of(node.service)
    for kinds in traits.resources.values():
        yield from kinds
    yield from traits.resources_by_verb.values()


def _words(kind: NamedResource, node: Node) -> Text:
    title, part = title_of(node), quoted(node.own_name) if node.own_name.en else title_of(node)
    return spaced(Text(kind.words.en.format(title.en, part.en), kind.words.ja.format(title.ja, part.ja)))
