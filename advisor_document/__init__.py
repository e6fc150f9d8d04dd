"""The design document: what a client reviews and signs, made from a design, in Markdown, HTML, PDF or Word."""

from advisor_document.build import SECTIONS, UnknownSection, document


__all__ = ["SECTIONS","UnknownSection","document"]
