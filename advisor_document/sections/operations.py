"""Monitoring and operations: alarms, capacity alarms, the dashboard, logs, and backups of data stores."""

from collections.abc import Iterator
from typing import Any

from advisor.architecture import Node
from advisor.text import Text
from advisor.vocabulary.units import words
from advisor_document.context import OPEN, Context
from advisor_document.model import Block, Cell, Items, Line, Paragraph, Section, Table, cell, line, span
from advisor_document.titles import TITLES
from blueprints.parameters.deployment import LOG_RETENTION
from blueprints.plan.monitoring.alarms import Alarm
from blueprints.plan.monitoring.dashboard import Widget
from blueprints.stack.scope import owner_of

_ALARMS, _CAPACITY = Text("Alarms", "アラーム"), Text("Capacity alarms", "容量アラーム")
_ALARM_HEADS = (
    Text("Part", "構成要素"), Text("Condition", "検知内容"), Text("Metric", "メトリクス"), Text("Threshold", "しきい値"),
)  # fmt: skip
_RECIPIENT = Text(
    "Alarm notifications are sent by email to the address in the deployment parameter AlarmEmail. The address and the "
    "hours of response are open points.",
    "アラームの通知は、デプロイパラメータ AlarmEmail に指定したメールアドレスに送信します。通知先のアドレスと、通知に対応する時間帯は未決事項です。",
)
_CAPACITY_INTRO = Text(
    "These alarms do not indicate a failure. They go off at 80% of the value at which a setting or "
    "the decision must be reviewed, or at about 90% if the longest expected run is already close to 80%.",
    "次のアラームは障害を示すものではありません。設定または選定の見直しが必要になる値の 80%（想定した最長の実行時間がこれに近い場合は、より高い割合）を"
    "超えたときに通知します。",
)
_NO_ALARMS = Text(
    "The design has no alarms. How it is monitored is still to be defined.",
    "アラームはありません。監視方法は未定です。",
)
_ABOVE, _BELOW = Text("more than {value}", "{value}超"), Text("less than {value}", "{value}未満")
_PERIOD = Text("{statistic} over {period}", "{period}間の{statistic}")
_PERIODS = Text(
    "{statistic} over {period}, {count} consecutive periods", "{period}間の{statistic}、{count} 評価期間連続"
)
_STATISTICS = {"Sum": Text("Sum", "合計"), "Maximum": Text("Maximum", "最大値"), "Minimum": Text("Minimum", "最小値"),
               "Average": Text("Average", "平均値")}  # fmt: skip
_DASHBOARD = Text("Dashboard", "ダッシュボード")
_WIDGETS = Text(
    "The CloudWatch dashboard (logical ID: {name}) shows the state of all alarms and the metrics of these parts:",
    "CloudWatch ダッシュボード（論理 ID: {name}）に、すべてのアラームの状態と、次の構成要素のメトリクスを表示します。",
)
_BACKUP = Text("Data retention and backup", "データの保持とバックアップ")
_BACKUP_HEADS = (
    Text("Part", "構成要素"),
    Text("Backup", "バックアップ"),
    Text("When the stack is deleted", "スタック削除時"),
)
_RESTORE = Text("The restore procedure and the restore test are open points.", "復元手順と復元訓練は未決事項です。")
_NO_DATA = Text("No part of this design stores data.", "データを保持する要素はありません。")
_LOGS = Text("Logs", "ログ")
_LOG_HEADS = (Text("Part", "構成要素"), Text("Log retention", "ログの保持期間"))
_PITR = Text("Continuous backup (point-in-time recovery)", "継続的バックアップ（ポイントインタイムリカバリ）")
_DAYS = Text("Automated backups, kept for {days} days", "自動バックアップ（{days} 日保持）")
_VERSIONS = Text(
    "With versioning, deleted and replaced objects can be restored; there is no separate copy",
    "バージョニングにより、削除・置換したオブジェクトを復元可能（別の場所への複製はなし）",
)
_DAILY = Text("Daily backup", "日次バックアップ")
_NO_BACKUP = Text("Not included in this design", "なし（この設計の対象外）")
_DELETION = {
    "Retain": Text("Retained", "保持"),
    "Snapshot": Text("Retained as a snapshot", "スナップショットとして保持"),
    "Delete": Text("Deleted", "削除"),
}
#: The units of metrics that are no counts, as CloudWatch reports them; rates in percent are named utilization.
_UNITS = {
    "ACUUtilization": "percent",
    "ApproximateAgeOfOldestMessage": "s",
    "CPUUtilization": "percent",
    "DataProcessed": "B",
    "Duration": "ms",
    "ExecutionTime": "ms",
    "FreeStorageSpace": "B",
    "GetRecords.IteratorAgeMilliseconds": "ms",
    "IteratorAge": "ms",
    "Latency": "ms",
    "MemoryUtilization": "percent",
    "PublishSize": "B",
    "SentMessageSize": "B",
    "TargetResponseTime": "s",
    "VolumeBytesUsed": "B",
}
_STORES = ("store",)


