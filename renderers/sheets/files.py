"""The sheets of a design as files: one file where a format holds several pictures, otherwise one for each sheet, linked.

draw.io and HTML files, which are read on a screen, hold the whole architecture too, as their last picture.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from urllib.parse import quote

from advisor.design import Design
from advisor.text import LANGS, Lang, Text
from renderers import diagrams_source, documentation, drawio, mermaid, offline_page, png, slides, svg
from renderers.heading import title_of
from renderers.layout import arrange, describe
from renderers.layout.pages import Page
from renderers.layout.picture import Picture
from renderers.reasons import reasons_of
from renderers.sheets import Sheet, division, on_sheets
from renderers.sheets.overview import sheet_of
from renderers.theme import Theme

WHOLE, _OVERVIEW = Text("Whole architecture", "全体の構成"), Text("Overview", "概要")
#: The names of the overview and of the whole architecture, where pictures have names.
FIRST, ALL = "overview", "whole"
Drawn = tuple[Sheet, ...]
Views = dict[str, Mapping[Lang, Picture]]
Names = dict[str, Mapping[Lang, str]]


def write(design: Design, name: str, suffix: str, page: Page, lang: Lang, theme: Theme = "light") -> dict[str, bytes]:
    """Return the files of a design for a page by their names, the first under the name that was asked for.

    `name` has no suffix; the files of further sheets have their number behind it.
    """
    title = title_of(design, lang)
    groups = division(design.architecture, title, lang, page)

    def drawn(one: Lang, apart: Collection[str] = (), chapters: int = 0) -> Drawn:
        return on_sheets(design.architecture, groups, title_of(design, one), one, page, apart=apart, chapters=chapters)

    if suffix == ".html":  # a workflow or a group that has a sheet of its own in one language has one in both
        both = [drawn(one) for one in LANGS]
        apart = {node.id for found in both for sheet in found for node in sheet.picture.nodes if node.sheet}
        chapters = max(sum(sheet.is_overview for sheet in found) for found in both)
        return {f"{name}.html": _html(design, {one: drawn(one, apart, chapters) for one in LANGS}, lang, theme)}
    together: dict[str, Callable[[], bytes]] = {
        ".pdf": partial(pdf_pages, drawn(lang), page, title, lang, theme),
        ".pptx": partial(_pptx, drawn(lang), design, lang, theme),
        ".drawio": partial(_drawio, drawn(lang), design, lang, theme),
    }
    if suffix in together:
        return {f"{name}{suffix}": together[suffix]()}
    alone = drawn(lang)
    names = file_names(alone, name, suffix)
    return {names[sheet.number]: _alone(sheet, names, suffix, design, theme) for sheet in alone}


def _alone(sheet: Sheet, names: Mapping[int, str], suffix: str, design: Design, theme: Theme) -> bytes:
    """Return one sheet as a file of its own, with links to the files of the others if the format has links."""
    picture, lang = sheet.picture, sheet.picture.lang
    title = " ".join(picture.title.lines) or sheet.name
    if suffix == ".mmd":
        others = _others(sheet, names)
        links = {id: others[n] for id, n in _leading(sheet) if n in others}
        return mermaid.write(sheet.architecture, title, describe(sheet.architecture, lang), lang, links)
    if suffix == ".py":
        behind = f"-{sheet.number}" if sheet.number else ""
        return diagrams_source.write(sheet.architecture, title, lang, filename=f"architecture{behind}")
    return picture_alone(sheet, names, suffix, documentation.links(design, lang), theme)


def picture_alone(sheet: Sheet, names: Mapping[int, str], suffix: str, links: Mapping[str, str], theme: Theme) -> bytes:
    """Return the picture of a sheet as SVG (also one that draw.io edits) or PNG; `links` are pages by the ids of nodes."""
    if suffix == ".png":
        return png.draw(sheet.picture, theme)
    drawing = svg.write(sheet.picture, theme, _others(sheet, names))
    return drawio.inside(drawing, drawio.write(sheet.picture, theme, links)) if suffix == ".drawio.svg" else drawing


def _others(sheet: Sheet, names: Mapping[int, str]) -> dict[int, str]:
    """Return the addresses of the files of the other sheets."""
    return {n: quote(at) for n, at in names.items() if n != sheet.number}


def file_names(sheets: Drawn, name: str, suffix: str) -> dict[int, str]:
    """Return the names of the files of sheets by their numbers."""
    return {sheet.number: f"{name}{f'-{sheet.number}' if sheet.number else ''}{suffix}" for sheet in sheets}


def _pptx(drawn: Drawn, design: Design, lang: Lang, theme: Theme) -> bytes:
    return slides.write_all(tuple(sheet.picture for sheet in drawn), theme, reasons_of(design, lang))


def pdf_pages(drawn: Drawn, page: Page, title: str, lang: Lang, theme: Theme) -> bytes:
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


def _drawio(drawn: Drawn, design: Design, lang: Lang, theme: Theme) -> bytes:
    """Return the sheets as pages with links; the whole architecture, to which `--layout` returns, is the last page."""
    links = documentation.links(design, lang)
    whole = arrange(design.architecture, title_of(design, lang), lang=lang)
    if len(drawn) == 1:
        return drawio.write(whole, theme, links)
    return drawio.write_pages(drawio_pages(drawn, whole, lang), theme, links, back=FIRST)


def drawio_pages(drawn: Drawn, whole: Picture, lang: Lang) -> dict[str, tuple[str, Picture]]:
    """Return the pages of sheets for draw.io by their ids, each with its name; the whole is the last one."""
    pages = {page_id(sheet): (tab_name(sheet, lang), sheet.picture) for sheet in drawn}
    return pages | {"": (WHOLE.in_(lang), whole)}


def _html(design: Design, drawn: Mapping[Lang, Drawn], lang: Lang, theme: Theme) -> bytes:
    """Return the sheets as a page with a list; parts of the overview and titles of sheets lead to the other pictures."""
    whole = {one: arrange(design.architecture, title_of(design, one), lang=one) for one in LANGS}
    if len(drawn[lang]) == 1:
        return offline_page.write(whole, design, lang, theme)
    views, names, links = html_views(drawn, whole)
    return offline_page.write_views(views, names, design, lang, theme, links)


def html_views(drawn: Mapping[Lang, Drawn], whole: Mapping[Lang, Picture]) -> tuple[Views, Names, dict[int, str]]:
    """Return the pictures of sheets and their names by the views of a page, and the links to them; the whole is the last one."""
    views: Views = {}
    names: Names = {}
    for at_place in zip(*(drawn[one] for one in LANGS), strict=True):
        view = str(at_place[0].number or "")
        views[view] = {one: sheet.picture for one, sheet in zip(LANGS, at_place, strict=True)}
        names[view] = {one: tab_name(sheet, one) for one, sheet in zip(LANGS, at_place, strict=True)}
    links = {sheet.number: f"#{sheet.number or ''}" for sheet in drawn[LANGS[0]]}
    return {**views, ALL: whole}, {**names, ALL: {one: WHOLE.in_(one) for one in LANGS}}, links


def _leading(overview: Sheet) -> list[tuple[str, int]]:
    """Return the nodes of an overview that lead to sheets, with the numbers of these."""
    return [(node.id, number) for node in overview.architecture.nodes if (number := sheet_of(node.id)) is not None]


def page_id(sheet: Sheet) -> str:
    """Return the id of the page of a sheet in a draw.io file."""
    return drawio.sheet_id(sheet.number) if sheet.number else FIRST


def tab_name(sheet: Sheet, lang: Lang) -> str:
    """Return the name by which a reader chooses a sheet."""
    return f"{sheet.number}. {sheet.name}" if sheet.number else _OVERVIEW.in_(lang)
