"""The record of what the product knows of a service beside its resources, and the records that it is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.architecture import Node
from advisor.text import Text

Statistic = Literal["Sum", "Maximum", "Average", "Minimum"]
#: What a service runs programs as; empty for a service that runs none.
Compute = Literal["", "function", "container"]
#: Where a service stands: in AWS's own network, in the VPC, or there too and reached from the VPC by an endpoint of its own.
Placement = Literal["aws", "vpc", "vpc-endpoint"]


@dataclass(frozen=True, slots=True)
class NodeAttribute:
    """An attribute of a node, such as "arn", under the name that something else gives it.

    `name` is the end of an environment variable's name, or the name of a dimension of a metric.
    """

    name: str
    attribute: str


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """An alarm that every node of a service has: it fires when the statistic is above `above` for so many periods.

    `end` ends the alarm's name, `words` say of the node (`{}`) what happens. A limit that follows from the node's own
    settings is a function of the node.
    """

    end: str
    metric: str
    statistic: Statistic
    above: float | Callable[[Node], float]
    words: Text
    periods: int = 1
    period_s: int = 300


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a service's graph: a metric, and its statistic ("p99" too)."""

    metric: str
    statistic: str = "Sum"


def sums(*metrics: str) -> tuple[Curve, ...]:
    """Return a curve of the sum of each metric."""
    return tuple(Curve(metric) for metric in metrics)


@dataclass(frozen=True, slots=True)
class Metrics:
    """What CloudWatch measures of a service: its namespace, and the dimensions that single out one node.

    `left` and `right` are the curves on the two axes of its graph. Without curves the graph shows what the alarms watch.
    """

    namespace: str
    dimensions: tuple[NodeAttribute, ...]
    alarms: tuple[AlarmRule, ...]
    left: tuple[Curve, ...] = ()
    right: tuple[Curve, ...] = ()


@dataclass(frozen=True, slots=True)
class Port:
    """A port that a service is reached by."""

    number: int
    protocol: str = "tcp"


@dataclass(frozen=True, slots=True)
class Measure:
    """How an answer is seen: the metric, its statistic over a period, and what one unit of the answer is in it.

    Where several nodes of a subject show an answer, the one of the lowest rank is watched.
    """

    metric: str
    statistic: Statistic = "Maximum"
    scale: float = 1.0
    period_s: int = 300
    rank: int = 0


#: What one second is in a metric that counts milliseconds.
MS = 1000.0
MINUTE_S, HOUR_S = 60, 3600


def rates(metric: str, rank: int = 0) -> Mapping[str, Measure]:
    """Return how the two questions about rates are seen, by a metric that counts."""
    return {
        "rate_peak_rps": Measure(metric, "Sum", float(MINUTE_S), MINUTE_S, rank),
        "rate_average_rps": Measure(metric, "Sum", float(HOUR_S), HOUR_S, rank),
    }


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
    #: Whether it hands requests on to what runs in the VPC, and stands there itself.
    load_balancer: bool = False
    #: Whether programs call it over the internet.
    public_api: bool = False

    #: What a program that reaches it is told: its environment variables.
    variables: tuple[NodeAttribute, ...] = ()
    #: The same for programs in the VPC, where that differs.
    private_variables: tuple[NodeAttribute, ...] = ()
    #: Whether it answers browsers' preflights by itself, so that the work behind it names the origin that may call.
    answers_preflights: bool = False

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
    #: Whether it hears plain HTTP too, to say that it speaks HTTPS.
    redirects: bool = False
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


Table = Mapping[str, Traits]
