"""Renderers: a design as one file; `FORMATS` lists them, `draw` makes one."""

from advisor.design import Design
from advisor.text import Lang
from renderers import svg
from renderers.layout import arrange
from renderers.theme import Theme


def draw(design: Design, suffix: str = ".svg", *, lang: Lang = "en", theme: Theme = "light") -> bytes:
    """Return a design as one file. ValueError when no renderer writes this suffix."""
    if suffix != ".svg":
        raise ValueError("Pictures can be drawn as .svg.")
    return svg.write(arrange(design.architecture, design.requirements.title.in_(lang), lang=lang), theme)
