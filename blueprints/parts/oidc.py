"""Identity providers that exist: parameters name them, and what checks their tokens stands for them."""

from advisor.architecture import Node
from blueprints.stack.registry import carried, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref

carried(["client"], ["sign-in"], ["oidc"], by="target")


@service("oidc", issuer=lambda _s, _n: Ref("OidcIssuer"), audience=lambda _s, _n: Ref("OidcAudience"))
def existing_provider(_scope: Scope, _node: Node) -> None:
    """A provider that exists: parameters name it, and what checks its tokens stands for it."""
