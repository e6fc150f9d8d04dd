"""Who may do what on what: every statement that allows something, with the connection that asks for it.

Roles hold the plan's statements, in every target the same; what fragments state besides them is listed here, and so is
what queues, functions, buckets and channels let others do. The tests hold it against the templates of every target.
Not listed: policies that AWS manages (logs, traces, images), key policies, and what is denied.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints import clusters, hosts, lake, mounts
from blueprints.environment import OF_CONNECTIONS, Ref
from blueprints.maps import DISTRIBUTED
from blueprints.names import kebab
from blueprints.plan import Plan
from blueprints.sam.spelling import Speller, speller
from blueprints.statemachine import HEARD_BY, SERVICES, definition
from blueprints.strangers import PUBLISHING, READING, STRANGERS, TAKING

_INVOKE = ("lambda:InvokeFunction",)
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
_WORDS = {
    ("s3", "arn", "/*"): Text("objects of {0}", "{0} のオブジェクト"),
    ("dynamodb", "stream-arn", ""): Text("stream of {0}", "{0} のストリーム"),
    ("aurora-serverless", "secret-arn", ""): Text("password of {0}", "{0} のパスワード"),
    ("rds", "secret-arn", ""): Text("password of {0}", "{0} のパスワード"),
    ("elasticache-serverless", "user-arn", ""): Text("a user of {0}", "{0} のユーザー"),
    ("ecs", "task-definition-arn", ""): Text("task definition of {0}", "{0} のタスク定義"),
    ("ecs", "tasks-arn", "/*"): Text("tasks of the cluster of {0}", "{0} のクラスターのタスク"),
    ("ecs", "task-role-arn", ""): Text("role of {0}", "{0} のロール"),
    ("ecs", "execution-role-arn", ""): Text("execution role of {0}", "{0} の実行ロール"),
    ("ec2", "command-arn", ""): Text("command that {0} runs", "{0} で実行するコマンド"),
    ("api-gateway-websocket", "connections-arn", "/*"): Text("open connections of {0}", "{0} の接続"),
}
_HERE = "${AWS::Region}:${AWS::AccountId}"


@dataclass(frozen=True, slots=True)
class Resource:
    """What something is done to: in words, and as the template spells it."""

    words: Text
    template: str


@dataclass(frozen=True, slots=True)
class Permission:
    """One statement that allows something.

    `principal` is the id of the node that may (empty for the network), `words` what it is called, `role` the name of
    its role in the template, or who is let in by the policy of the resource itself (`by_resource`). `edge` is the
    connection as (source, verb, target), None when the node asks for it by itself; `why` its sentence.
    """

    principal: str
    words: Text
    role: str
    by_resource: bool
    actions: tuple[str, ...]
    resources: tuple[Resource, ...]
    edge: tuple[str, str, str] | None
    why: Text


def permissions(plan: Plan) -> tuple[Permission, ...]:
    """Return everything that a plan allows: roles in the order of the graph, then what resources let others do."""
    made = _Table(plan, speller(plan))
    return (
        *made.roles(),
        *made.network(),
        *made.mounts(),
        *made.controller(),
        *made.platforms(),
        *made.queues(),
        *made.functions(),
        *made.buckets(),
        *made.strangers(),
    )


def called(node: Node) -> Text:
    """Return what a node is called: its service, with what it is here in brackets."""
    en, ja = node.note.en, node.note.ja
    return Text(f"{node.title.en} ({en})" if en else node.title.en, f"{node.title.ja}（{ja}）" if ja else node.title.ja)


class _Table:
    def __init__(self, plan: Plan, spell: Speller) -> None:
        self._plan, self._spell, self._graph = plan, spell, plan.architecture
        self._edges = {edge.id: edge for edge in self._graph.edges}

    def roles(self) -> Iterator[Permission]:
        """Give what the roles of nodes and connections hold."""
        for node in self._graph.nodes:
            for one in self._plan.grants.get(node.id, ()):
                edge = self._edges[one.edge]
                found = [self._resource(ref, node.id) for ref in one.resources]
                yield self._row(node, self._role(node, edge), one.actions, found, edge)
            if node.service in SERVICES:
                yield from self._machine(node)
        for edge in self._graph.edges:
            yield from self._connection(edge)

    def _role(self, node: Node, edge: Edge) -> str:
        """Return the role's name: a node's own, or the connection's where each has one, so that none can do more."""
        if node.service == "appsync":
            return f"{self._plan.name(edge.target)}DataSourceRole"
        shared = node.service == "eventbridge-bus" or node.service.startswith("api-gateway")
        return f"{self._plan.name(edge.id if shared else node.id)}Role"

    def _machine(self, node: Node) -> Iterator[Permission]:
        """Give what a state machine takes besides its connections."""
        name = self._plan.name(node.id)
        ran = [
            edge for edge in self._graph.leaving(node.id, "run") if self._graph.node(edge.target).service in HEARD_BY
        ]
        if ran:
            words = Text("the rule by which AWS says that a task ended", "タスク終了を知らせるルール")
            rules = {HEARD_BY[self._graph.node(edge.target).service]: None for edge in ran}
            found = [Resource(words, f"arn:${{AWS::Partition}}:events:{_HERE}:rule/{rule}") for rule in rules]
            actions = ("events:PutTargets", "events:PutRule", "events:DescribeRule")
            yield self._row(node, f"{name}Role", actions, found, ran[0])
        if "ApprovalTopicArn" in definition(self._graph, node).tokens:
            topic = Resource(
                Text("the topic by which a person is asked", "承認を依頼するトピック"), f"${{{name}ApprovalTopic}}"
            )
            why = Text("The state machine asks a person for approval", "ステートマシンが承認を依頼する")
            yield self._row(node, f"{name}Role", ("sns:Publish",), [topic], None, why)
        if node.service == DISTRIBUTED:
            yield from self._children(node, name)

    def _children(self, node: Node, name: str) -> Iterator[Permission]:
        machine = "${AWS::StackName}-" + kebab(name)
        start = f"arn:${{AWS::Partition}}:states:{_HERE}:stateMachine:{machine}"
        follow = f"arn:${{AWS::Partition}}:states:{_HERE}:execution:{machine}/*"
        why = Text(
            "A distributed map starts executions of its own and follows them", "分散マップが子実行を開始し、追跡する"
        )
        itself = Resource(Text("itself", "自身"), start)
        yield self._row(node, f"{name}Role", ("states:StartExecution",), [itself], None, why)
        executions = Resource(Text("its executions", "自身の実行"), follow)
        actions = ("states:DescribeExecution", "states:StopExecution")
        yield self._row(node, f"{name}Role", actions, [executions], None, why)

    def _connection(self, edge: Edge) -> Iterator[Permission]:
        """Give what the role of a connection holds that the rule book states no actions for."""
        source, target = self._graph.node(edge.source), self._graph.node(edge.target)
        if (source.service, edge.verb, target.service) == ("appsync", "invoke", "lambda"):
            found = self._resource(Ref(target.id, "arn"), source.id)
            yield self._row(source, self._role(source, edge), _INVOKE, [found], edge)
        if (source.service, edge.verb) == ("eventbridge-bus", "deliver") and target.service in ("partner-http", "saas"):
            words = Text("the API destination", "API デスティネーション")
            found = Resource(words, f"${{{self._plan.name(edge.id)}Destination.Arn}}")
            yield self._row(source, self._role(source, edge), ("events:InvokeApiDestination",), [found], edge)
        if (edge.verb, target.service) == ("deliver", "data-lake"):
            yield from self._delivery(source, edge)

    def _delivery(self, source: Node, edge: Edge) -> Iterator[Permission]:
        """Give what a delivery stream may do, and who puts records into one that belongs to a connection."""
        itself = source.service == "firehose"
        stream = self._plan.name(source.id) if itself else f"{self._plan.name(edge.id)}Delivery"
        bucket = f"arn:${{AWS::Partition}}:s3:::${{{self._plan.parameter(edge.target).id}}}"
        words = called(self._graph.node(edge.target))
        objects = Text(f"objects of {words.en}", f"{words.ja} のオブジェクト")
        log = Resource(
            Text("the log of the delivery", "配信のログ"), f"${{{stream}Logs.Arn}}:log-stream:${{{stream}LogStream}}"
        )
        yield self._row(source, f"{stream}Role", lake.BUCKET_ACTIONS, [Resource(words, bucket)], edge)
        yield self._row(source, f"{stream}Role", lake.OBJECT_ACTIONS, [Resource(objects, f"{bucket}/*")], edge)
        yield self._row(source, f"{stream}Role", lake.LOG_ACTIONS, [log], edge)
        if source.service == "kinesis":
            yield self._row(source, f"{stream}Role", READING, [self._resource(Ref(source.id, "arn"), None)], edge)
        elif not itself:
            found = Resource(Text("the delivery stream", "配信ストリーム"), f"${{{stream}.Arn}}")
            yield self._row(source, f"{self._plan.name(edge.id)}PutRole", lake.PUT_ACTIONS, [found], edge)

    def network(self) -> Iterator[Permission]:
        """Give what the flow logs of a VPC that is made here may do."""
        if self._plan.network is not None and not self._plan.network.existing:
            words = Text("VPC flow logs", "VPC フローログ")
            group = Resource(Text("their log group", "フローログのロググループ"), "${FlowLogsGroup.Arn}")
            actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
            why = Text("Flow logs are written", "フローログを書き込む")
            yield Permission("", words, "FlowLogsRole", False, actions, (group,), None, why)

    def mounts(self) -> Iterator[Permission]:
        """Give what the driver that mounts file systems for pods may do, where it is made here."""
        if not mounts.driven(self._graph) or "cluster" in self._plan.existing:
            return
        words = Text("EFS driver of the nodes", "ノード上の EFS ドライバー")
        for store, actions in mounts.driver_rights(self._graph).items():
            edge = next(one for one in mounts.mounts(self._graph) if one.target == store)
            key, found = (edge.source, edge.verb, edge.target), (self._resource(Ref(store, "arn"), None),)
            yield Permission("", words, mounts.ROLE, False, actions, found, key, edge.sentence)

    def controller(self) -> Iterator[Permission]:
        """Give what the controller that puts pods into target groups may do, where it is made here."""
        if not clusters.controlled(self._graph) or "cluster" in self._plan.existing:
            return
        words = Text("Load balancer controller of the nodes", "ノード上のロードバランサーコントローラー")
        groups = Resource(
            Text("target groups that carry the cluster's name", "クラスター名のタグが付いたターゲットグループ"),
            f"arn:${{AWS::Partition}}:elasticloadbalancing:{_HERE}:targetgroup/*",
        )
        anything = Resource(Text("what there is in the account, to read", "アカウント内の情報の読み取り"), "*")
        why = Text("Pods are put into the target groups of their load balancer", "Pod をターゲットグループに登録する")
        for actions, found in ((clusters.CONTROLLER_ACTIONS, groups), (clusters.CONTROLLER_READS, anything)):
            yield Permission("", words, "BalancerControllerRole", False, actions, (found,), None, why)

    def platforms(self) -> Iterator[Permission]:
        """Give what runs work for ECS and EKS takes: to start hosts in the name of their role, and to write logs."""
        for node in self._graph.of_service("ecs"):
            if hosts.engine(node) == hosts.MANAGED:
                name = self._plan.name(node.id)
                host = Resource(Text("the role of its hosts", "ホストのロール"), f"${{{name}HostRole}}")
                why = Text("ECS starts hosts in the name of their role", "ECS がホストのロールでホストを起動する")
                yield self._row(node, f"{name}CapacityRole", ("iam:PassRole",), [host], None, why)
        if clusters.engine_of(self._graph) == clusters.FARGATE and self._graph.of_service("eks"):
            words = Text("Pods on Fargate", "Fargate 上の Pod")
            group = Resource(Text("their log group", "ロググループ"), "${KubernetesClusterPodLogs.Arn}")
            why = Text("Logs of pods are written", "Pod のログを書き込む")
            role = "KubernetesClusterPodExecutionRole"
            yield Permission("", words, role, False, clusters.LOG_ACTIONS, (group,), None, why)

    def queues(self) -> Iterator[Permission]:
        """Give who may put messages into queues in its own name."""
        for one in self._plan.admissions:
            edge = self._edges[one.edge]
            queue = self._resource(Ref(one.queue, "arn"), None)
            yield self._let(edge, one.principal, ("sqs:SendMessage",), queue)

    def functions(self) -> Iterator[Permission]:
        """Give who may invoke functions in its own name."""
        for edge in self._graph.edges:
            source, target = self._graph.node(edge.source), self._graph.node(edge.target)
            if target.service not in ("lambda", "function") or edge.verb not in _CALLING:
                continue
            if source.service == "lambda-function-url":
                signed = self._graph.leaving(source.id, "authorize")
                found = self._resource(Ref(target.id, "arn"), None)
                who = "${AWS::AccountId}" if signed else "*"
                for action in ("lambda:InvokeFunctionUrl", *_INVOKE):
                    yield self._let(edge, who, (action,), found)
            elif source.service in _CALLERS:
                found = self._resource(Ref(target.id, "arn"), None)
                yield self._let(edge, _CALLERS[source.service], _INVOKE, found)
        for one in self._plan.authorizers:
            words = Text("the function that checks tokens", "トークンを検証する関数")
            found = Resource(words, f"${{{self._plan.name(one.entry)}AuthorizerFunction.Arn}}")
            yield self._let(self._edges[one.edge], "apigateway.amazonaws.com", _INVOKE, found)

    def buckets(self) -> Iterator[Permission]:
        """Give which distributions may read a bucket."""
        for edge in self._graph.edges:
            if self._graph.key(edge) == ("cloudfront", "fetch", "s3"):
                found = self._resource(Ref(edge.target, "arn", "/*"), None)
                yield self._let(edge, "cloudfront.amazonaws.com", ("s3:GetObject",), found)

    def strangers(self) -> Iterator[Permission]:
        """Give what other accounts and AWS services may do with channels."""
        for edge in self._graph.edges:
            source, target = self._graph.node(edge.source), self._graph.node(edge.target)
            if target.service in lake.ASSUMED and source.service in STRANGERS:
                role, arn = f"{self._plan.name(edge.id)}SenderRole", Ref(target.id, "arn")
                yield self._row(source, role, lake.ASSUMED[target.service], [self._resource(arn, None)], edge)
            elif source.service in STRANGERS and edge.verb in ("publish", "emit"):
                if source.service == "aws-service" and edge.verb == "emit":
                    continue  # an AWS service emits to the account's default bus, which lets it
                named = f"${{{self._plan.parameter(source.id).id}}}"
                who = f"arn:${{AWS::Partition}}:iam::{named}:root" if source.service == "other-account" else named
                yield self._let(edge, who, PUBLISHING[target.service], self._resource(Ref(target.id, "arn"), None))
            taken = _TAKEN.get(source.service)
            if edge.verb == "deliver" and taken and target.service == "other-account":
                who = f"arn:${{AWS::Partition}}:iam::${{{self._plan.parameter(target.id).id}}}:root"
                channel = self._resource(Ref(source.id, "arn"), None)
                yield replace(self._let(edge, who, taken, channel), principal=target.id, words=called(target))

            if edge.verb == "deliver" and source.service == "sqs-fifo" and target.service == "function":
                who = f"${{{self._plan.parameter(target.id).id.removesuffix('Arn')}RoleArn}}"
                queue = self._resource(Ref(source.id, "arn"), None)
                yield replace(self._let(edge, who, TAKING, queue), principal=target.id, words=called(target))

    def _resource(self, ref: Ref, holder: str | None) -> Resource:
        node = self._graph.node(self._edges[ref.node].target if ref.attribute in OF_CONNECTIONS else ref.node)
        pattern = _WORDS.get((node.service, ref.attribute, ref.suffix), Text("{0}", "{0}"))
        name = called(node)
        words = Text(pattern.en.format(name.en), pattern.ja.format(name.ja))
        return Resource(words, self._spell(ref, holder))

    def _let(self, edge: Edge, who: str, actions: tuple[str, ...], resource: Resource) -> Permission:
        source = self._graph.node(edge.source)
        key = (edge.source, edge.verb, edge.target)
        return Permission(source.id, called(source), who, True, actions, (resource,), key, edge.sentence)

    def _row(
        self,
        node: Node,
        role: str,
        actions: tuple[str, ...],
        found: list[Resource],
        edge: Edge | None,
        why: Text = EMPTY,
    ) -> Permission:
        key = None if edge is None else (edge.source, edge.verb, edge.target)
        sentence = why if edge is None else edge.sentence
        return Permission(node.id, called(node), role, False, actions, tuple(found), key, sentence)
