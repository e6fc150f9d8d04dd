"""What costs with no traffic at all, and what stays after a deletion: by service, as sentences in both languages."""

from collections.abc import Mapping

from advisor.architecture import Node
from advisor.text import Text
from blueprints.express import in_public
from blueprints.plan import Plan
from blueprints.strangers import opened

#: Service -> what is paid for while nothing happens. Services that are not here cost by use.
_IDLE: Mapping[str, Text] = {
    "alb": Text("Load balancer: per hour, as long as it is there", "ロードバランサー: 存在する時間に応じて課金"),
    "nlb": Text("Load balancer: per hour, as long as it is there", "ロードバランサー: 存在する時間に応じて課金"),
    "aurora-serverless": Text(
        "Aurora: pauses at 0 ACU after 15 minutes without a query, then storage and backups only; a query wakes it",
        "Aurora: 15 分間クエリがないと 0 ACU に停止し、以後はストレージとバックアップのみ課金。クエリで再開",
    ),
    "opensearch-serverless": Text(
        "Search collection: compute units per hour, also without traffic",
        "検索コレクション: トラフィックがなくても OCU の時間課金",
    ),
    "aurora-dsql": Text("Distributed database: storage", "分散データベース: ストレージ"),
    "rds": Text("Database instance: per hour, with its storage", "DB インスタンス: 時間課金とストレージ"),
    "rds-proxy": Text("RDS Proxy: per hour and vCPU", "RDS Proxy: vCPU あたりの時間課金"),
    "kinesis": Text("Stream on demand: per hour and stream", "オンデマンドのストリーム: ストリームあたりの時間課金"),
    "waf": Text("AWS WAF: per month for the web ACL and each rule", "AWS WAF: Web ACL とルールごとの月額"),
    "secrets-manager": Text("Secret: per month and secret", "シークレット: 1 件ごとの月額"),
    "cloudwatch": Text(
        "CloudWatch: the dashboard, the alarms and Container Insights per month",
        "CloudWatch: ダッシュボード・アラーム・Container Insights の月額",
    ),
    "dynamodb": Text("Table: storage and its continuous backup", "テーブル: ストレージと継続的バックアップ"),
    "s3": Text("Bucket: storage, old versions included for 30 days", "バケット: ストレージ（旧バージョンは 30 日間）"),
    "ecr": Text("Image repository: storage of the images", "イメージリポジトリ: イメージのストレージ"),
    "msk": Text("Kafka brokers: per hour", "Kafka ブローカー: 時間課金"),
    "amazon-mq": Text("Message broker: per hour", "メッセージブローカー: 時間課金"),
    "efs": Text("File system: storage", "ファイルシステム: ストレージ"),
    "elasticache-serverless": Text("Cache: a smallest amount of data per hour", "キャッシュ: 最小データ量の時間課金"),
}
_CLUSTER = Text("EKS control plane: per hour and cluster", "EKS コントロールプレーン: クラスターあたりの時間課金")
_NODES = Text(
    "EKS Auto Mode: EC2 instances for the pods that always run, and the fee on top of each",
    "EKS Auto Mode: 常時稼働する Pod のための EC2 インスタンスと、その管理料金",
)
_POD_HOSTS = {
    "eks-auto-mode": _NODES,
    "eks-node-groups": Text(
        "EC2 nodes of the cluster: per hour, two at least", "クラスターの EC2 ノード: 最低 2 台の時間課金"
    ),
    "eks-fargate": Text(
        "Fargate pods that always run: per vCPU and GB", "常時稼働する Fargate の Pod: vCPU と GB に応じた課金"
    ),
}
_FARGATE = Text(
    "Fargate tasks that always run: per vCPU and GB", "常時稼働する Fargate タスク: vCPU と GB に応じた課金"
)
_MANAGED = Text(
    "ECS Managed Instances: EC2 instances for the tasks that run, and the management fee on top of each",
    "ECS Managed Instances: 実行中のタスクのための EC2 インスタンスと、その管理料金",
)
_LAMBDA_HOSTS = Text(
    "Lambda Managed Instances: at least three EC2 instances per function, and the management fee on top",
    "Lambda マネージドインスタンス: 関数ごとに最低 3 台の EC2 インスタンスと、その管理料金",
)
_HOSTS = Text("EC2 hosts of the containers: per hour", "コンテナを動かす EC2 ホスト: 時間課金")
_PUBLIC = Text(
    "Public IPv4 addresses of the tasks and their load balancer: per hour and address",
    "タスクとロードバランサーのパブリック IPv4 アドレス: アドレスごとの時間課金",
)
_NAT = Text("NAT gateway: per hour, and per GB", "NAT ゲートウェイ: 時間課金とデータ量課金")
_CACHE = Text("Cache of the REST API: per hour", "REST API のキャッシュ: 時間課金")
_PRIVATE_API = Text(
    "Endpoint of the private API: per hour and Availability Zone",
    "プライベート API のエンドポイント: AZ ごとの時間課金",
)


