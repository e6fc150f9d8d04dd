"""Containers that ECS starts, for a service or for a job: their image, and the roles that ECS takes."""

from blueprints.plan import Program
from blueprints.values import Image, Ref

#: Who assumes the roles of a task.
PRINCIPAL = "ecs-tasks.amazonaws.com"
EXECUTION_POLICY = "service-role/AmazonECSTaskExecutionRolePolicy"


def image(program: Program) -> Image:
    """Return the image of a program: in its repository, with the tag that the deployment names."""
    return Image(program.repository, Ref("ImageTag"))
