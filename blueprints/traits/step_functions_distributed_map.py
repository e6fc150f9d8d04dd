"""Distributed maps of AWS Step Functions."""

from dataclasses import replace

from blueprints.traits import step_functions_standard

TRAITS = replace(
    step_functions_standard.TRAITS,
    service="step-functions-distributed-map",
    noun="",
    variables=(),
    interface_endpoints=(),
)
