"""Scaling settings: minimum and maximum number of tasks, and the scaling metric.

A service behind a load balancer follows its requests, a queue's worker its backlog, any other its CPU.
"""

import math

from advisor.architecture import Edge, Node
from advisor.sizing.batches import arrivals
from advisor.sizing.node_updates import QUEUES, NodeUpdates, number
from advisor.sizing.parallel_messages import REQUESTS_AT_ONCE, messages_at_once, say_at_once
from advisor.sizing.rate_limits import say_unpaced
from advisor.sizing.request_times import request_s, requests_at_once, said_s, say_requests_at_once
from advisor.sizing.sized import SPARE, Sized, count, rate, seconds
from advisor.sizing.zone_capacity import keep_zone_capacity
from advisor.text import Text
from advisor.verdict.known import Known

#: The share of those that a task is kept at, so that new tasks have time to start.
BUSY = 0.7
CPU_PERCENT = 60
#: What a task is given to stop at least, and at most where AWS runs the hosts; how long a protection lasts at most.
STOPS_S, MOST_STOPS_S, MOST_PROTECTED_S = 60, 120, 48 * 3600
#: How long a load balancer's cookie leads a caller to the same task.
STICKY_S = 86400
#: Most tasks where no rate was stated: a ceiling for costs.
UNSTATED_MOST, UNSTATED_GPUS = 10, 4
#: A queue whose load is stated on average gets this many times as many tasks; it holds what comes beyond.
QUEUED_PEAK = 2
#: Messages of a standard queue wait this long for a task, unless a message takes longer itself.
WAITS_S = 60
#: The oldest message of a queue whose service has no task: SQS sends the metrics of a queue that was idle for six hours up to
#: 15 minutes late, and a host and a task start within some minutes after the alarm.
WAKES_WITHIN_S = 1200
_SCALING = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"
_BACKLOG = (
    "https://docs.aws.amazon.com/autoscaling/application/userguide/"
    "application-auto-scaling-target-tracking-metric-math.html"
)
#: KEDA's scaler of Amazon SQS counts the messages that wait and those in flight (read 2026-11-28).
_PODS = "https://keda.sh/docs/latest/scalers/aws-sqs/"
_STICKY = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html"
_REPLACING = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html"
_PROTECTION = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html"
#: Why also work that may start again is protected: a stop takes one of the receives that failures have.
_COUNTED = Text(
    " Each stop would count as a failed receive of the message, and too many send it to the dead-letter queue.",
    "停止のたびにメッセージの受信が 1 回失敗したものと数えられ、回数が上限に達するとデッドレターキューに移るためです。",
)
#: The end of the node of a program that starts a component's workflow and does not do its work.
STARTER = "-starter"
_QUOTA = "ecs-service-quotas"


def set_scaling(updates: NodeUpdates, node: Node) -> None:
    """Set the bounds and the target of a container that stays up and scales."""
    if node.service not in ("ecs", "eks") or node.settings.get("run") not in ("service", "worker"):
        return
    facts, sized = updates.facts_of(node), Sized()
    entering = [edge for edge in updates.edges if edge.target == node.id]
    queue = _source(updates, entering, "consume", QUEUES)
    stateful, balanced = _keeps_state(node, facts), _is_balanced(updates, entering, node)
    single = bool(facts.values.get("single_instance")) and not node.id.endswith(STARTER)
    if stateful and balanced and not single:
        _sticky(sized)
    needed = None
    rests = node.settings.get("run") == "worker" and not number(node, "desired_count", 2)
    if single:
        _single(sized, node)
    elif stateful and not balanced:
        _one_task(sized, rests=rests)
        if queue is not None:
            _taking(sized, facts, node, 1)
    elif queue is not None:
        needed = _worker(sized, facts, updates.facts_of(queue), updates, node)
    else:
        needed = _service(sized, facts, updates, node, balanced=balanced)
    if facts.values.get("workload.zone_failure"):
        keep_zone_capacity(sized, node, needed, _most_copies(updates, node), _copy(node), waits=queue is not None)
    if queue is not None:
        say_unpaced(sized, facts, "most_tasks")
    _protect(sized, facts, node, polls=queue is not None)
    updates.change(node, sized)
    if rests and queue is not None:
        waiting = Sized()
        waiting.settings["wake_s"] = WAKES_WITHIN_S
        updates.change(queue, waiting)


