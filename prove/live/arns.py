"""ARNs of deployed resources by node and neutral attribute, and the role of each node, read from the services."""

from collections.abc import Callable
from typing import Any

from blueprints.traits import arrivals, callbacks, open_connections, outside_effects, sent_messages
from blueprints.traits.database_roles import USER_SECRET
from blueprints.traits.function_releases import ALIAS, published
from blueprints.traits.step_functions_distributed_map import RESULTS_ARN
from blueprints.values.reference import OF_CONNECTIONS, Ref
from prove.live.deployment import Deployment
from prove.tools import OFFLINE

REGION, ACCOUNT = OFFLINE["AWS_REGION"], "000000000000"
QUEUE, FUNCTION, MACHINE = "AWS::SQS::Queue", "AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"
TASK, CLUSTER, RULE, PIPE = "AWS::ECS::TaskDefinition", "AWS::ECS::Cluster", "AWS::Events::Rule", "AWS::Pipes::Pipe"
BUS, SECRET = "AWS::Events::EventBus", "AWS::SecretsManager::Secret"
SCHEDULE, TABLE, DATABASE = "AWS::Scheduler::Schedule", "AWS::DynamoDB::Table", "AWS::RDS::DBCluster"


class UnknownArn(LookupError):
    """A reference without a lookup here."""


def arn(deployment: Deployment, ref: Ref) -> str:
    """Return the ARN of a reference; with the suffix "/*", that of an object in it."""
    if ref.attribute == "rule-arn":
        return rule_arn(deployment, ref.node)
    if ref.attribute == USER_SECRET:
        (secret,) = deployment.of_edge(ref.node, SECRET)
        return secret.physical_id
    if ref.attribute in OF_CONNECTIONS:
        raise UnknownArn(f"{ref.attribute} of a connection")
    service = deployment.project.case.plan.node(ref.node).service
    find = _TABLES.get(ref.attribute) or _ARNS.get((service, ref.attribute))
    if not find:
        raise UnknownArn(f"{ref.attribute} of {service}")
    return find(deployment, ref.node) + ref.suffix.replace("*", "thing")


def rule_arn(deployment: Deployment, edge: str) -> str:
    """Return the ARN of the rule that a connection became."""
    (rule,) = deployment.of_edge(edge, RULE)
    source = next(edge_.source for edge_ in deployment.project.case.plan.architecture.edges if edge_.id == edge)
    bus = next(
        (resource.physical_id for resource in deployment.resources if (resource.node, resource.type) == (source, BUS)),
        "default",
    )
    rule_description = deployment.client("events").describe_rule(
        Name=rule.physical_id.rsplit("/", 1)[-1], EventBusName=bus
    )
    return str(rule_description["Arn"])


def role(deployment: Deployment, node: str) -> str:
    """Return the ARN of the role that a node assumes."""
    service = deployment.project.case.plan.node(node).service
    if service not in _ROLES:
        raise UnknownArn(f"role of {service}")
    return _ROLES[service](deployment, node)


def queue_arn(deployment: Deployment, node: str) -> str:
    """Return the ARN of a queue."""
    url = deployment.of_node(node, QUEUE)
    return str(
        deployment.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
    )


def _table(deployment: Deployment, node: str) -> dict[str, Any]:
    return dict(deployment.client("dynamodb").describe_table(TableName=deployment.of_node(node, TABLE))["Table"])


def _records(deployment: Deployment, node: str, word: str) -> str:
    """Return the ARN of a table of records of a node, by a word of its logical id: a program may have several."""
    (table,) = (
        resource
        for resource in deployment.resources
        if resource.node == node and resource.type == TABLE and word in resource.id
    )
    return str(deployment.client("dynamodb").describe_table(TableName=table.physical_id)["Table"]["TableArn"])


def _bus(deployment: Deployment, node: str) -> str:
    names = [resource.physical_id for resource in deployment.resources if (resource.node, resource.type) == (node, BUS)]
    return str(deployment.client("events").describe_event_bus(Name=names[0] if names else "default")["Arn"])


def _executions(deployment: Deployment, node: str) -> str:
    return f"{deployment.of_node(node, MACHINE).replace(':stateMachine:', ':execution:')}:thing"


