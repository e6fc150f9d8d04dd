"""Who may do what on what: every statement that allows something, with the connection that asks for it.

Roles hold the plan's statements, in every target the same; what fragments state besides them is listed here, and so is
what queues, functions, buckets and channels let others do. The tests hold it against the templates of every target.
Not listed: policies that AWS manages (logs, traces, images), key policies, and what is denied.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisor.text import Text
from blueprints import lake
from blueprints.environment import Ref as NodeValue
from blueprints.permission import INVOKE, Permission, Rows, called, resource
from blueprints.plan import Plan
from blueprints.rights import Rights
from blueprints.spelling import spelled
from blueprints.strangers import PUBLISHING, READING, STRANGERS, TAKING
from blueprints.values import ACCOUNT, Att, Ref, account_root

#: Services that call a function in their own name: the function's policy lets them.
_CALLERS = {
    "api-gateway-http": "apigateway.amazonaws.com",
    "api-gateway-rest": "apigateway.amazonaws.com",
    "api-gateway-websocket": "apigateway.amazonaws.com",
    "alb": "elasticloadbalancing.amazonaws.com",
    "eventbridge-bus": "events.amazonaws.com",
    "sns": "sns.amazonaws.com",
}
#: What another account may do to get what a channel delivers.
_TAKEN = {"sns": ("sns:Subscribe",), "sns-fifo": ("sns:Subscribe",), "kinesis": READING}
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
        *let.strangers(),
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
            if target.service not in ("lambda", "function") or edge.verb not in _CALLING:
                continue
            if source.service == "lambda-function-url":
                signed = self._graph.leaving(source.id, "authorize")
                found = self.resource(NodeValue(target.id, "arn"), None)
                who = spelled(ACCOUNT) if signed else "*"
                for action in ("lambda:InvokeFunctionUrl", *INVOKE):
                    yield self.let(edge, who, (action,), found)
            elif source.service in _CALLERS:
                found = self.resource(NodeValue(target.id, "arn"), None)
                yield self.let(edge, _CALLERS[source.service], INVOKE, found)
        for one in self._plan.authorizers:
            words = Text("the function that checks tokens", "トークンを検証する関数")
            found = resource(words, Att(f"{self._plan.name(one.entry)}AuthorizerFunction", "Arn"))
            yield self.let(self._edges[one.edge], "apigateway.amazonaws.com", INVOKE, found)

    def buckets(self) -> Iterator[Permission]:
        """Give which distributions may read a bucket."""
        for edge in self._graph.edges:
            if self._graph.key(edge) == ("cloudfront", "fetch", "s3"):
                found = self.resource(NodeValue(edge.target, "arn", "/*"), None)
                yield self.let(edge, "cloudfront.amazonaws.com", ("s3:GetObject",), found)

    def strangers(self) -> Iterator[Permission]:
        """Give what other accounts and AWS services may do with channels."""
        for edge in self._graph.edges:
            source, target = self._graph.node(edge.source), self._graph.node(edge.target)
            if target.service in lake.ASSUMED and source.service in STRANGERS:
                role, arn = f"{self._plan.name(edge.id)}SenderRole", NodeValue(target.id, "arn")
                yield self.row(source, role, lake.ASSUMED[target.service], [self.resource(arn, None)], edge)
            elif source.service in STRANGERS and edge.verb in ("publish", "emit"):
                if source.service == "aws-service" and edge.verb == "emit":
                    continue  # an AWS service emits to the account's default bus, which lets it
                named = self.outside(source.id)
                who = spelled(account_root(named) if source.service == "other-account" else named)
                yield self.let(edge, who, PUBLISHING[target.service], self.resource(NodeValue(target.id, "arn"), None))
            taken = _TAKEN.get(source.service)
            if edge.verb == "deliver" and taken and target.service == "other-account":
                who = spelled(account_root(self.outside(target.id)))
                channel = self.resource(NodeValue(source.id, "arn"), None)
                yield replace(self.let(edge, who, taken, channel), principal=target.id, words=called(target))

            if edge.verb == "deliver" and source.service == "sqs-fifo" and target.service == "function":
                who = spelled(Ref(f"{self._plan.parameter(target.id).id.removesuffix('Arn')}RoleArn"))
                queue = self.resource(NodeValue(source.id, "arn"), None)
                yield replace(self.let(edge, who, TAKING, queue), principal=target.id, words=called(target))
