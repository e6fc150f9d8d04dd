"""The code of one program, and the values that templates use."""

from collections.abc import Iterable, Mapping

from advisor.architecture.workflow_states import runs_of
from advisor.vocabulary.time_zones import HOURS_AHEAD
from blueprints import settings
from blueprints.plan import HEALTH_PATH, NAMESPACE
from blueprints.plan.callers.owners import EVERYONE
from blueprints.plan.environment import PATH_PREFIX
from blueprints.project.programs.adapters import (
    Adapter,
)
from blueprints.project.programs.code.callers import Callers
from blueprints.project.programs.code.work import Work
from blueprints.project.programs.entry_point import LOOP
from blueprints.project.programs.store_functions import ServiceKind
from blueprints.project.programs.timeouts import answers, resume_waits_s
from blueprints.traits import traits_of
from blueprints.traits.container_stops import stop_s
from blueprints.traits.ec2 import windows

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


class Code(Work, Callers):
    """The code of one program: modules, metrics, addresses and times."""

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
    def everyone(self) -> str:
        """The owner of shared items."""
        return EVERYONE

    @property
    def sender_owner(self) -> str:
        """The owner of what a sender of webhooks sends: no caller who has items of their own finds it."""
        return f"internal:{self.id}" if self.names_owners else EVERYONE

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
    def events(self) -> tuple[Adapter, ...]:
        """The channels that tell what happened to an item; those that carry work get only the work to be done."""
        return tuple(channel for channel in self.channels if not channel.work)


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
