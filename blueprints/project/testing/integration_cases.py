"""The cases of the integration tests: what is sent to each entry of a deployed stack, and what must be seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from advisor.architecture import Node
from blueprints import settings
from blueprints.plan import Plan
from blueprints.plan.environment import provider_token
from blueprints.plan.routes import open_reads
from blueprints.project.documents.trials.api_keys import asks_for_key
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.code import Code, started_together
from blueprints.project.programs.uploads import Uploads
from blueprints.shared.event_types import event_types
from blueprints.shared.notices import sent_apart
from blueprints.traits import cloudfront, lambda_function_url, traits_of
from blueprints.traits.callbacks import RESUME
from blueprints.traits.ecs_express import behind as served_by_ecs
from blueprints.traits.lambda_function_url import SIGNED_FOR

#: The time in which a container starts, and in which a service without tasks has one: metrics of a queue that was idle for six
#: hours are up to 15 minutes late.
_START_S, _WAKE_S = 300, 1200
#: What a run waits for whose first check of another system follows after a longer pause than a test waits.
_OTHER_SYSTEM, _LONGEST_PAUSE_S = "other-system", 60

Uploaded = Literal["", "file", "item"]
#: The least time for a result: a container is started, or a message is delivered again after an error.
LEAST_WAIT_S = 900
#: In place of the service of a bucket: each object is in the folder of its owner.
OWNER_FOLDERS = "owner-folders"


@dataclass(frozen=True, slots=True)
class Seen:
    """The location of the effect: a store, the prefix of its outputs, and the key prefix of an item.

    `result` is the attribute of an existing item in which the effect is seen; without one, the effect is an item.
    """

    service: str
    start: str
    prefix: str
    table: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One test: `kind` is its form, `start` the prefix of the outputs of its target.

    `seen` is where the effect is looked for, for `wait_s` at most; without one, the answer alone is the effect. `secret` is the output with the
    secret with which the sender signs; `waits` is what an execution waits for, and `answered_at` the output with the address at which
    the test answers a callback.
    """

    name: str
    kind: str
    start: str
    identity: str = "none"
    reads: bool = False
    open_reads: bool = False
    many: bool = False
    waits: str = ""
    answered_at: str = ""
    piped: bool = False
    fifo: bool = False
    #: The type of a message to a topic whose subscriptions select by it, or "".
    type: str = ""
    url: bool = False
    asks_for_key: bool = False
    secret: str = ""
    #: The output with the ID of the API key of a usage plan that callers send, or "".
    usage_key: str = ""
    #: The output with the ID of the API whose API key callers send because they do not sign in, or "".
    api_with_key: str = ""
    seen: Seen | None = None
    #: What callers upload: files of their "item"s, "file"s on their own, or nothing.
    uploads: Uploaded = ""
    wait_s: int = LEAST_WAIT_S
    #: The prefix of the outputs of the CloudFront distribution that callers reach instead of the entry, or "".
    delivery: str = ""

    @property
    def address(self) -> str:
        """The output that holds the address for callers."""
        return f"{self.delivery}Url" if self.delivery else self.origin

    @property
    def origin(self) -> str:
        """The output that holds the address of the entry itself; that of a function is not called a URL."""
        return f"{self.start}{'Address' if self.url else 'Url'}"

    @property
    def closed(self) -> bool:
        """Whether the entry refuses callers that bypass its distribution."""
        return self.url and bool(self.delivery)

    @property
    def refuses_reads(self) -> bool:
        """Whether a read without authentication fails: the test that production can run."""
        return self.identity != "none" and self.reads and not self.open_reads and not self.secret

    @property
    def keyed(self) -> bool:
        """Whether callers send an API key."""
        return bool(self.usage_key or self.api_with_key)

    @property
    def provider_token(self) -> str:
        """The environment variable with a token of the existing identity provider, or "" if the API asks for none."""
        return provider_token(self.name) if traits_of(self.identity).identity == "provider" else ""

    @property
    def signs_for(self) -> str:
        """The service name for the request signature."""
        return SIGNED_FOR if self.url else "execute-api"


