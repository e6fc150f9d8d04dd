"""The statements of a lifted stack, put into the sections of the program."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from advisor.text import Text
from blueprints.cdk.assemble import MARK, STACK, Sections
from blueprints.cdk.common import parameters
from blueprints.cdk.context import Context
from blueprints.cdk.lifts.expand import resources_of
from blueprints.cdk.lifts.lifter import In, Lifter, Lifts, Shared
from blueprints.cdk.lifts.registry import lifts
from blueprints.cdk.lifts.resource import Resource
from blueprints.cdk.modules import cdk
from blueprints.cdk.origins import CLOUD, NETWORK, constructs
from blueprints.cdk.tree import THIS, Do, Let, Stack, Statement, names_used
from blueprints.scope import Composite, Json, Scope
from blueprints.stack import stack_of

#: Composite -> the section that its statements stand in, and the group that they belong to.
_COMPOSITES: Mapping[str, tuple[str, str]] = {"network": ("network", NETWORK), "alarms": ("alarms", CLOUD)}
_CONDITIONS = "parameters"


def stack(context: Context) -> Stack:
    """Return the stack of a plan; Unsupported for what no target makes, NotLifted for what no lift knows."""
    scope = stack_of(context.plan, context.lang)
    return program(context, scope, resources_of(scope), lifts())


def program(context: Context, scope: Scope, resources: Mapping[str, Json], lifts: Lifts) -> Stack:
    """Return the stack of these resources, lifted by these lifts."""
    sections = LiftedSections(context, Lifter(context, scope, resources, lifts), resources)
    sections.fill()
    title = context.plan.design.requirements.title
    words = Text(title.en or "The workload.", title.ja or title.en or "ワークロード。")
    return Stack(STACK, words, tuple(sections.ordered()), sections.origins.complete())


class LiftedSections(Sections):
    """Sections that are filled from resources."""

    def __init__(self, context: Context, lifter: Lifter, resources: Mapping[str, Json]) -> None:
        super().__init__(context)
        self._lifter = lifter
        self._owners = {id: Resource(id, one).owner for id, one in resources.items()}

    def fill(self) -> None:
        """Collect the statements of everything."""
        scope = self._lifter.scope
        self._add("parameters", parameters(self._context))
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
            return self._between(next(one for one in self._context.architecture.edges if one.id == edges[0]))
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
