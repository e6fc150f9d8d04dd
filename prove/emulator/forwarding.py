"""TCP port forwarding: from the port on a container's own address to the port of its program."""

import contextlib
import socket
import threading
from collections.abc import Callable

Address = tuple[str, int]


def forward(source: Address, destination: Address) -> Callable[[], None]:
    """Forward connections from `source` to `destination` until the returned function is called."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(source)
    listener.listen(16)
    threading.Thread(target=_accept, args=(listener, destination), daemon=True).start()

    def stop() -> None:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()

    return stop


def _accept(listener: socket.socket, destination: Address) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        try:
            server = socket.create_connection(destination, timeout=5)
        except OSError:
            client.close()
            continue
        server.settimeout(None)
        for source, target in ((client, server), (server, client)):
            threading.Thread(target=_pass, args=(source, target), daemon=True).start()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
