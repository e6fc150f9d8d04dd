"""An identity provider that exists and speaks OpenID Connect."""

from blueprints.parameters.entries import OIDC
from blueprints.traits import Traits

TRAITS = Traits(
    service="oidc",
    noun="IdentityProvider",
    identity="provider",
    parameters=OIDC,
)
