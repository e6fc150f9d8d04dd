"""Database connections: how many generated programs open, and how many the generated instance accepts."""

from advisor.architecture import Edge, Node
from advisor.budgets.flow import Flow
from advisor.budgets.measurement import Allowed, Load, phrase
from advisor.sizing.database_instances import MAX_CONNECTIONS, MOST_CONNECTIONS
from advisor.sizing.node_updates import number
from advisor.sizing.parallel_messages import at_once_of
from advisor.sizing.request_times import requests_of
from advisor.sizing.sized import count
from advisor.text import Text

_VERBS = ("read", "write", "read-write")
#: The run of a container that answers requests.
_ANSWERING = "service"


def opened(flow: Flow, edge: Edge) -> Load | None:
    """Return the connections of a program at its maximum: one for each run of a function, or each thread of a task."""
    source = flow.source(edge)
    if "concurrency" in source.settings:
        if flow.rates(edge) is None:
            return None
        return Load(_of_functions(source), "count", Text("one per running function", "実行中の関数ごとに 1 本"))
    tasks, each = _tasks(source), per_task(source)
    counted = phrase(
        "{n} task"
        + ("" if tasks == 1 else "s")
        + " × {each} connection"
        + ("" if each == 1 else "s")
        + ", one per thread",
        "タスク {n} 個 × 接続 {each} 本（スレッドごとに 1 本）",
        n=count(tasks),
        each=count(each),
    )
    return Load(tasks * each, "count", counted)


def opened_by_all(flow: Flow, edge: Edge) -> Load | None:
    """Return the connections of all programs of an instance, at the first of them: together they share what it accepts.

    A larger instance class accepts more, up to the most of the engine.
    """
    edges = [one for one in flow.architecture.entering(edge.target) if one.verb in _VERBS]
    loads = {one.source: (one, load) for one in reversed(edges) if (load := opened(flow, one)) is not None}
    first = next((one for one in edges if loads.get(one.source, (None,))[0] is one), None)
    if first is None or first.id != edge.id:
        return None
    found = [load for _, load in loads.values()]
    total = sum(load.value for load in found)
    counted = phrase("all {n} programs at their maximum", "全 {n} プログラムの最大数の合計", n=count(len(found)))
    return Load(total, "count", found[0].counted if len(found) == 1 else counted, total <= MOST_CONNECTIONS)


def accepted(_flow: Flow, _edge: Edge) -> Allowed:
    """Return the connections that the generated instance accepts."""
    return Allowed(float(MAX_CONNECTIONS), "rds-postgresql-connections")


def per_task(node: Node) -> int:
    """Return how many connections a task opens: one per thread of a server, and one per item that it processes at a time."""
    return requests_of(node) if node.settings.get("run") == _ANSWERING else at_once_of(node)


def _of_functions(node: Node) -> float:
    return number(node, "max_concurrency", number(node, "concurrency"))


def _tasks(node: Node) -> float:
    return max(1.0, number(node, "most_tasks", number(node, "desired_count", 1)))
