"""Complete requirements files for the reference, each with its brief and a comment on every line.

A file of this folder is a list: the brief, then pieces of the requirements file, each with an explanation.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml

from advisor.text import Lang, Text
from renderers.reference.words import WORDS

NAMES = ("small", "large")


def examples(lang: Lang) -> Iterator[str]:
    """Yield the lines of the section."""
    for name in NAMES:
        read = _read(name)
        yield f"### {_text(read['title']).in_(lang)}"
        yield ""
        yield f"**{WORDS['brief'].in_(lang)}**"
        yield ""
        yield f"> {(' ' if lang == 'en' else '').join(_text(read['brief']).in_(lang).split(chr(10))).strip()}"
        yield ""
        yield f"**{WORDS['file'].in_(lang)}**"
        yield ""
        yield from ("```yaml", *_commented(read["lines"], lang), "```", "")


def _read(name: str) -> Any:
    return yaml.safe_load(files(__name__).joinpath(f"{name}.yaml").read_text("utf-8"))


def _commented(pieces: list[dict[str, str]], lang: Lang) -> Iterator[str]:
    for piece in pieces:
        lines = piece["yaml"].rstrip().splitlines()
        indent = len(lines[0]) - len(lines[0].lstrip())
        yield from (f"{' ' * indent}# {line}" for line in piece[lang].strip().splitlines())
        yield from lines


def _text(words: dict[str, str]) -> Text:
    return Text(words["en"], words["ja"])
