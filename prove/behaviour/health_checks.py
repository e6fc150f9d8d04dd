"""Runs servers of containers with more requests than they work on at a time, and asks for their health meanwhile."""

import socket
import subprocess
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from prove.behaviour.stopping import BODY, HOLD_S, REQUEST, STARTS_WITHIN_S, STATUS, Run, Sources, sources_of, written

_CHECK = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
#: More than a server of a project works on at a time.
REQUESTS = 12


def answers_checks(folder: Path) -> bool:
    """Return whether the server in a folder answers a health check while more requests wait than it works on at a time."""
    return _answers_checks(sources_of(folder))


@cache
def _answers_checks(sources: Sources) -> bool:
    with written(sources) as folder:
        return _Busy("server", folder).checked()


class _Busy(Run):
    """One run of a server that is kept busy."""

    def checked(self) -> bool:
        """Start the server, give it more requests than it works on at a time, and return whether it then answers a health check."""
        environment = {**self.environment(), "HOLD_S": str(HOLD_S)}
        process = subprocess.Popen(
            self.command(),
            cwd=self._folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        reader = self.read(process)
        try:
            self._answer(_CHECK, STARTS_WITHIN_S)
            waiting = [self._opened(REQUEST + BODY) for _ in range(REQUESTS)]
            started = time.monotonic()
            while self.reports().count("stopping: begins\n") < REQUESTS and time.monotonic() - started < HOLD_S / 4:
                time.sleep(0.05)
            answered = self._answer(_CHECK, HOLD_S / 2)
            for connection in waiting:
                connection.close()
            return answered
        finally:
            process.kill()
            process.wait()
            reader.join()

    def _opened(self, sent: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=HOLD_S / 2)
        connection.sendall(sent)
        return connection

    def _answer(self, sent: bytes, within_s: float) -> bool:
        """Return whether the server answers within a time, which counts from its start as well."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            with suppress(ConnectionError, TimeoutError), self._opened(sent) as connection:
                return STATUS in connection.recv(100)
            time.sleep(0.05)
        return False
