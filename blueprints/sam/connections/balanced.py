"""What a load balancer does with a request: who must sign in, and which work it goes to."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.network import APPLICATION_PORT
from blueprints.plan import CONTAINER, HEALTH_PATH
from blueprints.registry import carried, connection
from blueprints.sam.services.balancer import listener_id
from blueprints.sam.services.containers import service_id
from blueprints.sam.services.functions import permission
from blueprints.sam.services.identity import client_id
from blueprints.sam.services.kubernetes import cluster_name
from blueprints.sam.services.network_balancer import KINDS, listens
from blueprints.scope import Json, Scope
from blueprints.traits import ecs_express, eks
from blueprints.values import STACK_UUID, Named, Ref, SecretValue, arn, joined

GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"


def target_group_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of the target group of an edge: named after the work."""
    return f"{scope.name(edge.target)}TargetGroup"


def _forward(scope: Scope, edge: Edge) -> None:
    """Send what the listener lets through to the target group."""
    actions = scope.properties(listener_id(scope, edge.source))["DefaultActions"]
    order = len(actions) + 1
    actions.append({"Type": "forward", "Order": order, "TargetGroupArn": Ref(target_group_id(scope, edge))})
    scope.carry(listener_id(scope, edge.source), edge.id)


def _by_address(scope: Scope, node: Node) -> Json:
    return {
        "VpcId": scope.vpc(),
        "TargetType": "ip",
        "Protocol": "HTTP",
        "Port": APPLICATION_PORT,
        "HealthCheckPath": HEALTH_PATH,
        "HealthCheckIntervalSeconds": 15,
        "HealthyThresholdCount": 2,
        "UnhealthyThresholdCount": 3,
        "TargetGroupAttributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}],
    }


@connection(["alb"], "invoke", ["ecs"])
def forwards_to_tasks(scope: Scope, edge: Edge) -> None:
    """Send requests to the service's tasks; in Express Mode ECS does."""
    node = scope.architecture.node(edge.target)
    if ecs_express.express(node):
        scope.carry(service_id(scope, node), edge.id)
        return
    group = target_group_id(scope, edge)
    scope.add(group, GROUP, _by_address(scope, node), edge=edge.id)
    _forward(scope, edge)
    join(scope, node, group, listener_id(scope, edge.source))


def join(scope: Scope, node: Node, group: str, listener: str) -> None:
    """Let a node's tasks join a target group: only once a listener uses it."""
    id = service_id(scope, node)
    if id not in scope.resources:
        return
    balanced = {"ContainerName": CONTAINER, "ContainerPort": APPLICATION_PORT, "TargetGroupArn": Ref(group)}
    scope.properties(id).update(LoadBalancers=[balanced], HealthCheckGracePeriodSeconds=60)
    known = scope.resources[id].get("DependsOn", [])
    scope.resources[id]["DependsOn"] = [*([known] if isinstance(known, str) else known), listener]


@connection(["alb"], "invoke", ["eks"])
def forwards_to_pods(scope: Scope, edge: Edge) -> None:
    """Send requests to pods: a TargetGroupBinding in the manifests fills the target group."""
    node = scope.architecture.node(edge.target)
    scope.add(target_group_id(scope, edge), GROUP, _by_address(scope, node), edge=edge.id)
    bind(scope, target_group_id(scope, edge))
    _forward(scope, edge)


@connection(["nlb"], "invoke", ["eks"])
def sends_to_pods(scope: Scope, edge: Edge) -> None:
    """Send connections and datagrams to pods: TargetGroupBindings in the manifests fill the target groups."""
    listens(scope, edge, "ip")
    for end in KINDS:
        bind(scope, f"{scope.name(edge.target)}{end}")


def bind(scope: Scope, group: str) -> None:
    """Let EKS Auto Mode fill a target group: it may only change those that carry its cluster's name."""
    scope.whys[group] = Text(
        "EKS Auto Mode may only change target groups that carry its cluster's name.",
        "EKS Auto Mode が変更できるのは、クラスター名のタグが付いたターゲットグループだけ。",
    )
    scope.properties(group)["Tags"] = [{"Key": "eks:eks-cluster-name", "Value": cluster_name(scope)}]
    words = Text("Target group that the pods are bound to", "Pod を結び付けるターゲットグループ")
    scope.output(f"{group}Arn", Ref(group), words)


