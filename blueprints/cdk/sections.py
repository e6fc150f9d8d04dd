"""The statements of a stack that uses L2 constructs, grouped into sections that can run in order.

A section is a method of the stack: parameters, network, shared resources, stores, channels, one for each component,
queue policies, alarms, outputs. Within a section, the statements keep the order of the lifts, unless a statement uses
a later one.
"""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from advisor.architecture import Edge
from advisor.architecture.balancing import is_shared
from advisor.text import Text
from blueprints.cdk.lifting.lifter import InSection, Lifter, Lifts, Shared
from blueprints.cdk.lifting.registry import lifts
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.modules import cdk
from blueprints.cdk.origins import CLOUD, NETWORK, Origins, constructs
from blueprints.cdk.parameters import parameters
from blueprints.cdk.tree import THIS, Do, Expr, Let, Own, Section, Stack, Statement
from blueprints.errors import Unsupported
from blueprints.naming import free, snake
from blueprints.stack.scope import Composite, Json, Scope
from blueprints.traits import traits_of

STACK = "WorkloadStack"
MARK = Own("origins", "mark")
_FIRST_SECTIONS: dict[str, Text] = {
    "parameters": Text("Parameters.", "パラメータ。"),
    "keys": Text("The KMS key for data encryption.", "データを暗号化する KMS キー。"),
    "network": Text("The network.", "ネットワーク。"),
    "shared": Text("Resources shared by several components.", "複数のコンポーネントが共有するリソース。"),
    "stores": Text("Data stores.", "データストア。"),
    "channels": Text("Channels: messages and events.", "チャネル: メッセージとイベント。"),
}
_LAST_SECTIONS: dict[str, Text] = {
    "queue_policies": Text("Queue policies.", "キューポリシー。"),
    "alarms": Text("CloudWatch alarms.", "CloudWatch アラーム。"),
    "outputs": Text("Stack outputs.", "スタックの出力。"),
    "origins": Text("The decision behind each resource.", "各リソースの根拠となる判断。"),
}
_KINDS = {"store": "stores", "channel": "channels", "workload": "shared"}
#: Composite -> the section that its statements stand in, and the group that they belong to.
_COMPOSITES: Mapping[str, tuple[str, str]] = {"network": ("network", NETWORK), "alarms": ("alarms", CLOUD)}
_CONDITIONS = "parameters"


