"""Architectures drawn by hand for these tests; the stories are drawn too, once the advisor can make designs of them."""

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

from advisor.architecture import Architecture, Edge, Flow, Group, GroupKind, Node, NodeKind, State
from advisor.decision import Decision
from advisor.text import EMPTY, Text
from renderers.drawn import DrawnDesign


def text(en: str, ja: str | None = None) -> Text:
    return Text(en, ja if ja is not None else en)


def node(
    id: str, service: str, title: Text, note: Text = EMPTY, *, kind: NodeKind = "service", icon: str | None = None,
    group: str | None = None, states: tuple[State, ...] = (),
) -> Node:  # fmt: skip
    subject, _, role = id.partition(".")
    return Node(id, service, kind, subject, role or "part", title, note, icon or service, group, {}, states)


def dead_letters(architecture: Architecture, marks: Collection[str]) -> set[str]:
    """Return the dead-letter queues that are marks at their senders instead of nodes."""
    return {
        edge.target
        for edge in architecture.edges
        if edge.id in marks and architecture.node(edge.target).service == "dead-letter-queue"
    }


def edge(
    source: str, verb: str, target: str, label: Text, flow: Flow = "sync", step: int | None = None,
    sentence: Text | None = None,
) -> Edge:  # fmt: skip
    return Edge(f"{source}>{verb}>{target}", source, verb, target, label, sentence or label, flow, step)


def group(id: str, kind: GroupKind, title: Text, parent: str | None = None, service: str | None = None) -> Group:
    return Group(id, kind, title, parent, service)


def design(architecture: Architecture, title: Text) -> Any:
    """A design of no requirements, with a graph that is drawn as it is."""
    of_nothing: dict[str, Any] = {
        "requirements": SimpleNamespace(title=title),
        "verdict": None,
        "dated": SimpleNamespace(book=SimpleNamespace(services={})),
    }
    return DrawnDesign(architecture=architecture, decision=Decision((), (), (), ()), **of_nothing)


CLOUD = group("cloud", "cloud", text("AWS Cloud", "AWS クラウド"))
REGION = group("region", "region", text("Region ap-northeast-1", "リージョン ap-northeast-1"), "cloud")

RETRY = (
    State("start", "start", text("Start", "開始"), next=("run",)),
    State("run", "task", text("Run task", "タスク実行"), text("ecs:runTask.sync"), next=("end",), on_error="retry"),
    State("retry", "wait", text("Retry", "再試行"), text("3x, backoff 2.0", "3 回、バックオフ 2.0"), next=("run",)),
    State("end", "end", text("End", "終了")),
)


