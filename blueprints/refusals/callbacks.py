"""Workflows that wait for a callback which the generated project cannot await, or cannot answer."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.plan import Plan
from blueprints.traits import traits_of
from blueprints.traits.callbacks import RESUME


def unawaited(plan: Plan, component: str, compute: Node) -> Text | None:
    """Return why a component cannot wait for its callback, or None if another component receives the answers."""
    workflow = plan.architecture.find(f"{component}.workflow")
    if workflow is None or not _waits(workflow, compute):
        return _awaits_nothing(compute)
    endpoints = plan.architecture.entering(workflow.id, RESUME)
    if not endpoints or not all(_answers(plan, edge) for edge in endpoints):
        return _answered_by_nobody(compute)
    return None


def _waits(workflow: Node, compute: Node) -> bool:
    """Return whether the workflow can hand a task token to its work: a function that is invoked once, and for no item."""
    mapped = any(state.kind == "map" for state in workflow.states)
    return (
        workflow.service == "step-functions-standard" and traits_of(compute.service).state == "function" and not mapped
    )


def _answers(plan: Plan, edge: Edge) -> bool:
    """Return whether a program answers one workflow alone, and only what the outside system has signed."""
    graph, program = plan.architecture, plan.architecture.node(edge.source)
    alone = len(graph.leaving(program.id, RESUME)) == 1 and not graph.entering(program.id, "call")
    signed = bool(graph.leaving(program.id, "verify"))
    return alone and signed and not settings.flag(program, "web_adapter")


def _awaits_nothing(compute: Node) -> Text:
    name = compute.note
    return Text(
        f'"{name.en}" waits for a callback. Generated projects support this only for Step Functions (Standard) workflows whose steps run '
        "on AWS Lambda, one after another. Choose such a workflow, or remove this wait.",
        f"「{name.ja}」はコールバックを待ちますが、生成に対応しているのは、ステップを AWS Lambda で順に実行する Step Functions"
        "（標準ワークフロー）だけです。この構成にするか、待機の回答を外してください。",
    )


def _answered_by_nobody(compute: Node) -> Text:
    name = compute.note
    return Text(
        f'"{name.en}" waits for a callback, but no component receives it. Add a component with the trigger "A callback" that calls only "{name.en}" '
        "among the waiting components, that no component calls, and that runs as code on AWS Lambda. The sender must sign its requests "
        "(authentication: signature).",
        f"「{name.ja}」はコールバックを待ちますが、それを受信するコンポーネントがありません。起点を「コールバック」とするコンポーネントを追加し、"
        f"そこから「{name.ja}」だけを呼び出してください。AWS Lambda でコードとして実行し、送信元の署名を検証する設定（authentication: signature）にし、"
        "ほかのコンポーネントからは呼び出さないでください。",
    )
