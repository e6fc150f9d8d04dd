"""Several views of one design as files: one file if the format supports several pictures, otherwise one per view."""

from collections.abc import Mapping

from advisor.design import Design
from advisor.text import EMPTY, LANGS, Lang
from renderers import documentation, drawio, offline_page, slides, svg
from renderers.heading import title_of
from renderers.layout import arrange
from renderers.layout.pages import A4
from renderers.layout.picture import Picture
from renderers.reasons import reasons_of
from renderers.theme import Theme

#: The formats that hold several pictures.
TOGETHER = (".pptx", ".pdf", ".drawio", ".html")


def write(views: Mapping[str, Design], suffix: str, lang: Lang, theme: Theme) -> bytes:
    """Return the views of a design, as they are drawn, as one file. The key of each is its name; that of the whole design, "", comes first."""
    whole = views[""]
    if suffix == ".html":
        pictures = {name: {one: _picture(design, one) for one in LANGS} for name, design in views.items()}
        names = {name: {one: design.architecture.view.in_(one) for one in LANGS} for name, design in views.items()}
        return offline_page.write_views(pictures, names, whole, lang, theme)
    pictures_of = {name: _picture(design, lang) for name, design in views.items()}
    if suffix == ".pptx":
        return slides.write_all(tuple(pictures_of.values()), theme, reasons_of(whole, lang))
    if suffix == ".pdf":
        from renderers import pdf

        pages = [
            pdf.Page(svg.write(one, theme), one.width, _name(views[name], lang), ())
            for name, one in pictures_of.items()
        ]
        return pdf.write_pages(pages, A4, title_of(whole, lang), lang)
    named = {name: (_name(views[name], lang), one) for name, one in pictures_of.items()}
    return drawio.write_pages(named, theme, documentation.links(whole, lang))


def _picture(design: Design, lang: Lang) -> Picture:
    return arrange(design.architecture, title_of(design, lang), lang=lang)


def _name(design: Design, lang: Lang) -> str:
    view = design.architecture.view
    return view.in_(lang) if view != EMPTY else title_of(design, lang)
