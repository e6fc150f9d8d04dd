"""Renderers: a design as one file. `FORMATS` lists what can be written, `draw` writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from advisor.design import Design
from advisor.text import Lang, Text
from renderers import classic, diagrams_source, mermaid, pdf, png, svg
from renderers.classic import ToolMissing
from renderers.layout import arrange, describe
from renderers.layout.pages import PAGES, Size
from renderers.layout.picture import Direction, Picture
from renderers.layout.placing.engine import LayoutFailed
from renderers.sheets import files
from renderers.theme import Theme
from renderers.words import clean

__all__ = ["FORMATS", "Format", "LayoutFailed", "Size", "Style", "ToolMissing", "draw", "draw_sheets", "picture"]

Style = Literal["advisor", "classic"]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its suffix, name, media type, and the function that writes it."""

    suffix: str
    name: Text
    media_type: str
    write: Callable[[Design, Lang, Theme, Direction], bytes]


class Formats(tuple[Format, ...]):
    """The formats in the order in which they are offered; `".svg" in FORMATS` asks by suffix."""

    def __contains__(self, value: object) -> bool:
        return any(value in (format, format.suffix) for format in self)

    def of(self, suffix: str) -> Format:
        """Return the format of a suffix. ValueError says which there are."""
        for format in self:
            if format.suffix == suffix:
                return format
        raise ValueError(
            f'"{suffix[:20]}" is not a format of ours; there are {_listed([format.suffix for format in self])}.'
        )


def _listed(suffixes: list[str]) -> str:
    return f"{', '.join(suffixes[:-1])} and {suffixes[-1]}"


def picture(design: Design, *, lang: Lang = "en", direction: Direction = "right") -> Picture:
    """Return a design's positioned picture."""
    return arrange(design.architecture, _title(design, lang), lang=lang, direction=direction)


def _title(design: Design, lang: Lang) -> str:
    return clean(design.requirements.title.in_(lang))


def _svg(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    return svg.write(picture(design, lang=lang, direction=direction), theme)


def _png(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    drawn = picture(design, lang=lang, direction=direction)
    return png.write(svg.write(drawn, theme), png.fitting(drawn.width, drawn.height))


def _pdf(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    return pdf.write(_svg(design, lang, theme, direction), _title(design, lang), lang)


def _mermaid(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    return mermaid.write(design.architecture, _title(design, lang), describe(design.architecture, lang), lang)


def _diagrams(design: Design, lang: Lang, theme: Theme, direction: Direction) -> bytes:
    return diagrams_source.write(design.architecture, _title(design, lang), lang)


FORMATS = Formats(
    (
        Format(suffix=".svg", name=Text.same("SVG"), media_type="image/svg+xml", write=_svg),
        Format(suffix=".png", name=Text.same("PNG"), media_type="image/png", write=_png),
        Format(suffix=".pdf", name=Text.same("PDF"), media_type="application/pdf", write=_pdf),
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
) -> bytes:
    """Return a design as one file.

    Raises ValueError when there is no such format, or none in the classic style, ToolMissing when the classic style needs
    a program that is not installed, and LayoutFailed when the layout engine gives no answer.
    """
    format = FORMATS.of(suffix)
    if style == "classic" and suffix in classic.SUFFIXES:
        return classic.write(design.architecture, _title(design, lang), lang, suffix)
    return format.write(design, lang, theme, direction)


def draw_sheets(
    design: Design, name: str, suffix: str = ".svg", *, size: Size = "a4", lang: Lang = "en", theme: Theme = "light"
) -> dict[str, bytes]:
    """Return a design as files for a page, by their names: one, or an overview and a sheet for each part of its flow.

    `name` is that of the first file, without its suffix. Raises ValueError for a format that has no sheets, and LayoutFailed.
    """
    return files.write(design, name, suffix, PAGES[size], lang, theme)
