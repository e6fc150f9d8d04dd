"""A warning about runs that wait for another system, for which the project contains no loop."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.architecture.workflow_polling import polls, waits_for_other_system
from advisor.decision import Source, Warning
from advisor.text import Text
from advisor.verdict.known import Known

_CONDITION = Source(
    "https://docs.aws.amazon.com/durable-execution/sdk-reference/operations/wait-for-condition/", "2026-12-01"
)


def unmade_polling(architecture: Architecture, node: Node, known: Known) -> Iterator[Warning]:
    """Warn if a component waits for another system and its program has to check by itself whether that has finished."""
    alone = node.role == "workflow" and architecture.find(f"{node.subject}.compute") is None
    if not (alone or (node.role == "compute" and node.kind == "service")) or not waits_for_other_system(known.values):
        return
    workflow = node if alone else architecture.find(f"{node.subject}.workflow")
    if workflow is not None and polls(workflow.states):
        return
    durable = node.settings.get("variant") == "lambda-durable"
    yield Warning(
        node.subject,
        node.role,
        "polling-is-left-to-the-program",
        polling_words(node, durable=durable),
        _CONDITION if durable else None,
    )


def polling_words(node: Node, *, durable: bool) -> Text:
    """Return the sentence on a component that checks another system by itself."""
    name = node.note
    how = (
        Text("Add it with wait_for_condition of the SDK.", "SDK の wait_for_condition を使って追加してください。")
        if durable
        else Text(
            "Add it to the program, with a time limit and a pause between checks.",
            "期限と確認の間隔を決めて、プログラムに追加してください。",
        )
    )
    return Text(
        f'"{name.en}" waits until another system has finished. The project contains no loop that checks this: it is generated only for '
        f"Step Functions workflows whose steps run on AWS Lambda, one after another. {how.en}",
        f"「{name.ja}」は別のシステムの処理が完了するまで待ちますが、プロジェクトには完了を繰り返し確認する処理が含まれません。"
        f"生成に対応しているのは、ステップを AWS Lambda で順に実行する Step Functions のワークフローだけです。{how.ja}",
    )
