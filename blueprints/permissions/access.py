"""Who may do what on what: every statement that allows something, with the connection that asks for it.

Roles hold the plan's statements, in every target the same; what fragments state besides them is listed here, and so is
what queues, functions, buckets and channels let others do. The tests hold it against the templates of every target.
Not listed: policies that AWS manages (logs, traces, images), key policies, and what is denied.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisor.text import Text
from blueprints.permissions.permission import INVOKE, Permission, Rows, called, resource
from blueprints.permissions.rights import Rights
from blueprints.plan import Plan
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS
from blueprints.traits import cloudfront, lambda_function_url, traits_of
from blueprints.traits.sqs import RECEIVE_ACTIONS
from blueprints.values import ACCOUNT, Att, Ref, account_root
from blueprints.values.reference import Ref as NodeValue
from blueprints.values.spelling import spelled

_CALLING = ("invoke", "start", "consume", "deliver")


def permissions(plan: Plan) -> tuple[Permission, ...]:
    """Return everything that a plan allows: roles in the order of the graph, then what resources let others do."""
    held, let = Rights(plan), _Openings(plan)
    return (
        *held.roles(),
        *held.network(),
        *held.mounts(),
        *held.controller(),
        *held.platforms(),
        *let.queues(),
        *let.functions(),
        *let.buckets(),
        *let.other_accounts(),
    )


class _Openings(Rows):
    """Rows of what queues, functions, buckets and channels let others do."""

    def queues(self) -> Iterator[Permission]:
        """Give who may put messages into queues in its own name."""
        for one in self._plan.admissions:
            edge = self._edges[one.edge]
            queue = self.resource(NodeValue(one.queue, "arn"), None)
            yield self.let(edge, one.principal, ("sqs:SendMessage",), queue)

    def functions(self) -> Iterator[Permission]:
        """Give who may invoke functions in its own name."""
        for edge in self._graph.edges:
            source, target = self._graph.node(edge.source), self._graph.node(edge.target)
            if (
                target.service != "function" and traits_of(target.service).compute != "function"
            ) or edge.verb not in _CALLING:
                continue
            if source.service == lambda_function_url.TRAITS.service:
                signed = self._graph.leaving(source.id, "authorize")
                found = self.resource(NodeValue(target.id, "arn"), None)
                who = spelled(ACCOUNT) if signed else "*"
                for action in ("lambda:InvokeFunctionUrl", *INVOKE):
                    yield self.let(edge, who, (action,), found)
            elif principal := traits_of(source.service).principal:
                found = self.resource(NodeValue(target.id, "arn"), None)
                yield self.let(edge, principal, INVOKE, found)
        for one in self._plan.authorizers:
            words = Text("the function that checks tokens", "トークンを検証する関数")
            found = resource(words, Att(f"{self._plan.name(one.entry)}AuthorizerFunction", "Arn"))
            principal = traits_of(self._graph.node(one.entry).service).principal
            yield self.let(self._edges[one.edge], principal, INVOKE, found)

    def buckets(self) -> Iterator[Permission]:
        """Give which distributions may read a bucket."""
        for edge in self._graph.edges:
            if edge.verb == "fetch" and self._graph.node(edge.source).service == cloudfront.TRAITS.service:
                found = self.resource(NodeValue(edge.target, "arn", "/*"), None)
                yield self.let(edge, "cloudfront.amazonaws.com", ("s3:GetObject",), found)

    def other_accounts(self) -> Iterator[Permission]:
        """Give what other accounts and AWS services may do with channels."""
        for edge in self._graph.edges:
            source, target = self._graph.node(edge.source), self._graph.node(edge.target)
            by, to = traits_of(source.service), traits_of(target.service)
            if to.sender_actions and source.service in EXTERNAL_PRINCIPALS:
                role, arn = f"{self._plan.name(edge.id)}SenderRole", NodeValue(target.id, "arn")
                yield self.row(source, role, to.sender_actions, [self.resource(arn, None)], edge)
            elif source.service in EXTERNAL_PRINCIPALS and edge.verb in ("publish", "emit"):
                if source.service == "aws-service" and edge.verb == "emit":
                    continue  # an AWS service emits to the account's default bus, which lets it
                named = self.outside(source.id)
                who = spelled(account_root(named) if source.service == "other-account" else named)
                yield self.let(edge, who, to.publish_actions, self.resource(NodeValue(target.id, "arn"), None))
            if edge.verb == "deliver" and by.subscribe_actions and target.service == "other-account":
                who = spelled(account_root(self.outside(target.id)))
                channel = self.resource(NodeValue(source.id, "arn"), None)
                let = self.let(edge, who, by.subscribe_actions, channel)
                yield replace(let, principal=target.id, words=called(target))
            if edge.verb == "deliver" and by.queue and by.fifo and target.service == "function":
                who = spelled(Ref(f"{self._plan.parameter(target.id).id.removesuffix('Arn')}RoleArn"))
                queue = self.resource(NodeValue(source.id, "arn"), None)
                yield replace(self.let(edge, who, RECEIVE_ACTIONS, queue), principal=target.id, words=called(target))
