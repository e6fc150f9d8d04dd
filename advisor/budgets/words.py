"""Texts for budgets: the name of each kind, the remedy if one is exceeded, and the complete sentence."""

import math
from collections.abc import Collection, Sequence

from advisor.architecture import NAMED, Architecture, Budget, BudgetState, Edge, Node
from advisor.budgets.open_connections import NEW_TABLE
from advisor.sizing.integration_settings import RETRYING
from advisor.sizing.jobs import MAP_PAGE
from advisor.sizing.words import TITLES
from advisor.text import EMPTY, Text, bracketed, spaced
from advisor.vocabulary.formats import listed
from advisor.vocabulary.units import rounded_words, words

KINDS: dict[str, Text] = {
    "timeout": Text("Time", "所要時間"),
    "retries": Text("Attempts per message or event", "1 件あたりの最大実行回数（再試行を含む）"),
    "retention": Text("Retention", "保持期間"),
    "payload": Text("Payload", "ペイロード"),
    "throughput": Text("Throughput", "スループット"),
    "writes": Text("Write capacity units", "書き込みキャパシティーユニット"),
    "reads": Text("Read capacity units", "読み取りキャパシティーユニット"),
    "read-rate": Text("Data read per second", "毎秒の読み取り量"),
    "concurrency": Text("Concurrency", "同時実行数"),
    "connections": Text("Connections", "接続数"),
    "idle": Text("Idle time", "アイドル時間"),
    "lifetime": Text("Connection lifetime", "接続の継続時間"),
}
#: What a limit bounds, by the start of its source, where that says more than the kind.
_BOUNDED = {
    "sqs-inflight": Text("Messages in flight", "処理中のメッセージ数"),
    "s3-object-size": Text("Object size", "オブジェクトのサイズ"),
    "efs-file-size": Text("File size", "ファイルのサイズ"),
    "ddb-item": Text("Item size", "項目のサイズ"),
    "elasticache-item-size": Text("Item size", "項目のサイズ"),
    "dsql-row-size": Text("Row size", "行のサイズ"),
    "fargate-vcpu-quota": Text("vCPUs of Fargate tasks", "Fargate タスクの vCPU 数"),
}
#: What a limit depends on that no answer says: it is the largest that a service allows.
_UP_TO = {
    "rds-postgresql-connections": Text(
        "the generated instance class; a larger one accepts more, about one connection per 9.1 MiB of its memory, up to 5,000",
        "生成されるインスタンスクラスの場合。より大きなクラスではメモリ約 9.1 MiB につき 1 接続、最大 5,000 接続",
    ),
}
#: A value for each connection: more connections read more, so that it leaves no headroom to state.
_PER_CONNECTION = "s3-connection-rate"
#: A quota of which a new account has less than the default that other accounts have.
_OF_NEW_ACCOUNT = "fargate-vcpu-quota"
#: When the pages were read that are the source of a limit without a fact.
READ_ON = {RETRYING: "2026-11-27", MAP_PAGE: "2026-11-27", NEW_TABLE: "2026-12-01"}
#: How Japanese counts what a kind is about.
_COUNTERS = {"retries": " 回", "throughput": " 件", "concurrency": " 件", "connections": " 本"}
#: Kinds that count capacity units and no requests.
_UNITS = ("writes", "reads")
#: Settings whose name needs the part that has them, by the role of the part.
_TIMEOUTS: dict[str, Text] = {
    "compute": Text("Timeout of the program", "プログラムのタイムアウト"),
    "entry": Text("Timeout of the endpoint", "エンドポイントのタイムアウト"),
    "workflow": Text("Timeout of the workflow", "ワークフローのタイムアウト"),
}
#: A load this near to its limit, as a share of it, is not rounded.
NEAR = 0.05
_TOLERANCE = 1e-6
_LIMIT, _GUIDELINE = Text("limit", "上限"), Text("guideline", "目安")
_GUIDELINE_PER_CONNECTION = Text("guideline for one connection", "1 接続あたりの目安")
#: A headroom of less than this share of the limit counts as none.
LITTLE = 0.01
#: How the source ends of a limit that is a requirement: `<subject>.response_s`, or `<node>.response_s` if it only follows.
_DEADLINE = ".response_s"
#: The same of a program without a timeout, whose answer determines the time that it has.
_RUN = ".longest_run_s"
STATES: dict[str, Text] = {
    "kept": Text("within the limit", "範囲内"),
    "warned": Text("increase needed", "引き上げが必要"),
    "broken": Text("exceeded", "超過"),
}


