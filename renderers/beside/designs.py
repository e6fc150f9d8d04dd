"""Two designs that are drawn beside each other: their title, what the sides are called, and what is known of their parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from advisor.design import Design
from advisor.text import Lang, Text
from renderers import documentation
from renderers.beside.aligning import original
from renderers.beside.panels import SIDES
from renderers.heading import title_of
from renderers.layout.picture import Picture
from renderers.reasons import Reasons, reasons_of

#: What the sides are called.
_NAMES = (Text("Before", "変更前"), Text("After", "変更後"))
_BOTH = "{before} → {after}"
Known = TypeVar("Known")


@dataclass(frozen=True)
class Two:
    """Two designs, as they are drawn."""

    before: Design
    after: Design

    def title(self, lang: Lang) -> str:
        """Return the title of their pictures."""
        before, after = (title_of(design, lang) for design in (self.before, self.after))
        return before if before == after else _BOTH.format(before=before, after=after)

    def called(self, lang: Lang) -> tuple[str, str]:
        """Return what stands above the sides."""
        titles = [title_of(design, lang) for design in (self.before, self.after)]
        called = [name.in_(lang) for name in _NAMES]
        if titles[0] != titles[1]:
            colon = ": " if lang == "en" else "："
            called = [f"{name}{colon}{title}" for name, title in zip(called, titles, strict=True)]
        return called[0], called[1]

    def reasons(self, pictures: Iterable[Picture], lang: Lang) -> Reasons:
        """Return the reasons for the parts in pictures."""
        return _of_sides(pictures, reasons_of(self.before, lang), reasons_of(self.after, lang))

    def links(self, pictures: Iterable[Picture], lang: Lang) -> dict[str, str]:
        """Return the pages about the parts in pictures."""
        return _of_sides(pictures, *(documentation.links(one, lang) for one in (self.before, self.after)))


def _of_sides(pictures: Iterable[Picture], before: Mapping[str, Known], after: Mapping[str, Known]) -> dict[str, Known]:
    """Return the data of the parts of each side, by their ids in the pictures; an overview has parts of both as one."""
    known: dict[str, Known] = {}
    for node in (node for picture in pictures for node in picture.nodes):
        side, _, id = node.id.partition(".")
        of_side, id = (
            ({**before, **after}, node.id) if side not in SIDES else (before if side == SIDES[0] else after, id)
        )
        if original(id) in of_side:
            known[node.id] = of_side[original(id)]
    return known
