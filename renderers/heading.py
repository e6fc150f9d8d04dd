"""The title above a picture: that of the requirements, with the view that is shown."""

from advisor.design import Design
from advisor.text import Lang
from renderers.words import clean


def title_of(design: Design, lang: Lang) -> str:
    """Return the title of a design's picture."""
    parts = (clean(text.in_(lang)) for text in (design.requirements.title, design.architecture.view))
    return " – ".join(part for part in parts if part)
