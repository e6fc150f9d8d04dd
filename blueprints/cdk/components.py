"""A stack divided into its components: a construct for the network, the stores, the channels, each component of the
workload and what watches them, each with what it takes from others and what others use of it.

The stack itself keeps what a deployment is asked for, keys, what several components share, and outputs. In a component
names are shorter by its own: `ProcessAFunction` is `Function` in `ProcessA`, with the same logical id.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from keyword import iskeyword

from advisor.text import Text
from blueprints.cdk import modules
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import (
    THIS,
    Attr,
    Call,
    Do,
    Expr,
    Let,
    Module,
    Own,
    Ref,
    Section,
    Stack,
    Statement,
    This,
    Value,
    rewritten,
)
from blueprints.cdk.value_types import Type, type_of
from blueprints.naming import free, pascal, snake

FOLDER = "components"
PREFIX = "component_"
#: Section -> the component that it is.
COMPONENTS: Mapping[str, str] = {
    "network": "Network",
    "stores": "Stores",
    "channels": "Channels",
    "alarms": "Monitoring",
}
#: Names that constructs have for something else, or that a language or a printer gives a meaning of its own.
_TAKEN = frozenset({"node", "scope", "props", "construct_id", "secret", "instance_resource_id", "table_stream_arn"})
#: Names under which generated modules import those of the library.
_MODULES = frozenset(module._alias for module in vars(modules).values() if isinstance(module, Module))
#: Names of classes that a module imports or defines besides its component.
_CLASSES = frozenset(
    {"Alarms", "AdministeredKey", "Any", "Construct", "LogGroup", "Path", "PythonFunction", "WorkloadStack"}
)


@dataclass(frozen=True)
class Component:
    """A construct of the project: its class, module, statements, inputs and outputs.

    `takes` are the types of its options by their names, `gives` those of its attributes.
    """

    name: str
    module: str
    title: Text
    statements: tuple[Statement, ...]
    takes: Mapping[str, Type]
    gives: Mapping[str, Type]


@dataclass(frozen=True)
class Divided:
    """A stack that makes components, the components, and the path of each construct by its id in the whole stack."""

    stack: Stack
    components: tuple[Component, ...]
    paths: Mapping[str, str]


def divided(stack: Stack) -> Divided:
    """Return a stack divided into its components."""
    return _Division(stack).result()


class _Division:
    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._values = {name: value for section in stack.sections for name, value in _lets(section)}
        self._used = {section.name: _used(section) for section in stack.sections}
        inline = [section for section in stack.sections if not _is_component(section)]
        self._ids = {id for section in inline for id in _ids(section)}
        self._ids |= {id for section in stack.sections for id in _ids_of_alarms(section)}
        self._names = {name for section in inline for name, _ in _lets(section)}
        self._attributes: dict[str, Attr] = {}
        self._paths: dict[str, str] = {}

    def result(self) -> Divided:
        """Divide the stack, section by section."""
        sections, components = [], []
        for section in self._stack.sections:
            if not _is_component(section):
                sections.append(replace(section, statements=tuple(self._in_stack(one) for one in section.statements)))
                continue
            component, made = self._component(section)
            components.append(component)
            sections.append(Section(section.name, section.title, (made,), inline=True))
        origins = {self._paths.get(id, id): origin for id, origin in self._stack.origins.items()}
        stack = replace(
            self._stack, sections=tuple(sections), origins={path: origins[path] for path in sorted(origins)}
        )
        return Divided(stack, tuple(components), self._paths)

    def _component(self, section: Section) -> tuple[Component, Let]:
        """Return the component of a section, and the statement that makes it."""
        called = COMPONENTS.get(section.name) or pascal(section.name.removeprefix(PREFIX).replace("_", "-"))
        id = free(called, self._ids)
        self._ids.add(id)
        # No word of Python names a class, a module or a variable.
        word = f"{id}Component" if iskeyword(id) or iskeyword(snake(id)) else id
        name, variable = free(word, _CLASSES), free(snake(word), self._names)
        self._names.add(variable)
        taken = sorted(self._used[section.name] - _own(section))
        shorter = _Shorter(id, section, taken)
        given = [own for own in sorted(_own(section)) if self._is_used_outside(own, section)]
        statements = tuple(shorter.statement(one) for one in section.statements)
        component = Component(
            name,
            f"{FOLDER}.{snake(word)}",
            section.title,
            statements,
            {shorter.options[one]: type_of(self._values[one], self._values) for one in taken},
            {shorter.names.get(one, one): type_of(self._values[one], self._values) for one in given},
        )
        arguments = {shorter.options[one]: self._in_stack_value(Ref(one)) for one in taken}
        self._attributes |= {one: getattr(Ref(variable), shorter.names.get(one, one)) for one in given}
        self._paths |= {old: f"{id}/{shorter.ids.get(old, old)}" for old in _ids(section)}
        return component, Let(variable, Own(component.module, name)(THIS, id, **arguments))

    def _is_used_outside(self, name: str, section: Section) -> bool:
        return any(name in used for other, used in self._used.items() if other != section.name)

    def _in_stack(self, statement: Statement) -> Statement:
        return replace(statement, value=self._in_stack_value(statement.value))  # type: ignore[arg-type]

    def _in_stack_value(self, value: Value) -> Value:
        """Return the value, with the outputs of a component replaced by attributes of that component."""
        return rewritten(value, lambda expr: self._attributes.get(expr._name) if isinstance(expr, Ref) else None)


class _Shorter:
    """The names and ids of a component without its own prefix, if they remain unique."""

    def __init__(self, id: str, section: Section, taken: list[str]) -> None:
        self.options = {name: f"{name}_given" if name in _MODULES or iskeyword(name) else name for name in taken}
        names = sorted(_own(section))
        known = {*names, *self.options.values(), *_TAKEN, *_MODULES, snake(id)}
        self.names = _shortened(names, f"{snake(id)}_", known)
        self.ids = _shortened(_ids(section), id, set(_ids(section)))
        self._refs = {**self.names, **self.options}

    def statement(self, statement: Statement) -> Statement:
        """Return a statement with shorter names."""
        value = rewritten(statement.value, self._changed)
        if isinstance(statement, Let):
            return Let(self.names.get(statement.name, statement.name), value, statement.why)
        return Do(value, statement.why)  # type: ignore[arg-type]

    def _changed(self, expr: Expr) -> Value:
        if isinstance(expr, Ref):
            return Ref(self._refs.get(expr._name, expr._name))
        if isinstance(expr, Attr) and isinstance(expr._of, This) and expr._name != "node":
            return Attr(cdk.Stack.of(THIS), expr._name)  # What only a stack has.
        if isinstance(expr, Call) and _id(expr) in self.ids:
            return Call(expr._func, (THIS, self.ids[_id(expr)], *expr._args[2:]), expr._options)
        return None


def _shortened(names: Iterable[str], prefix: str, known: set[str]) -> dict[str, str]:
    shorter: dict[str, str] = {}
    for name in names:
        rest = name.removeprefix(prefix)
        whole = rest != name and rest.isidentifier() and not iskeyword(rest)
        if whole and rest not in known and (prefix.endswith("_") or rest[0].isupper()):
            known.add(rest)
            shorter[name] = rest
    return shorter


def _id(call: Call) -> str:
    """Return the id under which a call makes something in the stack, and an empty text for other calls."""
    args = call._args
    return args[1] if len(args) > 1 and isinstance(args[0], This) and isinstance(args[1], str) else ""


def _ids(section: Section) -> list[str]:
    """Return the ids of the top-level constructs of a section, in order."""
    calls = [expr for one in section.statements for expr in one.expressions if isinstance(expr, Call)]
    return list(dict.fromkeys(id for call in calls if (id := _id(call))))


def _ids_of_alarms(section: Section) -> Iterator[str]:
    """Yield the ids that alarms and their dashboard have in the stack, whatever component adds them."""
    for statement in section.statements:
        if isinstance(statement.value, Call) and statement.value._args and isinstance(statement.value._args[0], str):
            yield statement.value._args[0]


def _lets(section: Section) -> Iterator[tuple[str, Value]]:
    return ((one.name, one.value) for one in section.statements if isinstance(one, Let))


def _used(section: Section) -> set[str]:
    return {name for statement in section.statements for name in statement.names_used}


def _own(section: Section) -> set[str]:
    return {name for name, _ in _lets(section)}


def _is_component(section: Section) -> bool:
    return section.name in COMPONENTS or section.name.startswith(PREFIX)
