"""Lambda functions: code, configuration, event source mappings and permissions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.parts.sqs import QUEUES
from blueprints.plan import HANDLER, RUNTIME, Program, region_of
from blueprints.plan.callers.tenants import PER_TENANT, TENANCY, has_tenants
from blueprints.shared import approvals
from blueprints.shared.arrivals import ARRIVAL_ATTRIBUTES
from blueprints.shared.event_source_mappings import MAPPING, PARTIAL_FAILURES, source_id
from blueprints.shared.function_releases import PUBLISHED, alias_of, gradual_release, name_with_alias, version_of
from blueprints.shared.logs import log_group
from blueprints.shared.outside_effects import EFFECT_ATTRIBUTES
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import policy, role, trust
from blueprints.shared.tables import changes_of_items
from blueprints.stack.registry import carried, connection, itself, service
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import callbacks
from blueprints.traits.approvals import API, FUNCTION, TABLE, TOPIC
from blueprints.traits.function_releases import MANAGED, published, shifted
from blueprints.traits.function_snapshots import RESTORED, restored
from blueprints.traits.lambda_durable import asks, durable
from blueprints.traits.lambda_managed_instances import GIB_PER_VCPU, LEAST_MEMORY_MIB, OPERATOR_POLICY
from blueprints.values import Att, Ref, Value
from blueprints.values.json_text import JsonText

carried(PROGRAMS, ["call"], ["lambda"])


@service(
    "lambda",
    name=itself,
    arn=lambda scope, node: invoked(scope, node),
    invoked_name=lambda scope, node: invoked_name(scope, node),
    version=lambda scope, node: version_of(scope.main(node.id)),
    approvals_table=lambda scope, node: Ref(TABLE),
    approvals_topic_arn=lambda scope, node: Ref(TOPIC),
    approvals_url=lambda scope, node: approvals.address(),
    approvals_name=lambda scope, node: Ref(FUNCTION),
    approvals_invoked_name=lambda scope, node: name_with_alias(FUNCTION),
    approvals_version=lambda scope, node: version_of(FUNCTION),
    approvals_api=lambda scope, node: Ref(API),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
    **EFFECT_ATTRIBUTES,
    **ARRIVAL_ATTRIBUTES,
)
def function(scope: Scope, node: Node) -> None:
    """A function from its directory or image, in the VPC if the design requires it."""
    program = scope.plan.program(node.id)
    assert program is not None
    id = scope.name(node.id)
    logs = log_group(scope, f"{id}Logs", node=node.id)
    properties: Json = {
        **_code(scope, program),
        "Architectures": [Ref("FunctionArchitecture")],
        "Timeout": settings.number(node, "timeout_s"),
        "MemorySize": settings.number(node, "memory_mib"),
        "Tracing": "Active",
        "LoggingConfig": {"LogGroup": logs, "LogFormat": "JSON"},
    }
    disk = settings.number(node, "disk_mib")
    if disk > 512:
        properties["EphemeralStorage"] = {"Size": disk}
    variables = scope.environment(program.env, node.id)
    if variables:
        properties["Environment"] = {"Variables": variables}
    # SAM's transform lets a function send to its own dead-letter queue by itself.
    own = () if _changes(scope, node.id) else scope.architecture.leaving(node.id, "dead-letter")
    statements = scope.statements(node.id, without={edge.id for edge in own})
    if asks(node):
        statements += approvals.asking(node)
    if (machine := callbacks.awaiting(scope.architecture, node)) is not None:
        statements.append(allow(callbacks.SID, ["dynamodb:PutItem"], [scope.of(machine.id, callbacks.TABLE_ARN)]))
    if statements:
        properties["Policies"] = [policy(statements)]
    network = scope.plan.network
    if settings.word(node, "variant") == MANAGED:
        properties |= _on_instances(scope, node)
    elif network is not None and node.id in network.members:
        group = Ref(f"{id}SecurityGroup")
        properties["VpcConfig"] = {"SubnetIds": scope.subnets(), "SecurityGroupIds": [group]}
    if has_tenants(scope.plan, node):
        properties[TENANCY] = PER_TENANT
    if durable(node):
        properties["DurableConfig"] = _durable(node)
    if published(node):
        properties |= gradual_release(scope, id) if shifted(node) else PUBLISHED
    if restored(scope.architecture, node, region_of(scope.plan.design)):
        properties |= RESTORED
    scope.add(id, "AWS::Serverless::Function", properties, node=node.id)
    if program.kind == "image-function":
        _image_metadata(scope, id, program)
    scope.output(f"{id}Name", Ref(id), "Name of the function")


def _durable(node: Node) -> Json:
    """The configuration of a durable function. An execution keeps the version that it began with."""
    return {
        "ExecutionTimeout": settings.number(node, "execution_timeout_s"),
        "RetentionPeriodInDays": settings.number(node, "history_days"),
    }


def invoked(scope: Scope, node: Node) -> Value:
    """Return the ARN by which a function is invoked: its alias, if it has one."""
    id = scope.main(node.id)
    return alias_of(id) if published(node) else Att(id, "Arn")


def invoked_name(scope: Scope, node: Node) -> Value:
    """Return the name by which a program invokes a function: its own, with its alias behind it."""
    id = scope.main(node.id)
    return name_with_alias(id) if published(node) else Ref(id)


def _on_instances(scope: Scope, node: Node) -> Json:
    """The capacity provider of Lambda Managed Instances, in the VPC."""
    id = scope.name(node.id)
    operator = role(
        scope,
        f"{id}OperatorRole",
        trust("lambda.amazonaws.com", confined=True),
        [],
        node=node.id,
        policies=[OPERATOR_POLICY],
    )
    provider = {
        "VpcConfig": {"SubnetIds": scope.subnets(), "SecurityGroupIds": [Ref(f"{id}SecurityGroup")]},
        "PermissionsConfig": {"CapacityProviderOperatorRoleArn": operator},
        "InstanceRequirements": {"Architectures": [Ref("FunctionArchitecture")]},
    }
    scope.add(f"{id}Capacity", "AWS::Lambda::CapacityProvider", provider, node=node.id)
    return {
        "MemorySize": max(LEAST_MEMORY_MIB, settings.number(node, "memory_mib")),
        "CapacityProviderConfig": {
            "Arn": Att(f"{id}Capacity", "Arn"),
            "ExecutionEnvironmentMemoryGiBPerVCpu": GIB_PER_VCPU,
        },
    }


def _code(scope: Scope, program: Program) -> Json:
    if program.kind == "image-function":
        return {"PackageType": "Image"}
    return {"CodeUri": f"{program.directory}/", "Handler": HANDLER, "Runtime": RUNTIME}


def _image_metadata(scope: Scope, id: str, program: Program) -> None:
    """The image metadata for `sam build`; `sam deploy` pushes the image to a repository."""
    build = {"DockerContext": program.directory, "Dockerfile": "Dockerfile", "DockerTag": "built"}
    scope.resources[id]["Metadata"] |= build


def permission(scope: Scope, id: str, function_node: str, principal: str, source: object, edge: str) -> None:
    """Allow a service to invoke a function on behalf of one of its resources."""
    node = scope.architecture.node(function_node)
    _permit(scope, id, qualified(scope, node), principal, source, edge)


def qualified(scope: Scope, node: Node) -> Value:
    """Return the name by which a permission or an event source mapping refers to a function."""
    return invoked(scope, node) if published(node) else Ref(scope.main(node.id))


def permit(scope: Scope, id: str, edge: Edge, arn: object, principal: str, source: object) -> None:
    """Allow a service to invoke the function at an end of an edge, which may be an existing one."""
    if scope.architecture.node(edge.target).kind != "outside":
        permission(scope, id, edge.target, principal, source, edge.id)
        return
    _permit(scope, id, arn, principal, source, edge.id)


def _permit(scope: Scope, id: str, name: object, principal: str, source: object, edge: str) -> None:
    properties = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": name,
        "Principal": principal,
        "SourceArn": source,
    }
    scope.add(id, "AWS::Lambda::Permission", properties, edge=edge)


@connection(QUEUES, "consume", ["lambda"])
def consumes_queue(scope: Scope, edge: Edge) -> None:
    """Add the event source mapping of the queue, with partial batch responses."""
    queue, node = scope.architecture.node(edge.source), scope.architecture.node(edge.target)
    properties: Json = {
        "EventSourceArn": scope.of(queue.id, "arn"),
        "FunctionName": qualified(scope, node),
        "BatchSize": settings.number(node, "batch_size"),
        "FunctionResponseTypes": PARTIAL_FAILURES,
    }
    if queue.service == "sqs":
        properties["MaximumBatchingWindowInSeconds"] = settings.number(node, "batch_window_s")
    if max_concurrency := settings.number(node, "max_concurrency"):
        properties["ScalingConfig"] = {"MaximumConcurrency": max_concurrency}
    scope.add(source_id(scope, edge), MAPPING, properties, edge=edge.id)


@connection(["kinesis"], "consume", ["lambda"])
def consumes_stream(scope: Scope, edge: Edge) -> None:
    """Add the event source mapping of the stream, which bisects failing batches before the dead-letter queue."""
    _stream(scope, edge, scope.of(edge.source, "arn"))


@connection(["dynamodb"], "stream", ["lambda"])
def consumes_table_changes(scope: Scope, edge: Edge) -> None:
    """Add the event source mapping of the table's stream, without results that programs keep beside its items."""
    pattern = changes_of_items(scope.architecture, edge.source)
    filters = {"FilterCriteria": {"Filters": [{"Pattern": JsonText(pattern)}]}} if pattern else {}
    _stream(scope, edge, scope.of(edge.source, "stream-arn"), filters)


