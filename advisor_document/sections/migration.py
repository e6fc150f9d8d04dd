"""Migration, release and rollback: data to move, release of new versions, and rollback."""

from collections.abc import Iterator

from advisor.text import Text
from advisor.verdict.fact_words import describe
from advisor_document.context import Context
from advisor_document.model import Block, Cell, Items, Paragraph, Section, Table, cell, line, span
from advisor_document.titles import TITLES
from blueprints.plan.migrations import migrations_of
from blueprints.stack.scope import owner_of

_MOVES = Text("Migration", "移行")
_MOVE_HEADS = (Text("Part", "要素"), Text("From", "移行元"), Text("To", "移行先"))
_NEW = Text(
    "The requirements do not state that a part is migrated from an existing system. Whether data "
    "must be migrated is still to be clarified.",
    "要件に、既存システムから移行する要素は示されていません。データ移行の要否は未定です。",
)
_CUTOVER = Text(
    "The cutover date and the procedure for migrating existing data are still to be defined.",
    "切り替え日と既存データの移行手順は未定です。",
)
_RELEASE = Text("Release and rollback", "リリースと切り戻し")
_STEPS = (
    Text("Set the deployment parameters of the environment.", "環境のデプロイパラメータを設定します。"),
    Text("Deploy to a test account and run the tests of the project.",
         "検証用アカウントにデプロイし、プロジェクトのテストを実行します。"),
    Text("Deploy to staging, then to production.", "ステージング、本番の順にデプロイします。"),
    Text(
        "After the first deployment to each environment, confirm its SNS subscription through the link in the email to the "
        "alarm address. Until then, the alarms of that environment notify nobody.",
        "各環境への初回デプロイ後に、アラーム通知先に届くメールのリンクから、その環境の SNS サブスクリプションを確認します。"
        "確認するまで、その環境のアラームは通知されません。",
    ),
)  # fmt: skip
_ROLL_BACK = Text(
    "To roll back, redeploy the commit of the previous version.",
    "切り戻す場合は、前のバージョンのコミットを再度デプロイします。",
)
_NOT_GENERATED = Text(
    "No project can be generated for this design. {reason}", "この設計からプロジェクトは生成できません。{reason}"
)
_AUTOMATIC = Text("Automatic rollback", "自動ロールバック")
_ROLLBACK_HEADS = (
    Text("Part", "構成要素"),
    Text("Release", "リリース方式"),
    Text("Rolled back when", "ロールバックの条件"),
)
_SHIFTED = Text(
    "CodeDeploy shifts the traffic of the alias to the new function version ({rollout}; can be changed per environment)",
    "CodeDeploy がエイリアスのトラフィックを関数の新しいバージョンに移行（{rollout}。環境ごとに変更可）",
)
_ROLLING = Text("Rolling update of ECS tasks", "ECS タスクのローリング更新")
_BREAKER = Text("Tasks fail to start (deployment circuit breaker)", "タスクの起動失敗（デプロイサーキットブレーカー）")
_ALARM = Text('Alarm "{alarm}"', "アラーム「{alarm}」")
_SCHEMA = Text(
    "Rolling back a deployment does not revert changes to the database schema ({names}). Keep each change "
    "compatible with the programs of the previous release.",
    "デプロイを切り戻しても、データベースのスキーマの変更は元に戻りません（{names}）。各変更は、1 つ前のリリースのプログラムと互換性を保つようにしてください。",
)
_PARAMETERS = Text("Deployment parameters", "デプロイパラメータ")
_PARAMETER_HEADS = (Text("Parameter", "パラメータ"), Text("Meaning", "内容"), Text("Default value", "デフォルト値"))
_PRICES = Text(
    "The date after a Region is that of the AWS price list from which the prices were taken.",
    "リージョン名の後に示す日付または年月は、料金の出典とした AWS の料金表のものです。",
)
_ROLLOUT = "FunctionRollout"


