"""Assemble a stack: the statements of all fragments, put into sections that can run from the first to the last.

A section is a method of the stack: what the deployment asks for, the network, what is shared, stores, channels, one
for each component, policies of queues, alarms, outputs. Within a section statements stand as the fragments gave them,
unless one needs another that came later.
"""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.cdk.common import ON_DEMAND, parameters, queue_policies
from blueprints.cdk.context import Context
from blueprints.cdk.network import network
from blueprints.cdk.observability import alarms
from blueprints.cdk.origins import CLOUD, NETWORK, Origins
from blueprints.cdk.outputs import is_output
from blueprints.cdk.registry import connection_fragment, service_fragment
from blueprints.cdk.tree import THIS, Do, Let, Own, Section, Stack, Statement, names_used
from blueprints.errors import Unsupported
from blueprints.names import snake
from blueprints.traits.ecs_express import behind

STACK = "WorkloadStack"
MARK = Own("origins", "mark")
_BEFORE: dict[str, Text] = {
    "parameters": Text("What a deployment is asked for.", "デプロイ時に指定する値。"),
    "keys": Text("The key that data is encrypted under.", "データを暗号化するキー。"),
    "network": Text("The network.", "ネットワーク。"),
    "shared": Text("What several components share.", "複数のコンポーネントが共有するもの。"),
    "stores": Text("Stores: data with one owner.", "データストア。"),
    "channels": Text("Channels: messages and events.", "チャネル: メッセージとイベント。"),
}
_AFTER: dict[str, Text] = {
    "queue_policies": Text("Who may put messages into queues.", "キューへの送信を許す相手。"),
    "alarms": Text("What tells that something has stopped working.", "動かなくなったことを知らせるもの。"),
    "outputs": Text("What others ask a deployment for.", "デプロイ結果として参照される値。"),
    "origins": Text("Which part of the decision each resource comes from.", "各リソースの由来。"),
}
#: Made for a component, and used by all.
_SHARED = ("ecr", "waf")
_KINDS = {"store": "stores", "channel": "channels", "workload": "shared"}


def stack(context: Context) -> Stack:
    """Return the stack of a plan; Unsupported when a node, an edge or their combination cannot be expressed."""
    sections = Sections(context)
    sections.fill()
    origins = sections.origins.complete()
    title = context.plan.design.requirements.title
    words = Text(title.en or "The workload.", title.ja or title.en or "ワークロード。")
    return Stack(STACK, words, tuple(sections.ordered()), origins)


