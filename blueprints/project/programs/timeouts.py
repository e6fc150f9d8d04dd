"""Timeouts of calls to AWS services: all attempts of one call end before the program's own time does.

Without these, a call waits for 60 s to connect and 60 s for data in Python, and without an end in Node.js, while a
function behind an API has at most 30 s. In the retry mode `standard`, the delay before a retry doubles from at most 1 s up to
20 s if the service throttles, and from 50 ms otherwise
(https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html, read 2026-11-28).
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from blueprints import settings
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.traits import traits_of

#: The part of a program's time in which one call ends; the rest is for its other work, its answer and its log.
SHARE = 0.75
#: A lost packet that opens a connection is sent again after 1 s.
LEAST_CONNECT_S, MOST_CONNECT_S = 1, 2
#: What a service answers within even when it is slow; a shorter time would end calls that succeed.
LEAST_READ_S = 2
#: A service that has not answered a small request by then is taken to have lost it.
MOST_READ_S = 10
#: A database that is there accepts a connection within this time; a statement can return a page of large items.
MOST_OPEN_S, MOST_STATEMENT_S = 3, 30
#: An object of S3 can be large, and is one request.
MOST_TRANSFER_S = 60
#: A stopping container waits for the poll, so it ends within the shortest stop timeout, even if the queue does not answer.
POLL_READ_S, POLL_ATTEMPTS = 5, 2
#: The attempts of the mode `standard`; an object is sent once more only.
ATTEMPTS, TRANSFER_ATTEMPTS = (3, 2), (2,)
#: The time that every call is given, where records or waits share the time of a program.
LEAST_SHARED_S = 10
#: The part of its time that a program keeps for itself when it waits for the work of another one.
KEPT = 0.1
_LARGEST_DELAY_S = 20
#: The delays between questions whether a paused database has resumed, where a caller waits for the answer, and elsewhere.
WAITS_FOR_CALLER_S, WAITS_S = (1, 2, 3, 4, 5, 5), (1, 2, 4, 8, 15, 15)
#: The entry points whose callers wait.
_ANSWERING = ("lambda_http", "lambda_graphql", "lambda_websocket", "container_web")
#: A name after the module, or in the braces of an import.
_USED = re.compile(rb"\btimeouts\.(\w+)|import \{ (?:throttled, )?(\w+) \} from '\./timeouts'")


@dataclass(frozen=True, slots=True)
class Timeout:
    """The limits of one attempt in seconds, to connect and without data, and the number of attempts."""

    connect_s: int
    read_s: int
    attempts: int

    @property
    def longest_s(self) -> float:
        """The time after which the last attempt has ended."""
        return self.attempts * (self.connect_s + self.read_s) + delays_s(self.attempts)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The timeouts of a program's calls, by kind; `ends` says what ends the program's time, in a comment of the program."""

    ends: str
    call: Timeout
    transfer: Timeout
    data_api: Timeout
    invoke: Timeout
    #: A new connection to a PostgreSQL database, and one statement; there is no retry after a timeout.
    statement: Timeout
    #: Its time to read comes after the wait time of long polling.
    poll: Timeout


POLL = Timeout(MOST_CONNECT_S, POLL_READ_S, POLL_ATTEMPTS)


def delays_s(attempts: int) -> int:
    """Return the longest delays between attempts, in total."""
    delays: int = sum(min(2**retry, _LARGEST_DELAY_S) for retry in range(attempts - 1))
    return delays


def timeouts_of(architecture: Architecture, node: Node, entry_point: EntryPoint, called: Sequence[Node]) -> Timeouts:
    """Return the timeouts of a program's calls; `called` are the programs and workflows whose result it waits for."""
    limit_s, ends = _limit(architecture, node, entry_point)
    shared = settings.number(node, "batch_size") if entry_point.shell == "lambda_batch" else 1
    awaited_s = max((settings.number(one, "timeout_s") for one in called), default=0)
    return timeouts_within(limit_s, ends, shared, awaited_s, resume_waits_s(entry_point))


def answers(entry_point: EntryPoint) -> bool:
    """Return whether callers wait for the answers of a program."""
    return entry_point.shell in _ANSWERING


