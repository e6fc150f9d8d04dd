"""A statement that allows something, as a row of the table of all of them: who, what, on what, and why."""

from dataclasses import dataclass

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints.plan import Plan
from blueprints.reference import OF_CONNECTIONS, Ref
from blueprints.sam.spelling import Speller
from blueprints.traits import traits_of

INVOKE = ("lambda:InvokeFunction",)


@dataclass(frozen=True, slots=True)
class Resource:
    """What something is done to: in words, and as the template spells it."""

    words: Text
    template: str


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
    """Makes rows of a plan's table; `spell` says how the template names a resource."""

    def __init__(self, plan: Plan, spell: Speller) -> None:
        self._plan, self._spell, self._graph = plan, spell, plan.architecture
        self._edges = {edge.id: edge for edge in self._graph.edges}

    def resource(self, ref: Ref, holder: str | None) -> Resource:
        """Return what is referred to, as the one that holds the statement spells it."""
        node = self._graph.node(self._edges[ref.node].target if ref.attribute in OF_CONNECTIONS else ref.node)
        named = (one for kinds in traits_of(node.service).resources.values() for one in kinds)
        known = (one.words for one in named if (one.attribute, one.suffix) == (ref.attribute, ref.suffix))
        pattern = next(known, Text("{0}", "{0}"))
        name = called(node)
        words = Text(pattern.en.format(name.en), pattern.ja.format(name.ja))
        return Resource(words, self._spell(ref, holder))

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
