"""What roles may do: the plan's statements, in every target the same, and what fragments state besides them."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import clusters, hosts, lake, mounts
from blueprints.durable import asks
from blueprints.environment import Ref as NodeValue
from blueprints.maps import DISTRIBUTED
from blueprints.names import machine_suffix
from blueprints.permission import INVOKE, Permission, Rows, called, resource
from blueprints.statemachine import HEARD_BY, SERVICES, definition
from blueprints.strangers import READING
from blueprints.values import Att, Ref, arn, joined, stack_name


class Rights(Rows):
    """Rows of what roles hold."""

    def roles(self) -> Iterator[Permission]:
        """Give what the roles of nodes and connections hold."""
        for node in self._graph.nodes:
            for one in self._plan.grants.get(node.id, ()):
                edge = self._edges[one.edge]
                found = [self.resource(ref, node.id) for ref in one.resources]
                yield self.row(node, self._role(node, edge), one.actions, found, edge)
            if node.service in SERVICES:
                yield from self._machine(node)
            if asks(node):
                why = Text("The durable function asks a person for approval", "durable 関数が承認を依頼する")
                yield self._asking(node, why)
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
            found = [resource(words, arn("events", f"rule/{rule}")) for rule in rules]
            actions = ("events:PutTargets", "events:PutRule", "events:DescribeRule")
            yield self.row(node, f"{name}Role", actions, found, ran[0])
        if "ApprovalTopicArn" in definition(self._graph, node).tokens:
            why = Text("The state machine asks a person for approval", "ステートマシンが承認を依頼する")
            yield self._asking(node, why)
        if node.service == DISTRIBUTED:
            yield from self._children(node, name)

    def _asking(self, node: Node, why: Text) -> Permission:
        name, words = self._plan.name(node.id), Text("the topic by which a person is asked", "承認を依頼するトピック")
        topic = resource(words, Ref(f"{name}ApprovalTopic"))
        return self.row(node, f"{name}Role", ("sns:Publish",), [topic], None, why)

    def _children(self, node: Node, name: str) -> Iterator[Permission]:
        machine = stack_name(machine_suffix(name))
        start = arn("states", joined("stateMachine:", machine))
        follow = arn("states", joined("execution:", machine, "/*"))
        why = Text(
            "A distributed map starts executions of its own and follows them", "分散マップが子実行を開始し、追跡する"
        )
        itself = resource(Text("itself", "自身"), start)
        yield self.row(node, f"{name}Role", ("states:StartExecution",), [itself], None, why)
        executions = resource(Text("its executions", "自身の実行"), follow)
        actions = ("states:DescribeExecution", "states:StopExecution")
        yield self.row(node, f"{name}Role", actions, [executions], None, why)

    def _connection(self, edge: Edge) -> Iterator[Permission]:
        """Give what the role of a connection holds that the rule book states no actions for."""
        source, target = self._graph.node(edge.source), self._graph.node(edge.target)
        if (source.service, edge.verb, target.service) == ("appsync", "invoke", "lambda"):
            found = self.resource(NodeValue(target.id, "arn"), source.id)
            yield self.row(source, self._role(source, edge), INVOKE, [found], edge)
        if (source.service, edge.verb) == ("eventbridge-bus", "deliver") and target.service in ("partner-http", "saas"):
            words = Text("the API destination", "API デスティネーション")
            found = resource(words, Att(f"{self._plan.name(edge.id)}Destination", "Arn"))
            yield self.row(source, self._role(source, edge), ("events:InvokeApiDestination",), [found], edge)
        if (edge.verb, target.service) == ("deliver", "data-lake"):
            yield from self._delivery(source, edge)

    def _delivery(self, source: Node, edge: Edge) -> Iterator[Permission]:
        """Give what a delivery stream may do, and who puts records into one that belongs to a connection."""
        itself = source.service == "firehose"
        stream = self._plan.name(source.id) if itself else f"{self._plan.name(edge.id)}Delivery"
        bucket = arn("s3", self.outside(edge.target), region="", account="")
        words = called(self._graph.node(edge.target))
        objects = Text(f"objects of {words.en}", f"{words.ja} のオブジェクト")
        written = joined(Att(f"{stream}Logs", "Arn"), ":log-stream:", Ref(f"{stream}LogStream"))
        log = resource(Text("the log of the delivery", "配信のログ"), written)
        yield self.row(source, f"{stream}Role", lake.BUCKET_ACTIONS, [resource(words, bucket)], edge)
        yield self.row(source, f"{stream}Role", lake.OBJECT_ACTIONS, [resource(objects, joined(bucket, "/*"))], edge)
        yield self.row(source, f"{stream}Role", lake.LOG_ACTIONS, [log], edge)
        if source.service == "kinesis":
            yield self.row(source, f"{stream}Role", READING, [self.resource(NodeValue(source.id, "arn"), None)], edge)
        elif not itself:
            found = resource(Text("the delivery stream", "配信ストリーム"), Att(stream, "Arn"))
            yield self.row(source, f"{self._plan.name(edge.id)}PutRole", lake.PUT_ACTIONS, [found], edge)

    def network(self) -> Iterator[Permission]:
        """Give what the flow logs of a VPC that is made here may do."""
        if self._plan.network is not None and not self._plan.network.existing:
            words = Text("VPC flow logs", "VPC フローログ")
            group = resource(Text("their log group", "フローログのロググループ"), Att("FlowLogsGroup", "Arn"))
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
            key, found = (edge.source, edge.verb, edge.target), (self.resource(NodeValue(store, "arn"), None),)
            yield Permission("", words, mounts.ROLE, False, actions, found, key, edge.sentence)

    def controller(self) -> Iterator[Permission]:
        """Give what the controller that puts pods into target groups may do, where it is made here."""
        if not clusters.controlled(self._graph) or "cluster" in self._plan.existing:
            return
        words = Text("Load balancer controller of the nodes", "ノード上のロードバランサーコントローラー")
        groups = resource(
            Text("target groups that carry the cluster's name", "クラスター名のタグが付いたターゲットグループ"),
            arn("elasticloadbalancing", "targetgroup/*"),
        )
        anything = resource(Text("what there is in the account, to read", "アカウント内の情報の読み取り"), "*")
        why = Text("Pods are put into the target groups of their load balancer", "Pod をターゲットグループに登録する")
        for actions, found in ((clusters.CONTROLLER_ACTIONS, groups), (clusters.CONTROLLER_READS, anything)):
            yield Permission("", words, f"{clusters.CONTROLLER_ID}Role", False, actions, (found,), None, why)

    def platforms(self) -> Iterator[Permission]:
        """Give what runs work for ECS and EKS takes: to start hosts in the name of their role, and to write logs."""
        for node in self._graph.of_service("ecs"):
            if hosts.engine(node) == hosts.MANAGED:
                name = self._plan.name(node.id)
                host = resource(Text("the role of its hosts", "ホストのロール"), Ref(f"{name}HostRole"))
                why = Text("ECS starts hosts in the name of their role", "ECS がホストのロールでホストを起動する")
                yield self.row(node, f"{name}CapacityRole", ("iam:PassRole",), [host], None, why)
        if clusters.engine_of(self._graph) == clusters.FARGATE and self._graph.of_service("eks"):
            words = Text("Pods on Fargate", "Fargate 上の Pod")
            group = resource(Text("their log group", "ロググループ"), Att(clusters.POD_LOGS, "Arn"))
            why = Text("Logs of pods are written", "Pod のログを書き込む")
            role = clusters.POD_EXECUTION_ROLE
            yield Permission("", words, role, False, clusters.LOG_ACTIONS, (group,), None, why)
