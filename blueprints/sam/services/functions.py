"""Functions: code that Lambda runs, as SAM states it, with the statements of its connections and nothing else."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.authorizers import AUTHORIZER_HANDLER, AUTHORIZER_MEMORY_MIB, AUTHORIZER_TIMEOUT_S, Authorizer
from blueprints.plan import HANDLER, RUNTIME, Program
from blueprints.registry import itself, own, service
from blueprints.sam.roles import log_group, policy, role, trust
from blueprints.sam.services import approvals
from blueprints.scope import Json, Scope
from blueprints.traits.lambda_durable import ALIAS, ALIAS_PART, asks, durable
from blueprints.traits.lambda_managed_instances import GIB_PER_VCPU, LEAST_MEMORY_MIB, MANAGED, OPERATOR_POLICY
from blueprints.values import PARTITION, REGION, Att, Ref, Value, joined


@service(
    "lambda",
    name=itself,
    arn=lambda scope, node: invoked(scope, node),
    approval_topic_arn=lambda scope, node: Ref(approvals.topic_id(scope, node)),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def function(scope: Scope, node: Node) -> None:
    """A function from its directory (or its image), in the VPC where the design says so."""
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
    aside = {edge.id for edge in scope.architecture.leaving(node.id, "dead-letter")}
    statements = scope.statements(node.id, without=aside)
    if asks(node):
        statements.append(approvals.topic(scope, node))
    if statements:
        properties["Policies"] = [policy(statements)]
    network = scope.plan.network
    if settings.word(node, "variant") == MANAGED:
        properties |= _on_instances(scope, node)
    elif network is not None and node.id in network.members:
        group = Ref(f"{id}SecurityGroup")
        properties["VpcConfig"] = {"SubnetIds": scope.subnets(), "SecurityGroupIds": [group]}
    if durable(node):
        properties |= _durable(node)
    scope.add(id, "AWS::Serverless::Function", properties, node=node.id)
    if program.kind == "image-function":
        _image_metadata(scope, id, program)
    scope.output(f"{id}Name", Ref(id), Text("Name of the function", "関数名"))


def _durable(node: Node) -> Json:
    """What a function is given to sleep between its steps. An execution keeps the version that it began with."""
    kept = {
        "ExecutionTimeout": settings.number(node, "execution_timeout_s"),
        "RetentionPeriodInDays": settings.number(node, "history_days"),
    }
    return {"DurableConfig": kept, "AutoPublishAlias": ALIAS, "AutoPublishAliasAllProperties": True}


def invoked(scope: Scope, node: Node) -> Value:
    """Return the ARN by which a function is invoked: a durable function by its alias, any other as it is now."""
    id = scope.main(node.id)
    return Ref(f"{id}{ALIAS_PART}") if durable(node) else Att(id, "Arn")


def _on_instances(scope: Scope, node: Node) -> Json:
    """What a function is given to run on instances of the account that Lambda manages; they stand in the VPC."""
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
    """What `sam build` makes the image of; `sam deploy` pushes it to a repository."""
    build = {"DockerContext": program.directory, "Dockerfile": "Dockerfile", "DockerTag": "built"}
    scope.resources[id]["Metadata"] |= build


def authorizer_id(scope: Scope, one: Authorizer) -> str:
    """Return the logical id of an API's authoriser function."""
    return f"{scope.name(one.entry)}AuthorizerFunction"


def authorizer(scope: Scope, one: Authorizer) -> None:
    """Add the function that checks the tokens of an API's callers."""
    id = authorizer_id(scope, one)
    logs = log_group(scope, f"{id}Logs", node=one.entry)
    properties: Json = {
        "CodeUri": f"{one.directory}/",
        "Handler": AUTHORIZER_HANDLER,
        "Runtime": RUNTIME,
        "Architectures": [Ref("FunctionArchitecture")],
        "Timeout": AUTHORIZER_TIMEOUT_S,
        "MemorySize": AUTHORIZER_MEMORY_MIB,
        "Tracing": "Active",
        "LoggingConfig": {"LogGroup": logs, "LogFormat": "JSON"},
        "Environment": {"Variables": scope.environment(one.env)},
    }
    scope.add(id, "AWS::Serverless::Function", properties, node=one.entry, edge=one.edge)


def permission(scope: Scope, id: str, function_node: str, principal: str, source: object, edge: str) -> None:
    """Let a service invoke a function on behalf of one of its resources."""
    node = scope.architecture.node(function_node)
    properties = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": invoked(scope, node) if durable(node) else Ref(scope.main(node.id)),
        "Principal": principal,
        "SourceArn": source,
    }
    scope.add(id, "AWS::Lambda::Permission", properties, edge=edge)


@service("lambda-function-url", url=own("FunctionUrl"))
def function_url(scope: Scope, node: Node) -> None:
    """A function's own HTTPS address; callers sign their requests unless the API is open to all."""
    edges = scope.architecture.leaving(node.id, "invoke")
    target = scope.name(edges[0].target)
    checked = bool(scope.architecture.leaving(node.id, "authorize"))
    streams = settings.flag(node, "streaming")
    properties = {
        "TargetFunctionArn": Att(target, "Arn"),
        "AuthType": "AWS_IAM" if checked else "NONE",
        "InvokeMode": "RESPONSE_STREAM" if streams else "BUFFERED",
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::Lambda::Url", properties, node=node.id)
    scope.output(f"{id}Address", Att(id, "FunctionUrl"), Text("Address of the function", "関数の URL"))


def service_uri(action: Value) -> Value:
    """Return the address by which API Gateway calls an action of an AWS service, such as `sns:action/Publish`."""
    return joined("arn:", PARTITION, ":apigateway:", REGION, ":", action)


def invocation_uri(function_arn: Value) -> Value:
    """Return the address by which API Gateway invokes a function."""
    return service_uri(joined("lambda:path/2015-03-31/functions/", function_arn, "/invocations"))
