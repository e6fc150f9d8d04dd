"""A statement that allows something, as a row of the table of all of them: who, what, on what, and why."""

from dataclasses import dataclass

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints.errors import Unsupported
from blueprints.naming import pascal
from blueprints.plan import Plan
from blueprints.stack.registry import attributes
from blueprints.stack.scope import Scope
from blueprints.traits import traits_of
from blueprints.values import Att, Ref, Value
from blueprints.values.reference import OF_CONNECTIONS
from blueprints.values.reference import Ref as NodeValue
from blueprints.values.spelling import spelled

INVOKE = ("lambda:InvokeFunction",)


@dataclass(frozen=True, slots=True)
class Resource:
    """What something is done to: in words, and as the template spells it."""

    words: Text
    template: str


def resource(words: Text, value: Value) -> Resource:
    """Return what something is done to, from its words and its value in the stack."""
    return Resource(words, spelled(value))


@dataclass(frozen=True, slots=True)
class Permission:
    """One statement that allows something.

    `principal` is the id of the node that may (empty for the network), `words` what it is called, `role` the name of
    its role in the template, or who is let in by the policy of the resource itself (`by_resource`). `edge` is the
    connection as (source, verb, target), None when the node asks for it by itself; `why` its sentence.
    """

    principal: str
    words: Text
    role: str
    by_resource: bool
    actions: tuple[str, ...]
    resources: tuple[Resource, ...]
    edge: tuple[str, str, str] | None
    why: Text


def called(node: Node) -> Text:
    """Return what a node is called: its service, with what it is here in brackets."""
    en, ja = node.note.en, node.note.ja
    return Text(f"{node.title.en} ({en})" if en else node.title.en, f"{node.title.ja}（{ja}）" if ja else node.title.ja)


class Rows:
    """Makes rows of a plan's table, in which resources are spelled as a template names them."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._graph = plan, plan.architecture
        self._edges = {edge.id: edge for edge in self._graph.edges}
        self._scope = Scope(plan, "en", attributes())

    def resource(self, ref: NodeValue, holder: str | None) -> Resource:
        """Return what is referred to, as the one that holds the statement spells it."""
        node = self._graph.node(self._edges[ref.node].target if ref.attribute in OF_CONNECTIONS else ref.node)
        named = (one for kinds in traits_of(node.service).resources.values() for one in kinds)
        known = (one.words for one in named if (one.attribute, one.suffix) == (ref.attribute, ref.suffix))
        pattern = next(known, Text("{0}", "{0}"))
        name = called(node)
        words = Text(pattern.en.format(name.en), pattern.ja.format(name.ja))
        return Resource(words, self._spelled(ref, holder))

    def _spelled(self, ref: NodeValue, holder: str | None) -> str:
        """Return a reference as the template spells it for a node; what has no part here yet goes by the plan's words."""
        try:
            return spelled(self._scope.value(ref, holder))
        except (KeyError, TypeError, Unsupported):
            return spelled(Att(self._plan.name(ref.node), pascal(ref.attribute))) + ref.suffix

    def outside(self, node: str) -> Value:
        """Return the parameter that says what stands outside."""
        return Ref(self._plan.parameter(node).id)

    def let(self, edge: Edge, who: str, actions: tuple[str, ...], resource: Resource) -> Permission:
        """Return what a resource lets the source of a connection do, which it knows as `who`."""
        source = self._graph.node(edge.source)
        key = (edge.source, edge.verb, edge.target)
        return Permission(source.id, called(source), who, True, actions, (resource,), key, edge.sentence)

    def row(
        self,
        node: Node,
        role: str,
        actions: tuple[str, ...],
        found: list[Resource],
        edge: Edge | None,
        why: Text = EMPTY,
    ) -> Permission:
        """Return what a role of a node holds for a connection, or by itself for a reason."""
        key = None if edge is None else (edge.source, edge.verb, edge.target)
        sentence = why if edge is None else edge.sentence
        return Permission(node.id, called(node), role, False, actions, tuple(found), key, sentence)
