"""ARNs of what was deployed, by node and neutral attribute, and the role that each node acts by. Asked of the services."""

from collections.abc import Callable
from typing import Any

from blueprints.traits.lambda_durable import ALIAS, durable
from blueprints.values.reference import OF_CONNECTIONS, Ref
from prove.live.deployment import Deployment
from prove.tools import OFFLINE

REGION, ACCOUNT = OFFLINE["AWS_REGION"], "000000000000"
QUEUE, FUNCTION, MACHINE = "AWS::SQS::Queue", "AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"
TASK, CLUSTER, RULE, PIPE = "AWS::ECS::TaskDefinition", "AWS::ECS::Cluster", "AWS::Events::Rule", "AWS::Pipes::Pipe"
BUS = "AWS::Events::EventBus"
SCHEDULE, TABLE, DATABASE = "AWS::Scheduler::Schedule", "AWS::DynamoDB::Table", "AWS::RDS::DBCluster"


class Unknown(LookupError):
    """Nobody here knows how to find it."""


def arn(made: Deployment, ref: Ref) -> str:
    """Return the ARN that a reference stands for; with a suffix "/*" that of one thing within."""
    if ref.attribute == "rule-arn":
        return rule_arn(made, ref.node)
    if ref.attribute in OF_CONNECTIONS:
        raise Unknown(f"{ref.attribute} of a connection")
    service = made.project.case.plan.node(ref.node).service
    found = _ARNS.get((service, ref.attribute))
    if not found:
        raise Unknown(f"{ref.attribute} of {service}")
    return found(made, ref.node) + ref.suffix.replace("*", "thing")


def rule_arn(made: Deployment, edge: str) -> str:
    """Return the ARN of the rule that a connection became."""
    (rule,) = made.of_edge(edge, RULE)
    source = next(one.source for one in made.project.case.plan.architecture.edges if one.id == edge)
    own = next((one.physical_id for one in made.resources if (one.node, one.type) == (source, BUS)), "default")
    found = made.client("events").describe_rule(Name=rule.physical_id.rsplit("/", 1)[-1], EventBusName=own)
    return str(found["Arn"])


def role(made: Deployment, node: str) -> str:
    """Return the ARN of the role that a node acts by."""
    service = made.project.case.plan.node(node).service
    if service not in _ROLES:
        raise Unknown(f"role of {service}")
    return _ROLES[service](made, node)


def queue_arn(made: Deployment, node: str) -> str:
    """Return the ARN of a queue."""
    url = made.of_node(node, QUEUE)
    return str(
        made.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    )


def _table(made: Deployment, node: str) -> dict[str, Any]:
    return dict(made.client("dynamodb").describe_table(TableName=made.of_node(node, TABLE))["Table"])


