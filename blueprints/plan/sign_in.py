"""Sign-in at load balancers: how the program behind one knows that the load balancer has named the caller.

A load balancer signs the claims of a signed-in user. Its public keys are on the internet, and no VPC endpoint leads to
them, so a program without a way there relies on its security group alone.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (read 2026-11-28)
"""

from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.balancing import identities
from blueprints.plan.network import reaches_internet
from blueprints.traits import traits_of

#: The environment variable with the ARN of the load balancer that signs.
SIGNER = "LOAD_BALANCER_ARN"


def sign_ins(architecture: Architecture, program: Node) -> Iterator[Edge]:
    """Yield the connections from load balancers that sign in the callers of a program."""
    for edge in architecture.entering(program.id, "invoke"):
        if traits_of(architecture.node(edge.source).service).signed_path and identities(architecture, edge):
            yield edge


def verified(architecture: Architecture, program: Node) -> Iterator[Edge]:
    """Yield those whose signature the program can verify, because it reaches the public keys."""
    if reaches_internet(architecture, program):
        yield from sign_ins(architecture, program)
