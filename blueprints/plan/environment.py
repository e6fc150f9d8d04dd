"""The environment variables of a program, one per attribute of its dependencies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.balancing import components_of, path_before, path_to
from blueprints.naming import upper_snake
from blueprints.plan.callers.sign_in import SIGNER, token_checks, verified
from blueprints.plan.kept_results import records_arrivals
from blueprints.plan.network import inside, reaches_internet
from blueprints.plan.routes import called_from_browsers
from blueprints.traits import (
    NodeAttribute,
    arrivals,
    callbacks,
    open_connections,
    outside_effects,
    state_machine_polling,
    traits_of,
    traits_of_node,
)
from blueprints.traits.database_roles import made_for
from blueprints.traits.direct_uploads import ISSUE
from blueprints.traits.lambda_durable import APPROVAL_VARIABLES, asks
from blueprints.traits.sent_messages import NOTIFY, TABLE_NAME, devices_register, sends_to_people
from blueprints.values.reference import Ref, attribute_of


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: its name and the value it holds.

    `edge` is the connection that needs it, or the program itself where what it asks by is its own.
    """

    name: str
    value: Ref
    edge: str


#: Names that mean something else: what Lambda and the SDKs read (Lambda takes no `AWS_LAMBDA_FUNCTION_NAME`, for one), and
#: what is told of the approvals of the stack.
_TAKEN = re.compile(rf"(APP_)*(AWS_.*|{'|'.join(APPROVAL_VARIABLES)})")


#: The path under which a load balancer forwards requests to a program that shares it with others.
PATH_PREFIX = "PATH_PREFIX"


#: What a program checks tokens by, and the attribute of its identity provider; the keys only where it reaches them.
TOKEN_VARIABLES = {"TOKEN_ISSUER": "issuer", "TOKEN_AUDIENCE": "audience", "TOKEN_KEYS_URL": "keys"}


def variable_name(subject: str, suffix: str) -> str:
    """Return the name of the variable that tells a program a property of a subject, such as `ORDERS_TABLE_NAME`."""
    name = f"{upper_snake(subject)}_{suffix}"
    return f"APP_{name}" if _TAKEN.fullmatch(name) else name


def provider_token(subject: str) -> str:
    """Return the variable from which whoever tries an API takes a token of its existing identity provider."""
    return variable_name(subject, "TOKEN")


def connection_variable(subject: str) -> str:
    """Return the variable with the table in which a program keeps the open connections of an API."""
    return variable_name(subject, open_connections.TABLE_VARIABLE)


#: Verbs by which a program reaches the node at the end of its edge.
REACHING = ("read", "write", "read-write", "publish", "push", "get-secret", "verify", "call", callbacks.RESUME, ISSUE)


