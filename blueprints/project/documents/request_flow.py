"""The request flow of the README: a sentence for each step, with the names of components in quotation marks."""

import re
from collections import Counter
from collections.abc import Sequence

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Lang

#: Parts that have the names of their users; the others have those of AWS services.
_NAMED = ("compute", "store", "messaging", "buffer", "queue")
_MARKS = {"en": ('"', '"'), "ja": ("「", "」")}


def request_flow(architecture: Architecture, lang: Lang) -> list[str]:
    """Return the sentences of the numbered connections in their order."""
    steps = sorted((edge.step, edge.id, edge) for edge in architecture.edges if edge.step is not None)
    return [_sentence(architecture, edge, lang) for _, _, edge in steps]


def _sentence(architecture: Architecture, edge: Edge, lang: Lang) -> str:
    ends = [architecture.node(edge.source), architecture.node(edge.target)]
    services = " ".join(node.title.in_(lang) for node in ends)
    names = [name for node in ends if (name := _name(node, lang)) and name not in services]
    return _quoted(edge.sentence.in_(lang), names, lang) if names else edge.sentence.in_(lang)


def _name(node: Node, lang: Lang) -> str:
    return node.note.in_(lang) if node.role in _NAMED else ""


def _quoted(sentence: str, names: Sequence[str], lang: Lang) -> str:
    """Return a sentence with the names of its two ends in marks, but for a name that is also another word of the sentence."""
    longest_first = "|".join(re.escape(name) for name in sorted({*names}, key=lambda name: (-len(name), name)))
    pattern = re.compile(longest_first if lang == "ja" else rf"(?<!\w)(?:{longest_first})(?!\w)")
    begin = next((name for name in names if sentence.startswith(name[:1].upper() + name[1:])), "")
    sentence = begin + sentence[len(begin) :]
    found = Counter(pattern.findall(sentence))
    opening, closing = _MARKS[lang]
    marked = pattern.sub(lambda m: f"{opening}{m[0]}{closing}" if found[m[0]] <= names.count(m[0]) else m[0], sentence)
    if lang == "ja":
        return re.sub("(?<=」) | (?=「)", "", marked)
    return marked[:1].upper() + marked[1:]
