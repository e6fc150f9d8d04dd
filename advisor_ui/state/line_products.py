"""Products that a pasted line names: an engine, a broker, another database. One that no answer of the design holds is listed."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from advisor.text import Text
from advisor.vocabulary.unsupported import unsupported
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw


class Product(NamedTuple):
    """A product as a line names it, and what to do instead if no candidate service is one."""

    words: str
    instead: Text | None


class _Row(NamedTuple):
    says: re.Pattern[str]
    read_as: tuple[tuple[str, str], ...]
    instead: Text | None


def unread_products(words: str, draft: Raw) -> Iterator[Product]:
    """Yield the products that a line names and no answer of the draft holds."""
    held = set(_answers(draft))
    for row in _rows():
        found = row.says.search(words)
        if found and held.isdisjoint(row.read_as):
            yield Product(found[0], row.instead)


def _answers(draft: Raw) -> Iterator[tuple[str, str]]:
    for _, part in (*drafts.subjects(draft), (WORKLOAD, draft.get(WORKLOAD) or {})):
        yield from ((name, value) for name, value in part.items() if isinstance(value, str))


@cache
def _rows() -> tuple[_Row, ...]:
    text = files("advisor_ui.state").joinpath("line_products.yaml").read_text(encoding="utf-8")
    return tuple(
        _Row(
            re.compile(row["says"], re.IGNORECASE | re.ASCII),
            tuple((name, value) for name, value in row.get("read_as", ())),
            unsupported(row["unsupported"], row["name"]) if "unsupported" in row else None,
        )
        for row in yaml.safe_load(text)["products"]
    )
