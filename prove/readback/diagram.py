"""A stack held against the graph that it was made from: what the diagram shows and the template lacks, or the reverse.

* Nodes and connections: each is named by a resource, and no resource names another; a node is one resource of the type
  of its service, and holds no second one.
* Connections are read from what joins their ends, and not from their names: from the resource that is the connection
  (an event source, a subscription, a rule), from the references of either end, from what programs are told.
* Permissions are those of the table of `advisor iam`, no less and no more.
* Encryption, dead-letter queues and settings are those that the nodes state (`graph.yaml` says where they are read).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.permissions import permissions_of
from blueprints.plan import Plan, Program
from prove.readback.compare import Difference
from prove.readback.stack import VERSION, Resource, Stack
from prove.readback.stack_permissions import held, table
from prove.readback.values import Value, references, shown

#: What SAM's transform and CDK make without saying for whom; it is held against the other targets.
_UNNAMED = (
    "AWS::IAM::Role", "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::Lambda::Alias",
    "AWS::Lambda::Permission", VERSION,
)  # fmt: skip
_LATE = "AWS::ECS::ClusterCapacityProviderAssociations"
#: What a program is told of a node and another one states: the address that browsers may call from, the password of
#: the database behind a proxy.
ELSEWHERE = (("", "allowed-origin"), ("rds-proxy", "secret-arn"))
_FAILURE = ("RedrivePolicy", "DeadLetter", "OnFailure")


def missing_from(stack: Stack, plan: Plan) -> Iterator[Difference]:
    """Give everything in which a stack in its normal form differs from the graph of its plan."""
    read = _Read(stack, plan)
    yield from read.names()
    yield from read.nodes()
    for edge in plan.architecture.edges:
        yield from read.connection(edge)
    yield from read.permissions()
    for program in plan.programs:
        yield from read.told(program)


@lru_cache(maxsize=1)
def rows() -> Mapping[str, Mapping[str, Any]]:
    """Return how the graph is read back."""
    found: dict[str, Any] = yaml.safe_load((files(__package__) / "tables" / "graph.yaml").read_text("utf-8"))
    return found


def at(value: Value, path: str) -> Value | None:
    """Return what stands at a path of mappings, or None."""
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


class _Read:
    def __init__(self, stack: Stack, plan: Plan) -> None:
        self._stack, self._plan, self._graph = stack, plan, plan.architecture
        self._nodes = {id: one.owner.node for id, one in stack.resources.items() if one.owner.node}
        self._within = {id: found for id, one in stack.resources.items() if (found := self._stands_for(one))}
        self._refs = {id: self._referred(one) for id, one in stack.resources.items()}
        self._edges = {edge.id: (edge.source, edge.target) for edge in plan.architecture.edges}
        self._own: dict[str, list[Resource]] = {}
        for one in stack.resources.values():
            self._own.setdefault(one.owner.node, []).append(one)

    def _referred(self, one: Resource) -> set[str]:
        """Return the nodes whose resources a resource is or refers to."""
        found = {node for id, _ in references(dict(one.properties)) for node in self._at(id)}
        return found | self._at(one.id)

    def _stands_for(self, one: Resource) -> set[str]:
        """Return the nodes that a resource of another node stands for, because its service makes them."""
        named = {node.id: node.service for node in self._graph.nodes if node.id in one.owner.nodes}
        return {id for id, service in named.items() if rows()["within"].get(service) == one.type}

    def _at(self, id: str) -> set[str]:
        """Return the nodes that a resource stands for: its own, and those that its service makes."""
        return ({self._nodes[id]} if id in self._nodes else set()) | self._within.get(id, set())

    def names(self) -> Iterator[Difference]:
        """Say which nodes and connections are named in the graph only, or in the stack only."""
        nodes = {node.id for node in self._graph.nodes if node.kind != "outside"}
        edges = {edge.id for edge in self._graph.edges}
        owners = [one.owner for one in self._stack.resources.values() if one.owner.said]
        said = {id for owner in owners for id in (owner.node, *owner.nodes) if id}
        carried = {id for owner in owners for id in owner.edges}
        for id in sorted(nodes - said):
            yield Difference(id, "resource", id, "a node", None)
        for id in sorted(said - {node.id for node in self._graph.nodes}):
            yield Difference(id, "resource", id, None, "a resource of this node")
        for id in sorted(edges - carried):
            yield Difference(id, "connection", id, "a connection", None)
        for id in sorted(carried - edges):
            yield Difference(id, "connection", id, None, "a resource of this connection")
        for one in self._stack.resources.values():
            if not one.owner.said and one.type not in (*_UNNAMED, _LATE):
                yield Difference(one.id, "resource", f"{one.type} {one.id}", None, "a resource that belongs to nothing")

    def nodes(self) -> Iterator[Difference]:
        """Hold every node against the resources that it owns."""
        for node in self._graph.nodes:
            own = self._own.get(node.id, [])
            type = rows()["nodes"].get(node.service)
            made = [one for one in own if one.type == type and "Authorizer" not in one.id]
            made += [self._stack.resources[id] for id, found in self._within.items() if node.id in found]
            perhaps = node.service in rows()["perhaps"] and not made
            if type is not None and own and len(made) != 1 and not perhaps:
                ids = ", ".join(one.id for one in made) or None
                yield Difference(node.id, "resource", type, "one", ids)
            for one in own:
                yield from self._encryption(node, one)
                yield from self._settings(node, one)

    def _encryption(self, node: Node, one: Resource) -> Iterator[Difference]:
        paths = rows()["encryption"].get(one.type)
        if paths is None:
            return
        values = [at(dict(one.properties), path) for path in paths.split(" | ")]
        if all(value in (None, "false") for value in values):
            yield Difference(node.id, "encryption", f"{one.type} {one.id}: {paths}", "data that is encrypted", None)
        if self._plan.own_keys and node.role != "hosting" and not self._by_key(dict(one.properties)):
            yield Difference(node.id, "encryption", f"{one.type} {one.id}", "a key of the customer's own", None)

    def _by_key(self, value: Value) -> bool:
        found = (self._stack.resources.get(id) for id, _ in references(value))
        return any(one is not None and one.type == "AWS::KMS::Key" for one in found)

    def _settings(self, node: Node, one: Resource) -> Iterator[Difference]:
        for path, name in rows()["settings"].get(node.service, {}).get(one.type, {}).items():
            value = at(dict(one.properties), path)
            wanted = settings.word(node, name)
            stated = str(settings.number(node, name)) if wanted.replace(".", "", 1).isdigit() else wanted
            given = any(references(value)) or node.settings.get("variant")  # by the deployment, or by what it runs on
            if value is not None and value != stated and not given and "Authorizer" not in one.id:
                yield Difference(node.id, "setting", f"{one.type} {one.id}: {path}", stated, shown(value))

    def connection(self, edge: Edge) -> Iterator[Difference]:
        """Look for what joins the two ends of a connection."""
        key = self._graph.key(edge)
        types = self._types(key)
        real = {id for id in (edge.source, edge.target) if self._is_made(id)}
        allowed = len(real) == 1 and edge.actions  # such as to publish on the default bus: the permissions tell
        if types == [] or not real or allowed or "iam-auth" in key:
            return
        near = [one for one in self._stack.resources.values() if self._whose(one) & {edge.source, edge.target}]
        joining = [one for one in near if self._joins(one, edge, real, types)]
        together = {id for one in near if self._leads(one, edge) for id in self._refs[one.id]}
        if not (any(one.type in types for one in joining) if types else joining or real <= together):
            yield Difference(edge.id, "connection", " or ".join(types or ["references"]), "a connection", None)
        elif edge.verb == "dead-letter" and not any(self._sets_aside(one, edge) for one in joining):
            yield Difference(edge.id, "failure", "dead-letter queue", edge.target, None)

    def _is_made(self, node: str) -> bool:
        """Whether a node is a resource of the stack, and not of the account or of somebody else."""
        type = rows()["nodes"].get(self._graph.node(node).service)
        own = any(one.type == type or type is None for one in self._own.get(node, ()))
        return own or any(node in found for found in self._within.values())

    def _types(self, key: tuple[str, str, str]) -> Sequence[str] | None:
        """Return the types one of which has to join such a connection; None for any."""
        for pattern, types in rows()["connections"].items():
            if all(wanted in ("*", said) for wanted, said in zip(pattern.split(), key, strict=True)):
                found: list[str] = types
                return found
        return None

    def _whose(self, one: Resource) -> set[str]:
        """Return the nodes that a resource is of: its own, or the ends of its connections."""
        ends = (end for id in one.owner.edges if id in self._edges for end in self._edges[id])
        return {one.owner.node} if one.owner.node else set(ends)

    def _leads(self, one: Resource, edge: Edge) -> bool:
        """Whether a resource is the connection's, or refers to one that is."""
        referred = (self._stack.resources.get(id) for id, _ in references(dict(one.properties)))
        return any(found is not None and edge.id in found.owner.edges for found in (one, *referred))

    def _joins(self, one: Resource, edge: Edge, real: set[str], types: Sequence[str] | None) -> bool:
        """Whether a resource refers to both ends, or to the only one that is a resource, for the connection's sake."""
        alone = len(real) == 2 or edge.id in one.owner.edges or one.type in (types or ())
        return alone and real <= self._refs[one.id]

    def _sets_aside(self, one: Resource, edge: Edge) -> bool:
        """Whether a resource names the dead-letter queue where it says what becomes of failures."""
        return any(self._nodes.get(id) == edge.target for id in _failing(dict(one.properties), inside=False))

    def permissions(self) -> Iterator[Difference]:
        """Hold the statements of the stack against the table of permissions."""
        wanted, found = table(permissions_of(self._plan)), held(self._stack)
        for row in sorted(wanted.keys() - found):
            one = wanted[row]
            place = ">".join(one.edge) if one.edge else one.principal
            yield Difference(place, "permission", row[0], f"{' '.join(row[1])} on {' '.join(row[2])}", None)
        for who, actions, on in sorted(found - wanted.keys()):
            yield Difference(who, "permission", who, None, f"{' '.join(actions)} on {' '.join(on)}")

    def told(self, program: Program) -> Iterator[Difference]:
        """Hold what a program is told against the graph: each variable is there and leads to the node that it should."""
        for one in self._own.get(program.node.id, ()):
            variables = _variables(one)
            if variables is None:
                continue
            for variable in program.env:
                value, node = variables.get(variable.name), variable.value.node
                led = {found for id, _ in references(value) for found in self._at(id)}
                service = self._graph.node(node).service if node in self._own else ""
                attribute = variable.value.attribute
                elsewhere = (service, attribute) in ELSEWHERE or ("", attribute) in ELSEWHERE
                if value is None or (not elsewhere and node in self._own and led and node not in led):
                    what = f"{one.type} {one.id}: {variable.name}"
                    yield Difference(variable.edge, "connection", what, f"a value of {node}", shown(value))


def _variables(one: Resource) -> Mapping[str, Value] | None:
    """Return the environment of a program's resource; None for what runs no program."""
    if one.type == "AWS::Lambda::Function" and "Authorizer" not in one.id:
        found: Mapping[str, Value] = at(dict(one.properties), "Environment.Variables") or {}
        return found
    if one.type == "AWS::ECS::TaskDefinition":
        return {
            k: v
            for container in one.properties["ContainerDefinitions"]
            for k, v in container.get("Environment", {}).items()
        }
    return None


def _failing(value: Value, *, inside: bool) -> Iterator[str]:
    """Give what is referred to where a value says what becomes of failures."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _failing(one, inside=inside or key.startswith(_FAILURE))
    elif isinstance(value, list):
        for one in value:
            yield from _failing(one, inside=inside)
    elif inside:
        yield from (id for id, _ in references(value))