def web_and_batch() -> Any:
    nodes = (
        node("web.client", "client", text("Browser", "ブラウザー"), text("users", "利用者"), kind="outside"),
        node("site.cdn", "cloudfront", text("Amazon CloudFront"), text("CDN", "コンテンツ配信"), group="site"),
        node("site.bucket", "s3", text("Amazon S3"), text("website bucket", "サイトのバケット"), group="site"),
        node("api.entry", "api-gateway-http", text("Amazon API Gateway"), text("HTTP API"), group="api"),
        node("api.identity", "cognito", text("Amazon Cognito"), text("user pool", "ユーザープール"), group="api"),
        node("api.compute", "lambda", text("AWS Lambda"), text("application logic", "アプリケーション処理"), group="api"),
        node("orders.store", "dynamodb", text("Amazon DynamoDB"), text("on-demand table", "オンデマンドテーブル"), group="region"),
        node("report.schedule", "eventbridge-scheduler", text("EventBridge Scheduler"), text("cron(0 2 * * ? *)"), group="report"),
        node("report.workflow", "step-functions-standard", text("AWS Step Functions workflow", "AWS Step Functions ワークフロー"),
             group="report", states=RETRY),
        node("report.compute", "ecs", text("AWS Fargate"), text("container task", "コンテナタスク"), icon="fargate", group="cluster"),
        node("report.registry", "ecr", text("Amazon ECR"), text("image repository", "イメージリポジトリ"), group="region"),
        node("results.store", "s3", text("Amazon S3"), text("results bucket", "結果バケット"), group="region"),
    )  # fmt: skip
    edges = (
        edge("web.client", "load", "site.cdn", text("HTTPS"), "sync", 1,
             text("The browser loads the site from the nearest edge location", "ブラウザーが最寄りのエッジからサイトを読み込む")),
        edge("site.cdn", "fetch", "site.bucket", text("origin access control", "オリジンアクセスコントロール"), "sync", 2,
             text("CloudFront fetches the site's files from the private bucket", "CloudFront が非公開バケットからサイトのファイルを取得する")),
        edge("web.client", "sign-in", "api.identity", text("sign in", "サインイン"), "identity", 3,
             text("The browser signs in and gets a token", "ブラウザーがサインインしてトークンを受け取る")),
        edge("web.client", "request", "api.entry", text("HTTPS"), "sync", 4,
             text("The browser calls the HTTP API", "ブラウザーが HTTP API を呼び出す")),
        edge("api.entry", "authorize", "api.identity", text("check token", "トークン検証"), "identity", 5,
             text("API Gateway checks the caller's token", "API Gateway が呼び出し元のトークンを検証する")),
        edge("api.entry", "invoke", "api.compute", text("invoke", "呼び出し"), "sync", 6,
             text("API Gateway invokes the function", "API Gateway が関数を呼び出す")),
        edge("api.compute", "read-write", "orders.store", text("read and write", "読み書き"), "data", 7,
             text("AWS Lambda reads and writes the table", "AWS Lambda がテーブルを読み書きする")),
        edge("report.schedule", "start", "report.workflow", text("start", "実行開始"), "async", 8,
             text("EventBridge Scheduler starts the state machine every night", "EventBridge Scheduler が毎晩ステートマシンを開始する")),
        edge("report.workflow", "run", "report.compute", text("run task", "タスク実行"), "sync", 9,
             text("Step Functions runs the task, waits for it, retries and handles errors",
                  "Step Functions がタスクを実行して完了を待ち、再試行とエラー処理を行う")),
        edge("report.compute", "pull", "report.registry", text("pull image", "イメージ取得"), "image", None),
        edge("report.compute", "read", "orders.store", text("read", "読み取り"), "data", 10,
             text("The task reads the table", "タスクがテーブルを読み取る")),
        edge("report.compute", "write", "results.store", text("write objects", "オブジェクト書き込み"), "data", 11,
             text("The task stores the result in the bucket", "タスクが結果をバケットに格納する")),
    )  # fmt: skip
    groups = (
        CLOUD, REGION,
        group("site", "component", text("Website", "Web サイト"), "cloud"),
        group("api", "component", text("Order API", "注文 API"), "region"),
        group("report", "component", text("Nightly report", "夜間レポート"), "region"),
        group("vpc", "vpc", text("VPC 10.0.0.0/16"), "region"),
        group("private", "private-subnet", text("Private subnets", "プライベートサブネット"), "vpc"),
        group("cluster", "cluster", text("Amazon ECS cluster", "Amazon ECS クラスター"), "private", "ecs"),
    )  # fmt: skip
    return design(
        Architecture(nodes, edges, groups),
        text("Web application with a nightly batch", "夜間バッチを持つ Web アプリケーション"),
    )


