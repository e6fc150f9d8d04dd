"""Settings of compute services: functions, tasks, pods. Units are in the keys."""

import math
from dataclasses import replace

from advisor.book import DatedBook
from advisor.requirements.programmed_starts import set_by_program
from advisor.requirements.starts import REQUESTS, RUNS, starts
from advisor.sizing.fargate import MOST, task_size
from advisor.sizing.integration_settings import on_spot
from advisor.sizing.jobs import width_of
from advisor.sizing.sized import SPARE, Sized, Values, count, mib, rate, seconds
from advisor.text import ASSUMED, EMPTY, Text
from advisor.vocabulary.schedule_expression import ZONE
from advisor.vocabulary.units import words

LEAST_TIMEOUT_S = 10
LOG_DAYS = 30
_WORK_KEYS = ("os", "gpu", "privileged", "pod_access", "exposure", "language", "shape")
# The longest run and the largest memory of each kind of function.
_FUNCTIONS = {
    "lambda-managed-instances": ("lambda-timeout-max-managed-instances", "lambda-memory-max-managed-instances"),
    "lambda-microvms": ("lambda-microvms-duration", "lambda-memory-max-managed-instances"),
    "lambda-web-functions": ("lambda-web-timeout", "lambda-memory-max-standard"),
}
_STANDARD = ("lambda-timeout-max", "lambda-memory-max-standard")
#: The languages of functions that SnapStart supports: the fact lambda-snapstart-runtimes.
_WITH_SNAPSHOTS = ("python", "java", "csharp")
#: The kinds of functions that the answer on cold starts concerns: those that start an environment for a request.
_RESTORED = ("lambda", "lambda-durable")
#: The minimum of a scalable target may be 0 for services of ECS (read 2026-11-29).
_FROM_ZERO = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTargetAction.html"
_MEMORY_OF_HOSTS = "https://docs.aws.amazon.com/batch/latest/userguide/memory-management.html"
_ONCE = Text("once", "1 回のみ")


def longest_function_s(service: str) -> str:
    """Return the fact that limits the run time of a kind of function."""
    return _FUNCTIONS.get(service, _STANDARD)[0]


def run_kind(values: Values) -> str:
    """Return the container type: service (answers callers), worker (always on or polls), cronjob or job.

    An event of a channel starts no container, and no event starts an instance: the program polls a queue of events.
    Where a pipe starts a task or a job for each message, none polls.
    """
    if starts(values, *REQUESTS):
        return "service"
    compute = values.get("compute")
    if compute == "batch" or (values["piped_tasks"] and compute == "ecs"):
        return "job"
    waits = starts(values, "event") and (compute == "ec2" or values["listens_kind"] == "channel")
    if waits or starts(values, "always-on", "message", "stream"):
        return "worker"
    return "cronjob" if starts(values, "schedule") and compute == "eks" else "job"


