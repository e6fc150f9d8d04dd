"""One stack being lifted: first who absorbs whom is settled, then every resource becomes statements.

Whether a type is lifted or printed as its L1 class is decided by the type alone. A lift that meets what it does not
know raises NotLifted; it is never printed in another way instead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from advisor.text import EMPTY, Text
from blueprints import values
from blueprints.cdk.lifting import l1
from blueprints.cdk.lifting.references import REF, References, translated
from blueprints.cdk.lifting.resource import NotLifted, Resource
from blueprints.cdk.tree import Expr, Ref, Statement, Value
from blueprints.naming import snake
from blueprints.stack.scope import Composite, Json, Scope
from blueprints.values.reference import Ref as NodeValue


@dataclass(frozen=True, slots=True)
class In:
    """A statement that stands in another section than its resource: `queue_policies`, `alarms`, `keys`."""

    section: str
    statement: Statement


Statements = Iterator[Statement | In]
Lift = Callable[["Lifter", Resource], Statements]
Absorption = Callable[["Lifter", Resource], Iterable[Resource]]
CompositeLift = Callable[["Lifter", Composite], Statements]
#: What gives the value of a member: a path of attributes on the construct ("secret.secret_arn").
Members = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lifted:
    """How a type is lifted: what `Ref` and attributes are on its construct, and what it absorbs."""

    lift: Lift
    members: Members
    absorbs: tuple[Absorption, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that is made when first used: its section, the group that it belongs to, and what it stands for.

    `stands_for` is a type and the value of the stack that names such a thing outside the stack.
    """

    section: str
    group: str
    make: Callable[["Lifter"], Iterator[Statement]]
    stands_for: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Lifts:
    """All lifts: of types, of composites by their kind, of shared values by their variable.

    `plain` says of types that CDK has an L2 construct for why they are printed as L1 classes.
    """

    types: dict[str, Lifted] = field(default_factory=dict)
    plain: dict[str, Text] = field(default_factory=dict)
    composites: dict[str, CompositeLift] = field(default_factory=dict)
    shared: dict[str, Shared] = field(default_factory=dict)


