"""The vCPUs of Fargate tasks that stay up, against the On-Demand quota that all tasks of an account share in a Region."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Node
from advisor.book import DatedBook
from advisor.budgets.flow import Flow
from advisor.budgets.measurement import Load, phrase
from advisor.budgets.words import largest_words
from advisor.decision import Warning
from advisor.sizing.node_updates import number
from advisor.sizing.sized import count
from advisor.text import Text, spaced
from advisor.vocabulary.units import words

#: How work reaches a program that stays up. Each service is counted at the first of its connections.
VERBS = ("invoke", "consume")
_QUOTA = "fargate-vcpu-quota"
_STAYING = ("service", "worker")
_MOST_NAMED = 3


def at_most(flow: Flow, edge: Edge) -> Load | None:
    """Return the vCPUs of a service at its maximum number of tasks."""
    node = flow.target(edge)
    first = next(one for one in flow.architecture.entering(node.id) if one.verb in VERBS)
    if not _stays_on_fargate(node) or first.id != edge.id:
        return None
    tasks = _most(node)
    each = "{n} task" if tasks == 1 else "at most {n} tasks"
    counted = phrase(each + " × {each}", "タスク最大 {n} 個 × {each}", n=count(tasks), each=words(_vcpu(node), "vcpu"))
    return Load(tasks * _vcpu(node), "vcpu", counted)


def exceeded_by_tasks(architecture: Architecture, dated: DatedBook) -> Iterator[Warning]:
    """Warn at the service that takes the most, if the tasks that always run need more than the quota, or all of them at most.

    A budget tells of a service that exceeds the quota alone at its maximum.
    """
    quota = dated.most(_QUOTA, "vcpu")
    nodes = [node for node in architecture.nodes if _stays_on_fargate(node)]
    least, most = (sum(tasks(node) * _vcpu(node) for node in nodes) for tasks in (_least, _most))
    alone = max((_most(node) * _vcpu(node) for node in nodes), default=0.0)
    if least > quota or (most > quota and alone <= quota):
        nodes.sort(key=lambda node: (-_most(node) * _vcpu(node), node.id))
        source = dated.book.facts[_QUOTA].source
        first = nodes[0]
        yield Warning(
            first.subject, first.role, "tasks-share-the-account-quota", _together(nodes, least, most, quota), source
        )


def _stays_on_fargate(node: Node) -> bool:
    is_fargate = node.service == "ecs" and node.settings.get("engine") == "fargate"
    return is_fargate and node.settings.get("run") in _STAYING


def _vcpu(node: Node) -> float:
    return number(node, "cpu_units") / 1024 * node.count


def _least(node: Node) -> float:
    return number(node, "desired_count", 1)


def _most(node: Node) -> float:
    return max(_least(node), number(node, "most_tasks", 1))


def _together(nodes: list[Node], least: float, most: float, quota: float) -> Text:
    """Return the sentence on tasks that need more vCPUs than an account has."""
    taking = [(node, words(_most(node) * _vcpu(node), "vcpu")) for node in nodes]
    parts = [Text(f'"{node.note.en}" {at_most.en}', f"「{node.note.ja}」{at_most.ja}") for node, at_most in taking]
    named = largest_words(parts, _MOST_NAMED)
    allowed, low, high = words(quota, "vcpu"), words(least, "vcpu"), words(most, "vcpu")
    then = Text(
        "With more, no further tasks start, so that the load waits.",
        "これを超えるとタスクは増えず、処理が滞ります。",
    )
    if least > quota:
        then = Text(
            "The first deployment cannot start all tasks, and does not complete.",
            "最初のデプロイは、すべてのタスクを起動できないため、完了しません。",
        )
    needed = (
        Text(
            f"{low.en} at the minimum and {high.en} at the maximum number of tasks",
            f"、最小のタスク数で{low.ja}、最大のタスク数で{high.ja}",
        )
        if least < most
        else low
    )
    if least < most:
        named = Text(f"at the maximum: {named.en}", f"最大時の内訳: {named.ja}")
    sentence = Text(
        f"The Fargate services need {needed.en} ({named.en}). The default Fargate On-Demand quota of a new account is {allowed.en} per "
        f"Region. {then.en} A deployment starts the new tasks beside the old ones. Request an increase before you go live.",
        f"Fargate のサービスは{needed.ja}を使います（{named.ja}）。新しいアカウントのデフォルトのクォータは、"
        f"すべてのオンデマンドタスクの合計で、リージョンあたり{allowed.ja}です。{then.ja}デプロイ中は新旧のタスクが並行して動きます。"
        "本番稼働前に引き上げを申請してください。",
    )
    return spaced(sentence)