def _stream(scope: Scope, edge: Edge, source: Any, filters: Mapping[str, Any] = MappingProxyType({})) -> None:
    node = scope.architecture.node(edge.target)
    properties: Json = {
        "EventSourceArn": source,
        "FunctionName": qualified(scope, node),
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": settings.number(node, "batch_size"),
        "MaximumBatchingWindowInSeconds": settings.number(node, "batch_window_s"),
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 5,
        "FunctionResponseTypes": PARTIAL_FAILURES,
        **filters,
    }
    if (at_once := settings.number(node, "parallelization")) > 1:
        properties["ParallelizationFactor"] = at_once
    scope.add(source_id(scope, edge), MAPPING, properties, edge=edge.id)


@connection(["lambda"], "dead-letter", ["dead-letter-queue"])
def function_dead_letters(scope: Scope, edge: Edge) -> None:
    """Send failed asynchronous events, or the positions of changes that failed, to the dead-letter queue."""
    queue, changes = scope.of(edge.target, "arn"), _changes(scope, edge.source)
    for reading in changes:
        id = source_id(scope, reading)
        scope.properties(id)["DestinationConfig"] = {"OnFailure": {"Destination": queue}}
        scope.carry(id, edge.id)
    if not changes:
        id = scope.main(edge.source)
        scope.properties(id)["DeadLetterQueue"] = {"Type": "SQS", "TargetArn": queue}
        scope.carry(id, edge.id)


def _changes(scope: Scope, function: str) -> tuple[Edge, ...]:
    """Return the connections through which a function receives table changes; it sends failed records with its own role."""
    return scope.architecture.entering(function, "stream")
