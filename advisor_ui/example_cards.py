"""The cards of the gallery: texts and pictures of the stories, generated when the package is built.

They are used while the digest that was kept with them fits every file that they are made from, and only for the product's
own rule book as of its newest day.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import rules
from advisor.advise import advise
from advisor.book import DatedBook, dated
from advisor.design import Design
from advisor.explanation.wording import service_name
from advisor.report.decision_report import services
from advisor.text import LANGS, Lang
from advisor_ui.drawing import draw, thumbnail
from renderers.theme import THEMES

MADE = "example_cards.json"
_SOURCES = ("advisor", "renderers", "blueprints", "rules")
_OWN = ("drawing.py", "example_cards.py")
_MOST_CHIPS = 5


@dataclass(frozen=True)
class Card:
    """The content of a card: title, summary, and names of the chosen services."""

    title: str
    summary: str
    chips: tuple[str, ...]


@dataclass(frozen=True)
class Cards:
    """The cards of all stories by language, and their pictures by language and theme; both by the story's name."""

    words: dict[str, dict[str, Card]]
    pictures: dict[str, dict[str, dict[str, str]]]


def card(design: Design, lang: Lang) -> Card:
    """Return the content of a card for a design."""
    names = [service_name(design.book, service).in_(lang) for service in services(design) if service != "cloudwatch"]
    more = (f"+{len(names) - _MOST_CHIPS}",) if len(names) > _MOST_CHIPS else ()
    title, summary = design.requirements.title.in_(lang), design.requirements.summary.in_(lang)
    return Card(title, summary, (*names[:_MOST_CHIPS], *more))


def made_cards(root: Traversable | None = None) -> Cards | None:
    """Return the cards that were made with the package, or None if there are none, or they are of other files."""
    file = (root or files("advisor_ui")) / MADE
    if not file.is_file():
        return None
    made = json.loads(file.read_text("utf-8"))
    if made["digest"] != digest():
        return None
    words = {
        lang: {name: Card(one["title"], one["summary"], tuple(one["chips"])) for name, one in cards.items()}
        for lang, cards in made["words"].items()
    }
    return Cards(words, made["pictures"])


def make_cards() -> str:
    """Return the JSON text that the build keeps: the same bytes for the same files."""
    own: DatedBook = dated(rules.load_book())
    designs = {name: advise(rules.load_story(name), own) for name in rules.STORIES}
    words = {lang: {name: _plain(card(design, lang)) for name, design in designs.items()} for lang in LANGS}
    pictures = {
        lang: {
            theme: {name: thumbnail(draw(design, lang, theme, "right")) for name, design in designs.items()}
            for theme in THEMES
        }
        for lang in LANGS
    }
    return json.dumps({"digest": digest(), "words": words, "pictures": pictures}, ensure_ascii=False)


def _plain(one: Card) -> dict[str, Any]:
    return {"title": one.title, "summary": one.summary, "chips": one.chips}


def digest() -> str:
    """Return a digest of every file that the cards are made from: the domain, the renderers, the stacks, the rule book, the stories."""
    whole = hashlib.sha256()
    for package in _SOURCES:
        _add(whole, files(package), package)
    for name in _OWN:
        whole.update((files("advisor_ui") / name).read_bytes())
    return whole.hexdigest()[:32]


def _add(whole: "hashlib._Hash", folder: Traversable, prefix: str) -> None:
    for path, file in _files_below(folder, prefix):
        content = file.read_bytes()
        whole.update(f"{path}\0{len(content)}\0".encode())
        whole.update(content)


def _files_below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files_below(entry, f"{prefix}/{entry.name}")
        elif entry.name != rules.COMPILED and not entry.name.endswith(".pyc"):
            yield f"{prefix}/{entry.name}", entry
