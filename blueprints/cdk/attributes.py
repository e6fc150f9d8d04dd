"""Attributes of nodes in CDK: what the plan's neutral words ("arn", "url", "stream-arn" …) are on each construct."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from advisor.architecture import Node
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import Expr, Item, Ref, Value, Words
from blueprints.plan import NAMESPACE
from blueprints.reference import OF_CONNECTIONS
from blueprints.traits import state_machine, state_machine_tasks
from blueprints.traits.ecs_express import behind, express
from blueprints.traits.efs import directory
from blueprints.traits.lambda_durable import durable
from blueprints.traits.rds_proxy import pooled

if TYPE_CHECKING:
    from blueprints.cdk.context import Context

DATABASE = "app"
#: The function behind a durable function's alias: what refers to the node refers to the alias.
CODE = "Code"

#: (service, attribute) -> (part of the node, member of its construct).
_MEMBERS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("dynamodb", "name"): ("", "table_name"),
    ("dynamodb", "arn"): ("", "table_arn"),
    ("dynamodb", "stream-arn"): ("", "table_stream_arn"),
    ("s3", "name"): ("", "bucket_name"),
    ("s3", "arn"): ("", "bucket_arn"),
    ("aurora-serverless", "arn"): ("", "cluster_arn"),
    ("aurora-serverless", "name"): ("", "cluster_identifier"),
    ("sqs", "url"): ("", "queue_url"),
    ("sqs", "arn"): ("", "queue_arn"),
    ("sqs", "name"): ("", "queue_name"),
    ("sns", "arn"): ("", "topic_arn"),
    ("sns", "name"): ("", "topic_name"),
    ("eventbridge-bus", "arn"): ("", "event_bus_arn"),
    ("eventbridge-bus", "name"): ("", "event_bus_name"),
    ("kinesis", "arn"): ("", "stream_arn"),
    ("kinesis", "name"): ("", "stream_name"),
    ("secrets-manager", "arn"): ("", "secret_arn"),
    ("lambda", "arn"): ("", "function_arn"),
    ("lambda", "approval-topic-arn"): ("ApprovalTopic", "topic_arn"),
    ("step-functions-standard", "arn"): ("", "state_machine_arn"),
    ("step-functions-standard", "approval-topic-arn"): ("ApprovalTopic", "topic_arn"),
    ("api-gateway-http", "id"): ("", "api_id"),
    ("api-gateway-http", "url"): ("", "api_endpoint"),
    ("api-gateway-rest", "name"): ("", "rest_api_name"),
    ("api-gateway-rest", "id"): ("", "rest_api_id"),
    ("api-gateway-rest", "authorizer-name"): ("AuthorizerFunction", "function_name"),
    ("api-gateway-websocket", "id"): ("", "api_id"),
    ("api-gateway-websocket", "authorizer-name"): ("AuthorizerFunction", "function_name"),
    ("appsync", "id"): ("", "api_id"),
    ("appsync-events", "id"): ("", "api_id"),
    ("appsync-events", "arn"): ("", "api_arn"),
    ("appsync", "arn"): ("", "arn"),
    ("appsync", "url"): ("", "graphql_url"),
    ("cognito", "arn"): ("", "user_pool_arn"),
    ("waf", "arn"): ("", "attr_arn"),
    ("eventbridge-pipes", "name"): ("", "ref"),
    ("ecs", "task-definition-arn"): ("Definition", "task_definition_arn"),
    ("ecs", "task-role-arn"): ("Role", "role_arn"),
    ("ecs", "execution-role-arn"): ("ExecutionRole", "role_arn"),
    ("ecs", "security-group"): ("SecurityGroup", "security_group_id"),
    ("rds", "arn"): ("", "instance_arn"),
    ("rds", "name"): ("", "instance_identifier"),
    ("rds", "endpoint"): ("", "db_instance_endpoint_address"),
    ("rds", "security-group"): ("SecurityGroup", "security_group_id"),
    ("rds-proxy", "arn"): ("", "attr_db_proxy_arn"),
    ("rds-proxy", "name"): ("", "ref"),
    ("rds-proxy", "endpoint"): ("", "attr_endpoint"),
    ("aurora-dsql", "arn"): ("", "attr_resource_arn"),
    ("aurora-dsql", "name"): ("", "ref"),
    ("aurora-dsql", "endpoint"): ("", "attr_endpoint"),
    ("aurora-dsql", "private-endpoint"): ("", "attr_vpc_endpoint"),
    ("opensearch-serverless", "arn"): ("", "attr_arn"),
    ("opensearch-serverless", "id"): ("", "attr_id"),
    ("opensearch-serverless", "endpoint"): ("", "attr_collection_endpoint"),
    ("elasticache-serverless", "arn"): ("", "attr_arn"),
    ("elasticache-serverless", "name"): ("", "ref"),
    ("elasticache-serverless", "endpoint"): ("", "attr_endpoint_address"),
    ("efs", "arn"): ("", "file_system_arn"),
    ("efs", "name"): ("", "file_system_id"),
    ("efs", "security-group"): ("SecurityGroup", "security_group_id"),
    ("nlb", "arn"): ("", "load_balancer_arn"),
    ("nlb", "full-name"): ("", "load_balancer_full_name"),
    ("firehose", "arn"): ("", "attr_arn"),
    ("firehose", "name"): ("", "ref"),
    ("ses", "name"): ("", "configuration_set_name"),
    ("batch", "arn"): ("Definition", "job_definition_arn"),
    ("batch", "job-definition-arn"): ("Definition", "job_definition_arn"),
    ("batch", "job-queue-arn"): ("Queue", "job_queue_arn"),
    ("batch", "security-group"): ("SecurityGroup", "security_group_id"),
    ("ecs", "capacity-provider"): ("Capacity", "capacity_provider_name"),
}
_OF_CONNECTIONS: Mapping[str, tuple[str, str]] = {
    "rule-arn": ("Rule", "attr_arn"),
    "user": ("User", "ref"),
    "user-arn": ("User", "attr_arn"),
}
_SAME_AS: Mapping[str, str] = {
    "sqs-fifo": "sqs",
    "dead-letter-queue": "sqs",
    "sns-fifo": "sns",
    "step-functions-express": "step-functions-standard",
    "step-functions-distributed-map": "step-functions-standard",
}
CLUSTER = Ref("cluster")
PRIVATE_SUBNETS = Ref("subnet_ids")


def attribute(context: Context, node: str, name: str) -> Value:
    """Return an attribute of a node; KeyError when no such attribute is known of its service."""
    if node == state_machine_tasks.NETWORK:
        return Item(PRIVATE_SUBNETS, int(name[-1]) - 1)
    if name in OF_CONNECTIONS:
        part, member = _OF_CONNECTIONS[name]
        made: Value = getattr(context.ref(node, part), member)
        return made
    found = context.node(node)
    if found.kind == "outside" and (found.service, name) not in _MADE:
        return context.outside(node)
    service = found.service if (found.service, name) in _MADE else _SAME_AS.get(found.service, found.service)
    if (service, name) in _MEMBERS:
        part, member = _MEMBERS[service, name]
        made = getattr(context.ref(node, part), member)
        return made
    return _MADE[service, name](context, found)


def _tasks(_context: Context, _node: Node) -> Value:
    return Words("arn:", cdk.Aws.PARTITION, ":ecs:", *_HERE, ":task/", CLUSTER.cluster_name)


def _issuer(context: Context, node: Node) -> Value:
    host = ("https://cognito-idp.", cdk.Aws.REGION, ".", cdk.Aws.URL_SUFFIX, "/")
    return Words(*host, context.ref(node.id).user_pool_id)


def _behind(context: Context, node: Node) -> Value:
    (edge,) = context.architecture.leaving(node.id, "invoke")
    return context.ref(edge.target, "TargetGroup").target_group_full_name


def _configuration(context: Context, node: Node) -> Value:
    return Words(*_MAIL, "configuration-set/", context.ref(node.id).configuration_set_name)


def _pooled_secret(context: Context, node: Node) -> Value:
    return context.value_of(pooled(context.architecture, node.id).id, "secret-arn")


def _address(member: str) -> Callable[[Context, Node], Value]:
    """Return the address of an API's stage; `member` is what its construct calls its id."""

    def make(context: Context, node: Node) -> Value:
        host = (".execute-api.", cdk.Aws.REGION, ".", cdk.Aws.URL_SUFFIX, "/")
        return Words("https://", getattr(context.ref(node.id), member), *host, context.parameter("Environment"))

    return make


