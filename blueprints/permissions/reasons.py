"""The reasons of role statements that belong to no action of a connection, by statement id (Sid).

What such a statement allows, on what and in which role is read from the stack; a statement without words here is shown
by its id and by the resources that it names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.architecture import Architecture, Edge, Node
from advisor.text import EMPTY, Text
from blueprints.traits import callbacks, efs, traits_of
from blueprints.traits.lambda_durable import asks

#: Where a statement stands in the table: with its node, with its connection, or with what runs the whole stack.
Place = Literal["node", "connection", "stack"]


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason of a statement. `{}` is replaced by the name of the node at the other end of the connection.

    `why` is empty where the connection's sentence says it, `principal` where a node holds the role. `edge` finds the
    connection of a role that is a node's own.
    """

    place: Place
    resource: Text = EMPTY
    why: Text = EMPTY
    principal: Text = EMPTY
    edge: Callable[[Architecture, Node], Edge] | None = None


def _run(graph: Architecture, machine: Node) -> Edge:
    """Return the first connection by which a state machine runs work whose end AWS reports by a rule."""
    runs = graph.leaving(machine.id, "run")
    return next(edge for edge in runs if traits_of(graph.node(edge.target).service).completion_rule)


def _delivery(graph: Architecture, stream: Node) -> Edge:
    return graph.leaving(stream.id, "deliver")[0]


_OWN_EXECUTIONS = Text(
    "The Distributed Map state starts and monitors child workflow executions",
    "分散マップが子ワークフローの実行を開始し、監視する",
)
_MACHINE_ASKS = Text("The state machine requests approval", "ステートマシンが承認を依頼する")
_FUNCTION_ASKS = Text("The durable function requests approval", "durable 関数が承認を依頼する")
_ASKED_BY = Text("the topic for approval requests", "承認を依頼するトピック")
SENT_TABLE = Text(
    "the DynamoDB table that records messages sent through {}", "{}で送信したメッセージを記録する DynamoDB テーブル"
)
RECORDED = Text("Records sent messages to prevent duplicates", "重複を防ぐため、送信済みメッセージを記録する")
EFFECTS_TABLE = Text(
    "the DynamoDB table that records the calls of {} to another system",
    "{}による他システムでの処理を記録する DynamoDB テーブル",
)
EFFECTS_RECORDED = Text(
    "Records calls to another system, so that each takes effect once",
    "他システムでの処理を 1 回だけにするため、処理を記録する",
)
ARRIVALS_TABLE = Text(
    "the DynamoDB table that records the first arrival of each message at {}",
    "{}に最初に届いたメッセージを記録する DynamoDB テーブル",
)
ARRIVALS_RECORDED = Text(
    "Records the first arrival of messages, so that a repeated request does not replace a newer state",
    "再送されたリクエストの古い内容が新しい状態を上書きしないように、メッセージが最初に届いた順序を記録する",
)
CONNECTION_TABLE = Text("the DynamoDB table of open connections of {}", "{}の接続の DynamoDB テーブル")
CONNECTED = Text("Stores the open connections", "接続中のクライアントを記録する")
RESULTS_BUCKET = Text("the S3 bucket with the results of the items of {}", "{}の各項目の結果の S3 バケット")
COMBINED = Text(
    "Reads the results of all items of a run to combine them", "実行の全項目の結果を読み取り、1 つにまとめる"
)
APPROVALS = Text("Approvals endpoint", "承認エンドポイント")
DECIDED = Text("An approver decides at the approvals endpoint", "承認者が承認エンドポイントで判断する")
_PROTECTED = Text("A task enables scale-in protection while it works", "タスクが処理中にスケールイン保護を有効にする")
_TARGET_GROUPS = Text(
    "The AWS Load Balancer Controller registers pods in the target groups of their load balancer",
    "AWS Load Balancer Controller が Pod をロードバランサーのターゲットグループに登録する",
)
_CONTROLLER = Text("AWS Load Balancer Controller", "AWS Load Balancer Controller")

