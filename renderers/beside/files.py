"""The picture of two designs as a file of each format that shows the positioned picture."""

from collections.abc import Mapping
from typing import TypeVar

from advisor.design import Design
from advisor.text import LANGS, Lang, Text
from renderers import documentation, drawio, offline_page, png, slides, svg
from renderers.beside import arrange_beside
from renderers.beside.aligning import original
from renderers.beside.panels import SIDES
from renderers.heading import title_of
from renderers.layout.pages import A4
from renderers.layout.picture import Picture
from renderers.reasons import Reasons, reasons_of
from renderers.refused import UnknownSuffix
from renderers.theme import Theme

SUFFIXES = (".svg", ".png", ".pdf", ".drawio", ".drawio.svg", ".pptx", ".html")
#: What the sides are called where nobody names them.
NAMES = (Text("Before", "変更前"), Text("After", "変更後"))
_BOTH = "{before} → {after}"
Known = TypeVar("Known")


def picture(before: Design, after: Design, lang: Lang, names: tuple[Text, Text] | None = None) -> Picture:
    """Return the picture of two designs, as they are drawn; `names` stand above the sides."""
    titles = [title_of(design, lang) for design in (before, after)]
    called = tuple(name.in_(lang) for name in names or NAMES)
    if names is None and titles[0] != titles[1]:
        colon = ": " if lang == "en" else "："
        called = tuple(f"{name}{colon}{title}" for name, title in zip(called, titles, strict=True))
    return arrange_beside(
        before.architecture,
        after.architecture,
        (called[0], called[1]),
        _title(before, after, lang),
        lang=lang,
        page=A4,
    )


def write(before: Design, after: Design, suffix: str, lang: Lang, theme: Theme) -> bytes:
    """Return two designs, as they are drawn, in one picture. Raises UnknownSuffix for a format without positions."""
    if suffix not in SUFFIXES:
        raise UnknownSuffix(suffix, SUFFIXES)
    if suffix == ".html":
        pictures = {one: picture(before, after, one) for one in LANGS}
        titles = {one: _title(before, after, one) for one in LANGS}
        return offline_page.write_with(
            pictures, titles, {one: _reasons(pictures[one], before, after) for one in LANGS}, lang, theme
        )
    drawn = picture(before, after, lang)
    if suffix == ".png":
        return png.draw(drawn, theme)
    if suffix == ".pptx":
        return slides.write(drawn, theme, _reasons(drawn, before, after))
    image = svg.write(drawn, theme)
    if suffix == ".svg":
        return image
    if suffix == ".pdf":
        from renderers import pdf

        return pdf.write(image, _title(before, after, lang), lang)
    drawing = drawio.write(drawn, theme, _of_sides(drawn, *(documentation.links(one, lang) for one in (before, after))))
    return drawing if suffix == ".drawio" else drawio.inside(image, drawing)


def _title(before: Design, after: Design, lang: Lang) -> str:
    titles = [title_of(design, lang) for design in (before, after)]
    return titles[0] if titles[0] == titles[1] else _BOTH.format(before=titles[0], after=titles[1])


def _reasons(drawn: Picture, before: Design, after: Design) -> Reasons:
    return _of_sides(drawn, reasons_of(before, drawn.lang), reasons_of(after, drawn.lang))


def _of_sides(drawn: Picture, before: Mapping[str, Known], after: Mapping[str, Known]) -> dict[str, Known]:
    """Return the data of the parts of each side, by their ids in the picture."""
    known: dict[str, Known] = {}
    for node in drawn.nodes:
        side, _, id = node.id.partition(".")
        of_side = before if side == SIDES[0] else after
        if original(id) in of_side:
            known[node.id] = of_side[original(id)]
    return known