@connection(["alb"], "invoke", ["lambda"])
def forwards_to_function(scope: Scope, edge: Edge) -> None:
    """Send requests to the function."""
    group = target_group_id(scope, edge)
    permission_id = f"{scope.name(edge.id)}Permission"
    anywhere = arn("elasticloadbalancing", "targetgroup/*")
    permission(scope, permission_id, edge.target, "elasticloadbalancing.amazonaws.com", anywhere, edge.id)
    scope.whys[permission_id] = Text(
        "Only load balancers of this account: the construct for targets would let those of any account invoke it.",
        "このアカウントのロードバランサーに限定する。ターゲット用のコンストラクトでは任意のアカウントに許可される。",
    )
    properties = {"TargetType": "lambda", "Targets": [{"Id": scope.of(edge.target, "arn")}]}
    scope.add(group, GROUP, properties, edge=edge.id, depends=[permission_id])
    _forward(scope, edge)


@connection(["alb"], "authorize", ["cognito"])
def signs_in_with_pool(scope: Scope, edge: Edge) -> None:
    """Send callers to the pool's sign-in page before their first request goes on."""
    pool, client = scope.main(edge.target), client_id(scope, edge.target)
    # Unique in the world and in lower case, which a stack's name need not be.
    domain = joined("sign-in-", Named("Unique", STACK_UUID))
    scope.add(
        f"{pool}Domain", "AWS::Cognito::UserPoolDomain", {"UserPoolId": Ref(pool), "Domain": domain}, edge=edge.id
    )
    properties = scope.properties(client)
    properties.update(
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        SupportedIdentityProviders=["COGNITO"],
        CallbackURLs=[joined(scope.of(edge.source, "url"), "/oauth2/idpresponse")],
    )
    config = {
        "UserPoolArn": scope.of(edge.target, "arn"),
        "UserPoolClientId": Ref(client),
        "UserPoolDomain": Ref(f"{pool}Domain"),
    }
    action = {"Type": "authenticate-cognito", "Order": 1, "AuthenticateCognitoConfig": config}
    _first(scope, edge, action)


@connection(["alb"], "authorize", ["oidc"])
def signs_in_with_provider(scope: Scope, edge: Edge) -> None:
    """Send callers to the existing provider's sign-in page; its addresses and secret are parameters."""
    config = {
        "Issuer": Ref("OidcIssuer"),
        "AuthorizationEndpoint": Ref("OidcAuthorizationEndpoint"),
        "TokenEndpoint": Ref("OidcTokenEndpoint"),
        "UserInfoEndpoint": Ref("OidcUserInfoEndpoint"),
        "ClientId": Ref("OidcAudience"),
        "ClientSecret": SecretValue(Ref("OidcClientSecretArn")),
    }
    _first(scope, edge, {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": config})
    scope.also(listener_id(scope, edge.source), edge.target)


def _first(scope: Scope, edge: Edge, action: Json) -> None:
    actions = scope.properties(listener_id(scope, edge.source))["DefaultActions"]
    for later in actions:
        later["Order"] += 1
    actions.insert(0, action)
    scope.carry(listener_id(scope, edge.source), edge.id)


@connection(["alb", "appsync"], "filter", ["waf"])
def filters(scope: Scope, edge: Edge) -> None:
    """Let the firewall see requests first."""
    properties = {"ResourceArn": scope.of(edge.source, "arn"), "WebACLArn": scope.of(edge.target, "arn")}
    scope.add(f"{scope.name(edge.source)}WebAcl", "AWS::WAFv2::WebACLAssociation", properties, edge=edge.id)


carried(["ecs", "ec2", "lambda", "batch", "eks"], ["pull"], ["ecr"], by="target")


@connection(["eks"], "observe", ["cloudwatch"])
def insights(scope: Scope, edge: Edge) -> None:
    """Container Insights watches the cluster; in one that exists, its owner's does."""
    scope.carry(eks.INSIGHTS if eks.INSIGHTS in scope.resources else scope.main(edge.source), edge.id)


@connection(["ecs", "lambda", "batch"], "observe", ["cloudwatch"])
def logs(scope: Scope, edge: Edge) -> None:
    """What the work writes goes to its log group."""
    scope.carry(f"{scope.name(edge.source)}Logs", edge.id)
