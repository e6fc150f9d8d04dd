"""Starts the page on this machine, looking the same from a checkout and from an installed package."""

import errno
import socket
import sys
from contextlib import suppress

from advisor.book import DatedBook
from advisor_ui.server.errors import PortTaken, WorkersFailed
from advisor_ui.server.options import ADDRESS, has_display, server_flags

__all__ = ("PortTaken", "WorkersFailed", "serve", "server_flags")

_BACKLOG = 2048


def serve(port: int, dated: DatedBook | None = None, workers: int = 1) -> None:
    """Serve the page on a port until it is interrupted. Raises PortTaken if it cannot listen there.

    The page decides by a rule book as of a day (default: the product's own, as of its newest check date). With more than
    one worker, so many processes serve it, and a visitor stays with his.
    """
    if workers > 1 and sys.platform == "win32":
        raise WorkersFailed("--workers: one process can hand visitors to others on Linux and macOS only; leave it out.")
    listener = _listening(port)
    if workers > 1:
        from advisor_ui.server.front import Front

        _announce(port)
        Front(listener, workers, dated).run()
        return
    from advisor_ui.server.application import prepare, server

    prepare(port, dated)
    _announce(port)
    with suppress(KeyboardInterrupt):
        server().run(sockets=[listener])


def _announce(port: int) -> None:
    """Print the address of the page, and open it if there is a browser."""
    url = f"http://{ADDRESS}:{port}"
    print(url, flush=True)
    if has_display():
        import webbrowser

        webbrowser.open(url)


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=_BACKLOG)
    except OSError as error:
        another = port + 1 if port < 65535 else 8501
        why = "is already in use" if error.errno == errno.EADDRINUSE else f"is not available ({error.strerror})"
        raise PortTaken(f"--port: port {port} {why}. Choose another, for example --port {another}.") from error
