"""ECS containers of services and jobs: their image, and their roles."""

from advisor.architecture import Node
from blueprints.plan import Program
from blueprints.stack.scope import Json, Scope
from blueprints.traits import ec2
from blueprints.values import Image, Ref, Value, family_name

#: Who assumes the roles of a task.
PRINCIPAL = "ecs-tasks.amazonaws.com"
EXECUTION_POLICY = "service-role/AmazonECSTaskExecutionRolePolicy"


def image(program: Program) -> Image:
    """Return the image of a program: in its repository, with the tag that the deployment names."""
    return Image(program.repository, Ref("ImageTag"))


def family(program: Program) -> Value:
    """Return the name that the revisions of a program's task or job definition share.

    It is stated, as a definition without it gets another name with each release:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html (read 2026-11-30)
    """
    return family_name(program.id)


def family_of(scope: Scope, node: Node) -> Value:
    """Return the name that the revisions of a node's task or job definition share."""
    program = scope.plan.program(node.id)
    assert program is not None
    return family(program)


def platform(node: Node) -> Json:
    """Return the instruction set and the operating system of a container on Fargate or on hosts that ECS manages."""
    architecture = "X86_64" if ec2.x86_only(node) else Ref("TaskArchitecture")
    family = ec2.WINDOWS_FAMILY if ec2.windows(node) else "LINUX"
    return {"CpuArchitecture": architecture, "OperatingSystemFamily": family}


def log_configuration(scope: Scope, program: Program) -> Json:
    """Return how a program's container writes to its log group."""
    return {
        "LogDriver": "awslogs",
        "Options": {
            "awslogs-group": Ref(f"{scope.name(program.node.id)}Logs"),
            "awslogs-region": Ref("AWS::Region"),
            "awslogs-stream-prefix": program.id,
        },
    }


def environment(scope: Scope, program: Program) -> Json:
    """Return the environment variables of a program's container, or none if it takes none."""
    variables = scope.environment(program.env, program.node.id)
    return {"Environment": [{"Name": name, "Value": value} for name, value in variables.items()]} if variables else {}
