"""The overview and the sheets of two designs as files: one where a format holds several pictures, otherwise one for each.

draw.io and HTML files, which are read on a screen, hold both whole designs beside each other too, as their last picture.
"""

from collections.abc import Callable

from advisor.text import LANGS, Lang
from renderers import drawio, offline_page, slides
from renderers.beside.aligning import aligned
from renderers.beside.designs import Two
from renderers.beside.differences import differences
from renderers.beside.panels import beside
from renderers.beside.sheets import Comparison, Pieces, on_sheets
from renderers.layout.pages import Page
from renderers.layout.picture import Picture
from renderers.sheets import Sheet
from renderers.sheets.files import FIRST, drawio_pages, file_names, html_views, pdf_pages, picture_alone
from renderers.theme import Theme


def comparison(two: Two, lang: Lang) -> Comparison:
    """Return two designs with what differs in them."""
    pair = aligned(two.before.architecture, two.after.architecture)
    return Comparison(pair, differences(pair), two.called(lang), two.title(lang), lang)


def write(
    two: Two, groups: list[Pieces], page: Page, name: str, suffix: str, lang: Lang, theme: Theme
) -> dict[str, bytes]:
    """Return the files of two designs on sheets by their names, the first under the name that was asked for."""
    if suffix == ".html":
        return {f"{name}.html": _html(two, groups, page, lang, theme)}
    drawn = on_sheets(comparison(two, lang), groups, page)
    pictures = [sheet.picture for sheet in drawn]
    together: dict[str, Callable[[], bytes]] = {
        ".pdf": lambda: pdf_pages(drawn, page, two.title(lang), lang, theme),
        ".pptx": lambda: slides.write_all(tuple(pictures), theme, two.reasons(pictures, lang)),
        ".drawio": lambda: _drawio(two, drawn, lang, theme),
    }
    if suffix in together:
        return {f"{name}{suffix}": together[suffix]()}
    names, links = file_names(drawn, name, suffix), two.links(pictures, lang)
    return {names[sheet.number]: picture_alone(sheet, names, suffix, links, theme) for sheet in drawn}


def _whole(two: Two, lang: Lang) -> Picture:
    both = comparison(two, lang)
    return beside(both.pair, both.found, both.names, both.title, lang)


def _drawio(two: Two, drawn: tuple[Sheet, ...], lang: Lang, theme: Theme) -> bytes:
    pages = drawio_pages(drawn, _whole(two, lang), lang)
    links = two.links([picture for _, picture in pages.values()], lang)
    return drawio.write_pages(pages, theme, links, back=FIRST)


def _html(two: Two, groups: list[Pieces], page: Page, lang: Lang, theme: Theme) -> bytes:
    drawn = {one: on_sheets(comparison(two, one), groups, page) for one in LANGS}
    chapters = [sum(sheet.is_overview for sheet in found) for found in drawn.values()]
    if len(set(chapters)) > 1:  # a group that has an overview of its own in one language has one in both
        drawn = {one: on_sheets(comparison(two, one), groups, page, max(chapters)) for one in LANGS}
    views, names, links = html_views(drawn, {one: _whole(two, one) for one in LANGS})
    reasons = {one: two.reasons([by_lang[one] for by_lang in views.values()], one) for one in LANGS}
    titles = {one: two.title(one) for one in LANGS}
    return offline_page.write_views_with(views, names, titles, reasons, lang, theme, links)
