"""Function URLs of AWS Lambda."""

from blueprints.traits import Traits

TRAITS = Traits(service="lambda-function-url")
