"""Print a tree as Python in the layout that `ruff format` keeps: imports sorted, one argument a line where one is full.

A value that several sections use becomes an attribute of the stack, a value that only its own section uses a local
variable; an unused value gets no variable.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from keyword import iskeyword

from advisor.text import Lang
from blueprints.cdk.components import Component
from blueprints.cdk.layout import WIDTH, width
from blueprints.cdk.python.literals import comment, docstring, formatted, pieces, quoted
from blueprints.cdk.tree import (
    Attr,
    Call,
    Expr,
    Item,
    Let,
    Module,
    Own,
    ProjectPath,
    ProjectText,
    Ref,
    Section,
    Stack,
    Statement,
    This,
    Value,
    Words,
    walk,
)
from blueprints.cdk.value_types import TEXTS, Type

_STEP = 4
_ROOT = "PROJECT"
#: What a stack calls its own.
RESERVED = frozenset({"account", "environment", "node", "partition", "region", "tags"})


def print_stack(stack: Stack, lang: Lang) -> str:
    """Return the source of the module that holds a stack. Raises ValueError if a name is used before it is given."""
    lines = [*_imports(_expressions(stack.sections), 1), "", "", f"class {stack.name}(cdk.Stack):"]
    lines += _indented(docstring(stack.title.in_(lang), _STEP), 1)
    lines += ["", "    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:"]
    lines += _indented(["super().__init__(scope, construct_id, **kwargs)"], 2)
    scopes = _scopes(stack)
    for section in stack.sections:
        inline = [line for one in section.statements for line in _statement(one, scopes, lang)]
        lines += _indented(inline if section.inline else [f"self._{section.name}()"], 2)
    for section in (section for section in stack.sections if not section.inline):
        lines += ["", *_indented(_method(section, scopes, lang), 1)]
    return "\n".join(lines) + "\n"


def print_component(component: Component, lang: Lang) -> str:
    """Return the source of the module that holds a component."""
    types = [*component.takes.values(), *component.gives.values()]
    expressions = [expr for statement in component.statements for expr in statement.expressions]
    expressions += [expr for type in types for expr in walk(type)]
    lines = [*_imports(expressions, 2), "", "", f"class {component.name}(Construct):"]
    lines += _indented(docstring(component.title.in_(lang), _STEP), 1)
    lines += ["", *_indented(_signature(component.takes), 1)]
    lines += _indented(["super().__init__(scope, construct_id)"], 2)
    scopes = _scopes_within(component, _imported(expressions))
    for statement in component.statements:
        lines += _indented(_statement(statement, scopes, lang), 2)
    return "\n".join(lines) + "\n"


def _signature(takes: Mapping[str, Type]) -> list[str]:
    if not takes:
        return ["def __init__(self, scope: Construct, construct_id: str) -> None:"]
    options = [f"{name}: {_type(type)}," for name, type in takes.items()]
    words = ["self,", "scope: Construct,", "construct_id: str,", "*,", *options]
    return ["def __init__(", *_indented(words, 1), ") -> None:"]


def _type(type: Type) -> str:
    return "list[str]" if type == TEXTS else _Printer({}).flat(type)


def print_table(name: str, rows: Mapping[str, Value]) -> str:
    """Return the source of a constant that contains rows, one per line."""
    return "\n".join(_Printer({}).exploded(name, rows)) + "\n"


def _expressions(sections: Iterable[Section]) -> list[Expr]:
    return [expr for section in sections for statement in section.statements for expr in statement.expressions]


def _imports(expressions: Sequence[Expr], depth: int) -> list[str]:
    """Return the imports of a module; `depth` is that of its folder below the project's root."""
    modules = sorted({(e._name, e._alias) for e in expressions if isinstance(e, Module) and e._name})
    paths = any(isinstance(expr, ProjectPath | ProjectText) for expr in expressions)
    library = depth == 1 or any(isinstance(expr, Module) and not expr._name for expr in expressions)
    lines = ["from pathlib import Path"] * paths + ["from typing import Any"] * (depth == 1)
    lines += [""] * bool(lines) + ["import aws_cdk as cdk"] * library
    lines += [f"from aws_cdk import {name} as {alias}" for name, alias in modules]
    lines += ["from constructs import Construct"]
    project_modules: dict[str, set[str]] = {}
    for expr in expressions:
        if isinstance(expr, Own):
            project_modules.setdefault(expr._module, set()).add(expr._name)
    lines += [""] * bool(project_modules)
    lines += [
        f"from {'.' * depth}{module} import {', '.join(sorted(project_modules[module]))}"
        for module in sorted(project_modules, key=_natural)
    ]
    root = "parent.parent" if depth == 1 else f"parents[{depth}]"
    return lines + ["", f"{_ROOT} = Path(__file__).resolve().{root}"] * paths


