"""JSON that CloudFormation takes as a text, held as a tree until it is printed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from blueprints.values import Att, Fn, Joined, Named, Part, Ref, Value, joined, parts

#: How a text is laid out: with spaces, without any, or with a line for each innermost list of words.
Layout = Literal["spaced", "compact", "lines"]
_BETWEEN: Mapping[Layout, tuple[str, str]] = {"spaced": (", ", ": "), "compact": (",", ":"), "lines": (", ", ": ")}
_TEXT = (str, Joined, Ref, Att, Fn, Named)


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON text: a tree of mappings, lists and leaves, with values in leaves and keys."""

    tree: Value
    layout: Layout = "spaced"

    @property
    def text(self) -> Value:
        """The text: a string, or a `Joined` of JSON and the values in it."""
        lines = self.layout == "lines"
        return joined(*(_in_lines(self.tree) if lines else _on_one_line(self.tree, self.layout)))


def _on_one_line(value: Value, layout: Layout = "spaced") -> Iterator[Part]:
    between, after_key = _BETWEEN[layout]
    if isinstance(value, Mapping):
        pairs = ((*_quoted(key), after_key, *_on_one_line(inner, layout)) for key, inner in value.items())
        yield from ("{", *_separated(pairs, between), "}")
    elif isinstance(value, list | tuple):
        yield from ("[", *_separated((tuple(_on_one_line(inner, layout)) for inner in value), between), "]")
    elif isinstance(value, JsonText):
        yield from _quoted(value.text)
    elif isinstance(value, _TEXT):
        yield from _quoted(value)
    else:
        yield json.dumps(value)


def _in_lines(value: Value, depth: int = 0) -> Iterator[Part]:
    """Yield JSON in which values without nested lists are on one line, such as a metric or a short list."""
    if not isinstance(value, dict | list) or not _nested(value):
        yield from _on_one_line(value)
        return
    start, end = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, list):
        items = ((start, *_in_lines(inner, depth + 1)) for inner in value)
        yield from ("[", *_separated(items, ","), end, "]")
        return
    pairs = ((start, *_quoted(key), ": ", *_in_lines(inner, depth + 1)) for key, inner in value.items())
    yield from ("{", *_separated(pairs, ","), end, "}")


def _nested(value: Value) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    return any(isinstance(child, list) or (isinstance(child, dict) and _nested(child)) for child in inner) or (
        isinstance(value, list) and len(value) > 1 and all(isinstance(child, _TEXT) for child in value)
    )


def _separated(items: Iterable[Iterable[Part]], between: str) -> Iterator[Part]:
    for number, item in enumerate(items):
        yield from ((between,) if number else ())
        yield from item


def _quoted(text: Value) -> Iterator[Part]:
    """Yield a text as a JSON string: words escaped, values in their places."""
    yield '"'
    for part in parts(text):
        yield json.dumps(part, ensure_ascii=False)[1:-1] if isinstance(part, str) else part
    yield '"'
