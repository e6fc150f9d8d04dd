"""Why the page cannot be served: one sentence each."""


class PortTaken(Exception):
    """The page cannot listen on its port; the message names it and says what to do."""


class WorkersFailed(Exception):
    """The page cannot be served by several processes here, or each of them ends before it serves anybody."""
