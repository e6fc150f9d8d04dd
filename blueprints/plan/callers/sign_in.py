"""Load balancers that check callers: how the program behind one knows who calls.

A load balancer that signs users in with a browser signs the claims of a signed-in user. Its public keys are on the internet, and no VPC endpoint leads to
them, so a program without a way there relies on its security group alone.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (read 2026-11-28)

One that verifies tokens for programs passes them on as they are: the program reads the caller from the token, and checks
it again, also its audience. The public keys of the identity provider are on the internet, too.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html (read 2026-12-01)
"""

from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.balancing import identities, verifies_tokens
from blueprints.plan.network import reaches_internet
from blueprints.traits import traits_of

#: The environment variable with the ARN of the load balancer that signs.
SIGNER = "LOAD_BALANCER_ARN"


def sign_ins(architecture: Architecture, program: Node) -> Iterator[Edge]:
    """Yield the connections from load balancers that sign in the callers of a program with a browser."""
    for edge in checked(architecture, program):
        if not verifies_tokens(architecture.node(edge.source)):
            yield edge


def token_checks(architecture: Architecture, program: Node) -> Iterator[Edge]:
    """Yield the connections to identity providers by which load balancers verify the tokens of a program's callers."""
    for edge in checked(architecture, program):
        if verifies_tokens(architecture.node(edge.source)):
            yield from identities(architecture, edge)


def asks_provider(architecture: Architecture, *, tokens: bool) -> bool:
    """Return whether a load balancer verifies tokens of an existing provider, or sends callers to its sign-in page."""
    return any(
        traits_of(architecture.node(edge.target).service).identity == "provider"
        for node in architecture.nodes
        if traits_of(node.service).load_balancer and verifies_tokens(node) is tokens
        for edge in architecture.leaving(node.id, "authorize")
    )


def checked(architecture: Architecture, program: Node) -> Iterator[Edge]:
    """Yield the connections from load balancers that check the callers of a program."""
    for edge in architecture.entering(program.id, "invoke"):
        if traits_of(architecture.node(edge.source).service).signed_path and identities(architecture, edge):
            yield edge


def verified(architecture: Architecture, program: Node) -> Iterator[Edge]:
    """Yield those whose signature the program can verify, because it reaches the public keys."""
    if reaches_internet(architecture, program):
        yield from sign_ins(architecture, program)