def wait_s(codes: Iterable[Code]) -> int:
    """Return the longest time for a result of programs: their start and the longest run of each of their steps."""
    waits = [
        sum(
            settings.number(code.plan.node, "timeout_s") * code.last_step
            + (_WAKE_S if settings.scales_to_zero(code.plan.node) else _START_S)
            + _polling_s(code)
            for code in run
        )
        for run in started_together(codes)
    ]
    return max([LEAST_WAIT_S, *waits])


def _polling_s(code: Code) -> int:
    """Return how long a run takes until its first check of another system, which is simulated, has answered."""
    workflow = code.entry_point.workflow
    pause = settings.number(workflow, "poll_interval_s") if workflow is not None and code.polls else 0
    return pause + settings.number(code.plan.node, "timeout_s") if 0 < pause <= _LONGEST_PAUSE_S else 0


def cases_of(plan: Plan, codes: tuple[Code, ...]) -> list[Case]:
    """Return the tests of what can be called or started from outside."""
    return _named([*_answered(plan, [*_entries(plan, codes), *_programs(plan, codes)]), *_delivered(plan)])


def _answered(plan: Plan, cases: list[Case]) -> Iterator[Case]:
    """Yield the cases; an execution that waits for a callback is answered at its endpoint if the test can call that."""
    endpoints = {case.start: case for case in cases if case.secret}
    machines = {plan.name(edge.target): edge.source for edge in plan.architecture.edges if edge.verb == RESUME}
    for case in cases:
        program = machines.get(case.start) if case.waits == "callback" else None
        entries = plan.architecture.entering(program, "invoke") if program else ()
        found = next((endpoints[name] for edge in entries if (name := plan.name(edge.source)) in endpoints), None)
        yield case if found is None else replace(case, answered_at=found.address, secret=found.secret)


def _named(cases: list[Case]) -> list[Case]:
    """Return the cases, one of each name."""
    return list({case.name: case for case in reversed(cases)}.values())[::-1]


def _entries(plan: Plan, codes: tuple[Code, ...]) -> Iterator[Case]:
    for entry in plan.architecture.nodes:
        if entry.role != "entry" or entry.settings.get("private") is True:
            continue
        checked = [plan.node(e.target).service for e in plan.architecture.leaving(entry.id, "authorize")]
        identity = checked[0] if checked else "none"
        name, start = entry.subject.replace("-", "_"), plan.name(entry.id)
        behind = [code for code in codes if any(e.source == entry.id for e in code.plan.invoked)]
        reads = bool(behind) and behind[0].can_read and behind[0].can_create
        traits, url = traits_of(entry.service), entry.service == lambda_function_url.TRAITS.service
        # A load balancer of the project's own answers under the name of its certificate, which a test does not know.
        named = served_by_ecs(plan.architecture, entry.id) is not None or bool(_delivery(plan, entry))
        called = not traits.load_balancer or named
        if traits.protocol == "http" and called:
            seen = None if behind else _after(plan, codes, entry)
            # A deployed endpoint for callbacks has no run that waits for the answer of a test.
            creates = not behind or (behind[0].can_create and not behind[0].resumes)
            kind = "http" if creates else "health"
            keyed = bool(behind) and behind[0].asks_for_key
            secrets = [f"{plan.name(e.target)}Arn" for c in behind[:1] for e in c.plan.uses if e.verb == "verify"]
            uploads = _uploaded(behind[0].uploads) if behind else ""
            yield Case(
                name, kind, start, identity, reads=reads, open_reads=open_reads(entry), url=url, seen=seen, asks_for_key=keyed,
                secret="".join(secrets), uploads=uploads, wait_s=wait_s(codes) if seen else LEAST_WAIT_S,
                delivery=_delivery(plan, entry), usage_key=f"{start}KeyId" if settings.flag(entry, "api_keys") else "",
            )  # fmt: skip
        elif traits.protocol == "graphql" and (not behind or behind[0].can_create):
            keyed = bool(behind) and behind[0].asks_for_key
            own = f"{start}Id" if asks_for_key(entry, identity) else ""
            yield Case(name, "graphql", start, identity, asks_for_key=keyed, api_with_key=own)
        elif traits.protocol == "websocket" and traits_of(identity).identity != "credentials":
            yield Case(name, "websocket", start, identity)


def _delivery(plan: Plan, entry: Node) -> str:
    distribution = cloudfront.delivered(plan.architecture, entry.id)
    return plan.name(distribution.id) if distribution else ""