def section(context: Context) -> Section:
    """Return the chapter."""
    faults = [alarm for alarm in context.plan.alarms if not alarm.expires]
    parts = [Section("alarms", context.say(_ALARMS), _alarms(context, faults))]
    if growth := [alarm for alarm in context.plan.alarms if alarm.expires]:
        table = _table(context, _CAPACITY, growth)
        parts.append(Section("capacity", context.say(_CAPACITY), (Paragraph(context.line(_CAPACITY_INTRO)), table)))
    if context.plan.widgets:
        intro = Paragraph(line(context.say(_WIDGETS, name=context.plan.dashboard)))
        graphs = Items(tuple(_graph(context, widget) for widget in context.plan.widgets))
        parts.append(Section("dashboard", context.say(_DASHBOARD), (intro, graphs)))
    if logs := tuple(_logs(context)):
        heads = tuple(context.say(head) for head in _LOG_HEADS)
        parts.append(Section("logs", context.say(_LOGS), (Table(context.say(_LOGS), heads, logs, (7, 3)),)))
    parts.append(Section("backup", context.say(_BACKUP), _backups(context)))
    return Section("operations", context.say(TITLES["operations"]), (), tuple(parts))


def _graph(context: Context, widget: Widget) -> Line:
    """Return the part that a graph shows; one that is only in the project has the title of the graph."""
    node = context.design.architecture.find(widget.node)
    return line(context.node(node)) if node else context.line(widget.title)


def _alarms(context: Context, faults: list[Alarm]) -> tuple[Block, ...]:
    if not faults:
        return (Paragraph(context.line(_NO_ALARMS)),)
    return (Paragraph(context.line(_RECIPIENT)), _table(context, _ALARMS, faults))


def _table(context: Context, caption: Text, alarms: list[Alarm]) -> Table:
    rows = tuple(_alarm(context, alarm) for alarm in alarms)
    return Table(context.say(caption), tuple(context.say(head) for head in _ALARM_HEADS), rows, (4, 6, 4, 4))


def _alarm(context: Context, alarm: Alarm) -> tuple[Cell, ...]:
    bound = context.say(_BELOW if alarm.falls else _ABOVE, value=_threshold(context, alarm))
    period = context.say(words(alarm.period_s, "s"))
    over = context.say(
        _PERIODS if alarm.periods > 1 else _PERIOD,
        statistic=context.say(_STATISTICS.get(alarm.statistic, Text.same(alarm.statistic))),
        period=period,
        count=alarm.periods,
    )
    node = context.design.architecture.find(alarm.node)
    name = cell(context.node(node)) if node else ()
    return name, cell(context.condition(alarm)), ((span(_metric(alarm), code=True),),), (line(bound), line(over))


def _metric(alarm: Alarm) -> str:
    return alarm.metric if alarm.total is None else f"{alarm.metric} / {alarm.total.metric}"


def _threshold(context: Context, alarm: Alarm) -> str:
    """Return a threshold with the unit in which CloudWatch reports the metric; a count has none."""
    unit = "percent" if alarm.total else _UNITS.get(alarm.metric)
    return context.say(words(alarm.above, unit)) if unit else _number(alarm.above)


def _number(value: float) -> str:
    """Return a threshold without an exponent and without zeros behind its point; a large one is rounded."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _logs(context: Context) -> Iterator[tuple[Cell, ...]]:
    """Yield the parts that write logs: those whose setting says how long, and those with a log group of the deployment."""
    groups = context.stack.resources.values() if context.stack else ()
    logged = {owner_of(one).get("node") for one in groups if one["Type"] == "AWS::Logs::LogGroup"}
    for node in context.design.architecture.nodes:
        days = node.settings.get("log_retention_days") if "log_retention_days" in node.grounds else None
        if days is None and node.id in logged:
            days = LOG_RETENTION.default
        if days is not None:
            yield cell(context.node(node)), context.cell(words(float(str(days)) * 86400, "s"))


def _backups(context: Context) -> tuple[Block, ...]:
    nodes = [node for node in context.design.architecture.nodes if node.role in _STORES and node.kind == "service"]
    if not nodes:
        return (Paragraph(context.line(_NO_DATA)),)
    rows = tuple(_backup(context, node) for node in nodes)
    table = Table(context.say(_BACKUP), tuple(context.say(head) for head in _BACKUP_HEADS), rows, (4, 5, 3))
    return (table, Paragraph(context.line(_RESTORE)))


def _backup(context: Context, node: Node) -> tuple[Cell, ...]:
    """Return the backup settings of a store's resources; open if no target builds them."""
    name, stack = cell(context.node(node)), context.stack
    if stack is None:
        return name, context.cell(OPEN), context.cell(OPEN)
    own = [r for r in stack.resources.values() if owner_of(r).get("node") == node.id]
    measures = [context.say(text, days=days) for one in own for text, days in _measures(one.get("Properties", {}))]
    kept = [context.say(_DELETION[policy]) for one in own if (policy := one.get("DeletionPolicy")) in _DELETION]
    backup = cell(context.joined(measures)) if measures else context.cell(_NO_BACKUP)
    return name, backup, cell(context.joined(kept)) if kept else context.cell(_DELETION["Delete"])


def _measures(properties: dict[str, Any]) -> Iterator[tuple[Text, int]]:
    if properties.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled") is True:
        yield _PITR, 0
    days = properties.get("BackupRetentionPeriod")
    if isinstance(days, int) and days:
        yield _DAYS, days
    if properties.get("VersioningConfiguration", {}).get("Status") == "Enabled":
        yield _VERSIONS, 0
    if properties.get("BackupPolicy", {}).get("Status") == "ENABLED":
        yield _DAILY, 0
