"""Web services of ECS Express Mode: ECS makes the load balancer of one by itself, with address, certificate and scaling.

The task definition is the project's own, as for any task, and is handed over: so a task is as closed as its siblings
are, and runs on the processor that the deployment names.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.traits import ecs, fargate, traits_of

EXPRESS = "ecs-express"
#: What Express Mode calls the container that answers requests; its port has to have a name, whichever.
CONTAINER, PORT = "Main", "web"
ROLE_POLICY = "service-role/AmazonECSInfrastructureRoleforExpressGatewayServices"
#: The capacity provider that Express Mode starts tasks on has to be one of the cluster's.
PROVIDERS = ("FARGATE", "FARGATE_SPOT")
#: What its scaling follows: AWS's own default, written out.
SCALING_METRIC = "AVERAGE_CPU"
#: Idle timeout of the load balancer; Express Mode has no setting for another time.
IDLE_TIMEOUT_S = 60
_ALONE = Text(
    "ECS Express Mode creates its own load balancer for the service. No other endpoint can be used.",
    "ECS Express Mode はサービス用のロードバランサーを自動で作成するため、他のエンドポイントは使えません。",
)
_SIGN_IN = Text(
    "The ECS Express Mode load balancer does not support user authentication. Use an ECS service behind a load balancer "
    "of the project instead.",
    "ECS Express Mode のロードバランサーはユーザー認証に対応していません。"
    "プロジェクトで作成するロードバランサーの背後に ECS サービスを置いてください。",
)
_LINUX = Text("ECS Express Mode supports only Linux.", "ECS Express Mode が対応しているのは Linux だけです。")
_PATIENCE = Text(
    f"The ECS Express Mode load balancer closes connections that are idle for {IDLE_TIMEOUT_S} seconds, and this timeout "
    "cannot be changed.",
    f"ECS Express Mode のロードバランサーは {IDLE_TIMEOUT_S} 秒間アイドル状態の接続を切断し、このタイムアウトは変更できません。",
)


def express(node: Node) -> bool:
    """Return whether a node is a web service of Express Mode; the steps of its workflow are plain tasks."""
    return settings.word(node, "variant") == EXPRESS and settings.word(node, "run") == "service"


def behind(architecture: Architecture, balancer: str) -> Node | None:
    """Return the Express service that a load balancer is made by, or None when the project makes it."""
    targets = (architecture.node(edge.target) for edge in architecture.leaving(balancer, "invoke"))
    return next((node for node in targets if express(node)), None)


def in_public(architecture: Architecture, node: Node) -> bool:
    """Return whether tasks are in the public subnets: Express Mode accepts one list for tasks and load balancer."""
    return express(node) and any(not settings.flag(entry, "private") for entry in _entries(architecture, node))


def most_tasks(node: Node) -> int:
    """Return the largest number of tasks."""
    return max(least_tasks(node), settings.number(node, "most_tasks"))


def least_tasks(node: Node) -> int:
    """Return the smallest number of tasks."""
    return max(1, settings.number(node, "desired_count"))


def refused(architecture: Architecture, node: Node) -> Iterator[Unsupported]:
    """Yield the refusals of settings that Express Mode does not have."""
    if not express(node):
        return
    for entry in _entries(architecture, node):
        if traits_of(entry.service).load_balancer != "application":
            yield Unsupported(entry.id, _ALONE)
        elif architecture.leaving(entry.id, "authorize"):
            yield Unsupported(entry.id, _SIGN_IN)
        elif settings.number(entry, "idle_timeout_s") > IDLE_TIMEOUT_S:
            yield Unsupported(entry.id, _PATIENCE)
    if settings.word(node, "os") != "linux":
        yield Unsupported(node.id, _LINUX)


def _entries(architecture: Architecture, node: Node) -> list[Node]:
    return [architecture.node(edge.source) for edge in architecture.entering(node.id, "invoke")]


TRAITS = replace(
    ecs.TRAITS,
    service=EXPRESS,
    resident_cost=fargate.TRAITS.resident_cost,
    emulated=False,
)
