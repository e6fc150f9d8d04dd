"""Several processes behind one port: each visitor stays with his, and one that ends is replaced.

The front accepts a connection, looks at the head of its request without taking it, and hands the connection itself to the
process that the visitor is with; what is sent over it passes the front by.
"""

import asyncio
import multiprocessing
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

from advisor.book import DatedBook
from advisor_ui.server.errors import WorkersFailed
from advisor_ui.server.worker import CAME, READY, WENT, work, worker_of

_HEAD_BYTES, _HEAD_WAIT_S, _LOOK_AGAIN_S = 65_536, 10.0, 0.01
_FAREWELL_S = 5.0
_MOST_FAILURES = 3


@dataclass
class _Worker:
    """A process, the socket to it, how many visitors it has, and when it was last given a new one."""

    process: BaseProcess
    channel: socket.socket
    ready: bool = False
    visitors: int = 0
    turn: int = 0


class Front:
    """Passes the connections of a listening socket to worker processes."""

    def __init__(self, listener: socket.socket, count: int, dated: DatedBook | None) -> None:
        self._listener = listener
        self._dated = dated
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["advisor_ui.page", "advisor_ui.server.application"])
        self._count = count
        self._workers: dict[int, _Worker] = {}
        self._turn = 0
        self._failures = 0
        self._ended: asyncio.Future[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self) -> None:
        """Serve until an interrupt. Raises WorkersFailed."""
        try:
            asyncio.run(self._serve())
        finally:
            self._listener.close()
            self._end()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()
        for number in range(self._count):
            self._start(number)
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self._finish)
        self._listener.setblocking(False)
        accepting = loop.create_task(self._accept())
        await self._ended
        accepting.cancel()

    def _finish(self, error: WorkersFailed | None = None) -> None:
        if self._ended is None or self._ended.done():
            return
        if error is None:
            self._ended.set_result(None)
        else:
            self._ended.set_exception(error)

    def _start(self, number: int) -> None:
        """Start a process, which takes connections as soon as it can; until then they wait in its socket."""
        own, its = socket.socketpair()
        port = self._listener.getsockname()[1]
        process = self._context.Process(target=work, args=(number, its, port, self._dated), daemon=True)
        process.start()
        its.close()
        own.setblocking(False)
        self._workers[number] = _Worker(process, own)
        asyncio.get_running_loop().add_reader(own, self._hear, number)

    def _hear(self, number: int) -> None:
        """Process the messages of a worker; if its channel closes, it has ended and is replaced."""
        worker = self._workers[number]
        with suppress(ConnectionError):
            if said := worker.channel.recv(4096):
                worker.ready = worker.ready or READY in said
                worker.visitors += said.count(CAME) - said.count(WENT)
                return
        asyncio.get_running_loop().remove_reader(worker.channel)
        worker.channel.close()
        self._failures = 0 if worker.ready else self._failures + 1
        if self._failures < _MOST_FAILURES:
            self._start(number)
        else:
            self._finish(
                WorkersFailed(
                    "--workers: the processes of the page ended before they could serve it; what they printed says why."
                )
            )

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError:  # too many open files: what is open ends before long
                await asyncio.sleep(0.1)
                continue
            task = loop.create_task(self._place(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _place(self, connection: socket.socket) -> None:
        """Pass a connection to the worker of its user, or of a new user to the one with the fewest."""
        with connection, suppress(OSError, TimeoutError):
            number = _asked_for(await asyncio.wait_for(_head(connection), _HEAD_WAIT_S))
            if number not in self._workers:
                number = min(self._workers, key=lambda n: (self._workers[n].visitors, self._workers[n].turn))
                self._turn += 1
                self._workers[number].turn = self._turn
            socket.send_fds(self._workers[number].channel, [b"c"], [connection.fileno()])

    def _end(self) -> None:
        """End all processes: each ends when its socket is closed, or is killed."""
        for worker in self._workers.values():
            worker.channel.close()
        for worker in self._workers.values():
            worker.process.join(_FAREWELL_S)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


async def _head(connection: socket.socket) -> bytes:
    """Return the head of a request, and leave it there for the process that answers it."""
    await _readable(connection)
    while True:
        head = connection.recv(_HEAD_BYTES, socket.MSG_PEEK)
        if not head:
            raise ConnectionResetError
        if b"\r\n\r\n" in head or len(head) == _HEAD_BYTES:
            return head
        await asyncio.sleep(_LOOK_AGAIN_S)


async def _readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    loop.add_reader(connection, there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(connection)


def _asked_for(head: bytes) -> int | None:
    """Return the number of the process that a request's cookies name, or None."""
    for line in head.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"cookie" and (number := worker_of(value.decode("latin-1").strip())) is not None:
            return number
    return None
