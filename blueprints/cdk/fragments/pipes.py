"""Pipes: changes of a table, records of a stream or messages of a queue that start something each."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import pipes
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Expr, Item, Let, Ref, Statement, Value
from blueprints.traits.ec2 import on_instances
from blueprints.traits.lambda_durable import durable
from blueprints.traits.state_machine import SERVICES
from blueprints.traits.state_machine_tasks import CONTAINER

PIPE = pipes.CfnPipe

granted(("dynamodb",), ("stream",), ("eventbridge-pipes",))
granted(("kinesis", "sqs", "sqs-fifo"), ("consume",), ("eventbridge-pipes",))
granted(("eventbridge-pipes",), ("start",), (*SERVICES, "lambda", "ecs"))
granted(("eventbridge-pipes",), ("dead-letter",), ("dead-letter-queue",))

#: Service of the source -> (attribute, option, struct).
_SOURCES: Mapping[str, tuple[str, str, str]] = {
    "dynamodb": ("stream-arn", "dynamo_db_stream_parameters", "PipeSourceDynamoDBStreamParametersProperty"),
    "kinesis": ("arn", "kinesis_stream_parameters", "PipeSourceKinesisStreamParametersProperty"),
    "sqs": ("arn", "sqs_queue_parameters", "PipeSourceSqsQueueParametersProperty"),
    "sqs-fifo": ("arn", "sqs_queue_parameters", "PipeSourceSqsQueueParametersProperty"),
}


@service("eventbridge-pipes")
def pipe(context: Context, node: Node) -> Iterator[Statement]:
    """Make a pipe from what enters it to what it starts. There is no construct for pipes above the plain resource."""
    graph = context.architecture
    entering = [edge for edge in graph.entering(node.id) if edge.verb in ("stream", "consume")]
    starting = graph.leaving(node.id, "start")
    yield context.role(node.id, "pipes.amazonaws.com", context.statements(node.id), confined=True)
    options = _source(context, node, entering[0]) | _target(context, starting[0])
    role = context.ref(node.id, "Role").role_arn
    made = PIPE(THIS, context.id(node.id), role_arn=role, desired_state="RUNNING", **options)
    yield Let(context.name(node.id), made)
    words = Text("Name of the pipe", "パイプ名")
    yield output(context, context.id(node.id, "Name"), context.ref(node.id).ref, words)


def _source(context: Context, node: Node, edge: Edge) -> dict[str, Value]:
    service = context.node(edge.source).service
    attribute, option, struct = _SOURCES[service]
    settings_: dict[str, Value] = {"batch_size": 1}
    if not service.startswith("sqs"):
        settings_ |= {"starting_position": "TRIM_HORIZON", "maximum_retry_attempts": 5}
        for aside in context.architecture.leaving(node.id, "dead-letter"):
            arn = context.value_of(aside.target, "arn")
            settings_["dead_letter_config"] = PIPE.DeadLetterConfigProperty(arn=arn)
    parameters = PIPE.PipeSourceParametersProperty(**{option: getattr(PIPE, struct)(**settings_)})
    return {"source": context.value_of(edge.source, attribute), "source_parameters": parameters}


def _target(context: Context, edge: Edge) -> dict[str, Value]:
    node = context.node(edge.target)
    if node.service == "ecs":
        parameters = PIPE.PipeTargetParametersProperty(ecs_task_parameters=_task(context, node))
        return {"target": context.value_of(node.id, "cluster-arn"), "target_parameters": parameters}
    # A machine and a durable function go on by themselves; a function is waited for, so that a failure is tried again.
    named: Call = PIPE.PipeTargetStateMachineParametersProperty(invocation_type="FIRE_AND_FORGET")
    option = "step_function_state_machine_parameters"
    if node.service == "lambda":
        kind = "FIRE_AND_FORGET" if durable(node) else "REQUEST_RESPONSE"
        named = PIPE.PipeTargetLambdaFunctionParametersProperty(invocation_type=kind)
        option = "lambda_function_parameters"
    return {
        "target": context.value_of(node.id, "arn"),
        "target_parameters": PIPE.PipeTargetParametersProperty(**{option: named}),
    }


def _task(context: Context, node: Node) -> Call:
    subnets: Expr = Ref("subnet_ids")
    network = PIPE.AwsVpcConfigurationProperty(
        subnets=[Item(subnets, 0), Item(subnets, 1)],
        security_groups=[context.value_of(node.id, "security-group")],
        assign_public_ip="DISABLED",
    )
    change = PIPE.EcsEnvironmentVariableProperty(name="INPUT", value="$.body")
    container = PIPE.EcsContainerOverrideProperty(name=CONTAINER, environment=[change])
    options: dict[str, Value] = {"launch_type": "FARGATE"}
    if on_instances(node):
        name = context.value_of(node.id, "capacity-provider")
        item = PIPE.CapacityProviderStrategyItemProperty(capacity_provider=name, weight=1)
        options = {"capacity_provider_strategy": [item]}
    return PIPE.PipeTargetEcsTaskParametersProperty(
        task_definition_arn=context.value_of(node.id, "task-definition-arn"),
        network_configuration=PIPE.NetworkConfigurationProperty(awsvpc_configuration=network),
        overrides=PIPE.EcsTaskOverrideProperty(container_overrides=[container]),
        **options,
    )