def _stream(deployment: Deployment, node: str) -> str:
    name = deployment.of_node(node, "AWS::Kinesis::Stream")
    return str(
        deployment.client("kinesis").describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]
    )


def _task(deployment: Deployment, node: str) -> dict[str, Any]:
    response = deployment.client("ecs").describe_task_definition(taskDefinition=deployment.of_node(node, TASK))
    return dict(response["taskDefinition"])


def _tasks(deployment: Deployment, node: str) -> str:
    (cluster,) = (resource.physical_id for resource in deployment.resources if resource.type == CLUSTER)
    return f"arn:aws:ecs:{REGION}:{ACCOUNT}:task/{cluster.rsplit('/', 1)[-1]}"


def _function(deployment: Deployment, node: str) -> dict[str, Any]:
    return dict(deployment.client("lambda").get_function_configuration(FunctionName=deployment.of_node(node, FUNCTION)))


def _invoked(deployment: Deployment, node: str) -> str:
    """Return the ARN by which a function is invoked: that of a durable function's alias, or its own."""
    arn = str(_function(deployment, node)["FunctionArn"])
    return f"{arn}:{ALIAS}" if published(deployment.project.case.plan.node(node)) else arn


def _database(deployment: Deployment, node: str) -> dict[str, Any]:
    response = deployment.client("rds").describe_db_clusters(DBClusterIdentifier=deployment.of_node(node, DATABASE))
    return dict(response["DBClusters"][0])


def _secret(deployment: Deployment, node: str) -> str:
    secret = _database(deployment, node).get("MasterUserSecret")
    if not secret:
        raise UnknownArn("secret of the database: the emulator makes none")
    return str(secret["SecretArn"])


def _connections(deployment: Deployment, node: str) -> str:
    api, stage = (
        deployment.of_node(node, "AWS::ApiGatewayV2::Api"),
        deployment.of_node(node, "AWS::ApiGatewayV2::Stage"),
    )
    return f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/{stage.rsplit('/', 1)[-1]}/POST/@connections"


def _application(deployment: Deployment, node: str) -> str:
    parameter = deployment.project.case.plan.parameter(node)
    return deployment.parameters.get(parameter.id, parameter.likely)


Find = Callable[[Deployment, str], str]
#: Tables with records of the product's own, by the attribute that is their ARN, whatever service the node is.
_TABLES: dict[str, Find] = {
    arrivals.TABLE_ARN: lambda deployment, node: _records(deployment, node, arrivals.TABLE_ID),
    outside_effects.TABLE_ARN: lambda deployment, node: _records(deployment, node, "EffectRecords"),
    sent_messages.TABLE_ARN: lambda deployment, node: _records(deployment, node, "SentTable"),
    callbacks.TABLE_ARN: lambda deployment, node: _records(deployment, node, "Callbacks"),
    open_connections.TABLE_ARN: lambda deployment, node: _records(deployment, node, "ConnectionTable"),
}
_ARNS: dict[tuple[str, str], Find] = {
    ("dynamodb", "arn"): lambda deployment, node: str(_table(deployment, node)["TableArn"]),
    ("dynamodb", "stream-arn"): lambda deployment, node: str(_table(deployment, node)["LatestStreamArn"]),
    ("s3", "arn"): lambda deployment, node: f"arn:aws:s3:::{deployment.of_node(node, 'AWS::S3::Bucket')}",
    ("sqs", "arn"): queue_arn,
    ("sqs-fifo", "arn"): queue_arn,
    ("dead-letter-queue", "arn"): queue_arn,
    ("sns", "arn"): lambda deployment, node: deployment.of_node(node, "AWS::SNS::Topic"),
    ("sns-fifo", "arn"): lambda deployment, node: deployment.of_node(node, "AWS::SNS::Topic"),
    ("kinesis", "arn"): _stream,
    ("lambda", "arn"): _invoked,
    ("eventbridge-bus", "arn"): _bus,
    ("step-functions-distributed-map", "arn"): lambda deployment, node: deployment.of_node(node, MACHINE),
    ("step-functions-distributed-map", "executions"): _executions,
    ("step-functions-distributed-map", RESULTS_ARN): lambda deployment, node: (
        f"arn:aws:s3:::{deployment.of_node(node, 'AWS::S3::Bucket')}"
    ),
    ("step-functions-standard", "executions"): _executions,
    ("step-functions-standard", "arn"): lambda deployment, node: deployment.of_node(node, MACHINE),
    ("step-functions-express", "arn"): lambda deployment, node: deployment.of_node(node, MACHINE),
    ("ecs", "task-definition-arn-without-revision"): lambda deployment, node: deployment.of_node(node, TASK).rpartition(
        ":"
    )[0],
    ("ecs", "tasks-arn"): _tasks,
    ("ecs", "task-role-arn"): lambda deployment, node: str(_task(deployment, node)["taskRoleArn"]),
    ("ecs", "execution-role-arn"): lambda deployment, node: str(_task(deployment, node)["executionRoleArn"]),
    ("secrets-manager", "arn"): lambda deployment, node: deployment.of_node(node, SECRET),
    ("signing-secret", "arn"): lambda deployment, node: deployment.of_node(node, SECRET),
    ("aurora-serverless", "arn"): lambda deployment, node: str(_database(deployment, node)["DBClusterArn"]),
    ("aurora-serverless", "secret-arn"): _secret,
    ("api-gateway-websocket", "connections-arn"): _connections,
    ("push", "arn"): _application,
    ("push", "devices"): lambda deployment, node: _application(deployment, node).replace(":app/", ":endpoint/"),
}


