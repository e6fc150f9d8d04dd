"""The plan: everything about a project that no target decides for itself.

A plan is made from a design once; SAM and CDK print it. So the names, the environment variables, the IAM statements,
the network, the alarms and the parameters are the same in every target, and the handlers fit all of them.

Conventions that handlers and targets share:

* A DynamoDB table has one string partition key `pk` (`TABLE_KEY`) and expires items by `expires_at` (`TABLE_EXPIRY`).
* A function is `src/<component>/app.py`, `app.handler`; a container is built from `src/<component>/Dockerfile` and
  listens, if it is a service, on port 8080 (`network.APPLICATION_PORT`) with `GET /health` for health.
* A program behind a public REST API has the variable `ALLOWED_ORIGIN`, and returns it in `Access-Control-Allow-Origin`.
* An API that cannot check tokens has a function for it, told `TOKEN_ISSUER` and `TOKEN_AUDIENCE` (`plan.authorizers`).
* On Kubernetes everything is in the namespace `app` (`NAMESPACE`), with a service account named after each program.
  The template associates its role, makes its security group (output `<Name>SecurityGroupId`, for a
  SecurityGroupPolicy), and owns a load balancer in front of it: manifests bind its target group by a
  TargetGroupBinding (output `<Name>TargetGroupArn`, `<Name>` being the logical name of the program's node).
* What a state machine hands to its work is said in `blueprints.traits.state_machine`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Literal

from advisor.architecture import Architecture, Edge, Node
from advisor.design import Design
from advisor.requirements.availability import survives_zone_failure
from advisor.vocabulary import FIELDS
from blueprints import settings
from blueprints.naming import free, pascal
from blueprints.parameters.parameter import Parameter
from blueprints.plan.callers.authorizers import Authorizer, authorizers_of, has_authorizers
from blueprints.plan.deployment_parameters import parameters_of
from blueprints.plan.environment import Variable, variables
from blueprints.plan.logical_names import edge_names, logical_names, repository_names
from blueprints.plan.monitoring.alarms import Alarm, alarms_of, checker_alarms
from blueprints.plan.monitoring.approval_alarms import approval_alarms
from blueprints.plan.monitoring.callback_alarms import callback_alarms
from blueprints.plan.monitoring.dashboard import Widget, widgets_of
from blueprints.plan.monitoring.error_rates import loads_of
from blueprints.plan.monitoring.expiry_alarms import expiries
from blueprints.plan.monitoring.index_alarms import index_alarms
from blueprints.plan.monitoring.longest_runs import with_longest_runs
from blueprints.plan.monitoring.message_alarms import message_alarms
from blueprints.plan.monitoring.release_alarms import release_alarms
from blueprints.plan.monitoring.run_alarms import run_alarms
from blueprints.plan.monitoring.target_alarms import target_alarms
from blueprints.plan.network import NO_OWN_FUNCTIONS, Network, OwnFunctions, network_of
from blueprints.plan.prices import nat_costs_less, priced
from blueprints.plan.regions import elsewhere, regional
from blueprints.plan.statements import Admission, Statement, admissions, statements
from blueprints.traits import cloudwatch, dynamodb, sns, traits_of
from blueprints.traits.approvals import Approvals, approvals_of
from blueprints.traits.elasticache_serverless import sized

TABLE_KEY = "pk"
TABLE_EXPIRY = "expires_at"
RUNTIME = "python3.13"
HANDLER = "app.handler"
HEALTH_PATH = "/health"
#: Where a program keeps what it makes of a bucket's objects when it writes to that same bucket.
RESULTS_PREFIX = "results/"
#: Kubernetes namespace of the workload; a program's service account is named after the program.
NAMESPACE = "app"
#: Name of the container in a task definition.
CONTAINER = "app"

ProgramKind = Literal["function", "image-function", "container"]
#: service answers callers, worker runs always (and polls), job runs and ends, cronjob is a job that Kubernetes starts.
Run = Literal["function", "service", "worker", "job", "cronjob"]


@dataclass(frozen=True, slots=True)
class Program:
    """A node with code. `id` is the component id, `directory` the location of its code in the project.

    `repository` is the logical id of the repository of its image, `invoked` are the edges by which it is started or given
    work, `uses` those by which it reaches something.
    """

    id: str
    node: Node
    kind: ProgramKind
    run: Run
    directory: str
    repository: str
    env: tuple[Variable, ...]
    invoked: tuple[Edge, ...]
    uses: tuple[Edge, ...]

    @property
    def outputs(self) -> Iterator[tuple[str, Variable]]:
        """The variables, each with the end of the name of the output that hands it to the manifests of pods."""
        taken: set[str] = set()
        for variable in self.env:
            end = free(f"Env{pascal(variable.name.lower())}", taken)
            taken.add(end)
            yield end, variable


@dataclass(frozen=True)
class Plan:
    """The plan that every target prints, created by `plan_for`, in a stable order.

    `grants` maps a node's id to the statements of its role; `admissions` are the statements of queue policies.
    `own_keys` says that everything that holds data is encrypted with a customer managed key.
    """

    design: Design
    names: Mapping[str, str]
    edge_names: Mapping[str, str]
    programs: tuple[Program, ...]
    authorizers: tuple[Authorizer, ...]
    grants: Mapping[str, tuple[Statement, ...]]
    admissions: tuple[Admission, ...]
    parameters: tuple[Parameter, ...]
    network: Network | None
    alarms: tuple[Alarm, ...]
    widgets: tuple[Widget, ...]
    existing: frozenset[str]
    own_keys: bool

    @property
    def architecture(self) -> Architecture:
        """The graph that the plan is made from."""
        return self.design.architecture

    @property
    def dashboard(self) -> str:
        """The logical name of the dashboard: that of its node, if the architecture has one."""
        return next((self.names[node.id] for node in cloudwatch.TRAITS.nodes(self.architecture)), "Dashboard")

    def node(self, id: str) -> Node:
        """Return a node by its id."""
        return self.architecture.node(id)

    def name(self, id: str) -> str:
        """Return the logical name of a node or of an edge."""
        return self.names[id] if id in self.names else self.edge_names[id]

    @cached_property
    def approvals(self) -> Approvals | None:
        """The nodes that request approvals, and the approval program, or None."""
        return approvals_of(self.architecture, {program.id for program in self.programs})

    @cached_property
    def _programs(self) -> dict[str, Program]:
        return {program.node.id: program for program in self.programs}

    def program(self, node: str) -> Program | None:
        """Return the program that runs on a node, or None."""
        return self._programs.get(node)

    def parameter(self, node: str) -> Parameter:
        """Return the parameter of an external node. Raises KeyError if it has none."""
        for parameter in self.parameters:
            if parameter.node == node:
                return parameter
        raise KeyError(node)


#: Classes of data that leave a VPC by private endpoints only, whatever they cost.
PRIVATE_PATHS = ("confidential", "regulated")


def region_of(design: Design) -> str:
    """Return the Region of a design, answered or assumed."""
    assumed = next(field.default for field in FIELDS["workload"] if field.id == "region")
    return str(design.requirements.workload_answers.get("region") or assumed)


def plan_for(design: Design) -> Plan:
    """Return the plan of a design. It never fails: targets report what they cannot express."""
    return _plan(design, with_expiries=True)


def plan_to_draw(design: Design) -> Plan:
    """Return the plan of a design without the alarms of its flip points, unless it has no others.

    No diagram shows alarms, and to find the flip points takes longer than everything else in a plan.
    """
    return _plan(design, with_expiries=False)


def _plan(design: Design, *, with_expiries: bool) -> Plan:
    architecture = design.architecture
    answers = design.requirements.workload_answers
    existing = frozenset(str(one) for one in answers.get("existing") or ())  # type: ignore[union-attr]
    names = logical_names(architecture)
    zone_failure = survives_zone_failure(design.requirements)
    own = _own_functions(architecture, vpc_only=answers.get("vpc_only") is True)
    region = region_of(design)
    cheap = partial(_nat_saves, answers, 1 + zone_failure, region)
    network = network_of(
        architecture, existing="vpc" in existing, zone_failure=zone_failure, own=own, through_nat=cheap
    )
    programs = tuple(_programs(architecture))
    authorizers = tuple(authorizers_of(architecture, {program.node.id: program.directory for program in programs}))
    entries = [authorizer.entry for authorizer in authorizers]
    loads, timed = loads_of(design), with_longest_runs(design)
    faults = (
        *alarms_of(timed, names, loads),
        *release_alarms(architecture, names, loads, entries),
        *target_alarms(timed, names, loads),
        *index_alarms(architecture, names),
        *checker_alarms(architecture, names, loads, entries),
        *approval_alarms(architecture),
        *callback_alarms(architecture, names),
        *message_alarms(architecture, names),
        *run_alarms(design, names),
    )
    alarms = (*faults, *expiries(design, names, faults)) if with_expiries or not faults else faults
    parameters = parameters_of(architecture, names, network, existing)
    return Plan(
        design=design,
        names=names,
        edge_names=edge_names(architecture, names),
        programs=programs,
        authorizers=authorizers,
        grants=statements(architecture),
        admissions=admissions(architecture),
        parameters=regional(elsewhere(priced(sized(parameters, design), region), region), region),
        network=network,
        alarms=alarms,
        widgets=widgets_of(architecture, alarms),
        existing=existing,
        own_keys=bool(answers.get("customer_managed_keys")),
    )


def _nat_saves(answers: Mapping[str, Any], gateways: int, region: str, endpoints: int) -> bool:
    """Return whether NAT gateways replace interface endpoints: where cost is a priority and nothing asks for private paths."""
    private = answers.get("vpc_only") is True or answers.get("data_class") in PRIVATE_PATHS
    return "cost" in (answers.get("priorities") or ()) and not private and nat_costs_less(endpoints, gateways, region)


def _own_functions(architecture: Architecture, *, vpc_only: bool) -> OwnFunctions:
    """Return where such functions run: in the VPC if all compute must run in it."""
    checks, approvals = has_authorizers(architecture), approvals_of(architecture, ())
    if not vpc_only or not (checks or approvals):
        return NO_OWN_FUNCTIONS
    interfaces: set[str] = set()
    if approvals is not None:
        interfaces = {name for asker in approvals.askers for name in traits_of(asker.service).interface_endpoints}
        interfaces |= {*sns.TRAITS.interface_endpoints} if approvals.machines else set()
    return OwnFunctions(
        inside=True,
        # The keys that tokens are verified with are at the issuer, on the internet.
        internet=checks,
        interfaces=tuple(sorted(interfaces)),
        gateways=(dynamodb.TRAITS.gateway_endpoint,) if approvals is not None else (),
    )


def _programs(architecture: Architecture) -> Iterator[Program]:
    nodes = tuple(node for node in architecture.nodes if traits_of(node.service).compute)
    ids = program_ids(nodes)
    repositories = repository_names(ids.values())
    for node in nodes:
        yield _program(architecture, node, ids[node.id], repositories[ids[node.id]])


def _program(architecture: Architecture, node: Node, id: str, repository: str) -> Program:
    kind: ProgramKind = "container"
    if traits_of(node.service).compute == "function":
        kind = "image-function" if settings.flag(node, "image") else "function"
    verbs = ("invoke", "start", "run", "consume", "deliver", "stream", "call")
    return Program(
        id=id,
        node=node,
        kind=kind,
        run=_run(node),
        directory=f"src/{id}",
        repository=repository,
        env=variables(architecture, node),
        invoked=tuple(edge for edge in architecture.entering(node.id) if edge.verb in verbs),
        uses=architecture.leaving(node.id),
    )


def program_ids(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the name of each program by node: that of its component, with its position if it is a second one.

    Where another component is called so already, the second program has a number behind its name.
    """
    programs = list(nodes)
    places = {node.id: node.id.partition(".")[2].removeprefix(node.role).strip("-") for node in programs}
    second = [node for node in programs if places[node.id] and node.kind == "service"]
    ids = {node.id: node.subject for node in programs if node not in second}
    for node in second:
        ids[node.id] = free(f"{node.subject}-{places[node.id]}", ids.values(), "-")
    return ids


def _run(node: Node) -> Run:
    if traits_of(node.service).compute == "function":
        return "function"
    kinds: dict[str, Run] = {"service": "service", "worker": "worker", "cronjob": "cronjob"}
    return kinds.get(settings.word(node, "run"), "job")