def resume_waits_s(entry_point: EntryPoint) -> tuple[int, ...]:
    """Return the delays between a program's attempts while a database resumes."""
    return WAITS_FOR_CALLER_S if answers(entry_point) else WAITS_S


def timeouts_within(
    limit_s: float, ends: str, shared: int = 1, awaited_s: int = 0, waits_s: Sequence[int] = ()
) -> Timeouts:
    """Return the timeouts of calls that end within a limit.

    `shared` is the number of records that share the time, `awaited_s` the longest run of what the program calls, `waits_s` the
    delays with which it waits for a paused database.
    """
    within_s = SHARE * max(limit_s / shared, min(limit_s, LEAST_SHARED_S))
    left_s = SHARE * max(limit_s - sum(waits_s), min(limit_s, LEAST_SHARED_S))
    connect_s = MOST_CONNECT_S if limit_s > LEAST_SHARED_S else LEAST_CONNECT_S
    waited_s = max(1, math.floor(limit_s * (1 - KEPT)) - connect_s)
    invoke = Timeout(connect_s, min(awaited_s + 1, waited_s) if awaited_s else waited_s, 1)
    transfer = _within(within_s, TRANSFER_ATTEMPTS, MOST_TRANSFER_S)
    # The driver for Python limits the opening of a connection by the time to read.
    read_s = max(1, min(MOST_STATEMENT_S, math.floor(within_s / 2)))
    statement = Timeout(min(read_s, MOST_OPEN_S), read_s, 1)
    return Timeouts(ends, _within(within_s), transfer, _within(min(within_s, left_s)), invoke, statement, POLL)


def of_function(timeout_s: int) -> Timeouts:
    """Return the timeouts of the calls of a function that has no other limit."""
    return timeouts_within(timeout_s, _of_function(timeout_s))


def used(sources: Iterable[bytes]) -> frozenset[str]:
    """Return the names of the module `timeouts` that the other modules of a folder use."""
    return frozenset(name.decode() for source in sources for found in _USED.findall(source) for name in found if name)


def _within(within_s: float, attempts: tuple[int, ...] = ATTEMPTS, most_read_s: int = MOST_READ_S) -> Timeout:
    for tries in attempts:
        each_s = (within_s - delays_s(tries)) / tries
        if each_s >= LEAST_CONNECT_S + LEAST_READ_S:
            connect_s = MOST_CONNECT_S if each_s >= 2 * (LEAST_CONNECT_S + LEAST_READ_S) else LEAST_CONNECT_S
            return Timeout(connect_s, min(most_read_s, int(each_s) - connect_s), tries)
    return Timeout(LEAST_CONNECT_S, max(1, min(most_read_s, int(within_s) - LEAST_CONNECT_S)), 1)


def _limit(architecture: Architecture, node: Node, entry_point: EntryPoint) -> tuple[float, str]:
    """Return the seconds that a program has, and what ends them."""
    if entry_point.shell == "container_queue":
        # A worker extends the visibility timeout at half.
        return entry_point.hidden_s / 2, f"half of the visibility timeout of {entry_point.hidden_s} s"
    own_s = settings.number(node, "timeout_s")
    waits = list(_waits(architecture, node))
    if entry_point.shell.startswith("container"):
        if entry_point.shell == "container_web" and waits:
            return min(waits), f"the caller's timeout of {min(waits)} s"
        return own_s, f"the longest run of {own_s} s"
    if waits and min(waits) < own_s:
        return min(waits), f"the caller's timeout of {min(waits)} s"
    return own_s, _of_function(own_s)


def _of_function(timeout_s: int) -> str:
    return f"the timeout of {timeout_s} s of the function"


def _waits(architecture: Architecture, node: Node) -> Iterator[int]:
    """Yield the seconds for which the entries of a program wait for its answer."""
    for edge in architecture.entering(node.id, "invoke"):
        entry = architecture.node(edge.source)
        if traits_of(entry.service).protocol in ("http", "graphql", "websocket"):
            given = [key for key in ("timeout_s", "idle_timeout_s") if key in entry.settings]
            yield min((settings.number(entry, key) for key in given), default=settings.MOST_WAITED_S)
            yield from _waits(architecture, entry)
