"""Two designs as files of each format that shows the positioned picture: one picture, or an overview and sheets."""

from advisor.design import Design
from advisor.text import LANGS, Lang
from renderers import drawio, offline_page, png, slides, svg
from renderers.beside import arrange_beside, sheet_files
from renderers.beside.designs import Two
from renderers.beside.sheets import divided
from renderers.layout.pages import A4, SLIDE
from renderers.layout.picture import Picture
from renderers.refused import UnknownSuffix
from renderers.sheets.legible import nearly_reads
from renderers.theme import Theme

SUFFIXES = (".svg", ".png", ".pdf", ".drawio", ".drawio.svg", ".pptx", ".html")


def picture(before: Design, after: Design, lang: Lang) -> Picture:
    """Return the one picture of two designs, as they are drawn."""
    two = Two(before, after)
    return arrange_beside(
        before.architecture, after.architecture, two.called(lang), two.title(lang), lang=lang, page=A4
    )


def write(before: Design, after: Design, name: str, suffix: str, lang: Lang, theme: Theme) -> dict[str, bytes]:
    """Return the files of two designs, as they are drawn, by their names: one picture, or an overview and sheets.

    `name` has no suffix; the files of further sheets have their number behind it. Sheets are for A4, slides for 16:9. Raises
    UnknownSuffix for a format without positions.
    """
    if suffix not in SUFFIXES:
        raise UnknownSuffix(suffix, SUFFIXES)
    two, page = Two(before, after), SLIDE if suffix == ".pptx" else A4
    drawn = picture(before, after, lang)
    if not nearly_reads(drawn, page):
        groups = divided(sheet_files.comparison(two, lang), page)
        if len(groups) > 1:
            return sheet_files.write(two, groups, page, name, suffix, lang, theme)
    return {f"{name}{suffix}": _single(two, drawn, suffix, theme)}


def _single(two: Two, drawn: Picture, suffix: str, theme: Theme) -> bytes:
    """Return two designs in one picture, which is drawn already in one language."""
    lang = drawn.lang
    if suffix == ".html":
        pictures = {one: drawn if one == lang else picture(two.before, two.after, one) for one in LANGS}
        reasons = {one: two.reasons([pictures[one]], one) for one in LANGS}
        return offline_page.write_with(pictures, {one: two.title(one) for one in LANGS}, reasons, lang, theme)
    if suffix == ".png":
        return png.draw(drawn, theme)
    if suffix == ".pptx":
        return slides.write(drawn, theme, two.reasons([drawn], lang))
    image = svg.write(drawn, theme)
    if suffix == ".svg":
        return image
    if suffix == ".pdf":
        from renderers import pdf

        return pdf.write(image, two.title(lang), lang)
    drawing = drawio.write(drawn, theme, two.links([drawn], lang))
    return drawing if suffix == ".drawio" else drawio.inside(image, drawing)
