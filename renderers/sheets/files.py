"""The sheets of a design as files: one SVG or PNG per sheet, linked if the format has links; one PDF or PowerPoint file."""

from advisor.design import Design
from advisor.text import Lang
from renderers import png, slides, svg
from renderers.heading import title_of
from renderers.layout.pages import Page
from renderers.reasons import reasons_of
from renderers.refused import UnknownSuffix
from renderers.sheets import Sheet, sheets
from renderers.theme import Theme

SUFFIXES = (".svg", ".png", ".pdf", ".pptx")


def write(design: Design, name: str, suffix: str, page: Page, lang: Lang, theme: Theme = "light") -> dict[str, bytes]:
    """Return the files of a design for a page by their names, the first under the name that was asked for.

    `name` has no suffix; the files of further sheets have their number behind it. UnknownSuffix for other formats.
    """
    if suffix not in SUFFIXES:
        raise UnknownSuffix(suffix, SUFFIXES)
    title = title_of(design, lang)
    drawn = sheets(design.architecture, title, lang, page)
    if suffix == ".pdf":
        return {f"{name}.pdf": _pdf(drawn, page, title, lang, theme)}
    if suffix == ".pptx":
        pictures = tuple(sheet.picture for sheet in drawn)
        return {f"{name}.pptx": slides.write_all(pictures, theme, reasons_of(design, lang))}
    names = {sheet.number: f"{name}{f'-{sheet.number}' if sheet.number else ''}{suffix}" for sheet in drawn}
    if suffix == ".png":
        return {names[sheet.number]: png.draw(sheet.picture, theme) for sheet in drawn}
    return {
        names[sheet.number]: svg.write(sheet.picture, theme, {n: at for n, at in names.items() if n != sheet.number})
        for sheet in drawn
    }


def _pdf(drawn: tuple[Sheet, ...], page: Page, title: str, lang: Lang, theme: Theme) -> bytes:
    """Return the sheets as pages: overview nodes link to their sheets, sheet titles link to the overview."""
    from renderers import pdf

    position = {sheet.number: index for index, sheet in enumerate(drawn)}
    pages = []
    for sheet in drawn:
        picture = sheet.picture
        links = [pdf.Link(node.whole, position[node.sheet]) for node in picture.nodes if node.sheet in position]
        links += [pdf.Link(picture.title.box, 0)] if sheet.number else []
        pages.append(pdf.Page(svg.write(picture, theme), picture.width, sheet.name, tuple(links)))
    return pdf.write_pages(pages, page, title, lang)
