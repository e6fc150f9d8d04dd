"""One row of the permissions table: principal, action, resource, and reason."""

from dataclasses import dataclass

from advisor.architecture import Node
from advisor.text import Text, bracketed, repeats


@dataclass(frozen=True, slots=True)
class Resource:
    """The resource of a permission: as text, and as in the template."""

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


def title_of(node: Node) -> Text:
    """Return the name of a node: its service, with its role in the design in brackets, which the name of an endpoint says itself."""
    en, ja = ("", "") if node.role == "entry" or repeats(node.title, node.note) else (node.note.en, node.note.ja)
    return bracketed(node.title, Text(en, ja))