def integration() -> Any:
    nodes = (
        node("app.nat", "nat-gateway", text("NAT gateway", "NAT ゲートウェイ"), kind="part", group="public"),
        node("app.compute", "eks", text("Order pods", "注文 Pod"), text("Deployment, 3 replicas", "Deployment、3 レプリカ"), icon="pod", group="cluster"),
        node("app.registry", "ecr", text("Amazon ECR"), text("images", "イメージ"), group="region"),
        node("app.role", "iam-role", text("Pod role", "Pod ロール"), text("EKS Pod Identity"), kind="part", group="region"),
        node("app.observe", "cloudwatch", text("Amazon CloudWatch"), text("Container Insights"), group="region"),
        node("orders.channel", "sqs", text("Amazon SQS"), text("orders queue", "注文キュー"), group="region"),
        node("orders.dlq", "dead-letter-queue", text("Dead-letter queue", "デッドレターキュー"), text("14 days", "14 日間"), kind="part", group="region"),
        node("a.compute", "lambda", text("AWS Lambda"), text("process A", "処理 A"), group="region"),
        node("events.channel", "sns", text("Amazon SNS"), text("topic", "トピック"), group="region"),
        node("b.channel", "sqs", text("Amazon SQS"), text("queue", "キュー"), group="b"),
        node("b.dlq", "dead-letter-queue", text("Dead-letter queue", "デッドレターキュー"), text("14 days", "14 日間"), kind="part", group="b"),
        node("b.compute", "lambda", text("AWS Lambda"), text("process B", "処理 B"), group="b"),
        node("b.store", "dynamodb", text("Amazon DynamoDB"), text("table", "テーブル"), group="b"),
        node("staff.email", "email", text("E-mail subscribers", "メール購読者"), kind="outside"),
        node("partner.http", "partner-http", text("Partner's solution", "パートナーのシステム"), text("HTTPS"), kind="outside"),
    )  # fmt: skip
    edges = (
        edge("app.compute", "pull", "app.registry", text("pull image", "イメージ取得"), "image"),
        edge("app.compute", "assume", "app.role", text("assume", "引き受け"), "identity"),
        edge("app.compute", "observe", "app.observe", text("metrics and logs", "メトリクスとログ"), "observe"),
        edge("app.compute", "publish", "orders.channel", text("send", "送信"), "async", 1,
             text("The pods send each order to the queue", "Pod が注文をキューに送る")),
        edge("orders.channel", "consume", "a.compute", text("batches", "バッチ"), "async", 2,
             text("Process A takes messages in batches and reports failed ones", "処理 A がメッセージをバッチで受け取り、失敗分だけを報告する")),
        edge("orders.channel", "dead-letter", "orders.dlq", text("after 5 failures", "5 回失敗後"), "failure"),
        edge("a.compute", "publish", "events.channel", text("publish", "発行"), "async", 3,
             text("Process A publishes one message", "処理 A がメッセージを 1 件発行する")),
        edge("events.channel", "deliver", "staff.email", text("notify", "通知"), "async", 4,
             text("Subscribers are notified by e-mail", "購読者にメールで通知する")),
        edge("events.channel", "deliver", "partner.http", text("HTTPS"), "async", 5,
             text("The topic calls the partner over HTTPS, with retries", "トピックが再試行付きの HTTPS でパートナーを呼び出す")),
        edge("events.channel", "deliver", "b.channel", text("copy", "コピー"), "async", 6,
             text("The topic delivers a copy to the queue", "トピックがキューにコピーを届ける")),
        edge("b.channel", "consume", "b.compute", text("batches", "バッチ"), "async", 7,
             text("Process B takes messages in batches", "処理 B がメッセージをバッチで受け取る")),
        edge("b.channel", "dead-letter", "b.dlq", text("after 5 failures", "5 回失敗後"), "failure"),
        edge("b.compute", "write", "b.store", text("write", "書き込み"), "data", 8,
             text("Process B writes items to the table", "処理 B がテーブルに項目を書き込む")),
    )  # fmt: skip
    groups = (
        CLOUD, REGION,
        group("vpc", "vpc", text("VPC 10.0.0.0/16"), "region"),
        group("public", "public-subnet", text("Public subnets", "パブリックサブネット"), "vpc"),
        group("private", "private-subnet", text("Private subnets", "プライベートサブネット"), "vpc"),
        group("cluster", "cluster", text("Amazon EKS cluster", "Amazon EKS クラスター"), "private", "eks"),
        group("b", "component", text("Process B", "処理 B"), "region"),
    )  # fmt: skip
    return design(Architecture(nodes, edges, groups), text("Business process integration", "業務処理連携"))


def direct() -> Any:
    """No groups at all: the cloud's border is added."""
    nodes = (
        node("api.client", "client", text("Client", "クライアント"), kind="outside"),
        node("api.entry", "api-gateway-rest", text("Amazon API Gateway"), text("REST API")),
        node("api.channel", "sqs-fifo", text("Amazon SQS"), text("FIFO queue", "FIFO キュー")),
    )
    edges = (
        edge("api.client", "request", "api.entry", text("HTTPS"), "sync", 1),
        edge("api.entry", "publish", "api.channel", text("send", "送信"), "async", 2),
    )
    return design(Architecture(nodes, edges, ()), text("Requests straight into a queue", "リクエストを直接キューへ"))