class Sections:
    """The sections of a stack as they are filled."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._titles = dict(_BEFORE)
        self._subjects: dict[str, str] = {}
        for kind, subject in context.plan.design.requirements.subjects():
            name = _KINDS.get(kind, f"component_{snake(subject.id.replace('-', '_'))}")
            self._subjects[subject.id] = name
            if kind == "component":
                self._titles[name] = subject.name
        self._titles |= _AFTER
        self._statements: dict[str, list[Statement]] = {name: [] for name in self._titles}
        self.origins = Origins(context.plan)

    def fill(self) -> None:
        """Collect the statements of everything."""
        context, graph = self._context, self._context.architecture
        self._add("parameters", parameters(context))
        self._add("network", network(context), group=NETWORK)
        for member in context.plan.network.members if context.plan.network else ():
            self.origins.named(context.id(member, "SecurityGroup"), member)
        for node in graph.nodes:
            fragment = service_fragment(node.service)
            if fragment is not None and node.kind != "outside":
                self._add(self._of(node.id), fragment(context, node), node=node.id)
        for edge in graph.edges:
            connect = connection_fragment(graph.key(edge))
            if connect is not None:
                self._add(self._between(edge), connect(context, edge), edge=edge.id)
        self._add("queue_policies", queue_policies(context))
        self._add("alarms", alarms(context), group=CLOUD)
        for alarm in context.plan.alarms:
            self.origins.named(alarm.name, alarm.node)
        for balancer in graph.of_service("alb"):
            served = behind(graph, balancer.id)
            if served is not None:
                self.origins.also(context.id(served.id, "Service"), balancer.id)
        if context.plan.alarms:
            self._show_dashboard()
        self._add_on_demand()
        self._statements["origins"].append(Do(MARK(THIS)))

    def _show_dashboard(self) -> None:
        """Let the dashboard stand for the node that asks for it, and for the account where none does."""
        asking = self._context.architecture.of_service("cloudwatch")
        if asking:
            self.origins.named(self._context.plan.dashboard, asking[0].id)
        else:
            self.origins.shared(self._context.plan.dashboard, CLOUD)

    def ordered(self) -> Iterator[Section]:
        """Give the sections that hold something, each after what it needs."""
        for name in self._order():
            if self._statements[name]:
                yield Section(name, self._titles[name], tuple(_ordered(self._statements[name])))

    def _add(self, section: str, statements: Iterable[Statement], **whose: str) -> None:
        """Put statements into a section; `whose` says which node, edge or group they are made for."""
        for statement in statements:
            if not is_output(statement.value) and section != "parameters":
                self.origins.made([statement], **(whose or {"group": CLOUD}))
            self._statements["outputs" if is_output(statement.value) else section].append(statement)

    def _add_on_demand(self) -> None:
        """Make what is used and was not made yet; what is made may use more."""
        missing = set(ON_DEMAND)
        while needed := [name for name in ON_DEMAND if name in missing & self._used()]:
            for name in needed:
                section, group, make = ON_DEMAND[name]
                self._add(section, make(self._context), group=group)
                missing.remove(name)

    def _used(self) -> set[str]:
        return {name for each in self._statements.values() for one in each for name in names_used(one.value)}

    def _of(self, node: str) -> str:
        found = self._context.node(node)
        return "shared" if found.service in _SHARED else self._subjects.get(found.subject, "shared")

    def _between(self, edge: Edge) -> str:
        """Return the later section of an edge's ends; a connection stands where both its ends are there."""
        places = list(self._titles)
        ends = (self._of(edge.source), self._of(edge.target))
        return max(ends, key=places.index)

    def _home(self) -> dict[str, str]:
        """Return the section of each name."""
        return {one.name: name for name, each in self._statements.items() for one in each if isinstance(one, Let)}

    def _needs(self) -> dict[str, set[str]]:
        """Return which sections each section uses names of."""
        home = self._home()
        return {
            name: {home[used] for one in each for used in names_used(one.value) if used in home} - {name}
            for name, each in self._statements.items()
        }

    def _order(self) -> list[str]:
        """Return the sections so that each stands after those it needs."""
        needs = self._needs()
        try:
            list(TopologicalSorter(needs).static_order())
        except CycleError as error:
            subject = str(error.args[1][0]).removeprefix("component_")
            reason = Text(
                f"{subject} and what it uses need each other, so that neither can be created first.",
                f"{subject} とその利用先が互いを必要とするため、先に作成できません。",
            )
            raise Unsupported(subject, reason) from error
        return _stable(list(self._titles), needs)


def _stable(names: list[str], needs: dict[str, set[str]]) -> list[str]:
    """Return names in their order, but each after its needs."""
    placed: list[str] = []
    waiting = list(names)
    while waiting:
        ready = next(name for name in waiting if needs[name] <= set(placed))
        placed.append(ready)
        waiting.remove(ready)
    return placed


def _ordered(statements: list[Statement]) -> list[Statement]:
    """Return statements in their order, but each after those whose names it uses."""
    own = {one.name for one in statements if isinstance(one, Let)}
    keys = [str(number) for number in range(len(statements))]
    names = {one.name: key for key, one in zip(keys, statements, strict=True) if isinstance(one, Let)}
    needs = {
        key: {names[used] for used in names_used(one.value) if used in own}
        for key, one in zip(keys, statements, strict=True)
    }
    return [statements[int(key)] for key in _stable(keys, needs)]
