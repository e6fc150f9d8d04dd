"""The policies of a stack by statement: role policies, resource policies, and function permissions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from blueprints.shared.access_logs import LOGS
from blueprints.stack.scope import Json, Scope, owner_of
from blueprints.traits import cloudfront
from blueprints.values import Value

_ROLE = "AWS::IAM::Role"
_INVOCATION = "AWS::Lambda::Permission"
_BUCKET_POLICY = "AWS::S3::BucketPolicy"
#: Types whose role SAM makes of their `Policies`.
_WITH_ROLE = ("AWS::Serverless::Function", "AWS::Serverless::StateMachine")


@dataclass(frozen=True, slots=True)
class RoleStatement:
    """A statement of a role policy. `node` and `edge` are the owner of the role, "" if it has none."""

    role: str
    node: str
    edge: str
    sid: str
    actions: tuple[str, ...]
    resources: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ResourceStatement:
    """A statement of a resource policy or function permission, for a connection."""

    edge: str
    principal: Value
    actions: tuple[str, ...]
    resource: Value


def role_statements(stack: Scope) -> Iterator[RoleStatement]:
    """Yield the statements of role policies, in the order of the stack."""
    for id, resource in stack.resources.items():
        properties = resource.get("Properties", {})
        if resource["Type"] == _ROLE:
            policies = [policy["PolicyDocument"] for policy in properties.get("Policies", ())]
            yield from _of_role(id, resource, policies)
        elif resource["Type"] in _WITH_ROLE:
            yield from _of_role(f"{id}Role", resource, properties.get("Policies", ()))


def _of_role(role: str, resource: Json, policies: Iterable[Json]) -> Iterator[RoleStatement]:
    owner = owner_of(resource)
    edge = "" if owner.get("node") else next(iter(owner.get("edges", ())), "")
    for policy in policies:
        for statement in _allowed(policy):
            actions, resources = tuple(_listed(statement["Action"])), tuple(_listed(statement["Resource"]))
            yield RoleStatement(role, owner.get("node", ""), edge, statement["Sid"], actions, resources)


def resource_statements(stack: Scope) -> Iterator[ResourceStatement]:
    """Yield the statements of the policies of queues, topics, buckets, streams and buses."""
    for admitted in (*stack.queue_statements.values(), *stack.topic_statements.values()):
        yield from (_of_resource(statement, edge) for statement, edge in admitted)
    for resource in stack.resources.values():
        properties, edges = resource.get("Properties", {}), owner_of(resource).get("edges", ())
        if resource["Type"] == _BUCKET_POLICY:
            yield from _of_bucket(stack, properties)
        elif resource["Type"] == "AWS::Kinesis::ResourcePolicy":
            statements = _allowed(properties["ResourcePolicy"])
            yield from (_of_resource(statement, edge) for statement, edge in zip(statements, edges, strict=True))
        elif resource["Type"] == "AWS::Events::EventBusPolicy":
            yield _of_resource(properties["Statement"], edges[0])


def _of_bucket(stack: Scope, properties: Json) -> Iterator[ResourceStatement]:
    """Yield the statements of a bucket policy for its CloudFront distributions."""
    bucket = properties["Bucket"].name
    for statement in _allowed(properties["PolicyDocument"]):
        for edge in stack.architecture.edges:
            if cloudfront.delivers(stack.architecture, edge) and stack.main(edge.target) == bucket:
                yield _of_resource(statement, edge.id)


def log_deliveries(stack: Scope) -> Iterator[tuple[str, ResourceStatement]]:
    """Yield the statements of access log buckets for log delivery, each with the logging node."""
    for resource in stack.resources.values():
        properties = resource.get("Properties", {})
        if resource["Type"] == _BUCKET_POLICY and properties["Bucket"].name.endswith(LOGS):
            for statement in _allowed(properties["PolicyDocument"]):
                yield owner_of(resource)["node"], _of_resource(statement, "")


def _of_resource(statement: Json, edge: str) -> ResourceStatement:
    ((_, principal),) = statement["Principal"].items()
    return ResourceStatement(edge, principal, tuple(_listed(statement["Action"])), statement["Resource"])


def invocations(stack: Scope) -> tuple[ResourceStatement, ...]:
    """Return the function permissions; those of the routes of an API are merged into one."""
    statements: dict[ResourceStatement, None] = {}
    for resource in stack.resources.values():
        if resource["Type"] == _INVOCATION:
            properties, edge = resource["Properties"], next(iter(owner_of(resource).get("edges", ())), "")
            principal, function = properties["Principal"], properties["FunctionName"]
            statements[ResourceStatement(edge, principal, (properties["Action"],), function)] = None
    return tuple(statements)


def _allowed(policy: Json) -> list[Json]:
    return [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]