def _protect(sized: Sized, facts: Known, node: Node, *, polls: bool) -> None:
    """Protect a task from scale-in while it processes work that must not be interrupted, or a long message."""
    longest, never = float(facts.values["longest_run_s"]), facts.values.get("interruption") == "never"
    # On hosts, a task has the time to finish: a stop takes no receive of a message.
    counted = polls and node.settings.get("engine") != "ec2"
    wanted = never or counted or (polls and not facts.values.get("may_be_cut"))
    if node.service != "ecs" or longest <= STOPS_S or not wanted or node.id.endswith(STARTER):
        return
    # One protection covers many messages: it is renewed at half, and must then outlast another one.
    lasts = longest * SPARE * (2 if polls else 1)
    en, ja, stops = _stopping(node)
    sized.put(
        "protected_s", int(min(MOST_PROTECTED_S, math.ceil(lasts / 60) * 60)), unit="s",
        en=f"{en} While a task processes work, scale-in protection keeps scaling and deployments from stopping it. The "
        "protection lasts at most {most} at a time." + _COUNTED.en * counted,
        ja=f"{ja}スケールイン保護により、処理中のタスクはスケールインやデプロイで停止されません（1 回の保護は最長"
        "{most}）。" + _COUNTED.ja * counted, source=_PROTECTION, longest=seconds(longest), stops=seconds(stops), most=seconds(MOST_PROTECTED_S),
    )  # fmt: skip


def _stopping(node: Node) -> tuple[str, str, float]:
    """Return how long a run may take compared with the time to stop, in both languages, and that time in seconds."""
    wanted = number(node, "timeout_s", STOPS_S)
    if node.settings.get("engine") == "ec2":
        en = "A run takes up to {longest}. A task that is told to stop has {stops} to finish, but takes no new work."
        ja = "処理時間は最長{longest}です。停止シグナルを受けたタスクは{stops}以内に処理を終えますが、新しい処理は開始しません。"
        return en, ja, wanted
    en = "A run takes up to {longest}, but a task is stopped no later than {stops} after the stop signal."
    ja = "処理時間は最長{longest}ですが、タスクは停止シグナルから最長{stops}で強制終了されます。"
    return en, ja, min(MOST_STOPS_S, max(STOPS_S, wanted))


def _source(updates: NodeUpdates, entering: list[Edge], verb: str, services: tuple[str, ...]) -> Node | None:
    sources = [updates.nodes[edge.source] for edge in entering if edge.verb == verb]
    return next((source for source in sources if source.service in services), None)


def _keeps_state(node: Node, facts: Known) -> bool:
    """Whether a program's callers must meet the same task; one that only starts the work keeps nothing."""
    return bool(facts.values.get("state_in_memory")) and not node.id.endswith(STARTER)


def _is_balanced(updates: NodeUpdates, entering: list[Edge], node: Node) -> bool:
    """Whether a load balancer of the project's own counts the requests of a task, and can set a cookie; no other does."""
    express = node.settings.get("variant") == "ecs-express"
    return _source(updates, entering, "invoke", ("alb",)) is not None and not express


def _sticky(sized: Sized) -> None:
    sized.put(
        "stickiness_s", STICKY_S, unit="s",
        en=(
            "The program keeps state in memory, so a cookie routes a caller to the same task for "
            "{time}. If a task stops, its state is lost."),
        ja="プログラムがメモリに状態を保持するため、Cookie により同じ呼び出し元を{time}同じタスクに振り分けます。停止したタスクの状態は"
        "失われます。", source=_STICKY, time=seconds(STICKY_S),
    )  # fmt: skip


def _one_task(sized: Sized, *, rests: bool) -> None:
    """Allow one task, and keep it unless the worker has none while its queue is empty."""
    en = "The program keeps state in memory, and nothing routes a caller to the same task again. Therefore, exactly one runs."
    ja = "プログラムがメモリに状態を保持し、同じ呼び出し元を同じタスクに振り分ける手段がないため、1 つだけ動かします。"
    if rests:
        en = "The program keeps state in memory, which tasks do not share. Therefore, at most one runs."
        ja = "プログラムがメモリに保持する状態はタスク間で共有されないため、タスクは最大 1 つとします。"
    for key in ("most_tasks",) if rests else ("desired_count", "most_tasks"):
        sized.put(key, 1, unit="count", en=en, ja=ja, source=_STICKY)


