"""The statements of a lifted stack, put into sections that can run from the first to the last.

A section is a method of the stack: what the deployment asks for, the network, what is shared, stores, channels, one
for each component, policies of queues, alarms, outputs. Within a section statements stand as the lifts gave them,
unless one needs another that came later.
"""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.cdk.lifting.lifter import In, Lifter, Lifts, Shared
from blueprints.cdk.lifting.registry import lifts
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.modules import cdk
from blueprints.cdk.origins import CLOUD, NETWORK, Origins, constructs
from blueprints.cdk.parameters import parameters
from blueprints.cdk.tree import THIS, Do, Let, Own, Section, Stack, Statement, names_used
from blueprints.errors import Unsupported
from blueprints.naming import snake
from blueprints.stack.scope import Composite, Json, Scope

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
#: Composite -> the section that its statements stand in, and the group that they belong to.
_COMPOSITES: Mapping[str, tuple[str, str]] = {"network": ("network", NETWORK), "alarms": ("alarms", CLOUD)}
_CONDITIONS = "parameters"


def stack(scope: Scope) -> Stack:
    """Return a stack as a program; Unsupported when two sections need each other, NotLifted for what no lift knows."""
    return program(scope, resources_of(scope), lifts())


def program(scope: Scope, resources: Mapping[str, Json], lifts: Lifts) -> Stack:
    """Return the stack of these resources, lifted by these lifts."""
    sections = Sections(Lifter(scope, resources, lifts), resources)
    sections.fill()
    title = scope.plan.design.requirements.title
    words = Text(title.en or "The workload.", title.ja or title.en or "ワークロード。")
    return Stack(STACK, words, tuple(sections.ordered()), sections.origins.complete())


class Sections:
    """The sections of a stack as they are filled."""

    def __init__(self, lifter: Lifter, resources: Mapping[str, Json]) -> None:
        self._lifter = lifter
        self._plan = lifter.plan
        self._owners = {id: Resource(id, resource).owner for id, resource in resources.items()}
        self._titles = dict(_BEFORE)
        self._subjects: dict[str, str] = {}
        for kind, subject in self._plan.design.requirements.subjects():
            name = _KINDS.get(kind, f"component_{snake(subject.id.replace('-', '_'))}")
            self._subjects[subject.id] = name
            if kind == "component":
                self._titles[name] = subject.name
        self._titles |= _AFTER
        self._statements: dict[str, list[Statement]] = {name: [] for name in self._titles}
        self.origins = Origins(self._plan)

    def fill(self) -> None:
        """Collect the statements of everything."""
        scope = self._lifter.scope
        self._statements["parameters"] += parameters(self._lifter)
        for made, statements in self._lifter.run():
            if isinstance(made, Composite):
                section, group = _COMPOSITES.get(made.kind) or (self._of(made.subject), "")
                owner: Mapping[str, object] = {"group": group} if group else {"node": made.subject}
            else:
                section, owner = self._place(made.owner), made.owner
            self._put(section, owner, statements)
        self._carry_absorbed()
        for id, owner in self._lifter.origins.items():
            self.origins.owned(id, owner)
        for name, condition in scope.conditions.items():
            expression = self._lifter.value(condition)
            self._statements[_CONDITIONS].append(Do(cdk.CfnCondition(THIS, name, expression=expression)))
        for name, output in scope.outputs.items():
            value = self._lifter.value(output["Value"])
            made_output = cdk.CfnOutput(THIS, name, value=value, description=output["Description"])
            self._statements["outputs"].append(Do(made_output))
        self._add_shared()
        self._settle()
        self._statements["origins"].append(Do(MARK(THIS)))

    def _put(self, section: str, owner: Mapping[str, object], statements: Iterable[Statement | In]) -> None:
        for each in statements:
            place, statement = (each.section, each.statement) if isinstance(each, In) else (section, each)
            self._statements[place].append(statement)
            for id in constructs(statement.value):
                self.origins.owned(id, self._owners.get(id) or owner)

    def _carry_absorbed(self) -> None:
        """Let a construct carry the connections of the resources that it makes."""
        for child, parent in self._lifter.absorbed.items():
            self.origins.owned(parent, {"edges": self._owners[child].get("edges", [])})

    def _place(self, owner: Mapping[str, object]) -> str:
        if "node" in owner:
            return self._of(str(owner["node"]))
        edges = owner.get("edges")
        if isinstance(edges, list) and edges:
            return self._between(next(one for one in self._plan.architecture.edges if one.id == edges[0]))
        return "network" if str(owner.get("group", "")) in (NETWORK, "private-subnet", "public-subnet") else "shared"

    def _add_shared(self) -> None:
        """Make what is used and was not made yet; what is made may use more."""
        missing: dict[str, Shared] = dict(self._lifter.lifts.shared)
        while needed := [name for name in sorted(missing) if name in self._used() - self._given()]:
            for name in needed:
                one = missing.pop(name)
                self._put(one.section, {"group": one.group}, one.make(self._lifter))

    def _settle(self) -> None:
        """Move what needs a later section, and is needed by it, into that section: else neither could come first."""
        places = list(self._titles)
        while circle := self._circle():
            first = min(circle, key=places.index)
            home = self._home()
            for statement in list(self._statements[first]):
                late = {home[name] for name in names_used(statement.value) if name in home} & circle - {first}
                if late:
                    self._statements[first].remove(statement)
                    self._statements[max(late, key=places.index)].append(statement)

    def _circle(self) -> set[str]:
        """Return sections that need each other; none where they can run one after the other."""
        try:
            list(TopologicalSorter(self._needs()).static_order())
        except CycleError as error:
            return set(error.args[1])
        return set()

    def _given(self) -> set[str]:
        return {one.name for each in self._statements.values() for one in each if isinstance(one, Let)}

    def ordered(self) -> Iterator[Section]:
        """Give the sections that hold something, each after what it needs."""
        for name in self._order():
            if self._statements[name]:
                yield Section(name, self._titles[name], tuple(_ordered(self._statements[name])))

    def _used(self) -> set[str]:
        return {name for each in self._statements.values() for one in each for name in names_used(one.value)}

    def _of(self, node: str) -> str:
        found = self._plan.node(node)
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
