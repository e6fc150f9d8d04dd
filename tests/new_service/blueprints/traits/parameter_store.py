"""Parameters of AWS Systems Manager Parameter Store."""

from blueprints.traits import Traits

TRAITS = Traits(service="parameter-store", noun="Parameter", interface_endpoints=("ssm",))