def _single(sized: Sized, node: Node) -> None:
    """Allow one task or pod: a release stops it before it starts the next."""
    en = "At most one instance of the program may run, so exactly one {copy} runs. A release stops the old {copy} before it starts the new one."
    ja = "プログラムを同時に 1 つしか動かせないため、{copy}は 1 つとします。リリースでは、古い{copy}を停止してから新しい{copy}を起動します。"
    for key in ("desired_count", "most_tasks"):
        sized.put(key, 1, unit="count", en=en, ja=ja, source=_REPLACING, copy=_copy(node))


def _service(sized: Sized, facts: Known, updates: NodeUpdates, node: Node, *, balanced: bool) -> int | None:
    """Set the maximum and the metric; return how many tasks the peak load needs, None if no answer says it."""
    starts, known_s = node.id.endswith(STARTER), request_s(facts)
    at_once = REQUESTS_AT_ONCE if starts else requests_at_once(facts)
    peak, typical = float(facts.values["rate_peak_rps"]), known_s or float(facts.values["typical_run_s"])
    needed = math.ceil(round(peak * typical / (at_once * BUSY), 6))
    is_unstated = starts or not facts.rated
    say_requests_at_once(sized, at_once, _copy(node))
    if is_unstated:
        _unstated(sized, node, rate(peak, "request"), needed, alike=node.settings.get("run") == "worker")
    else:
        _most(
            sized, updates, node, needed,
            en=(
            "The peak rate is {peak}, and each request takes {typical}. A {copy} processes {each} at a time, at a "
            "target utilization of {busy}%. Required {copy}s: {needed}"),
            ja=(
            "ピーク時の{peak}、1 件あたり{typical}、1 {copy}の同時処理 {each}、目標使用率 {busy}"
            "% から算出すると、必要数は {needed} 個です"),
            copy=_copy(node), peak=rate(peak, "request"), typical=said_s(facts), each=_requests(at_once), busy=count(BUSY * 100),
        )  # fmt: skip
    if balanced and "typical_run_s" not in facts.assumed and not starts:
        sized.put(
            "requests_per_task", max(1, math.floor(60 * at_once * BUSY / typical)), unit="count",
            en=(
            "A task processes {each} at a time, at {typical} per request and a target utilization of "
            "{busy}%."),
            ja=(
            "1 タスクの同時処理 {each}、1 件あたり{typical}、目標使用率 {busy}% から算出した値です。"), source=_SCALING,
            each=_requests(at_once), typical=seconds(typical), busy=count(BUSY * 100),
        )  # fmt: skip
    else:
        _cpu(sized, balanced=balanced)
    return None if is_unstated or known_s is None else needed


def _requests(at_once: int) -> Text:
    return Text("one request" if at_once == 1 else f"{at_once} requests", f"{at_once} 件")


def _cpu(sized: Sized, *, balanced: bool) -> None:
    """Scale by the CPU utilization, which is known of every program."""
    sized.put(
        "cpu_percent", CPU_PERCENT, unit="percent",
        en=(
            "How long a request takes is an assumption, so the service scales on CPU utilization and not on request count. "
            "State the typical run time to scale on request count.") if balanced else "The service scales on CPU utilization. {percent} leaves room while new tasks start.",
        ja=(
            "1 リクエストの処理時間が仮定のため、リクエスト数ではなく CPU 使用率でスケールします。通常の実行"
            "時間を回答すると、スケーリングの基準がリクエスト数に変わります。") if balanced else "CPU 使用率でスケールします。{percent} は、新しいタスクが起動するまでの余裕を見込んだ値です。", source=_SCALING, percent=Text.same(f"{CPU_PERCENT}%"),
    )  # fmt: skip