#: Sid -> its words; those of the whole stack in the order in which the table has them.
REASONS: Mapping[str, Reason] = {
    "ManageCompletionEventsRule": Reason(
        "node", Text("the EventBridge rule for task completion", "タスク終了を通知する EventBridge ルール"), edge=_run
    ),
    "AskForApproval": Reason("node", Text("the destination of approval requests", "承認依頼の送信先")),
    "KeepApprovalRequest": Reason("node", Text("the pending approval requests", "未決の承認依頼"), _FUNCTION_ASKS),
    "KeepApprovalRequests": Reason(
        "stack", Text("the pending approval requests", "未決の承認依頼"), DECIDED, APPROVALS
    ),
    "NotifyApprover": Reason("stack", _ASKED_BY, DECIDED, APPROVALS),
    "CompleteTasks": Reason(
        "stack", Text("the task that waits for the token", "トークンを待つタスク"), DECIDED, APPROVALS
    ),
    "CompleteCallbacks": Reason(
        "stack", Text("the durable functions that request approval", "承認を依頼する durable 関数"), DECIDED, APPROVALS
    ),
    callbacks.SID: Reason(
        "node",
        Text(
            "the DynamoDB table with the task tokens of executions that wait for a callback",
            "コールバックを待つ実行のタスクトークンを保存する DynamoDB テーブル",
        ),
        Text(
            "An execution asks an outside system and waits for its callback",
            "実行が外部システムに依頼し、コールバックを待つ",
        ),
    ),
    "ProtectTasks": Reason("node", Text("tasks of its cluster", "クラスターのタスク"), _PROTECTED),
    "StartChildExecutions": Reason("node", Text("itself", "自身"), _OWN_EXECUTIONS),
    "ManageChildExecutions": Reason("node", Text("its executions", "自身の実行"), _OWN_EXECUTIONS),
    "DeliverLogs": Reason(
        "node",
        Text("log deliveries of the account", "アカウントのログ配信"),
        Text("Execution logs are delivered", "実行のログを配信する"),
    ),
    "RecordSentMessages": Reason("connection", Text("records of sent notifications", "送信済みの通知の記録")),
    "CallDestination": Reason("connection", Text("the API destination", "API 送信先")),
    "ListBucket": Reason("connection", Text("{}", "{}"), edge=_delivery),
    "PutObjects": Reason("connection", Text("objects in {}", "{}のオブジェクト"), edge=_delivery),
    "LogErrors": Reason("connection", Text("error log of the delivery", "配信のエラーログ"), edge=_delivery),
    "PutRecords": Reason("connection", Text("the Firehose stream", "Firehose ストリーム")),
    "ReadAdministrator": Reason(
        "node",
        Text("administrator password of the database", "管理者のパスワード"),
        Text("Migrations are applied by a function in the VPC", "VPC 内の関数がマイグレーションを適用する"),
    ),
    "WriteFlowLogs": Reason(
        "stack",
        Text("log group of the flow logs", "フローログのロググループ"),
        Text("Writes the VPC flow logs to CloudWatch Logs", "VPC フローログを CloudWatch Logs に書き込む"),
        Text("VPC flow logs", "VPC フローログ"),
    ),
    "Mount": Reason(
        "stack", principal=Text("Amazon EFS CSI driver on the nodes", "ノード上の Amazon EFS CSI ドライバー")
    ),
    "ManageTargetGroups": Reason(
        "stack",
        Text("target groups tagged with the cluster name", "クラスター名のタグが付いたターゲットグループ"),
        _TARGET_GROUPS,
        _CONTROLLER,
    ),
    "DescribeLoadBalancing": Reason(
        "stack",
        Text("resources of the account (read-only)", "アカウントのリソース（読み取りのみ）"),
        _TARGET_GROUPS,
        _CONTROLLER,
    ),
    "ReadBacklog": Reason(
        "stack",
        Text("queues whose backlog scales pods", "バックログで Pod をスケールするキュー"),
        Text("KEDA reads the backlog of the queues", "KEDA がキューのバックログを読み取る"),
        Text("KEDA operator", "KEDA オペレーター"),
    ),
    "PassHostRole": Reason(
        "stack",
        Text("the instance role", "インスタンスロール"),
        Text("ECS starts the instances with their instance role", "ECS がインスタンスロールでインスタンスを起動する"),
    ),
    "WritePodLogs": Reason(
        "stack",
        Text("log group of the flow logs", "ロググループ"),
        Text("Pod logs are written", "Pod のログを書き込む"),
        Text("Pods on Fargate", "Fargate 上の Pod"),
    ),
}
#: The statement that lets a state machine or a function ask a person, each in words of its own.
APPROVAL = "AskForApproval"
#: The statement that lets the EFS driver mount is named after the file system.
MOUNT = "Mount"


def approval(node: Node) -> Text:
    """Return the reason why a node requests an approval."""
    return _FUNCTION_ASKS if asks(node) else _MACHINE_ASKS


def first_mount(graph: Architecture, store: str) -> Edge:
    """Return the first connection by which pods mount a file system."""
    return next(edge for edge in efs.mounts(graph) if edge.target == store)
