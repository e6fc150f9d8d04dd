"""The sentence on a connection, with the names of its two nodes."""

import re

from advisor.architecture import Node
from advisor.text import Text, capitalized, spaced

#: Titles that name one of several things of a kind, and take an article in a sentence.
_COUNTED = ("Application Load Balancer", "Network Load Balancer", "AWS Lambda function URL")


def connection_sentence(text: Text, source: Node, target: Node) -> Text:
    """Return a sentence of the rule book with `{source}` and `{target}` replaced by the names of two nodes.

    A name that ends with the noun that follows its placeholder replaces both: "the Orders queue", not "… queue queue".
    """
    en, ja = text.en, text.ja
    for key, node in {"source": source, "target": target}.items():
        name = _name(node)
        article = "the " if name.en in _COUNTED and f"the {{{key}}}" not in en.casefold() else ""
        en = en.replace(f"{{{key}}}", f"{article}{{{key}}}")
        en = _replaced(en, rf"\{{{key}\}}(?P<noun> [a-z]+)?", name.en)
        ja = _replaced(ja, rf"\{{{key}\}}(?:の(?P<noun>[ァ-ヶー]+))?", name.ja)
    return spaced(capitalized(Text(en, ja)))


def _replaced(sentence: str, pattern: str, name: str) -> str:
    def said(match: re.Match[str]) -> str:
        repeats = bool(match["noun"]) and f" {name}".casefold().endswith(match["noun"].casefold())
        return name if repeats else name + match[0].partition("}")[2]

    return re.sub(pattern, said, sentence)


def _name(node: Node) -> Text:
    own_words = node.kind == "outside" and node.service != "client" and node.note.en
    if node.role in ("compute", "store", "messaging", "buffer", "queue") or own_words:
        return Text(node.note.en or node.title.en, node.note.ja or node.title.ja)
    return node.title