def idle_costs(plan: Plan) -> tuple[Text, ...]:
    """Return what this architecture is charged for while nobody uses it."""
    found = [_IDLE[node.service] for node in plan.architecture.nodes if node.service in _IDLE]
    found += _computes(plan)
    found += [_CACHE for node in plan.architecture.of_service("api-gateway-rest") if node.settings.get("caching")]
    found += _networks(plan)
    if plan.alarms:
        count = len(plan.alarms)
        found.append(Text(f"CloudWatch alarms: {count}, per month and alarm", f"CloudWatch アラーム: {count} 件の月額"))
    return tuple(dict.fromkeys(found))


def _computes(plan: Plan) -> list[Text]:
    found = []
    for program in plan.programs:
        resident = program.run in ("service", "worker")
        if program.node.service == "eks":
            found += [_CLUSTER] * ("cluster" not in plan.existing)
            found += [_POD_HOSTS[str(program.node.settings.get("engine"))]] * resident
        if program.node.settings.get("variant") == "lambda-managed-instances":
            found.append(_LAMBDA_HOSTS)
        if program.node.service == "ecs" and program.node.settings.get("engine") == "ec2":
            found.append(_HOSTS)
        elif program.node.service == "ecs" and program.node.settings.get("engine") == "ecs-managed-instances":
            found += [_MANAGED] * resident
        elif program.node.service == "ecs" and resident:
            found += [_FARGATE] + [_PUBLIC] * in_public(plan.architecture, program.node)
    if any(program.node.service == "eks" for program in plan.programs) and "cluster" not in plan.existing:
        found.append(Text("KMS key of the cluster's secrets: per month", "クラスターのシークレット用 KMS キー: 月額"))
    return found


def _networks(plan: Plan) -> list[Text]:
    network = plan.network
    if network is None:
        return []
    found = [_NAT] * network.nat + [_PRIVATE_API] * bool(network.private_apis)
    if network.interfaces:
        listed = ", ".join(network.interfaces)
        found.append(
            Text(
                f"Interface endpoints of the VPC: per hour and Availability Zone, {len(network.interfaces)} ({listed})",
                f"VPC のインターフェイスエンドポイント: AZ ごとの時間課金、{len(network.interfaces)} 個（{listed}）",
            )
        )
    return found


#: Service -> (what stays, the command that removes it for good; `{output}` is the stack's output that names it).
_KEPT: Mapping[str, tuple[Text, str, str]] = {
    "dynamodb": (Text("Table", "テーブル"), "Name", 'aws dynamodb delete-table --table-name "${output}"'),
    "s3": (
        Text("Bucket; empty it first, with all versions", "バケット（先に全バージョンを空にする）"),
        "Name",
        'aws s3api delete-bucket --bucket "${output}"',
    ),
    "aurora-serverless": (
        Text("Last snapshot of the database", "データベースの最終スナップショット"),
        "ClusterArn",
        'aws rds describe-db-cluster-snapshots --query "DBClusterSnapshots[].DBClusterSnapshotIdentifier"'
        "  # delete-db-cluster-snapshot",
    ),
    "aurora-dsql": (
        Text("Database, protected from deletion", "データベース（削除保護あり）"),
        "Id",
        'aws dsql update-cluster --identifier "${output}" --no-deletion-protection-enabled'
        ' && aws dsql delete-cluster --identifier "${output}"',
    ),
    "rds": (
        Text("Last snapshot of the database", "データベースの最終スナップショット"),
        "Name",
        'aws rds describe-db-snapshots --query "DBSnapshots[].DBSnapshotIdentifier"  # delete-db-snapshot',
    ),
    "efs": (
        Text("File system", "ファイルシステム"),
        "Id",
        'aws efs delete-file-system --file-system-id "${output}"',
    ),
    "secrets-manager": (
        Text("Secret", "シークレット"),
        "Arn",
        'aws secretsmanager delete-secret --secret-id "${output}"',
    ),
    "cognito": (
        Text("User pool, protected from deletion", "ユーザープール（削除保護あり）"),
        "Id",
        'aws cognito-idp update-user-pool --user-pool-id "${output}" --deletion-protection INACTIVE'
        ' && aws cognito-idp delete-user-pool --user-pool-id "${output}"',
    ),
}


def kept(plan: Plan) -> tuple[tuple[Text, str, str], ...]:
    """Return what stays when the stack goes: what it is, the output that names it, the command that removes it."""
    found = []
    for node in plan.architecture.nodes:
        if node.service in _KEPT:
            what, end, command = _KEPT[node.service]
            name = f"{plan.name(node.id)}{end}"
            found.append((_of(what, node), name, command.replace("{output}", name)))
    for program in plan.programs:
        if program.kind == "container":
            what = Text(f"Image repository of {program.id}", f"{program.id} のイメージリポジトリ")
            name = f"{program.repository}Uri"
            command = f'aws ecr delete-repository --force --repository-name "${{{name}#*/}}"'
            found.append((what, name, command))
    if plan.own_keys or any(opened(plan.architecture, node) for node in plan.architecture.nodes):
        what = Text(
            "Key of the data, last of all: what stays is lost without it",
            "データのキー（最後に削除。残したデータは復号できなくなる）",
        )
        found.append((what, "DataKeyArn", 'aws kms schedule-key-deletion --key-id "$DataKeyArn"'))
    return tuple(found)


def _of(what: Text, node: Node) -> Text:
    return Text(f"{what.en}: {node.subject}", f"{what.ja}: {node.subject}")
