"""The record of what the product knows of a service beside its resources, and the records that it is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.parameter_list import Parameter
from blueprints.traits._monitoring import Measure, Metrics, NodeAttribute

#: What a service runs programs as; empty for a service that runs none.
Compute = Literal["", "function", "container"]
#: As what a state of a state machine runs it: an invocation, a task of ECS, a job of Batch.
TaskState = Literal["", "function", "task", "job"]
LoadBalancer = Literal["", "application", "network"]
#: Who says which origin may call an API from a browser: the API itself, or for the most part the work behind it.
Cors = Literal["", "api", "handlers"]
#: Whose role puts what failed into a dead-letter queue: that of the service itself, or of the functions that read from it.
DeadLetterSender = Literal["", "itself", "reader"]
#: Where a service stands: in AWS's own network, in the VPC, or there too and reached from the VPC by an endpoint of its own.
Placement = Literal["aws", "vpc", "vpc-endpoint"]


@dataclass(frozen=True, slots=True)
class Port:
    """A port that a service is reached by."""

    number: int
    protocol: str = "tcp"


ITSELF = Text("{0}", "{0}")


@dataclass(frozen=True, slots=True)
class NamedResource:
    """A resource that an action names: an attribute of the node, what is appended to it, and what that is called.

    `{0}` in the words is the node.
    """

    attribute: str
    suffix: str = ""
    words: Text = ITSELF


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays when the stack is deleted, and the command that removes it for good.

    `output` ends the name of the stack's output that names it; `{output}` in the command is that output.
    """

    what: Text
    output: str
    command: str


@dataclass(frozen=True, slots=True)
class ClusterCosts:
    """What a cluster costs as long as it is there: its control plane, and the key of its secrets."""

    control_plane: Text
    key: Text


def _always(_node: Node) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the product knows of a service beside its resources. What is not stated, a service does not have.

    A form of a service ("lambda-durable") and what runs containers ("eks-fargate") have traits of their own.
    """

    #: The service's id, as in the rule book.
    service: str
    #: The noun that ends the names of its nodes; its own id where none is stated.
    noun: str = ""
    #: What it runs programs as.
    compute: Compute = ""
    #: Whether its containers are pods of Kubernetes.
    pods: bool = False
    #: Whether it starts hosts for its jobs and ends them, so that none stands ready.
    starts_hosts: bool = False
    #: Whether its images can be built for x86 only.
    x86_only: bool = False
    #: Whether a capacity provider of the node's own places its tasks.
    capacity_provider: bool = False
    #: Which kind of load balancer it is.
    load_balancer: LoadBalancer = ""
    #: Whether programs call it over the internet.
    public_api: bool = False

    #: What a program that reaches it is told: its environment variables.
    variables: tuple[NodeAttribute, ...] = ()
    #: The same for programs in the VPC, where that differs.
    private_variables: tuple[NodeAttribute, ...] = ()
    #: Who says which origin may call it from a browser; empty where none does.
    cors: Cors = ""
    #: Whether its messages wait until they are taken.
    queue: bool = False
    #: Whether it keeps messages in order.
    fifo: bool = False

    #: Whether it starts work without saying what the work is on: a schedule, an event.
    brings_no_items: bool = False
    #: How Step Functions hands it work.
    state: TaskState = ""
    #: The rule by which Step Functions hears that its work has ended; the names are AWS's.
    completion_rule: str = ""

    #: Parameters of a deployment that it asks for.
    parameters: tuple[Parameter, ...] = ()
    #: Those that it asks for besides where it is in several Regions.
    parameters_of_regions: tuple[Parameter, ...] = ()
    #: Whether it has a log group of its own.
    log_group: bool = False
    #: Whether its API has a stage, which is named after the environment.
    staged: bool = False
    #: Whether the deployment says which version of its image runs.
    image_tag: bool = False
    #: Whether its programs can run in a cluster that exists.
    clustered: bool = False

    #: Action -> what it names; any other action names the node itself.
    resources: Mapping[str, tuple[NamedResource, ...]] = field(default_factory=dict)
    #: As whom it calls functions and puts into queues, where it does so in its own name.
    principal: str = ""
    #: Whether it does so by a rule for each connection.
    by_rules: bool = False
    #: Whose role puts what failed into a dead-letter queue.
    dead_letters_by: DeadLetterSender = ""
    #: What another account, or an AWS service, may do with it by its policy to publish.
    publish_actions: tuple[str, ...] = ()
    #: What they do to send by a role that they assume, because it has no policy.
    sender_actions: tuple[str, ...] = ()
    #: What another account may do to get what it delivers.
    subscribe_actions: tuple[str, ...] = ()
    #: Whether AWS's own key would keep its messages from other accounts.
    closed_by_aws_key: bool = False
    #: Whether other accounts read from it by themselves.
    read_by_accounts: bool = False
    #: By which service's name (`<name>.<region>.amazonaws.com`) callers use a key through it.
    key_service: str = ""
    #: Whether the emulator of AWS has its resources.
    emulated: bool = True

    #: How it is measured and watched; None when it has no metrics here.
    metrics: Metrics | None = None
    #: Whether a node of it has something to watch.
    watched: Callable[[Node], bool] = field(default=_always)

    #: Question -> how its answer is seen on a node of this service.
    measures: Mapping[str, Measure] = field(default_factory=dict)

    #: Where it stands.
    placement: Placement = "aws"
    #: The ports at which it is reached in the VPC, the first one first.
    ports: tuple[Port, ...] = ()
    #: Whether it only answers, so that its security group lets nothing out.
    only_answers: bool = False
    #: Whether it shares the connections to a database, and reaches nothing else.
    pools: bool = False
    #: How a proxy is told of it, where one can share its connections.
    pooled_as: str = ""
    #: Whether programs use it by an API of AWS, and only what pools its connections goes to its port.
    data_api: bool = False
    #: Whether it is a file system that programs mount.
    mounted: bool = False
    #: Whether the nodes of the cluster mount file systems for the pods that run on them.
    nodes_mount: bool = False
    #: Interface endpoints (com.amazonaws.<region>.<name>) by which it is reached from the VPC.
    interface_endpoints: tuple[str, ...] = ()
    #: The gateway endpoint by which it is reached from the VPC.
    gateway_endpoint: str = ""
    #: Interface endpoints that programs on it need for themselves.
    own_endpoints: tuple[str, ...] = ()

    #: What is paid for while nothing happens; None for what costs by use.
    standing_cost: Text | None = None
    #: The same of programs that always run on it.
    resident_cost: Text | None = None
    #: The same of every program on it, because hosts stand ready for each.
    host_cost: Text | None = None
    #: The same of the cluster that its programs share.
    cluster_costs: ClusterCosts | None = None
    #: The same of the cache of an API, where that is asked for.
    cache_cost: Text | None = None
    #: What stays when the stack is deleted; None when nothing does.
    kept: Kept | None = None

    def nodes(self, architecture: Architecture) -> tuple[Node, ...]:
        """Return the nodes of this service."""
        return architecture.of_service(self.service)


Table = Mapping[str, Traits]
