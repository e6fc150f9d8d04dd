"""The cost of a wrong assumption: the weight of the resulting change of the verdict.

The weights cover a limit or demand that is not met, an endpoint that is missing or unnecessary, a service that has to
be rebuilt, and charges while idle. The weights only order questions; no verdict depends on them.
"""

from advisor.book import DatedBook
from advisor.sensitivity.moves import Move
from advisor.verdict import Verdict

_BROKEN, _ENDPOINT, _MONEY = 3.0, 3.0, 1.0
_ENDPOINT_ROLES = ("entry", "identity")
# What it takes to replace the service of a role later: data is moved, programs are packaged again, callers change.
_REBUILT = {"store": 4.0, "compute": 3.0, "messaging": 3.0, "workflow": 2.0, "entry": 2.0, "engine": 2.0}
_OTHER = 1.0


def consequence(dated: DatedBook, moves: tuple[Move, ...], then: Verdict) -> float:
    """Return the weight of the changes that an answer causes, given the verdict with that answer."""
    return sum(_of_move(dated, move, then) for move in moves)


def _of_move(dated: DatedBook, move: Move, then: Verdict) -> float:
    weight = _REBUILT.get(move.role, _OTHER)
    if move.role in _ENDPOINT_ROLES and None in (move.before, move.after):
        weight += _ENDPOINT
    if move.before is not None and move.after is not None:
        weight += _BROKEN * _is_ruled_out(move, then)
        charged = [_is_charged(dated, service, move, then) for service in (move.before, move.after)]
        weight += _MONEY * (charged[0] != charged[1])
    return weight


def _is_ruled_out(move: Move, then: Verdict) -> bool:
    """Return whether a limit or a hard requirement rules out the service that was chosen without the answer."""
    chosen = then.subjects[move.subject].of_role(move.role)
    if move.before in chosen.outcome.ranked:
        return False  # possible still, and only not the best any more
    entries = chosen.table.entries_of(chosen.fired)
    return any(move.before in entry.against for entry in entries if entry.limit or entry.property)


def _is_charged(dated: DatedBook, service: str, move: Move, then: Verdict) -> bool:
    """Return whether a service costs money without requests."""
    entry, values = dated.book.services.get(service), then.subjects[move.subject].known.values
    stated = (p for p in entry.properties if p.name == "standing-charge") if entry else ()
    return any(p.role == move.role and all(atom.holds(values) for atom in p.when) for p in stated)
