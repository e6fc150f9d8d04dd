"""Maps a stack to constructs: first finds the resources that others absorb, then generates statements.

Whether a type is lifted or printed as its L1 class is decided by the type alone. A lift that does not
support a property raises NotLifted; there is no fallback to L1.
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
class InSection:
    """A statement in another section than its resource: `queue_policies`, `alarms`, `keys`."""

    section: str
    statement: Statement


Statements = Iterator[Statement | InSection]
Lift = Callable[["Lifter", Resource], Statements]
Absorption = Callable[["Lifter", Resource], Iterable[Resource]]
CompositeLift = Callable[["Lifter", Composite], Statements]
#: What gives the value of a member: a path of attributes on the construct ("secret.secret_arn").
Members = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lifted:
    """The mapping of a type: the construct members for `Ref` and attributes, and the absorbed resources."""

    lift: Lift
    members: Members
    absorbs: tuple[Absorption, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that is created on first use: its section, group and expression.

    `stands_for` is a type and the value of the stack that names such a thing outside the stack.
    """

    section: str
    group: str
    make: Callable[["Lifter"], Iterator[Statement]]
    stands_for: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Lifts:
    """All lifts: of types, of composites by their kind, of shared values by their variable.

    `plain` gives, for types with an L2 construct, the reason why they are printed as L1 classes; `partly` names the
    types of which some resources are printed as L1 classes.
    """

    types: dict[str, Lifted] = field(default_factory=dict)
    plain: dict[str, Text] = field(default_factory=dict)
    partly: set[str] = field(default_factory=set)
    composites: dict[str, CompositeLift] = field(default_factory=dict)
    shared: dict[str, Shared] = field(default_factory=dict)


