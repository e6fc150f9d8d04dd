"""The decision as an architecture decision record: MADR 4.0.0 in Markdown, in either language.

Two pages are read; the proof of every option and all answers are an appendix on request.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from advisor.design import Design
from advisor.text import Lang
from blueprints.project.compiled_templates import CompiledTemplates
from renderers.adr.appendix import appendix
from renderers.adr.pages import pages
from renderers.record import Place, Watch, record_of

__all__ = ["adr"]


def adr(
    design: Design,
    lang: Lang,
    *,
    full: bool = False,
    picture: str | None = None,
    watches: Mapping[Place, Watch] | None = None,
) -> bytes:
    """Return the record of a design's decision as a Markdown file in `lang`: two pages, with `full` and an appendix.

    `picture` is the path of a drawing as the record names it; without one the graph is embedded as Mermaid. `watches`
    are the alarms that warn that the decision has to be reviewed (`advisor_bundle.record.watches`).
    """
    record = record_of(design, watches)
    page = _rendered("pages.md.j2", pages(design, record, lang, picture, full=full))
    if full:
        page += "\n" + _rendered("appendix.md.j2", appendix(design, record, lang))
    return page.encode()


def _rendered(name: str, values: dict[str, Any]) -> str:
    return _template(name).render(values)


@lru_cache(maxsize=2)
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("renderers.adr", "."),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=CompiledTemplates(__name__),
    )
    return environment.get_template(name)