def _natural(name: str) -> list[tuple[int, str]]:
    """Return what sorts names as imports are sorted: numbers in them by their value."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _imported(expressions: Sequence[Expr]) -> set[str]:
    """Return the names that a module imports."""
    project_names = {expr._name for expr in expressions if isinstance(expr, Own)}
    return project_names | {expr._alias for expr in expressions if isinstance(expr, Module)}


def _scopes(stack: Stack) -> dict[str, str]:
    """Return how each name is written: `self.name` when a later section uses it, `name` else, "" when none does.

    A local variable that were called as a module or a word of Python has an underscore behind it.
    """
    imported = _imported(_expressions(stack.sections))
    section_of: dict[str, str] = {}
    scopes: dict[str, str] = {}
    for section in stack.sections:
        for statement in section.statements:
            for name in sorted(statement.names_used):
                if name not in section_of:
                    raise ValueError(f"{stack.name}.{section.name} uses {name!r} before it is made.")
                if section_of[name] != section.name:
                    scopes[name] = f"self.{name}_" if name in RESERVED else f"self.{name}"
                scopes.setdefault(name, f"{name}_" if name in imported or iskeyword(name) else name)
            if isinstance(statement, Let):
                if statement.name in section_of:
                    raise ValueError(f"{stack.name}.{section.name} makes {statement.name!r} a second time.")
                section_of[statement.name] = section.name
    return scopes


def _scopes_within(component: Component, imported: Set[str]) -> dict[str, str]:
    """Return the expression of each name of a component: outputs are attributes, inputs are arguments."""
    scopes = {name: name for name in component.takes}
    known = set(scopes)
    for statement in component.statements:
        for name in sorted(statement.names_used):
            if name not in known:
                raise ValueError(f"{component.name} uses {name!r} before it is made.")
            scopes.setdefault(name, f"{name}_" if name in imported or iskeyword(name) else name)
        if isinstance(statement, Let):
            if statement.name in known:
                raise ValueError(f"{component.name} makes {statement.name!r} a second time.")
            known.add(statement.name)
            if statement.name in component.gives:
                scopes[statement.name] = f"self.{statement.name}"
    return scopes


def _method(section: Section, scopes: Mapping[str, str], lang: Lang) -> list[str]:
    lines = [f"def _{section.name}(self) -> None:", *_indented(docstring(section.title.in_(lang), 2 * _STEP), 1)]
    for statement in section.statements:
        lines += _indented(_statement(statement, scopes, lang), 1)
    return lines


def _statement(statement: Statement, scopes: Mapping[str, str], lang: Lang) -> list[str]:
    name = scopes.get(statement.name, "") if isinstance(statement, Let) else ""
    lead = f"{name} = " if name else ""
    base = 2 * _STEP
    lines = _Printer(scopes).lines(statement.value, base, lead, "", name != "")
    return [*comment(statement.why.in_(lang), base), *lines]


def _indented(lines: list[str], levels: int) -> list[str]:
    return [" " * _STEP * levels + line if line else "" for line in lines]


def _path(path: str) -> str:
    return " / ".join([_ROOT, *(quoted(part) for part in path.split("/"))])


class _Printer:
    def __init__(self, scopes: Mapping[str, str]) -> None:
        self._scopes = scopes

    def lines(self, value: Value, base: int, lead: str, tail: str, assigned: bool = False) -> list[str]:
        """Lay a value out after `lead` and before `tail`, in lines relative to column `base`."""
        flat = self.flat(value)
        if base + width(lead + flat + tail) <= WIDTH:
            return [lead + flat + tail]
        value, tail = self._last_call(value, tail)
        if isinstance(value, Call) and (value._args or value._options):
            items = [("", item) for item in value._args]
            items += [(f"{key}=", item) for key, item in value._options.items()]
            return self._exploded(f"{lead}{self.flat(value._func)}(", items, f"){tail}", base)
        if isinstance(value, Mapping) and value:
            items = [(f"{quoted(key)}: ", item) for key, item in value.items()]
            return self._exploded(lead + "{", items, "}" + tail, base)
        if isinstance(value, str | Words):
            return self._text(value, base, lead, tail, flat)
        if isinstance(value, Sequence) and value:
            return self._exploded(lead + "[", [("", item) for item in value], "]" + tail, base)
        return [f"{lead}(", f"    {flat}", f"){tail}"] if assigned else [lead + flat + tail]

    def exploded(self, name: str, rows: Mapping[str, Value]) -> list[str]:
        """Lay a mapping out as a constant, one row a line however short it is."""
        items = [(f"{quoted(key)}: ", item) for key, item in rows.items()]
        return self._exploded(f"{name} = {{", items, "}", 0)

    def _last_call(self, value: Value, tail: str) -> tuple[Value, str]:
        """Return the last call with arguments, which is formatted, and the rest of the expression."""
        call, suffix = value, tail
        while isinstance(call, Attr) or (isinstance(call, Call) and not call._args and not call._options):
            suffix, call = (
                (f".{call._name}{suffix}", call._of) if isinstance(call, Attr) else (f"(){suffix}", call._func)
            )
        return (call, suffix) if isinstance(call, Call) else (value, tail)

    def flat(self, value: Value) -> str:
        """Return a value in one line."""
        if isinstance(value, Expr):
            return self._expr(value)
        if isinstance(value, str):
            return quoted(value)
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{quoted(key)}: {self.flat(item)}" for key, item in value.items()) + "}"
        if isinstance(value, Sequence):
            return f"[{', '.join(self.flat(item) for item in value)}]"
        return repr(value)

    def _expr(self, expr: Expr) -> str:
        if isinstance(expr, This):
            return "self"
        if isinstance(expr, Module):
            return expr._alias
        if isinstance(expr, Own):
            return expr._name
        if isinstance(expr, Ref):
            return self._scopes[expr._name]
        if isinstance(expr, ProjectPath):
            return f"str({_path(expr._path)})"
        if isinstance(expr, ProjectText):
            return f"({_path(expr._path)}).read_text()"
        if isinstance(expr, Attr):
            return f"{self._expr(expr._of)}.{expr._name}"
        if isinstance(expr, Item):
            return f"{self._expr(expr._of)}[{expr._number}]"
        if isinstance(expr, Call):
            options = [f"{key}={self.flat(item)}" for key, item in expr._options.items()]
            return f"{self._expr(expr._func)}({', '.join([*(self.flat(item) for item in expr._args), *options])})"
        if isinstance(expr, Words):
            return formatted(self._parts(expr))
        raise TypeError(f"{type(expr).__name__} cannot be printed.")

    def _parts(self, words: str | Words) -> list[tuple[str, bool]]:
        if isinstance(words, str):
            return [(words, False)]
        return [(part, False) if isinstance(part, str) else (self._expr(part), True) for part in words._parts]

    def _exploded(self, start: str, items: list[tuple[str, Value]], end: str, base: int) -> list[str]:
        inner = [line for key, item in items for line in self.lines(item, base + _STEP, key, ",")]
        return [start, *_indented(inner, 1), end]

    def _text(self, value: str | Words, base: int, lead: str, tail: str, flat: str) -> list[str]:
        literals = pieces(self._parts(value), WIDTH - base - _STEP)
        if len(literals) == 1:
            return [lead + flat + tail]
        return [f"{lead}(", *_indented(literals, 1), f"){tail}"]
