"""Who is not of this workload and sends to it: other accounts and AWS services, each by a policy of the channel."""

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.registry import connection
from blueprints.sam.connections.channels import QUEUES, TOPICS
from blueprints.sam.roles import policy
from blueprints.scope import Json, Scope
from blueprints.traits import eventbridge_bus, kinesis, traits_of
from blueprints.values import ACCOUNT, Ref, account_root


def _stranger(scope: Scope, node: str, sid: str, actions: tuple[str, ...], resource: object) -> Json:
    """Allow another account, or an AWS service on behalf of this account, what it does with a channel."""
    parameter = Ref(scope.plan.parameter(node).id)
    action = actions[0] if len(actions) == 1 else list(actions)
    statement: Json = {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}
    if scope.architecture.node(node).service == "other-account":
        return {**statement, "Principal": {"AWS": account_root(parameter)}}
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    return {**statement, "Principal": {"Service": parameter}, "Condition": condition}


@connection(["other-account", "aws-service"], "publish", [*QUEUES, *TOPICS])
def stranger_publishes(scope: Scope, edge: Edge) -> None:
    """Let the other account or the AWS service put messages into the channel."""
    service = scope.architecture.node(edge.target).service
    sid = f"{scope.name(edge.source)}Publishes"
    statement = _stranger(scope, edge.source, sid, traits_of(service).publish_actions, scope.of(edge.target, "arn"))
    held = scope.queue_statements if service in QUEUES else scope.topic_statements
    held.setdefault(edge.target, []).append((statement, edge.id))


@connection(["other-account", "aws-service"], "publish", ["kinesis"])
def stranger_puts_records(scope: Scope, edge: Edge) -> None:
    """Let the other account or the AWS service put records into the stream."""
    sid = f"{scope.name(edge.source)}PutsRecords"
    _share(scope, edge, edge.target, _stranger(scope, edge.source, sid, kinesis.TRAITS.publish_actions, None))


@connection(["kinesis"], "deliver", ["other-account"])
def account_reads_records(scope: Scope, edge: Edge) -> None:
    """Let the other account read the stream; which of its roles may, it says itself."""
    sid = f"{scope.name(edge.target)}ReadsRecords"
    _share(scope, edge, edge.source, _stranger(scope, edge.target, sid, kinesis.READ_ACTIONS, None))
    words = Text("ARN of the stream, for those who read it", "ストリームの ARN（読み取る側に伝える）")
    scope.output(f"{scope.name(edge.source)}Arn", scope.of(edge.source, "arn"), words)


def _share(scope: Scope, edge: Edge, stream: str, statement: Json) -> None:
    """Put a statement into the stream's policy, of which there is one whoever is let in."""
    arn, id = scope.of(stream, "arn"), f"{scope.main(stream)}Policy"
    statement["Resource"] = arn
    if id not in scope.resources:
        properties = {"ResourceArn": arn, "ResourcePolicy": policy([])}
        scope.add(id, "AWS::Kinesis::ResourcePolicy", properties, node=stream)
    scope.properties(id)["ResourcePolicy"]["Statement"].append(statement)
    scope.carry(id, edge.id)


@connection(["other-account"], "emit", ["eventbridge-bus"])
def account_emits(scope: Scope, edge: Edge) -> None:
    """Let the other account put events on the bus."""
    bus, resource = scope.main(edge.target), scope.of(edge.target, "arn")
    statement = _stranger(
        scope, edge.source, "OtherAccountPutsEvents", eventbridge_bus.TRAITS.publish_actions, resource
    )
    properties = {"EventBusName": Ref(bus), "StatementId": "OtherAccountPutsEvents", "Statement": statement}
    scope.add(f"{bus}Policy", "AWS::Events::EventBusPolicy", properties, edge=edge.id)