def variables(architecture: Architecture, program: Node) -> tuple[Variable, ...]:
    """Return the environment variables of a program in the order of its edges, each name once."""
    by_name: dict[str, Variable] = {}
    for edge, node in _reached(architecture, program):
        for attribute in _attributes(architecture, program, edge, node):
            name = variable_name(node.subject, attribute.name)
            owner, within = made_for(architecture, edge, attribute.attribute), path_to(node, node.subject)
            value = attribute_of(owner, node.id, attribute.attribute, within if edge.verb == "call" else "")
            by_name.setdefault(name, Variable(name, value, edge.id))
    for edge in architecture.leaving(program.id, "publish"):
        if sends_to_people(architecture, edge):
            name = variable_name(architecture.node(edge.target).subject, "SENT_TABLE_NAME")
            by_name.setdefault(name, Variable(name, Ref(edge.target, TABLE_NAME), edge.id))
    for edge in architecture.leaving(program.id, NOTIFY) if devices_register(architecture, program.id) else ():
        name = variable_name(architecture.node(edge.target).subject, "PLATFORM_APPLICATION_ARN")
        by_name.setdefault(name, Variable(name, Ref(edge.target, "arn"), edge.id))
    if (edge_of_table := open_connections.table_edge(architecture, program)) is not None:
        name = connection_variable(architecture.node(edge_of_table.target).subject)
        value = Ref(edge_of_table.target, open_connections.TABLE_NAME)
        by_name[name] = Variable(name, value, edge_of_table.id)
    for edge in architecture.entering(program.id, "invoke"):
        source = architecture.node(edge.source)
        # Where an API answers browsers' preflights by itself, the answers of the work must name the origin too.
        if traits_of(source.service).cors == "handlers" and called_from_browsers(architecture, source):
            name = "ALLOWED_ORIGIN"
            by_name.setdefault(name, Variable(name, Ref(source.id, "allowed-origin"), edge.id))
        if path_before(architecture, program.id):
            by_name[PATH_PREFIX] = Variable(PATH_PREFIX, Ref(program.id, "path-prefix"), edge.id)
    for edge in verified(architecture, program):
        by_name[SIGNER] = Variable(SIGNER, Ref(edge.source, "arn"), edge.id)
    by_name |= {variable.name: variable for variable in _of_tokens(architecture, program)}
    if (machine := callbacks.awaiting(architecture, program)) is not None:
        name = variable_name(machine.subject, callbacks.TABLE_VARIABLE)
        by_name[name] = Variable(name, callbacks.table_of(machine), program.id)
    if (machine := state_machine_polling.polling(architecture, program)) is not None:
        name = state_machine_polling.VARIABLE
        by_name[name] = Variable(name, Ref(machine.id, state_machine_polling.UNWRITTEN), program.id)
    if outside_effects.acts_once(program):
        name = variable_name(program.subject, outside_effects.TABLE_VARIABLE)
        by_name[name] = Variable(name, Ref(program.id, outside_effects.TABLE_NAME), program.id)
    if records_arrivals(architecture, program):
        name = variable_name(program.subject, arrivals.TABLE_VARIABLE)
        by_name[name] = Variable(name, Ref(program.id, arrivals.TABLE_NAME), program.id)
    if asks(program):
        told = {name: Ref(program.id, word) for name, word in APPROVAL_VARIABLES.items()}
        by_name |= {name: Variable(name, value, program.id) for name, value in told.items()}
    return tuple(by_name.values())


def _of_tokens(architecture: Architecture, program: Node) -> Iterator[Variable]:
    """Yield what a program checks the tokens of its callers by; the keys only where it reaches them."""
    reaches_keys = reaches_internet(architecture, program)
    for edge in token_checks(architecture, program):
        for name, word in TOKEN_VARIABLES.items():
            if word != "keys" or reaches_keys:
                yield Variable(name, Ref(edge.target, word), edge.id)


def _attributes(architecture: Architecture, program: Node, edge: Edge, node: Node) -> tuple[NodeAttribute, ...]:
    """Return the attributes of a node that a program needs: within a VPC, a VPC endpoint has its own name."""
    traits = traits_of_node(node)
    if edge.verb == callbacks.RESUME:
        return (NodeAttribute(callbacks.TABLE_VARIABLE, callbacks.TABLE),)
    return traits.private_variables if traits.private_variables and inside(architecture, program) else traits.variables


def _reached(architecture: Architecture, program: Node) -> list[tuple[Edge, Node]]:
    reached = [
        (edge, node)
        for edge in architecture.leaving(program.id)
        if edge.verb in REACHING
        for node in reached_by(architecture, edge)
    ]
    if traits_of(program.service).compute == "container":  # which polls by itself, where a function is polled for
        reached += [(edge, architecture.node(edge.source)) for edge in architecture.entering(program.id, "consume")]
    return reached


def reached_by(architecture: Architecture, edge: Edge) -> Iterator[Node]:
    """Yield the targets of a connection of a program; for a shared load balancer, each service behind it."""
    node = architecture.node(edge.target)
    called = components_of(edge) if edge.verb == "call" else ()
    yield from (replace(node, subject=component) for component in called)
    if not called:
        yield node