def _schedule_role(deployment: Deployment, node: str) -> str:
    name = deployment.of_node(node, SCHEDULE).rsplit("/", 1)[-1].rsplit("|", 1)[-1]
    return str(deployment.client("scheduler").get_schedule(Name=name)["Target"]["RoleArn"])


def _rule_role(deployment: Deployment, node: str) -> str:
    rules = [
        resource
        for resource in deployment.resources
        if resource.type == RULE and any(edge_id.startswith(f"{node}>") for edge_id in resource.edges)
    ]
    targets = deployment.client("events").list_targets_by_rule(Rule=rules[0].physical_id.rsplit("/", 1)[-1])["Targets"]
    return str(targets[0]["RoleArn"])


def _integration_role(deployment: Deployment, node: str) -> str:
    api = deployment.client("apigatewayv2").get_integrations(ApiId=deployment.of_node(node, "AWS::ApiGatewayV2::Api"))[
        "Items"
    ]
    (role_arn,) = {integration["CredentialsArn"] for integration in api if integration.get("CredentialsArn")}
    return str(role_arn)


def _pod_role(deployment: Deployment, node: str) -> str:
    association = deployment.of_node(node, "AWS::EKS::PodIdentityAssociation")
    (cluster,) = (resource.physical_id for resource in deployment.resources if resource.type == "AWS::EKS::Cluster")
    response = deployment.client("eks").describe_pod_identity_association(
        clusterName=cluster, associationId=association.rsplit("/", 1)[-1]
    )
    return str(response["association"]["roleArn"])


_ROLES: dict[str, Find] = {
    "lambda": lambda deployment, node: str(_function(deployment, node)["Role"]),
    "ecs": lambda deployment, node: str(_task(deployment, node)["taskRoleArn"]),
    "eks": _pod_role,
    "step-functions-standard": lambda deployment, node: _machine_role(deployment, node),
    "step-functions-distributed-map": lambda deployment, node: _machine_role(deployment, node),
    "step-functions-express": lambda deployment, node: _machine_role(deployment, node),
    "eventbridge-scheduler": _schedule_role,
    "eventbridge-bus": _rule_role,
    "eventbridge-pipes": lambda deployment, node: str(
        deployment.client("pipes").describe_pipe(Name=deployment.of_node(node, PIPE))["RoleArn"]
    ),
    "api-gateway-http": _integration_role,
}


def _machine_role(deployment: Deployment, node: str) -> str:
    machine = deployment.client("stepfunctions").describe_state_machine(
        stateMachineArn=deployment.of_node(node, MACHINE)
    )
    return str(machine["roleArn"])
