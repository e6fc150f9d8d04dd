"""Idle costs, and resources that remain after a deletion, as sentences in both languages.

A secret is charged also where a database manages it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
(read 2026-11-30).
"""

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import sharing
from advisor.text import Text, spaced
from advisor.verdict.run_times import IDLE_FREE
from advisor.vocabulary.formats import listed
from advisor.vocabulary.store import IMMUTABLE
from blueprints import settings
from blueprints.plan import Plan, region_of
from blueprints.plan.cross_account import opened
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.plan.prices import monitoring_cost, standing_costs
from blueprints.traits import (
    Traits,
    approvals,
    cloudfront,
    eventbridge_bus,
    function_snapshots,
    secrets_manager,
    traits_of,
    traits_of_engine,
    traits_of_form,
)
from blueprints.traits.ecs_express import behind, in_public
from blueprints.traits.outside_effects import acts_once, table_id
from blueprints.traits.s3 import DELETE_BUCKET
from blueprints.traits.sent_messages import pushes, sent_table

_PUBLIC = Text(
    "Public IPv4 addresses of the tasks and their load balancer: per hour for each address",
    "タスクとロードバランサーのパブリック IPv4 アドレス: アドレスごとの時間課金",
)
_DASHBOARD = Text("CloudWatch dashboard: per month", "CloudWatch ダッシュボード: 月額")
_NAT = Text(
    "NAT gateway: per hour and per GB processed, and per hour for its public IPv4 address",
    "NAT ゲートウェイ: 時間課金とデータ処理量の課金、およびパブリック IPv4 アドレスの時間課金",
)
_NATS = Text(
    "NAT gateway in each Availability Zone: per hour for each gateway and its public IPv4 address, and per GB processed",
    "各アベイラビリティーゾーンの NAT ゲートウェイ: ゲートウェイとパブリック IPv4 アドレスごとの時間課金とデータ処理量の課金",
)
_FIRST_TASK = Text(
    "CloudWatch alarms that scale a worker to and from zero: 10 metrics for each worker, per month for each metric",
    "ワーカーを 0 までスケールする CloudWatch アラーム: ワーカーごとに 10 メトリクス分の月額",
)
_DATA_KEY = Text("the data (retained after the deletion of the stack)", "データの暗号化（スタックの削除後も保持）")
_ALARM_KEY = Text("the alarm notifications (deleted with the stack)", "アラーム通知の暗号化（スタックとともに削除）")
_LOCKED_BUCKET = Text(
    "Locked bucket: storage, including all versions until their locks expire",
    "オブジェクトロックを設定したバケット: ストレージ（ロック期間中に残るすべてのバージョンを含む）",
)
_PRIVATE_API = Text(
    "Endpoint of the private API: per hour in each Availability Zone",
    "プライベート API のエンドポイント: アベイラビリティーゾーンごとの時間課金",
)


def costs_without_use(plan: Plan, *, typescript: bool = False) -> tuple[Text, ...]:
    """Return the idle charges of an architecture whose programs are in Python, or in TypeScript."""
    stated = [(node, traits_of(node.service)) for node in plan.architecture.nodes]
    costs = [cost for node, traits in stated if (cost := _standing(node, traits)) is not None]
    costs += _computes(plan)
    costs += [function_snapshots.COST] * bool(_with_snapshots(plan) and not typescript)
    costs += [
        traits.cache_cost for node, traits in stated if traits.cache_cost is not None and node.settings.get("caching")
    ]
    costs += _networks(plan)
    costs += _keys_and_secrets(plan)
    if plan.dashboard and all(node.role != "observability" for node, _ in stated):
        costs.append(_DASHBOARD)
    if plan.alarms:
        count = len(plan.alarms)
        costs.append(
            Text(
                f"CloudWatch alarms: {count}, per month for each alarm",
                f"CloudWatch アラーム {count} 件: 1 件ごとの月額",
            )
        )
    return tuple(dict.fromkeys(costs))


def _with_snapshots(plan: Plan) -> bool:
    region = region_of(plan.design)
    return any(function_snapshots.restored(plan.architecture, program.node, region) for program in plan.programs)