def _connections_arn(context: Context, node: Node) -> Value:
    api, stage = context.ref(node.id).api_id, context.parameter("Environment")
    return Words("arn:", cdk.Aws.PARTITION, ":execute-api:", *_HERE, ":", api, "/", stage, "/POST/@connections")


def _balancer_arn(context: Context, node: Node) -> Value:
    served = behind(context.architecture, node.id)
    if served is None:
        return context.ref(node.id).load_balancer_arn
    return context.ref(served.id, "Service").attr_ecs_managed_resource_arns_ingress_path_load_balancer_arn


def _balancer_full_name(context: Context, node: Node) -> Value:
    if behind(context.architecture, node.id) is None:
        return context.ref(node.id).load_balancer_full_name
    return cdk.Fn.select(1, cdk.Fn.split(":loadbalancer/", _balancer_arn(context, node)))


def _service_name(context: Context, node: Node) -> Value:
    """Return a service's name; that of Express Mode is the last part of its ARN."""
    made = context.ref(node.id, "Service")
    return cdk.Fn.select(2, cdk.Fn.split("/", made.attr_service_arn)) if express(node) else made.service_name


def _balancer_url(context: Context, node: Node) -> Value:
    served = behind(context.architecture, node.id)
    if served is not None:
        return Words("https://", context.ref(served.id, "Service").attr_endpoint)
    named = context.has("DomainName")
    host = context.parameter("DomainName") if named else context.ref(node.id).load_balancer_dns_name
    return Words("https://", host)


