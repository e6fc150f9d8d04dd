"""The request flow of the README: a sentence for each step."""

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Lang, Text, spaced
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.traits import eventbridge_pipes, traits_of

#: What a pipe reads, by the noun of its source: the rule book calls all of it events.
_READ = {"Queue": Text("message", "メッセージ"), "Stream": Text("record", "レコード"), "Table": Text("change", "変更")}


def request_flow(architecture: Architecture, lang: Lang) -> list[str]:
    """Return the sentences of the numbered connections in their order.

    A state machine is named by its component, since a project can have several.
    """
    steps = sorted((edge.step, edge.id, edge) for edge in architecture.edges if edge.step is not None)
    return [_sentence(architecture, edge).in_(lang) for _, _, edge in steps]


def _sentence(architecture: Architecture, edge: Edge) -> Text:
    source, target = architecture.node(edge.source), architecture.node(edge.target)
    en, ja = edge.sentence.en, edge.sentence.ja
    if target.role == "workflow":
        title, called = target.title, subject_title(architecture, target.subject)
        en = en.replace("the state machine", f'the "{called.en}" state machine')
        named = f"「{called.ja}」のステートマシン"
        ja = ja.replace(f" {title.ja}のステートマシン", named).replace(f"{title.ja}のステートマシン", named)
    if source.service == eventbridge_pipes.TRAITS.service and (read := _read(architecture, source)):
        en = en.replace("each event that it reads", f"each {read.en} that it reads")
        ja = ja.replace("読み取ったイベントごとに", f"読み取った{read.ja}ごとに")
    return spaced(Text(en, ja))


def _read(architecture: Architecture, pipe: Node) -> Text | None:
    """Return the word for what a pipe reads, or None if its sources differ."""
    nouns = {traits_of(architecture.node(edge.source).service).noun for edge in architecture.entering(pipe.id)}
    return _READ.get(nouns.pop()) if len(nouns) == 1 else None
