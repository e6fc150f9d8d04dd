"""Functions: code from the component's folder, a role with its statements written out, a log group of its own."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.attributes import CODE
from blueprints.cdk.context import Context, duration
from blueprints.cdk.fragments import approvals
from blueprints.cdk.modules import cdk, lambda_
from blueprints.cdk.network import placement, private_subnets
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Own, ProjectPath, Ref, Statement, Value
from blueprints.plan import HANDLER, Program
from blueprints.traits.lambda_durable import ALIAS, ALIAS_PART, POLICY, asks, durable
from blueprints.traits.lambda_managed_instances import GIB_PER_VCPU, LEAST_MEMORY_MIB, MANAGED, OPERATOR_POLICY
from blueprints.traits.state_machine import SERVICES

PYTHON_FUNCTION = Own("python_function", "PythonFunction")
#: What every function is allowed: to write its log and its traces.
POLICIES = ("service-role/AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess")
DURABLE_POLICIES = (POLICY, "AWSXrayWriteOnlyAccess")
VPC_POLICY = "service-role/AWSLambdaVPCAccessExecutionRole"

granted(("lambda",), ("call",), ("lambda", *SERVICES, "alb", "api-gateway-http", "api-gateway-rest"))
granted(("lambda",), ("dead-letter",), ("dead-letter-queue",))
granted(("lambda",), ("pull",), ("ecr",))
granted(("lambda",), ("observe",), ("cloudwatch",))


@service("lambda")
def function(context: Context, node: Node) -> Iterator[Statement]:
    """Make a function with its log group, its role and, in a VPC, its security group."""
    program = context.plan.program(node.id)
    if program is None:
        raise ValueError(f"{node.id} has no program.")
    hosted = settings.word(node, "variant") == MANAGED
    placed = context.in_vpc(node.id) and not hosted
    yield log_group(context, node.id)
    policies = (*(DURABLE_POLICIES if durable(node) else POLICIES), *((VPC_POLICY,) if placed else ()))
    allowed = context.statements(node.id)
    if asks(node):
        yield from approvals.topic(context, node)
        allowed.append(approvals.asking(context, node))
    yield context.role(node.id, "lambda.amazonaws.com", allowed, policies=policies)
    options = _size(node) | _durable(node)
    if program.env:
        options["environment"] = context.environment(program.env, node.id)
    options |= common(context, node.id)
    for aside in context.architecture.leaving(node.id, "dead-letter"):
        options["dead_letter_queue"] = context.ref(aside.target)
    if placed:
        options |= placement(context, node)
    made = _image(context, node, program, options) if program.kind == "image-function" else None
    part = CODE if durable(node) else ""
    yield Let(context.name(node.id, part), made or python_function(context.id(node.id), program.directory, options))
    if durable(node):
        yield _alias(context, node)
    if hosted:
        yield from _on_instances(context, node)
    words = Text("Name of the function", "関数名")
    yield output(context, context.id(node.id, "Name"), context.ref(node.id, part).function_name, words)


def _durable(node: Node) -> dict[str, Value]:
    """Return what a function is given to sleep between its steps."""
    if not durable(node):
        return {}
    return {
        "durable_config": lambda_.DurableConfig(
            execution_timeout=duration(settings.number(node, "execution_timeout_s")),
            retention_period=cdk.Duration.days(settings.number(node, "history_days")),
        ),
        "current_version_options": lambda_.VersionOptions(removal_policy=cdk.RemovalPolicy.RETAIN),
    }


def _alias(context: Context, node: Node) -> Let:
    """Return what a durable function is invoked by: whoever refers to the function refers to its alias."""
    version = context.ref(node.id, CODE).current_version
    made = lambda_.Alias(THIS, context.id(node.id, ALIAS_PART), alias_name=ALIAS, version=version)
    why = Text(
        "An execution keeps the version that it began with, so old versions stay.",
        "実行は開始時のバージョンで最後まで動くため、古いバージョンを残す。",
    )
    return Let(context.name(node.id), made, why)


def _on_instances(context: Context, node: Node) -> Iterator[Statement]:
    """Let a function run on instances of the account that Lambda manages; they stand in the VPC."""
    yield context.role(node.id, "lambda.amazonaws.com", (), "OperatorRole", policies=(OPERATOR_POLICY,), confined=True)
    provider = lambda_.CapacityProvider(
        THIS,
        context.id(node.id, "Capacity"),
        subnets=private_subnets(context),
        security_groups=[context.ref(node.id, "SecurityGroup")],
        architectures=[Ref("architecture")],
        operator_role=context.assumed(node.id, "OperatorRole"),
    )
    yield Let(context.name(node.id, "Capacity"), provider)
    options = {"execution_environment_memory_gib_per_v_cpu": GIB_PER_VCPU}
    yield Do(context.ref(node.id, "Capacity").add_function(context.ref(node.id), **options))


def common(context: Context, owner: str, part: str = "") -> dict[str, Value]:
    """Return the options that every function has: its log group and its role."""
    return {
        "architecture": Ref("architecture"),
        "logging_format": lambda_.LoggingFormat.JSON,
        "log_group": context.ref(owner, f"{part}Logs"),
        "role": context.assumed(owner, f"{part}Role"),
    }


def python_function(id: str, folder: str, options: dict[str, Value], handler: str = HANDLER) -> Call:
    """Return a function made of a folder of the project."""
    return PYTHON_FUNCTION(THIS, id, folder=ProjectPath(folder), handler=handler, **options)


def _size(node: Node) -> dict[str, Value]:
    memory = settings.number(node, "memory_mib")
    found: dict[str, Value] = {
        "memory_size": max(LEAST_MEMORY_MIB, memory) if settings.word(node, "variant") == MANAGED else memory,
        "timeout": duration(settings.number(node, "timeout_s")),
    }
    if settings.number(node, "disk_mib") > 512:
        found["ephemeral_storage_size"] = cdk.Size.mebibytes(settings.number(node, "disk_mib"))
    return found


def _image(context: Context, node: Node, program: Program, options: dict[str, Value]) -> Call:
    folder = ProjectPath(program.directory)
    return Own("python_function", "ImageFunction")(THIS, context.id(node.id), folder=folder, **options)
