"""Renderers: write a design to one file. `FORMATS` lists the formats, `draw` writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from advisor.design import Design
from advisor.text import LANGS, Lang, Text
from blueprints.plan import Plan
from renderers import (
    classic,
    diagrams_source,
    documentation,
    drawio,
    mermaid,
    offline_page,
    png,
    slides,
    svg,
    view_files,
)
from renderers.beside import files as beside_files
from renderers.drawio.reading import BadDrawing
from renderers.drawn import drawn as with_hidden_parts
from renderers.heading import title_of
from renderers.layout import arrange, describe
from renderers.layout.pages import PAGES, Size
from renderers.layout.picture import Direction, Picture
from renderers.layout.placing.engine import LayoutFailed
from renderers.reasons import reasons_of
from renderers.refused import Refused, ToolMissing, UnknownSuffix
from renderers.sheets import files, legible, titles
from renderers.theme import Theme

__all__ = [
    "FORMATS", "TOGETHER", "BadDrawing", "Format", "LayoutFailed", "Refused", "Size", "Style", "ToolMissing", "UnknownSuffix", "draw",
    "draw_beside",
    "draw_readable", "draw_sheets", "draw_titled", "draw_views", "picture", "redraw",
]  # fmt: skip

Style = Literal["advisor", "classic"]
#: The formats whose files hold several pictures.
TOGETHER = view_files.TOGETHER


_DRAWIO_SVG = Text("SVG (editable in draw.io)", "draw.io で編集できる SVG")
_PAGE = Text("HTML page (offline)", "HTML ページ（オフライン）")
_POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
Writer = Callable[[Design, Lang, Theme, Direction], bytes]
FromPicture = Callable[[Picture, Design, Theme], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffix, name, media type, and the function that writes a drawn design.

    `from_picture` writes a picture that is positioned already; formats without positions have none.
    """

    suffix: str
    name: Text
    media_type: str
    write: Writer
    from_picture: FromPicture | None = None


class Formats(tuple[Format, ...]):
    """The formats in the order of the web UI; `".svg" in FORMATS` tests a suffix."""

    def __contains__(self, value: object) -> bool:
        return any(value in (format, format.suffix) for format in self)

    def of(self, suffix: str) -> Format:
        """Return the format of a suffix. Raises UnknownSuffix, which lists the known ones."""
        for format in self:
            if format.suffix == suffix:
                return format
        raise UnknownSuffix(suffix, [format.suffix for format in self])

    def suffix_of(self, name: str) -> str:
        """Return the longest known suffix of a file name, otherwise the part after its last dot."""
        found = [format.suffix for format in self if name.endswith(format.suffix)]
        return max(found, key=len) if found else PurePath(name).suffix


def picture(design: Design, *, lang: Lang = "en", direction: Direction = "right") -> Picture:
    """Return a design's positioned picture."""
    return _positioned(with_hidden_parts(design), lang, direction)


def _positioned(design: Design, lang: Lang, direction: Direction) -> Picture:
    return arrange(design.architecture, title_of(design, lang), lang=lang, direction=direction)


def _svg(drawn: Picture, design: Design, theme: Theme) -> bytes:
    return svg.write(drawn, theme)


def _png(drawn: Picture, design: Design, theme: Theme) -> bytes:
    return png.draw(drawn, theme)


def _pdf(drawn: Picture, design: Design, theme: Theme) -> bytes:
    from renderers import pdf  # pypdf is loaded by those who write a PDF

    return pdf.write(svg.write(drawn, theme), title_of(design, drawn.lang), drawn.lang)


def _drawio(drawn: Picture, design: Design, theme: Theme) -> bytes:
    return drawio.write(drawn, theme, documentation.links(design, drawn.lang))


def _slides(drawn: Picture, design: Design, theme: Theme) -> bytes:
    return slides.write(drawn, theme, reasons_of(design, drawn.lang))


def _drawio_svg(drawn: Picture, design: Design, theme: Theme) -> bytes:
    return drawio.inside(svg.write(drawn, theme), _drawio(drawn, design, theme))


def _page(drawn: Picture, design: Design, theme: Theme) -> bytes:
    return offline_page.write({drawn.lang: drawn}, design, drawn.lang, theme)


