"""The sentences for users that sources hold: pairs of English and Japanese in Python and in YAML, with where they are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from advisor.text import Lang
from renderers.glossary import avoided, stays

JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
#: Names of code, addresses and placeholders, which are no words.
_CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+|\{[^{}\n]*\}|\$\{[^}\n]*\}|\b\w+(?:[_/.:@]\w+)+", re.DOTALL)
#: Sentences that stay until the next proof, as sources hold them.
STAYS = stays()
_LANGS: tuple[Lang, Lang] = ("en", "ja")


class Sentence(NamedTuple):
    """A text that a user reads, in one language; `place` is what kind of text it is, `where` says where it stands."""

    place: str
    where: str
    lang: Lang
    text: str


class Finding(NamedTuple):
    """A word that is not to be used: where it stands, and what to write."""

    where: str
    word: str
    write: str
    text: str

    def __str__(self) -> str:
        return f'{self.where}: "{self.word}" → {self.write or "another word"}: {" ".join(self.text.split())[:90]}'


def findings(sentences: Iterator[Sentence]) -> Iterator[Finding]:
    """Yield every word that is not to be used."""
    for place, where, lang, text in sentences:
        for sentence in STAYS:
            text = text.replace(sentence, "")
        words = _CODE.sub("\N{OBJECT REPLACEMENT CHARACTER}", text)
        for wrong in avoided(lang):
            for word in wrong.found_in(words, place):
                yield Finding(where, word, wrong.write, text)


def in_python(file: Path, name: str) -> Iterator[Sentence]:
    """Yield the pairs of texts of a module: neighbouring arguments, `en` and `ja` by name, and entries of a mapping."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        for line, pair in _pairs(node):
            for lang, text in zip(_LANGS, pair, strict=True):
                yield Sentence("sources", f"{name}:{line}", lang, text)


def in_yaml(file: Path, name: str, place: str) -> Iterator[Sentence]:
    """Yield the texts under `en` and `ja` of a file."""
    for document in yaml.compose_all(file.read_text("utf-8"), yaml.CSafeLoader):
        yield from _in_node(document, name, place)


def _in_node(node: yaml.Node | None, name: str, place: str) -> Iterator[Sentence]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _in_node(item, name, place)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in _LANGS and isinstance(value, yaml.ScalarNode):
                yield Sentence(place, f"{name}:{value.start_mark.line + 1}", key.value, value.value)
            yield from _in_node(value, name, place)


def _pairs(node: ast.AST) -> Iterator[tuple[int, tuple[str, str]]]:
    given = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple | ast.List) else []
    texts = [_text(one) for one in given]
    for one, en, ja in zip(given, texts, texts[1:], strict=False):
        if en is not None and ja is not None and JAPANESE.search(ja) and not JAPANESE.search(en):
            yield one.lineno, (en, ja)
    named: dict[str | None, ast.expr] = {}
    if isinstance(node, ast.Call):
        named = {keyword.arg: keyword.value for keyword in node.keywords}
    elif isinstance(node, ast.Dict):
        named = {key.value: v for key, v in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)}
    if "en" in named and "ja" in named:
        yield named["en"].lineno, (_text(named["en"]) or "", _text(named["ja"]) or "")


def _text(node: ast.expr) -> str | None:
    """Return the words of an expression; a value that is filled in is a pair of braces, and of two forms both are read."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = (_text(node.left), _text(node.right))
        return None if sides == (None, None) else "{}".join(side or "" for side in sides)
    if isinstance(node, ast.IfExp):
        forms = (_text(node.body), _text(node.orelse))
        return None if None in forms else " / ".join(form or "" for form in forms)
    return None