def called(node: Node) -> Text:
    """Return the name of a node within a sentence."""
    return bracketed(node.title, node.note) if node.role in NAMED else node.title


def way(architecture: Architecture, budget: Budget, *alike: Budget) -> Text:
    """Return the edge of a budget as text, from source to target; with those of `alike`, to several targets."""
    ids = [budget.edge, *(one.edge for one in alike)]
    edges = [edge for edge in architecture.edges if edge.id in ids]
    source = called(architecture.node(edges[0].source))
    target = listed([called(architecture.node(edge.target)) for edge in edges])
    return Text(f"{source.en} → {target.en}", f"{source.ja} → {target.ja}")


def quantity_title(budget: Budget) -> Text:
    """Return what a budget limits, as the head of a row."""
    if budget.kind == "timeout" and set_here(budget):
        return _setting(budget)
    found = (title for source, title in _BOUNDED.items() if budget.source.startswith(source))
    return next(found, KINDS[budget.kind])


def largest_words(parts: Sequence[Text], most: int) -> Text:
    """Return the first parts of a sum, of which the largest come first, and that they are not all if there are more."""
    named, first = listed([*parts[:most]]), Text("most of them: ", "多いもの: ") if len(parts) > most else EMPTY
    return Text(first.en + named.en, first.ja + named.ja)


def headroom_words(budget: Budget) -> str:
    """Return the headroom as a percentage, never rounded up: any load leaves less than all of its limit.

    What is only to be avoided is no limit that leaves a headroom.
    """
    if is_guideline(budget):
        return "–"
    return f"{min(99 if budget.have else 100, math.floor(budget.headroom * 100 + _TOLERANCE))}%"


def is_set_to_load(budget: Budget) -> bool:
    """Return whether a limit is a setting of the design, or follows from an answer, and equals the load derived with it."""
    follows = budget.source.endswith(_DEADLINE) and budget.source.count(".") > 1
    return budget.ok and (set_here(budget) or follows) and budget.headroom < LITTLE


def tells(budget: Budget) -> bool:
    """Return whether a budget says more than the setting that limits it: a timeout that equals its load does not."""
    return not (budget.kind == "timeout" and is_set_to_load(budget))


def _setting(budget: Budget) -> Text:
    """Return the name of the setting that is a limit."""
    node, _, key = budget.source.rpartition(".")
    if key == "timeout_s" and (titled := _TIMEOUTS.get(node.rpartition(".")[2])):
        return titled
    return TITLES.get(budget.source.rpartition(".")[2], KINDS[budget.kind])


def load_words(budget: Budget) -> Text:
    """Return the load of an edge as text, rounded unless it is near the limit, which the rounded value could exceed."""
    near = abs(budget.headroom) < NEAR
    timed = budget.unit == "s"
    return rounded_words(budget.have, budget.unit) if timed and not near else _counted(budget, budget.have)


def allowed_words(budget: Budget, assumed: Collection[str] = ()) -> Text:
    """Return the limit of an edge as text: for a setting or a guideline, with what it is.

    `assumed` are the answers that were assumed, as `<subject>.<field>`.
    """
    limit = _counted(budget, budget.allowed)
    if budget.source.endswith(_RUN):
        of = Text("assumed", "仮定した") if budget.source in assumed else Text("stated", "回答された")
        return Text(f"{limit.en} (from the {of.en} longest run)", f"{limit.ja}（{of.ja}最長の実行時間に基づく）")
    if budget.source in assumed:
        return Text(f"{limit.en} (assumed response time)", f"{limit.ja}（仮定した応答期限）")
    if budget.source.endswith(_DEADLINE) and budget.source.count(".") > 1:
        return Text(f"{limit.en} (derived from the response time)", f"{limit.ja}（応答期限から算出）")
    if budget.source.endswith(_DEADLINE):
        return Text(f"{limit.en} (required response time)", f"{limit.ja}（応答期限）")
    if budget.source == RETRYING:
        return Text(
            f"{limit.en} (guideline: stay below 4 × 4 × 4, that is, 4 attempts in each of 3 layers)",
            f"{limit.ja}（目安: この値未満。再試行が 3 段に重なり、各段で 4 回試行すると、この値になります）",
        )
    if budget.source == _PER_CONNECTION:
        return Text(f"{limit.en} (guideline for one connection)", f"{limit.ja}（1 接続あたりの目安）")
    if budget.source in _UP_TO:
        less = _UP_TO[budget.source]
        return Text(f"{limit.en} ({less.en})", f"{limit.ja}（{less.ja}）")
    if set_here(budget):
        return Text(f"{limit.en} (setting of this design)", f"{limit.ja}（本設計の設定値）")
    return limit


