"""Nobody waits for a paused database for longer than his request lasts.

An Aurora Serverless v2 cluster with a minimum of 0 ACU pauses; it resumes in about 15 seconds, and in 30 seconds or more
after a day (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html, read
2026-11-27). Work that is tried again later, from a queue or by a workflow, bears that; the caller of an API that gives
up before does not. Where nothing may be paid while idle, the caller has been told of the wait and comes again.

Looked at are functions behind an API, which give up after their own timeout or the integration's.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.vocabulary.demands import MUST
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import FUNCTION
from prove.behaviour.references import allows, named, resource_named, statements_of_role
from prove.readback import Stack
from prove.readback.stack import Resource

RESUMES_S = 30
_IDLE = "nothing-while-idle"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield every database whose pause is longer than a caller waits."""
    stack = evidence.stack
    if _IDLE in (evidence.requirements.workload_answers.get(MUST) or ()):  # type: ignore[operator]
        return
    for cluster in stack.of_type("AWS::RDS::DBCluster"):
        scaling = cluster.properties.get("ServerlessV2ScalingConfiguration") or {}
        if float(scaling.get("MinCapacity", 1)) > 0:
            continue
        for function in stack.of_type(FUNCTION):
            waits = list(_waits(stack, function)) if _uses(stack, function, cluster) else []
            if waits and min(waits) <= RESUMES_S:
                message = f"It pauses; {function.id} answers an API within {min(waits):g} s, and resuming may take {RESUMES_S} s."
                yield Problem("resumes-too-late", cluster.id, message, cluster.type)


def _uses(stack: Stack, function: Resource, cluster: Resource) -> bool:
    return any(
        allows(statement, "rds-data:ExecuteStatement") and cluster.id in named(statement["Resource"])
        for statement in statements_of_role(stack, function.properties.get("Role"))
    )


def _waits(stack: Stack, function: Resource) -> Iterator[float]:
    """Yield how long each API waits for a function, in seconds."""
    own = float(function.properties.get("Timeout", 3))
    for integration in _integrations(stack):
        uri = integration.get("IntegrationUri") or integration.get("Uri")
        target = resource_named(stack, uri, FUNCTION)
        if target is not None and target.id == function.id:
            yield min(own, float(integration.get("TimeoutInMillis", 29000)) / 1000)


def _integrations(stack: Stack) -> Iterator[Mapping[str, Any]]:
    for made in stack.of_type("AWS::ApiGatewayV2::Integration"):
        yield made.properties
    for api in stack.of_type("AWS::ApiGateway::RestApi"):
        yield from (method.get("Integration") or {} for method in (api.properties.get("Methods") or {}).values())
