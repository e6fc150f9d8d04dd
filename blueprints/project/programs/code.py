"""The code of one program, and the values that templates use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from advisor.architecture import Node
from advisor.architecture.workflow_polling import polls, submits
from advisor.architecture.workflow_states import before_approval, combines, runs_of, undoes
from advisor.sizing.rate_limits import UNPACED
from advisor.vocabulary.component.workflow import MOST_STEPS
from advisor.vocabulary.time_zones import HOURS_AHEAD
from blueprints import settings
from blueprints.plan import HEALTH_PATH, NAMESPACE, Program
from blueprints.plan.callers.owners import EVERYONE
from blueprints.plan.environment import PATH_PREFIX, variable_name
from blueprints.project.programs.adapters import (
    Adapter,
    ItemSource,
    StoreAdapter,
)
from blueprints.project.programs.entry_point import LOOP, NOBODY, EntryPoint
from blueprints.project.programs.schedules import Starts
from blueprints.project.programs.store_functions import ServiceKind
from blueprints.project.programs.store_use import StoreUse
from blueprints.project.programs.timeouts import Timeouts, answers, resume_waits_s
from blueprints.project.programs.uploads import Uploads
from blueprints.project.programs.vectors import Vectors
from blueprints.shared.openapi import item_schema, upload_schema, vector_schemas
from blueprints.traits import dynamodb, kinesis, sqs, traits_of
from blueprints.traits.arrivals import TABLE_VARIABLE as ARRIVALS_VARIABLE
from blueprints.traits.callbacks import LARGEST_ANSWER, TABLE_VARIABLE, awaits
from blueprints.traits.container_stops import stop_s
from blueprints.traits.ec2 import windows
from blueprints.traits.outside_effects import TABLE_VARIABLE as EFFECTS_VARIABLE
from blueprints.traits.outside_effects import acts_once, requires_ids
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED

Runtime = Literal["function", "container"]
#: The most bytes of an item as JSON where nothing that it is handed to holds less: what the web server takes.
LARGEST_ITEM = 1024 * 1024
#: The most bytes of a page of items: AWS Lambda responds with at most 6 MB, and with 1 MB through a load balancer.
LARGEST_PAGE, SMALL_PAGE = 5_000_000, 900_000
#: The most bytes of JSON of all objects in an item of DynamoDB, which may be larger there than as text.
MOST_CONTENT = 190_000
#: The time zones whose offset changes and can be 12 hours ahead of UTC or more.
_FAR_EAST = ("Antarctica/McMurdo", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Norfolk")
#: What a program counts, by what it does.
_COUNTED: Mapping[ServiceKind, str] = {
    "items": "ItemsCreated",
    "work": "MessagesProcessed",
    "summary": "RunsCompleted",
    "chat": "MessagesPassedOn",
}
#: The entry points of functions that an entry hands requests to.
REQUESTED = ("lambda_http", "lambda_websocket", "lambda_graphql")


@dataclass(frozen=True)
class Code(StoreUse):
    """The code of one program: its entry point, service and adapters. `plan` is its part of the plan."""

    plan: Program
    runtime: Runtime
    entry_point: EntryPoint
    service: ServiceKind
    stores: tuple[StoreAdapter, ...] = ()
    channels: tuple[Adapter, ...] = ()
    secrets: tuple[Adapter, ...] = ()
    calls: tuple[Adapter, ...] = ()
    #: The prefixes of rows that are no work although their store starts the program, and those of such rows that are work.
    skipped_rows: tuple[str, ...] = ()
    taken_rows: tuple[str, ...] = ()
    called: bool = False
    items: ItemSource = field(default_factory=ItemSource)
    #: The attributes that other programs set in its items.
    results: tuple[str, ...] = ()
    #: The uploads for which it issues URLs.
    uploads: Uploads | None = None
    #: The vector index that it uses for its callers.
    vectors: Vectors | None = None
    #: Whether uploads to a bucket start it, so that what it works on belongs to whoever uploaded it.
    after_uploads: bool = False
    #: Whether these uploads are files of items, whose ids are in their keys.
    after_named_files: bool = False
    #: Whether its messages are about the entities that its callers name, whose latest states others keep, or, of messages that
    #: it receives about items, it keeps the latest state of the entity that each names.
    entities: bool = False
    #: Whether callers may repeat the requests of its messages after newer ones, so that it records the first arrival of each.
    records_arrivals: bool = False
    #: Whether events of a bucket get to it as they are: nothing else that it receives is taken for one.
    meets_objects: bool = False
    #: Whether rows with an expiry start it, which is not that of its results.
    drops_expiry: bool = False
    #: Whether rows of a table that starts it may have no owner, as its index leaves shared items out.
    restores_owner: bool = False
    #: Whether it receives events about items that callers have removed.
    hears_removals: bool = False
    #: The stores in which it sees that the item of a message is gone; empty if a message can be about none of their items.
    gone_in: frozenset[str] = frozenset()
    #: Whether it receives messages about compensated work, directly from the programs that compensate.
    hears_undone: bool = False
    #: Whether it receives what webhooks report about items, beside the messages of other senders about new work.
    hears_reports: bool = False
    #: The fields with what it looks up where others keep what they make of its messages, which do not contain it.
    returned: tuple[str, ...] = ()
    #: The stores in which it records that its work was rejected or that nobody decided in time.
    decided_in: frozenset[str] = frozenset()
    #: Whether a run of its workflow ends with the step that finds its item deleted.
    ends_early: bool = False
    #: Whether what it passes on can hold the signature of a result or an item.
    meets_signatures: bool = False
    #: Whether its steps after an approval check that the items that they look up are still the approved ones.
    checks_approved: bool = False
    #: The attributes that programs record in these items.
    recorded: tuple[str, ...] = ()
    #: Whether callers who have items of their own find what becomes of the webhooks that it receives, which name no owner.
    names_owners: bool = False
    #: The time zone of its schedule.
    zone: str = "UTC"
    #: The starts of its schedule, if a run takes the objects of a bucket that were stored since the run before it.
    starts: Starts | None = None
    #: The smallest limit, in bytes of JSON, of all that an item of its callers is passed to; 0 if nothing has one.
    downstream_limit: int = 0
    #: The results that other programs keep beside its items: the name, and what is before and after the id of an item.
    beside: tuple[tuple[str, str, str], ...] = ()
    #: What other programs keep beside its items: what is before the id of an item, and all that may be after it.
    leavings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Whether others keep results in a store whose items it reads, which are no items: beside an item, or totals over all.
    skips_results: bool = False
    #: The fields of an item of its callers that may contain an item as another program received or found it; of work, of its results.
    handed: tuple[str, ...] = ()
    #: The attributes that programs set in the items that it goes over: no message about these has them.
    inside: tuple[str, ...] = ()
    #: The attributes in which other programs record who rejected their work, and why.
    decided: tuple[str, ...] = ()
    #: The results in its items by which people have approved a version of them.
    approvals: tuple[str, ...] = ()
    #: The results after which its callers change no item, each with the statuses that allow a change.
    settling: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Whether another program records digests of requests in the items that it reads.
    digested: bool = False
    #: The data stores in which no caller finds its totals over the items of all owners.
    hidden_totals: frozenset[str] = frozenset()
    #: Whether what it sends gets to a data store in which callers must not find these totals, or others count the items.
    hides_news: bool = False
    #: The data stores in which others keep what it sends of its totals, among items that are counted.
    counted_news: frozenset[str] = frozenset()
    #: Whether a channel of the project keeps the order of messages with the same ordering key.
    orders: bool = False
    #: Whether its project sends emails to the recipients that items name.
    mails: bool = False
    #: The fields that it does not take from what an API puts into its channel as callers have sent it.
    unnamed: tuple[str, ...] = ()
    #: Whether such messages have an internal owner, as programs send to the channel too, and callers could pose as others.
    hides_owner: bool = False
    #: The timeouts of its calls to AWS services.
    timeouts: Timeouts = field(kw_only=True)

    @property
    def id(self) -> str:
        """The component's id."""
        return self.plan.id

    @property
    def folder(self) -> str:
        """The program's folder."""
        return self.plan.directory

    @property
    def windows(self) -> bool:
        """Whether its container runs Windows."""
        return windows(self.plan.node)

    @property
    def parts(self) -> tuple[str, ...]:
        """The helper modules that its entry point needs."""
        modules: list[str] = []
        if self.entry_point.shell in REQUESTED:
            modules.append("caller")
        if self.entry_point.checker:
            modules.append(self.entry_point.checker)
        if self.entry_point.webhook:
            modules += ["keys", "signature"]
        if self.authorizes:
            modules.append("authorizer")
        if self.entry_point.flow is not None and self.entry_point.flow.approval_s:
            modules.append("approval")
        if self.callback_env:
            modules += ["callback", "outside"]
        if self.polls:
            modules += ["polling", "other_system"]
        if self.combined_from == "list":
            modules.append("item_results")
        if self.starts is not None:
            modules.append("run_span")
        if self.tags or self.versions_results:
            modules.append("item_versions")
        if self.takes_bodies:
            modules.append("models")
        if self.addressed:
            modules.append("address")
        if any(channel.addressed for channel in self.channels):
            modules.append("mail")
        if self.uploads is not None:
            modules.append("uploads")
        if self.vectors is not None:
            modules.append("vectors")
        if self.service == "work" and self.entry_point.shell != LOOP:
            modules.append("message")
        if self.takes_rows:
            modules.append("rows")
        if self.identifies_events or (
            self.renews and any(not (call.client.awaited or call.resumes) for call in self.calls)
        ):
            modules.append("event_id")
        if self.measured:
            modules.append("measures")
        if self.runtime == "container":
            modules.append("log")
        if any(channel.recorded for channel in self.channels):
            modules.append("once")
        if self.collects:
            modules.append("batches")
        if self.effects_env:
            modules += ["effects", "partner"]
        if self.arrivals_env:
            modules.append("arrivals")
        if self.protected_min:
            modules.append("protection")
        return tuple(modules)

    @property
    def callback_env(self) -> str:
        """The environment variable with the table for the task tokens of its workflow, or "" if that awaits no callback."""
        workflow = self.entry_point.workflow
        return variable_name(workflow.subject, TABLE_VARIABLE) if workflow is not None and awaits(workflow) else ""

    @property
    def polls(self) -> bool:
        """Whether its workflow has it check in a loop whether another system has finished."""
        workflow = self.entry_point.workflow
        return workflow is not None and polls(workflow.states)

    @property
    def submits(self) -> bool:
        """Whether a step of its own asks that system for its work."""
        workflow = self.entry_point.workflow
        return workflow is not None and submits(workflow.states)

    @property
    def resumes(self) -> bool:
        """Whether it completes steps of a workflow that wait for a callback."""
        return any(call.resumes for call in self.calls)

    @property
    def depends(self) -> bool:
        """Whether it calls services or other programs, which may not answer."""
        return bool(
            self.entry_point.webhook
            or self.callback_env
            or self.polls
            or self.channels
            or self.secrets
            or self.calls
            or self.vectors
            or any(not traits_of(s.service).mounted for s in self.stores)
        )

    @property
    def answers(self) -> bool:
        """Whether callers wait for its answers."""
        return answers(self.entry_point)

    @property
    def resume_waits_s(self) -> tuple[int, ...]:
        """The delays between its attempts while a database resumes."""
        return resume_waits_s(self.entry_point)

    @property
    def protected_min(self) -> int:
        """For how many minutes its task is protected from being stopped while it works, or 0 if it need not be."""
        return -(-settings.number(self.plan.node, "protected_s") // 60)

    @property
    def stop_s(self) -> int:
        """The seconds between SIGTERM and SIGKILL for its container."""
        return stop_s(self.plan.node)

    @property
    def hung_s(self) -> int:
        """After how many seconds its work on one message hangs."""
        return settings.hung_s(self.plan.node)

    @property
    def measured(self) -> bool:
        """Whether it emits metrics: functions do, except durable ones, whose code is replayed."""
        return self.runtime == "function" and self.entry_point.flow is None

    @property
    def registering(self) -> tuple[Adapter, ...]:
        """The channels with which its callers register devices for push notifications; a sender of webhooks has no device."""
        if self.service != "items" or self.entry_point.webhook or not self.can_create:
            return ()
        return tuple(channel for channel in self.channels if channel.registers)

    @property
    def namespace(self) -> str:
        """The CloudWatch namespace of the programs' metrics."""
        return NAMESPACE

    @property
    def counted(self) -> str:
        """The name of its metric."""
        return _COUNTED[self.service]

    @property
    def authorizes(self) -> bool:
        """Whether it holds a Lambda authorizer."""
        return self.entry_point.shell == "lambda_websocket" and traits_of(self.entry_point.identity).identity in (
            "user-pool",
            "provider",
        )

    @property
    def checker(self) -> str:
        """The service name of its Lambda authorizer in the log."""
        return f"{self.id}-authorizer"

    @property
    def health(self) -> str:
        """The path of its health check, if it serves HTTP."""
        return HEALTH_PATH if self.entry_point.shell in ("container_web", "lambda_http") else ""

    @property
    def browsers(self) -> bool:
        """Whether its responses must name the one origin from which browsers are allowed to call."""
        return any(variable.name == "ALLOWED_ORIGIN" for variable in self.plan.env)

    @property
    def path_prefix(self) -> str:
        """The environment variable with the path that its requests have before its own, or "" if they have none."""
        return PATH_PREFIX if any(variable.name == PATH_PREFIX for variable in self.plan.env) else ""

    @property
    def idle_s(self) -> int:
        """The idle timeout of its load balancer."""
        return self.entry_point.idle_s

    @property
    def connections_env(self) -> str:
        """The environment variable with the address by which connections are reached."""
        return next((v.name for v in self.plan.env if v.name.endswith("_CONNECTIONS_URL")), "")

    @property
    def own_only(self) -> bool:
        """Whether a text from a connection goes to those of its user only: people in isolation, or who wait for news of theirs."""
        return self.entry_point.identity != NOBODY and self.called

    @property
    def steps(self) -> bool:
        """Whether it does several steps of a workflow."""
        workflow, flow = self.entry_point.workflow, self.entry_point.flow
        if flow is not None:
            return flow.steps > 1
        return workflow is not None and (self.steps_of_items > 1 or _tasks(workflow, self.plan.node.id) > 1)

    @property
    def most_steps(self) -> int:
        """The most steps that a workflow has."""
        return MOST_STEPS

    @property
    def last_step(self) -> int:
        """The number of the step with which the work on a message, or on an item of a map, is complete."""
        flow = self.entry_point.flow
        if flow is not None:
            return 1 if flow.items else flow.steps
        workflow = self.entry_point.workflow
        return max(self.steps_of_items, _tasks(workflow, self.plan.node.id)) if workflow is not None else 1

    @property
    def steps_of_items(self) -> int:
        """The number of steps that the map of its workflow performs per item."""
        workflow = self.entry_point.workflow
        own = [state for state in workflow.states if not runs_of(state)] if workflow else []
        return max((int(str(state.settings.get("steps", 1))) for state in own), default=1)

    @property
    def numbered(self) -> bool:
        """Whether it works on numbered parts of a message, which share the item that the message is about."""
        entry_point = self.entry_point
        divided = bool(entry_point.parts) and self.shared is None
        return self.service == "work" and bool(
            entry_point.array or divided or (entry_point.flow and entry_point.flow.items)
        )

    @property
    def listed(self) -> StoreAdapter | None:
        """The bucket whose objects are its items."""
        return next((s for s in self.stores if s.node.id == self.items.listed), None)

    @property
    def shared(self) -> StoreAdapter | None:
        """The store whose items are divided among its numbered parts."""
        return next((s for s in self.stores if s.node.id == self.items.shared), None)

    @property
    def compensates(self) -> bool:
        """Whether its workflow can request a compensation."""
        workflow, flow = self.entry_point.workflow, self.entry_point.flow
        if flow is not None:
            return flow.compensates and self.service == "work"
        return workflow is not None and any(map(undoes, workflow.states))

    @property
    def combines(self) -> bool:
        """Whether its workflow has it make one result of all items of a run."""
        workflow = self.entry_point.workflow
        return self.service == "work" and workflow is not None and combines(workflow.states)

    @property
    def combined_from(self) -> str:
        """What it gets of the results of all items: the "results" themselves, the "list" in a bucket, or nothing ("")."""
        workflow = self.entry_point.workflow
        if workflow is None or not self.combines:
            return ""
        if workflow.service == DISTRIBUTED:
            return "list"
        return "results" if self.runtime == "function" else ""

    @property
    def told(self) -> tuple[Adapter, ...]:
        """The channels to which it sends a message about each message or item that it works on.

        A run with one result for all of its items sends that alone, unless a channel carries a message for each item.
        """
        if self.combines or self.service == "summary":
            return tuple(channel for channel in self.channels if channel.for_items)
        return self.channels

    @property
    def told_of_runs(self) -> tuple[Adapter, ...]:
        """The channels to which it sends one message for all items of a run."""
        return tuple(channel for channel in self.channels if channel not in self.told)

    @property
    def collects(self) -> bool:
        """Whether it sends the messages about the items that it goes over in batches."""
        return bool(self.told) and (self.service == "summary" or self.shared is not None)

    @property
    def takes_rows(self) -> bool:
        """Whether rows of a data store, or items that programs hand over, become messages in it."""
        entry_point = self.entry_point
        if self.service != "work" or entry_point.shell == LOOP:
            return self.service == "summary" and self.collects
        changes = dynamodb.TRAITS.service in (entry_point.kind, entry_point.records)
        return self.shared is not None or changes or entry_point.handed

    @property
    def items_of_run(self) -> int:
        """The number of items whose results the output of a map holds together."""
        workflow = self.entry_point.workflow
        return max(1, settings.number(workflow, "parallel_items")) if workflow is not None else 1

    @property
    def unheard(self) -> tuple[str, ...]:
        """The events about items of callers that start no work: removals, and changes where the work is done only once.

        That is work that people approve or are told of, that is compensated, or that other programs do when called.
        """
        if not self.hears_removals:
            return ()
        told = any(channel.recorded for channel in self.channels)
        once = bool(self.asks_people or self.compensates or told or self.calls)
        return ("replaced", "removed") if once else ("removed",)

    @property
    def forgets(self) -> tuple[StoreAdapter, ...]:
        """Search indexes from which it deletes an item that was deleted: it hears of that, and keeps one document per item."""
        changes = self.entry_point.kind == dynamodb.TRAITS.service
        # A person is asked, and work is undone, before the program itself hears of anything.
        ends = self.asks_people or self.compensates
        hears = changes or ("removed" in self.unheard and self.items.keyed and not ends)
        if self.service != "work" or not self.items.renewed or self.shared is not None or self.steps or not hears:
            return ()
        if self.unnamed:  # who may send such messages may not be who deleted the item
            return ()
        return tuple(store for store in self.keeps if store.client.searched)

    @property
    def refreshes(self) -> tuple[StoreAdapter, ...]:
        """Search indexes in which it replaces an item that was changed, while its other work on the item is done once."""
        return self.forgets if "replaced" in self.unheard else ()

    @property
    def asks_people(self) -> bool:
        """Whether people approve its work."""
        workflow, flow = self.entry_point.workflow, self.entry_point.flow
        return bool(flow and flow.approval_s) or (
            workflow is not None and any(s.kind == "wait" for s in workflow.states)
        )

    @property
    def approved_later(self) -> bool:
        """Whether people approve its work after some of its steps, and see what the last of them has returned."""
        workflow = self.entry_point.workflow
        return workflow is not None and before_approval(workflow.states) is not None

    @property
    def keeps_decisions(self) -> tuple[StoreAdapter, ...]:
        """The stores in which a decision against its work is an item of its own."""
        return tuple(store for store in self.keeps if store.node.id in self.decided_in)

    @property
    def shows_decisions(self) -> tuple[StoreAdapter, ...]:
        """Those of them that callers list: who decided, and why, is a record apart there, which they do not find."""
        return tuple(store for store in self.keeps_decisions if store.listed and not store.hidden)

    @property
    def replaces_at_end(self) -> tuple[StoreAdapter, ...]:
        """The stores of which callers get a result with its item: they get its end instead if work is undone or not approved."""
        shown = [s for s in self.keeps if s.shown and not (s.listed or s.node.id in self.items.latest)]
        return tuple(s for s in self.keeps if self.items.renewed and (s.beside or s in shown))

    def shown_under(self, store: StoreAdapter) -> str:
        """Return what is after the id of an item in the id of the result that callers get with the item."""
        return f".{self.last_step}" if store.beside and self.steps else ""

    @property
    def retracts(self) -> tuple[Adapter, ...]:
        """The channels that tell of compensated work: people get no email about it."""
        return tuple(channel for channel in self.told if not channel.addressed)

    @property
    def adapters(self) -> tuple[str, ...]:
        """The names of all adapter modules, sorted."""
        adapters = [*self.stores, *self.channels, *self.secrets, *self.calls]
        return tuple(sorted(a.module for a in adapters))

    @property
    def service_modules(self) -> tuple[str, ...]:
        """The names of the modules that its work uses, sorted."""
        effects = ["effects"] if self.effects_env else []
        named = [
            *effects,
            *(["event_id"] if self.identifies_events else []),
            *(["item_versions"] if self.versions_results else []),
            *(["arrivals"] if self.arrivals_env else []),
            *(["run_span"] if self.starts is not None else []),
            *(["batches"] if self.collects else []),
            *(["rows"] if self.shared is not None or (self.service == "summary" and self.collects) else []),
        ]
        unused = {secret.module for secret in self.secrets} - {secret.module for secret in self.signs}
        listed = ["item_results"] if self.combined_from == "list" else []
        return tuple(sorted([*(one for one in self.adapters if one not in unused), *named, *listed]))

    @property
    def signs(self) -> tuple[Adapter, ...]:
        """The secrets with which it signs its results: no channel or item of callers gets a signature, so only if another does."""
        return self.secrets if self.keeps or self.archives or self.effects_env else ()

    @property
    def renews(self) -> bool:
        """Whether its work on an item is done for each event about it; otherwise, it is done once for the id of a message."""
        return self.service == "work" and self.items.renewed

    @property
    def orders_results(self) -> bool:
        """Whether results that it keeps under the id of an item are replaced by those of the same or later versions only."""
        return self.renews and bool(self.keeps)

    @property
    def orders_arrivals(self) -> bool:
        """Whether messages without a version are ordered by their arrival: it keeps the latest about each entity, as stated."""
        numbered = {sqs.TRAITS.service, kinesis.TRAITS.service} & {self.entry_point.kind, self.entry_point.records}
        received = bool(numbered) or self.entry_point.shell == "container_queue"
        return self.orders_results and bool(self.items.latest) and received

    @property
    def versions_results(self) -> bool:
        """Whether its results name the version of the item that they are about, which orders them."""
        return self.service == "work" and (self.orders_results or bool(self.completes))

    def compares_versions(self, store: StoreAdapter) -> bool:
        """Whether it leaves what is in a store if that is about a later version of an item."""
        reading = store.client.compares_by
        puts = self.renews and store.has("put") and (not reading or store.has(reading))
        return puts or (self.service == "work" and store.has("set_result"))

    @property
    def reads_results(self) -> bool:
        """Whether it reads results that it is about to replace, as no write of their store compares versions."""
        return any(
            self.compares_versions(store) and (store.client.compares_by or store.client.compares_text)
            for store in self.stores
        )

    @property
    def names_news(self) -> bool:
        """Whether what it sends about an item has the id of the event, as there may be several about one item."""
        if self.renews:
            return bool(self.channels)
        return self.combines and bool(self.completes and self.told_of_runs)

    @property
    def effects_env(self) -> str:
        """The environment variable with the table of its effects on another system, or "" if it records none."""
        node = self.plan.node
        return variable_name(node.subject, EFFECTS_VARIABLE) if acts_once(node) else ""

    @property
    def arrivals_env(self) -> str:
        """The environment variable with the table of first arrivals of its messages, or "" if it records none."""
        recorded = self.records_arrivals and self.orders_arrivals
        return variable_name(self.plan.node.subject, ARRIVALS_VARIABLE) if recorded else ""

    @property
    def unpaced_at_once(self) -> int:
        """How many calls of a system with a rate limit it makes at the same time; 0 if no rate limit is stated."""
        return settings.number(self.plan.node, UNPACED) if UNPACED in self.plan.node.settings else 0

    @property
    def needs_ids(self) -> bool:
        """Whether each message must have an id of its sender: SQS gives another one to a message that it delivers anew."""
        entry_point = self.entry_point
        polled = sqs.TRAITS.service in (entry_point.kind, entry_point.records) or entry_point.shell == "container_queue"
        return polled and requires_ids(self.plan.node)

    @property
    def identifies_events(self) -> bool:
        """Whether its service asks for the id of the event that a message is about."""
        return self.names_news or (self.renews and bool(self.effects_env or self.histories))

    @property
    def looks_up(self) -> tuple[StoreAdapter, ...]:
        """Stores in which the item that a message is about is looked up."""
        return tuple(s for s in self.reads if s.has("get") and (not s.writable or s is self.listed))

    @property
    def gone_without(self) -> tuple[StoreAdapter, ...]:
        """Stores in which it looks up the item itself, and without which in any of them it is gone: nothing is done for it."""
        if self.service != "work" or self.shared is not None or self.listed is not None:
            return ()
        return tuple(store for store in self.looks_up if store.subject in self.gone_in)

    @property
    def approved_items(self) -> tuple[StoreAdapter, ...]:
        """Stores with the items of another program that people approve, of which it also sets an attribute."""
        return tuple(s for s in self.completes if s.has("get")) if self.checks_approved else ()

    @property
    def largest_content(self) -> int:
        """The most bytes of JSON that it takes of a file into a result that a store with small items keeps; 0 if none does.

        The result also has the message.
        """
        files = sum(store.client.files for store in self.looks_up)
        small = any(0 < store.client.largest_item < 2 * MOST_CONTENT for store in self.keeps)
        return MOST_CONTENT // files if files and small and self.service == "work" else 0

    @property
    def gives_owners(self) -> bool:
        """Whether callers list its results, so that items need an owner."""
        return self.service in ("work", "summary") and any(
            s.listed for s in (*self.keeps, *self.histories) if not (s.hidden or s.about)
        )

    @property
    def everyone(self) -> str:
        """The owner of shared items."""
        return EVERYONE

    @property
    def sender_owner(self) -> str:
        """The owner of what a sender of webhooks sends: no caller who has items of their own finds it."""
        return f"internal:{self.id}" if self.names_owners else EVERYONE

    @property
    def takes_bodies(self) -> bool:
        """Whether callers send it items or messages, which a schema validates."""
        return self.service == "chat" or bool(
            self.service == "items" and (self.takes_items or self.uploads or self.vectors)
        )

    @property
    def finds(self) -> bool:
        """Whether callers ask for single items or vectors, which may not exist, or webhooks are about items."""
        return self.can_read or bool(self.reports) or (self.vectors is not None and self.vectors.reads)

    @property
    def reports(self) -> tuple[StoreAdapter, ...]:
        """Stores in which what a webhook says is an attribute of the item that it is about, which is that of another program."""
        return self.completes if self.service == "items" and self.entry_point.webhook else ()

    @property
    def identifies(self) -> bool:
        """Whether it asks who a caller is for at least one of its routes: not if everybody reads, and nobody writes."""
        writes = self.vectors is not None and self.vectors.writes
        return not self.entry_point.open_reads or bool(self.can_create or self.can_change or self.uploads or writes)

    @property
    def not_found(self) -> str:
        """The message to a caller that asks for something that does not exist."""
        found = ["item"] * (self.can_read or bool(self.reports)) + ["vector"] * (
            self.vectors is not None and self.vectors.reads
        )
        return f"{' or '.join(found).capitalize()} not found."

    @property
    def takes_items(self) -> bool:
        """Whether callers send it items, which the model of an item validates."""
        return self.can_create or self.can_change

    @property
    def described(self) -> Mapping[str, Any] | None:
        """The schema of an item in the description of its API, where that checks bodies; the service checks ordering keys."""
        return item_schema("") if self.entry_point.validated and not self.entry_point.webhook else None

    @property
    def described_upload(self) -> Mapping[str, Any] | None:
        """The schema of an upload in the description of its API, where that checks bodies."""
        if self.uploads is None or not self.entry_point.validated:
            return None
        return upload_schema(self.uploads.largest_bytes, of_item=self.uploads.of_item)

    @property
    def described_vectors(self) -> Mapping[str, Any] | None:
        """The schemas of a vector and of a query in the description of its API, where that checks bodies."""
        return vector_schemas() if self.vectors is not None and self.entry_point.validated else None

    @property
    def zone_hours(self) -> int:
        """The hours by which the time zone of its schedule is ahead of UTC, if they are whole and the same all year; otherwise 0.

        A program needs no data of time zones for these.
        """
        return HOURS_AHEAD.get(self.zone, 0)

    @property
    def zone_name(self) -> str:
        """The time zone of its schedule if a program looks its offset up, at each time; "" for `zone_hours` and for UTC."""
        return "" if self.zone_hours or self.zone == "UTC" else self.zone

    @property
    def zoned(self) -> bool:
        """Whether a program counts days in another time zone than UTC."""
        return self.zone != "UTC"

    @property
    def hour_of_one_day(self) -> int:
        """An hour in UTC at which the time zone of its schedule has the same date as UTC, for unit tests."""
        return 12 if self.zone_name and self.zone_name not in _FAR_EAST else 3

    @property
    def largest_item(self) -> int:
        """The largest item that callers can send, in bytes of JSON."""
        return self.downstream_limit or LARGEST_ITEM

    @property
    def largest_page(self) -> int:
        """The largest page of a list, in bytes of the response: below what the entry and AWS Lambda pass on."""
        return SMALL_PAGE if self._behind_balancer else LARGEST_PAGE

    @property
    def about_largest_page(self) -> str:
        """What limits a page, in a comment of the program."""
        if self._behind_balancer:
            return "a load balancer passes on at most 1 MB from a Lambda function"
        return (
            "a Lambda function responds with at most 6 MB"
            if self.runtime == "function"
            else "what a caller reads at once"
        )

    @property
    def largest_answer(self) -> int:
        """The most bytes of JSON that the answer to a callback hands to a run."""
        return LARGEST_ANSWER

    @property
    def _behind_balancer(self) -> bool:
        return self.runtime == "function" and bool(traits_of(self.entry_point.entry).load_balancer)

    @property
    def keeps_new(self) -> bool:
        """Whether a repeated create request returns the existing item."""
        return self.primary is not None and self.primary.has("put_new")

    @property
    def followers(self) -> tuple[StoreAdapter, ...]:
        """Stores with copies of the items of the primary store."""
        return tuple(store for store in self.writes if self.keeps_new and store is not self.primary)

    @property
    def digests(self) -> bool:
        """Whether a store that it only writes to tells whether a repeated create request is the same."""
        return not self.keeps_new and any(store.has("agrees") for store in self.writes)

    @property
    def added(self) -> tuple[str, ...]:
        """The attributes of a new item besides those of the request."""
        fields = sorted(call.field for call in self.calls)
        signed, addressed = ["signature"] if self.secrets else [], ["recipient"] if self.addressed else []
        own = (
            "id",
            "owner",
            "created_at",
            *(["etag"] if self.tags else []),
            *signed,
            *addressed,
            *(["request_digest"] if self.digests else []),
            *fields,
        )
        return (*own, *self.results, *self.marks)

    @property
    def tags(self) -> bool:
        """Whether its new items have a version, which each change of a caller replaces."""
        return self.service == "items" and bool(self.writes)

    @property
    def tags_by_request(self) -> bool:
        """Whether the version of a new item comes from its request: nobody reads the one of the first attempt for a retry."""
        return self.tags and not self.keeps_new

    @property
    def reserved(self) -> tuple[str, ...]:
        """The fields of an item that callers cannot set: its expiry, its keys, its recipient, and what is of the results of other programs."""
        # What follows the changes of an item sends messages in its order.
        named = ["ordering_key"] if self.orders and not self.keyed and self.entry_point.owned else []
        named += [*(["source_event"] if self.hands_over else []), *(["recipient"] if self.reserves_recipients else [])]
        named += ["request_digest"] if self.digests or self.digested else []
        return ("expires_at", "pk", *named, *self.results, *self.marks)

    @property
    def reserves_recipients(self) -> bool:
        """Whether its callers cannot name the recipient of emails: anybody but machines that sign their requests."""
        signs = self.entry_point.webhook or traits_of(self.entry_point.identity).identity == "credentials"
        return self.mails and self.service == "items" and not signs

    @property
    def concealed(self) -> tuple[str, ...]:
        """The fields of items that callers do not see."""
        recipient = ["recipient"] if self.reserves_recipients else []
        return (*recipient, *(["request_digest"] if self.digested else []))

    @property
    def addressed(self) -> bool:
        """Whether emails about its items go to the verified address of the person who sent them."""
        return self.reserves_recipients and self.takes_items and self.entry_point.people

    @property
    def hands_over(self) -> bool:
        """Whether it hands over items to other programs as they are, which take an event id in them for that of the event."""
        return any(not call.resumes for call in self.calls)

    @property
    def marks(self) -> tuple[str, ...]:
        """The attributes by which its stores know results from items: work on an item that had one would not start."""
        return tuple(sorted({store.reserves for store in self.writes if store.reserves}))

    @property
    def events(self) -> tuple[Adapter, ...]:
        """The channels that tell what happened to an item; those that carry work get only the work to be done."""
        return tuple(channel for channel in self.channels if not channel.work)

    @property
    def keyed(self) -> bool:
        """Whether it sends to a channel that keeps the order of messages with the same ordering key."""
        return any(channel.keyed for channel in self.channels)

    @property
    def asks_for_key(self) -> bool:
        """Whether callers must state the ordering key: no two messages have one item where items cannot be changed."""
        return self.keyed and self.service == "items" and not self.can_change and not self.entry_point.webhook

    @property
    def names_entities(self) -> bool:
        """Whether its messages have their ordering key as the key, the name of the entity whose latest state others keep."""
        return self.keyed and self.entities and self.service == "items"

    @property
    def takes_entities(self) -> bool:
        """Whether it keeps the latest state under the ordering key of a message, and everything else under the id of its item."""
        return self.entities and self.service == "work" and not self.completes

    @property
    def states_beside(self) -> tuple[StoreAdapter, ...]:
        """The stores in which it keeps a result for each item, beside the latest states of the entities that messages name."""
        return tuple(s for s in self.keeps if s.node.id not in self.items.latest) if self.takes_entities else ()

    @property
    def binds_order(self) -> bool:
        """Whether the messages about the items of one owner have an order of their own, which no other caller enters."""
        return self.keyed and self.service == "items" and self.entry_point.owned and not self.entry_point.webhook

    @property
    def can_create(self) -> bool:
        """Whether callers can send new items."""
        return bool(self.writes or self.channels or self.calls) or not (self.stores or self.uploads or self.vectors)


def started_together(codes: Iterable[Code]) -> list[list[Code]]:
    """Return the programs by what starts them: the steps of one workflow together, in order, and each of the others alone."""
    runs: dict[str, list[Code]] = {}
    for code in codes:
        machine = code.entry_point.workflow
        runs.setdefault(code.plan.node.id if machine is None else machine.id, []).append(code)
    return [sorted(run, key=_step_of) for run in runs.values()]


def _step_of(code: Code) -> int:
    """Return which step of its workflow a program is, if it is one of several components that the workflow runs."""
    machine = code.entry_point.workflow
    steps = [id for state in machine.states for id in runs_of(state)] if machine is not None else []
    return steps.index(code.plan.node.id) if code.plan.node.id in steps else 0


def _tasks(workflow: Node, program: str) -> int:
    """Return how many states of a workflow are steps of a program; undoing work and combining results do not count."""
    return sum(
        state.kind == "task" and "action" not in state.settings and program in (runs_of(state) or (program,))
        for state in workflow.states
    )