def _worker(sized: Sized, facts: Known, channel: Known, updates: NodeUpdates, node: Node) -> int | None:
    """Set the maximum and the metric; return how many tasks the peak load needs, None if no load is stated."""
    needed, at_once = None, 1
    typical = float(facts.values["typical_run_s"])
    if not facts.rated and not channel.rated:
        average, _ = arrivals(facts, channel)
        _unstated(sized, node, rate(average, "message"), math.ceil(round(average * typical * SPARE, 6)))
    else:
        average, peak = arrivals(facts, channel)
        stated = any(
            "rate_peak_rps" in known.values and "rate_peak_rps" not in known.assumed for known in (facts, channel)
        )
        most = peak if stated else average * QUEUED_PEAK
        busy = most * typical * SPARE
        at_once = messages_at_once(updates, node, channel, busy)
        needed = math.ceil(round(busy / at_once, 6))
        say_at_once(sized, at_once, busy, seconds(float(facts.values["longest_run_s"])), _copy(node))
        _most(
            sized, updates, node, needed,
            en=(
            "The rate is {rate}, and each message takes {typical}. A {copy} processes " + _EACH[at_once > 1].en + ". Required "
            "{copy}s, with a reserve of 20%: {needed}"),
            ja="{rate}、1 件あたり{typical}、1 {copy} " + _EACH[at_once > 1].ja + "の処理から算出し、20% の余裕を加えると、必要数は {needed} 個です",
            copy=_copy(node), rate=rate(most, "message"), typical=seconds(typical), n=count(at_once),
        )  # fmt: skip
    if capped := facts.values.get("most_at_once"):
        _cap(sized, node, int(capped), at_once, needed)
    _taking(sized, facts, node, at_once)
    return needed


#: How many messages a task or pod processes, by whether there are several.
_EACH = {False: Text("one message at a time", "1 件ずつ"), True: Text("{n} messages at a time", "同時 {n} 件")}


