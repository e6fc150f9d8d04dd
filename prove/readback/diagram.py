"""Differences between a stack and its graph: elements that only one of diagram and template contains.

* Nodes and connections: a resource names each, and no resource names an unknown one; a node has exactly one resource of
  the type of its service.
* Connections are read from resources that refer to both ends, and not from their names: from the resource of the
  connection (an event source mapping, a subscription, a rule), from the references of either end, from environment
  variables.
* Permissions are exactly those of the table of `advisor iam`.
* Encryption, dead-letter queues and settings are those of the nodes (`graph.yaml` has the property paths).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.permissions import permissions_of
from blueprints.plan import Plan, Program
from blueprints.stack.assembly import stack_of
from prove.readback.compare import Difference
from prove.readback.families import by_family, referred
from prove.readback.stack import VERSION, Resource, Stack
from prove.readback.stack_permissions import granted_permissions, planned_permissions
from prove.readback.values import Value, readable, references

#: Types that SAM's transform and CDK create without an owner; they are compared between targets.
_UNNAMED = (
    "AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup", "AWS::IAM::Role", "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::Lambda::Alias",
    "AWS::Lambda::Permission", VERSION,
)  # fmt: skip
_LATE = "AWS::ECS::ClusterCapacityProviderAssociations"
#: Variables about a node whose value is another resource's: the allowed origin of browsers, the password of the
#: database behind a proxy.
EXEMPT = (("", "allowed-origin"), ("rds-proxy", "secret-arn"))
_FAILURE = ("RedrivePolicy", "DeadLetter", "OnFailure")


def missing_from(stack: Stack, plan: Plan) -> Iterator[Difference]:
    """Yield the differences between a stack in its normal form and the graph of its plan."""
    checks = _DiagramChecks(stack, plan)
    yield from checks.names()
    yield from checks.nodes()
    for edge in plan.architecture.edges:
        yield from checks.connection(edge)
    yield from checks.permissions()
    for program in plan.programs:
        yield from checks.environment(program)


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Mapping[str, Any]]:
    """Return the tables by which the graph is read back."""
    table: dict[str, Any] = yaml.safe_load((files(__package__) / "tables" / "graph.yaml").read_text("utf-8"))
    return table


def value_at(value: Value, path: str) -> Value | None:
    """Return the value at a path of mappings, or None."""
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


class _DiagramChecks:
    def __init__(self, stack: Stack, plan: Plan) -> None:
        self._stack, self._plan, self._graph = stack, plan, plan.architecture
        self._nodes = {id: resource.owner.node for id, resource in stack.resources.items() if resource.owner.node}
        self._implied = {
            id: nodes for id, resource in stack.resources.items() if (nodes := self._implied_nodes(resource))
        }
        self._families = by_family(stack.resources)
        self._refs = {id: self._referred(resource) for id, resource in stack.resources.items()}
        self._edges = {edge.id: (edge.source, edge.target) for edge in plan.architecture.edges}
        self._resources: dict[str, list[Resource]] = {}
        for resource in stack.resources.values():
            self._resources.setdefault(resource.owner.node, []).append(resource)

    def _referred(self, resource: Resource) -> set[str]:
        """Return the nodes of a resource and of the resources that it refers to."""
        nodes = {node for id in referred(resource, self._families) for node in self._nodes_of(id)}
        return nodes | self._nodes_of(resource.id)

    def _implied_nodes(self, resource: Resource) -> set[str]:
        """Return the nodes that the service of another node's resource creates by itself."""
        named = {node.id: node.service for node in self._graph.nodes if node.id in resource.owner.nodes}
        return {id for id, service in named.items() if tables()["implied"].get(service) == resource.type}

    def _nodes_of(self, id: str) -> set[str]:
        """Return the nodes of a resource: its own, and those that its service creates."""
        return ({self._nodes[id]} if id in self._nodes else set()) | self._implied.get(id, set())

    def names(self) -> Iterator[Difference]:
        """Yield nodes and connections that only the graph names, or only the stack."""
        nodes = {node.id for node in self._graph.nodes if node.kind != "outside"}
        edges = {edge.id for edge in self._graph.edges}
        owners = [resource.owner for resource in self._stack.resources.values() if resource.owner.stated]
        named = {id for owner in owners for id in (owner.node, *owner.nodes) if id}
        owned = {id for owner in owners for id in owner.edges}
        for id in sorted(nodes - named):
            yield Difference(id, "resource", id, first="a node")
        for id in sorted(named - {node.id for node in self._graph.nodes}):
            yield Difference(id, "resource", id, second="a resource of this node")
        for id in sorted(edges - owned):
            yield Difference(id, "connection", id, first="a connection")
        for id in sorted(owned - edges):
            yield Difference(id, "connection", id, second="a resource of this connection")
        for resource in self._stack.resources.values():
            if not resource.owner.stated and resource.type not in (*_UNNAMED, _LATE):
                yield Difference(
                    resource.id,
                    "resource",
                    f"{resource.type} {resource.id}",
                    second="a resource that belongs to nothing",
                )

    def nodes(self) -> Iterator[Difference]:
        """Compare every node with its resources."""
        for node in self._graph.nodes:
            resources = self._resources.get(node.id, [])
            type = tables()["nodes"].get(node.service)
            matching = [resource for resource in resources if resource.type == type and "Authorizer" not in resource.id]
            matching += [self._stack.resources[id] for id, nodes in self._implied.items() if node.id in nodes]
            absent = node.service in tables()["optional"] and not matching
            expected = 2 if self._is_per_zone(node) else 1
            if type is not None and resources and len(matching) != expected and not absent:
                ids = ", ".join(resource.id for resource in matching) or None
                yield Difference(node.id, "resource", type, first="one" if expected == 1 else "two", second=ids)
            for resource in resources:
                yield from self._encryption(node, resource)
                yield from self._settings(node, resource)

    def _is_per_zone(self, node: Node) -> bool:
        """Whether a node stands for a resource in each of the two zones: the NAT gateway of a workload that survives a zone's failure."""
        network = self._plan.network
        return network is not None and network.nat_per_zone and node.id == network.nat_node

    def _encryption(self, node: Node, resource: Resource) -> Iterator[Difference]:
        paths = tables()["encryption"].get(resource.type)
        if paths is None:
            return
        values = [value_at(dict(resource.properties), path) for path in paths.split(" | ")]
        if all(value in (None, "false") for value in values):
            yield Difference(
                node.id, "encryption", f"{resource.type} {resource.id}: {paths}", first="data that is encrypted"
            )
        exempt = node.role == "hosting" or resource.id in self._access_logs()
        if self._plan.own_keys and not exempt and not self._uses_customer_key(dict(resource.properties)):
            yield Difference(
                node.id, "encryption", f"{resource.type} {resource.id}", first="a key of the customer's own"
            )

    def _access_logs(self) -> frozenset[str]:
        """Return the buckets of the access logs of load balancers and sites, which are under keys that S3 manages."""
        balancers = self._stack.of_type("AWS::ElasticLoadBalancingV2::LoadBalancer")
        attributes = [balancer.properties.get("LoadBalancerAttributes", {}) for balancer in balancers]
        sites = self._stack.of_type("AWS::CloudFront::Distribution")
        logging = [site.properties.get("DistributionConfig", {}).get("Logging", {}) for site in sites]
        named = [found.get("access_logs.s3.bucket", "") for found in attributes] + [
            one.get("Bucket", "") for one in logging
        ]
        return frozenset(id for one in named for id, _ in references(one))

    def _uses_customer_key(self, value: Value) -> bool:
        referred = (self._stack.resources.get(id) for id, _ in references(value))
        return any(resource is not None and resource.type == "AWS::KMS::Key" for resource in referred)

    def _settings(self, node: Node, resource: Resource) -> Iterator[Difference]:
        for path, name in tables()["settings"].get(node.service, {}).get(resource.type, {}).items():
            value = value_at(dict(resource.properties), path)
            word = settings.word(node, name)
            stated = str(settings.number(node, name)) if word.replace(".", "", 1).isdigit() else word
            variable = any(references(value)) or node.settings.get(
                "variant"
            )  # by the deployment, or by what it runs on
            if value is not None and value != stated and not variable and "Authorizer" not in resource.id:
                yield Difference(
                    node.id, "setting", f"{resource.type} {resource.id}: {path}", first=stated, second=readable(value)
                )

    def connection(self, edge: Edge) -> Iterator[Difference]:
        """Look for a resource that joins the two ends of a connection."""
        key = self._graph.key(edge)
        types = self._types(key)
        real = {id for id in (edge.source, edge.target) if self._is_in_stack(id)}
        allowed = len(real) == 1 and edge.actions  # such as to publish on the default bus: the permissions tell
        if types == [] or not real or allowed or "iam-auth" in key:
            return
        near = [
            resource
            for resource in self._stack.resources.values()
            if self._owning_nodes(resource) & {edge.source, edge.target}
        ]
        joining = [resource for resource in near if self._joins(resource, edge, real, types)]
        together = {
            id for resource in near if self._refers_to_connection(resource, edge) for id in self._refs[resource.id]
        }
        if not (any(resource.type in types for resource in joining) if types else joining or real <= together):
            yield Difference(edge.id, "connection", " or ".join(types or ["references"]), first="a connection")
        elif edge.verb == "dead-letter" and not any(
            self._has_dead_letter_queue(resource, edge) for resource in joining
        ):
            yield Difference(edge.id, "failure", "dead-letter queue", first=edge.target)

    def _is_in_stack(self, node: str) -> bool:
        """Return whether a node is a resource of the stack, and not an existing one."""
        type = tables()["nodes"].get(self._graph.node(node).service)
        owned = any(resource.type == type or type is None for resource in self._resources.get(node, ()))
        return owned or any(node in nodes for nodes in self._implied.values())

    def _types(self, key: tuple[str, str, str]) -> Sequence[str] | None:
        """Return the types of which one has to join such a connection; None for any type."""
        for pattern, types in tables()["connections"].items():
            if all(expected in ("*", actual) for expected, actual in zip(pattern.split(), key, strict=True)):
                allowed_types: list[str] = types
                return allowed_types
        return None

    def _owning_nodes(self, resource: Resource) -> set[str]:
        """Return the owning nodes of a resource: its own, or the ends of its connections."""
        ends = (end for id in resource.owner.edges if id in self._edges for end in self._edges[id])
        return {resource.owner.node} if resource.owner.node else set(ends)

    def _refers_to_connection(self, resource: Resource, edge: Edge) -> bool:
        """Return whether a resource belongs to the connection, or refers to one that does."""
        referred = (self._stack.resources.get(id) for id, _ in references(dict(resource.properties)))
        return any(owner is not None and edge.id in owner.owner.edges for owner in (resource, *referred))

    def _joins(self, resource: Resource, edge: Edge, real: set[str], types: Sequence[str] | None) -> bool:
        """Return whether a resource of the connection refers to both ends, or to the only end that is a resource."""
        alone = len(real) == 2 or edge.id in resource.owner.edges or resource.type in (types or ())
        return alone and real <= self._refs[resource.id]

    def _has_dead_letter_queue(self, resource: Resource, edge: Edge) -> bool:
        """Return whether a failure destination of a resource is the dead-letter queue."""
        return any(
            self._nodes.get(id) == edge.target for id in _failure_targets(dict(resource.properties), inside=False)
        )

    def permissions(self) -> Iterator[Difference]:
        """Compare the statements of the stack with the table of permissions."""
        planned = planned_permissions(permissions_of(self._plan))
        granted = granted_permissions(self._stack, resources_of(stack_of(self._plan, "en")))
        for allowed in sorted(planned.keys() - granted):
            permission = planned[allowed]
            place = ">".join(permission.edge) if permission.edge else permission.principal
            yield Difference(place, "permission", allowed.principal, first=str(allowed))
        for allowed in sorted(granted - planned.keys()):
            yield Difference(allowed.principal, "permission", allowed.principal, second=str(allowed))

    def environment(self, program: Program) -> Iterator[Difference]:
        """Compare the environment of a program with the graph: each variable exists and refers to its node."""
        for resource in self._resources.get(program.node.id, ()):
            variables = _variables(resource)
            if variables is None:
                continue
            for variable in program.env:
                value, node = variables.get(variable.name), variable.value.node
                target_nodes = {target for id, _ in references(value) for target in self._nodes_of(id)}
                service = self._graph.node(node).service if node in self._resources else ""
                attribute = variable.value.attribute
                exempt = (service, attribute) in EXEMPT or ("", attribute) in EXEMPT
                if value is None or (
                    not exempt and node in self._resources and target_nodes and node not in target_nodes
                ):
                    subject = f"{resource.type} {resource.id}: {variable.name}"
                    yield Difference(
                        variable.edge, "connection", subject, first=f"a value of {node}", second=readable(value)
                    )


def _variables(resource: Resource) -> Mapping[str, Value] | None:
    """Return the environment of a program's resource; None for other resources."""
    if resource.type == "AWS::Lambda::Function" and "Authorizer" not in resource.id:
        variables: Mapping[str, Value] = value_at(dict(resource.properties), "Environment.Variables") or {}
        return variables
    if resource.type == "AWS::ECS::TaskDefinition":
        return {
            k: v
            for container in resource.properties["ContainerDefinitions"]
            for k, v in container.get("Environment", {}).items()
        }
    return None


def _failure_targets(value: Value, *, inside: bool) -> Iterator[str]:
    """Yield the references in failure destinations."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _failure_targets(item, inside=inside or key.startswith(_FAILURE))
    elif isinstance(value, list):
        for item in value:
            yield from _failure_targets(item, inside=inside)
    elif inside:
        yield from (id for id, _ in references(value))
