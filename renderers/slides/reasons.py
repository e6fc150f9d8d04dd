"""The reasons of a design as plain text, for the notes of a slide and for a page that opens them."""

from advisor.design import Design
from advisor.text import Lang
from renderers.words import clean


def reasons(design: Design, lang: Lang) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return, by node id, the name of a part with what it is for, and the sentences that led to it."""
    found = {}
    for node in design.architecture.nodes:
        title, note = clean(node.heading.in_(lang)), clean(node.note.in_(lang))
        name = (f"{title} ({note})" if lang == "en" else f"{title}（{note}）") if note else title
        sentences = _sentences(design, node.subject, node.role, lang)
        if sentences:
            found[node.id] = (name, sentences)
    return found


def _sentences(design: Design, subject: str, role: str, lang: Lang) -> tuple[str, ...]:
    for decided in design.decision.subjects:
        for choice in decided.choices if decided.id == subject else ():
            if choice.role == role:
                return tuple(clean(reason.sentence.in_(lang)) for reason in choice.because)
    return ()
