"""The path and the permitted callers of each service behind a shared load balancer."""

from advisor.architecture.graph import Architecture, Edge, Node

#: Setting of a node or an edge: the components that it is for, where it is for several or for some.
COMPONENTS = "components"
#: Setting of a connection from a load balancer to a service: under which path it gets the requests.
PATH = "path"
#: Setting of a load balancer: it verifies a token in each request, because its callers are programs and have no browser.
TOKENS = "caller_tokens"


def is_shared(node: Node) -> bool:
    """Return whether several services share a load balancer through listener rules."""
    return node.role == "entry" and COMPONENTS in node.settings


def sharing(node: Node) -> tuple[str, ...]:
    """Return the components whose services share a load balancer, or none if it has one service alone."""
    components = node.settings.get(COMPONENTS)
    return components if is_shared(node) and isinstance(components, tuple) else ()


def verifies_tokens(node: Node) -> bool:
    """Return whether a load balancer verifies tokens of callers, and does not sign them in with a browser."""
    return node.settings.get(TOKENS) is True


def components_of(edge: Edge) -> tuple[str, ...]:
    """Return the components that a connection of a shared load balancer serves; empty if the load balancer is not shared."""
    value = edge.settings.get(COMPONENTS, ())
    return value if isinstance(value, tuple) else ()


def path_of(edge: Edge) -> str:
    """Return the path under which a service gets its requests, or "" if it gets all of them."""
    return str(edge.settings.get(PATH, ""))


def path_before(architecture: Architecture, node: str) -> str:
    """Return the path prefix of a program, or "" if it receives all requests of its entry."""
    return next((path for edge in architecture.entering(node, "invoke") if (path := path_of(edge))), "")


def path_to(balancer: Node, component: str) -> str:
    """Return the path of a component behind an entry, or "" if that is its own."""
    return f"/{component}" if is_shared(balancer) else ""


def identities(architecture: Architecture, invoked: Edge) -> tuple[Edge, ...]:
    """Return the connections by which an entry checks the callers of one program."""
    component = architecture.node(invoked.target).subject
    checking = architecture.leaving(invoked.source, "authorize")
    return tuple(edge for edge in checking if component in (components_of(edge) or (component,)))
