"""Warnings about connections that are valid but risky: endless loops, excessive messages to people, slow databases."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Edge, Node
from advisor.book import DatedBook
from advisor.budgets.fargate_vcpus import exceeded_by_tasks
from advisor.budgets.people import EMAIL_RATE, READ_BY_PEOPLE, Outrun, outrun
from advisor.budgets.shared_concurrency import exceeded_together
from advisor.budgets.stream_loads import exceeded_shards, late_consumers
from advisor.decision import Source, Warning
from advisor.graph_builder.approval_loads import late_maps, waiting_runs
from advisor.graph_builder.browser_sign_ins import shut_out
from advisor.graph_builder.destination_rates import overrun_destinations
from advisor.graph_builder.devices import notified_devices
from advisor.graph_builder.differing_sign_ins import differing_sign_ins
from advisor.graph_builder.early_messages import early_messages
from advisor.graph_builder.first_records import unstated_states
from advisor.graph_builder.foreign_items import foreign_items
from advisor.graph_builder.histories import looked_up_histories
from advisor.graph_builder.large_answers import larger_than_answers
from advisor.graph_builder.left_to_programs import unmade_checkpoints, unmade_schedules
from advisor.graph_builder.lone_caches import kept_in_caches_only
from advisor.graph_builder.many_objects import object_for_each_message
from advisor.graph_builder.programmed_flows import programmed_flows
from advisor.graph_builder.public_approvals import public_approvals
from advisor.graph_builder.runs_over_stores import runs_over_stores
from advisor.graph_builder.skipped_starts import skipped
from advisor.graph_builder.tenants import items_of_no_tenant, unknown_tenants
from advisor.graph_builder.unlimited_deliveries import held_back_messages, unlimited_messages
from advisor.graph_builder.unmade_polling import unmade_polling
from advisor.graph_builder.unmatched_reads import unmatched_reads
from advisor.graph_builder.unnamed_recipients import unnamed_recipients
from advisor.graph_builder.unread_results import unread_results
from advisor.requirements.starts import REQUESTS, starts
from advisor.sizing.paused_databases import PAUSING, RESUMES, SEARCHING, VERBS
from advisor.text import Text, spaced
from advisor.verdict import Verdict
from advisor.verdict.fact_words import describe
from advisor.verdict.known import Known
from advisor.vocabulary.units import words

#: How a message gets from a program to the next.
_LEADING = ("publish", "deliver", "consume", "start", "run", "emit")
#: More than a message a minute is read by nobody.
_MOST_READ_PER_S = 1 / 60
_RATES = ("rate_average_rps", "rate_peak_rps")
_DAY_S = 86400.0
_SAGA = Source(
    "https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/saga-pattern.html", "2026-11-27"
)
_RETRYING = Source("https://docs.aws.amazon.com/wellarchitected/latest/framework/rel05-bp03.html", "2026-11-27")


def cautions(architecture: Architecture, verdict: Verdict, dated: DatedBook) -> Iterator[Warning]:
    """Yield a warning for each part that works as drawn, but rarely as intended."""
    unpooled = architecture.unpooled
    facts = {id: subject.known for id, subject in verdict.subjects.items()}
    for node in architecture.nodes:
        if node.role == "compute" and (through := returning(architecture, node)) is not None:
            yield Warning(node.subject, node.role, "messages-return", loop_words(node, through))
            break
    for component in verdict.answers.of_kind("component"):
        protocol = component.answers.get("protocol", "http")
        if protocol != "http" and not starts(facts[component.id].values, *REQUESTS):
            yield from _nobody_connects(architecture, component.id, protocol)
    yield from exceeded_together(architecture, facts, dated)
    yield from exceeded_shards(architecture, str(verdict.workload.values.get("region", "")), dated)
    yield from exceeded_by_tasks(architecture, dated)
    for node in architecture.nodes:
        if node.role == "compute" and node.kind == "service":
            yield from _left_to_others(architecture, node, facts[node.subject])
            yield from kept_in_caches_only(unpooled, node, facts)
            yield from late_consumers(architecture, node, facts)
            yield from unstated_states(unpooled, node, facts)
            yield from differing_sign_ins(architecture, verdict, node)
            yield from programmed_flows(architecture, verdict, node)
            yield from object_for_each_message(architecture, facts, node)
            yield from early_messages(architecture, node)
            yield from unread_results(unpooled, node)
            yield from runs_over_stores(unpooled, node)
            yield from larger_than_answers(architecture, facts, node, dated)
            yield from unlimited_messages(architecture, verdict, node, facts[node.subject])
            yield from held_back_messages(architecture, verdict, node, facts[node.subject])
    for node in architecture.nodes:
        yield from foreign_items(unpooled, facts, node)
        yield from unknown_tenants(facts, node)
        yield from items_of_no_tenant(unpooled, facts, node)
    for node in architecture.nodes:
        yield from skipped(architecture, node, dated)
        yield from waiting_runs(architecture, node, facts, dated)
        yield from unmatched_reads(unpooled, facts, node)
        yield from looked_up_histories(unpooled, node)
        yield from public_approvals(architecture, verdict, node)
        yield from unnamed_recipients(architecture, facts, node)
        if node.subject in facts:
            yield from unmade_polling(architecture, node, facts[node.subject])
            yield from late_maps(architecture, node, facts[node.subject])
            yield from unmade_schedules(node, facts[node.subject])
            yield from unmade_checkpoints(architecture, node, facts[node.subject])
            yield from overrun_destinations(architecture, node, facts)
            yield from notified_devices(architecture, node, facts[node.subject])
        yield from shut_out(architecture, verdict, node)
    for edge in architecture.edges:
        if edge.verb == "publish":
            yield from _too_many_for_people(architecture, edge, facts, dated)
        elif edge.verb in VERBS and architecture.node(edge.target).service in RESUMES:
            yield from _late_by_resuming(architecture, edge, facts, dated)


def returning(architecture: Architecture, start: Node) -> Node | None:
    """Return the channel to which a program sends what comes back to it, or None."""
    for channel in sorted({edge.target for edge in architecture.leaving(start.id, "publish")}):
        seen, waiting = {channel}, [channel]
        while waiting:
            onward = {edge.target for edge in architecture.leaving(waiting.pop()) if edge.verb in _LEADING}
            if start.id in onward:
                return architecture.node(channel)
            waiting += sorted(onward - seen)
            seen |= onward
    return None


def loop_words(node: Node, through: Node) -> Text:
    """Return the sentence on a program that gets its own messages back."""
    return Text(
        (
            f'"{node.note.en}" sends messages that return to it through "{through.note.en}", which can cause an '
            "infinite loop. Use separate channels for its input and output, or filter out its own messages in front of "
            "its input."
        ),
        (
            f"「{node.note.ja}」が発行したメッセージが「{through.note.ja}」を経て「{node.note.ja}」に"
            "戻るため、処理が無限に繰り返されるおそれがあります。受信用と送信用のチャネルを分けるか、"
            "自身が発行したメッセージを受信前のフィルターで除外してください。"
        ),
    )


def _nobody_connects(architecture: Architecture, subject: str, protocol: str) -> Iterator[Warning]:
    """Warn of a protocol for callers where only messages, events or runs start a component."""
    program = architecture.find(f"{subject}.compute")
    if program is not None:
        _, name = describe("component", "protocol", protocol)
        yield Warning(subject, program.role, "no-client-can-connect", unconnected_words(program, name))


def unconnected_words(node: Node, protocol: Text) -> Text:
    """Return the sentence on a component that has a protocol for its callers, but no entry."""
    return spaced(
        Text(
            f'The protocol of "{node.note.en}" is {protocol.en}, but requests do not start it, so no client can connect to it and it has no '
            'entry. If clients connect to it, add "A request" to its triggers; the other triggers can stay.',
            f"「{node.note.ja}」のプロトコルは{protocol.ja}ですが、リクエストでは起動しないため、エンドポイントがなく、クライアントは接続できません。"
            "クライアントが接続する場合は、起動方法に「リクエスト」を追加してください。ほかの起動方法は残せます。",
        )
    )


def _left_to_others(architecture: Architecture, node: Node, known: Known) -> Iterator[Warning]:
    """Warn of required workflow features if there is no workflow."""
    # A function that starts durable executions belongs to the same component as they do.
    own = (one for one in architecture.nodes if one.subject == node.subject)
    if any(one.role == "workflow" or one.settings.get("variant") == "lambda-durable" for one in own):
        return
    name = node.note
    if known.values["compensation"]:
        sentence = Text(
            (
                f'Completed steps of "{name.en}" must be undone if a later step fails, but the project '
                "contains no workflow for this. The application or a separate workflow tool must "
                "undo them."
            ),
            f"「{name.ja}」では後続の失敗時に完了済みステップの取り消しが必要ですが、プロジェクトにはそれを行うワークフローがありません。"
            "アプリケーションか別のワークフローツールで取り消してください。",
        )
        yield Warning(node.subject, node.role, "undoing-is-left-to-the-program", sentence, _SAGA)
    if known.values["retries"] and starts(known.values, *REQUESTS):
        sentence = Text(
            f'Failed runs of "{name.en}" must be retried. A caller waits for the response, so the generated program returns the error and does '
            "not retry. Let callers retry with the same idempotency key, or send the work to a queue.",
            f"「{name.ja}」では、失敗した実行の再試行が必要です。リクエストでは呼び出し元が応答を待つため、生成されるプログラムは再試行せずにエラーを返します。"
            "呼び出し元が同じべき等性キーで再試行するか、処理をキューに渡してください。",
        )
        yield Warning(node.subject, node.role, "callers-retry-what-fails", sentence, _RETRYING)


def _too_many_for_people(
    architecture: Architecture, edge: Edge, facts: Mapping[str, Known], dated: DatedBook
) -> Iterator[Warning]:
    """Warn if a program sends people a message per item; a workflow over many items sends one per run."""
    program, topic = architecture.node(edge.source), architecture.node(edge.target)
    heard = any(architecture.node(e.target).service in READ_BY_PEOPLE for e in architecture.leaving(topic.id))
    if program.role != "compute" or not heard:
        return
    if (faster := outrun(architecture, edge, facts, dated)) is not None:
        source = dated.book.facts[EMAIL_RATE].source if faster.emails_per_s is not None else None
        yield Warning(
            topic.subject, topic.role, "faster-than-people-hear", outrun_words(program, topic, faster), source
        )
        return
    per_s, items = _stated_rate(program, topic, facts), float(facts[program.subject].values["parallel_items"])
    if items > 1:
        much = Text(f"{items:,.0f} in each run", f"1 回の実行につき {items:,.0f} 件")
        instead = Text("Publish a summary at the end of a run instead.", "実行の終わりに要約だけを発行してください。")
    elif per_s > _MOST_READ_PER_S:
        much = Text(f"about {per_s * _DAY_S:,.0f} a day", f"1 日に約 {per_s * _DAY_S:,.0f} 件")
        instead = Text(
            "Publish only what people must know, or send a summary at intervals.",
            "人に知らせる必要のあるものだけを発行するか、一定間隔でまとめて通知してください。",
        )
    else:
        return
    each = _each(facts[program.subject])
    sentence = Text(
        f'"{program.note.en}" publishes a message for each {each.en}, and "{topic.note.en}" delivers each message to people: '
        f"{much.en}. {instead.en}",
        f"「{program.note.ja}」は{each.ja} 1 件ごとにメッセージを発行し、「{topic.note.ja}」はそのすべてを人に届けます（{much.ja}）。"
        f"{instead.ja}",
    )
    yield Warning(topic.subject, topic.role, "a-message-for-each-item", spaced(sentence))


def _each(known: Known) -> Text:
    """Return what a component works on, one by one."""
    if known.values["parallel_items"] > 1:
        return Text("item of a run", "処理対象")
    if starts(known.values, *REQUESTS):
        return Text("request", "リクエスト")
    if starts(known.values, "on-demand"):
        return Text("execution", "実行")
    return Text("message or event that it processes", "処理するメッセージやイベント")


def outrun_words(program: Node, topic: Node, faster: Outrun) -> Text:
    """Return the sentence on a producer that is faster than its channel to people, with the rates of both."""
    work, en, ja = words(faster.producer_per_s, "per_s"), [], []
    if faster.channel_per_s is not None:
        stated = words(faster.channel_per_s, "per_s")
        en.append(f'"{topic.note.en}" is stated to carry {stated.en}')
        ja.append(f"「{topic.note.ja}」の要件は{stated.ja}")
    if faster.emails_per_s is not None:
        most = words(faster.emails_per_s, "per_s")
        en.append(f"Amazon SNS delivers at most {most.en} to an email address")
        ja.append(f"Amazon SNS がメールアドレスに配信できるのは最大{most.ja}")
    return spaced(
        Text(
            f'"{program.note.en}" publishes a message for each request, message or item that it processes, {work.en} at its peak, but {" and ".join(en)}. '
            "Set a condition in the program, so that it publishes only what people must know.",
            f"「{program.note.ja}」は処理 1 件ごとにメッセージを発行し、ピーク時は{work.ja}になりますが、{'、'.join(ja)}です。"
            "人に知らせる必要のあるものだけを発行するよう、プログラムに条件を設定してください。",
        )
    )


def _stated_rate(program: Node, topic: Node, facts: Mapping[str, Known]) -> float:
    """Return the stated message rate of a channel, otherwise that of its publisher."""
    worker = facts[program.subject]
    for known in (facts[topic.subject], worker, facts.get(str(worker.values.get("listens_to")))):
        if known is not None and any(rate in known.values and rate not in known.assumed for rate in _RATES):
            return float(known.values["rate_average_rps"])
    return 0.0


#: Service that pauses -> what it is called, and what can be done instead of waiting for it.
_PAUSED = {
    PAUSING: (
        Text("database", "データベース"),
        Text(
            "use a key-value store, or pay for a database that keeps running",
            "キーバリューストアを使う、または常時稼働のデータベースの料金を払う",
        ),
    ),
    SEARCHING: (
        Text("search collection", "検索用のコレクション"),
        Text("or pay for capacity that is always available", "または常に使えるキャパシティーの料金を払う"),
    ),
}


def _late_by_resuming(
    architecture: Architecture, edge: Edge, facts: Mapping[str, Known], dated: DatedBook
) -> Iterator[Warning]:
    """Warn if a store pauses while idle and its resume time exceeds the response time."""
    source, store = architecture.node(edge.source), architecture.node(edge.target)
    answer = facts[source.subject].values.get("response_s") if architecture.entering(source.id, "invoke") else None
    fact = RESUMES[store.service]
    resume = dated.whole(fact, "s", 15)
    if not facts[store.subject].values.get("must.nothing-while-idle") or answer is None or float(answer) > resume:
        return
    due, waited = words(float(answer), "s"), words(float(resume), "s")
    paused, instead = _PAUSED[store.service]
    sentence = Text(
        f'There must be no charges while idle, so the {paused.en} pauses, and resuming takes about {waited.en}. "{source.note.en}" '
        f"must respond within {due.en}: the first caller after a pause receives an error. Let callers wait longer or retry, "
        f"{instead.en}.",
        f"アイドル時に料金がかからないことが必須のため、{paused.ja}は一時停止し、再開に約{waited.ja}かかります。"
        f"「{source.note.ja}」の応答期限は{due.ja}なので、一時停止後の最初の呼び出しはエラーになります。呼び出し元の待ち時間を延ばすか再試行させる、"
        f"{instead.ja}、のいずれかが必要です。",
    )
    yield Warning(store.subject, store.role, "answers-before-resuming", spaced(sentence), dated.book.facts[fact].source)
