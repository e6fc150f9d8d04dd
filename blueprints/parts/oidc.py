"""Existing OIDC providers, named by parameters; the authorizers that check their tokens represent them."""

from advisor.architecture import Node
from blueprints.stack.registry import carried, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref

carried(["client"], ["sign-in"], ["oidc"], by="target")


@service(
    "oidc",
    issuer=lambda _s, _n: Ref("OidcIssuer"),
    audience=lambda _s, _n: Ref("OidcAudience"),
    keys=lambda _s, _n: Ref("OidcJwksEndpoint"),
)
def existing_provider(_scope: Scope, _node: Node) -> None:
    """An existing provider, named by parameters; the authorizer that checks its tokens represents it."""
