"""An existing identity provider that supports OpenID Connect."""

from blueprints.parameters.entries import OIDC
from blueprints.traits import Traits

TRAITS = Traits(
    service="oidc",
    noun="IdentityProvider",
    identity="provider",
    parameters=OIDC,
)
