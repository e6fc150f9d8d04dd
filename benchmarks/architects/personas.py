"""Scripted architects: what each begins with on the page, what he knows, and what the source of the case decided.

A file under `benchmarks/interviews/architects/` is one architect. `reasons` are what the source names as the reason of its
decision; its architect knows them. Of the other `answers` he says "don't know" to one in four, by a seed. What neither has
is not known to him.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisor.text import Lang
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.typical_parts import TYPICAL_PARTS

FOLDER = Path(__file__).parent.parent / "interviews" / "architects"
ONE_IN = 4
_KINDS = {"component": "component", "linked-channel": "channel", "table": "store"}
_KINDS |= {name: typical.kind for name, typical in TYPICAL_PARTS.items()}


@dataclass(frozen=True)
class Part:
    """A part of the workload as its architect adds it.

    `add` is the entry of the page's menu, "component" the one that the form begins with, "linked-channel" the button at a
    part that listens to nothing, and "brought" a queue that another part `brings`. `beside` is the part that is selected.
    """

    id: str
    add: str
    kind: str
    name: Mapping[Lang, str]
    beside: str = ""
    brings: str = ""


@dataclass(frozen=True)
class Persona:
    """An architect with hidden requirements, and the services that his source accepts and rejects, by part and role."""

    id: str
    source: Mapping[str, str]
    story: str
    begin: Mapping[str, Any]
    parts: Mapping[str, Part]
    links: Mapping[str, Mapping[str, Any]]
    reasons: Mapping[str, Mapping[str, Any]]
    answers: Mapping[str, Mapping[str, Any]]
    decided: Mapping[str, Mapping[str, list[str]]]
    rejected: Mapping[str, Mapping[str, list[str]]]

    def says(self, part: str, field: str, lang: Lang, seed: int | None = None, *, forgets: bool = False) -> Any:
        """Return the answer in his words, or None if he does not know, or by the seed says so.

        Who `forgets` does not know one in four of his reasons either; what he wrote into the form he knows.
        """
        begun = self.begin if part == next(iter(self.parts)) else {}
        unsure = seed is not None and _drawn(f"{seed}:{self.id}:{part}:{field}")
        for known, sure in ((begun, True), (self.reasons.get(part, {}), not forgets)):
            if field in known and (sure or not unsure):
                return in_words(known[field], lang)
        value = self.answers.get(part, {}).get(field)
        return None if value is None or unsure else in_words(value, lang)

    def requirements(self, lang: Lang) -> dict[str, Any]:
        """Return everything that he knows as a requirements file."""
        file: dict[str, Any] = {"schema": 2, "workload": self._known(WORKLOAD, lang)}
        for part in self.parts.values():
            entry = {"id": part.id, **_implied(part), **self._known(part.id, lang), **self.links.get(part.id, {})}
            file.setdefault(f"{part.kind}s", []).append(entry)
        return file

    def _known(self, part: str, lang: Lang) -> dict[str, Any]:
        begun = self.begin if part == next(iter(self.parts)) else {}
        known = {**self.answers.get(part, {}), **begun, **self.reasons.get(part, {})}
        return {field: in_words(value, lang) for field, value in known.items()}

    def wrong(self, services: Mapping[str, Mapping[str, str | None]]) -> list[str]:
        """Return the roles in which services, by part and role, differ from what the source decided."""
        return [words for words, right in self._judged(services) if not right]

    @property
    def roles(self) -> int:
        """How many roles the source decided."""
        return sum(1 for _ in self._judged({}))

    def _judged(self, services: Mapping[str, Mapping[str, str | None]]) -> Iterator[tuple[str, bool]]:
        for part in dict.fromkeys((*self.decided, *self.rejected)):
            accepted, refused = self.decided.get(part, {}), self.rejected.get(part, {})
            for role in dict.fromkeys((*accepted, *refused)):
                chosen = services.get(part, {}).get(role) or "none"
                right = chosen in accepted.get(role, [chosen]) and chosen not in refused.get(role, [])
                yield f"{part} {role}: {chosen}", right


def in_words(value: Any, lang: Lang) -> Any:
    """Return an answer as it is said in a language."""
    return value[lang] if isinstance(value, dict) else value


def _drawn(words: str) -> bool:
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % ONE_IN == 0


def _implied(part: Part) -> dict[str, Any]:
    """Return what a typical part answers by itself."""
    typical = TYPICAL_PARTS.get({"brought": "queue"}.get(part.add, part.add))
    return dict(typical.answers) if typical is not None else {}


def personas() -> tuple[Persona, ...]:
    """Return all architects, by id."""
    return tuple(_persona(path) for path in sorted(FOLDER.glob("*.yaml")))


def _persona(path: Path) -> Persona:
    raw = yaml.safe_load(path.read_text("utf-8"))
    parts = {id: _part(id, entry) for id, entry in raw.pop("parts").items()}
    return Persona(id=path.stem, parts=parts, **raw)


def _part(id: str, raw: Mapping[str, Any]) -> Part:
    kind = _KINDS["queue" if raw["add"] == "brought" else raw["add"]]
    return Part(id, raw["add"], kind, raw["name"], raw.get("beside", ""), raw.get("brings", ""))