def section(context: Context) -> Section:
    """Return the chapter."""
    parts = [
        Section("moves", context.say(_MOVES), _moves(context)),
        Section("release", context.say(_RELEASE), _release(context)),
    ]
    if rows := tuple(_rollbacks(context)):
        heads = tuple(context.say(head) for head in _ROLLBACK_HEADS)
        table = Table(context.say(_AUTOMATIC), heads, rows, (4, 4, 5))
        parts.append(Section("rollback", context.say(_AUTOMATIC), (table,)))
    return Section("migration", context.say(TITLES["migration"]), (), tuple(parts))


def _moves(context: Context) -> tuple[Block, ...]:
    rows = tuple(_moving(context))
    if not rows:
        return (Paragraph(context.line(_NEW)),)
    table = Table(context.say(_MOVES), tuple(context.say(head) for head in _MOVE_HEADS), rows, (4, 4, 5))
    return (table, Paragraph(context.line(_CUTOVER)))


def _moving(context: Context) -> Iterator[tuple[Cell, ...]]:
    for kind, subject in context.design.requirements.subjects():
        source = subject.stated.get("migrates_from")
        if source not in (None, "nothing"):
            decided = context.design.decision.subject(subject.id)
            services = (choice.service for choice in decided.choices if choice.service not in (None, "none"))
            target = context.joined(context.service(service) for service in services)
            yield context.cell(subject.name), context.cell(describe(kind, "migrates_from", source)[1]), cell(target)


def _release(context: Context) -> tuple[Block, ...]:
    if context.refused:
        reasons = (context.say(_NOT_GENERATED, reason=context.say(one.reason)) for one in context.refused)
        return (Items(tuple(line(reason) for reason in reasons)),)
    blocks: list[Block] = [Items(tuple(context.line(step) for step in _STEPS), ordered=True)]
    blocks.append(Paragraph(context.line(_ROLL_BACK)))
    if databases := [context.node(one.store) for one in migrations_of(context.design.architecture)]:
        blocks.append(Paragraph(line(context.say(_SCHEMA, names=context.joined(databases)))))
    rows = tuple(
        (((span(p.id, code=True),),), context.cell(p.description), cell(p.default)) for p in context.plan.parameters
    )
    if rows:
        heads = tuple(context.say(head) for head in _PARAMETER_HEADS)
        blocks.append(Table(context.say(_PARAMETERS), heads, rows, (4, 7, 4)))
        if any(" USD" in parameter.description.en for parameter in context.plan.parameters):
            blocks.append(Paragraph(context.line(_PRICES)))
    return tuple(blocks)


def _rollbacks(context: Context) -> Iterator[tuple[Cell, ...]]:
    """Yield each part whose new versions are taken back by themselves, read from the stack."""
    resources = context.stack.resources if context.stack else {}
    rollout = next((p.default for p in context.plan.parameters if p.id == _ROLLOUT), "")
    for resource in resources.values():
        properties = resource.get("Properties", {})
        node = context.design.architecture.find(owner_of(resource).get("node", ""))
        if node is None:
            continue
        if preference := properties.get("DeploymentPreference"):
            conditions = _alarmed(context, preference.get("Alarms", ()))
            yield cell(context.node(node)), cell(context.say(_SHIFTED, rollout=rollout)), conditions
        elif (configuration := properties.get("DeploymentConfiguration", {})).get("DeploymentCircuitBreaker"):
            alarms = _alarmed(context, configuration.get("Alarms", {}).get("AlarmNames", ()))
            yield cell(context.node(node)), context.cell(_ROLLING), (context.line(_BREAKER), *alarms)


def _alarmed(context: Context, names: object) -> Cell:
    """Return the named alarms as text."""
    listed = names if isinstance(names, list | tuple) else ()
    wanted = {getattr(one, "name", "") or getattr(one, "resource", "") for one in listed}
    alarms = (alarm for alarm in context.plan.alarms if alarm.name in wanted)
    return tuple(line(context.say(_ALARM, alarm=context.say(alarm.description))) for alarm in alarms)
