"""The text alternative of a picture, for readers who cannot see it."""

from advisor.architecture import Architecture, Edge, Group, Node
from advisor.budgets.words import NAMED, sentence
from advisor.text import Lang
from renderers.words import clean, node_name


def describe(architecture: Architecture, lang: Lang) -> str:
    """Return the text alternative of a picture: its parts, their groups, and the connections in order."""
    full, comma = (". ", ", ") if lang == "en" else ("。", "、")
    parts = [_parts(architecture, lang, comma), *_places(architecture, lang, comma), *_steps(architecture, lang)]
    parts += _remarks(architecture, lang, comma)
    parts += [
        clean(sentence(architecture, b).in_(lang)) for edge in architecture.edges for b in edge.budgets if not b.ok
    ]
    return "".join(part.rstrip(".。") + full for part in parts if part).strip()


def _name(architecture: Architecture, id: str, lang: Lang) -> str:
    return node_name(architecture.node(id)).in_(lang)


def _parts(architecture: Architecture, lang: Lang, comma: str) -> str:
    names = comma.join(_name(architecture, node.id, lang) for node in architecture.nodes)
    count = len(architecture.nodes)
    if not count:
        return "The diagram is empty" if lang == "en" else "図は空です"
    return (
        f"The diagram shows {count} parts: {names}"
        if lang == "en"
        else f"この図には {count} 個の要素があります：{names}"
    )


def _places(architecture: Architecture, lang: Lang, comma: str) -> list[str]:
    return [words for group in architecture.groups if (words := _place(architecture, group, lang, comma))]


def _place(architecture: Architecture, group: Group, lang: Lang, comma: str) -> str:
    inside = [_name(architecture, node.id, lang) for node in architecture.nodes if node.group == group.id]
    inside += [clean(inner.title.in_(lang)) for inner in architecture.groups if inner.parent == group.id]
    if not inside:
        return ""
    title = clean(group.title.in_(lang))
    return f"In {title}: {comma.join(inside)}" if lang == "en" else f"{title} の中：{comma.join(inside)}"


def _remarks(architecture: Architecture, lang: Lang, comma: str) -> list[str]:
    """Return the notes of a view on its parts, and the additional rows of its legend."""
    colon = ": " if lang == "en" else "："
    noted = [
        _name(architecture, node.id, lang) + colon + comma.join(clean(remark.in_(lang)) for remark in node.remarks)
        for node in architecture.nodes
        if node.remarks
    ]
    return [*noted, *(clean(row.words.in_(lang)) for row in architecture.rows)]


def _steps(architecture: Architecture, lang: Lang) -> list[str]:
    edges = [edge for edge in architecture.edges if architecture.find(edge.source) and architecture.find(edge.target)]
    numbered = sorted((edge for edge in edges if edge.step is not None), key=lambda edge: edge.step or 0)
    rest = [edge for edge in edges if edge.step is None]
    return [step_words(architecture, edge, lang) for edge in (*numbered, *rest)]


def step_words(architecture: Architecture, edge: Edge, lang: Lang) -> str:
    """Return a connection in words: its number, its sentence, and the parts that it leads from and to.

    A sentence that names both parts is enough, and one that names its target alone needs only its source.
    """
    source, target = (_name(architecture, id, lang) for id in (edge.source, edge.target))
    label = clean(edge.label.in_(lang))
    words = clean(edge.sentence.in_(lang))
    start = _start(edge, lang)
    named = [_is_named(architecture.node(id), words, lang) for id in (edge.source, edge.target)]
    if all(named):
        return start + words
    if named[1]:
        return f"{start}{source}: {words}"
    if lang == "en":
        between = f"{source} to {target}" + (f" ({label})" if label else "")
    else:
        between = f"{source} から {target} へ" + (f"（{label}）" if label else "")
    return f"{start}{words.rstrip('.。')}: {between}" if words else f"{start}{between}"


def _start(edge: Edge, lang: Lang) -> str:
    if edge.step is None:
        return ""
    return f"Step {edge.step}: " if lang == "en" else f"手順 {edge.step}："


def _is_named(node: Node, words: str, lang: Lang) -> bool:
    """Return whether a sentence names a part by its title, or by the name that tells it from others of its service."""
    names = (node.note, node.title) if node.role in NAMED else (node.title,)
    return any(name and name in words for name in (clean(text.in_(lang)) for text in names))
