"""Snapshots: drafts that a person kept under a name, to be compared with, and their form in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.requirements import RequirementsError
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.link import pack, unpack

MOST = 6
MOST_CHARACTERS = 60
_PREFIX = "kept-"


@dataclass(frozen=True)
class Snapshot:
    """A draft under the name that it was given."""

    name: str
    draft: Raw


Snapshots = tuple[Snapshot, ...]


def with_snapshot(snapshots: Snapshots, name: str, draft: Raw) -> Snapshots:
    """Return the snapshots with one more; the oldest goes when there are more than `MOST`."""
    return (*snapshots, Snapshot(_cut(name), draft))[-MOST:]


def renamed(snapshots: Snapshots, number: int, name: str) -> Snapshots:
    """Return the snapshots with another name for one of them; an empty name changes nothing."""
    return tuple(
        replace(one, name=_cut(name)) if at == number and _cut(name) else one for at, one in enumerate(snapshots)
    )


def without(snapshots: Snapshots, number: int) -> Snapshots:
    """Return the snapshots without one of them."""
    return tuple(one for at, one in enumerate(snapshots) if at != number)


def _cut(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[:MOST_CHARACTERS]


def key_of(number: int) -> str:
    """Return the name of a snapshot in the address of a comparison."""
    return f"{_PREFIX}{number + 1}"


def number_of(key: str, snapshots: Snapshots) -> int | None:
    """Return the number of the snapshot that a key names, or None if it names none."""
    return next((number for number in range(len(snapshots)) if key_of(number) == key), None)


def to_link(snapshots: Sequence[Snapshot]) -> str | None:
    """Return snapshots as characters that an address may hold, or None if they would be too many."""
    return pack({"kept": [[one.name, one.draft] for one in snapshots]})


def from_link(packed: str) -> Snapshots:
    """Return the snapshots of an address; those that are none are left out."""
    try:
        raw = unpack(packed)
    except RequirementsError:
        return ()
    listed = raw.get("kept") if isinstance(raw, dict) else None
    found: Snapshots = ()
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) and _cut(one[0]):
            try:
                found = with_snapshot(found, one[0], drafts.checked(one[1]))
            except RequirementsError:
                continue
    return found
