"""Web services of ECS Express Mode: one resource, from which ECS makes the load balancer and the scaling by itself."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.plan import HEALTH_PATH
from blueprints.shared.cluster_capacity import add_providers
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Scope
from blueprints.traits import ecs_express
from blueprints.values import Att, Fn, Ref, Value, joined

TYPE = "AWS::ECS::ExpressGatewayService"


def id_of(scope: Scope, node: Node) -> str:
    """Return the logical id of a node's Express service."""
    return f"{scope.name(node.id)}Service"


def add_express(scope: Scope, node: Node, cluster: Value, definition: Value) -> None:
    """Add the service, and the role by which ECS makes its load balancer and scaling."""
    id = scope.name(node.id)
    infrastructure = role(
        scope,
        f"{id}InfrastructureRole",
        trust("ecs.amazonaws.com", confined=True),
        [],
        node=node.id,
        policies=[ecs_express.ROLE_POLICY],
    )
    depends = [] if scope.has("ClusterName") else [add_providers(scope, cluster, ecs_express.PROVIDERS)]
    public = ecs_express.in_public(scope.architecture, node)
    properties = {
        "Cluster": cluster,
        "TaskDefinitionArn": definition,
        "InfrastructureRoleArn": infrastructure,
        "HealthCheckPath": HEALTH_PATH,
        "NetworkConfiguration": {
            "Subnets": scope.subnets(public=public),
            "SecurityGroups": [Ref(f"{id}SecurityGroup")],
        },
        "ScalingTarget": {
            "MinTaskCount": ecs_express.least_tasks(node),
            "MaxTaskCount": ecs_express.most_tasks(node),
            "AutoScalingMetric": ecs_express.SCALING_METRIC,
            "AutoScalingTargetValue": settings.number(node, "cpu_percent"),
        },
    }
    depends += ["PublicDefaultRoute"] * (public and "PublicDefaultRoute" in scope.resources)
    why = Text(
        "ECS creates the load balancer, its certificate and automatic scaling for this resource. There is no L2 construct yet.",
        "このリソースのロードバランサー、証明書、自動スケーリングは ECS が作成します。L2 コンストラクトはまだありません。",
    )
    scope.add(id_of(scope, node), TYPE, properties, node=node.id, depends=depends, why=why)
    for edge in scope.architecture.entering(node.id, "invoke"):
        scope.also(id_of(scope, node), edge.source)


def output_address(scope: Scope, balancer: Node, served: Node) -> None:
    """Output the URL of the service; the service represents its load balancer."""
    words = "URL that ECS assigns to the service"
    scope.output(f"{scope.name(balancer.id)}Url", url(scope, served), words)


def url(scope: Scope, served: Node) -> Value:
    """Return the address that ECS gives a service."""
    return joined("https://", Att(id_of(scope, served), "Endpoint"))


def name(scope: Scope, node: Node) -> Value:
    """Return a service's name, the last part of its ARN: ECS chooses it, since names are not given twice."""
    return Fn("Select", [2, Fn("Split", ["/", Att(id_of(scope, node), "ServiceArn")])])


def balancer_arn(scope: Scope, served: Node) -> Value:
    """Return the ARN of the load balancer that ECS makes."""
    return Att(id_of(scope, served), "ECSManagedResourceArns.IngressPath.LoadBalancerArn")


def balancer_full_name(scope: Scope, served: Node) -> Value:
    """Return the name of the load balancer in its metrics."""
    return Fn("Select", [1, Fn("Split", [":loadbalancer/", balancer_arn(scope, served)])])
