"""What roles may do: the plan's statements, in every target the same, and what fragments state besides them."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.naming import machine_suffix
from blueprints.permissions.permission import INVOKE, Permission, Rows, called, resource
from blueprints.traits import ec2, ecs, ecs_managed_instances, efs, eks, firehose, kinesis, traits_of
from blueprints.traits.firehose import PUT_ACTIONS
from blueprints.traits.kinesis import READ_ACTIONS
from blueprints.traits.lambda_durable import asks
from blueprints.traits.state_machine import SERVICES, definition
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED
from blueprints.values import Att, Ref, arn, joined, stack_name
from blueprints.values.reference import Ref as NodeValue


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
        roles = traits_of(node.service).roles
        if roles == "data-source":
            return f"{self._plan.name(edge.target)}DataSourceRole"
        return f"{self._plan.name(edge.id if roles == 'connection' else node.id)}Role"

    def _machine(self, node: Node) -> Iterator[Permission]:
        """Give what a state machine takes besides its connections."""
        name = self._plan.name(node.id)
        runs = [
            (edge, traits_of(self._graph.node(edge.target).service)) for edge in self._graph.leaving(node.id, "run")
        ]
        ran = [(edge, work.completion_rule) for edge, work in runs if work.completion_rule]
        if ran:
            words = Text("the rule by which AWS says that a task ended", "タスク終了を知らせるルール")
            rules = dict.fromkeys(rule for _, rule in ran)
            found = [resource(words, arn("events", f"rule/{rule}")) for rule in rules]
            actions = ("events:PutTargets", "events:PutRule", "events:DescribeRule")
            yield self.row(node, f"{name}Role", actions, found, ran[0][0])
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
        by, to = traits_of(source.service), traits_of(target.service)
        if by.roles == "data-source" and edge.verb == "invoke" and to.compute == "function":
            found = self.resource(NodeValue(target.id, "arn"), source.id)
            yield self.row(source, self._role(source, edge), INVOKE, [found], edge)
        if by.by_rules and edge.verb == "deliver" and target.service in ("partner-http", "saas"):
            words = Text("the API destination", "API デスティネーション")
            found = resource(words, Att(f"{self._plan.name(edge.id)}Destination", "Arn"))
            yield self.row(source, self._role(source, edge), ("events:InvokeApiDestination",), [found], edge)
        if (edge.verb, target.service) == ("deliver", "data-lake"):
            yield from self._delivery(source, edge)

    def _delivery(self, source: Node, edge: Edge) -> Iterator[Permission]:
        """Give what a delivery stream may do, and who puts records into one that belongs to a connection."""
        itself = source.service == firehose.TRAITS.service
        stream = self._plan.name(source.id) if itself else f"{self._plan.name(edge.id)}Delivery"
        bucket = arn("s3", self.outside(edge.target), region="", account="")
        words = called(self._graph.node(edge.target))
        objects = Text(f"objects of {words.en}", f"{words.ja} のオブジェクト")
        written = joined(Att(f"{stream}Logs", "Arn"), ":log-stream:", Ref(f"{stream}LogStream"))
        log = resource(Text("the log of the delivery", "配信のログ"), written)
        yield self.row(source, f"{stream}Role", firehose.BUCKET_ACTIONS, [resource(words, bucket)], edge)
        yield self.row(
            source, f"{stream}Role", firehose.OBJECT_ACTIONS, [resource(objects, joined(bucket, "/*"))], edge
        )
        yield self.row(source, f"{stream}Role", firehose.LOG_ACTIONS, [log], edge)
        if source.service == kinesis.TRAITS.service:
            yield self.row(
                source, f"{stream}Role", READ_ACTIONS, [self.resource(NodeValue(source.id, "arn"), None)], edge
            )
        elif not itself:
            found = resource(Text("the delivery stream", "配信ストリーム"), Att(stream, "Arn"))
            yield self.row(source, f"{self._plan.name(edge.id)}PutRole", PUT_ACTIONS, [found], edge)

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
        if not efs.driven(self._graph) or "cluster" in self._plan.existing:
            return
        words = Text("EFS driver of the nodes", "ノード上の EFS ドライバー")
        for store, actions in efs.driver_rights(self._graph).items():
            edge = next(one for one in efs.mounts(self._graph) if one.target == store)
            key, found = (edge.source, edge.verb, edge.target), (self.resource(NodeValue(store, "arn"), None),)
            yield Permission("", words, efs.DRIVER_ROLE, False, actions, found, key, edge.sentence)

    def controller(self) -> Iterator[Permission]:
        """Give what the controller that puts pods into target groups may do, where it is made here."""
        if not eks.controlled(self._graph) or "cluster" in self._plan.existing:
            return
        words = Text("Load balancer controller of the nodes", "ノード上のロードバランサーコントローラー")
        groups = resource(
            Text("target groups that carry the cluster's name", "クラスター名のタグが付いたターゲットグループ"),
            arn("elasticloadbalancing", "targetgroup/*"),
        )
        anything = resource(Text("what there is in the account, to read", "アカウント内の情報の読み取り"), "*")
        why = Text("Pods are put into the target groups of their load balancer", "Pod をターゲットグループに登録する")
        for actions, found in ((eks.CONTROLLER_ACTIONS, groups), (eks.CONTROLLER_READS, anything)):
            yield Permission("", words, f"{eks.CONTROLLER_ID}Role", False, actions, (found,), None, why)

    def platforms(self) -> Iterator[Permission]:
        """Give what runs work for ECS and EKS takes: to start hosts in the name of their role, and to write logs."""
        for node in ecs.TRAITS.nodes(self._graph):
            if ec2.engine(node) == ecs_managed_instances.MANAGED:
                name = self._plan.name(node.id)
                host = resource(Text("the role of its hosts", "ホストのロール"), Ref(f"{name}HostRole"))
                why = Text("ECS starts hosts in the name of their role", "ECS がホストのロールでホストを起動する")
                yield self.row(node, f"{name}CapacityRole", ("iam:PassRole",), [host], None, why)
        if eks.engine_of(self._graph) == eks.FARGATE and eks.TRAITS.nodes(self._graph):
            words = Text("Pods on Fargate", "Fargate 上の Pod")
            group = resource(Text("their log group", "ロググループ"), Att(eks.POD_LOGS, "Arn"))
            why = Text("Logs of pods are written", "Pod のログを書き込む")
            role = eks.POD_EXECUTION_ROLE
            yield Permission("", words, role, False, eks.LOG_ACTIONS, (group,), None, why)
