"""The permissions table: the statements of the policies of a stack, each with its connection and reason.

Not listed: policies that AWS manages (logs, traces, images), key policies, and what is denied.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text, spaced
from blueprints.errors import Unsupported
from blueprints.permissions.policies import (
    ResourceStatement,
    RoleStatement,
    invocations,
    log_deliveries,
    resource_statements,
    role_statements,
)
from blueprints.permissions.purposes import callers, purpose, purpose_of_url
from blueprints.permissions.reasons import (
    APPROVAL,
    APPROVALS,
    ARRIVALS_RECORDED,
    ARRIVALS_TABLE,
    COMBINED,
    CONNECTED,
    CONNECTION_TABLE,
    DECIDED,
    EFFECTS_RECORDED,
    EFFECTS_TABLE,
    MOUNT,
    REASONS,
    RECORDED,
    RESULTS_BUCKET,
    SENT_TABLE,
    Reason,
    approval,
    first_mount,
)
from blueprints.permissions.record import Permission, Resource, title_of
from blueprints.permissions.resources import Resources
from blueprints.plan import Plan
from blueprints.plan.statements import Statement
from blueprints.stack.assembly import stack_of
from blueprints.stack.registry import attributes
from blueprints.stack.scope import Scope
from blueprints.traits import cloudfront
from blueprints.traits.arrivals import SID as ARRIVALS
from blueprints.traits.open_connections import SID as CONNECTIONS
from blueprints.traits.outside_effects import SID as EFFECTS
from blueprints.traits.sent_messages import SID as RECORDS
from blueprints.traits.step_functions_distributed_map import READS_RESULTS
from blueprints.values import Att
from blueprints.values.reference import Ref as NodeValue
from blueprints.values.spelling import spelled

_ACCESS_LOGS = Text("bucket for access logs", "アクセスログのバケット")
_DELIVERED = Text("Access logs are delivered", "アクセスログを配信する")
_DECIDES = Text("function of the approvals endpoint", "承認エンドポイントの関数")
_AUTHORIZER = Text("Lambda authorizer", "Lambda オーソライザー")
#: Statement -> the table or bucket beside the stores that it is about, and why it is used.
_BESIDE_STORES = {
    RECORDS: (SENT_TABLE, RECORDED),
    EFFECTS: (EFFECTS_TABLE, EFFECTS_RECORDED),
    ARRIVALS: (ARRIVALS_TABLE, ARRIVALS_RECORDED),
    CONNECTIONS: (CONNECTION_TABLE, CONNECTED),
    READS_RESULTS: (RESULTS_BUCKET, COMBINED),
}


def permissions(stack: Scope) -> tuple[Permission, ...]:
    """Return all permissions of a stack: roles in the order of the graph, then resource policies."""
    table = _Table(stack)
    return (
        *table.of_nodes(),
        *table.of_connections(),
        *table.of_the_stack(),
        *table.of_queues(),
        *table.of_functions(),
        *table.of_approvals(),
        *table.of_buckets(),
        *table.of_outsiders(),
        *table.of_access_logs(),
    )


def permissions_of(plan: Plan) -> tuple[Permission, ...]:
    """Return the table of a plan; if no target can build its stack, only the permissions of its connections."""
    try:
        return permissions(stack_of(plan, "en"))
    except (KeyError, Unsupported):
        return permissions(Scope(plan, "en", attributes()))


class _Table:
    """The rows of a stack's table."""

    def __init__(self, stack: Scope) -> None:
        self._stack, self._graph, self._plan = stack, stack.architecture, stack.plan
        self._edges = {edge.id: edge for edge in self._graph.edges}
        self._places = {id: place for place, id in enumerate(self._edges)}
        self._resources = Resources(stack)
        self._of_roles = tuple(role_statements(stack))
        self._of_resources = sorted(resource_statements(stack), key=lambda statement: self._places[statement.edge])

    def of_nodes(self) -> Iterator[Permission]:
        """Yield the role permissions of connections and of nodes."""
        for node in self._graph.nodes:
            statements = [statement for statement in self._of_roles if self._holder(statement) == node]
            by_sid = {statement.sid: statement for statement in statements}
            grants = self._plan.grants.get(node.id, ())
            yield from (self._for_actions(node, grant, by_sid.get(grant.sid)) for grant in grants)
            yield from (
                self._besides(statement)
                for statement in self._own(statements)
                if self._reason(statement).place == "node"
            )

    def of_connections(self) -> Iterator[Permission]:
        """Yield the permissions of the role of a connection that the rule book does not list."""
        own = [statement for statement in self._own(self._of_roles) if self._reason(statement).place == "connection"]
        for edge in self._graph.edges:
            if self._graph.node(edge.source).kind != "outside":
                yield from (self._besides(statement) for statement in own if self._asking(statement) == edge)

    def of_the_stack(self) -> Iterator[Permission]:
        """Yield the permissions of the stack itself: flow logs, and roles of pods and hosts."""
        own = [statement for statement in self._own(self._of_roles) if self._reason(statement).place == "stack"]
        rank = {reason: place for place, reason in enumerate(REASONS.values())}
        own.sort(key=lambda statement: rank.get(self._reason(statement), len(rank)))
        yield from map(self._besides, own)

    def of_queues(self) -> Iterator[Permission]:
        """Yield which services may put messages into queues in their own name."""
        for statement in self._of_resources:
            edge = self._edges[statement.edge]
            if self._outsider(edge) is None and not cloudfront.delivers(self._graph, edge):
                yield self._let(statement, self._resources.of_value(statement.resource))

    def of_functions(self) -> Iterator[Permission]:
        """Yield the function permissions: those of connections, then those of authorizers."""
        checked = {authorizer.edge: place for place, authorizer in enumerate(self._plan.authorizers)}
        for statement in sorted(
            (statement for statement in invocations(self._stack) if statement.edge),
            key=lambda statement: (checked.get(statement.edge, -1), self._places[statement.edge]),
        ):
            yield self._let(statement, self._function(statement, checks=statement.edge in checked))

    def of_approvals(self) -> Iterator[Permission]:
        """Yield the permission to invoke the approval program."""
        for statement in invocations(self._stack):
            if not statement.edge:
                resource = Resource(_DECIDES, spelled(Att(statement.resource.name, "Arn")))
                who = spelled(statement.principal)
                yield Permission("", APPROVALS, who, True, statement.actions, (resource,), None, DECIDED)

    def of_buckets(self) -> Iterator[Permission]:
        """Yield the distributions that are allowed to read a bucket."""
        for statement in self._of_resources:
            if cloudfront.delivers(self._graph, self._edges[statement.edge]):
                yield self._let(statement, self._resources.of_value(statement.resource))

    def of_outsiders(self) -> Iterator[Permission]:
        """Yield the permissions of other accounts and AWS services on channels."""
        roles = {statement.edge: statement for statement in self._own(self._of_roles) if statement.edge}
        for edge in self._graph.edges:
            if edge.id in roles and self._graph.node(edge.source).kind == "outside":
                yield self._besides(roles[edge.id])
            for statement in self._of_resources:
                if statement.edge == edge.id and (outsider := self._outsider(edge)) is not None:
                    yield self._let(statement, self._resources.of_value(statement.resource), outsider)

    def of_access_logs(self) -> Iterator[Permission]:
        """Yield the permissions of access log delivery."""
        for node, statement in log_deliveries(self._stack):
            resource = self._resources.of_value(statement.resource, _ACCESS_LOGS)
            words, who = title_of(self._graph.node(node)), spelled(statement.principal)
            yield Permission(node, words, who, True, statement.actions, (resource,), None, _DELIVERED)

    def _holder(self, statement: RoleStatement) -> Node | None:
        id = statement.node or (self._edges[statement.edge].source if statement.edge else "")
        return self._graph.node(id) if id else None

    def _own(self, statements: list[RoleStatement] | tuple[RoleStatement, ...]) -> list[RoleStatement]:
        """Return the statements that belong to no action of a connection."""
        granted = {(node, grant.sid) for node, grants in self._plan.grants.items() for grant in grants}
        return [
            statement
            for statement in statements
            if ((holder := self._holder(statement)) and holder.id, statement.sid) not in granted
        ]

    def _reason(self, statement: RoleStatement) -> Reason:
        if not statement.node and not statement.edge and statement.sid.startswith(MOUNT):
            return REASONS[MOUNT]
        unknown = Reason("node" if statement.node else "connection" if statement.edge else "stack")
        return REASONS.get(statement.sid, unknown)

    def _asking(self, statement: RoleStatement) -> Edge | None:
        """Return the connection of a statement."""
        reason, holder = self._reason(statement), self._holder(statement)
        if statement.edge:
            return self._edges[statement.edge]
        if reason is REASONS[MOUNT]:
            return first_mount(self._graph, self._resources.node_of(statement.resources[0]))
        return reason.edge(self._graph, holder) if reason.edge and holder else None

    def _for_actions(self, node: Node, grant: Statement, stated: RoleStatement | None) -> Permission:
        """Return the role permissions of a node for the actions of a connection.

        SAM and CDK let a function send to its dead-letter queue by themselves: that statement is in no stack.
        """
        edge = self._edges[grant.edge]
        if stated is None:
            resources = tuple(self._resources.of_reference(ref, node.id) for ref in grant.resources)
            return self._row(node, f"{self._plan.name(node.id)}Role", grant.actions, resources, edge)
        values = zip(grant.resources, stated.resources, strict=True)
        resources = tuple(self._resources.of_reference(ref, node.id, value) for ref, value in values)
        if grant.sid in _BESIDE_STORES:
            named, why = _BESIDE_STORES[grant.sid]
            owner = title_of(self._graph.node(grant.resources[0].node))
            words = spaced(Text(named.en.format(owner.en), named.ja.format(owner.ja)))
            resources = tuple(Resource(words, one.template) for one in resources)
            return replace(self._row(node, stated.role, stated.actions, resources, edge), why=why)
        return self._row(node, stated.role, stated.actions, resources, edge)

    def _besides(self, statement: RoleStatement) -> Permission:
        """Return the role permissions besides the actions of connections."""
        reason, holder, edge = self._reason(statement), self._holder(statement), self._asking(statement)
        end = title_of(self._graph.node(edge.target)) if edge else EMPTY
        words = spaced(Text(reason.resource.en.format(end.en), reason.resource.ja.format(end.ja)))
        resources = tuple(self._resources.of_value(value, words) for value in dict.fromkeys(statement.resources))
        stated = approval(holder) if holder is not None and statement.sid == APPROVAL else reason.why
        why = stated if stated != EMPTY else Text.same(statement.sid)
        return self._row(holder, statement.role, statement.actions, resources, edge, why, reason.principal)

    def _function(self, statement: ResourceStatement, *, checks: bool) -> Resource:
        if checks:
            return Resource(_AUTHORIZER, spelled(Att(statement.resource.name, "Arn")))
        return self._resources.of_reference(NodeValue(self._edges[statement.edge].target, "arn"), None)

    def _outsider(self, edge: Edge) -> Node | None:
        """Return the end of a connection that is not of this workload."""
        ends = self._graph.node(edge.source), self._graph.node(edge.target)
        return next((node for node in ends if node.kind == "outside"), None)

    def _let(self, statement: ResourceStatement, resource: Resource, by: Node | None = None) -> Permission:
        """Return a permission of a resource policy; the principal is the source of the connection, or `by`."""
        edge = self._edges[statement.edge]
        node, key = by or self._graph.node(edge.source), (edge.source, edge.verb, edge.target)
        who = spelled(statement.principal)
        let_in, why = callers(node, who), purpose_of_url(node, edge, statement.actions)
        words = title_of(node) if let_in == EMPTY else let_in
        return Permission(node.id, words, who, True, statement.actions, (resource,), key, why)

    def _resource(self, edge: Edge) -> Node:
        """Return the end of a connection that its statements are about."""
        return self._graph.node(edge.source if edge.grantee == "target" else edge.target)

    def _row(
        self,
        holder: Node | None,
        role: str,
        actions: tuple[str, ...],
        resources: tuple[Resource, ...],
        edge: Edge | None,
        why: Text = EMPTY,
        principal: Text = EMPTY,
    ) -> Permission:
        key = None if edge is None else (edge.source, edge.verb, edge.target)
        sentence = why if edge is None else purpose(edge, actions, self._resource(edge))
        words = principal if holder is None else title_of(holder)
        return Permission(holder.id if holder else "", words, role, False, actions, resources, key, sentence)
