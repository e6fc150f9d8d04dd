"""A CDK program as a value: a small tree of construct calls that a printer turns into Python or TypeScript.

Lifts build the tree the way CDK code is written: `sqs.Queue(THIS, "Orders", visibility_timeout=…)` makes a
`Call`, `Ref("orders").queue_arn` an `Attr`. Nothing is executed and nothing is text until a printer runs, so words
of a user can only ever become string literals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from advisor.text import EMPTY, Text


class Expr:
    """An expression. Attribute access and calls build larger expressions, so only underscored names are its own."""

    __slots__ = ()

    def __getattr__(self, name: str) -> "Attr":
        if name.startswith("_"):
            raise AttributeError(name)
        return Attr(self, name)

    def __call__(self, *args: "Value", **options: "Value") -> "Call":
        """Make a call of this expression."""
        return Call(self, args, options)


Value: TypeAlias = "Expr | str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"


class Module(Expr):
    """A module of aws-cdk-lib ("aws_sqs"; "" is the library itself) and the name it is imported under."""

    __slots__ = ("_alias", "_name")

    def __init__(self, name: str, alias: str) -> None:
        self._name = name
        self._alias = alias


class This(Expr):
    """The stack itself: the scope of every construct."""

    __slots__ = ()


class Ref(Expr):
    """A reference to the value of an earlier `Let` of the stack."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name


class ProjectPath(Expr):
    """A file or folder of the generated project, named from its root, wherever the program is started."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path


class ProjectFile(ProjectPath):
    """A file of the generated project that comes with the stack: its path and its content."""

    __slots__ = ("_text",)

    def __init__(self, path: str, text: str) -> None:
        super().__init__(path)
        self._text = text


class ProjectText(Expr):
    """The content of a file of the generated project."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path


class Own(Expr):
    """A class of the generated project itself, from a module beside the stack."""

    __slots__ = ("_module", "_name")

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name


class Attr(Expr):
    """A member of an expression: a property, a method, a class, an enum's value."""

    __slots__ = ("_name", "_of")

    def __init__(self, of: Expr, name: str) -> None:
        self._of = of
        self._name = name


class Item(Expr):
    """One entry of a list, by its number from 0."""

    __slots__ = ("_number", "_of")

    def __init__(self, of: Expr, number: int) -> None:
        self._of = of
        self._number = number


class Call(Expr):
    """A call with positional arguments and named options."""

    __slots__ = ("_args", "_func", "_options")

    def __init__(self, func: Expr, args: tuple[Value, ...], options: Mapping[str, Value]) -> None:
        self._func = func
        self._args = args
        self._options = options


class Words(Expr):
    """Text with expressions inside it: an f-string, a template string."""

    __slots__ = ("_parts",)

    def __init__(self, *parts: str | Expr) -> None:
        self._parts = parts


THIS = This()
_PLAIN = (str, int, float, type(None))


class _Reading:
    """What a statement of a stack reads, worked out once: many ask for it, and no expression changes."""

    value: Value

    @cached_property
    def expressions(self) -> tuple[Expr, ...]:
        """Every expression inside the value, outermost first."""
        return tuple(walk(self.value))

    @cached_property
    def names_used(self) -> frozenset[str]:
        """The names of earlier statements that the value refers to."""
        return frozenset(expr._name for expr in self.expressions if isinstance(expr, Ref))


@dataclass(frozen=True)
class Let(_Reading):
    """Assign a value to a name; `why` becomes the comment above it."""

    name: str
    value: Value
    why: Text = EMPTY


@dataclass(frozen=True)
class Do(_Reading):
    """Evaluate a call for its effect."""

    value: Expr
    why: Text = EMPTY


Statement = Let | Do


@dataclass(frozen=True)
class Section:
    """Statements of one method of the stack, documented by `title`; `inline` adds them to the constructor."""

    name: str
    title: Text
    statements: tuple[Statement, ...] = field(default_factory=tuple)
    inline: bool = False


@dataclass(frozen=True)
class Stack:
    """A stack class: its name, its title, its sections in the order in which they run, and the origins of its constructs."""

    name: str
    title: Text
    sections: tuple[Section, ...]
    origins: Mapping[str, Value] = field(default_factory=dict)


def walk(value: Value) -> Iterator[Expr]:
    """Yield every expression inside a value, outermost first."""
    to_come = [value]
    while to_come:
        inner = to_come.pop()
        if isinstance(inner, Expr):
            yield inner
            to_come.extend(reversed(_inside(inner)))
        elif isinstance(inner, _PLAIN):  # what is abstract is slow to ask for
            continue
        elif isinstance(inner, Mapping):
            to_come.extend(reversed(tuple(inner.values())))
        elif isinstance(inner, Sequence):
            to_come.extend(reversed(inner))


def rewritten(value: Value, change: Callable[[Expr], Value]) -> Value:
    """Return a value in which `change` replaces each expression, innermost first; None keeps it."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Expr):
        whole = _rebuilt(value, change)
        changed = change(whole)
        return whole if changed is None else changed
    if isinstance(value, Mapping):
        return {key: rewritten(inner, change) for key, inner in value.items()}
    return [rewritten(inner, change) for inner in value]


def _rebuilt(expr: Expr, change: Callable[[Expr], Value]) -> Expr:
    def of(inner: Value) -> Any:
        return rewritten(inner, change)

    if isinstance(expr, Attr):
        return Attr(of(expr._of), expr._name)
    if isinstance(expr, Item):
        return Item(of(expr._of), expr._number)
    if isinstance(expr, Call):
        options = {key: of(inner) for key, inner in expr._options.items()}
        return Call(of(expr._func), tuple(of(inner) for inner in expr._args), options)
    if isinstance(expr, Words):
        return Words(*(of(part) for part in expr._parts))
    return expr


def _inside(expr: Expr) -> tuple[Value, ...]:
    if isinstance(expr, Attr) or isinstance(expr, Item):  # noqa: SIM101 - a tuple of classes takes longer to ask for
        return (expr._of,)
    if isinstance(expr, Call):
        return (expr._func, *expr._args, *expr._options.values())
    if isinstance(expr, Words):
        return expr._parts
    return ()
