"""Errors that prevent the server from starting, as sentences."""


class PortTaken(Exception):
    """The page cannot listen on its port; the message names the port and the remedy."""


class WorkersFailed(Exception):
    """The page cannot be served by several processes here, or each of them ends before it serves a visitor."""
