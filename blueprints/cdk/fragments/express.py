"""Web services of ECS Express Mode: one resource, from which ECS makes the load balancer and the scaling by itself."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import ec2, ecs
from blueprints.cdk.network import VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value, Words
from blueprints.plan import HEALTH_PATH
from blueprints.traits import ecs_express

_SERVICE = ecs.CfnExpressGatewayService


def express_service(context: Context, node: Node) -> Iterator[Statement]:
    """Make the service, and the role by which ECS makes what stands around it."""
    policies = (ecs_express.ROLE_POLICY,)
    yield context.role(node.id, "ecs.amazonaws.com", (), "InfrastructureRole", policies=policies, confined=True)
    outer = ecs_express.in_public(context.architecture, node)
    made = _SERVICE(
        THIS,
        context.id(node.id, "Service"),
        cluster=Ref("cluster").cluster_name,
        task_definition_arn=context.ref(node.id, "Definition").task_definition_arn,
        infrastructure_role_arn=context.ref(node.id, "InfrastructureRole").role_arn,
        health_check_path=HEALTH_PATH,
        network_configuration=_SERVICE.ExpressGatewayServiceNetworkConfigurationProperty(
            subnets=_subnets(context, outer=outer),
            security_groups=[context.ref(node.id, "SecurityGroup").security_group_id],
        ),
        scaling_target=_SERVICE.ExpressGatewayScalingTargetProperty(
            min_task_count=ecs_express.least_tasks(node),
            max_task_count=ecs_express.most_tasks(node),
            auto_scaling_metric=ecs_express.SCALING_METRIC,
            auto_scaling_target_value=ecs_express.SCALING_TARGET,
        ),
    )
    why = Text(
        "ECS makes the load balancer, its certificate and the scaling from this; there is no higher construct yet.",
        "ロードバランサー、証明書、スケーリングは ECS がここから作成する。上位のコンストラクトはまだない。",
    )
    yield Let(context.name(node.id, "Service"), made, why)
    if not context.has("ClusterName"):
        words = Text("Tasks start on a capacity provider of the cluster.", "タスクはクラスターの FARGATE で起動する。")
        yield Do(context.ref(node.id, "Service").node.add_dependency(Ref("cluster")), words)
    if outer and not context.has("VpcId"):
        yield Do(context.ref(node.id, "Service").node.add_dependency(_public().internet_connectivity_established))


def _subnets(context: Context, *, outer: bool) -> Value:
    if not outer:
        return Ref("subnet_ids")
    if context.has("PublicSubnetIds"):
        return Ref("public_subnets_given")
    chosen: Value = _public().subnet_ids
    return chosen


def _public() -> Call:
    selected: Call = VPC.select_subnets(subnet_type=ec2.SubnetType.PUBLIC)
    return selected


def address(context: Context, balancer: Node, served: Node) -> Iterator[Statement]:
    """Say the address that ECS gives the service."""
    words = Text("Address that ECS gives the service", "ECS がサービスに割り当てる URL")
    host = context.ref(served.id, "Service").attr_endpoint
    yield output(context, context.id(balancer.id, "Url"), Words("https://", host), words)