def _kubernetes_cluster(context: Context, _node: Node) -> Value:
    return context.parameter("ClusterName") if context.has("ClusterName") else Ref("kubernetes_cluster").ref


def _named_machine(context: Context, node: Node) -> Value:
    name = context.machine_name(node)._parts
    return Words("arn:", cdk.Aws.PARTITION, ":states:", *_HERE, ":stateMachine:", *name)


def _default_bus_of(context: Context, node: Node) -> Value:
    where = ("arn:", cdk.Aws.PARTITION, ":events:", cdk.Aws.REGION, ":")
    return Words(*where, context.outside(node.id), ":event-bus/default")


_HERE: tuple[str | Expr, ...] = (cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID)
_MAIL: tuple[str | Expr, ...] = ("arn:", cdk.Aws.PARTITION, ":ses:", *_HERE, ":")
_MADE: Mapping[tuple[str, str], Callable[[Context, Node], Value]] = {
    ("aurora-serverless", "secret-arn"): lambda context, node: context.ref(node.id).secret.secret_arn,
    ("lambda", "name"): lambda context, node: context.ref(node.id, CODE if durable(node) else "").function_name,
    ("aurora-serverless", "database"): lambda _context, _node: DATABASE,
    ("ecs", "tasks-arn"): _tasks,
    ("efs", "directory"): lambda _context, node: directory(node),
    ("nlb", "target-group"): _behind,
    ("ses", "sender"): lambda context, _node: context.parameter("SenderAddress"),
    ("ses", "arn"): lambda context, _node: Words(*_MAIL, "identity/", context.parameter("SenderAddress")),
    ("ses", "configuration-arn"): _configuration,
    ("opensearch-serverless", "account"): lambda _context, _node: cdk.Aws.ACCOUNT_ID,
    ("opensearch-serverless", "name"): lambda context, node: context.ref(node.id).name,
    ("rds", "secret-arn"): lambda context, node: context.ref(node.id).secret.secret_arn,
    ("rds-proxy", "secret-arn"): _pooled_secret,
    ("batch", "jobs-arn"): lambda _context, _node: Words("arn:", cdk.Aws.PARTITION, ":batch:", *_HERE, ":job"),
    ("batch", "any"): lambda _context, _node: "*",
    ("ecs", "cluster-arn"): lambda _context, _node: CLUSTER.cluster_arn,
    ("ecs", "cluster-name"): lambda _context, _node: CLUSTER.cluster_name,
    ("eks", "cluster-name"): _kubernetes_cluster,
    ("eks", "namespace"): lambda _context, _node: NAMESPACE,
    ("eks", "name"): lambda _context, node: node.subject,
    ("cognito", "issuer"): _issuer,
    ("cognito", "audience"): lambda context, node: context.ref(node.id, "Client").user_pool_client_id,
    ("oidc", "issuer"): lambda context, _node: context.parameter("OidcIssuer"),
    ("oidc", "audience"): lambda context, _node: context.parameter("OidcAudience"),
    **{(service, "named-arn"): _named_machine for service in state_machine.SERVICES},
    ("other-account", "arn"): _default_bus_of,
    ("api-gateway-rest", "allowed-origin"): lambda context, _node: context.allowed_origin(),
    ("push", "arn"): lambda context, node: context.outside(node.id),
    ("api-gateway-rest", "url"): _address("rest_api_id"),
    ("api-gateway-rest", "stage"): lambda context, _node: context.parameter("Environment"),
    ("api-gateway-websocket", "stage"): lambda context, _node: context.parameter("Environment"),
    ("api-gateway-websocket", "connections-url"): _address("api_id"),
    ("api-gateway-websocket", "connections-arn"): _connections_arn,
    ("alb", "url"): _balancer_url,
    ("alb", "arn"): _balancer_arn,
    ("alb", "full-name"): _balancer_full_name,
    ("ecs", "name"): _service_name,
}