def _stream(made: Deployment, node: str) -> str:
    name = made.of_node(node, "AWS::Kinesis::Stream")
    return str(made.client("kinesis").describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"])


def _task(made: Deployment, node: str) -> dict[str, Any]:
    found = made.client("ecs").describe_task_definition(taskDefinition=made.of_node(node, TASK))
    return dict(found["taskDefinition"])


def _tasks(made: Deployment, node: str) -> str:
    (cluster,) = (one.physical_id for one in made.resources if one.type == CLUSTER)
    return f"arn:aws:ecs:{REGION}:{ACCOUNT}:task/{cluster.rsplit('/', 1)[-1]}"


def _function(made: Deployment, node: str) -> dict[str, Any]:
    return dict(made.client("lambda").get_function_configuration(FunctionName=made.of_node(node, FUNCTION)))


def _invoked(made: Deployment, node: str) -> str:
    """Return the ARN by which a function is invoked: that of a durable function's alias, or its own."""
    arn = str(_function(made, node)["FunctionArn"])
    return f"{arn}:{ALIAS}" if durable(made.project.case.plan.node(node)) else arn


def _database(made: Deployment, node: str) -> dict[str, Any]:
    found = made.client("rds").describe_db_clusters(DBClusterIdentifier=made.of_node(node, DATABASE))
    return dict(found["DBClusters"][0])


def _secret(made: Deployment, node: str) -> str:
    found = _database(made, node).get("MasterUserSecret")
    if not found:
        raise Unknown("secret of the database: the emulator makes none")
    return str(found["SecretArn"])


def _connections(made: Deployment, node: str) -> str:
    api, stage = made.of_node(node, "AWS::ApiGatewayV2::Api"), made.of_node(node, "AWS::ApiGatewayV2::Stage")
    return f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/{stage.rsplit('/', 1)[-1]}/POST/@connections"


def _application(made: Deployment, node: str) -> str:
    given = made.project.case.plan.parameter(node)
    return made.parameters.get(given.id, given.default)


Find = Callable[[Deployment, str], str]
_ARNS: dict[tuple[str, str], Find] = {
    ("dynamodb", "arn"): lambda made, node: str(_table(made, node)["TableArn"]),
    ("dynamodb", "stream-arn"): lambda made, node: str(_table(made, node)["LatestStreamArn"]),
    ("s3", "arn"): lambda made, node: f"arn:aws:s3:::{made.of_node(node, 'AWS::S3::Bucket')}",
    ("sqs", "arn"): queue_arn,
    ("sqs-fifo", "arn"): queue_arn,
    ("dead-letter-queue", "arn"): queue_arn,
    ("sns", "arn"): lambda made, node: made.of_node(node, "AWS::SNS::Topic"),
    ("sns-fifo", "arn"): lambda made, node: made.of_node(node, "AWS::SNS::Topic"),
    ("kinesis", "arn"): _stream,
    ("lambda", "arn"): _invoked,
    ("step-functions-standard", "arn"): lambda made, node: made.of_node(node, MACHINE),
    ("step-functions-express", "arn"): lambda made, node: made.of_node(node, MACHINE),
    ("ecs", "task-definition-arn"): lambda made, node: made.of_node(node, TASK),
    ("ecs", "tasks-arn"): _tasks,
    ("ecs", "task-role-arn"): lambda made, node: str(_task(made, node)["taskRoleArn"]),
    ("ecs", "execution-role-arn"): lambda made, node: str(_task(made, node)["executionRoleArn"]),
    ("secrets-manager", "arn"): lambda made, node: made.of_node(node, "AWS::SecretsManager::Secret"),
    ("aurora-serverless", "arn"): lambda made, node: str(_database(made, node)["DBClusterArn"]),
    ("aurora-serverless", "secret-arn"): _secret,
    ("api-gateway-websocket", "connections-arn"): _connections,
    ("push", "arn"): _application,
}


def _schedule_role(made: Deployment, node: str) -> str:
    name = made.of_node(node, SCHEDULE).rsplit("/", 1)[-1].rsplit("|", 1)[-1]
    return str(made.client("scheduler").get_schedule(Name=name)["Target"]["RoleArn"])


def _rule_role(made: Deployment, node: str) -> str:
    rules = [
        one for one in made.resources if one.type == RULE and any(edge.startswith(f"{node}>") for edge in one.edges)
    ]
    targets = made.client("events").list_targets_by_rule(Rule=rules[0].physical_id.rsplit("/", 1)[-1])["Targets"]
    return str(targets[0]["RoleArn"])


def _integration_role(made: Deployment, node: str) -> str:
    api = made.client("apigatewayv2").get_integrations(ApiId=made.of_node(node, "AWS::ApiGatewayV2::Api"))["Items"]
    (found,) = {one["CredentialsArn"] for one in api if one.get("CredentialsArn")}
    return str(found)


def _pod_role(made: Deployment, node: str) -> str:
    association = made.of_node(node, "AWS::EKS::PodIdentityAssociation")
    (cluster,) = (one.physical_id for one in made.resources if one.type == "AWS::EKS::Cluster")
    found = made.client("eks").describe_pod_identity_association(
        clusterName=cluster, associationId=association.rsplit("/", 1)[-1]
    )
    return str(found["association"]["roleArn"])


_ROLES: dict[str, Find] = {
    "lambda": lambda made, node: str(_function(made, node)["Role"]),
    "ecs": lambda made, node: str(_task(made, node)["taskRoleArn"]),
    "eks": _pod_role,
    "step-functions-standard": lambda made, node: _machine_role(made, node),
    "step-functions-express": lambda made, node: _machine_role(made, node),
    "eventbridge-scheduler": _schedule_role,
    "eventbridge-bus": _rule_role,
    "eventbridge-pipes": lambda made, node: str(
        made.client("pipes").describe_pipe(Name=made.of_node(node, PIPE))["RoleArn"]
    ),
    "api-gateway-http": _integration_role,
}


def _machine_role(made: Deployment, node: str) -> str:
    machine = made.client("stepfunctions").describe_state_machine(stateMachineArn=made.of_node(node, MACHINE))
    return str(machine["roleArn"])
