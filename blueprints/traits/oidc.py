"""An identity provider that exists and speaks OpenID Connect."""

from blueprints.traits import Traits

TRAITS = Traits(service="oidc", noun="IdentityProvider")
