"""Connections to one address handed on to another: a container's port on its own address, to where its program listens."""

import contextlib
import socket
import threading
from collections.abc import Callable

Address = tuple[str, int]


def forward(here: Address, there: Address) -> Callable[[], None]:
    """Listen here and hand on there until the function that is returned is called."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(here)
    listener.listen(16)
    threading.Thread(target=_accept, args=(listener, there), daemon=True).start()

    def stop() -> None:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()

    return stop


def _accept(listener: socket.socket, there: Address) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        try:
            far = socket.create_connection(there, timeout=5)
        except OSError:
            near.close()
            continue
        far.settimeout(None)
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=_pass, args=(source, target), daemon=True).start()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
