"""Calls over HTTPS of programs: between those of a project by the rules of the load balancer that the address names."""

import io
import json
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
from prove.behaviour.running.cloud import Cloud
from prove.readback import Stack

#: The parameter with the domain name of a load balancer is named after it.
_BALANCER = re.compile(r"https://\$\{(\w+?)(?:\.DNSName|DomainName)\}")


class Server(Protocol):
    """A program that a load balancer hands requests to."""

    def receive(
        self, method: str, path: str, who: str, query: Mapping[str, str], text: str, headers: Mapping[str, str] | None
    ) -> tuple[int, str]:
        """Return the status and the text with which it answers."""
        ...


class Exchange:
    """The load balancers of a stack; `servers` are the programs by the logical ids of their target groups."""

    def __init__(self, stack: Stack, servers: Mapping[str, Server]) -> None:
        self._stack, self._servers = stack, servers

    def send(self, url: str, method: str, text: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Return the response of the program behind an address, or None if no load balancer of the stack has it."""
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
                    return self._servers[group].receive(method, path, "everyone", {}, text, headers)
            return 404, '{"message": "There is no such service."}'
        return None


@contextmanager
def answered(cloud: Cloud) -> Iterator[None]:
    """Route calls between the programs of this process; external targets return an id.

    Each request is noted, with the key by which its receiver would recognize it.
    """
    original = urllib.request.urlopen

    def urlopen(request: urllib.request.Request, **_options: Any) -> io.BytesIO:
        text = request.data.decode() if isinstance(request.data, bytes) else ""
        noted = {"key": request.get_header("Idempotency-key"), "body": json.loads(text or "null")}
        cloud.requested.append((request.full_url, noted))
        sent = cloud.exchange and cloud.exchange.send(
            request.full_url, request.get_method(), text, dict(request.header_items())
        )
        status, answer = sent or (200, '{"id": "answer"}')
        if status >= 400:
            raise urllib.error.HTTPError(request.full_url, status, "refused", Message(), None)
        return io.BytesIO(answer.encode())

    urllib.request.urlopen = urlopen  # type: ignore[assignment]
    try:
        yield
    finally:
        urllib.request.urlopen = original
