"""Destinations of one sender that are too many for its sheet: they follow on sheets of their own, a few on each."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from advisor.architecture import Architecture, Edge
from renderers.sheets.division import Unit, owners_of
from renderers.sheets.passing import FLOWS, leads_nowhere

#: How many destinations a sender has at most for them to stay on its sheet however small that is.
FEW = 8
#: How many destinations a sheet is tried with.
_TRIES = (20, 16, 12, 8, 6)


def divided(unit: Unit, architecture: Architecture, fits: Callable[[list[Unit]], bool]) -> Iterator[Unit]:
    """Yield a component, and if it does not fit on a sheet the many destinations of each of its senders apart."""
    many = {sender: ends for sender, ends in _destinations(unit, architecture).items() if len(ends) > FEW}
    if not many or fits([unit]):
        yield unit
        return
    apart = {end for ends in many.values() for end in ends}
    if rest := tuple(edge for edge in unit.edges if not {edge.source, edge.target} & apart):
        yield replace(unit, edges=rest)
    for sender, ends in many.items():
        yield from _pieces(sender, ends, unit, fits)


def _destinations(unit: Unit, architecture: Architecture) -> dict[str, list[str]]:
    """Return what each sender hands copies to that goes nowhere else and belongs to no component, in the order of the flow."""
    owned, found = owners_of(architecture), dict[str, list[str]]()
    for edge in unit.edges:
        into = {each.source for each in architecture.entering(edge.target) if each.flow in FLOWS}
        is_own = owned.get(edge.target, unit.subject) == unit.subject
        is_last = is_own and len(into) == 1 and leads_nowhere(edge.target, architecture)
        if edge.flow == "async" and architecture.node(edge.source).role == "messaging" and is_last:
            found.setdefault(edge.source, []).append(edge.target)
    return found


def _pieces(sender: str, ends: list[str], unit: Unit, fits: Callable[[list[Unit]], bool]) -> Iterator[Unit]:
    """Yield the destinations of a sender in pieces of about the same size, each the largest that can be read."""
    for most in _TRIES:
        count = -(-len(ends) // most)
        shares = [ends[n * len(ends) // count : (n + 1) * len(ends) // count] for n in range(count)]
        pieces = [Unit(sender.partition(".")[0], _edges_of(share, unit), tuple(share)) for share in shares]
        if most == _TRIES[-1] or fits([pieces[0]]):
            yield from pieces
            return


def _edges_of(ends: list[str], unit: Unit) -> tuple[Edge, ...]:
    return tuple(edge for edge in unit.edges if {edge.source, edge.target} & {*ends})
