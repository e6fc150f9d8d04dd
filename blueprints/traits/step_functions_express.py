"""Express workflows of AWS Step Functions: their caller can wait for what comes of them."""

from dataclasses import replace

from blueprints.traits import step_functions_standard

TRAITS = replace(step_functions_standard.TRAITS, service="step-functions-express", interface_endpoints=())
