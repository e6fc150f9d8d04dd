"""The reasons of a design as plain text, for the notes of a slide and for the page that opens them."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.decision import Reason
from advisor.design import Design
from advisor.text import Lang
from renderers.words import clean, node_name


@dataclass(frozen=True, slots=True)
class PartReasons:
    """The name of a part, and the sentences that led to its service, each with its page (empty: none)."""

    name: str
    because: tuple[tuple[str, str], ...]


Reasons = Mapping[str, PartReasons]


def reasons_of(design: Design, lang: Lang) -> dict[str, PartReasons]:
    """Return the reasons by node id; parts that were not chosen among others have none."""
    found = {}
    for node in design.architecture.nodes:
        because = tuple(
            (clean(reason.sentence.in_(lang)), reason.source.url if reason.source else "")
            for reason in _because(design, node.subject, node.role)
        )
        if because:
            found[node.id] = PartReasons(node_name(node).in_(lang), because)
    return found


def _because(design: Design, subject: str, role: str) -> tuple[Reason, ...]:
    for decided in design.decision.subjects:
        for choice in decided.choices if decided.id == subject else ():
            if choice.role == role:
                return choice.because
    return ()
