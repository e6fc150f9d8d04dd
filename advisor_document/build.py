"""The sections in their order, and the document made of them."""

from collections.abc import Callable, Collection
from dataclasses import replace

from advisor.design import Design
from advisor.text import Lang, Text, in_a_row
from advisor_document.context import Context
from advisor_document.model import Document, Section
from advisor_document.sections import (
    architecture,
    cover,
    failures,
    glossary,
    migration,
    open_points,
    operations,
    options,
    permissions,
    premises,
    quality,
    quotas,
    requirements,
    risks,
    scope,
    summary,
)
from advisor_document.titles import TITLES
from renderers.words import clean

COVER, SOURCES = "cover", "sources"
_CHAPTERS: dict[str, Callable[[Context], Section]] = {
    "summary": summary.section,
    "scope": scope.section,
    "functional-requirements": requirements.section,
    "non-functional-requirements": quality.section,
    "premises": premises.section,
    "architecture": architecture.section,
    "options": options.section,
    "quotas": quotas.section,
    "permissions": permissions.section,
    "failures": failures.section,
    "operations": operations.section,
    "migration": migration.section,
    "risks": risks.section,
    "open-points": open_points.section,
    "glossary": glossary.section,
}
#: What `--without` can name, in the order of the document.
SECTIONS = tuple(TITLES)
_KIND = Text("Architecture design document", "アーキテクチャ設計書")
_UNTITLED = Text("Untitled workload", "無題のワークロード")


class UnknownSection(ValueError):
    """An unknown section was named. `text` lists the known ones."""

    def __init__(self, name: str) -> None:
        listed = in_a_row(SECTIONS)
        self.text = Text(
            f'There is no section "{clean(name)[:40]}". It must be one of: {listed.en}.',
            f"「{clean(name)[:40]}」という章はありません。指定できる章: {listed.ja}。",
        )
        super().__init__(self.text.en)


def document(design: Design, lang: Lang, without: Collection[str] = ()) -> Document:
    """Return the document of a design in one language, without some of its sections. UnknownSection names those that there are."""
    for name in without:
        if name not in SECTIONS:
            raise UnknownSection(name)
    context = Context(design, lang, without)
    first = () if COVER in without else cover.blocks(context)
    sections = [make(context) for name, make in _CHAPTERS.items() if name not in without]
    return Document(
        lang=lang,
        title=clean(design.requirements.title.in_(lang)) or _UNTITLED.in_(lang),
        kind=_KIND.in_(lang),
        cover=first,
        sections=tuple(_numbered(section, str(n)) for n, section in enumerate(sections, 1)),
        notes=() if SOURCES in without else context.notes,
    )


def _numbered(section: Section, number: str) -> Section:
    parts = tuple(_numbered(part, f"{number}.{n}") for n, part in enumerate(section.parts, 1))
    return replace(section, number=number, parts=parts)
