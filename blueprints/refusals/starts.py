"""Components that start or resume in ways which no project serves: refused rather than dropping one."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.architecture.workflow_states import STEPS_BEFORE, awaits_callback
from advisor.graph_builder.starters import ways_to_start
from advisor.requirements.starts import starts
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.project.programs.entry_points import started_in_several_ways
from blueprints.refusals.callbacks import unawaited

_DURABLE = "lambda-durable"


def unserved(plan: Plan) -> Iterator[Unsupported]:
    """Yield the components of which some way to start has neither a program nor a workflow of its own."""
    nodes = {node.id: node for node in plan.architecture.nodes}
    for id, subject in plan.design.verdict.subjects.items():
        compute = nodes.get(f"{id}.compute")
        if subject.subject.kind != "component" or compute is None:
            continue
        flow = f"{id}.workflow" in nodes or compute.settings.get("variant") == _DURABLE
        ways = len(ways_to_start(subject.known.values))
        values = subject.known.values
        if flow and starts(values, "callback"):
            yield Unsupported(compute.id, _resumes_itself(compute))
        elif flow and awaits_callback(values) and (why := unawaited(plan, id, compute)) is not None:
            yield Unsupported(compute.id, why)
        elif compute.settings.get("variant") == _DURABLE and values["parallel_items"] and values["combined_result"]:
            yield Unsupported(compute.id, _combines_nothing(compute))
        elif compute.settings.get(STEPS_BEFORE) and starts(values, "schedule") and subject.subject.answers.get("reads"):
            yield Unsupported(compute.id, _summarises(compute))
        elif starts(values, "message", "stream") and values["listens_kind"] != "channel":
            yield Unsupported(compute.id, _hears_nothing(compute))
        elif _unserved(compute, ways, nodes, flow=flow):
            yield Unsupported(compute.id, started_in_several_ways(compute))


def _unserved(compute: Node, ways: int, nodes: dict[str, Node], *, flow: bool) -> bool:
    if ways == 1:
        return False
    programs = sum(id.startswith(f"{compute.id}-") and node.role == compute.role for id, node in nodes.items())
    return compute.settings.get("variant") == _DURABLE if flow else programs + 1 < ways


def _summarises(compute: Node) -> Text:
    """Return why no step of a durable function runs before the approval, where a schedule has it sum up its stores."""
    name = compute.note
    return Text(
        f'A schedule starts the durable function "{name.en}", which reads its data stores in a single step, so no step can run '
        'before the approval. State "steps_before_approval: 0", or specify another service for "compute".',
        f"スケジュールで起動する durable 関数「{name.ja}」はデータストアを 1 ステップで読み取るため、承認の前に実行できるステップがありません。"
        "「steps_before_approval: 0」とするか、選定項目「compute」に別のサービスを指定してください。",
    )


def _hears_nothing(compute: Node) -> Text:
    name = compute.note
    return Text(
        f'Messages start "{name.en}", and it listens to no channel. Link the channel, or state another trigger.',
        f"「{name.ja}」の起点はメッセージですが、受信元のチャネルがありません。チャネルをリンクするか、別の起点を回答してください。",
    )


def _combines_nothing(compute: Node) -> Text:
    name = compute.note
    return Text(
        f'"{name.en}" is a durable function, for which the project generator makes no combined result of its parallel items. '
        "Choose Step Functions for its workflow, or omit the combined result and add it to the code.",
        f"「{name.ja}」は durable 関数です。並列に処理した項目の結果の集約は、durable 関数では生成できません。"
        "ワークフローに Step Functions を選択するか、集約の回答を外してコードに追加してください。",
    )


def _resumes_itself(compute: Node) -> Text:
    name = compute.note
    return Text(
        f'"{name.en}" has a workflow, and a callback would start it anew: add a component for the callback, which calls this '
        "one, and let this one wait for the callback.",
        f"「{name.ja}」にはワークフローがあり、コールバックを受けると新しく開始してしまいます。"
        "コールバック用のコンポーネントを追加してそこからこのコンポーネントを呼び出し、こちらはコールバックを待つ設定にしてください。",
    )
