"""References: values of resources that only exist once they are deployed."""

from dataclasses import dataclass

from advisor.architecture import Edge


@dataclass(frozen=True, slots=True)
class Ref:
    """A deployment-time value of a resource: an attribute of a node, with a suffix.

    `attribute` is a neutral word ("arn", "name", "url", "stream-arn" …) that each target translates for the node's
    service. `suffix` is for ARNs of things within, such as "/*" for the objects of a bucket. For the attributes in
    `OF_CONNECTIONS`, `node` is the id of an edge.
    """

    node: str
    attribute: str
    suffix: str = ""


#: Attributes of what is made for a connection: its event rule, the user of a store and the secret with its password.
OF_CONNECTIONS = frozenset({"rule-arn", "user", "user-arn", "user-secret-arn"})


def attribute_of(edge: Edge, node: str, attribute: str, suffix: str = "") -> Ref:
    """Return a reference to an attribute of the node at an end of an edge, or of the edge's own resource."""
    return Ref(edge.id if attribute in OF_CONNECTIONS else node, attribute, suffix)