def chat() -> Any:
    """A cycle: messages come back to the client."""
    nodes = (
        node("chat.client", "mobile", text("Mobile app", "モバイルアプリ"), kind="outside"),
        node("chat.entry", "api-gateway-websocket", text("Amazon API Gateway"), text("WebSocket API"), group="c"),
        node("chat.waf", "waf", text("AWS WAF"), group="c"),
        node("chat.compute", "lambda", text("AWS Lambda"), text("routes", "ルート"), group="c"),
        node("chat.store", "dynamodb", text("Amazon DynamoDB"), text("connections", "接続"), group="c"),
        node("chat.logs", "cloudwatch", text("Amazon CloudWatch"), text("alarms", "アラーム")),
    )
    edges = (
        edge("chat.client", "request", "chat.entry", text("WebSocket"), "sync", 1),
        edge("chat.entry", "filter", "chat.waf", text("filter", "フィルター"), "identity"),
        edge("chat.entry", "invoke", "chat.compute", text("invoke", "呼び出し"), "sync", 2),
        edge("chat.compute", "read-write", "chat.store", text("read and write", "読み書き"), "data", 3),
        edge("chat.compute", "call", "chat.entry", text("post", "送信"), "sync", 4),
        edge("chat.entry", "post", "chat.client", text("push", "プッシュ"), "async", 5),
    )
    return design(
        Architecture(nodes, edges, (group("c", "component", text("Chat", "チャット")),)),
        text("Real-time chat", "リアルタイムチャット"),
    )


def alone() -> Any:
    return design(
        Architecture((node("job.compute", "batch", text("AWS Batch"), text("on Fargate", "Fargate 上")),), (), ()),
        text("One job", "ジョブ 1 つ"),
    )


def empty() -> Any:
    return design(Architecture((), (), ()), text("Nothing yet", "まだ何もない"))


HOSTILE = (
    '<script>alert("x")</script>',
    "{{ title }} {% raw %} ${x} %s {0}",
    "quote \" apostrophe ' back\\slash `tick`",
    "]]> --> <!-- &amp; &lt; & <",
    "control \x00\x01\x08\x0b\x1b\x7f\x85 \u202e\u2066 \ud800 \ufffe end\r\nnext\tcell",
    "とても長い日本語のタイトルで、改行できる場所が少なくても図からはみ出さずに読めること。「括弧」も、ーも行頭に来ない。",
    "emoji 👩‍👩‍👧‍👦 🇯🇵 ✅ 🚀",
    "W" * 300,
    "many words " * 60,
    "",
)


def hostile() -> Any:
    nodes = tuple(
        node(f"h{i}.part", "lambda", text(words), text(words[::-1]), group=f"g{i % 3}", kind="service")
        for i, words in enumerate(HOSTILE)
    )
    edges = tuple(
        edge(f"h{i}.part", "call", f"h{i + 1}.part", text(words), "sync", i + 1, text(words))
        for i, words in enumerate(HOSTILE[:-1])
    )
    groups = tuple(group(f"g{i}", "component", text(HOSTILE[i])) for i in range(3))
    return design(Architecture(nodes, edges, groups), text("".join(HOSTILE)))


def busy(size: int = 40) -> Any:
    """A long workload of many components, as wide as they come."""
    services = ("lambda", "sqs", "sns", "dynamodb", "s3", "ecs", "eventbridge-bus", "kinesis")
    nodes = tuple(
        node(
            f"c{i // 4}.n{i}",
            services[i * 5 % 8],
            text(f"Service {i}", f"サービス {i}"),
            text("role", "役割"),
            group=f"c{i // 4}",
        )
        for i in range(size)
    )
    pairs = [(i, i + 1) for i in range(size - 1) if i % 4 != 3] + [(i, i + 4) for i in range(0, size - 4, 4)]
    pairs += [(i, i + 9) for i in range(2, size - 9, 7)]
    flows: tuple[Flow, ...] = ("sync", "async", "data", "failure")
    edges = tuple(
        edge(nodes[a].id, "call", nodes[b].id, text("send", "送信"), flows[a % 4], n + 1)
        for n, (a, b) in enumerate(pairs)
    )
    groups = tuple(
        group(f"c{i}", "component", text(f"Component {i}", f"コンポーネント {i}")) for i in range((size + 3) // 4)
    )
    return design(Architecture(nodes, edges, groups), text("Many components", "多くのコンポーネント"))


SAMPLES: dict[str, Any] = {
    "web-and-batch": web_and_batch(),
    "integration": integration(),
    "direct": direct(),
    "chat": chat(),
    "alone": alone(),
    "empty": empty(),
    "hostile": hostile(),
    "busy": busy(),
}
