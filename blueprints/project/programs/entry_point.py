"""Entry points: the events that start a program, derived from its incoming connections."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.architecture import Node
from advisor.sizing import worker_retries
from blueprints import settings
from blueprints.plan.callers.authorizers import CALLER_HEADER
from blueprints.plan.environment import variable_name
from blueprints.traits import Records, traits_of
from blueprints.traits.lambda_durable import Flow

#: The shell of a program that takes turns while its container runs.
LOOP = "container_loop"
#: The shell of a program that accepts connections and datagrams.
SOCKET = "container_socket"
#: The header with the token of a caller.
TOKEN_HEADER = "authorization"
#: What `identity` is where an entry asks for nobody.
NOBODY = "none"


@dataclass(frozen=True)
class EntryPoint:
    """Entry points of programs.

    `shell` names the template; `kind` is the variety within it; `entry` the service that callers reach, `identity` the one
    that says who they are; `source` the queue, stream or table that it takes from; `timed` says that it starts by the
    clock and not for a message; `array` is the number of jobs that one run is divided among (0 when it is not), `parts`
    that of a map's numbered parts; `listed` says that its items are the objects of a bucket, `itemised` that what starts
    a run may bring them; `flow` is what a durable function does; `batch` is how many messages a container takes from a queue at a time,
    `at_once` how many messages or requests it processes at the same time; `idle_s` is how long its load
    balancer keeps an idle connection; `open_reads` says that everybody may read, and only who writes is asked who it is;
    `validated` says that the API checks bodies by its description; `notified` says that the messages of its queue are notifications of a bucket;
    `signed` says that the program verifies the signature of
    the load balancer that has signed in its caller; `tokened` that its load balancer verifies a token and passes it on, which it checks
    again, also the signature if it `reaches_keys`; `signing_env` is the environment variable with the secret of a sender of
    webhooks, whose signature the program verifies; `adapted` says that the Lambda Web Adapter passes requests to its server,
    and `streamed` that it passes on responses while they are sent; `delivered` says that a CDN is before the entry; `shared` says that callers with another
    kind of identity read what becomes of its items, which nobody owns; `handed` says that programs of the project hand over messages to it,
    whose event ids they know.
    """

    shell: str
    kind: str = ""
    entry: str = ""
    identity: str = NOBODY
    source: Node | None = None
    timed: bool = False
    workflow: Node | None = None
    records: str = ""
    array: int = 0
    parts: int = 0
    listed: bool = False
    itemised: bool = False
    flow: Flow | None = None
    batch: int = 10
    at_once: int = 1
    idle_s: int = 0
    open_reads: bool = False
    validated: bool = False
    notified: bool = False
    signed: bool = False
    tokened: bool = False
    reaches_keys: bool = False
    signing_env: str = ""
    adapted: bool = False
    streamed: bool = False
    delivered: bool = False
    shared: bool = False
    handed: bool = False

    @property
    def webhook(self) -> bool:
        """Whether the program verifies the signature of a sender of webhooks."""
        return bool(self.signing_env)

    @property
    def owned(self) -> bool:
        """Whether callers own their items, because the entry authenticates reads or writes."""
        return self.identity != NOBODY and not self.open_reads and not self.shared

    @property
    def private(self) -> bool:
        """Whether a CDN is before the entry and must not keep responses, which belong to the caller who is authenticated."""
        return self.delivered and self.identity != NOBODY and not self.open_reads

    @property
    def cached(self) -> bool:
        """Whether a CDN is before the entry and may keep responses to reads, which are the same for all callers."""
        return self.delivered and not self.webhook and (self.identity == NOBODY or self.open_reads)

    @property
    def machines(self) -> bool:
        """Whether its callers sign with AWS credentials, and own their items or idempotency keys."""
        return (self.owned or self.binds_keys) and traits_of(self.identity).identity == "credentials"

    @property
    def binds_keys(self) -> bool:
        """Whether its callers share all items, but are known, so that each has idempotency keys of its own."""
        return self.identity != NOBODY and not self.owned and not self.webhook

    @property
    def ordered(self) -> bool:
        """Whether a batch of a queue is processed in order, so that messages of a group wait after a failure."""
        return self.shell == "lambda_batch" and self.fifo

    @property
    def stream(self) -> bool:
        """Whether the records of a stream are processed in order up to the first one that fails."""
        return self.shell == "lambda_batch" and self.source is not None and not traits_of(self.source.service).queue

    @property
    def fifo(self) -> bool:
        """Whether the source keeps an order."""
        return self.source is not None and traits_of(self.source.service).fifo

    @property
    def queue_env(self) -> str:
        """The environment variable that holds the polled queue's URL."""
        return variable_name(self.source.subject, "QUEUE_URL") if self.source else ""

    @property
    def hidden_s(self) -> int:
        """The visibility timeout of the polled queue."""
        return settings.number(self.source, "visibility_timeout_s") if self.source else 0

    @property
    def longest_retry_s(self) -> int:
        """The longest time in seconds after which the container receives a failed message again."""
        if self.source is None:
            return worker_retries.LONGEST_S
        return worker_retries.longest_s(settings.number(self.source, "max_receive_count"), self.hidden_s)

    @property
    def first_waits(self) -> list[int]:
        """The seconds after which the container receives a message again that failed once, twice, and so on."""
        return [worker_retries.wait_s(failures, self.longest_retry_s) for failures in range(1, 5)]

    @property
    def resolver(self) -> str:
        """The Powertools class that reads the entry's events."""
        resolver = traits_of(self.entry).resolver
        return resolver.name if resolver else ""

    @property
    def correlation(self) -> str:
        """The Powertools name of the path to a request's id."""
        resolver = traits_of(self.entry).resolver
        return resolver.correlation if resolver else ""

    @property
    def identity_path(self) -> tuple[str, ...]:
        """The keys under which the entry's event holds the caller's id."""
        if self.tokened:
            return ("headers", TOKEN_HEADER)
        if self.signed:
            return traits_of(self.entry).signed_path
        return traits_of(self.entry).caller_paths.get(traits_of(self.identity).identity, ())

    @property
    def checker(self) -> str:
        """The module of the program that verifies who calls, or "": claims of its load balancer, or a token."""
        return "bearer" if self.tokened else "identity" if self.signed else ""

    @property
    def people(self) -> bool:
        """Whether the entry checks the tokens of people, which may contain their email address."""
        return traits_of(self.identity).identity in ("user-pool", "provider")

    @property
    def claims_path(self) -> tuple[str, ...]:
        """The keys under which a request holds the verified claims of a caller, or () where a header holds the token."""
        found = traits_of(self.entry).claims_paths.get(traits_of(self.identity).identity, ())
        return found if self.shell != "container_web" else found[1:] if self.context_path else ()

    @property
    def token_header(self) -> str:
        """The header with the token of a caller, which the entry has verified, or the claims that a load balancer has signed."""
        place, *names = traits_of(self.entry).signed_path or ("",)
        return names[0] if place == "headers" and not self.tokened else TOKEN_HEADER

    @property
    def identity_header(self) -> str:
        """The header in which an authenticating load balancer or API passes the identity of the caller."""
        place, *names = self.identity_path or ("",)
        return names[0] if place == "headers" else CALLER_HEADER

    @property
    def context_path(self) -> tuple[str, ...]:
        """The keys of the caller's id in the request context, which the Lambda Web Adapter passes in a header."""
        return self.identity_path[1:] if self.adapted and self.identity_path[:1] == ("requestContext",) else ()

    @property
    def identity_variable(self) -> str:
        """The WSGI name of that header."""
        return f"HTTP_{self.identity_header.upper().replace('-', '_')}"

    @property
    def by_cookie(self) -> bool:
        """Whether browsers send what identifies their user with each request, also with those that another site makes."""
        return self.signed_in and not self.tokened

    @property
    def signed_in(self) -> bool:
        """Whether a load balancer has signed the caller in, and no API has checked a token."""
        return self.identity_header != CALLER_HEADER

    @property
    def _records(self) -> Records:
        records = traits_of(self.source.service).records if self.source else None
        if records is None:
            raise KeyError(self.kind)
        return records

    @property
    def record(self) -> str:
        """The Powertools class of one record."""
        return self._records.name

    @property
    def record_module(self) -> str:
        """The Powertools module of one record's class."""
        return self._records.module

    @property
    def sequence(self) -> str:
        """The name of a record's sequence number, below the name of its kind."""
        return self._records.sequence

    @property
    def imports(self) -> tuple[str, ...]:
        """The event type for the Powertools batch utility."""
        names = ("SqsFifoPartialProcessor",) if self.ordered else ("BatchProcessor", "EventType")
        return (*names, "process_partial_response")

    @property
    def processor(self) -> str:
        """The batch processor, as code."""
        if self.ordered:
            return "SqsFifoPartialProcessor(skip_group_on_error=True)"
        return f"BatchProcessor(event_type=EventType.{self._records.event_type})"

    @property
    def what(self) -> str:
        """The input as text."""
        return _EVENTS[self.kind][0]

    @property
    def sentence(self) -> str:
        """The processing as a sentence."""
        return _EVENTS[self.kind][1]


_EVENTS: Mapping[str, tuple[str, str]] = {
    "event": ("events of an EventBridge rule", "Process one event."),
    "schedule": ("invocations of a schedule", "Run once."),
    "pipe": ("batches of changes from EventBridge Pipes", "Process each change."),
    "topic": ("messages of an SNS topic", "Process each message."),
    "call": ("calls of other programs", "Process one call and return the result."),
    "direct": ("direct invocations", "Process one message."),
    "turn": ("invocations at regular intervals", "Run one iteration."),
}