class Lifter:
    """The state of one stack being lifted, with the values, constructs and plan that lifts use."""

    def __init__(self, scope: Scope, resources: Mapping[str, Json], lifts: Lifts) -> None:
        self.scope = scope
        self.plan = scope.plan
        self.lifts = lifts
        self._composites = _merge_composites(scope.composites)
        composite_of = {id: composite for composite in self._composites for id in composite.resources}
        self.composite_of: Mapping[str, Composite] = composite_of
        self.resources: dict[str, Resource] = {
            id: Resource(id, resource, scope.whys.get(id, EMPTY))
            for id, resource in resources.items()
            if id not in composite_of
        }
        self.absorbed: dict[str, str] = {}
        self.origins: dict[str, dict[str, str]] = {}
        self._members: dict[tuple[str, str], Value] = {}
        self._constructs: dict[str, Expr] = {}
        self._published_values: list[tuple[Any, Value]] = []
        self._references = References(self._resolve, self._published)
        self._lifted: dict[str, list[Statement | InSection]] = {}
        self._in_progress: list[str] = []

    # Lifting the stack

    def run(self) -> Iterator[tuple[Resource | Composite, list[Statement | InSection]]]:
        """Yield the statements of each composite and of each resource that no other absorbs, in the stack's order."""
        for resource in self.resources.values():
            self._absorb(resource)
        # Before all others: they publish what others refer to.
        lifted_composites = [
            (composite, list(self.lifts.composites[composite.kind](self, composite))) for composite in self._composites
        ]
        for resource in self.resources.values():
            if resource.id not in self.absorbed:
                yield resource, self._statements(resource)
        yield from lifted_composites

    def _absorb(self, resource: Resource) -> None:
        lifted = self.lifts.types.get(resource.type)
        for absorption in lifted.absorbs if lifted else ():
            for child in absorption(self, resource):
                if child.id in self.absorbed:
                    raise NotLifted(f"{child.id} belongs to {self.absorbed[child.id]} and to {resource.id}")
                self.absorbed[child.id] = resource.id
                resource.children.append(child)

    def _statements(self, resource: Resource) -> list[Statement | InSection]:
        """Return the statements of a resource, lifted once."""
        if resource.id in self._lifted:
            return self._lifted[resource.id]
        if resource.id in self._in_progress:
            raise NotLifted(f"{resource.id} is needed by {self._in_progress[-1]} before it is lifted")
        self._in_progress.append(resource.id)
        lifted_type = self.lifts.types.get(resource.type)
        lifted = lifted_type.lift(self, resource) if lifted_type else self.as_l1(resource)
        why = resource.why if lifted_type else self.lifts.plain.get(resource.type, resource.why)
        statements = _with_why(why, list(lifted))
        resource.finish()
        self._in_progress.pop()
        self._lifted[resource.id] = statements
        return statements

    # For lifts: values, constructs, variables

    def as_l1(self, resource: Resource) -> Iterator[Statement]:
        """Yield the statements of a resource as its L1 class: of a type without an L2 mapping, or one registered as `partly`."""
        return l1.statements(resource, self._references, self.dependency)

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
        """Return the variable of a resource as an expression."""
        return Ref(self.name(resource))

    def of_type(self, type: str) -> list[Resource]:
        """Return the resources of a type."""
        return [resource for resource in self.resources.values() if resource.type == type]

    def value(self, value: Any) -> Value:
        """Return a value of the stack as one of the program."""
        return translated(value, self._references)

    def values(self, values: Sequence[Any]) -> list[Value]:
        """Return values of the stack, each as one of the program."""
        return [self.value(value) for value in values]

    def of(self, attribute: NodeValue, holder: str | None = None) -> Value:
        """Return an attribute of a node that the stack refers to, as a value of the program."""
        return self.value(self.scope.value(attribute, holder))

    def construct(self, value: Any, type: str, attribute: str = REF) -> Expr:
        """Return the construct of this type that a reference names: by its `Ref`, or by the attribute that is given.

        NotLifted when the reference is another, or names what has no construct of L2.
        """
        for name, shared in self.lifts.shared.items():
            if shared.stands_for == (type, value):
                return Ref(name)
        id, named_attribute = _reference_parts(value)
        if id in self._constructs and named_attribute == attribute:
            return self._constructs[id]
        resource = self.resources.get(id)
        if resource is None or resource.type != type or named_attribute != attribute:
            raise NotLifted(f"{value!r} is not the {attribute} of a {type}")
        if type not in self.lifts.types:
            raise NotLifted(f"{type} is printed as its L1 class, and {id} is wanted as a construct of L2")
        return Ref(snake(id))

    def is_of_type(self, value: Any, type: str) -> bool:
        """Return whether a value refers to a resource of a type."""
        if not isinstance(value, values.Ref | values.Att):
            return False
        resource = self.resources.get(_reference_parts(value)[0])
        return resource is not None and resource.type == type

    def dependency(self, id: str) -> Expr:
        """Return the construct to depend on for a dependency on a resource."""
        if id in self.absorbed:
            self._statements(self.resources[self.absorbed[id]])
        if id in self._constructs:
            return self._constructs[id]
        if id in self.composite_of:
            raise NotLifted(f"the lift of {self.composite_of[id].kind} publishes no construct for {id}")
        if id not in self.resources:
            raise NotLifted(f"{id} is no resource of the stack")
        return Ref(snake(self.absorbed.get(id, id)))

    def publish(self, id: str, construct: Expr | None = None, **members: Value) -> None:
        """Publish a resource that the lift of another makes: its construct, its `Ref` and its attributes."""
        if construct is not None:
            self._constructs[id] = construct
        self._members |= {(id, name): value for name, value in members.items()}

    def publish_value(self, value: Any, printed: Value) -> None:
        """Publish a value of the stack that refers to something outside it: a subnet of an existing VPC."""
        self._published_values.append((value, printed))

    def assign_owner(self, id: str, **owner: str) -> None:
        """State the owner (`node` or `group`) of a construct that another construct makes under this id."""
        self.origins[id] = owner

    def _published(self, value: Any) -> Value:
        return next((printed for named, printed in self._published_values if named == value), None)

    def _resolve(self, id: str, attribute: str) -> Value:
        """Return the expression of a reference to a resource or a parameter."""
        owner = self.absorbed.get(id)
        if owner is not None and (id, attribute) not in self._members:
            self._statements(self.resources[owner])
        if (id, attribute) in self._members:
            return self._members[id, attribute]
        if owner is not None or id in self.composite_of:
            raise NotLifted(f"the lift of {owner or self.composite_of[id].kind} publishes no {attribute} of {id}")
        if id in self.resources:
            return self._member(self.resources[id], attribute)
        return self._parameter(id)

    def _member(self, resource: Resource, attribute: str) -> Value:
        member: Expr = Ref(snake(resource.id))
        lifted = self.lifts.types.get(resource.type)
        if lifted is None:
            path = "ref" if attribute == REF else l1.attribute(resource.type, attribute)
        elif attribute in lifted.members:
            path = lifted.members[attribute]
        else:
            raise NotLifted(f"the lift of {resource.type} names no member for {attribute} (of {resource.id})")
        for part in path.split("."):
            member = getattr(member, part)
        return member

    def _parameter(self, id: str) -> Value:
        kinds = {parameter.id: parameter.type for parameter in self.scope.plan.parameters}
        if id not in kinds:
            raise NotLifted(f"{id} is no resource and no parameter of the stack")
        if kinds[id].startswith(("List<", "CommaDelimitedList")):
            return Ref(snake(id)).value_as_list
        return Ref(snake(id)).value_as_number if kinds[id] == "Number" else Ref(snake(id)).value_as_string


def _reference_parts(value: Any) -> tuple[str, str]:
    if isinstance(value, values.Ref):
        return value.name, REF
    if isinstance(value, values.Att):
        return value.resource, value.attribute
    raise NotLifted(f"{value!r} is no reference")


def _with_why(why: Text, statements: list[Statement | InSection]) -> list[Statement | InSection]:
    """Place the comment of a resource above its first statement, unless its lift has its own comment."""
    if why == EMPTY or not statements:
        return statements
    first = statements[0]
    if isinstance(first, InSection):
        return [InSection(first.section, _add_why(first.statement, why)), *statements[1:]]
    return [_add_why(first, why), *statements[1:]]


def _add_why(statement: Statement, why: Text) -> Statement:
    return statement if statement.why != EMPTY else replace(statement, why=why)


def _merge_composites(composites: Iterable[Composite]) -> list[Composite]:
    """Return composites, those of the same kind and subject as one."""
    merged: dict[tuple[str, str], Composite] = {}
    for composite in composites:
        previous = merged.get((composite.kind, composite.subject), Composite(composite.kind, composite.subject, ()))
        merged[composite.kind, composite.subject] = replace(
            previous, resources=(*previous.resources, *composite.resources)
        )
    return list(merged.values())
