"""Faults as data: the project, the edits, and why no tier can detect a fault that is expected to survive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

KINDS = Path(__file__).with_name("kinds")


class InvalidFault(ValueError):
    """A fault that cannot be planted as written, or would change nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text file: the first `find` after `after`, and all up to `until`, becomes `put`."""

    file: str
    find: str
    put: str = ""
    after: str = ""
    until: str = ""

    def apply(self, text: str) -> str:
        """Return the changed text. Raises InvalidFault if there is nothing to change or nothing changes."""
        start = self._position(self.after, text, 0)
        at = self._position(self.find, text, start)
        end = at + len(self.find)
        if self.until:
            end = self._position(self.until, text, end)
        changed = text[:at] + self.put + text[end:]
        if changed == text:
            raise InvalidFault(f"nothing in {self.file} would change")
        return changed

    def _position(self, fragment: str, text: str, start: int) -> int:
        at = text.find(fragment, start)
        if at < 0:
            raise InvalidFault(f"{self.file} has no {fragment!r}" + (f" behind {self.after!r}" if self.after else ""))
        return at


@dataclass(frozen=True, slots=True)
class Fault:
    """A change of a project. `survives` is the reason why no tier can detect it, empty where a tier has to detect it.

    `alike` is a fault of the compiler's that every target has, so that comparing targets does not show it.
    `retells` is the address of the published incident, or of the document, that the fault is taken from.
    """

    id: str
    kind: str
    story: str
    target: str
    what: str
    edits: tuple[Edit, ...]
    alike: bool = False
    survives: str = ""
    retells: str = ""

    @property
    def project(self) -> str:
        """The project that the fault is planted in, as `<story>/<target>`."""
        return f"{self.story}/{self.target}"


@dataclass(frozen=True, slots=True)
class Kind:
    """Faults of one kind: a file, its title and its rows."""

    id: str
    title: str
    faults: tuple[Fault, ...]


@lru_cache(maxsize=1)
def kinds(folder: Path = KINDS) -> tuple[Kind, ...]:
    """Return the kinds in the order of their files. Raises ValueError if two faults have the same id."""
    all_kinds = tuple(_kind(file) for file in sorted(folder.glob("*.yaml")))
    ids = [fault.id for kind in all_kinds for fault in kind.faults]
    twice = {id for id in ids if ids.count(id) > 1}
    if twice:
        raise ValueError(f"{folder.name}: {', '.join(sorted(twice))} is there twice")
    return all_kinds


def faults() -> tuple[Fault, ...]:
    """Return all faults."""
    return tuple(fault for kind in kinds() for fault in kind.faults)


def _kind(file: Path) -> Kind:
    raw = yaml.safe_load(file.read_text("utf-8"))
    return Kind(file.stem, raw["title"], tuple(_faults(file.stem, raw["faults"])))


def _faults(kind: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for id, row in rows.items():
        story, _, target = row["project"].partition("/")
        edits = tuple(Edit(**edit) for edit in row["edits"])
        yield Fault(
            id,
            kind,
            story,
            target=target,
            what=row["what"],
            edits=edits,
            alike=row.get("alike", False),
            survives=row.get("survives", ""),
            retells=row.get("retells", ""),
        )
