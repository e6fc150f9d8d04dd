"""Captions: tables and figures are numbered in order; and the fixed texts around the sections."""

from dataclasses import dataclass, field

from advisor.text import Lang, Text

WORDS = {
    "contents": Text("Contents", "目次"),
    "sources": Text("Sources", "出典"),
    "table": Text("Table", "表"),
    "figure": Text("Figure", "図"),
}


@dataclass
class Counter:
    """Numbers tables and figures."""

    lang: Lang
    counts: dict[str, int] = field(default_factory=dict)

    def parts(self, kind: str, caption: str) -> tuple[str, int, str]:
        """Return the caption of the next table or figure as its label, its number, and the rest."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return WORDS[kind].in_(self.lang), self.counts[kind], f"{': ' if self.lang == 'en' else '　'}{caption}"

    def numbered(self, kind: str, caption: str) -> str:
        """Return the caption of the next table or figure in one string."""
        label, number, rest = self.parts(kind, caption)
        return f"{label} {number}{rest}"