def _page_of_both(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    pictures = {one: _positioned(design, one, direction) for one in LANGS}
    return offline_page.write(pictures, design, lang, theme)


def _arranged(from_picture: FromPicture) -> Writer:
    """Return the writer of a format that shows the positioned picture."""

    def write(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
        return from_picture(_positioned(design, lang, direction), design, theme)

    return write


def _mermaid(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    return mermaid.write(design.architecture, title_of(design, lang), describe(design.architecture, lang), lang)


def _diagrams(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    return diagrams_source.write(design.architecture, title_of(design, lang), lang)


def _drawn(suffix: str, name: str | Text, media_type: str, from_picture: FromPicture) -> Format:
    named = name if isinstance(name, Text) else Text.same(name)
    return Format(suffix, named, media_type, _arranged(from_picture), from_picture)


FORMATS = Formats(
    (
        _drawn(".svg", "SVG", "image/svg+xml", _svg),
        _drawn(".png", "PNG", "image/png", _png),
        _drawn(".pdf", "PDF", "application/pdf", _pdf),
        _drawn(".drawio", "draw.io", "application/vnd.jgraph.mxfile", _drawio),
        _drawn(".drawio.svg", _DRAWIO_SVG, "image/svg+xml", _drawio_svg),
        _drawn(".pptx", "PowerPoint", _POWERPOINT, _slides),
        Format(".html", _PAGE, "text/html", _page_of_both, _page),
        Format(suffix=".mmd", name=Text.same("Mermaid"), media_type="text/vnd.mermaid", write=_mermaid),
        Format(
            suffix=".py",
            name=Text("Python source (diagrams)", "Python ソース（diagrams）"),
            media_type="text/x-python",
            write=_diagrams,
        ),
    )
)


def draw(
    design: Design,
    suffix: str = ".svg",
    *,
    lang: Lang = "en",
    theme: Theme = "light",
    style: Style = "advisor",
    direction: Direction = "right",
    plan: Plan | None = None,
) -> bytes:
    """Return a design as one file. An existing plan of its project is reused.

    Raises ValueError when there is no such format, or none in the classic style, ToolMissing when the classic style needs
    a program that is not installed, and LayoutFailed when the layout engine gives no answer.
    """
    format, design = FORMATS.of(suffix), with_hidden_parts(design, plan)
    if style == "classic" and suffix in classic.SUFFIXES:
        return classic.write(design.architecture, title_of(design, lang), lang, suffix)
    return format.write(design, lang, theme, direction)


def draw_sheets(
    design: Design, name: str, suffix: str = ".svg", *, size: Size = "a4", lang: Lang = "en", theme: Theme = "light"
) -> dict[str, bytes]:
    """Return a design as files for a page, by their names: one, or an overview and a sheet for each part of its flow.

    `name` is that of the first file, without its suffix. Raises ValueError when there is no such format, and LayoutFailed.
    """
    FORMATS.of(suffix)
    return files.write(with_hidden_parts(design), name, suffix, PAGES[size], lang, theme)


def draw_readable(
    design: Design, name: str, suffix: str = ".svg", *, lang: Lang = "en", theme: Theme = "light"
) -> dict[str, bytes]:
    """Return a design as files, by their names: one picture, or sheets where that is too large or too small to read.

    The sheets are for A4, those of slides for 16:9. Raises what `draw_sheets` raises.
    """
    FORMATS.of(suffix)
    return _readable(with_hidden_parts(design), name, suffix, lang, theme)


def _readable(design: Design, name: str, suffix: str, lang: Lang, theme: Theme) -> dict[str, bytes]:
    format = FORMATS.of(suffix)
    whole = legible(design.architecture, title_of(design, lang), lang)
    if whole is not None and format.from_picture is not None and suffix != ".html":
        return {f"{name}{suffix}": format.from_picture(whole, design, theme)}
    if whole is not None:  # a page has the pictures of both languages
        return {f"{name}{suffix}": format.write(design, lang, theme, "right")}
    return files.write(design, name, suffix, PAGES["16:9" if suffix == ".pptx" else "a4"], lang, theme)


def draw_titled(
    design: Design, name: str, *, lang: Lang = "en", plan: Plan | None = None
) -> dict[str, tuple[str, bytes]]:
    """Return the SVG files that `draw_readable` returns, with their titles; the first, which shows everything, has none.

    An existing plan of its project is reused. Raises LayoutFailed.
    """
    design = with_hidden_parts(design, plan)
    drawn = _readable(design, name, ".svg", lang, "light")
    found = titles(design.architecture, title_of(design, lang), lang, PAGES["a4"]) if len(drawn) > 1 else ()
    return {path: (title, content) for (path, content), title in zip(drawn.items(), ("", *found), strict=True)}


def draw_views(
    views: Mapping[str, Design], name: str, suffix: str = ".svg", *, lang: Lang = "en", theme: Theme = "light"
) -> dict[str, bytes]:
    """Return several views of a design as files: one file if the format supports several pictures, otherwise one per view.

    The key of each is its name, that of the whole design "" and first. `name` has no suffix. Raises ValueError when there is
    no such format, and LayoutFailed.
    """
    format = FORMATS.of(suffix)
    views = {view: with_hidden_parts(design) for view, design in views.items()}
    if suffix in view_files.TOGETHER:
        return {f"{name}{suffix}": view_files.write(views, suffix, lang, theme)}
    return {
        f"{name}{f'-{view}' if view else ''}{suffix}": format.write(design, lang, theme, "right")
        for view, design in views.items()
    }


def draw_beside(
    before: Design, after: Design, name: str, suffix: str = ".svg", *, lang: Lang = "en", theme: Theme = "light"
) -> dict[str, bytes]:
    """Return two designs beside each other as files, by their names, with what differs marked and listed.

    One picture, or an overview of what differs and sheets where the text of that would be too small. `name` has no suffix.
    Raises ValueError for a format without positions, and LayoutFailed.
    """
    FORMATS.of(suffix)
    return beside_files.write(with_hidden_parts(before), with_hidden_parts(after), name, suffix, lang, theme)


def redraw(
    design: Design,
    drawing: bytes,
    suffix: str = ".drawio",
    *,
    lang: Lang = "en",
    theme: Theme = "light",
    direction: Direction = "right",
) -> tuple[bytes, tuple[Text, ...]]:
    """Return a design as one file with the layout of an edited draw.io file, and the differences from that file.

    Raises ValueError where the format has no positions, BadDrawing for a file that cannot be taken, else what `draw` does.
    """
    from renderers.drawio import round_trip

    format = FORMATS.of(suffix)
    if format.from_picture is None:
        raise UnknownSuffix(suffix, [format.suffix for format in FORMATS if format.from_picture is not None])
    design = with_hidden_parts(design)
    redrawn = round_trip.redraw(design, drawing, lang=lang, direction=direction)
    if suffix == ".drawio":
        return round_trip.write(redrawn, design, lang, theme), redrawn.differences
    return format.from_picture(redrawn.picture, design, theme), redrawn.differences
