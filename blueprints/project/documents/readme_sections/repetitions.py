"""What can start the same work twice in a project, and from what the IDs of its results are derived, as the README says it.

Standard queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html.
CronJobs: https://docs.okd.io/3.11/dev_guide/cron_jobs.html (both read 2026-12-01).
"""

from collections.abc import Iterator, Sequence

from advisor.architecture import Architecture
from advisor.text import Lang, Text
from advisor.vocabulary.formats import listed
from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import LOOP
from blueprints.traits import traits_of
from blueprints.traits.state_machine import SERVICES

#: The noun of a service (`Traits.noun`) -> several of them, where each delivers a message or event at least once.
_DELIVERING = {
    "Queue": Text("standard queues", "標準キュー"),
    "Topic": Text("topics", "トピック"),
    "EventBus": Text("event buses", "イベントバス"),
    "Stream": Text("streams", "ストリーム"),
    "Schedule": Text("schedules", "スケジュール"),
}
_FIFO = Text(
    "A FIFO queue delivers a message again if its consumer stops before deleting it.",
    "FIFO キューは、コンシューマーがメッセージを削除する前に停止すると、同じメッセージを再び配信します。",
)
_STEPS = Text(
    "Step Functions retries failed steps.",
    "Step Functions は、失敗したステップを再試行します。",
)
_CRON = Text(
    "Kubernetes can occasionally start a CronJob twice, and starts a failed pod again.",
    "Kubernetes は、まれに CronJob を 2 回起動することがあり、失敗した Pod を再び起動します。",
)


def duplicates(plan: Plan, lang: Lang) -> list[str]:
    """Return a sentence for each kind of repetition that the services of a project cause; empty if there is none."""
    return [sentence.in_(lang) for sentence in _sentences(plan)]


def duplicate_ids(plan: Plan, codes: Sequence[Code], lang: Lang) -> str:
    """Return from what the programs derive the IDs of their results."""
    graph = plan.architecture
    messages = any(_delivers(graph, noun) for noun in _DELIVERING if noun != "Schedule") or _has_fifo(graph)
    runs = any(code.entry_point.shell == LOOP or code.entry_point.timed for code in codes)
    runs = runs or any(node.service in SERVICES for node in graph.nodes)
    received = Text("the message or event", "受信したメッセージやイベント")
    run = Text("the scheduled time or input of the run", "実行の予定時刻または入力")
    both = Text(f"{received.en}, or from {run.en}", f"{received.ja}、または実行の予定時刻や入力")
    default = Text("the request or message that it receives", "受け取ったリクエストやメッセージ")
    return (both if messages and runs else received if messages else run if runs else default).in_(lang)


def _sentences(plan: Plan) -> Iterator[Text]:
    graph = plan.architecture
    nouns = [words for noun, words in _DELIVERING.items() if _delivers(graph, noun)]
    if nouns:
        named = listed(nouns)
        yield Text(
            f"{named.en[0].upper()}{named.en[1:]} deliver at least once, so duplicates are possible.",
            f"{named.ja}の配信は少なくとも 1 回（at-least-once）で、重複することがあります。",
        )
    if _has_fifo(graph):
        yield _FIFO
    if any(node.service in SERVICES for node in graph.nodes):
        yield _STEPS
    if any(traits_of(one.node.service).pods and one.run == "cronjob" for one in plan.programs):
        yield _CRON


def _delivers(graph: Architecture, noun: str) -> bool:
    traits = (traits_of(node.service) for node in graph.nodes if node.kind == "service")
    return any(one.noun == noun and not (one.fifo and one.queue) for one in traits)


def _has_fifo(graph: Architecture) -> bool:
    traits = (traits_of(node.service) for node in graph.nodes if node.kind == "service")
    return any(one.fifo and one.queue for one in traits)