class Lifter:
    """The state of one stack being lifted, and what lifts ask for: values, constructs, the plan."""

    def __init__(self, scope: Scope, resources: Mapping[str, Json], lifts: Lifts) -> None:
        self.scope = scope
        self.plan = scope.plan
        self.lifts = lifts
        self._composites = _merged(scope.composites)
        inside = {id: one for one in self._composites for id in one.resources}
        self.inside: Mapping[str, Composite] = inside
        self.resources: dict[str, Resource] = {
            id: Resource(id, resource, scope.whys.get(id, EMPTY))
            for id, resource in resources.items()
            if id not in inside
        }
        self.absorbed: dict[str, str] = {}
        self.origins: dict[str, dict[str, str]] = {}
        self._members: dict[tuple[str, str], Value] = {}
        self._constructs: dict[str, Expr] = {}
        self._named: list[tuple[Any, Value]] = []
        self._references = References(self._resolve, self._published)
        self._made: dict[str, list[Statement | In]] = {}
        self._under_way: list[str] = []

    # What runs it

    def run(self) -> Iterator[tuple[Resource | Composite, list[Statement | In]]]:
        """Give the statements of each composite and of each resource that nobody absorbed, in the stack's order."""
        for resource in self.resources.values():
            self._absorb(resource)
        # Before all others: they publish what others refer to.
        made = [(one, list(self.lifts.composites[one.kind](self, one))) for one in self._composites]
        for resource in self.resources.values():
            if resource.id not in self.absorbed:
                yield resource, self._statements(resource)
        yield from made

    def _absorb(self, resource: Resource) -> None:
        known = self.lifts.types.get(resource.type)
        for absorption in known.absorbs if known else ():
            for child in absorption(self, resource):
                if child.id in self.absorbed:
                    raise NotLifted(f"{child.id} belongs to {self.absorbed[child.id]} and to {resource.id}")
                self.absorbed[child.id] = resource.id
                resource.children.append(child)

    def _statements(self, resource: Resource) -> list[Statement | In]:
        """Return the statements of a resource, lifted once."""
        if resource.id in self._made:
            return self._made[resource.id]
        if resource.id in self._under_way:
            raise NotLifted(f"{resource.id} is needed by {self._under_way[-1]} before it is lifted")
        self._under_way.append(resource.id)
        known = self.lifts.types.get(resource.type)
        made = known.lift(self, resource) if known else l1.statements(resource, self._references, self.dependency)
        found = _explained(resource.why if known else self.lifts.plain.get(resource.type, resource.why), list(made))
        resource.finish()
        self._under_way.pop()
        self._made[resource.id] = found
        return found

    # What lifts ask for

    def words(self, text: Text) -> str:
        """Return a text in the project's language."""
        return text.in_(self.scope.lang)

    def parameter(self, id: str) -> Expr:
        """Return the value of a text parameter."""
        return Ref(snake(id)).value_as_string

    def name(self, resource: Resource) -> str:
        """Return the variable that holds a resource."""
        return snake(resource.id)

    def ref(self, resource: Resource) -> Ref:
        """Return what was made for a resource."""
        return Ref(self.name(resource))

    def of_type(self, type: str) -> list[Resource]:
        """Return the resources of a type."""
        return [one for one in self.resources.values() if one.type == type]

    def value(self, value: Any) -> Value:
        """Return a value of the stack as one of the program."""
        return translated(value, self._references)

    def values(self, values: Sequence[Any]) -> list[Value]:
        """Return values of the stack, each as one of the program."""
        return [self.value(one) for one in values]

    def of(self, wanted: NodeValue, holder: str | None = None) -> Value:
        """Return an attribute of a node: what the stack refers to it by, as a value of the program."""
        return self.value(self.scope.value(wanted, holder))

    def construct(self, value: Any, type: str, attribute: str = REF) -> Expr:
        """Return the construct of this type that a reference names: by its `Ref`, or by the attribute that is given.

        NotLifted when the reference is another, or names what has no construct of L2.
        """
        for name, shared in self.lifts.shared.items():
            if shared.stands_for == (type, value):
                return Ref(name)
        id, asked = _named(value)
        if id in self._constructs and asked == attribute:
            return self._constructs[id]
        resource = self.resources.get(id)
        if resource is None or resource.type != type or asked != attribute:
            raise NotLifted(f"{value!r} is not the {attribute} of a {type}")
        if type not in self.lifts.types:
            raise NotLifted(f"{type} is printed as its L1 class, and {id} is wanted as a construct of L2")
        return Ref(snake(id))

    def is_of_type(self, value: Any, type: str) -> bool:
        """Return whether a value refers to a resource of a type."""
        if not isinstance(value, values.Ref | values.Att):
            return False
        resource = self.resources.get(_named(value)[0])
        return resource is not None and resource.type == type

    def dependency(self, id: str) -> Expr:
        """Return what another construct is made after when it depends on a resource."""
        if id in self.absorbed:
            self._statements(self.resources[self.absorbed[id]])
        if id in self._constructs:
            return self._constructs[id]
        if id in self.inside:
            raise NotLifted(f"the lift of {self.inside[id].kind} publishes no construct for {id}")
        if id not in self.resources:
            raise NotLifted(f"{id} is no resource of the stack")
        return Ref(snake(self.absorbed.get(id, id)))

    def publish(self, id: str, construct: Expr | None = None, **members: Value) -> None:
        """State what a resource is that another's lift makes: its construct, its `Ref` and its attributes."""
        if construct is not None:
            self._constructs[id] = construct
        self._members |= {(id, name): value for name, value in members.items()}

    def publish_value(self, value: Any, printed: Value) -> None:
        """State what a value of the stack is that names something outside it: a subnet of a VPC that exists."""
        self._named.append((value, printed))

    def originate(self, id: str, **owner: str) -> None:
        """State whose a construct is that is made under this id by another construct: `node` or `group`."""
        self.origins[id] = owner

    def _published(self, value: Any) -> Value:
        return next((printed for named, printed in self._named if named == value), None)

    def _resolve(self, id: str, attribute: str) -> Value:
        """Return what a reference to a resource or a parameter is."""
        owner = self.absorbed.get(id)
        if owner is not None and (id, attribute) not in self._members:
            self._statements(self.resources[owner])
        if (id, attribute) in self._members:
            return self._members[id, attribute]
        if owner is not None or id in self.inside:
            raise NotLifted(f"the lift of {owner or self.inside[id].kind} publishes no {attribute} of {id}")
        if id in self.resources:
            return self._member(self.resources[id], attribute)
        return self._parameter(id)

    def _member(self, resource: Resource, attribute: str) -> Value:
        made: Expr = Ref(snake(resource.id))
        known = self.lifts.types.get(resource.type)
        if known is None:
            path = "ref" if attribute == REF else l1.attribute(resource.type, attribute)
        elif attribute in known.members:
            path = known.members[attribute]
        else:
            raise NotLifted(f"the lift of {resource.type} names no member for {attribute} (of {resource.id})")
        for part in path.split("."):
            made = getattr(made, part)
        return made

    def _parameter(self, id: str) -> Value:
        kinds = {one.id: one.type for one in self.scope.plan.parameters}
        if id not in kinds:
            raise NotLifted(f"{id} is no resource and no parameter of the stack")
        if kinds[id].startswith(("List<", "CommaDelimitedList")):
            return Ref(snake(id)).value_as_list
        return Ref(snake(id)).value_as_number if kinds[id] == "Number" else Ref(snake(id)).value_as_string


def _named(value: Any) -> tuple[str, str]:
    if isinstance(value, values.Ref):
        return value.name, REF
    if isinstance(value, values.Att):
        return value.resource, value.attribute
    raise NotLifted(f"{value!r} is no reference")


def _explained(why: Text, statements: list[Statement | In]) -> list[Statement | In]:
    """Put why a resource is as it is above the first of its statements, unless its lift says so itself."""
    if why == EMPTY or not statements:
        return statements
    first = statements[0]
    if isinstance(first, In):
        return [In(first.section, _with(first.statement, why)), *statements[1:]]
    return [_with(first, why), *statements[1:]]


def _with(statement: Statement, why: Text) -> Statement:
    return statement if statement.why != EMPTY else replace(statement, why=why)


def _merged(composites: Iterable[Composite]) -> list[Composite]:
    """Return composites, those of the same kind and subject as one."""
    found: dict[tuple[str, str], Composite] = {}
    for one in composites:
        before = found.get((one.kind, one.subject), Composite(one.kind, one.subject, ()))
        found[one.kind, one.subject] = replace(before, resources=(*before.resources, *one.resources))
    return list(found.values())