def _taking(sized: Sized, facts: Known, node: Node, at_once: int) -> None:
    """Set how many messages a task takes at a time, and the backlog at which there are more tasks."""
    typical, longest = float(facts.values["typical_run_s"]), float(facts.values["longest_run_s"])
    # A task works on its batch for no longer than messages may wait; the others find the rest.
    if "batch_size" not in node.settings:
        sized.settings["batch_size"] = int(max(1, min(10, WAITS_S / 6 // max(longest, 0.001))))
    _backlog(sized, node, typical, at_once)


def _backlog(sized: Sized, node: Node, typical: float, at_once: int) -> None:
    """Scale a worker by its queue: it waits for messages and for what it calls, which its CPU does not show."""
    copies, long = math.floor(at_once * WAITS_S / typical), typical > WAITS_S
    en = (
        "A message takes {typical}, so a {copy} does not complete one message within the target delay of {waits}. The backlog per {copy} is therefore the minimum, one message."
        if long
        else "The number of messages that a {copy} processes within the target delay of {waits}, at {typical} per message."
    )
    ja = (
        "1 件の処理に{typical}かかり、目標とする待ち時間{waits}では 1 件も終わらないため、1 {copy}あたりのバックログは最小値の 1 件とします。"
        if long
        else "目標とする待ち時間{waits}の間に 1 {copy}が処理できるメッセージ数です（1 件あたり{typical}）。"
    )
    if at_once > 1:
        en = "The number of messages that a {copy} processes within the target delay of {waits}: {n} at a time, {typical} each."
        ja = (
            "目標とする待ち時間{waits}の間に 1 {copy}が処理できるメッセージ数です（同時 {n} 件、1 件あたり{typical}）。"
        )
    sized.put(
        "backlog_per_task", max(1, copies), unit="count", en=en + " A larger backlog starts more {copy}s.",
        ja=ja + "バックログがこれを超えると{copy}を増やします。",
        source=_BACKLOG if node.service == "ecs" else _PODS, waits=seconds(WAITS_S), typical=seconds(typical), copy=_copy(node), n=count(at_once),
    )  # fmt: skip


def _copy(node: Node) -> Text:
    return Text("task", "タスク") if node.service == "ecs" else Text("pod", " Pod ")


def _cap(sized: Sized, node: Node, capped: int, at_once: int, needed: int | None) -> None:
    """Limit the number of tasks so that together they keep the maximum concurrency; say so if the peak needs more."""
    en = "At most {capped} messages may be processed at once, and a {copy} processes " + _EACH[at_once > 1].en + "."
    ja = (
        "要件により、同時に処理するメッセージは最大 {capped} 件です。1 {copy}は "
        + _EACH[at_once > 1].ja
        + "処理します。"
    )
    most = capped // at_once
    most_en = most_ja = ""
    if needed is not None and needed > most:
        most_en = (
            " The peak load needs {needed} {copy}s, so messages wait in the queue at peak. Confirm that this waiting time is "
            "acceptable. Otherwise, review the limit in the requirements."
        )
        most_ja = (
            "ピーク負荷には {needed} 個必要なため、ピーク時はメッセージがキューで待ちます。この待ち時間を許容できるかどうかを確認してください。"
            "許容できない場合は、要件の上限を見直してください。"
        )
    for key, usual in (("desired_count", number(node, "desired_count", 2)), ("most_tasks", float(most))):
        if usual > most or key == "most_tasks":
            more = key == "most_tasks"
            sized.put(
                key, most, unit="count", en=en + most_en * more, ja=ja + most_ja * more, source=_SCALING,
                capped=count(capped), n=count(at_once), needed=count(needed or 0), copy=_copy(node),
            )  # fmt: skip
    sized.settings["limits_work"] = True


def _unstated(sized: Sized, node: Node, assumed: Text, needed: int, *, alike: bool = False) -> None:
    """Set a ceiling for costs, and say whether it is too low for the assumed rate; `alike`: every replica does the same work."""
    most = max(UNSTATED_GPUS if node.settings.get("gpu") else UNSTATED_MOST, int(2 * number(node, "desired_count", 2)))
    low = needed > most and not alike and not node.id.endswith(STARTER)
    en = (
        " At the assumed rate of {assumed}, {needed} {copy}s would be needed; with fewer, waiting times grow."
        if low
        else ""
    )
    ja = "仮定したレート（{assumed}）では {needed} 個必要で、それより少ないと待ち時間が延びます。" if low else ""
    sized.put(
        "most_tasks", most, unit="count",
        en="The requirements state no rate. A maximum of {most} {copy}s limits the cost." + en + _advice(alike=alike).en,
        ja="毎秒の処理数が要件に記載されていないため、費用を抑える目的で{copy}の上限を {most} 個とします。" + ja + _advice(alike=alike).ja,
        source=_SCALING, most=count(most), needed=count(needed), assumed=assumed, copy=_copy(node),
    )  # fmt: skip


def _advice(*, alike: bool) -> Text:
    """Return what to do about a ceiling without a stated rate; `alike` says that each replica repeats the same work."""
    if alike:
        return Text(
            " In the sample program, every replica does the same work, so more replicas increase the availability and not the "
            "throughput. Raise the maximum only after the program divides the work.",
            "サンプルのプログラムではすべてのレプリカが同じ処理を行うため、レプリカを増やすと可用性は高まりますが、処理能力は変わりません。"
            "処理を分担するように実装してから、上限を引き上げてください。",
        )
    return Text(" Adjust the maximum to your peak load.", "ピーク時の負荷に合わせて上限を設定してください。")


#: More tasks or pods of one program hardly anybody runs; what needs them rather has a wrong or assumed answer.
_IMPLAUSIBLE = 5000


def _most_copies(updates: NodeUpdates, node: Node) -> float:
    """Return how many tasks or pods a service can have at most."""
    return updates.dated.whole(_QUOTA, "count", 5000) if node.service == "ecs" else math.inf


def _most(sized: Sized, updates: NodeUpdates, node: Node, needed: int, *, en: str, ja: str, **amounts: Text) -> None:
    """Set the maximum number of tasks: as many as are needed, at least twice the minimum, and at most the service quota."""
    least, limited = max(1, 2 * int(number(node, "desired_count", 2))), node.service == "ecs"
    most = int(_most_copies(updates, node)) if limited else max(needed, least)
    sized.put(
        "most_tasks", max(least, min(most, needed)), unit="count",
        en=en + (
            ". The maximum is twice the minimum, which is more."
            if needed < least
            else ". A service can have at most {most}, which is fewer: this load cannot be met. Check the peak rate and the "
            "run time first, above all if they are assumed."
            if needed > most
            else ". So many are hardly possible. Check the peak rate and the run time first, above all if they are assumed."
            if needed > _IMPLAUSIBLE
            else "."
        ),
        ja=ja + (
            "。最小数の 2 倍（{least} 個）のほうが多いため、これを最大数とします。"
            if needed < least
            else "。サービスの上限は {most} 個のため、この負荷は処理できません。まずピーク時の処理数と実行時間（特に仮定の値）を確認してください。"
            if needed > most
            else "。これほどの数の実行は現実的ではありません。まずピーク時の処理数と実行時間（特に仮定の値）を確認してください。"
            if needed > _IMPLAUSIBLE
            else "。"
        ),
        source=_QUOTA if limited else "", needed=count(needed), least=count(least), most=count(most), **amounts,
    )  # fmt: skip
