"""The routes of a generated HTTP interface: routed by API Gateway, and handled by an integration or a program."""

import re
from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from blueprints import settings
from blueprints.naming import pascal
from blueprints.traits import cloudfront, traits_of
from blueprints.traits.served_items import served


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path; `open` means that no authentication is required."""

    method: str
    path: str
    open: bool = False

    @property
    def key(self) -> str:
        """The route as API Gateway spells it."""
        return f"{self.method} {self.path}"

    @property
    def name(self) -> str:
        """The route as part of a logical id, such as `GetItemsId`."""
        return pascal(f"{self.method.lower()} {self.path}")


HEALTH = Route("GET", "/health", open=True)
#: The one route of an API that hands a request on without a function.
ACCEPT = Route("POST", "/items")
#: The routes of one item of a caller that change it.
REPLACE, REMOVE = Route("PUT", "/items/{id}"), Route("DELETE", "/items/{id}")
#: The route at which callers ask for the URL of an upload.
UPLOADS = Route("POST", "/uploads")
#: The routes of one vector of a caller, and that of queries for similar ones.
READ_VECTOR, PUT_VECTOR, REMOVE_VECTOR = (Route(method, "/vectors/{id}") for method in ("GET", "PUT", "DELETE"))
QUERIES = Route("POST", "/queries")
ROUTES = (
    HEALTH,
    Route("GET", "/items"),
    ACCEPT,
    Route("GET", "/items/{id}"),
    REPLACE,
    REMOVE,
    UPLOADS,
    READ_VECTOR,
    PUT_VECTOR,
    REMOVE_VECTOR,
    QUERIES,
)


def routes_to(architecture: Architecture, program: str) -> tuple[Route, ...]:
    """Return the routes that a program serves; an API has no others."""
    does = served(architecture, architecture.node(program))
    by_method = {"GET": does.reads, "POST": does.creates, "PUT": does.changes, "DELETE": does.changes}
    own = {HEALTH: True, UPLOADS: bool(does.upload_bytes)}
    own |= {READ_VECTOR: "read" in does.vectors, PUT_VECTOR: "write" in does.vectors}
    own |= {REMOVE_VECTOR: does.vectors == {"read", "write"}, QUERIES: "read" in does.vectors}
    return tuple(route for route in ROUTES if own.get(route, by_method[route.method]))


#: A part of a path that callers choose.
_PARAMETER = re.compile(r"\{[^}]*\}")
#: Methods that change nothing.
_READING = ("GET", "HEAD")


def open_reads(entry: Node) -> bool:
    """Return whether an entry permits anonymous reads and authenticates writes only."""
    return settings.flag(entry, "open_reads")


def asks(entry: Node, route: Route) -> bool:
    """Return whether an entry authenticates the callers of a route."""
    return not route.open and not (open_reads(entry) and reads(route))


def reads(route: Route) -> bool:
    """Return whether a route changes nothing. A query has a body, because its vector is too long for a URL."""
    return route.method in _READING or route == QUERIES


def paths_of(architecture: Architecture, entry: Node) -> tuple[str, ...]:
    """Return the paths of an entry as CloudFront matches them, where `*` stands for any text."""
    invoked = architecture.leaving(entry.id, "invoke")
    routes = [route for edge in invoked for route in routes_to(architecture, edge.target)] or [ACCEPT]
    return tuple(dict.fromkeys(_PARAMETER.sub("*", route.path) for route in routes))


def called_from_browsers(architecture: Architecture, entry: Node) -> bool:
    """Return whether pages of another host may call an API.

    None calls a private one, or one whose requests a sender signs. Pages with the host name of the API are of the same origin.
    """
    if not traits_of(entry.service).cors or settings.flag(entry, "private"):
        return False
    if cloudfront.with_its_pages(architecture, entry.id):
        return False
    programs = [edge.target for edge in architecture.leaving(entry.id, "invoke")]
    return not programs or any(not architecture.leaving(program, "verify") for program in programs)


def signed(architecture: Architecture, entry: Node) -> bool:
    """Return whether callers of an entry sign their requests with IAM credentials."""
    checked = [architecture.node(edge.target).service for edge in architecture.leaving(entry.id, "authorize")]
    return any(traits_of(service).identity == "credentials" for service in checked)


def starting(service: str) -> str:
    """Return the action by which an API starts a workflow: only an Express workflow can answer with its result."""
    return traits_of(service).start_action
