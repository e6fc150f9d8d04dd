"""The views of the flow and of the decision: the order of execution, and the reason for each service."""

from collections.abc import Iterator

from advisor.architecture import Edge, LegendRow, Node
from advisor.decision import Choice, Rejected
from advisor.explanation.wording import service_name
from advisor.text import Text
from advisor_bundle.views.subject import Subject, short, titled
from renderers.view import LineText, View

OVERVIEW, DECISION = Text("Main flow", "全体像"), Text("Reasons per service", "選定理由")
#: Roles of parts without which the flow of requests and data is the same.
_SUPPORT = ("registry", "observability", "identity", "secrets", "network", "dead-letters", "protection")
_FLOW = ("sync", "async", "data")
_RUNNER_UP, _RULED_OUT = Text("Runner-up", "次点"), Text("Excluded", "除外")
_ALONE = Text("only candidate", "候補は 1 つのみ")
_PINNED = Text("Fixed by the requirements", "要件で指定")


def overview(subject: Subject) -> View:
    """Return the overview: parts and the main flow, without supporting services."""
    architecture = subject.decided
    shown = {node.id for node in architecture.nodes if node.role not in _SUPPORT}
    edges = [e for e in architecture.edges if e.flow in _FLOW and {e.source, e.target} <= shown]
    lines = {edge.id: LineText(edge.label, edge.sentence) for edge in edges}
    return View(OVERVIEW, architecture, frozenset(shown), lines)


def decision(subject: Subject) -> View:
    """Return the view of the decision: each service with its deciding reason and the runner-up."""
    notes: dict[str, tuple[Text, ...]] = {}
    rows = []
    for node in subject.decided.nodes:
        choices = [*_choices(subject, node)]
        if choices:
            notes[node.id] = tuple(_note(subject, choice, len(choices)) for choice in choices)
            rows += [LegendRow(node.icon, _reason(subject, node, choice), (node.id,)) for choice in choices]
    edges = [edge for edge in subject.decided.edges if _is_between(edge, notes)]
    outside = {node.id for node in subject.decided.nodes if node.kind == "outside"}
    return View(
        DECISION,
        subject.decided,
        frozenset(notes) | outside,
        {edge.id: LineText() for edge in edges},
        notes,
        tuple(rows),
    )


def _is_between(edge: Edge, chosen: dict[str, tuple[Text, ...]]) -> bool:
    return edge.flow in (*_FLOW, "identity") and bool({edge.source, edge.target} & set(chosen))


def _choices(subject: Subject, node: Node) -> Iterator[Choice]:
    """Yield the decisions for a part; for a container, also that for its host."""
    roles = (node.role, "engine") if node.role == "compute" else (node.role,)
    for decided in subject.design.decision.subjects:
        if decided.id == node.subject and node.kind == "service":
            yield from (choice for choice in decided.choices if choice.role in roles and choice.service)


def _runner_up(choice: Choice) -> Rejected | None:
    """Return the candidate that comes next: one that was level, else one that nothing else surpasses, else the first that fits."""
    possible = [rejected for rejected in choice.rejected if rejected.possible]
    order = (*choice.tied, *choice.best)
    return min(
        possible,
        key=lambda each: order.index(each.service) if each.service in order else len(order),
        default=None,
    )


def _note(subject: Subject, choice: Choice, of: int) -> Text:
    """Return the runner-up, with the chosen service if a part has several decisions."""
    chosen, second = _service(subject, str(choice.service)), _second(subject, choice)
    return Text(f"{chosen.en} – {second.en}", f"{chosen.ja} – {second.ja}") if of > 1 else second


def _second(subject: Subject, choice: Choice) -> Text:
    runner_up = _runner_up(choice)
    if runner_up is not None:
        return titled(_RUNNER_UP, _service(subject, runner_up.service))
    if choice.rejected:
        return titled(_RULED_OUT, _service(subject, choice.rejected[0].service))
    return _ALONE


def _reason(subject: Subject, node: Node, choice: Choice) -> Text:
    """Return the reason for a service, and the runner-up with the reason against it."""
    name = _service(subject, str(choice.service))
    of = short(node)
    head = Text(f"{name.en} ({of.en})", f"{name.ja}（{of.ja}）") if of.en not in name.en else name
    said = [_PINNED] if choice.pinned else []
    said += [reason.sentence for reason in choice.because[:1]]
    against = _runner_up(choice) or next(iter(choice.rejected), None)
    if against is not None:
        kind = _RUNNER_UP if against.possible else _RULED_OUT
        why = Text(*(_joined([r.sentence for r in against.because[:1]], lang) for lang in ("en", "ja")))
        other = _service(subject, against.service)
        said.append(Text(f"{kind.en}: {other.en}. {why.en}", f"{kind.ja}: {other.ja}。{why.ja}"))
    return Text(f"{head.en}: {_joined(said, 'en')}", f"{head.ja}: {_joined(said, 'ja')}")


def _joined(texts: list[Text], lang: str) -> str:
    if lang == "ja":
        return "".join(text.ja.rstrip("。") + "。" for text in texts)
    return " ".join(text.en.rstrip(".") + "." for text in texts)


def _service(subject: Subject, id: str) -> Text:
    return service_name(subject.design.book, id)
