"""Amazon CloudFront."""

from blueprints.traits import Traits

TRAITS = Traits(service="cloudfront", noun="Distribution")