def _delivered(plan: Plan) -> Iterator[Case]:
    """Yield the tests of the buckets whose objects a distribution delivers."""
    for bucket, distribution in cloudfront.stores(plan.architecture):
        name = distribution.subject.replace("-", "_")
        yield Case(name, "objects", plan.name(bucket.id), delivery=plan.name(distribution.id))


def _programs(plan: Plan, codes: tuple[Code, ...]) -> Iterator[Case]:
    for run in started_together(codes):
        cases = [case for code in run for case in _of_program(plan, code)]
        machine = run[0].entry_point.workflow
        if machine is not None and len(run) > 1:
            # One execution runs all of them: the result of the last one that stores any is the last of all.
            last = [case for case in cases if case.seen is not None] or cases
            cases = [replace(last[-1], name=machine.subject.replace("-", "_"))]
        yield from (replace(case, wait_s=wait_s(run)) for case in cases)


def _of_program(plan: Plan, code: Code) -> Iterator[Case]:
    name, entry_point, seen = code.id.replace("-", "_"), code.entry_point, _store(plan, code)
    if entry_point.workflow is not None:
        states, split = entry_point.workflow.states, bool(entry_point.parts or entry_point.listed)
        yield Case(
            name, "execution", plan.name(entry_point.workflow.id),
            many=any(state.kind == "map" for state in states) and not split, waits=_waits(entry_point.workflow),
            piped=bool(entry_point.records), seen=None if code.service == "summary" or entry_point.timed or entry_point.array or split else seen,
        )  # fmt: skip
    elif entry_point.flow is not None:
        yield Case(
            name, "durable", plan.name(code.plan.node.id), many=bool(entry_point.flow.items) and code.service == "work",
            waits="approval" if entry_point.flow.approval_s else "", seen=None if code.service == "summary" or entry_point.timed else seen,
        )  # fmt: skip
    elif entry_point.source is not None and (kind := traits_of(entry_point.source.service).deployed_test):
        types = event_types(plan, entry_point.source)
        tried = "try" if sent_apart(plan, entry_point.source.id) else ""
        yield Case(
            name,
            kind,
            plan.name(entry_point.source.id),
            fifo=entry_point.fifo,
            type=types[0] if types else tried,
            seen=seen,
        )
    elif entry_point.shell == "lambda_event":
        yield Case(name, "invocation", plan.name(code.plan.node.id))


def _waits(workflow: Node) -> str:
    """Return what the executions of a workflow wait for, or "" for nothing."""
    waited = {"wait": "approval", "callback": "callback"}
    slow = settings.number(workflow, "poll_interval_s") > _LONGEST_PAUSE_S
    waited |= {"check": _OTHER_SYSTEM} if slow else {}
    return next((waited[state.kind] for state in workflow.states if state.kind in waited), "")


def _store(plan: Plan, code: Code) -> Seen | None:
    """Return the location of a program's results for a message."""
    # An archive has no object of a message.
    kept = (store for store in code.writes if store.client.open and store not in code.archives)
    store_adapter: StoreAdapter | None = next(kept, None)
    if store_adapter is None or code.service != "work":
        return None
    store, start = store_adapter, plan.name(store_adapter.node.id)
    return Seen(OWNER_FOLDERS if store.linked else store.service, start, store.prefix, store.table, store.result)


def _uploaded(uploads: Uploads | None) -> Uploaded:
    if uploads is None:
        return ""
    return "item" if uploads.of_item else "file"


def _after(plan: Plan, codes: tuple[Code, ...], entry: Node) -> Seen | None:
    """Return the location of the effect of a request without code: its store, or that of its consumer."""
    reached, waiting = {entry.id}, [entry.id]
    while waiting:
        for edge in plan.architecture.leaving(waiting.pop(0)):
            if edge.target not in reached and edge.verb not in ("authorize", "filter", "dead-letter", "observe"):
                reached.add(edge.target)
                waiting.append(edge.target)
                code = next((c for c in codes if c.plan.node.id == edge.target), None)
                seen = _store(plan, code) if code is not None else None
                if seen is not None and not traits_of(plan.node(edge.target).service).pods:
                    return seen
    return None
