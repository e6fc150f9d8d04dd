"""AWS Step Functions Express workflows, whose caller can wait for the result."""

from dataclasses import replace

from blueprints.traits import Client, step_functions_standard

TRAITS = replace(
    step_functions_standard.TRAITS,
    service="step-functions-express",
    start_action="StartSyncExecution",
    client=Client("call", "workflow", sdk_class="SFNClient", awaited=True),
    interface_endpoints=(),
)
