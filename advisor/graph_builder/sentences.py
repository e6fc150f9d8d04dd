"""The sentence on a connection, with the names of its two nodes."""

from advisor.architecture import Node
from advisor.text import Text, spaced


def connection_sentence(text: Text, source: Node, target: Node) -> Text:
    """Return a sentence of the rule book with `{source}` and `{target}` replaced by the names of two nodes."""
    names = {"source": _name(source), "target": _name(target)}
    en, ja = text.en, text.ja
    for key, name in names.items():
        en, ja = en.replace("{" + key + "}", name.en), ja.replace("{" + key + "}", name.ja)
    return spaced(Text(en[:1].upper() + en[1:], ja))


def _name(node: Node) -> Text:
    own_words = node.kind == "outside" and node.service != "client" and node.note.en
    if node.role in ("compute", "store", "messaging", "buffer", "queue") or own_words:
        return Text(node.note.en or node.title.en, node.note.ja or node.title.ja)
    return node.title
