"""Lambda authorizers: the functions that check tokens for an API which cannot do so itself.

A WebSocket API supports no tokens, and a REST API supports those of Cognito only. That of a WebSocket API is a module
beside the program that it lets callers in to. That of a REST API has a folder of its own: what answers behind it may be
a container, or no program at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.balancing import identities
from blueprints.naming import free
from blueprints.plan.environment import Variable
from blueprints.traits import traits_of
from blueprints.values.reference import Ref

AUTHORIZER_HANDLER = "authorizer.handler"
AUTHORIZER_TIMEOUT_S = 10
AUTHORIZER_MEMORY_MIB = 256
#: How long a REST API goes by an answer of its authorizer: as long may a token be used after it has expired.
ANSWER_KEPT_S = 60
#: The header in which an API tells a container who calls. It sets or removes it on every request, so that no caller can
#: bring one along; an HTTP API refuses to map names that begin with `x-amzn-`.
CALLER_HEADER = "x-caller-id"


@dataclass(frozen=True, slots=True)
class Authorizer:
    """A Lambda authorizer: `entry` is the API node, `directory` its code, `alone` whether it has its own directory.

    `issuer` and `audience` refer to the identity's node (cognito or oidc), attributes "issuer" and "audience".
    """

    entry: str
    directory: str
    issuer: Ref
    audience: Ref
    edge: str
    alone: bool

    @property
    def env(self) -> tuple[Variable, ...]:
        """The two variables that the authorizer's handler reads."""
        return (
            Variable("TOKEN_ISSUER", self.issuer, self.edge),
            Variable("TOKEN_AUDIENCE", self.audience, self.edge),
        )


def _by_function(architecture: Architecture, edge: Edge) -> bool:
    """Whether a function checks the tokens of a connection to an identity."""
    entry, _, identity = (traits_of(service) for service in architecture.key(edge))
    return identity.identity != "" and identity.identity in entry.checked_by_function


def caller_of(architecture: Architecture, entry: str) -> str | None:
    """Return the authentication type of an API, or None if it has none."""
    for edge in architecture.leaving(entry, "authorize"):
        if traits_of(architecture.node(edge.target).service).identity == "credentials":
            return "identity.userArn"
        return "authorizer.principalId" if _by_function(architecture, edge) else "authorizer.claims.sub"
    return None


def knows_callers(architecture: Architecture, node: str) -> bool:
    """Whether an entry passes the identity of the caller to a program."""
    return any(identities(architecture, edge) for edge in architecture.entering(node, "invoke"))


def has_authorizers(architecture: Architecture) -> bool:
    """Whether some function checks tokens."""
    return any(_checked(architecture))


def authorizers_of(architecture: Architecture, directories: Mapping[str, str]) -> Iterator[Authorizer]:
    """Yield the authorizers of an architecture; `directories` are those of its programs, by their nodes."""
    for entry, edge in _checked(architecture):
        alone = traits_of(entry.service).own_authorizer
        own = free(f"src/{entry.subject}-authorizer", directories.values(), "-")
        directory = own if alone else directories[architecture.leaving(entry.id, "invoke")[0].target]
        issuer, audience = Ref(edge.target, "issuer"), Ref(edge.target, "audience")
        yield Authorizer(entry.id, directory, issuer, audience, edge.id, alone)


def _checked(architecture: Architecture) -> Iterator[tuple[Node, Edge]]:
    for entry in architecture.nodes:
        # A function without a folder of its own is a module of the program behind the entry.
        if traits_of(entry.service).own_authorizer or architecture.leaving(entry.id, "invoke"):
            edges = architecture.leaving(entry.id, "authorize")
            yield from ((entry, edge) for edge in edges if _by_function(architecture, edge))