def function(service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> Sized:
    """Return the settings of a function."""
    sized = Sized()
    _timeout(sized, service, values, stated, dated)
    _memory(sized, service, values, stated, dated)
    given = _given("disk_mib", stated)
    disk = dated.whole("lambda-ephemeral-storage", "MiB", 10240)
    sized.put(
        "disk_mib", min(disk, max(512, math.ceil(values["disk_mib"]))), unit="MiB",
        en=(
            f"One run needs {{need}} of temporary storage{given.en}. Ephemeral storage (/tmp) of a function can be set from 512 MiB to "
            "{most}."),
        ja=(
            f"1 回の実行に必要な一時ストレージは{{need}}{given.ja}です。関数のエフェメラルストレージ（/tmp）は 512 MiB から{{most}}"
            "まで設定できます。"),
        source="lambda-ephemeral-storage", need=mib(values["disk_mib"]), most=mib(disk),
    )  # fmt: skip
    sized.settings["image"] = values["runs_image"]
    if values["web_adapter"]:
        sized.settings["web_adapter"] = True
    if service in _RESTORED and values["cold_start_ok"] is False:
        restored = values["language"] in _WITH_SNAPSHOTS and not values["runs_image"]
        sized.settings |= {"cold_starts": False, "snapshots": restored and values["isolation"] == "shared"}
    _concurrency(sized, values, stated, dated)
    _logs(sized)
    _work_answers(sized, values)
    return sized


def _timeout(sized: Sized, service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> None:
    given = _given("longest_run_s", stated)
    fact = longest_function_s(service)
    most, longest = dated.whole(fact, "s", 900), float(values["longest_run_s"])
    needed = max(LEAST_TIMEOUT_S, math.ceil(longest * SPARE))
    en = f"The longest run of {{longest}}{given.en}, plus 20%, but at least 10 s. The timeout of a function can be set to at most {{most}}."
    ja = f"最長の実行時間 {{longest}}{given.ja}に 20% の余裕を加えた値です（下限は 10 秒）。関数のタイムアウトは最長{{most}}に設定できます。"
    if longest > most:
        en = f"The maximum timeout of a function. It applies to each step; the longest run of {{longest}}{given.en} consists of several steps."
        ja = f"関数に設定できる最長のタイムアウトです。タイムアウトは 1 ステップごとに適用されます。最長の実行時間 {{longest}}{given.ja}は、複数のステップの合計です。"
    elif needed > most:
        en = f"The maximum timeout of a function: the longest run of {{longest}}{given.en}, plus 20%, would exceed it."
        ja = f"関数に設定できる最長のタイムアウトです。最長の実行時間 {{longest}}{given.ja}に 20% の余裕を加えると、これを超えます。"
    sized.put(
        "timeout_s", min(most, needed), unit="s", en=en, ja=ja, source=fact, longest=seconds(longest), most=seconds(most),
    )  # fmt: skip


def _memory(sized: Sized, service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> None:
    fact = _FUNCTIONS.get(service, _STANDARD)[1]
    low, high = dated.whole("lambda-memory-min", "MiB", 128), dated.whole(fact, "MiB", 10240)
    given = _given("memory_mib", stated)
    need, mib_per_vcpu = math.ceil(float(values["memory_mib"])), dated.whole("lambda-vcpu-at-1769mb", "MiB", 1769)
    computing = math.ceil(values["vcpu"] * mib_per_vcpu) if "vcpu" in stated else 0
    if computing > need:
        sized.put(
            "memory_mib", min(high, max(low, computing)), unit="MiB",
            en=(
            "Lambda allocates CPU in proportion to memory. {vcpu} requires {computing} ({each} per "
            "vCPU). The maximum is {high}."),
            ja=(
            "Lambda の CPU はメモリに比例して割り当てられます。{vcpu}には{computing}のメモリが必要で"
            "す（1 vCPU あたり{each}、最大{high}）。"),
            source="lambda-vcpu-at-1769mb", vcpu=words(values["vcpu"], "vcpu"), computing=mib(computing),
            each=mib(mib_per_vcpu), high=mib(high),
        )  # fmt: skip
        return
    sized.put(
        "memory_mib", min(high, max(low, need)), unit="MiB",
        en=f"One run needs {{need}} of memory{given.en}. The memory of a function can be set from {{low}} to {{high}}.",
        ja=f"1 回の実行に必要なメモリは{{need}}{given.ja}です。関数のメモリは{{low}}から{{high}}まで設定できます。",
        source=fact, need=mib(values["memory_mib"]), low=mib(low), high=mib(high),
    )  # fmt: skip


def _given(field: str, stated: frozenset[str]) -> Text:
    return EMPTY if field in stated else ASSUMED


def _concurrency(sized: Sized, values: Values, stated: frozenset[str], dated: DatedBook) -> None:
    peak, typical = values["rate_peak_rps"], values["typical_run_s"]
    if (
        starts(values, "schedule")
        and set(values["trigger"]) <= {*RUNS}
        and not {"rate_average_rps", "rate_peak_rps"} & stated
    ):
        quota = count(dated.whole("lambda-concurrency-default", "count", 1000))
        _scheduled_concurrency(sized, values, stated, {"peak": rate(peak), "typical": seconds(typical), "quota": quota})
        return
    peak_concurrency(sized, peak, typical, dated)


def peak_concurrency(sized: Sized, peak: float, typical: float, dated: DatedBook) -> int:
    """Set the concurrency of so many items a second that take so many seconds each, and return it."""
    needed = max(1, math.ceil(peak * typical))
    sized.put(
        "concurrency", needed, unit="count",
        en=(
            "Peak rate ({peak}) times run time ({typical}). The default quota is {quota} concurrent executions for all "
            "functions of an account in a Region."),
        ja=(
            "ピーク時の{peak}に、1 件あたりの実行時間{typical}を掛けた同時実行数です。デフォルトのクォータは、"
            "アカウント・リージョンあたり全関数の合計で{quota} 件です。"),
        source="lambda-concurrency-default", peak=rate(peak), typical=seconds(typical),
        quota=count(dated.whole("lambda-concurrency-default", "count", 1000)),
    )  # fmt: skip
    return needed


def _scheduled_concurrency(sized: Sized, values: Values, stated: frozenset[str], amounts: dict[str, Text]) -> None:
    """A schedule starts one run each time, on as many items at once as its map takes; long runs meet the next ones."""
    starts, items = values["rate_average_rps"], int(values["parallel_items"])
    at_once = min(items, width_of(values, stated)) if items else 1
    en, ja = ", processing {items} items at once", "、{items} 項目を並列に処理"
    sized.put(
        "concurrency", math.ceil(max(1.0, starts * values["typical_run_s"])) * at_once, unit="count",
        en="Each start by the schedule begins one run ({starts}, {typical} each)" + (en if items else "")
        + "; the default quota of an account is {quota} concurrent executions.",
        ja="スケジュールのたびに 1 件の実行を開始します（{starts}、1 件あたり{typical}" + (ja if items else "")
        + "）。アカウントのデフォルトのクォータは{quota} 件です。",
        source="lambda-concurrency-default", starts=rate(starts) if starts else _ONCE, items=count(at_once), **amounts,
    )  # fmt: skip


def _logs(sized: Sized) -> None:
    sized.put(
        "log_retention_days", LOG_DAYS, unit="count",
        en=(
            "Logs are retained for {days} days by default. The parameter LogRetentionDays of the project changes this."),
        ja=(
            "ログはデフォルトで {days} 日間保持します。プロジェクトのパラメータ LogRetentionDays で変更できます。"),
        source="https://docs.aws.amazon.com/goto/WebAPI/logs/PutRetentionPolicy", days=count(LOG_DAYS),
    )  # fmt: skip


def container(values: Values, stated: frozenset[str], dated: DatedBook) -> Sized:
    """Return the settings of a task, a pod or a job."""
    sized = Sized()
    engine = str(values.get("engine") or values.get("compute"))
    _size(sized, engine, values, dated)
    if values.get("compute") == "batch" and engine != "fargate" and "memory_mib" in stated:
        _memory_on_hosts(sized, values)
    sized.settings |= {
        "vcpu": values["vcpu"],
        "memory_mib": math.ceil(values["memory_mib"]),
        # The storage of a task holds its unpacked image as well.
        "disk_mib": math.ceil(values["disk_mib"] + (values.get("package_bytes") or 0.0) / 2**20),
    }
    if values.get("compute") == "eks":
        _requests(sized, values)
    elif values.get("compute") == "batch":
        # Jobs on hosts of one's own take whole processors.
        # https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html (read 2026-11-27)
        units = int(str(sized.settings["cpu_units"])) / 1024
        sized.settings["vcpu"] = units if engine == "fargate" else max(1, math.ceil(units))
        sized.grounds["vcpu"] = replace(sized.grounds["cpu_units"], unit="vcpu")
        if on_spot(values):
            sized.settings["spot"] = True
    kind = run_kind(values)
    _tasks(sized, kind, values)
    sized.put(
        "timeout_s", math.ceil(values["longest_run_s"] * SPARE), unit="s",
        en="The longest run of {longest}, plus 20%. A container itself has no maximum run time.",
        ja=(
            "最長の実行時間 {longest}に 20% の余裕を加えた値です。コンテナ自体に実行時間の上限はあり"
            "ません。"),
        source="fargate-no-timeout", longest=seconds(values["longest_run_s"]),
    )  # fmt: skip
    sized.settings |= {"run": kind, "engine": engine}
    if kind == "cronjob" and set_by_program(values, stated):
        sized.settings["set_by_program"] = True
    _logs(sized)
    _work_answers(sized, values)
    return sized


def _size(sized: Sized, engine: str, values: Values, dated: DatedBook) -> None:
    units, memory = task_size(values["vcpu"], values["memory_mib"], dated, engine, str(values["os"]))
    amounts = {"vcpu": words(values["vcpu"], "vcpu"), "memory": mib(values["memory_mib"])}
    en = "The smallest combination of CPU and memory with at least {vcpu} and {memory}"
    ja = "{vcpu}と{memory}を満たす最小の CPU・メモリの組み合わせです"
    fits = units >= values["vcpu"] * 1024 and memory >= values["memory_mib"]
    if not fits:
        en, ja = (
            "The largest available combination; {vcpu} and {memory} do not fit",
            "最大の組み合わせです。{vcpu}と{memory}は収まりません",
        )
    most = (
        "; the largest on Fargate has {most_vcpu} and {most_memory}.",
        "（Fargate は最大{most_vcpu}・{most_memory}）。",
    )
    facts = MOST.get(engine, MOST["fargate"])
    amounts |= {
        "most_vcpu": words(dated.whole(facts[0], "vcpu", 16), "vcpu"),
        "most_memory": mib(dated.whole(facts[1], "MiB", 122880)),
    }
    en, ja = (en + most[0], ja + most[1]) if engine in MOST else (en + ".", ja + "。")
    sized.put("cpu_units", units, unit="count", en=en, ja=ja, source="fargate-sizes", **amounts)
    sized.put("task_memory_mib", memory, unit="MiB", en=en, ja=ja, source="fargate-sizes", **amounts)


def _memory_on_hosts(sized: Sized, values: Values) -> None:
    """Set the memory of a job as stated: rounded up to a size of Fargate, it may not fit on a host beside the agent of ECS."""
    sized.put(
        "task_memory_mib", math.ceil(values["memory_mib"]), unit="MiB",
        en="Each job gets the required {memory}. Its host has more, because the operating system and the ECS agent need memory too.",
        ja="ジョブごとに、要件どおり{memory}を割り当てます。OS と ECS エージェントもメモリを使うため、ホストのメモリはこれより多くなります。",
        source=_MEMORY_OF_HOSTS, memory=mib(values["memory_mib"]),
    )  # fmt: skip


def _requests(sized: Sized, values: Values) -> None:
    """Set the resource requests of a pod: Kubernetes accepts any amount, not only fixed combinations of CPU and memory."""
    en = "Each pod requests the {vcpu} and {memory} that one run needs."
    ja = "Pod ごとに、1 回の実行に必要な{vcpu}と{memory}を要求します。"
    amounts = {"vcpu": words(values["vcpu"], "vcpu"), "memory": mib(values["memory_mib"])}
    sized.put("vcpu", values["vcpu"], unit="vcpu", en=en, ja=ja, source="", **amounts)
    sized.put("memory_mib", math.ceil(values["memory_mib"]), unit="MiB", en=en, ja=ja, source="", **amounts)


def _tasks(sized: Sized, kind: str, values: Values) -> None:
    if kind == "job" and values.get("compute") == "ec2":
        sized.put(
            "desired_count", 1, unit="count",
            en="One host keeps running, because a scheduled command needs a host.",
            ja="スケジュールされたコマンドを実行するホストが必要なため、1 台を常に稼働させます。",
        )  # fmt: skip
        return
    if kind not in ("service", "worker"):
        sized.put(
            "desired_count",
            0,
            unit="count",
            en="No host runs until work starts.",
            ja="処理が始まるまでホストは稼働しません。",
        )
        return
    if kind == "worker" and values["scales_to_zero"] and values.get("compute") == "ecs":
        sized.put(
            "desired_count", 0, unit="count",
            en="There must be no charges while idle, so no task runs while the queue is empty. After a release, the next message "
            "starts the first task of the new version.",
            ja="アイドル時に料金がかからないことが必須のため、キューが空の間はタスクを実行しません。リリース後は、次のメッセージで新しいバージョンの最初のタスクが起動します。",
            source=_FROM_ZERO,
        )  # fmt: skip
        return
    sized.put(
        "desired_count", 2, unit="count", en="With two tasks in different Availability Zones, processing continues if one zone fails.",
        ja="1 つのアベイラビリティーゾーンに障害が発生しても処理を継続できるように、異なるゾーンに 1 つずつ、計 2 つとします。",
        source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/strategy-examples.html",
    )  # fmt: skip


def _work_answers(sized: Sized, values: Values) -> None:
    sized.copy_answers(values, *_WORK_KEYS)
    trigger = values["trigger"]
    sized.settings["trigger"] = trigger[0] if len(trigger) == 1 else trigger
    if starts(values, "schedule"):
        sized.settings["schedule"] = values["schedule_expression"]
        if values.get(ZONE):
            sized.settings[ZONE] = values[ZONE]