def priced_costs(plan: Plan) -> tuple[tuple[Text, str], ...]:
    """Return the idle charges whose price is known, each with its source."""
    costs = standing_costs(plan.network, len(plan.alarms), region_of(plan.design))
    idle_free = any(subject.known.values.get(IDLE_FREE) for subject in plan.design.verdict.subjects.values())
    return (monitoring_cost(len(plan.alarms), len(_keys(plan))), *costs) if idle_free and plan.alarms else costs


def _standing(node: Node, traits: Traits) -> Text | None:
    if traits.provisioned_cost is not None and settings.flag(node, "provisioned"):
        return traits.provisioned_cost
    if settings.flag(node, IMMUTABLE):
        return _LOCKED_BUCKET
    if settings.decimal(node, "least_capacity_ocu") == 0:
        return None
    awake = settings.decimal(node, "least_capacity_acu") > 0
    return traits.awake_cost if awake else traits.standing_cost


def _computes(plan: Plan) -> list[Text]:
    costs: list[Text | None] = []
    clusters = []
    for program in plan.programs:
        node, traits = program.node, traits_of(program.node.service)
        if traits.cluster_costs is not None and "cluster" not in plan.existing:
            costs.append(traits.cluster_costs.control_plane)
            clusters.append(traits.cluster_costs.key)
        form, engine = traits_of_form(node), traits_of_engine(node)
        rests = settings.scales_to_zero(node)
        costs += [form.host_cost, None if traits.starts_hosts or rests else engine.host_cost]
        costs += [_FIRST_TASK] * rests
        if program.run in ("service", "worker") and not rests:
            costs += [engine.resident_cost, *([_PUBLIC] * in_public(plan.architecture, node))]
    return [cost for cost in (*costs, *clusters) if cost is not None]


def _networks(plan: Plan) -> list[Text]:
    network = plan.network
    if network is None:
        return []
    costs = [_NATS if network.nat_per_zone else _NAT] * network.nat + [_PRIVATE_API] * bool(network.private_apis)
    if network.interfaces:
        count, en, ja = len(network.interfaces), ", ".join(network.interfaces), "、".join(network.interfaces)
        costs.append(
            Text(
                f"{count} interface VPC endpoints ({en}): per hour for each endpoint in each Availability Zone, and per GB processed",
                f"インターフェイス VPC エンドポイント {count} 個（{ja}）: "
                "エンドポイントとアベイラビリティーゾーンごとの時間課金とデータ処理量の課金",
            )
        )
    return costs


def _keys(plan: Plan) -> list[Text]:
    """Return what each customer managed key is for, but that of a cluster."""
    graph = plan.architecture
    shared = plan.own_keys or any(opened(graph, node) for node in graph.nodes)
    return [*([_DATA_KEY] * shared), *([_ALARM_KEY] * bool(plan.alarms))]


def _keys_and_secrets(plan: Plan) -> list[Text]:
    """Return the charges of keys and secrets without a node of their own; the key of a cluster is among the costs of the cluster."""
    graph, keys = plan.architecture, _keys(plan)
    used = listed(keys)
    one = Text(
        f"Customer managed key (AWS KMS): per month, for {used.en}",
        f"カスタマーマネージドキー（AWS KMS）: 月額、用途は{used.ja}",
    )
    several = Text(
        f"{len(keys)} customer managed keys (AWS KMS): per month for each key, for {used.en}",
        f"カスタマーマネージドキー（AWS KMS）{len(keys)} 個: 1 個ごとの月額、用途は{used.ja}",
    )
    called = any(
        graph.node(edge.target).service in eventbridge_bus.WITH_KEY
        for bus in eventbridge_bus.TRAITS.nodes(graph)
        for edge in graph.leaving(bus.id, "deliver")
    )
    stores = called or any(traits_of(node.service).keeps_credentials for node in graph.nodes)
    stored = secrets_manager.TRAITS.standing_cost if stores else None
    return [*([one if len(keys) == 1 else several] if keys else []), *([stored] if stored is not None else [])]


_ACCESS_LOGS = Text("Bucket with the access logs", "アクセスログのバケット")


