"""The sentence on a connection, with the names of its two nodes."""

import re

from advisor.architecture import Node
from advisor.text import Text, capitalized, quoted, spaced

#: Titles that name one of several things of a kind, and take an article in a sentence.
_COUNTED = ("Application Load Balancer", "Network Load Balancer", "AWS Lambda function URL")


def connection_sentence(text: Text, source: Node, target: Node) -> Text:
    """Return a sentence of the rule book with `{source}` and `{target}` replaced by the names of two nodes.

    A name from the requirements is in quotation marks, since it can be any words. If it ends with the noun that follows
    its placeholder, it replaces both: "the Orders queue", not "… queue queue". A state machine without a name is "the state machine".
    """
    en, ja = text.en, text.ja
    for key, node in {"source": source, "target": target}.items():
        name, shown = (node.own_name, quoted(node.own_name)) if node.own_name.en else (node.title, node.title)
        if not node.own_name.en:
            en = en.replace(f"the {{{key}}} state machine", "the state machine")
        article = "the " if name.en in _COUNTED and f"the {{{key}}}" not in en.casefold() else ""
        en = en.replace(f"{{{key}}}", f"{article}{{{key}}}")
        en = _replaced(en, rf"\{{{key}\}}(?P<noun> [a-z]+)?", name.en, shown.en)
        ja = _replaced(ja, rf"\{{{key}\}}(?:の(?P<noun>[ァ-ヶー]+))?", name.ja, shown.ja)
    return spaced(capitalized(Text(en, ja)))


def _replaced(sentence: str, place: str, name: str, shown: str) -> str:
    def said(match: re.Match[str]) -> str:
        repeats = bool(match["noun"]) and f" {name}".casefold().endswith(match["noun"].casefold())
        rest = "" if repeats else match[0].partition("}")[2]
        return shown + rest

    return re.sub(place, said, sentence)
