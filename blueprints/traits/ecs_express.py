"""Web services of Amazon ECS Express Mode."""

from dataclasses import replace

from blueprints.traits import ecs, fargate

TRAITS = replace(
    ecs.TRAITS,
    service="ecs-express",
    resident_cost=fargate.TRAITS.resident_cost,
    emulated=False,
)
