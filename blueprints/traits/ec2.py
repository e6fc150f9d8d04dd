"""Where tasks run: on Fargate, on hosts of an Auto Scaling group, or on instances that ECS manages.

A GPU or Windows fixes the instruction set, the image of the host and its size; every target prints the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.traits import NamedResource, Traits, fargate, traits_of
from blueprints.traits.ecs_express import EXPRESS

FARGATE, EC2 = fargate.TRAITS.service, "ec2"
HOST_POLICIES = ("service-role/AmazonEC2ContainerServiceforEC2Role",)
MOST_HOSTS = 4
VOLUME_GIB = 50
#: Drivers and images for GPUs are larger.
GPU_VOLUME_GIB = 100
#: What the operating system and the images take of a volume, beside the temporary storage of the tasks.
SYSTEM_GIB = 30
WINDOWS_FAMILY = "WINDOWS_SERVER_2022_CORE"
LINUX_IMAGES = "/aws/service/ecs/optimized-ami/amazon-linux-2023/"
GPU_IMAGE = f"{LINUX_IMAGES}gpu/recommended/image_id"
GPU_FAMILY = "g6"
#: Smallest size that holds a task: (vCPU, MiB, size), of the general families for each instruction set.
_GENERAL = (
    (2, 8192, "large"),
    (4, 16384, "xlarge"),
    (8, 32768, "2xlarge"),
    (16, 65536, "4xlarge"),
    (32, 131072, "8xlarge"),
)
#: The same of the family with one NVIDIA L4 for each instance of these sizes.
_GPU = tuple(row for row in _GENERAL if row[2] != "large")
GPU_SIZES = tuple(row[2] for row in _GPU)
#: Left free for the ECS agent and the operating system.
RESERVED_MIB = 1024


@dataclass(frozen=True, slots=True)
class Host:
    """The hosts of a node: families by instruction set (the same twice if there is one only), size and disk.

    `used_gib` is the temporary storage of the tasks that a host holds at once.
    """

    arm: str
    x86: str
    size: str
    volume_gib: int
    used_gib: int

    @property
    def single_architecture(self) -> bool:
        """Whether the instance type does not follow the deployment's instruction set."""
        return self.arm == self.x86


def host_of(node: Node) -> Host:
    """Return the smallest hosts that hold one task of the node; the largest listed when none does."""
    cpu, memory = settings.number(node, "cpu_units"), settings.number(node, "task_memory_mib") + RESERVED_MIB
    sizes = _GPU if gpu(node) else _GENERAL
    row = next((row for row in sizes if row[0] * 1024 >= cpu and row[1] >= memory), sizes[-1])
    used = _tasks_on(node, row[0], row[1]) * disk_gib(node)
    volume = volume_gib(used, GPU_VOLUME_GIB if gpu(node) else VOLUME_GIB)
    if gpu(node):
        return Host(GPU_FAMILY, GPU_FAMILY, row[2], volume, used)
    return Host("m7g", "m7i", row[2], volume, used)


def _tasks_on(node: Node, vcpu: int, memory_mib: int) -> int:
    """Return how many tasks of the node a host holds at once, at least one; each takes a GPU for itself."""
    if gpu(node):
        return 1
    by_memory = memory_mib // settings.number(node, "task_memory_mib")
    return max(1, min(vcpu * 1024 // settings.number(node, "cpu_units"), by_memory))


def disk_gib(node: Node) -> int:
    """Return the temporary storage of one task or job, in whole GiB."""
    return -(-settings.number(node, "disk_mib") // 1024)


def volume_gib(used_gib: int, least: int = VOLUME_GIB) -> int:
    """Return the size of a host's volume with so much temporary storage for tasks or jobs, at least the usual one."""
    return max(least, SYSTEM_GIB + used_gib)


def gpu(node: Node) -> bool:
    """Return whether tasks take a GPU."""
    return settings.flag(node, "gpu")


def windows(node: Node) -> bool:
    """Return whether tasks run Windows."""
    return settings.word(node, "os") == "windows"


def x86_only(node: Node) -> bool:
    """Return whether a node's image can be built for one instruction set only."""
    return gpu(node) or windows(node) or traits_of(engine(node)).x86_only


def engine(node: Node) -> str:
    """Return where a node's containers run; Express Mode runs them on Fargate."""
    stated = settings.word(node, "engine")
    return FARGATE if stated == EXPRESS else stated


def on_instances(node: Node) -> bool:
    """Return whether the tasks of the node are placed by its own capacity provider."""
    return traits_of(engine(node)).capacity_provider


def refused(node: Node, *, existing_cluster: bool) -> Iterator[Unsupported]:
    """Yield the refusal of hosts of a cluster that exists: its list of capacity providers would be replaced."""
    if existing_cluster and engine(node) == EC2:
        yield Unsupported(
            node.id,
            Text(
                "A template cannot add container instances to an existing cluster without replacing its capacity providers.",
                "既存クラスターのキャパシティープロバイダーを置き換えずにホストを追加することはテンプレートではできません。",
            ),
        )


@dataclass(frozen=True, slots=True)
class Least:
    """The minimum instance size for one task of a node."""

    vcpu: int
    memory_mib: int


def least(node: Node) -> Least:
    """Return the resources of one task, in whole vCPUs, with capacity for the ECS agent."""
    return Least(
        max(1, -(-settings.number(node, "cpu_units") // 1024)), settings.number(node, "task_memory_mib") + RESERVED_MIB
    )


#: How the agent of ECS on a host reaches ECS.
ECS_AGENT_ENDPOINTS = ("ecs", "ecs-agent", "ecs-telemetry")
TRAITS = Traits(
    service=EC2,
    noun="Instances",
    compute="container",
    capacity_provider=True,
    durable_event="call",
    resources={
        # A command is a document of Systems Manager and the hosts that it is run on.
        "ssm:SendCommand": (
            NamedResource("command-arn", words=Text("command that {0} runs", "{0}で実行するコマンド")),
            NamedResource("arn"),
        ),
    },
    placement="vpc",
    own_endpoints=ECS_AGENT_ENDPOINTS,
    host_cost=Text("EC2 container instances: per hour", "EC2 コンテナインスタンス: 時間課金"),
)