_DEVICES = Text("Table with the registrations of devices", "デバイスの登録のテーブル")
_EFFECTS = Text("Table with the records of effects on another system", "他システムでの処理の記録のテーブル")


_LOCKED = Text(
    "(the command fails while Object Lock protects a version: in GOVERNANCE mode, use "
    "object_versions.delete(BypassGovernanceRetention=True), which requires the permission "
    "s3:BypassGovernanceRetention; in COMPLIANCE mode, no one can delete it before its retention period ends)",
    "（Object Lock がバージョンを保護している間、このコマンドは失敗します。GOVERNANCE モードでは、"
    "object_versions.delete(BypassGovernanceRetention=True) を使用してください。s3:BypassGovernanceRetention の権限が"
    "必要です。COMPLIANCE モードでは、保持期間が終わるまで誰も削除できません）",
)
_DECISIONS = Text("Table with the approval decisions", "承認の記録のテーブル")


def _locked(node: Node, what: Text) -> Text:
    """Return a retained resource with what keeps its deletion from working: objects that are still locked.

    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.ObjectLockMode.html and
    https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/s3/aws.sdk.kotlin.services.s3.model/-delete-objects-request/bypass-governance-retention.html
    (read 2026-12-01).
    """
    if not settings.flag(node, IMMUTABLE):
        return what
    return Text(f"{what.en} {_LOCKED.en}", f"{what.ja}{_LOCKED.ja}")


def retained_resources(plan: Plan) -> tuple[tuple[Text, str, str], ...]:
    """Return the resources that remain after a stack deletion, with their output and the command that removes them."""
    retained = []
    for node in plan.architecture.nodes:
        if (resource := traits_of(node.service).retained) is not None:
            name = f"{plan.name(node.id)}{resource.output}"
            what = _locked(node, _of(resource.what, plan.architecture, node))
            retained.append((what, name, resource.command.replace("{output}", name)))
        balancer = traits_of(node.service).load_balancer and behind(plan.architecture, node.id) is None
        site = node.service == cloudfront.TRAITS.service and region_of(plan.design) not in cloudfront.WITHOUT_LOGS
        if balancer or site:
            name = f"{plan.name(node.id)}AccessLogsName"
            retained.append((_of(_ACCESS_LOGS, plan.architecture, node), name, DELETE_BUCKET.replace("{output}", name)))
    if plan.approvals is not None:
        command = f'aws dynamodb delete-table --table-name "${approvals.TABLE_OUTPUT}"'
        retained.append((_DECISIONS, approvals.TABLE_OUTPUT, command))
    for node in filter(acts_once, plan.architecture.nodes):
        name = f"{table_id(node)}Name"
        command = f'aws dynamodb delete-table --table-name "${name}"'
        retained.append((_of(_EFFECTS, plan.architecture, node), name, command))
    for node in plan.architecture.nodes:
        if pushes(plan.architecture, node.id):
            name = f"{sent_table(plan.name(node.id))}Name"
            retained.append(
                (_of(_DEVICES, plan.architecture, node), name, f'aws dynamodb delete-table --table-name "${name}"')
            )
    for program in plan.programs:
        if program.kind == "container":
            title = subject_title(plan.architecture, program.id)
            what = spaced(Text(f"Image repository: {title.en}", f"イメージリポジトリ: {title.ja}"))
            name = f"{program.repository}Uri"
            command = f'aws ecr delete-repository --force --repository-name "${{{name}#*/}}"'
            retained.append((what, name, command))
    if plan.own_keys or any(opened(plan.architecture, node) for node in plan.architecture.nodes):
        what = Text(
            "KMS key of the data (delete it last: without it, retained data cannot be decrypted)",
            "データの KMS キー（最後に削除。削除すると、残したデータを復号できません）",
        )
        retained.append((what, "DataKeyArn", 'aws kms schedule-key-deletion --key-id "$DataKeyArn"'))
    return tuple(retained)


def _of(what: Text, architecture: Architecture, node: Node) -> Text:
    titles = [subject_title(architecture, subject) for subject in sharing(node) or (node.subject,)]
    subjects = listed(titles)
    return spaced(Text(f"{what.en}: {subjects.en}", f"{what.ja}: {subjects.ja}"))
