"""What stands once in a stack whatever it holds: parameters, policies of queues, and what is made when first used."""

from collections.abc import Callable, Iterator, Mapping

from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.keys import data_key
from blueprints.cdk.kubernetes import kubernetes_cluster
from blueprints.cdk.modules import apigateway, cdk, ecs, iam, kms, lambda_
from blueprints.cdk.network import VPC, private_subnet_ids
from blueprints.cdk.nodes import pod_execution, profile
from blueprints.cdk.origins import CLOUD, NETWORK
from blueprints.cdk.outputs import output
from blueprints.cdk.tree import THIS, Do, Let, Own, Ref, Statement, Value
from blueprints.names import snake
from blueprints.parameters import Parameter
from blueprints.traits.ecs_express import express

ARCHITECTURE_OF = Own("python_function", "architecture_of")


def parameters(context: Context) -> Iterator[Statement]:
    """Make the plan's parameters."""
    for one in context.plan.parameters:
        yield Let(snake(one.id), cdk.CfnParameter(THIS, one.id, **_options(context, one)))
    if any(one.kind == "image-function" for one in context.plan.programs) or context.plan.authorizers:
        yield _machine_code(context)


def _machine_code(context: Context) -> Do:
    """Refuse a deployment for another instruction set than the one that machine code was chosen for."""
    why = Text(
        "Images and some wheels hold machine code, which is chosen when the app is synthesised.",
        "イメージと一部の wheel は機械語を含み、合成時に選ばれる。",
    )
    words = Text(
        "Synthesise with -c functionArchitecture=... to deploy for another instruction set.",
        "別の命令セットにデプロイするには、-c functionArchitecture=... を付けて合成し直してください。",
    )
    alike = cdk.Fn.condition_equals(context.parameter("FunctionArchitecture"), ARCHITECTURE_OF(THIS))
    assertion = cdk.CfnRuleAssertion(assert_=alike, assert_description=context.words(words))
    return Do(cdk.CfnRule(THIS, "SynthesisedForArchitecture", assertions=[assertion]), why)


def _architecture(context: Context) -> Iterator[Statement]:
    named = context.parameter("FunctionArchitecture")
    yield Let("architecture", lambda_.Architecture.custom(named))


def _options(context: Context, one: Parameter) -> dict[str, Value]:
    default: Value = ARCHITECTURE_OF(THIS) if one.id == "FunctionArchitecture" else one.default
    found: dict[str, Value] = {"type": one.type, "default": default}
    if one.pattern:
        found["allowed_pattern"] = one.pattern
    if one.values:
        found["allowed_values"] = list(one.values)
    found["description"] = context.words(one.description)
    return found


def queue_policies(context: Context) -> Iterator[Statement]:
    """Let topics and rules, and nobody else, put messages into the queues that they deliver to."""
    for one in context.plan.admissions:
        statement = iam.PolicyStatement(
            principals=[iam.ServicePrincipal(one.principal)],
            actions=["sqs:SendMessage"],
            resources=[context.value_of(one.queue, "arn")],
            conditions={"ArnEquals": {"aws:SourceArn": context.value(one.source)}},
        )
        yield Do(context.ref(one.queue).add_to_resource_policy(statement))


def _sns_key(_context: Context) -> Iterator[Statement]:
    yield Let("sns_key", kms.Alias.from_alias_name(THIS, "SnsKey", "alias/aws/sns"))


def _cluster(context: Context) -> Iterator[Statement]:
    """Make the workload's one ECS cluster, or name the one that exists."""
    if context.has("ClusterName"):
        named = context.parameter("ClusterName")
        yield Let("cluster", ecs.Cluster.from_cluster_attributes(THIS, "Cluster", cluster_name=named, vpc=VPC))
        return
    on_fargate = any(map(express, context.architecture.nodes))
    options: dict[str, Value] = {"enable_fargate_capacity_providers": True} if on_fargate else {}
    made = ecs.Cluster(THIS, "Cluster", vpc=VPC, container_insights_v2=ecs.ContainerInsights.ENHANCED, **options)
    yield Let("cluster", made)
    words = Text("Name of the ECS cluster", "ECS クラスター名")
    yield output(context, "EcsClusterName", Ref("cluster").cluster_name, words)


def _tasks_on_arm(context: Context) -> Iterator[Statement]:
    on_arm = cdk.Fn.condition_equals(context.parameter("TaskArchitecture"), "ARM64")
    yield Let("tasks_on_arm", cdk.CfnCondition(THIS, "TasksOnArm", expression=on_arm))


def _account_logging(_context: Context) -> Iterator[Statement]:
    """Let API Gateway write logs in this account: a setting of the account, not of one API."""
    managed = iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AmazonAPIGatewayPushToCloudWatchLogs")
    trusted = iam.ServicePrincipal("apigateway.amazonaws.com")
    role = iam.Role(THIS, "ApiGatewayLogsRole", assumed_by=trusted, managed_policies=[managed])
    yield Let("api_gateway_logs_role", role)
    why = Text(
        "Without it, a stage with an access log is refused in an account that never had one.",
        "これがないと、初めてのアカウントではアクセスログ付きのステージを作成できない。",
    )
    arn = Ref("api_gateway_logs_role").role_arn
    account = apigateway.CfnAccount(THIS, "ApiGatewayAccount", cloud_watch_role_arn=arn)
    yield Let("api_gateway_account", account, why)


#: Name -> the section it stands in, the group it belongs to, and how it is made when something uses it.
ON_DEMAND: Mapping[str, tuple[str, str, Callable[[Context], Iterator[Statement]]]] = {
    "data_key": ("keys", CLOUD, data_key),
    "architecture": ("shared", CLOUD, _architecture),
    "sns_key": ("shared", CLOUD, _sns_key),
    "subnet_ids": ("network", NETWORK, private_subnet_ids),
    "cluster": ("shared", "ecs-cluster", _cluster),
    "tasks_on_arm": ("shared", CLOUD, _tasks_on_arm),
    "api_gateway_account": ("shared", CLOUD, _account_logging),
    "kubernetes_cluster": ("shared", "eks-cluster", kubernetes_cluster),
    "kubernetes_cluster_profile": ("shared", "eks-cluster", profile),
    "kubernetes_pod_execution_role": ("shared", "eks-cluster", pod_execution),
}