def stack(scope: Scope) -> Stack:
    """Return a stack as a program. Raises Unsupported if two sections depend on each other, NotLifted if no lift applies."""
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
        self._titles = dict(_FIRST_SECTIONS)
        self._subjects: dict[str, str] = {}
        for kind, subject in self._plan.design.requirements.subjects():
            name = _KINDS.get(kind, f"component_{snake(subject.id.replace('-', '_'))}")
            self._subjects[subject.id] = name
            if kind == "component":
                self._titles[name] = subject.name
        self._titles |= _LAST_SECTIONS
        self._statements: dict[str, list[Statement]] = {name: [] for name in self._titles}
        self.origins = Origins(self._plan)

    def fill(self) -> None:
        """Collect the statements of everything."""
        scope = self._lifter.scope
        self._statements["parameters"] += parameters(self._lifter)
        for lifted, statements in self._lifter.run():
            if isinstance(lifted, Composite):
                section, group = _COMPOSITES.get(lifted.kind) or (self._section_of_node(lifted.subject), "")
                owner: Mapping[str, object] = {"group": group} if group else {"node": lifted.subject}
            else:
                section, owner = self._section_of_owner(lifted.owner), lifted.owner
            self._add(section, owner, statements)
        self._assign_absorbed_edges()
        for id, owner in self._lifter.origins.items():
            self.origins.assign_owner(id, owner)
        for name, condition in scope.conditions.items():
            expression = self._lifter.value(condition)
            self._statements[_CONDITIONS].append(Do(cdk.CfnCondition(THIS, name, expression=expression)))
        self._add_outputs()
        self._add_shared()
        self._break_cycles()
        self._statements["origins"].append(Do(MARK(THIS)))

    def _add_outputs(self) -> None:
        """Create the outputs; an output with the name of a construct has a different construct id and keeps its name."""
        ids = {id for listed in self._statements.values() for statement in listed for id in constructs(statement)}
        for name, output in self._lifter.scope.outputs.items():
            id = name if name not in ids else free(f"{name}Output", ids)
            ids.add(id)
            value = self._lifter.value(output["Value"])
            construct: Expr = cdk.CfnOutput(THIS, id, value=value, description=output["Description"])
            self._statements["outputs"].append(Do(construct if id == name else construct.override_logical_id(name)))

    def _add(self, section: str, owner: Mapping[str, object], statements: Iterable[Statement | InSection]) -> None:
        for item in statements:
            place, statement = (item.section, item.statement) if isinstance(item, InSection) else (section, item)
            self._statements[place].append(statement)
            for id in constructs(statement):
                self.origins.assign_owner(id, self._owners.get(id) or owner)

    def _assign_absorbed_edges(self) -> None:
        """Make a construct the owner of the connections of the resources that it creates."""
        for child, parent in self._lifter.absorbed.items():
            self.origins.assign_owner(parent, {"edges": self._owners[child].get("edges", [])})

    def _section_of_owner(self, owner: Mapping[str, object]) -> str:
        if "node" in owner:
            return self._section_of_node(str(owner["node"]))
        edges = owner.get("edges")
        if isinstance(edges, list) and edges:
            return self._section_of_edge(next(edge for edge in self._plan.architecture.edges if edge.id == edges[0]))
        return "network" if str(owner.get("group", "")) in (NETWORK, "private-subnet", "public-subnet") else "shared"

    def _add_shared(self) -> None:
        """Make the shared values that are used and not made yet; these may use further ones."""
        missing: dict[str, Shared] = dict(self._lifter.lifts.shared)
        while names := sorted(missing.keys() & self._used_names() - self._defined_names()):
            for name in names:
                shared = missing.pop(name)
                self._add(shared.section, {"group": shared.group}, shared.make(self._lifter))

    def _break_cycles(self) -> None:
        """Move statements that use a later section, which in turn uses theirs, into that section."""
        places = list(self._titles)
        while cycle := self._cycle():
            first = min(cycle, key=places.index)
            section_of = self._section_of_names()
            for statement in list(self._statements[first]):
                later = {section_of[name] for name in statement.names_used if name in section_of} & cycle - {first}
                if later:
                    self._statements[first].remove(statement)
                    self._statements[max(later, key=places.index)].append(statement)

    def _cycle(self) -> set[str]:
        """Return sections that depend on each other, or an empty set if no cycle is left."""
        try:
            list(TopologicalSorter(self._dependencies()).static_order())
        except CycleError as error:
            return set(error.args[1])
        return set()

    def _defined_names(self) -> set[str]:
        return {
            statement.name
            for statements in self._statements.values()
            for statement in statements
            if isinstance(statement, Let)
        }

    def ordered(self) -> Iterator[Section]:
        """Yield the sections with statements, each after its dependencies."""
        for name in self._order():
            if self._statements[name]:
                yield Section(name, self._titles[name], tuple(_ordered(self._statements[name])))

    def _used_names(self) -> set[str]:
        return {
            name
            for statements in self._statements.values()
            for statement in statements
            for name in statement.names_used
        }

    def _section_of_node(self, node: str) -> str:
        graph_node = self._plan.node(node)
        used_by_all = traits_of(graph_node.service).used_by_all or is_shared(graph_node)
        return "shared" if used_by_all else self._subjects.get(graph_node.subject, "shared")

    def _section_of_edge(self, edge: Edge) -> str:
        """Return the later section of the ends of an edge, where both ends are defined."""
        places = list(self._titles)
        ends = (self._section_of_node(edge.source), self._section_of_node(edge.target))
        return max(ends, key=places.index)

    def _section_of_names(self) -> dict[str, str]:
        """Return the section of each name."""
        return {
            statement.name: name
            for name, statements in self._statements.items()
            for statement in statements
            if isinstance(statement, Let)
        }

    def _dependencies(self) -> dict[str, set[str]]:
        """Return which sections each section uses names of."""
        section_of = self._section_of_names()
        return {
            name: {section_of[used] for statement in statements for used in statement.names_used if used in section_of}
            - {name}
            for name, statements in self._statements.items()
        }

    def _order(self) -> list[str]:
        """Return the sections in the order of their dependencies."""
        dependencies = self._dependencies()
        try:
            list(TopologicalSorter(dependencies).static_order())
        except CycleError as error:
            subject = str(error.args[1][0]).removeprefix("component_")
            reason = Text(
                f"{subject} and the resources it uses depend on each other, so none of them can be created first.",
                f"{subject} と利用先のリソースが相互に依存するため、どちらも先に作成できません。",
            )
            raise Unsupported(subject, reason) from error
        return _sorted_by_dependencies(list(self._titles), dependencies)


def _sorted_by_dependencies(names: list[str], dependencies: dict[str, set[str]]) -> list[str]:
    """Return names in their order, but each after the names on which it depends."""
    ordered: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        ready = next(name for name in waiting if dependencies[name] <= ordered.keys())
        ordered[ready] = None
        waiting.remove(ready)
    return list(ordered)


def _ordered(statements: list[Statement]) -> list[Statement]:
    """Return statements in their order, but each after those whose names it uses."""
    defined = {statement.name for statement in statements if isinstance(statement, Let)}
    keys = [str(number) for number in range(len(statements))]
    names = {statement.name: key for key, statement in zip(keys, statements, strict=True) if isinstance(statement, Let)}
    dependencies = {
        key: {names[used] for used in statement.names_used if used in defined}
        for key, statement in zip(keys, statements, strict=True)
    }
    return [statements[int(key)] for key in _sorted_by_dependencies(keys, dependencies)]
