"""A warning about flows that are stated to need no code and that a program runs nevertheless."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.requirements.answers import AnsweredSubject
from advisor.requirements.orchestration import more_than_a_step, own_work
from advisor.requirements.starts import ON_DEMAND, start_of
from advisor.text import EMPTY, Text, spaced
from advisor.verdict import Verdict
from advisor.verdict.fact_words import describe
from advisor.vocabulary.formats import clauses, listed

_STARTED_OTHERWISE = ("always-on", "callback")


def programmed_flows(architecture: Architecture, verdict: Verdict, node: Node) -> Iterator[Warning]:
    """Warn if a component is stated to need no code, calls others, and gets a program because of other answers."""
    subject = verdict.answers.subjects.get(node.subject)
    if node.role != "compute" or node.kind != "service" or subject is None or subject.answers.get("logic") != "none":
        return
    called = [verdict.answers.subjects[id] for id in subject.answers.get("calls", ())]
    names = {one.subject: one.note for one in architecture.nodes if one.role == "compute"}
    answers = [
        *_answered(verdict, subject, names, (*own_work(subject), *_started(verdict, subject))),
        *(words for other in called for words in _of_step(verdict, other, names)),
    ]
    if called and answers and not subject.answers.get("static_site"):
        unawaited = [names[one.id] for one in called if architecture.find(f"{one.id}.workflow") and one.id in names]
        started = listed([Text(f'"{one.en}"', f"「{one.ja}」") for one in unawaited])
        mapped = any("parallel_items" in more_than_a_step(other) for other in called)
        sentence = programmed_words(node, clauses(answers), started, mapped=mapped)
        yield Warning(node.subject, node.role, "a-flow-without-code-has-a-program", sentence)


def _started(verdict: Verdict, subject: AnsweredSubject) -> tuple[str, ...]:
    triggers = start_of(verdict.answers, subject).trigger
    return ("trigger",) if any(one in triggers for one in _STARTED_OTHERWISE) else ()


def _of_step(verdict: Verdict, subject: AnsweredSubject, names: Mapping[str, Text]) -> Iterator[Text]:
    otherwise = ("trigger",) if start_of(verdict.answers, subject).trigger != ON_DEMAND else ()
    return _answered(verdict, subject, names, (*more_than_a_step(subject), *otherwise))


def _answered(
    verdict: Verdict, subject: AnsweredSubject, names: Mapping[str, Text], fields: tuple[str, ...]
) -> Iterator[Text]:
    name = names.get(subject.id, Text.same(subject.id))
    values = verdict.subjects[subject.id].known.values
    for field in dict.fromkeys(fields):
        title, value = describe("component", field, subject.answers.get(field, values.get(field)))
        yield Text(f"{name.en}, {title.en}: {value.en}", f"「{name.ja}」の{title.ja}: {value.ja}")


def programmed_words(node: Node, answers: Text, started: Text, *, mapped: bool) -> Text:
    """Return the sentence on a flow with a program: why, the workflows that it only starts, and whether one has parallel items."""
    onward, items = EMPTY, EMPTY
    if started.en:
        onward = Text(
            f" It starts the workflow of {started.en} and does not wait for its end, so later work can run before it.",
            f"{started.ja}についてはワークフローを開始するだけで完了を待たないため、後続の処理が先に実行されることがあります。",
        )
    if mapped:
        items = Text(
            " If each item goes through all components, state the parallel items for the flow instead.",
            "全コンポーネントを項目ごとに実行する場合は、並列に処理する項目数をフローで回答してください。",
        )
    return spaced(
        Text(
            f'"{node.note.en}" is stated to need no custom code, but a program on {node.title.en} calls its components. A workflow does '
            "this only if the flow has no work of its own and its components are single steps that nothing else starts. Answers that "
            f"prevent it: {answers.en}.{onward.en} To do without the program, change these answers.{items.en}",
            f"「{node.note.ja}」はカスタムコードが不要とされていますが、{node.title.ja} のプログラムが各コンポーネントを呼び出します。ワークフローで実行できるのは、"
            "フローに独自の処理がなく、各コンポーネントが 1 ステップで、ほかから起動されない場合だけです。"
            f"原因の回答は次のとおりです（{answers.ja}）。{onward.ja}"
            f"プログラムをなくすには、これらの回答を変更してください。{items.ja}",
        )
    )
