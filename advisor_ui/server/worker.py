"""One process of several: it serves the connections that the front hands to it, and ends when the front does."""

import asyncio
import signal
import socket
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.book import DatedBook

if TYPE_CHECKING:
    import uvicorn

#: Which process a visitor is with.
COOKIE = "advisor_worker"
READY, CAME, WENT = b"r", b"+", b"-"
_MOST_AT_ONCE = 32


class Sticky:
    """An ASGI middleware that keeps a visitor with this process.

    It names itself in a cookie, and ends each connection after its answer: a proxy that sends the requests of several
    visitors over one connection would else send them all to the process of the first. It reports the number of visitors
    to the front.
    """

    def __init__(self, app: ASGIApp, number: int, front: socket.socket) -> None:
        self._app = app
        self._number = number
        self._front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hold a visitor's websocket."""
        if scope["type"] != "websocket":
            return await self._app(scope, receive, self._sticking(scope, send))
        self._say(CAME)
        try:
            await self._app(scope, receive, send)
        finally:
            self._say(WENT)

    def _say(self, what: bytes) -> None:
        with suppress(OSError):  # the front has ended, and so will this process
            self._front.send(what)

    def _sticking(self, scope: Scope, send: Send) -> Send:
        more = [(b"connection", b"close")]
        if worker_of(dict(scope.get("headers") or {}).get(b"cookie", b"").decode("latin-1")) != self._number:
            more.append((b"set-cookie", f"{COOKIE}={self._number}; Path=/; HttpOnly; SameSite=Lax".encode()))

        async def sticking(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        return sticking if scope["type"] == "http" else send


def worker_of(cookies: str) -> int | None:
    """Return the number of the process that a header of cookies names, or None."""
    found = SimpleCookie(cookies).get(COOKIE)
    return int(found.value) if found is not None and found.value.isascii() and found.value.isdecimal() else None


def work(number: int, front: socket.socket, port: int, dated: DatedBook | None) -> None:
    """Serve connections from the socket of the front process until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C reaches every process; the front says when to end
    from advisor_ui.server.application import prepare

    prepare(port, dated)
    asyncio.run(_serve(number, front))


async def _serve(number: int, front: socket.socket) -> None:
    from advisor_ui.server.application import server

    page = server(Middleware(Sticky, number=number, front=front))
    page.config.load()
    page.lifespan = page.config.lifespan_class(page.config)
    await page.startup(sockets=[])
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()

    def take() -> None:
        """Receive the connections that the front process passes on; an empty message means that it has ended."""
        said, connections, _, _ = socket.recv_fds(front, _MOST_AT_ONCE, _MOST_AT_ONCE)
        page.should_exit = page.should_exit or not said
        if not said:
            loop.remove_reader(front)
        for descriptor in connections:
            task = loop.create_task(_connect(page, socket.socket(fileno=descriptor)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    front.setblocking(False)
    loop.add_reader(front, take)
    front.send(READY)
    await page.main_loop()
    await page.shutdown(sockets=[])


async def _connect(page: "uvicorn.Server", connection: socket.socket) -> None:
    """Serve a connection as if it had been accepted here."""
    connection.setblocking(False)
    config = page.config

    def protocol() -> asyncio.Protocol:
        return config.http_protocol_class(  # type: ignore[call-arg]
            config=config, server_state=page.server_state, app_state=page.lifespan.state
        )

    with suppress(OSError):  # the visitor has gone meanwhile
        await asyncio.get_running_loop().connect_accepted_socket(protocol, connection)
