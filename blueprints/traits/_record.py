"""The record of the properties of a service besides its resources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.parameters.parameter import Parameter
from blueprints.traits._aspects import (
    ClusterCosts,
    Compute,
    Cors,
    DeadLetterSender,
    Identity,
    LoadBalancer,
    NamedResource,
    Placement,
    Port,
    Retained,
    TaskState,
)
from blueprints.traits._monitoring import Measure, Metrics, NodeAttribute
from blueprints.traits._programs import Client, Protocol, Records, Resolver


def _always(_node: Node) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The properties of a service besides its resources. An unstated property does not apply.

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
    #: Whether the tasks of a node are placed by its own capacity provider.
    capacity_provider: bool = False
    #: Whether its programs can run in a cluster that exists.
    clustered: bool = False
    #: Whether the deployment says which version of its image runs.
    image_tag: bool = False
    #: Which kind of load balancer it is.
    load_balancer: LoadBalancer = ""
    #: Whether programs call it over the internet.
    public_api: bool = False
    #: Whether callers need an API key that expires where the requirements ask for no sign-in.
    expiring_key: bool = False
    #: Whether it can answer under a domain name of the caller's own, by a mapping to its stage.
    custom_domain: bool = False
    #: Whether it can be private, behind an endpoint of the VPC.
    private_endpoint: bool = False
    #: Whether its API has a stage, which is named after the environment.
    staged: bool = False
    #: Whether it has a log group of its own.
    log_group: bool = False
    #: Whether it logs by a role that is set once for the account and Region.
    account_role: bool = False
    #: The action by which programs read a version of an item, where it keeps versions.
    version_action: str = ""
    #: The action by which programs that only write read what they are about to replace, if another one is needed.
    comparing_action: str = ""
    #: Whether its messages wait until they are taken.
    queue: bool = False
    #: Whether it keeps messages in order.
    fifo: bool = False

    # Work that it starts or runs

    #: Whether it starts work without saying what the work is on: a schedule, an event.
    brings_no_items: bool = False
    #: Whether it starts programs by the clock.
    timed: bool = False
    #: What a function gets from it otherwise, as one word: "event", "schedule", "pipe", "topic".
    event: str = ""
    #: What a durable function gets from it, or from the programs on it.
    durable_event: str = ""
    #: Whether all components use it, although one asks for it.
    used_by_all: bool = False
    #: What a function gets from it in batches.
    records: Records | None = None
    #: The kind of task by which Step Functions runs it.
    state: TaskState = ""
    #: The managed rule of Step Functions for its completion events; the names are AWS's.
    completion_rule: str = ""
    #: The action by which an API starts it.
    start_action: str = ""

    # Entries: callers, and how they are known

    #: How callers talk to it, where it is an entry.
    protocol: Protocol = ""
    #: Who says which origin may call it from a browser; empty where none does.
    cors: Cors = ""
    #: As what it says who calls; empty for what identifies nobody.
    identity: Identity = ""
    #: Who callers are -> the keys under which a request holds the caller's id.
    caller_paths: Mapping[Identity, tuple[str, ...]] = field(default_factory=dict)
    #: The keys under which a request holds the claims of a signed-in caller with its signature.
    signed_path: tuple[str, ...] = ()
    #: The keys under which a request holds the verified claims of a caller, by the kind of identity that verified them.
    claims_paths: Mapping[Identity, tuple[str, ...]] = field(default_factory=dict)
    #: Whose tokens a function checks for it, because it cannot check them itself.
    checked_by_function: tuple[Identity, ...] = ()
    #: Whether that function has a folder of its own, because what answers may be no program.
    own_authorizer: bool = False
    #: Whether it passes the authenticated caller to a function as the tenant ID.
    sets_tenants: bool = False
    #: What reads its requests in a function.
    resolver: Resolver | None = None

    # Programs that reach it

    #: The code by which programs reach it; None when nothing is written for that.
    client: Client | None = None
    #: Environment variables of the programs that reach it.
    variables: tuple[NodeAttribute, ...] = ()
    #: The same for programs in the VPC, where that differs.
    private_variables: tuple[NodeAttribute, ...] = ()
    #: Commands that put a message into it: `{name}` starts its outputs, `{message}` is the message, `{detail}` the same as a JSON
    #: string, `{order}` what an order takes, `{type}` its type, `{attributes}` what a channel takes that routes by the type.
    send_commands: tuple[str, ...] = ()
    #: Commands that show what a program keeps in it; `{name}` starts its outputs, `{table}` is the SQL table, `{result}`
    #: the column of the program's result.
    show_commands: tuple[str, ...] = ()
    #: As what the test of a deployed stack puts something into it.
    deployed_test: str = ""

    # Parameters of a deployment

    #: Parameters of a deployment that it asks for.
    parameters: tuple[Parameter, ...] = ()
    #: Those that it asks for besides where it is in several Regions.
    parameters_of_regions: tuple[Parameter, ...] = ()

    # Permissions and keys

    #: Action -> what it names; any other action names the node itself.
    resources: Mapping[str, tuple[NamedResource, ...]] = field(default_factory=dict)
    #: Action -> its purpose, where the sentence on a connection says too little of it.
    purposes: Mapping[str, Text] = field(default_factory=dict)
    #: Verb of a connection -> what its actions name, where that is less than the actions name elsewhere.
    resources_by_verb: Mapping[str, NamedResource] = field(default_factory=dict)
    #: Its service principal, where it invokes functions and sends to queues in its own name.
    principal: str = ""
    #: Whether it does so by a rule for each connection.
    by_rules: bool = False
    #: Who puts what failed into a dead-letter queue.
    dead_letters_by: DeadLetterSender = ""
    #: What another account, or an AWS service, may do with it by its policy to publish.
    publish_actions: tuple[str, ...] = ()
    #: What they do to send by a role that they assume, because it has no policy.
    sender_actions: tuple[str, ...] = ()
    #: What another account may do to get what it delivers.
    subscribe_actions: tuple[str, ...] = ()
    #: Whether other accounts read from it by themselves.
    read_by_accounts: bool = False
    #: Whether encryption with an AWS managed key would prevent other accounts from reading its messages.
    closed_by_aws_key: bool = False

    # Network

    #: Where it stands.
    placement: Placement = "aws"
    #: The ports at which it is reached in the VPC, the first one first.
    ports: tuple[Port, ...] = ()
    #: Whether it only answers, so that its security group lets nothing out.
    only_answers: bool = False
    #: Whether it shares the connections to a database, and reaches nothing else.
    pools: bool = False
    #: Its settings as the target of a proxy, where a proxy can pool its connections.
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

    # Metrics, alarms and graphs

    #: How it is measured and watched; None when it has no metrics here.
    metrics: Metrics | None = None
    #: Whether a node of it has something to watch.
    watched: Callable[[Node], bool] = field(default=_always)
    #: Question -> how its answer is seen on a node of this service.
    measures: Mapping[str, Measure] = field(default_factory=dict)

    # Costs, and what stays

    #: Standing cost; None for services that are billed by use only.
    standing_cost: Text | None = None
    #: The same of a database that does not pause.
    awake_cost: Text | None = None
    #: The same where its capacity is provisioned instead of on demand.
    provisioned_cost: Text | None = None
    #: Whether a database keeps the credentials of its administrator in a secret, which is charged.
    keeps_credentials: bool = False
    #: The standing cost of programs that always run on it.
    resident_cost: Text | None = None
    #: The same of every program on it, because hosts stand ready for each.
    host_cost: Text | None = None
    #: The same of the cluster that its programs share.
    cluster_costs: ClusterCosts | None = None
    #: The same of the cache of an API, where that is asked for.
    cache_cost: Text | None = None
    #: The resource that is retained when the stack is deleted; None for none.
    retained: Retained | None = None

    # The proof

    #: Whether the emulator of AWS has its resources.
    emulated: bool = True

    def nodes(self, architecture: Architecture) -> tuple[Node, ...]:
        """Return the nodes of this service."""
        return architecture.of_service(self.service)


Table = Mapping[str, Traits]
