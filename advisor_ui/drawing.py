"""A design as the page draws it: without title and legend, which the page sets itself, and small for the gallery."""

import re
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from advisor.design import Design
from advisor.text import Lang
from renderers import svg
from renderers.beside import arrange_beside
from renderers.drawn import drawn
from renderers.layout import arrange
from renderers.layout.picture import Box, Direction, LegendLine, Picture, around
from renderers.theme import Theme

_MARGIN = 14.0
_SVG = "http://www.w3.org/2000/svg"
_UNSEEN = {f"{{{_SVG}}}{name}" for name in ("text", "circle", "title", "desc", "style")}
_SPOKEN = re.compile(r"data-|aria-|tabindex$|role$|class$|lang$|font-family$|pointer-events$")


@dataclass(frozen=True)
class Diagram:
    """A picture as the page shows it: without title and legend, which the page sets itself.

    `on_paper` is the light version of a picture that the page shows in other colors.
    """

    svg: str
    width: float
    height: float
    steps: tuple[tuple[int, str], ...]
    lines: tuple[tuple[str, str], ...]
    on_paper: str = ""


def draw(design: Design, lang: Lang, theme: Theme, direction: Direction, *, printed: bool = False) -> Diagram:
    """Draw a design without title and legend; the steps and line types are shown as text."""
    picture = arrange(drawn(design).architecture, "", lang=lang, direction=direction)
    box = _extent(picture)
    bare = replace(picture, width=box.right + _MARGIN, height=box.bottom + _MARGIN, legend=None)
    steps: dict[int, str] = {}
    for line in picture.lines:
        if line.tag is not None and line.tag.step is not None:
            steps.setdefault(line.tag.step, line.sentence)
    gap = "" if lang == "ja" else " "
    lines = picture.legend.lines if picture.legend else ()
    return Diagram(
        svg.write(bare, theme).decode(),
        bare.width,
        bare.height,
        tuple(sorted(steps.items())),
        tuple((_kind(line), gap.join(line.words.lines)) for line in lines),
        svg.write(bare, "light").decode() if printed and theme != "light" else "",
    )


def draw_beside(
    before: Design, after: Design, names: tuple[str, str], lang: Lang, theme: Theme, *, is_narrow: bool
) -> Diagram:
    """Draw two designs side by side without a title; the picture lists itself what differs."""
    sides = (drawn(before).architecture, drawn(after).architecture)
    picture = arrange_beside(*sides, names, "", lang=lang, is_narrow=is_narrow)
    return Diagram(
        svg.write(picture, theme).decode(), picture.width, picture.height, (), (),
        svg.write(picture, "light").decode() if theme != "light" else "",
    )  # fmt: skip


def _kind(line: LegendLine) -> str:
    """Return the name of the sample beside an entry of the key: a mark at nodes, a budget's state, or a kind of line."""
    return "support" if line.icon else line.kind if line.state == "kept" else line.state


def _extent(picture: Picture) -> Box:
    boxes: list[Box] = [group.box for group in picture.groups] + [node.whole for node in picture.nodes]
    boxes += [line.tag.words.box for line in picture.lines if line.tag is not None and line.tag.words is not None]
    boxes += [Box(x, y, 0, 0) for line in picture.lines for x, y in line.points]
    return around(boxes) if boxes else Box(0, 0, 320, 180)


def thumbnail(diagram: Diagram) -> str:
    """Return a picture for a gallery card: borders, icons and lines, without text that is too small to read."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(diagram.svg)
    for parent in root.iter():
        for child in [*parent]:
            if child.tag in _UNSEEN or child.get("pointer-events"):
                parent.remove(child)
        for name in [name for name in parent.keys() if _SPOKEN.match(name)]:  # noqa: SIM118 (an element is no mapping)
            del parent.attrib[name]
    return ElementTree.tostring(root, encoding="unicode")