def _limit_title(budget: Budget, edges: Sequence[Edge]) -> Text:
    """Return what a limit is: a quota with its default, the timeout of one end of a connection, or a limit."""
    if budget.source.startswith(_OF_NEW_ACCOUNT):
        return Text("default quota of a new account", "新しいアカウントのデフォルトのクォータ")
    node = budget.source.rpartition(".")[0]
    if budget.kind != "timeout" or not set_here(budget) or not edges:
        return _LIMIT
    caller = f"{edges[0].source}.".startswith(f"{node}.")
    setting = (
        Text("Longest run (with headroom)", "最長の実行時間（余裕を含む）")
        if budget.source.endswith(_RUN)
        else _setting(budget)
    )
    of = Text("calling component", "呼び出し元") if caller else Text("called component", "呼び出し先")
    return Text(f"{setting.en[:1].lower()}{setting.en[1:]} of the {of.en}", f"{of.ja}の{setting.ja}")


def is_guideline(budget: Budget) -> bool:
    """Return whether what a budget is compared with is a guideline, and no limit of AWS."""
    return budget.source in (RETRYING, _PER_CONNECTION)


def set_here(budget: Budget) -> bool:
    """Return whether the limit is a setting that the design derives, and neither a limit of AWS nor a requirement."""
    return "." in budget.source and not budget.source.startswith("https://") and not budget.source.endswith(_DEADLINE)


def _counted(budget: Budget, value: float) -> Text:
    amount = words(value, budget.unit)
    if budget.kind in _UNITS:
        return Text(amount.en, amount.ja.removesuffix(" 件"))
    if budget.unit == "count":
        return Text(amount.en, amount.ja + _COUNTERS.get(budget.kind, ""))
    return amount


def line(budget: Budget) -> Text:
    """Return a budget in one line: the load, how it is calculated, and the limit."""
    title, have, allowed = quantity_title(budget), load_words(budget), _counted(budget, budget.allowed)
    counted, limit = budget.counted, _LIMIT
    if set_here(budget):
        first = Text(f"{title.en[:1].lower()}{title.en[1:]}", title.ja)
        return spaced(
            Text(
                f"Needed: {have.en} ({counted.en}), {first.en}: {allowed.en} (set in this design)",
                f"必要な値: {have.ja}（{counted.ja}）、{first.ja}: {allowed.ja}（本設計の設定値）",
            )
        )
    if budget.source == RETRYING:
        limit, allowed = _GUIDELINE, Text(f"fewer than {allowed.en}", f"{allowed.ja}未満")
    elif budget.source == _PER_CONNECTION:
        limit = _GUIDELINE_PER_CONNECTION
    return spaced(
        Text(
            f"{title.en}: {have.en} ({counted.en}), {limit.en}: {allowed.en}",
            f"{title.ja}: {have.ja}（{counted.ja}）、{limit.ja}: {allowed.ja}",
        )
    )


def noted(architecture: Architecture, budget: Budget) -> Text:
    """Return a budget as an edge shows it: in one line when it is kept, else with its remedy."""
    return line(budget) if budget.ok else sentence(architecture, budget)


def worst(budgets: tuple[Budget, ...]) -> BudgetState:
    """Return the worst state of some budgets."""
    states = {budget.state for budget in budgets}
    return "broken" if "broken" in states else "warned" if "warned" in states else "kept"


def sentence(architecture: Architecture, budget: Budget, *alike: Budget) -> Text:
    """Return the sentence about a budget that is exceeded: the edge, both numbers and the remedy.

    `alike` are those of other edges from the same source with the same numbers.
    """
    where, kind = way(architecture, budget, *alike), KINDS[budget.kind]
    have, allowed = load_words(budget), _counted(budget, budget.allowed)
    limit = _limit_title(budget, [edge for edge in architecture.edges if edge.id == budget.edge])
    if budget.source == _PER_CONNECTION:
        limit = _GUIDELINE_PER_CONNECTION
    amount = f" of {allowed.en}" if limit == _LIMIT else f", which is {allowed.en}"
    what = Text(kind.en.lower(), kind.ja)
    if budget.unit == "vcpu":
        what = Text("a maximum of", "vCPU 数")
    return spaced(
        Text(
            f"{where.en}: {what.en} {have.en} ({budget.counted.en}) exceeds the {limit.en}{amount}. {budget.cure.en}",
            f"{where.ja}: {what.ja}が{have.ja}（{budget.counted.ja}）となり、{limit.ja}の{allowed.ja}を超えます。{budget.cure.ja}",
        )
    )
