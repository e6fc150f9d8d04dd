"""Jobs on AWS Batch: how many run at once, how often one is tried, and how one set of items becomes an array job."""

import math
from collections.abc import Iterator
from typing import Any

from advisor.architecture import Architecture, Node
from advisor.sizing.items_at_once import runs_array
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.traits import NamedResource, Traits, batch_hosts, ec2, fargate

BATCH = "batch"
LARGEST_ARRAY = 10_000
MOST_ATTEMPTS = 10
LEAST_TIMEOUT_S = 60
QUEUE_PRIORITY = 1
#: How the reason begins with which a job ends when its host is lost, as a Spot Instance that is reclaimed.
HOST_LOST = "Host EC2*"
#: How often a job on Spot capacity is retried where no workflow says so.
LOST_HOSTS = 3
#: The accelerated image of AL2 is past its end; this one holds the NVIDIA driver.
GPU_IMAGE = "ECS_AL2023_NVIDIA"
IMAGE = "ECS_AL2023"
_NO_WINDOWS_HOSTS = Text(
    "The hosts that AWS Batch starts run Linux only. AWS Batch runs Windows containers on AWS Fargate. Specify AWS Fargate, or run the program on Linux.",
    "AWS Batch が起動するホストは Linux のみで、Windows コンテナは AWS Fargate で動きます。AWS Fargate を指定するか、プログラムを Linux で動かしてください。",
)
#: The environment variables of a job about its array, beside AWS_BATCH_JOB_ARRAY_INDEX.
ARRAY_SIZE = "ARRAY_SIZE"
#: How many steps each job of an array does, one after the other.
STEPS = "STEPS"


def array_size(workflow: Node, worker: Node) -> int:
    """Return how many children the array job of a workflow has, or 0 if its work is no array.

    A distributed map passes one item after the other and needs no array, and neither has an item that several
    components process.
    """
    return min(LARGEST_ARRAY, settings.number(workflow, "parallel_items")) if runs_array(workflow, worker) else 0


def most_vcpus(node: Node) -> int:
    """Return how many vCPUs the jobs of a node may take together; more jobs than these wait in the queue.

    On hosts, these are the vCPUs of the hosts, which may have more than the jobs that fit on them take.
    """
    jobs = settings.number(node, "jobs_at_once")
    if on_hosts(node):
        return batch_hosts.vcpus_for(node, _processors(node), jobs)
    return max(1, math.ceil(_processors(node) * jobs))


def instance_types(node: Node) -> list[str]:
    """Return the instance types of the hosts of a node."""
    return [type.name for type in batch_hosts.host_types(node, _processors(node))]


def disk_gib(node: Node) -> int:
    """Return the size of the volume of a host."""
    return batch_hosts.host_volume_gib(node, _processors(node))


def retry_strategy(architecture: Architecture, node: Node) -> dict[str, Any]:
    """Return how often a job is tried: once, plus the retries of its workflow, or those after Spot capacity was reclaimed.

    A host that is lost is told apart by its reason: a job that no workflow starts is not tried again for another one. Of
    Fargate Spot, AWS documents no such reason.
    https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html (read 2026-11-29)
    """
    starting = [architecture.node(edge.source) for edge in architecture.entering(node.id, "run")]
    unstarted = LOST_HOSTS if on_spot(node) else 0
    retries = max([settings.number(machine, "retry_attempts") for machine in starting], default=unstarted)
    strategy: dict[str, Any] = {"Attempts": min(MOST_ATTEMPTS, 1 + retries)}
    if on_spot(node) and on_hosts(node):
        others = [] if starting else [{"Action": "EXIT", "OnReason": "*"}]
        strategy["EvaluateOnExit"] = [{"Action": "RETRY", "OnStatusReason": HOST_LOST}, *others]
    return strategy


def timeout_s(node: Node) -> int:
    """Return how long one attempt may take."""
    return max(LEAST_TIMEOUT_S, settings.number(node, "timeout_s"))


def vcpus(node: Node) -> str:
    """Return the vCPUs of a job as Batch reads them, such as `0.5` or `2`."""
    return f"{_processors(node):g}"


def _processors(node: Node) -> float:
    """Return the vCPUs of a job: whole ones on instances."""
    stated = node.settings.get("vcpu")
    return settings.number(node, "cpu_units") / 1024 if stated is None else float(str(stated))


def on_batch_hosts(node: Node) -> bool:
    """Return whether a node's image runs on instances that Batch starts, so that it must be built for x86."""
    return node.service == BATCH and on_hosts(node)


def on_spot(node: Node) -> bool:
    """Return whether jobs run on Spot capacity."""
    return settings.flag(node, "spot")


def on_hosts(node: Node) -> bool:
    """Return whether jobs run on instances: where they need a GPU, or what Fargate does not have."""
    return settings.word(node, "engine") != fargate.TRAITS.service


def refused(node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of Windows containers whose pin asks for hosts: these run Linux only.

    https://docs.aws.amazon.com/batch/latest/userguide/batch-ami-spec.html (read 2026-12-02)
    """
    if ec2.windows(node) and on_hosts(node):
        yield Unsupported(node.id, _NO_WINDOWS_HOSTS)


TRAITS = Traits(
    service=BATCH,
    compute="container",
    starts_hosts=True,
    image_tag=True,
    log_group=True,
    durable_event="call",
    state="job",
    completion_rule="StepFunctionsGetEventsForBatchJobsRule",
    resources={
        # The name alone allows nothing: AWS asks for the revision, also where a job is submitted without one.
        # https://docs.aws.amazon.com/batch/latest/userguide/iam-example-restrict-job-submission.html (read 2026-11-30)
        "batch:SubmitJob": (
            NamedResource(
                "job-definition-arn-without-revision",
                ":*",
                Text("all revisions of the job definition of {0}", "{0}のジョブ定義の全リビジョン"),
            ),
            NamedResource("job-queue-arn"),
        ),
        # AWS knows no resource that this action could be confined to.
        "batch:DescribeJobs": (NamedResource("any"),),
        "batch:TerminateJob": (NamedResource("jobs-arn", "/*"),),
    },
    principal="events.amazonaws.com",
    dead_letters_by="rule",
    placement="vpc",
    emulated=False,
)
