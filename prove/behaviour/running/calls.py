"""Calls over HTTPS between programs of a project: by the rules of the load balancer that the address names."""

import io
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from typing import Any, Protocol
from urllib.parse import urlsplit

from prove.behaviour.listening import taken_by
from prove.behaviour.reachability import LISTENER
from prove.behaviour.references import ids_in
from prove.behaviour.running.cloud import Cloud, NotRun
from prove.readback import Stack

_BALANCER = re.compile(r"https://\$\{(\w+)\.DNSName\}")


class Server(Protocol):
    """A program that a load balancer hands requests to."""

    def receive(self, method: str, path: str, who: str, query: Mapping[str, str], text: str) -> tuple[int, str]:
        """Return the status and the text with which it answers."""
        ...


class Exchange:
    """The load balancers of a stack; `servers` are the programs by the logical ids of their target groups."""

    def __init__(self, stack: Stack, servers: Mapping[str, Server]) -> None:
        self._stack, self._servers = stack, servers

    def send(self, url: str, method: str, text: str) -> tuple[int, str]:
        """Return what the program behind an address answers; NotRun where no load balancer of the stack has it."""
        matched = _BALANCER.match(url)
        for listener in self._stack.of_type(LISTENER) if matched else ():
            of_balancer = matched is not None and matched[1] in ids_in(listener.properties["LoadBalancerArn"])
            if not of_balancer or str(listener.properties.get("Port")) != "443":
                continue
            path = urlsplit(url[matched.end() :] if matched else url).path
            acting = taken_by(self._stack, listener, path)
            actions = acting.properties.get("Actions", acting.properties.get("DefaultActions", ()))
            for group in ids_in([action.get("TargetGroupArn", "") for action in actions]):
                if group in self._servers:
                    return self._servers[group].receive(method, path, "everyone", {}, text)
            return 404, '{"message": "There is no such service."}'
        raise NotRun(f"a call of {url}")


@contextmanager
def answered(cloud: Cloud) -> Iterator[None]:
    """Let the programs of this process call each other; a call of anything else is noted, since programs answer 500 to it."""
    original = urllib.request.urlopen

    def urlopen(request: Any, timeout: float = 0) -> io.BytesIO:
        try:
            if cloud.exchange is None:
                raise NotRun(f"a call of {request.full_url}")
            status, text = cloud.exchange.send(request.full_url, request.get_method(), (request.data or b"").decode())
        except NotRun as error:
            cloud.missing = error
            raise
        if status >= 400:
            raise urllib.error.HTTPError(request.full_url, status, "refused", Message(), None)
        return io.BytesIO(text.encode())

    urllib.request.urlopen = urlopen  # type: ignore[assignment]
    try:
        yield
    finally:
        urllib.request.urlopen = original
